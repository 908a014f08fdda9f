//! What a person asks for, read from the address of the result page.
//!
//! Unlike the API this reads kindly: an unknown parameter or a broken value is left out instead of refused, because
//! the person in front of it can do nothing about it.

use contracts::directory::Mode;
use percent_encoding::percent_decode_str;
use search_index::search::Filters;
use serde::Serialize;

use super::view::is_known_language;

/// More letters than this are not read: nobody types them, and they would only cost time.
const LONGEST: usize = 200;
/// The distances a person can choose, in km.
pub(crate) const RADII: [u32; 5] = [5, 10, 25, 50, 100];
/// How many hits a page has.
pub(crate) const PER_PAGE: usize = 10;
/// Pages beyond this are not counted; nobody turns them.
const LAST_PAGE: usize = 10_000;

/// A search as the address says it. It has no `Debug`: it is about a person and must not get into a log by accident.
#[derive(Clone, Default, PartialEq, Eq, Serialize)]
pub(crate) struct SearchQuery {
    /// What was typed under "Womit".
    pub words: String,
    /// What was typed under "Wo".
    pub place: String,
    /// Topic id, perhaps one that does not exist.
    pub topic: Option<String>,
    /// Ways of counselling; empty means all.
    pub modes: Vec<Mode>,
    /// Language of counselling.
    pub language: Option<String>,
    /// Only where a wheelchair gets in.
    pub wheelchair: bool,
    /// Only this far from the place, in km.
    pub radius_km: Option<u32>,
    /// The page of results, from 1.
    pub page: usize,
}

impl SearchQuery {
    /// Reads the part of an address behind the question mark.
    pub(crate) fn read(text: &str) -> Self {
        let mut query = Self { page: 1, ..Self::default() };
        for pair in text.split('&').take(64) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let value = clean(&decoded(value));
            if value.is_empty() {
                continue;
            }
            match name {
                "words" => query.words = value,
                "place" => query.place = value,
                "topic" => query.topic = Some(value),
                "mode" => query.modes.extend(Mode::from_code(&value)),
                "language" => query.language = Some(value).filter(|tag| is_known_language(tag)),
                "wheelchair" => query.wheelchair = matches!(value.as_str(), "true" | "1" | "on"),
                "radius_km" => query.radius_km = value.parse().ok().filter(|km| RADII.contains(km)),
                "page" => query.page = value.parse().unwrap_or(1).clamp(1, LAST_PAGE),
                _ => {}
            }
        }
        query.modes.sort_unstable();
        query.modes.dedup();
        query
    }

    /// Whether anything to search for was entered; filters alone are not a search.
    pub(crate) fn is_empty(&self) -> bool {
        self.words.is_empty() && self.place.is_empty() && self.topic.is_none()
    }

    /// The conditions, as the engine takes them.
    pub(crate) fn filters(&self) -> Filters {
        Filters {
            topic: self.topic.clone(),
            modes: self.modes.clone(),
            language: self.language.clone(),
            wheelchair: self.wheelchair,
            radius_km: self.radius_km.map(f64::from),
        }
    }

    /// How many hits come before this page.
    pub(crate) const fn offset(&self) -> usize {
        self.page.saturating_sub(1) * PER_PAGE
    }

    /// The parameters that differ from an empty search, in the order of the form.
    pub(crate) fn parameters(&self) -> Vec<(&'static str, String)> {
        let mut all = vec![("words", self.words.clone()), ("place", self.place.clone())];
        all.extend(self.topic.iter().map(|topic| ("topic", topic.clone())));
        all.extend(self.modes.iter().map(|mode| ("mode", mode.code().to_owned())));
        all.extend(self.language.iter().map(|tag| ("language", tag.clone())));
        all.extend(self.wheelchair.then(|| ("wheelchair", String::from("true"))));
        all.extend(self.radius_km.map(|km| ("radius_km", km.to_string())));
        all.extend((self.page > 1).then(|| ("page", self.page.to_string())));
        all.retain(|(_, value)| !value.is_empty());
        all
    }

    /// The same search changed a little and seen from its first page.
    #[must_use]
    pub(crate) fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let mut other = Self { page: 1, ..self.clone() };
        change(&mut other);
        other
    }
}

/// A form value as text: UTF-8, or the Western European encoding that old forms and typed addresses use.
fn decoded(value: &str) -> String {
    // Four bytes a letter at most, three letters a byte when escaped; the rest would be cut off anyway.
    let end = value.char_indices().nth(LONGEST * 12).map_or(value.len(), |(at, _)| at);
    let value = value[..end].replace('+', " ");
    let bytes: Vec<u8> = percent_decode_str(&value).collect();
    match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => encoding_rs::WINDOWS_1252.decode_without_bom_handling(error.as_bytes()).0.into_owned(),
    }
}

/// One line of at most [`LONGEST`] letters without characters that are invisible or turn the text around.
fn clean(text: &str) -> String {
    let visible = |c: &char| !(matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fffd}'));
    let text: String = text
        .chars()
        .filter(visible)
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(LONGEST * 2)
        .collect();
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    words.chars().take(LONGEST).collect::<String>().trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_whole_form_is_read_and_written_back() {
        let text = "words=Miete+%26+Strom&place=M%C3%BCnchen&topic=debt&mode=chat&mode=phone&language=tr&wheelchair=true&radius_km=25&page=3";
        let query = SearchQuery::read(text);
        assert_eq!((query.words.as_str(), query.place.as_str()), ("Miete & Strom", "München"));
        assert_eq!(query.modes, [Mode::Phone, Mode::Chat]);
        assert_eq!(query.offset(), 20);
        let back = serde_urlencoded::to_string(query.parameters()).unwrap();
        assert!(SearchQuery::read(&back) == query);
    }

    #[test]
    fn what_cannot_be_used_is_left_out_and_the_rest_kept() {
        let query = SearchQuery::read(
            "words=Sucht&page=-1&radius_km=7&language=klingon&mode=fax&wheelchair=maybe&utm=1&&=",
        );
        assert!(query == SearchQuery { words: "Sucht".into(), page: 1, ..SearchQuery::default() });
        assert!(SearchQuery::read("").is_empty());
        assert!(SearchQuery::read("wheelchair=true&radius_km=5").is_empty());
    }

    #[test]
    fn invisible_and_turning_characters_do_not_come_back() {
        let query = SearchQuery::read("words=%00a%E2%80%AEb%0D%0Ac%EF%BB%BF++d");
        assert_eq!(query.words, "ab c d");
    }

    #[test]
    fn old_encodings_are_understood() {
        assert_eq!(SearchQuery::read("place=M%FCnchen").place, "München");
        assert_eq!(SearchQuery::read("place=%ZZ%").place, "%ZZ%");
    }

    #[test]
    fn endless_input_is_cut_between_letters() {
        let long = "%C3%A4".repeat(1_000_000);
        assert_eq!(SearchQuery::read(&format!("words={long}")).words, "ä".repeat(LONGEST));
    }
}
