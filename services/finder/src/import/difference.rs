//! What an import would change, field by field, and where somebody's own edit stands against it.

use std::collections::{BTreeMap, BTreeSet};

use contracts::{directory::Centre, staff::Actor};
use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;

use super::{
    plan::Plan,
    progress::{Progress, Stage},
};
use crate::{
    layers::{Field, FieldChange, Layers, ManualEdit, difference, is_derived_point},
    store::{Store, StoreError, canonical_body},
};

/// Records compared at a time.
const BATCH: usize = 500;

/// A record that differs from what the list said last time.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Changed {
    /// The record as the list has it now, with its own id and slug.
    pub centre: Centre,
    /// The centre it belongs to.
    pub centre_id: String,
    /// What the list changed, old to new.
    pub changes: Vec<FieldChange>,
    /// Edits by hand in the way of these changes.
    pub conflicts: Vec<Conflict>,
}

impl Changed {
    /// A record known to differ; how is not known yet.
    pub(super) fn unexplained(centre: Centre, centre_id: String) -> Self {
        Self { centre, centre_id, changes: Vec::new(), conflicts: Vec::new() }
    }
}

/// A list changed a field that somebody had edited. The edit stays on top unless the order says otherwise.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Conflict {
    /// The edited field.
    pub field: Field,
    /// What the list said before.
    pub list_old: Value,
    /// What it says now.
    pub list_new: Value,
    /// What was written by hand.
    pub edited: Value,
    /// By whom.
    pub actor: Actor,
    /// When.
    pub at: Timestamp,
    /// Whether the order gives the edit up for the list's value.
    pub taken: bool,
}

/// Says of every changed record what changed, and finds the edits in the way. `take_list` names by external id and field
/// the edits to give up.
pub(super) async fn explain(
    store: &dyn Store,
    source: &str,
    plan: &mut Plan,
    take_list: &BTreeSet<(String, Field)>,
    progress: &dyn Progress,
) -> Result<(), super::ImportError> {
    let total = plan.changed.len() as u64;
    let mut dropped = BTreeSet::new();
    for (number, batch) in plan.changed.chunks_mut(BATCH).enumerate() {
        progress.step(Stage::Comparing, (number * BATCH) as u64, total);
        let external_ids: Vec<String> =
            batch.iter().map(|changed| changed.centre.external_id.clone()).collect();
        let before = store.records_of(source, &external_ids).await?;
        let mut before: BTreeMap<String, Centre> =
            before.into_iter().map(|record| (record.own_id, record.body)).collect();
        let layers = layers_by_id(store, batch.iter().map(|changed| changed.centre_id.clone())).await?;
        for changed in batch {
            let Some(old) = before.remove(&changed.centre.id) else { continue };
            // Written and read once like the old record, so that both went the same way.
            let new: Centre = serde_json::from_str(&canonical_body(&changed.centre)?)?;
            changed.changes = difference(&old, &new);
            let Some(layers) = layers.get(&changed.centre_id) else { continue };
            for edit in edits_over(layers, &changed.centre.id) {
                let taken = take_list.contains(&(changed.centre.external_id.clone(), edit.field.clone()));
                let conflict =
                    changed.changes.iter().find_map(|change| conflict(change, edit, &old, &new, taken));
                if conflict.is_some() && taken {
                    dropped.insert((edit.centre_id.clone(), edit.field.clone()));
                }
                changed.conflicts.extend(conflict);
            }
        }
    }
    progress.step(Stage::Comparing, total, total);
    plan.dropped = dropped.into_iter().collect();
    Ok(())
}

/// Layers by the ids of their centres.
pub(super) async fn layers_by_id(
    store: &dyn Store,
    ids: impl Iterator<Item = String>,
) -> Result<BTreeMap<String, Layers>, StoreError> {
    let ids: BTreeSet<String> = ids.collect();
    let ids: Vec<String> = ids.into_iter().collect();
    let layers = store.layers_of(&ids).await?;
    Ok(layers.into_iter().map(|layers| (layers.centre_id.clone(), layers)).collect())
}

/// The edits that lie over a record: those made on it while it stood alone, and those of the centre it is part of.
fn edits_over<'a>(layers: &'a Layers, own_id: &'a str) -> impl Iterator<Item = &'a ManualEdit> {
    layers.edits.iter().filter(move |edit| edit.centre_id == own_id || edit.centre_id == layers.centre_id)
}

/// Whether a change meets an edit. What follows by itself is no conflict: a point derived from an edited address, the
/// later of two confirmations, a list that now says the same.
fn conflict(
    change: &FieldChange,
    edit: &ManualEdit,
    old: &Centre,
    new: &Centre,
    taken: bool,
) -> Option<Conflict> {
    let whole = matches!(&change.field, Field::Offer(_)) && change.field.offer_id() == edit.field.offer_id();
    let meets = change.field == edit.field || whole;
    let (list_old, list_new) = (edit.field.get(old), edit.field.get(new));
    let by_itself =
        is_derived_point(edit) || edit.field == Field::ConfirmedOn || edit.field.same(&list_new, &edit.value);
    (meets && !by_itself).then(|| Conflict {
        field: edit.field.clone(),
        list_old,
        list_new,
        edited: edit.value.clone(),
        actor: edit.actor.clone(),
        at: edit.at,
        taken,
    })
}
