//! The answer to what was typed under "Wo?".

use contracts::directory::Postcode;

use super::{Gazetteer, Place, PlaceKind, Resolution, fold, matching::Found, postcode, postcode::Digits};

/// How many similar places an unknown one gets.
const SIMILAR: usize = 6;

impl Gazetteer {
    /// What a text means as a place: a postcode (also with its town, or only its first digits), a town, a part of one, a
    /// district or a Land, in the spellings people use. Only the first 120 characters are looked at.
    pub fn resolve(&self, text: &str) -> Resolution {
        let text = fold::clip(text);
        if fold::words(text).is_empty() {
            return Resolution::None;
        }
        // Our own queries can end in an official key ("Neuenkirchen, 13075097").
        if names_a_region(text)
            && let Some(named) = self.answer(self.find_qualified(text))
        {
            return named;
        }
        match postcode::read(text) {
            Digits::Whole(code) => self.whole_postcode(text, &code),
            Digits::Part(digits) => {
                match self.postcode_part(&digits).or_else(|| self.without_its_zero(&digits)) {
                    Some(place) => resolved(place),
                    None => Resolution::Unknown { similar: self.nearest_postcodes(&digits) },
                }
            }
            Digits::TooMany => Resolution::Unknown { similar: Vec::new() },
            Digits::None => self.named(text).unwrap_or_else(|| self.unknown(text)),
        }
    }

    fn whole_postcode(&self, text: &str, code: &str) -> Resolution {
        let known = code.parse().ok().and_then(|code: Postcode| self.postcode(code));
        if let Some(info) = known {
            return resolved(self.postcode_place(info));
        }
        // A postcode nobody knows beside a town that somebody does: the town is meant.
        let has_name = text.chars().filter(|c| c.is_alphabetic()).count() > 2;
        let named = if has_name { self.named(text) } else { None };
        named.unwrap_or_else(|| Resolution::Unknown { similar: self.nearest_postcodes(code) })
    }

    /// "1067": spreadsheets take the leading zero away, and people copy what they see.
    fn without_its_zero(&self, digits: &str) -> Option<Place> {
        let postcode: Postcode = format!("0{digits}").parse().ok()?;
        self.postcode(postcode).map(|info| self.postcode_place(info))
    }

    fn named(&self, text: &str) -> Option<Resolution> {
        self.answer(self.find(text))
    }

    fn answer(&self, found: Found) -> Option<Resolution> {
        match found {
            Found::Nothing => None,
            Found::One { id, others } => Some(Resolution::Resolved {
                place: Box::new(self.place(id)),
                others: others.into_iter().map(|id| self.place(id)).collect(),
            }),
            Found::Many(ids) => {
                Some(Resolution::Ambiguous(ids.into_iter().map(|id| self.place(id)).collect()))
            }
        }
    }

    fn unknown(&self, text: &str) -> Resolution {
        let mut ids = Vec::new();
        for spelling in self.names.spellings.near(&fold::key(&fold::words(text)), SIMILAR) {
            let mut same = self.names.exact(spelling).to_vec();
            if same.is_empty() {
                same = self.names.beginning_with_word(spelling).to_vec();
            }
            if let Some(target) = self.aliases.get(spelling)
                && let Found::One { id, .. } = self.find(target)
            {
                same.push(id);
            }
            self.biggest_first(&mut same);
            same.truncate(2);
            same.retain(|id| !ids.contains(id));
            ids.extend(same);
        }
        ids.truncate(SIMILAR);
        Resolution::Unknown { similar: ids.into_iter().map(|id| self.place(id)).collect() }
    }

    /// Postcodes that share as many first digits as possible, at least two, the numerically nearest first.
    fn nearest_postcodes(&self, digits: &str) -> Vec<Place> {
        let number = |digits: &str| format!("{digits:0<5}").parse::<u32>().unwrap_or_default();
        let wanted = number(digits);
        for length in (2..digits.len().min(5)).rev() {
            let mut near: Vec<_> = digits
                .get(..length)
                .map(|start| self.postcodes_beginning_with(start).iter().collect())
                .unwrap_or_default();
            if !near.is_empty() {
                near.sort_by_key(|info| number(info.postcode.as_str()).abs_diff(wanted));
                near.truncate(SIMILAR);
                return near.into_iter().map(|info| self.postcode_place(info)).collect();
            }
        }
        Vec::new()
    }
}

fn resolved(place: Place) -> Resolution {
    Resolution::Resolved { place: Box::new(place), others: Vec::new() }
}

/// Whether the text is a name, a comma and nothing but digits.
fn names_a_region(text: &str) -> bool {
    text.rsplit_once(',').is_some_and(|(name, region)| {
        let region = region.trim();
        !region.is_empty()
            && region.bytes().all(|byte| byte.is_ascii_digit())
            && !name.bytes().any(|byte| byte.is_ascii_digit())
    })
}

impl Place {
    /// Whether the place is one or several postcodes and not a name.
    pub fn is_postcode(&self) -> bool {
        matches!(self.kind, PlaceKind::Postcode | PlaceKind::PostcodePart)
    }
}
