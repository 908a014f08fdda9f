//! From rows to what they mean. A row that means nothing is [`StoreError::Corrupt`] and names its place.

use std::{fmt::Display, str::FromStr};

use contracts::directory::{Centre, DirectoryEvent};
use jiff::Timestamp;
use kernel::Envelope;
use search_index::place::{PlaceRow, Point};
use storekit::{StoreError, outbox::StoredEvent};

use super::SourceSummary;

pub(super) type CentreColumns = (String, String);
pub(super) type SourceColumns = (String, i64, Option<i64>);
pub(super) type PlaceColumns = (
    i64,
    String,
    String,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<String>,
    Option<f64>,
    Option<f64>,
);

pub(super) fn centre((id, body): CentreColumns) -> Result<Centre, StoreError> {
    serde_json::from_str(&body).map_err(|problem| corrupt("centre", "body", id, &problem))
}

pub(super) fn source((source, centres, imported_at): SourceColumns) -> Result<SourceSummary, StoreError> {
    let imported_at = imported_at.map(|at| time("import_run", "applied_at", &source, at)).transpose()?;
    Ok(SourceSummary { source, centres: centres.unsigned_abs(), imported_at })
}

pub(super) fn place(columns: PlaceColumns) -> Result<PlaceRow, StoreError> {
    let (position, postcode, name, municipality, district, district_name, land, lat, lon) = columns;
    Ok(PlaceRow {
        postcode: code("postcode", position, &postcode)?,
        name,
        municipality: municipality.map(|key| code("municipality", position, &key)).transpose()?,
        district: district.map(|key| code("district", position, &key)).transpose()?,
        district_name,
        land: land.map(|key| code("land", position, &key)).transpose()?,
        point: lat.zip(lon).map(|(lat, lon)| Point { lat, lon }),
    })
}

pub(super) fn event(stored: StoredEvent) -> Result<Envelope<DirectoryEvent>, StoreError> {
    let row = stored.sequence.to_string();
    Ok(Envelope {
        sequence: stored.sequence,
        at: time("outbox", "created_at", &row, stored.created_at)?,
        event: serde_json::from_str(&stored.body)
            .map_err(|problem| corrupt("outbox", "body", row, &problem))?,
        id: stored.id,
    })
}

/// A stored time: microseconds UTC.
pub(super) fn time(
    table: &'static str,
    column: &'static str,
    row: &str,
    microseconds: i64,
) -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(microseconds)
        .map_err(|problem| corrupt(table, column, row.to_owned(), &problem))
}

fn code<T: FromStr<Err: Display>>(column: &'static str, position: i64, text: &str) -> Result<T, StoreError> {
    text.parse().map_err(|problem: T::Err| corrupt("place", column, position.to_string(), &problem))
}

pub(super) fn corrupt(
    table: &'static str,
    column: &'static str,
    row: String,
    problem: &dyn Display,
) -> StoreError {
    StoreError::Corrupt { table, column, row, problem: problem.to_string() }
}
