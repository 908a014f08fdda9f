//! Content lines: unfolded, and parted into name, parameters and value.

/// Longest line that is kept in bytes, unfolded. Longer ones are attachments and pictures; nothing about time is so long.
const LONGEST: usize = 64 * 1024;

/// A content line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// Its name, in capitals.
    pub(super) name: String,
    parameters: &'a str,
    pub(super) value: &'a str,
    /// Whether the line was too long and its value is only a beginning.
    pub(super) cut: bool,
}

impl<'a> Line<'a> {
    /// `None`: nothing that looks like a content line.
    fn parse(line: &'a str, cut: bool) -> Option<Self> {
        let end = line.find([';', ':'])?;
        let name = line[..end].trim();
        if name.is_empty() || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            return None;
        }
        let mut quoted = false;
        let colon = line[end..].bytes().position(|byte| {
            quoted ^= byte == b'"';
            byte == b':' && !quoted
        })?;
        let parameters = line[end..end + colon].trim_start_matches(';');
        let value = line[end + colon + 1..].trim();
        Some(Self { name: name.to_ascii_uppercase(), parameters, value, cut })
    }

    /// A parameter's value, without quotes.
    pub(super) fn parameter(&self, name: &str) -> Option<&'a str> {
        let mut quoted = false;
        let mut parts = self.parameters.split(move |character: char| {
            quoted ^= character == '"';
            character == ';' && !quoted
        });
        parts.find_map(|part| {
            let (key, value) = part.split_once('=')?;
            key.trim().eq_ignore_ascii_case(name).then(|| value.trim().trim_matches('"'))
        })
    }
}

/// Calls `each` with every content line of `text`, until it fails. Lines end with CRLF, LF or CR.
pub(super) fn each<E>(text: &str, mut each: impl FnMut(&Line<'_>) -> Result<(), E>) -> Result<(), E> {
    let mut whole = String::new();
    let mut cut = false;
    let mut tell = |whole: &str, cut| Line::parse(whole, cut).map_or(Ok(()), |line| each(&line));
    for physical in text.trim_start_matches('\u{feff}').split(['\n', '\r']) {
        // The empty piece between CR and LF, and blank lines, end nothing.
        if physical.is_empty() {
            continue;
        }
        let more = match physical.strip_prefix([' ', '\t']) {
            Some(more) => more,
            None => {
                tell(&whole, cut)?;
                whole.clear();
                cut = false;
                physical
            }
        };
        if whole.len() + more.len() <= LONGEST {
            whole.push_str(more);
        } else {
            cut = true;
        }
    }
    tell(&whole, cut)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<(String, String)> {
        let mut all = Vec::new();
        each(text, |line| {
            all.push((line.name.clone(), line.value.to_owned()));
            Ok::<_, ()>(())
        })
        .unwrap();
        all
    }

    #[test]
    fn lines_are_unfolded_whatever_ends_them() {
        let expected = vec![("A".to_owned(), "onetwo".to_owned()), ("B".to_owned(), "3".to_owned())];
        for end in ["\r\n", "\n", "\r", "\r\n\r\n"] {
            let text = format!("A:one{end} t{end}\two{end}b:3{end}garbage{end}");
            assert_eq!(values(&text), expected, "{end:?}");
        }
    }

    #[test]
    fn colons_and_semicolons_in_quotes_part_nothing() {
        let line =
            Line::parse(r#"DTSTART;X="a:b;TZID=no";TZID="Europe/Berlin":20261123T080000"#, false).unwrap();
        assert_eq!(line.parameter("tzid"), Some("Europe/Berlin"));
        assert_eq!(line.value, "20261123T080000");
        assert_eq!(Line::parse("X;A=\"unclosed:value", false), None);
        assert_eq!(Line::parse("a b:c", false), None);
    }

    #[test]
    fn a_line_without_end_is_not_kept() {
        let text = format!("ATTACH:{}\nB:1", format!("{}\n ", "x".repeat(1000)).repeat(200));
        let mut all = Vec::new();
        each(&text, |line| {
            all.push((line.name.clone(), line.value.len() <= LONGEST, line.cut));
            Ok::<_, ()>(())
        })
        .unwrap();
        assert_eq!(all, [("ATTACH".into(), true, true), ("B".into(), true, false)]);
    }
}
