//! Postcodes in what was typed.

use super::fold;

/// What the digits of an input are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Digits {
    /// None that could be a postcode.
    None,
    /// Five digits.
    Whole(String),
    /// One to four digits, and nothing else of weight beside them.
    Part(String),
    /// Only digits, but too many.
    TooMany,
}

/// Reads "79100", "D-79100", "79100 Freiburg", "Freiburg 79100", "79 100", "791", "791xx".
pub(super) fn read(text: &str) -> Digits {
    let words = fold::words(text);
    let mut digits = Vec::new();
    let mut has_name = false;
    for word in &words {
        let word = word.strict.as_str();
        let bare = word.strip_prefix("de").or_else(|| word.strip_prefix('d')).unwrap_or(word);
        let bare = if bare.len() <= 5 { bare.trim_end_matches('x') } else { bare };
        if !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit()) {
            digits.push(bare);
        } else if !matches!(word, "d" | "de" | "plz" | "postleitzahl" | "xx" | "xxx") {
            has_name = true;
        }
    }
    if let Some(whole) = digits.iter().find(|word| word.len() == 5) {
        return Digits::Whole((*whole).to_owned());
    }
    let joined = digits.concat();
    match joined.len() {
        0 => Digits::None,
        _ if has_name => Digits::None,
        1..=4 => Digits::Part(joined),
        5 => Digits::Whole(joined),
        _ => Digits::TooMany,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_postcode_is_found_wherever_it_stands() {
        for text in [
            "79100",
            " 79100 ",
            "D-79100",
            "DE 79100",
            "d79100",
            "79100 Freiburg",
            "Freiburg, 79100",
            "79 100",
        ] {
            assert_eq!(read(text), Digits::Whole("79100".to_owned()), "{text}");
        }
    }

    #[test]
    fn fewer_digits_are_the_beginning_of_postcodes() {
        for (text, part) in [("7", "7"), ("79", "79"), ("PLZ 791", "791"), ("791xx", "791"), ("0106", "0106")]
        {
            assert_eq!(read(text), Digits::Part(part.to_owned()), "{text}");
        }
    }

    #[test]
    fn house_numbers_and_phone_numbers_are_no_postcodes() {
        assert_eq!(read("Hauptstraße 5 Bonn"), Digits::None);
        assert_eq!(read("0228 123456"), Digits::TooMany);
        assert_eq!(read("Bonn"), Digits::None);
    }
}
