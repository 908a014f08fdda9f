//! From rows of layers, runs, drafts and the trail to what they mean.

use std::{collections::BTreeMap, fmt::Display};

use contracts::{
    audit::{AuditEntry, AuditObject},
    directory::Centre,
    staff::Actor,
};
use serde_json::Value;
use storekit::StoreError;

use super::{
    Apart, CentreLine, EditTrace, EditedField, ImportCounts, ImportDraft, ImportRun, KeptApart, Move,
    RecordChange, RecordState, RunKind, Seat, StoredKey, StoredProfile,
    row::{corrupt, time},
};
use crate::layers::{Field, Layers, ManualEdit, SourceRecord, Standing};

pub(super) type KeyColumns = (String, String, String, String, String, i64);
pub(super) type RecordColumns =
    (String, String, String, String, i64, String, i64, i64, Option<String>, Option<String>, Option<String>);
pub(super) type EditColumns = (String, String, String, String, String, i64, String);
pub(super) type TraceColumns = (String, String, String, String, String, i64, String, i64);
pub(super) type EditedColumns = (String, String, String, String, i64);
pub(super) type ApartColumns = (String, String, String, String, i64);
pub(super) type ChangeColumns = (String, String, String, Option<String>, i64, Option<String>, i64);
pub(super) type MoveColumns = (String, String, i64, String, i64);
pub(super) type ImportApartColumns = (String, String, i64);
pub(super) type LineColumns = (String, String, String, String);
pub(super) type DraftColumns = (String, String, String, String, String, String, i64, i64);
pub(super) type ProfileColumns = (String, String, String, String, String, i64);
pub(super) type AuditColumns = (String, i64, String, String, String, String, String, String, String);
pub(super) type RunColumns = (
    String,
    String,
    String,
    i64,
    i64,
    i64,
    i64,
    i64,
    i64,
    i64,
    i64,
    String,
    String,
    Option<String>,
    Option<String>,
    Option<String>,
);

pub(super) fn key((id, centre_id, external_id, slug, body_hash, present): KeyColumns) -> StoredKey {
    StoredKey { id, centre_id, external_id, slug, body_hash, present: present == 1 }
}

/// A centre's layers, and its one record's text as it is stored, where nothing lies over it.
pub(super) struct Stack {
    pub(super) layers: Layers,
    pub(super) plain: Option<String>,
}

/// Rows ordered by centre and priority, and edits, become a stack for each centre.
pub(super) fn stacks(records: Vec<RecordColumns>, edits: Vec<EditColumns>) -> Result<Vec<Stack>, StoreError> {
    let mut of_member: BTreeMap<String, Vec<ManualEdit>> = BTreeMap::new();
    for edit in edits {
        let edit = self::edit(edit)?;
        of_member.entry(edit.centre_id.clone()).or_default().push(edit);
    }
    let mut stacks: Vec<Stack> = Vec::new();
    for columns in records {
        let body = columns.5.clone();
        let record = self::record(columns)?;
        let edits = of_member.remove(&record.own_id).unwrap_or_default();
        match stacks.last_mut().filter(|stack| stack.layers.centre_id == record.centre_id) {
            Some(stack) => {
                stack.layers.others.push(record);
                stack.layers.edits.extend(edits);
                stack.plain = None;
            }
            None => {
                let is_plain = edits.is_empty() && record.own_id == record.centre_id;
                stacks.push(Stack {
                    plain: is_plain.then_some(body),
                    layers: Layers {
                        centre_id: record.centre_id.clone(),
                        first: record,
                        others: Vec::new(),
                        edits,
                    },
                });
            }
        }
    }
    Ok(stacks)
}

pub(super) fn record(columns: RecordColumns) -> Result<SourceRecord, StoreError> {
    let (own_id, source, external_id, centre_id, priority, body, present, imported_at, run_id, by, by_name) =
        columns;
    Ok(SourceRecord {
        body: body_of("source_record", "body", &own_id, &body)?,
        imported_at: time("source_record", "imported_at", &own_id, imported_at)?,
        own_id,
        source,
        external_id,
        centre_id,
        priority,
        present: present == 1,
        run_id,
        actor: by.zip(by_name).map(|(person_id, name)| Actor { person_id, name }),
    })
}

pub(super) fn edit(columns: EditColumns) -> Result<ManualEdit, StoreError> {
    let (centre_id, field, value, person_id, name, at, list_value) = columns;
    let row = format!("{centre_id} {field}");
    let at = time("manual_edit", "at", &row, at)?;
    let field = field_of("manual_edit", &row, &field)?;
    let json = |column, text: &str| -> Result<Value, StoreError> {
        serde_json::from_str(text).map_err(|problem| corrupt("manual_edit", column, row.clone(), &problem))
    };
    let (value, list_value) = (json("value", &value)?, json("list_value", &list_value)?);
    field.check(&value).map_err(|problem| corrupt("manual_edit", "value", row.clone(), &problem))?;
    Ok(ManualEdit { centre_id, field, value, actor: Actor { person_id, name }, at, list_value })
}

