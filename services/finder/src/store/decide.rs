//! What edits by hand come to, given the layers as they are.

use std::collections::BTreeSet;

use contracts::{
    audit::{AuditEntry, AuditObject},
    directory::Centre,
};
use jiff::civil::Date;
use serde_json::Value;
use storekit::StoreError;

use super::{EditChange, FieldConflict, Saved, Stamp, prepare::refused};
use crate::layers::{Field, Layers, ManualEdit, compose, is_derived_point};

/// Edits to write and to drop, or what stands against them.
#[derive(Default)]
pub(super) struct Decision {
    pub(super) write: Vec<ManualEdit>,
    pub(super) drop: Vec<Field>,
    pub(super) conflicts: Vec<FieldConflict>,
}

impl Decision {
    /// The entry in the trail: which fields, not which values.
    pub(super) fn entry(&self, layers: &Layers, action: &str, stamp: &Stamp) -> AuditEntry {
        let written = self.write.iter().map(|edit| &edit.field);
        let fields: BTreeSet<String> = written.chain(&self.drop).map(Field::kind).collect();
        let detail = format!("fields: {}", fields.into_iter().collect::<Vec<_>>().join(", "));
        stamp.entry(action, centre_object(&compose(layers).centre), detail)
    }
}

/// A centre as the trail names it.
pub(super) fn centre_object(centre: &Centre) -> AuditObject {
    AuditObject { kind: String::from("centre"), id: centre.id.clone(), name: centre.name.clone() }
}

/// A saved mapping as the trail names it.
pub(super) fn mapping_object(name: &str) -> AuditObject {
    AuditObject { kind: String::from("mapping"), id: name.to_owned(), name: name.to_owned() }
}

/// Two ids, the lower one first.
pub(super) fn pair<'a>(one: &'a str, other: &'a str) -> (&'a str, &'a str) {
    if one <= other { (one, other) } else { (other, one) }
}

/// Edits of an editor who saw certain values.
pub(super) fn edits(layers: &Layers, change: &EditChange, stamp: &Stamp) -> Result<Decision, StoreError> {
    let (now, lists) = (compose(layers), layers.without_edits().centre);
    let mut decision = Decision::default();
    let mut seen = BTreeSet::new();
    for edit in &change.edits {
        let field = &edit.field;
        if *field == Field::Listed || !seen.insert(field) || field.check(&edit.value).is_err() {
            return Err(refused("manual_edit.value"));
        }
        let present = field.get(&now.centre);
        if field.same(&present, &edit.value) {
            continue;
        }
        if field.same(&present, &edit.base) {
            decision.write.push(written(layers, field.clone(), edit.value.clone(), field.get(&lists), stamp));
        } else {
            decision.conflicts.push(FieldConflict {
                field: field.clone(),
                by: now.provenance.of(field).cloned(),
                now: present,
                wanted: edit.value.clone(),
            });
        }
    }
    Ok(decision)
}

/// Edits taken back; with an address goes the point that followed from it.
pub(super) fn reversal(layers: &Layers, fields: &[Field]) -> Decision {
    let mut drop: Vec<Field> = fields
        .iter()
        .filter(|field| **field != Field::Listed && layers.edit(field).is_some())
        .cloned()
        .collect();
    let point = layers.edit(&Field::Coordinates).filter(|edit| is_derived_point(edit));
    if point.is_some() && drop.contains(&Field::Address) && !drop.contains(&Field::Coordinates) {
        drop.push(Field::Coordinates);
    }
    Decision { drop, ..Decision::default() }
}

/// A day on which everything was found true.
pub(super) fn confirmation(layers: &Layers, on: Date, stamp: &Stamp) -> Decision {
    let listed = Field::ConfirmedOn.get(&layers.without_edits().centre);
    let day = Value::String(on.to_string());
    Decision { write: vec![written(layers, Field::ConfirmedOn, day, listed, stamp)], ..Decision::default() }
}

/// Taking a centre off the list.
pub(super) fn withdrawal(layers: &Layers, stamp: &Stamp) -> Decision {
    if layers.edit(&Field::Listed).is_some() {
        return Decision::default();
    }
    let edit = written(layers, Field::Listed, Value::Bool(false), Value::Null, stamp);
    Decision { write: vec![edit], ..Decision::default() }
}

/// Putting a centre back on the list.
pub(super) fn restoration(layers: &Layers) -> Decision {
    let drop = layers.edit(&Field::Listed).map(|edit| edit.field.clone());
    Decision { drop: drop.into_iter().collect(), ..Decision::default() }
}

/// The revision of a change that cannot conflict.
pub(super) fn revision(saved: &Saved) -> Result<i64, StoreError> {
    match saved {
        Saved::Done { revision } => Ok(*revision),
        Saved::Conflicts(_) => Err(refused("manual_edit.value")),
    }
}

fn written(layers: &Layers, field: Field, value: Value, list_value: Value, stamp: &Stamp) -> ManualEdit {
    ManualEdit {
        centre_id: layers.centre_id.clone(),
        field,
        value,
        actor: stamp.actor.clone(),
        at: stamp.at,
        list_value,
    }
}
