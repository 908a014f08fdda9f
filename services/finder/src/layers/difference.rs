//! What differs between two records of a centre, field by field.

use contracts::directory::Centre;
use serde::Serialize;
use serde_json::Value;

use super::{Field, Part};

/// A field whose value differs.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FieldChange {
    /// The field; [`Field::Offer`] for an offer that came or went.
    pub field: Field,
    /// The value before; null for nothing.
    pub old: Value,
    /// The value after; null for nothing.
    pub new: Value,
}

/// The fields in which two records differ, in the order pages show them.
pub fn difference(old: &Centre, new: &Centre) -> Vec<FieldChange> {
    let mut changes: Vec<FieldChange> =
        Field::FIXED.into_iter().filter_map(|field| change(field, old, new)).collect();
    for offer in &old.offers {
        let stays = new.offers.iter().any(|other| other.id == offer.id);
        if stays {
            changes.extend(Part::ALL.into_iter().filter_map(|part| change(part.of(&offer.id), old, new)));
        } else {
            changes.extend(change(Field::Offer(offer.id.clone()), old, new));
        }
    }
    let added = new.offers.iter().filter(|offer| !old.offers.iter().any(|other| other.id == offer.id));
    changes.extend(added.filter_map(|offer| change(Field::Offer(offer.id.clone()), old, new)));
    changes
}

fn change(field: Field, old: &Centre, new: &Centre) -> Option<FieldChange> {
    let (old, new) = (field.get(old), field.get(new));
    (!field.same(&old, &new)).then_some(FieldChange { field, old, new })
}