pub(super) fn trace(columns: TraceColumns) -> Result<EditTrace, StoreError> {
    let (centre_id, field, value, person_id, name, at, list_value, restored) = columns;
    let edit = edit((centre_id, field, value, person_id, name, at, list_value))?;
    Ok(EditTrace { edit, restored: restored == 1 })
}

pub(super) fn edited(
    (centre_id, field, person_id, name, at): EditedColumns,
) -> Result<EditedField, StoreError> {
    let row = format!("{centre_id} {field}");
    Ok(EditedField {
        field: field_of("manual_edit", &row, &field)?,
        at: time("manual_edit", "at", &row, at)?,
        centre_id,
        actor: Actor { person_id, name },
    })
}

pub(super) fn apart(
    (centre_a, centre_b, person_id, name, at): ApartColumns,
) -> Result<KeptApart, StoreError> {
    let at = time("kept_apart", "at", &centre_a, at)?;
    Ok(KeptApart { centre_a, centre_b, actor: Actor { person_id, name }, at })
}

pub(super) fn change(columns: ChangeColumns) -> Result<RecordChange, StoreError> {
    let (external_id, own_id, centre_id, before, before_present, after, after_present) = columns;
    let state = |column, body: Option<String>, present: i64| -> Result<Option<RecordState>, StoreError> {
        let Some(body) = body else { return Ok(None) };
        Ok(Some(RecordState {
            body: body_of("import_change", column, &own_id, &body)?,
            present: present == 1,
        }))
    };
    let before = state("before_body", before, before_present)?;
    let after = state("after_body", after, after_present)?;
    Ok(RecordChange { external_id, own_id, centre_id, before, after })
}

pub(super) fn moved((own_id, from, from_priority, to, to_priority): MoveColumns) -> Move {
    Move {
        own_id,
        from: Seat { centre_id: from, priority: from_priority },
        to: Seat { centre_id: to, priority: to_priority },
    }
}

pub(super) fn import_apart((centre_a, centre_b, noted): ImportApartColumns) -> Apart {
    Apart { centre_a, centre_b, noted: noted == 1 }
}

pub(super) fn line((id, name, place, standing): LineColumns) -> Result<CentreLine, StoreError> {
    let standing = Standing::from_code(&standing)
        .ok_or_else(|| corrupt("centre_line", "standing", id.clone(), &"unknown standing"))?;
    Ok(CentreLine { id, name, place, standing })
}

pub(super) fn run(columns: RunColumns) -> Result<ImportRun, StoreError> {
    let (
        id,
        source,
        profile,
        started_at,
        applied_at,
        new,
        changed,
        unchanged,
        missing,
        withdrawn,
        rejected,
        person_id,
        name,
        rolled_back,
        agreed_id,
        agreed_name,
    ) = columns;
    let [new, changed, unchanged, missing, withdrawn, rejected] =
        [new, changed, unchanged, missing, withdrawn, rejected].map(i64::unsigned_abs);
    Ok(ImportRun {
        started_at: time("import_run", "started_at", &id, started_at)?,
        applied_at: time("import_run", "applied_at", &id, applied_at)?,
        counts: ImportCounts { new, changed, unchanged, missing, withdrawn, rejected },
        kind: if rolled_back.is_some() { RunKind::RollBack } else { RunKind::Import },
        actor: Actor { person_id, name },
        agreed_by: agreed_id.zip(agreed_name).map(|(person_id, name)| Actor { person_id, name }),
        id,
        source,
        profile,
        rolled_back,
    })
}

pub(super) fn draft(columns: DraftColumns) -> Result<ImportDraft, StoreError> {
    let (id, person_id, name, source, state, body, created_at, changed_at) = columns;
    Ok(ImportDraft {
        created_at: time("import_draft", "created_at", &id, created_at)?,
        changed_at: time("import_draft", "changed_at", &id, changed_at)?,
        id,
        owner: Actor { person_id, name },
        source,
        state,
        body,
    })
}

pub(super) fn profile(columns: ProfileColumns) -> Result<StoredProfile, StoreError> {
    let (name, source, body, person_id, person_name, saved_at) = columns;
    let saved_at = time("mapping_profile", "saved_at", &name, saved_at)?;
    Ok(StoredProfile { name, source, body, saved_by: Actor { person_id, name: person_name }, saved_at })
}

pub(super) fn entry(columns: AuditColumns) -> Result<AuditEntry, StoreError> {
    let (id, at, person_id, person_name, action, kind, object_id, name, detail) = columns;
    Ok(AuditEntry {
        at: time("audit", "at", &id, at)?,
        id,
        actor: Actor { person_id, name: person_name },
        action,
        object: AuditObject { kind, id: object_id, name },
        detail,
    })
}

fn body_of(table: &'static str, column: &'static str, row: &str, text: &str) -> Result<Centre, StoreError> {
    serde_json::from_str(text).map_err(|problem| corrupt(table, column, row.to_owned(), &problem))
}

fn field_of(table: &'static str, row: &str, text: &str) -> Result<Field, StoreError> {
    text.parse().map_err(|problem: crate::layers::FieldError| {
        corrupt(table, "field", row.to_owned(), &problem as &dyn Display)
    })
}
