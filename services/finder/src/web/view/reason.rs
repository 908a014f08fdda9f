//! Why a centre is among the hits, in words.

use search_index::search::{Field, Reason};
use serde::Serialize;

use crate::web::say::Say;

/// A reason as a page shows it: a sentence, then what matched as it stands in the entry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct ReasonView {
    /// The sentence (`Passt zu „Schulden“. Im Namen des Angebots steht:`).
    #[serde(flatten)]
    pub say: Say,
    /// What matched, in the language of the entry (German).
    pub matched: String,
}

/// The reasons that lie in the words. Distance and area have their own line on every hit and are left out here.
pub(crate) fn reasons_in_words(reasons: &[Reason]) -> Vec<ReasonView> {
    reasons
        .iter()
        .filter_map(|reason| {
            let id = match reason.field {
                Field::Offer => "reason-offer",
                Field::CentreName => "reason-centre-name",
                Field::Keyword => "reason-keyword",
                Field::Topic => "reason-topic",
                Field::Description => "reason-description",
                Field::Distance | Field::Area => return None,
            };
            Some(ReasonView { say: Say::new(id).with("unit", reason.unit.as_str()), matched: reason.matched.clone() })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_reason_has_a_sentence_and_place_reasons_have_none() {
        let reason = |field| Reason { unit: "Schulden".into(), field, matched: "Schuldnerberatung".into() };
        let fields = [
            Field::Offer,
            Field::CentreName,
            Field::Keyword,
            Field::Topic,
            Field::Description,
            Field::Distance,
            Field::Area,
        ];
        let told = reasons_in_words(&fields.map(reason));
        let ids: std::collections::BTreeSet<_> = told.iter().map(|reason| reason.say.id()).collect();
        assert_eq!(ids.len(), 5);
    }
}
