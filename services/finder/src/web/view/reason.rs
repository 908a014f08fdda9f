//! Why a centre is among the hits, in words.

use kernel::Lang;
use search_index::{
    place::Place,
    search::{Field, Reason},
};
use serde::Serialize;

use super::{AreaNames, is_known_language, language_name};
use crate::web::say::Say;

/// A reason as a page shows it: a sentence, then what matched as it stands in the entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ReasonView {
    /// The sentence (`Passt zu „Schulden“. Im Namen des Angebots steht:`).
    #[serde(flatten)]
    pub(crate) say: Say,
    /// What matched, in the language of the entry (German).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) matched: Option<String>,
}

/// The reasons of a hit around a place. The distance has its own line on every hit and is left out here.
pub(crate) fn reasons_in_words(
    reasons: &[Reason],
    place: Option<&Place>,
    names: &impl AreaNames,
    lang: Lang,
) -> Vec<ReasonView> {
    reasons
        .iter()
        .filter_map(|reason| {
            let id = match reason.field {
                Field::Offer => "reason-offer",
                Field::CentreName => "reason-centre-name",
                Field::Keyword if is_known_language(&reason.matched) => return Some(spoken(reason, lang)),
                Field::Keyword => "reason-keyword",
                Field::Topic => "reason-topic",
                Field::Description => "reason-description",
                Field::Area => return area(&reason.matched, place?, names),
                Field::Distance => return None,
            };
            let say = Say::new(id).with("unit", reason.unit.as_str());
            Some(ReasonView { say, matched: Some(reason.matched.clone()) })
        })
        .collect()
}

fn spoken(reason: &Reason, lang: Lang) -> ReasonView {
    let language = language_name(&reason.matched, lang);
    let say = Say::new("reason-language").with("unit", reason.unit.as_str()).with("language", language);
    ReasonView { say, matched: None }
}

/// The area the place lies in. The engine names it by its key; five digits are a postcode or a district, whichever
/// the place has.
fn area(matched: &str, place: &Place, names: &impl AreaNames) -> Option<ReasonView> {
    if matched == "nationwide" {
        return Some(ReasonView { say: Say::new("reason-area-nationwide"), matched: None });
    }
    let is_postcode = place.postcodes.iter().any(|postcode| postcode.as_str() == matched);
    let name = match matched.len() {
        2 => names.land(matched.parse().ok()?),
        5 if !is_postcode => names.district(matched.parse().ok()?),
        8 => names.municipality(matched.parse().ok()?),
        _ => None,
    };
    let matched = Some(name.unwrap_or_else(|| matched.to_owned()));
    Some(ReasonView { say: Say::new("reason-area"), matched })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use search_index::place::Gazetteer;

    use super::*;
    use crate::web::samples;

    fn told(field: Field, matched: &str) -> Option<ReasonView> {
        let reason = Reason { unit: "Schulden".into(), field, matched: matched.into() };
        reasons_in_words(&[reason], Some(&samples::place()), &*Gazetteer::bundled(), Lang::De).pop()
    }

    #[test]
    fn every_field_has_its_sentence_and_the_distance_its_own_line() {
        let fields =
            [Field::Offer, Field::CentreName, Field::Keyword, Field::Topic, Field::Description, Field::Area];
        let ids: BTreeSet<_> = fields.map(|field| told(field, "Schuldnerberatung").unwrap().say.id()).into();
        assert_eq!(ids.len(), fields.len());
        assert_eq!(told(Field::Distance, "12"), None);
    }

    #[test]
    fn areas_are_named_and_a_postcode_is_not_taken_for_a_district() {
        let matched = |text| told(Field::Area, text).unwrap().matched.unwrap();
        assert_eq!(matched("79100"), "79100");
        assert_eq!(matched("79100–79117"), "79100–79117");
        assert!(matched("08311").contains("Freiburg"), "the district of the place");
        assert_eq!(matched("08"), "Baden-Württemberg");
        assert_eq!(told(Field::Area, "nationwide").unwrap().say.id(), "reason-area-nationwide");
    }

    #[test]
    fn a_language_is_named_and_not_shown_as_a_tag() {
        let reason = told(Field::Keyword, "tr").unwrap();
        assert_eq!((reason.say.id(), reason.matched), ("reason-language", None));
        assert_eq!(reason.say.arg("language"), Some(&"Türkisch".into()));
    }
}
