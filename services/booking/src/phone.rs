//! Numbers of centres, as people write them and as phones dial them.

/// A number as the network wants it (RFC 3966): the first one of the text, German ones with `+49`.
pub(crate) fn dialled(text: &str) -> Option<String> {
    let text = text.replace("(0)", " ");
    let start = text.find(|sign: char| sign.is_ascii_digit() || sign == '+')?;
    let belongs = |sign: char| sign.is_ascii_digit() || "+ /-–.()".contains(sign);
    let number = text[start..].split(|sign| !belongs(sign)).next()?;
    let digits: String = number.chars().filter(|sign| sign.is_ascii_digit() || *sign == '+').collect();
    let count = digits.chars().filter(char::is_ascii_digit).count();
    if !(3..=15).contains(&count) || digits.rfind('+').is_some_and(|at| at > 0) {
        return None;
    }
    Some(match (digits.strip_prefix("00"), digits.strip_prefix('0')) {
        (Some(international), _) => format!("+{international}"),
        (None, Some(national)) => format!("+49{national}"),
        (None, None) => digits,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_dialled_as_the_network_wants_them() {
        for (text, expected) in [
            ("0761 / 123 45-6", Some("+49761123456")),
            ("+49 (0)761 12345", Some("+4976112345")),
            ("0049 761 12345", Some("+4976112345")),
            ("Tel.: 0228 98765 oder 98766", Some("+4922898765")),
            ("116 117", Some("116117")),
            ("nach Vereinbarung", None),
            ("12", None),
        ] {
            assert_eq!(dialled(text).as_deref(), expected, "{text}");
        }
    }
}
