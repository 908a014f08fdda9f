//! A field beside its input: where its value comes from, the way back, and what two people disagree on.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{
    around::Around,
    sent::Sent,
    stand::Stand,
    weigh::choice_of,
    words::{label, origin, value},
};
use crate::{
    layers::{Composed, Field, Layers, Origin, SourceRecord},
    store::FieldConflict,
    web::say::Say,
};

/// What a template shows around the inputs of a field.
#[derive(Debug, Serialize)]
pub(super) struct FieldView {
    /// The field's name in tables and forms.
    field: String,
    /// The message that names it.
    label: &'static str,
    /// What the editor sees now, for the hidden field `stand`.
    stand: String,
    origin: Option<String>,
    by_hand: bool,
    /// The way back, where somebody wrote over what was there.
    back: Option<BackView>,
    conflict: Option<ConflictView>,
}

/// What a field held before somebody wrote over it.
#[derive(Debug, Serialize)]
struct BackView {
    /// The message before the value.
    says: &'static str,
    /// The message on the button.
    button: &'static str,
    /// The value; empty where there was none.
    value: String,
}

impl BackView {
    fn new(value: String, layers: &Layers) -> Self {
        // A centre made by hand has no list to go back to.
        let (says, button) = match (layers.first.source == SourceRecord::MANUAL, value.is_empty()) {
            (false, false) => ("desk-centre-list-says", "desk-centre-back-to-list"),
            (false, true) => ("desk-centre-list-empty", "desk-centre-back-to-list"),
            (true, false) => ("desk-centre-first-says", "desk-centre-back-to-first"),
            (true, true) => ("desk-centre-first-empty", "desk-centre-back-to-first"),
        };
        Self { says, button, value }
    }
}

/// Two values for one field.
#[derive(Debug, Serialize)]
struct ConflictView {
    /// The name of the choice.
    name: String,
    /// The element an error leads to.
    id: String,
    by: Option<String>,
    theirs: String,
    yours: String,
    chosen: String,
}

/// Everything about the fields of a form but their inputs.
pub(super) struct Shown<'a> {
    pub(super) layers: &'a Layers,
    pub(super) now: &'a Composed,
    pub(super) sent: &'a Sent,
    pub(super) conflicts: &'a [FieldConflict],
    /// Whether the form comes back with what was typed; then what the editor saw stays as it was.
    pub(super) again: bool,
}

impl Shown<'_> {
    /// The views, by kind of field.
    pub(super) fn views(&self, fields: &[Field], around: &Around<'_>) -> BTreeMap<String, FieldView> {
        let lists = self.layers.without_edits();
        fields.iter().map(|field| (field.kind(), self.view(field, &lists, around))).collect()
    }

    fn view(&self, field: &Field, lists: &Composed, around: &Around<'_>) -> FieldView {
        let present = field.get(&self.now.centre);
        let conflict = self.conflicts.iter().find(|conflict| conflict.field == *field);
        let kept = if self.again && conflict.is_none() { Stand::sent(field, self.sent) } else { None };
        let from = self.now.provenance.of(field).filter(|_| !present.is_null());
        FieldView {
            field: field.to_string(),
            label: label(field),
            stand: kept.unwrap_or_else(|| Stand::of(field, &present)).written(field),
            origin: from.map(|from| origin(from, around)),
            by_hand: matches!(from, Some(Origin::Person { .. })),
            back: self
                .layers
                .edit(field)
                .map(|_| BackView::new(value(field, &field.get(&lists.centre), around), self.layers)),
            conflict: conflict.map(|conflict| self.conflict(conflict, around)),
        }
    }

    fn conflict(&self, conflict: &FieldConflict, around: &Around<'_>) -> ConflictView {
        let field = &conflict.field;
        let name = choice_of(field);
        ConflictView {
            id: choice_id(field),
            by: conflict.by.as_ref().map(|by| origin(by, around)),
            theirs: value(field, &conflict.now, around),
            yours: value(field, &conflict.wanted, around),
            chosen: self.sent.one(&name).to_owned(),
            name,
        }
    }
}

/// The element at which somebody chooses between two values.
fn choice_id(field: &Field) -> String {
    format!("wahl-{}", field.kind().replace('.', "-"))
}

/// A line of the error summary.
#[derive(Debug, Serialize)]
pub(super) struct ErrorLine {
    href: String,
    say: Say,
}

impl ErrorLine {
    /// At an element.
    pub(super) fn at(id: &str, say: Say) -> Self {
        Self { href: format!("#{id}"), say }
    }

    /// At the choice between two values.
    pub(super) fn disputed(conflict: &FieldConflict, around: &Around<'_>) -> Self {
        let name = around.word(label(&conflict.field));
        Self::at(&choice_id(&conflict.field), Say::new("desk-centre-conflict-error").with("field", name))
    }
}
