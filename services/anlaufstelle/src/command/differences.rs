//! What an import changes, field by field, as lines and as JSON.

use finder::{
    import::{Changed, PossibleDuplicate, Prepared, Summary},
    layers::FieldChange,
};
use fluent_bundle::FluentValue;
use serde::Serialize;
use serde_json::Value;

use crate::words::Words;

/// An import with what it changes.
#[derive(Serialize)]
pub(super) struct Report<'a> {
    #[serde(flatten)]
    pub(super) summary: &'a Summary,
    /// How many records may be centres that other lists have already.
    pub(super) possible_duplicates: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) differences: &'a Option<Differences>,
}

/// What changes: names of new and withdrawn centres, fields of the others.
#[derive(Serialize)]
pub(super) struct Differences {
    new: Vec<Named>,
    changed: Vec<Changed>,
    missing: Vec<String>,
    duplicates: Vec<Pair>,
}

/// A record, and a centre of another list that it may be.
#[derive(Serialize)]
struct Pair {
    external_id: String,
    centre_id: String,
    source: String,
    name: String,
    score: u8,
}

/// A centre by its list's id and its name.
#[derive(Serialize)]
struct Named {
    external_id: String,
    name: String,
}

impl Differences {
    /// What a prepared import would change, and which centres it may bring a second time.
    pub(super) fn of(prepared: &Prepared, duplicates: &[PossibleDuplicate]) -> Self {
        let plan = &prepared.plan;
        let named = plan
            .new
            .iter()
            .map(|centre| Named { external_id: centre.external_id.clone(), name: centre.name.clone() });
        Self {
            new: named.collect(),
            changed: plan.changed.clone(),
            missing: plan.missing.iter().map(|key| key.external_id.clone()).collect(),
            duplicates: duplicates.iter().map(Pair::of).collect(),
        }
    }

    /// One line for each centre and each field.
    pub(super) fn show(&self, words: &Words) {
        for Named { external_id, name } in &self.new {
            say!("+ {external_id} {name}");
        }
        for changed in &self.changed {
            say!("~ {} {}", changed.centre.external_id, changed.centre.name);
            changed.changes.iter().for_each(show_change);
            for conflict in &changed.conflicts {
                let values = [
                    ("field", conflict.field.to_string()),
                    ("value", plain(&conflict.edited)),
                    ("name", conflict.actor.name.clone()),
                ];
                say!("    ! {}", words.say_with("cli-import-conflict", values));
            }
        }
        for external_id in &self.missing {
            say!("? {external_id}");
        }
        for pair in &self.duplicates {
            let values = [
                ("name", FluentValue::from(pair.name.as_str())),
                ("source", FluentValue::from(pair.source.as_str())),
                ("score", FluentValue::from(pair.score)),
            ];
            say!("≈ {} {}", pair.external_id, words.say_with("cli-import-pair", values));
        }
        say!("");
    }
}

impl Pair {
    fn of(found: &PossibleDuplicate) -> Self {
        Self {
            external_id: found.external_id.clone(),
            centre_id: found.other.id.clone(),
            source: found.other.source.clone(),
            name: found.other.name.clone(),
            score: found.score,
        }
    }
}

/// A field, old to new.
pub(super) fn show_change(change: &FieldChange) {
    say!("    {}: {} → {}", change.field, plain(&change.old), plain(&change.new));
}

/// A value as a person reads it on a line.
fn plain(value: &Value) -> String {
    match value {
        Value::Null => String::from("–"),
        Value::String(text) => text.replace('\n', " "),
        other => other.to_string(),
    }
}
