//! Reading what a mail server received.

use data_encoding::BASE64;
use mailkit::testing::ReceivedMail;

/// A mail with nothing encoded any more.
pub(crate) struct Letter {
    pub(crate) to: String,
    pub(crate) subject: String,
    pub(crate) body: String,
    /// The calendar file and the method its part names.
    pub(crate) file: Option<(String, String)>,
    /// Names of all headers, the parts' included.
    pub(crate) headers: Vec<String>,
}

impl Letter {
    pub(crate) fn of(mail: &ReceivedMail) -> Self {
        let (head, rest) = mail.text.split_once("\r\n\r\n").unwrap();
        let kind = mail.header("Content-Type").remove(0);
        let mut headers = names(head);
        let (mut body, mut file) = (String::new(), None);
        if let Some((_, boundary)) = kind.split_once("boundary=\"") {
            let boundary = format!("--{}", boundary.trim_end_matches('"'));
            for part in rest.split(&boundary).skip(1).filter(|part| !part.starts_with("--")) {
                let (head, text) = part.trim_start_matches("\r\n").split_once("\r\n\r\n").unwrap();
                headers.extend(names(head));
                let text = decoded(head, text);
                match head.split_once("method=") {
                    Some((_, method)) => {
                        let method = method.split(['\r', ';']).next().unwrap().trim_matches('"');
                        file = Some((method.to_owned(), text));
                    }
                    None => body = text,
                }
            }
        } else {
            body = decoded(head, rest);
        }
        let subject = word(&mail.header("Subject").remove(0));
        Self { to: mail.to.clone(), subject, body, file, headers }
    }

    /// A property of the calendar file.
    pub(crate) fn property(&self, name: &str) -> Option<String> {
        let text = self.file.as_ref()?.1.replace("\r\n ", "");
        text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':').map(str::to_owned))
    }

    /// Everything a recipient may read or see.
    pub(crate) fn everything(&self) -> String {
        let file = self.file.as_ref().map_or("", |(_, text)| text).replace("\r\n ", "");
        format!("{}\n{}\n{file}", self.subject, self.body)
    }
}

fn names(head: &str) -> Vec<String> {
    let lines = head.split("\r\n").filter(|line| !line.starts_with(' '));
    lines.map(|line| line.split_once(':').unwrap_or((line, "")).0.to_owned()).collect()
}

fn decoded(head: &str, text: &str) -> String {
    let head = head.to_lowercase();
    if head.contains("encoding: base64") {
        let plain: String = text.split_whitespace().collect();
        return String::from_utf8(BASE64.decode(plain.as_bytes()).unwrap()).unwrap();
    }
    if head.contains("encoding: quoted-printable") {
        return quoted(&text.replace("=\r\n", ""));
    }
    text.to_owned()
}

fn quoted(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte == b'=' && rest.len() >= 2 {
            let hex = std::str::from_utf8(&rest[..2]).unwrap();
            bytes.push(u8::from_str_radix(hex, 16).unwrap());
            rest = &rest[2..];
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// Encoded words of a header (RFC 2047) as text.
fn word(header: &str) -> String {
    let header = header.replace("?= =?", "?==?");
    let (mut text, mut rest) = (String::new(), header.as_str());
    while let Some((plain, after)) = rest.split_once("=?utf-8?b?") {
        let (encoded, behind) = after.split_once("?=").unwrap();
        let bytes = BASE64.decode(encoded.as_bytes()).unwrap();
        text.push_str(plain);
        text.push_str(&String::from_utf8(bytes).unwrap());
        rest = behind;
    }
    text + rest
}
