//! What an import changes, field by field, as lines and as JSON.

use finder::{
    import::{Changed, Prepared, Summary},
    layers::FieldChange,
};
use serde::Serialize;
use serde_json::Value;

use crate::words::Words;

/// An import with what it changes.
#[derive(Serialize)]
pub(super) struct Report<'a> {
    #[serde(flatten)]
    pub(super) summary: &'a Summary,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) differences: &'a Option<Differences>,
}

/// What changes: names of new and withdrawn centres, fields of the others.
#[derive(Serialize)]
pub(super) struct Differences {
    new: Vec<Named>,
    changed: Vec<Changed>,
    missing: Vec<String>,
}

/// A centre by its list's id and its name.
#[derive(Serialize)]
struct Named {
    external_id: String,
    name: String,
}

impl Differences {
    /// What a prepared import would change.
    pub(super) fn of(prepared: &Prepared) -> Self {
        let plan = &prepared.plan;
        let named = plan
            .new
            .iter()
            .map(|centre| Named { external_id: centre.external_id.clone(), name: centre.name.clone() });
        Self {
            new: named.collect(),
            changed: plan.changed.clone(),
            missing: plan.missing.iter().map(|key| key.external_id.clone()).collect(),
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
        say!("");
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
