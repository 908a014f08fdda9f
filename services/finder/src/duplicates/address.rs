//! Streets and towns as they are compared.

use contracts::directory::Address;

use super::fold;

/// An address taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Place {
    /// The street's name without its ending; empty without a street.
    pub(super) street: String,
    /// First and last house number.
    pub(super) house: Option<(u32, u32)>,
    /// What is added to the number ("a").
    pub(super) letter: Option<char>,
    /// A post-office box, which is nowhere.
    pub(super) post_box: bool,
    /// Postcode.
    pub(super) postcode: String,
    /// Words of the town.
    pub(super) town: Vec<String>,
}

impl Place {
    /// Takes an address apart.
    pub(super) fn of(address: &Address) -> Self {
        let mut place = Self {
            postcode: address.postcode.as_str().to_owned(),
            town: fold::words(&address.city).into_iter().filter(|word| word.len() > 1).collect(),
            ..Self::default()
        };
        if let Some(street) = &address.street {
            place.read(street);
        }
        place
    }

    /// Takes the part of a street that ends in a number: "Bürgerhaus, Am Anger 1 (Hof)" is "Am Anger 1".
    fn read(&mut self, street: &str) {
        let lower = street.to_lowercase();
        self.post_box = lower.starts_with("postfach") || lower.starts_with("pf ");
        let without_brackets = street.split('(').next().unwrap_or(street);
        let has_digit = |part: &&str| part.contains(|letter: char| letter.is_ascii_digit());
        let part = without_brackets.split(',').rfind(has_digit).unwrap_or(without_brackets);
        let digits_at = part.char_indices().find(|(at, letter)| *at > 0 && letter.is_ascii_digit());
        let (name, number) = part.split_at(digits_at.map_or(part.len(), |(at, _)| at));
        self.street = fold::words(name).iter().map(|word| ending(word)).collect();
        let mut numbers = number.split(|letter: char| !letter.is_ascii_digit()).filter(|run| !run.is_empty());
        let first = numbers.next().and_then(|run| run.parse().ok());
        let last = numbers.next().and_then(|run| run.parse().ok());
        self.house = first.map(|first: u32| (first, last.filter(|last| *last > first).unwrap_or(first)));
        self.letter =
            number.chars().find(char::is_ascii_alphabetic).map(|letter| letter.to_ascii_lowercase());
    }

    /// Whether the towns are the same: by postcode, or by name within a region of the post.
    pub(super) fn same_town(&self, other: &Self) -> bool {
        if self.postcode == other.postcode {
            return true;
        }
        let contains = |one: &Self, other: &Self| {
            !other.town.is_empty() && other.town.iter().all(|word| one.town.contains(word))
        };
        self.postcode[..2] == other.postcode[..2] && (contains(self, other) || contains(other, self))
    }

    /// Whether it says where the centre is.
    pub(super) fn has_street(&self) -> bool {
        !self.street.is_empty() && !self.post_box
    }
}

/// A word of a street with its ending shortened as signs do: "straße", "platz", "weg", "gasse" lose all but a trace.
fn ending(word: &str) -> String {
    const ENDINGS: &[(&str, &str)] = &[
        ("strasse", "str"),
        ("strase", "str"),
        ("platz", "pl"),
        ("weg", "w"),
        ("wg", "w"),
        ("gasse", "g"),
        ("allee", "al"),
    ];
    for (long, short) in ENDINGS {
        if let Some(start) = word.strip_suffix(long) {
            return format!("{start}{short}");
        }
    }
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(street: &str, postcode: &str, city: &str) -> Place {
        Place::of(&Address {
            street: Some(street.into()),
            extra: None,
            postcode: postcode.parse().unwrap(),
            city: city.into(),
        })
    }

    #[test]
    fn forms_of_a_street_are_the_same() {
        for other in
            ["Bahnhofstr. 12", "Bahnhof-Straße 12", "BAHNHOFSTRASSE 12", "Haus B, Bahnhofstr.12 (Hof)"]
        {
            let (one, other) = (place("Bahnhofstraße 12", "12345", "A"), place(other, "12345", "A"));
            assert_eq!((one.street, one.house), (other.street, other.house));
        }
        let range = place("Mauerstr. 12-14 a", "12345", "A");
        assert_eq!((range.house, range.letter), (Some((12, 14)), Some('a')));
        assert!(!place("Postfach 12 40", "12345", "A").has_street());
        assert_eq!(place("Straße des 17. Juni 135", "12345", "A").house, Some((17, 135)));
    }

    #[test]
    fn a_town_has_several_postcodes_and_forms_of_its_name() {
        let one = place("A 1", "29820", "Neustadt/Lühe");
        assert!(one.same_town(&place("A 1", "29824", "Neustadt a. d. Lühe")));
        assert!(one.same_town(&place("A 1", "29820", "Oberdorf")));
        assert!(!one.same_town(&place("A 1", "67433", "Neustadt")));
    }
}
