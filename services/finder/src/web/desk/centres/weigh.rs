//! What somebody wants to change, weighed against what is there now.
//!
//! A field that came back as it was shown is no edit, whatever others did to it meanwhile. A field that somebody else
//! changed is not overwritten: the page shows both and asks.

use contracts::directory::Centre;
use serde_json::Value;

use super::{
    around::Around,
    control::{Wrong, read},
    sent::Sent,
    stand::Stand,
};
use crate::{
    layers::{Composed, Field},
    store::{FieldConflict, FieldEdit},
    web::say::Say,
};

/// The hidden field that names fields two people changed.
pub(super) const DISPUTED: &str = "streit";

/// What became of a form.
#[derive(Debug, Default)]
pub(super) struct Weighed {
    pub(super) edits: Vec<FieldEdit>,
    pub(super) wrong: Vec<Wrong>,
    /// Fields that somebody else changed, and those still undecided.
    pub(super) conflicts: Vec<FieldConflict>,
}

impl Weighed {
    /// Whether it can be saved as it is.
    pub(super) fn is_clear(&self) -> bool {
        self.wrong.is_empty() && self.conflicts.is_empty()
    }
}

/// The name of the choice between two values of a field.
pub(super) fn choice_of(field: &Field) -> String {
    format!("wahl {field}")
}

/// Goes through the fields of a form.
pub(super) fn weigh(fields: &[Field], sent: &Sent, now: &Composed, around: &Around<'_>) -> Weighed {
    let mut weighed = Weighed::default();
    for field in fields {
        let Some(stand) = Stand::sent(field, sent) else { continue };
        let disputed = sent.all(DISPUTED).any(|name| name == field.to_string());
        let choice = sent.one(&choice_of(field)).to_owned();
        let present = field.get(&now.centre);
        if stand.is_untouched(field, sent) || (disputed && choice == "ihres" && stand.is_value(&present)) {
            continue;
        }
        let wanted = match read(field, sent, &present, around) {
            Ok(wanted) => wanted,
            Err(wrong) => {
                weighed.wrong.extend(wrong);
                continue;
            }
        };
        if field.same(&present, &wanted) {
            continue;
        }
        if stand.is_value(&present) && (!disputed || choice == "meins") {
            weighed.edits.push(FieldEdit { field: field.clone(), base: present, value: wanted });
        } else {
            weighed.conflicts.push(conflict(field, present, wanted, now));
        }
    }
    weighed
}

fn conflict(field: &Field, now: Value, wanted: Value, composed: &Composed) -> FieldConflict {
    FieldConflict { field: field.clone(), by: composed.provenance.of(field).cloned(), now, wanted }
}

/// The centre as it would be with these edits.
pub(super) fn with_edits(centre: &Centre, edits: &[FieldEdit]) -> Centre {
    let mut wanted = centre.clone();
    for edit in edits {
        // A value that does not fit is refused by the store and said there.
        let _refused_later = edit.field.set(&mut wanted, &edit.value);
    }
    wanted
}

/// What is probably a mistake about where a centre is, but may be right.
pub(super) fn doubts(centre: &Centre, around: &Around<'_>) -> Vec<Say> {
    /// How far a centre may lie from the middle of its postcode; the largest reach about 25 km.
    const FAR_KM: f64 = 40.0;
    let mut doubts = Vec::new();
    let postcode = centre.address.postcode;
    if !around.places.contains(postcode) {
        doubts.push(Say::new("desk-centre-doubt-postcode").with("postcode", postcode.as_str()));
    }
    let Some(point) = centre.coordinates else { return doubts };
    if !crate::outline::in_germany(point.lat, point.lon) {
        doubts.push(Say::new("desk-centre-doubt-outside"));
    } else if let Some(middle) = around.places.postcode_point(postcode) {
        let here = search_index::place::Point { lat: point.lat, lon: point.lon };
        let away = here.distance_km(middle);
        if away > FAR_KM {
            let away = format!("{away:.0}");
            doubts
                .push(Say::new("desk-centre-doubt-far").with("km", away).with("postcode", postcode.as_str()));
        }
    }
    doubts
}
