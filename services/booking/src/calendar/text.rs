//! Text that cannot break out of its line, and lines of 75 octets.

/// Longest content line in octets, its end not counted (RFC 5545, 3.1).
const LINE: usize = 75;

/// At most `limit` characters of `text`, without anything that steers a reader: line ends become `\n`, tabs spaces,
/// other control characters, direction marks and byte order marks vanish.
pub(super) fn clean(text: &str, limit: usize) -> String {
    let mut clean = String::with_capacity(text.len().min(limit * 4));
    for character in text.replace("\r\n", "\n").chars() {
        match character {
            '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => clean.push('\n'),
            '\t' => clean.push(' '),
            steers if steers.is_control() || turns_direction(steers) || steers == '\u{feff}' => {}
            plain => clean.push(plain),
        }
    }
    if let Some((end, _)) = clean.char_indices().nth(limit) {
        clean.truncate(end);
    }
    clean
}

/// The same for what stands on one line only.
pub(super) fn clean_line(text: &str, limit: usize) -> String {
    clean(text, limit).replace('\n', " ")
}

/// A mail address as URI (RFC 6068). Whatever has no place in one is percent-encoded, so that nothing is left that could
/// end the line or begin a parameter.
pub(super) fn mailto(address: &str) -> String {
    let mut uri = String::from("mailto:");
    for byte in address.bytes() {
        if byte.is_ascii_alphanumeric() || b"@.-_~+!$'*=".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

/// The text with its lines folded after at most 75 octets.
///
/// The library folds as well, but measures octets and characters by one number, and may part a backslash from what it
/// escapes; some calendars (Google's among them) do not join such a pair again. So its folds are opened and made anew.
pub(super) fn fold(text: &str) -> String {
    let lines = text.replace("\r\n ", "");
    let mut folded = String::with_capacity(text.len());
    for line in lines.split_terminator("\r\n") {
        let mut width = 0;
        let mut rest = line.chars().peekable();
        while let Some(character) = rest.next() {
            let escaped = if character == '\\' { rest.next() } else { None };
            let more = character.len_utf8() + escaped.map_or(0, char::len_utf8);
            if width + more > LINE {
                folded.push_str("\r\n ");
                width = 1;
            }
            folded.push(character);
            folded.extend(escaped);
            width += more;
        }
        folded.push_str("\r\n");
    }
    folded
}

fn turns_direction(character: char) -> bool {
    matches!(character, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_steers_a_reader_is_left() {
        assert_eq!(clean("a\r\nb\rc\nd\u{2028}e\r\r\nf", 99), "a\nb\nc\nd\ne\n\nf");
        assert_eq!(clean("\0x\u{202e}y\u{2068}z\u{2069}\u{feff}\u{7f}\u{9b}\tt", 99), "xyz t");
        assert_eq!(clean_line("BEGIN\r\nEND", 99), "BEGIN END");
        assert_eq!(clean("äöüß", 2), "äö");
    }

    #[test]
    fn an_address_stays_one_address() {
        assert_eq!(mailto("praxis+termine@haus.example"), "mailto:praxis+termine@haus.example");
        assert_eq!(mailto("a\r\nX:1\";b,@c"), "mailto:a%0D%0AX%3A1%22%3Bb%2C@c");
    }

    #[test]
    fn a_fold_never_parts_a_backslash_from_what_it_escapes() {
        let line = format!("{}\\n{}\r\n", "x".repeat(74), "y".repeat(80));
        let folded = fold(&line);
        assert_eq!(folded.split("\r\n").map(str::len).collect::<Vec<_>>(), [74, 75, 9, 0]);
        assert_eq!(folded.replace("\r\n ", ""), line);
    }
}
