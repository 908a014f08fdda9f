//! The point on the map that follows from an address.

use contracts::directory::Centre;
use search_index::place::Gazetteer;
use serde_json::{Value, json};

use super::{Field, Layers, ManualEdit, field};
use crate::{import::point_of, store::FieldEdit};

/// Adds the point of the new postcode to edits that move a centre, unless they place it themselves or somebody placed it
/// by hand before.
///
/// The point of the old house would lead people to a place where nobody is.
pub fn derive_point(edits: &mut Vec<FieldEdit>, seen: &Centre, layers: &Layers, places: &Gazetteer) {
    if edits.iter().any(|edit| edit.field == Field::Coordinates) {
        return;
    }
    let Some(address) = edits.iter().find(|edit| edit.field == Field::Address) else { return };
    let by_hand = layers.edit(&Field::Coordinates).is_some_and(|edit| !is_derived_point(edit));
    let mut moved = seen.clone();
    if by_hand || address.field.set(&mut moved, &address.value).is_err() {
        return;
    }
    let (old, new) = (&seen.address, &moved.address);
    if old.postcode == new.postcode && old.street == new.street {
        return;
    }
    edits.push(FieldEdit {
        field: Field::Coordinates,
        base: Field::Coordinates.get(seen),
        value: field::json(&point_of(places, new.postcode)),
    });
}

/// Whether an edit is a point that only follows from an edited address, and goes when that goes.
pub fn is_derived_point(edit: &ManualEdit) -> bool {
    edit.field == Field::Coordinates
        && (edit.value == Value::Null || edit.value["basis"] == json!("postcode"))
}
