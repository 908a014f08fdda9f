//! What a change becomes before the transaction begins, so that the write lock is held for writing only.

use std::collections::HashSet;

use contracts::directory::{Centre, DirectoryEvent};
use storekit::{StoreError, outbox::NewEvent};

use super::{ImportChange, PlacesChange, canonical_body, model::hash_text};

/// An import ready to be written.
pub(super) struct PreparedImport<'a> {
    pub(super) events: Vec<NewEvent>,
    pub(super) records: Vec<Record<'a>>,
}

/// A centre as its row.
pub(super) struct Record<'a> {
    pub(super) centre: &'a Centre,
    pub(super) body: String,
    pub(super) body_hash: String,
}

/// Checks what the database cannot check and writes out bodies and events.
pub(super) fn import(change: &ImportChange) -> Result<PreparedImport<'_>, StoreError> {
    let mut seen = HashSet::new();
    let mut records = Vec::with_capacity(change.saved.len());
    let mut events = Vec::with_capacity(change.removed.len() + change.saved.len());
    for id in &change.removed {
        if !seen.insert(id) {
            return Err(refused("a centre is removed twice"));
        }
        events.push(new_event(
            &change.run.id,
            events.len(),
            &DirectoryEvent::CentreRemoved { centre_id: id.clone() },
        )?);
    }
    for centre in &change.saved {
        if centre.source != change.run.source {
            return Err(refused("a saved centre is of another source than the import"));
        }
        if !seen.insert(&centre.id) {
            return Err(refused("a centre is saved twice, or saved and removed"));
        }
        let body = canonical_body(centre).map_err(|_| refused("centre.body"))?;
        events.push(NewEvent {
            id: event_id(&change.run.id, events.len()),
            kind: "centre_saved",
            body: saved_event(&body),
        });
        records.push(Record { centre, body_hash: hash_text(&body), body });
    }
    Ok(PreparedImport { events, records })
}

/// The one event of a new table of places.
pub(super) fn places(change: &PlacesChange) -> Result<[NewEvent; 1], StoreError> {
    Ok([new_event(&change.id, 0, &DirectoryEvent::PlacesReplaced)?])
}

/// How many rows go into one statement on PostgreSQL; bounds the size of a message.
pub(super) const BATCH: usize = 1_000;

fn new_event(change: &str, number: usize, event: &DirectoryEvent) -> Result<NewEvent, StoreError> {
    let kind = match event {
        DirectoryEvent::CentreSaved { .. } => "centre_saved",
        DirectoryEvent::CentreRemoved { .. } => "centre_removed",
        DirectoryEvent::PlacesReplaced => "places_replaced",
    };
    let body = serde_json::to_string(event).map_err(|_| refused("outbox.body"))?;
    Ok(NewEvent { id: event_id(change, number), kind, body })
}

/// The change's id and a number make the event's id, so the same change applied twice is found by the database.
fn event_id(change: &str, number: usize) -> String {
    format!("{change}.{number}")
}

/// [`DirectoryEvent::CentreSaved`] around a record that is written out already: writing it twice is most of the time
/// an import takes before its transaction.
fn saved_event(body: &str) -> String {
    format!(r#"{{"type":"centre_saved","centre":{body}}}"#)
}

fn refused(constraint: &str) -> StoreError {
    StoreError::Refused { constraint: constraint.to_owned() }
}

/// The answer when an id is already another record's.
pub(super) fn foreign_id() -> StoreError {
    refused("centre.id belongs to another source or external id")
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
