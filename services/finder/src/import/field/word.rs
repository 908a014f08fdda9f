//! Words for yes and no, for ways of counselling, for access.

use contracts::directory::{Mode, Wheelchair};

/// Yes or no in the words people use; `None` for anything else.
pub fn yes_no(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "ja" | "j" | "yes" | "y" | "wahr" | "true" | "x" | "1" | "✓" => Some(true),
        "nein" | "n" | "no" | "falsch" | "false" | "0" | "-" | "–" => Some(false),
        _ => None,
    }
}

/// A way of counselling by its code or by words for it.
pub fn mode(text: &str) -> Option<Mode> {
    let text = text.trim().to_lowercase();
    if let Some(mode) = Mode::from_code(&text) {
        return Some(mode);
    }
    match text.as_str() {
        "persönlich"
        | "vor ort"
        | "präsenz"
        | "face-to-face"
        | "in person"
        | "persönliche beratung"
        | "physical" => Some(Mode::InPerson),
        "telefon" | "telefonisch" | "tel" | "telefonberatung" | "by phone" => Some(Mode::Phone),
        "videoberatung" | "videochat" | "videotelefonie" | "videosprechstunde" => Some(Mode::Video),
        "online" | "onlineberatung" | "online-beratung" | "e-mail" | "email" | "mail" | "mailberatung"
        | "e-mail-beratung" | "chatberatung" | "messenger" | "virtual" => Some(Mode::Chat),
        _ => None,
    }
}

/// How far a wheelchair gets, by code or by words for it.
pub fn wheelchair(text: &str) -> Option<Wheelchair> {
    match text.trim().to_lowercase().as_str() {
        "full" | "voll" | "barrierefrei" | "rollstuhlgerecht" | "vollständig" => Some(Wheelchair::Full),
        "partial" | "teilweise" | "eingeschränkt" | "bedingt" | "mit hilfe" | "limited" => {
            Some(Wheelchair::Partial)
        }
        "nicht barrierefrei" | "nicht rollstuhlgerecht" => Some(Wheelchair::No),
        other => match yes_no(other) {
            Some(true) => Some(Wheelchair::Full),
            Some(false) => Some(Wheelchair::No),
            None => None,
        },
    }
}

/// The code written by exports and read by [`wheelchair`].
pub const fn wheelchair_code(wheelchair: Wheelchair) -> &'static str {
    match wheelchair {
        Wheelchair::Full => "full",
        Wheelchair::Partial => "partial",
        Wheelchair::No => "no",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_back_and_words_understood() {
        for known in Mode::ALL {
            assert_eq!(mode(known.code()), Some(known));
        }
        for known in [Wheelchair::Full, Wheelchair::Partial, Wheelchair::No] {
            assert_eq!(wheelchair(wheelchair_code(known)), Some(known));
        }
        assert_eq!(mode(" Telefonisch "), Some(Mode::Phone));
        assert_eq!((yes_no("Ja"), yes_no("0"), yes_no("vielleicht")), (Some(true), Some(false), None));
    }
}
