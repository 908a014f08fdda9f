//! Phone numbers, mail and web addresses.

/// A web address that can be put on a page, with whether `https://` was added; `None` when it cannot.
pub fn website(text: &str) -> Option<(String, bool)> {
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    if text.contains(|letter: char| {
        letter.is_whitespace() || matches!(letter, '"' | '<' | '>' | '\\' | '`' | '{' | '}')
    }) {
        return None;
    }
    let (address, added) = if lower.starts_with("http://") || lower.starts_with("https://") {
        (text.to_owned(), false)
    } else if has_scheme(&lower) {
        return None;
    } else {
        (format!("https://{}", text.trim_start_matches("//")), true)
    };
    let host = address.split_once("://")?.1.split(['/', '?', '#']).next()?;
    // Credentials in an address only serve to deceive.
    let plausible = host.len() <= 253
        && !host.contains('@')
        && host.contains('.')
        && !host.starts_with('.')
        && !host.ends_with("..");
    (plausible && address.len() <= 2_000).then_some((address, added))
}

/// Whether it begins like `mailto:` or `javascript:`; a port after a host name is no scheme.
fn has_scheme(text: &str) -> bool {
    text.split_once(':').is_some_and(|(scheme, rest)| {
        !scheme.contains(['.', '/', '?', '#']) && !rest.starts_with(|letter: char| letter.is_ascii_digit())
    })
}

/// A mail address, or `None` when it is none.
pub fn email(text: &str) -> Option<String> {
    let text = text.trim();
    let text = if text.get(..7).is_some_and(|start| start.eq_ignore_ascii_case("mailto:")) {
        &text[7..]
    } else {
        text
    };
    let (local, host) = text.split_once('@')?;
    let local_fits = !local.is_empty()
        && local.len() <= 64
        && local.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~.".contains(&byte));
    let host_fits = host.len() <= 253
        && host.contains('.')
        && host.split('.').all(|label| {
            !label.is_empty() && label.chars().all(|letter| letter.is_alphanumeric() || letter == '-')
        });
    (local_fits && host_fits).then(|| text.to_owned())
}

/// A phone number as it is to be read, or `None` when there are fewer than three digits in it or too much else.
pub fn phone(text: &str) -> Option<String> {
    let text = text.trim();
    let start =
        text.trim_start_matches(|letter: char| letter.is_alphabetic() || matches!(letter, '.' | ':' | ' '));
    let digits = start.bytes().filter(u8::is_ascii_digit).count();
    let fits = start.chars().all(|letter| letter.is_ascii_digit() || " +-–/().".contains(letter));
    (3..=20).contains(&digits).then_some(())?;
    // "030 123 (Sekretariat)" keeps its words: people read it; the link takes the digits only.
    (fits || start.chars().filter(|letter| letter.is_alphabetic()).count() <= 40).then(|| start.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn web_addresses_get_a_scheme_and_dangerous_ones_go() {
        assert_eq!(website("www.example.org/a"), Some(("https://www.example.org/a".into(), true)));
        assert_eq!(website("HTTP://example.org"), Some(("HTTP://example.org".into(), false)));
        assert_eq!(website("example.org:8080/x"), Some(("https://example.org:8080/x".into(), true)));
        for wrong in [
            "javascript:alert(1)",
            "data:text/html,x",
            "https://a b.de",
            "ja",
            "https://user@evil.example",
            "mailto:a@b.de",
            "\"",
            "https://x\">",
        ] {
            assert_eq!(website(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn mail_addresses_are_plain() {
        assert_eq!(email("mailto:a.b@c-d.example.org"), Some("a.b@c-d.example.org".into()));
        for wrong in ["a", "a@b", "a b@c.de", "a@b.de\r\nBcc: x@y.de", "@b.de", "a@.de", "a@b.de, c@d.de"] {
            assert_eq!(email(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn phone_numbers_keep_their_form() {
        assert_eq!(phone("Tel.: 030 23125-017"), Some("030 23125-017".into()));
        assert_eq!(phone("+49 (0)30 / 23125 017"), Some("+49 (0)30 / 23125 017".into()));
        for wrong in ["", "nach Vereinbarung", "12", &"1".repeat(30)] {
            assert_eq!(phone(wrong), None, "{wrong}");
        }
    }
}
