//! What happened to an entry: changes by people, and the lists that brought it.

use serde::Serialize;
use webkit::error::PageError;

use super::{
    around::{Around, unreadable},
    words::label,
};
use crate::layers::{Field, Layers};

/// Entries of the trail read at a time.
const BATCH: u32 = 500;
/// Entries looked at; older changes are in the trail, where administrators find them.
const MOST_LOOKED_AT: usize = 5_000;
/// Changes shown.
const MOST_SHOWN: usize = 30;

/// One change.
#[derive(Debug, Serialize)]
pub(super) struct Event {
    when: String,
    who: String,
    what: String,
    fields: String,
}

/// A list that has the centre.
#[derive(Debug, Serialize)]
pub(super) struct Record {
    source: String,
    external_id: String,
    when: String,
    who: Option<String>,
    present: bool,
    /// Whether it was a centre of its own before.
    absorbed: bool,
    leads: bool,
}

/// The lists behind a centre, the leading one first.
pub(super) fn records(layers: &Layers, around: &Around<'_>) -> Vec<Record> {
    layers
        .records()
        .map(|record| Record {
            source: record.source.clone(),
            external_id: record.external_id.clone(),
            when: around.moment(record.imported_at),
            who: record.actor.as_ref().map(|actor| actor.name.clone()),
            present: record.present,
            absorbed: record.own_id != layers.centre_id,
            leads: record.own_id == layers.first.own_id,
        })
        .collect()
}

/// The last changes people made, newest first.
pub(super) async fn events(layers: &Layers, around: &Around<'_>) -> Result<Vec<Event>, PageError> {
    let own = |id: &str| layers.centre_id == id || layers.records().any(|record| record.own_id == id);
    let mut shown = Vec::new();
    let mut before: Option<(jiff::Timestamp, String)> = None;
    let mut looked_at = 0;
    while looked_at < MOST_LOOKED_AT && shown.len() < MOST_SHOWN {
        let position = before.as_ref().map(|(at, id)| (*at, id.as_str()));
        let batch = around.app.store().audit_entries(position, BATCH).await.map_err(unreadable)?;
        let Some(last) = batch.last() else { break };
        before = Some((last.at, last.id.clone()));
        looked_at += batch.len();
        let ours = batch.into_iter().filter(|entry| entry.object.kind == "centre" && own(&entry.object.id));
        shown.extend(ours.map(|entry| Event {
            when: around.moment(entry.at),
            who: entry.actor.name,
            what: action(&entry.action).map_or(entry.action.clone(), |id| around.word(id)),
            fields: fields(&entry.detail, around),
        }));
    }
    shown.truncate(MOST_SHOWN);
    Ok(shown)
}

/// The message that says what was done; the trail of all services says the same.
fn action(code: &str) -> Option<&'static str> {
    Some(match code {
        "centre.edited" => "audit-centre-edited",
        "centre.reverted" => "audit-centre-reverted",
        "centre.created" => "audit-centre-created",
        "centre.confirmed" => "audit-centre-confirmed",
        "centre.withdrawn" => "audit-centre-withdrawn",
        "centre.restored" => "audit-centre-restored",
        "centre.merged" => "audit-centre-merged",
        "centre.unmerged" => "audit-centre-unmerged",
        "centre.kept-apart" => "audit-centre-kept-apart",
        "centre.no-longer-kept-apart" => "audit-centre-no-longer-kept-apart",
        _ => return None,
    })
}

/// The names of the fields a change was about.
fn fields(detail: &str, around: &Around<'_>) -> String {
    let Some(kinds) = detail.strip_prefix("fields: ") else { return String::new() };
    let names = kinds.split(", ").filter_map(|kind| {
        let field: Field = match kind.strip_prefix("offer.") {
            // The trail names the kind of field and not the offer.
            Some(part) => format!("offer:_.{part}").parse().ok()?,
            None if kind == "offer" => Field::Offer(String::new()),
            None => kind.parse().ok()?,
        };
        Some(around.word(label(&field)))
    });
    names.collect::<Vec<_>>().join(", ")
}
