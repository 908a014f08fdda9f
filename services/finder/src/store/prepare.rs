//! What a change becomes before the transaction begins, so that the write lock is held for writing only.

use std::collections::HashSet;

use contracts::directory::{Centre, DirectoryEvent};
use storekit::{StoreError, outbox::NewEvent};

use super::{ImportChange, PlacesChange, canonical_body, model::hash_text};

/// A list's record as its row.
pub(super) struct Record<'a> {
    pub(super) centre: &'a Centre,
    pub(super) body: String,
    pub(super) body_hash: String,
    pub(super) present: bool,
}

impl<'a> Record<'a> {
    pub(super) fn new(centre: &'a Centre, present: bool) -> Result<Self, StoreError> {
        let body = canonical_body(centre).map_err(|_| refused("source_record.body"))?;
        Ok(Self { centre, body_hash: hash_text(&body), body, present })
    }
}

/// Checks what the database cannot check.
pub(super) fn check_import(change: &ImportChange) -> Result<(), StoreError> {
    let mut seen = HashSet::new();
    let saved = change.saved.iter().chain(&change.shelved);
    if saved.clone().any(|centre| centre.source != change.run.source) {
        return Err(refused("a saved record is of another source than the import"));
    }
    let ids = saved.map(|centre| &centre.id).chain(&change.removed).chain(&change.erased);
    if !ids.into_iter().all(|id| seen.insert(id)) {
        return Err(refused("a record is saved or removed twice"));
    }
    Ok(())
}

/// The one event of a new table of places.
pub(super) fn places(change: &PlacesChange) -> Result<[NewEvent; 1], StoreError> {
    Ok([new_event(&change.id, 0, &DirectoryEvent::PlacesReplaced)?])
}

/// How many rows go into one statement on PostgreSQL; bounds the size of a message.
pub(super) const BATCH: usize = 1_000;

pub(super) fn new_event(change: &str, number: usize, event: &DirectoryEvent) -> Result<NewEvent, StoreError> {
    let kind = match event {
        DirectoryEvent::CentreSaved { .. } => "centre_saved",
        DirectoryEvent::CentreRemoved { .. } => "centre_removed",
        DirectoryEvent::PlacesReplaced => "places_replaced",
    };
    let body = serde_json::to_string(event).map_err(|_| refused("outbox.body"))?;
    Ok(NewEvent { id: event_id(change, number), kind, body })
}

/// The change's id and a number make the event's id, so the same change applied twice is found by the database.
pub(super) fn event_id(change: &str, number: usize) -> String {
    format!("{change}.{number}")
}

/// [`DirectoryEvent::CentreSaved`] around a record that is written out already: writing it twice is most of the time
/// an import takes before its transaction.
pub(super) fn saved_event(body: &str) -> String {
    format!(r#"{{"type":"centre_saved","centre":{body}}}"#)
}

pub(super) fn refused(constraint: &str) -> StoreError {
    StoreError::Refused { constraint: constraint.to_owned() }
}

/// The answer when something is not there.
pub(super) fn missing(table: &'static str, row: &str) -> StoreError {
    StoreError::Missing { table, row: row.to_owned() }
}

/// The answer when an id is already another record's.
pub(super) fn foreign_id() -> StoreError {
    refused("source_record.own_id belongs to another source or external id")
}

/// A count as the database holds it.
pub(super) fn count(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_event_is_what_serde_would_write() {
        let record = r#"{"id":"1","source":"s","external_id":"e","slug":"x","name":"N","address":
            {"postcode":"01067","city":"Dresden"},"offers":[]}"#;
        let centre: Centre = serde_json::from_str(record).unwrap();
        let body = canonical_body(&centre).unwrap();
        let event = DirectoryEvent::CentreSaved { centre: Box::new(centre) };
        assert_eq!(saved_event(&body), serde_json::to_string(&event).unwrap());
    }
}
