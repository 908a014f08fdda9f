//! Texts as they are compared.

use crate::slug::slugify;

/// The words of a text in lower case without accents; ä, ae and a are the same, as are ß and ss.
///
/// Lists come from systems that write umlauts out, drop their dots, or keep them.
pub(super) fn words(text: &str) -> Vec<String> {
    let parts = text.split(|letter: char| !letter.is_alphanumeric());
    parts.filter(|part| !part.is_empty()).map(word).filter(|word| !word.is_empty()).collect()
}

/// One word, folded. Empty when it has no Latin letter or digit.
pub(super) fn word(text: &str) -> String {
    if !text.chars().any(|letter| letter.is_ascii_alphanumeric() || !letter.is_ascii()) {
        return String::new();
    }
    let plain = slugify(text);
    let mut folded = String::with_capacity(plain.len());
    for letter in plain.chars() {
        // "ae", "oe", "ue" stand for an umlaut as often as not; "neue" loses a letter on both sides alike.
        if letter == 'e' && folded.ends_with(['a', 'o', 'u']) {
            continue;
        }
        if letter != '-' {
            folded.push(letter);
        }
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn umlauts_written_out_or_without_dots_are_the_same() {
        for form in ["Käthe-Möller-Straße", "Kaethe Moeller Strasse", "KATHE MOLLER STRASSE"] {
            assert_eq!(words(form), ["kathe", "moller", "strasse"], "{form}");
        }
        assert_eq!(words("  – „e. V.“ "), ["e", "v"]);
        assert!(words("بيت –").iter().all(|word| word == "stell" || word == "stelle"));
    }
}
