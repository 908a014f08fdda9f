//! Places to choose, as links that search again.

use kernel::Lang;
use search_index::place::{Place, PlaceKind};
use serde::Serialize;

use crate::web::{link, query::SearchQuery};

/// A place as a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct PlaceLink {
    /// The same search around this place.
    pub href: String,
    /// Its name.
    pub name: String,
    /// What tells it apart from places of the same name.
    pub detail: Option<String>,
}

/// The same search around each of these places.
pub(crate) fn place_links(places: &[Place], query: &SearchQuery, lang: Lang) -> Vec<PlaceLink> {
    let place_link = |place: &Place| PlaceLink {
        href: link::search(lang, &query.with(|query| query.place.clone_from(&place.query))),
        name: place.name.clone(),
        detail: Some(place.detail.clone()).filter(|detail| !detail.is_empty()),
    };
    places.iter().map(place_link).collect()
}

/// A place inside a sentence, short: a postcode goes without its town.
pub(crate) fn place_label(place: &Place) -> String {
    match (place.kind, place.postcodes.first()) {
        (PlaceKind::Postcode, Some(postcode)) => postcode.to_string(),
        _ => place.name.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::samples;

    #[test]
    fn a_choice_keeps_the_search_and_starts_at_its_first_page() {
        let query = SearchQuery {
            words: "Sucht".into(),
            place: "Neustadt".into(),
            page: 3,
            ..SearchQuery::default()
        };
        let links = place_links(&[samples::place()], &query, Lang::En);
        assert_eq!(links[0].href, "/en/suche?words=Sucht&place=79100");
    }

    #[test]
    fn a_postcode_is_enough_inside_a_sentence() {
        assert_eq!(place_label(&samples::place()), "79100");
    }
}
