//! What lies in the database, read past the program.

use std::{collections::BTreeSet, ops::Range};

use sqlx::{Row as _, SqliteConnection, sqlite::SqliteRow};

use crate::house::GROUP;

/// Five minutes, in microseconds.
const TICK: i64 = 300_000_000;

/// An appointment or a hold.
pub(crate) struct Row {
    pub(crate) id: String,
    pub(crate) state: String,
    pub(crate) offer_id: String,
    pub(crate) resource_id: String,
    pub(crate) room_id: Option<String>,
    pub(crate) seat: i64,
    pub(crate) starts_at: i64,
    pub(crate) ends_at: i64,
    pub(crate) version: i64,
    pub(crate) form_hash: Vec<u8>,
    pub(crate) contact_day: Option<String>,
    pub(crate) contact_slot: Option<i64>,
    pub(crate) notify_day: Option<String>,
    pub(crate) notify_slot: Option<i64>,
    pub(crate) note_day: Option<String>,
    pub(crate) note_slot: Option<i64>,
}

impl Row {
    fn read(row: &SqliteRow) -> Self {
        Self {
            id: row.get("id"),
            state: row.get("state"),
            offer_id: row.get("offer_id"),
            resource_id: row.get("resource_id"),
            room_id: row.get("room_id"),
            seat: row.get("seat"),
            starts_at: row.get("starts_at"),
            ends_at: row.get("ends_at"),
            version: row.get("version"),
            form_hash: row.get("form_hash"),
            contact_day: row.get("contact_day"),
            contact_slot: row.get("contact_slot"),
            notify_day: row.get("notify_day"),
            notify_slot: row.get("notify_slot"),
            note_day: row.get("note_day"),
            note_slot: row.get("note_slot"),
        }
    }

    /// What it owns, alone or with its group: resource, tick, seat.
    pub(crate) fn ticks(&self) -> Vec<(String, i64, i64)> {
        // five minutes before and after
        let range: Range<i64> = self.starts_at / TICK - 1..self.ends_at / TICK + 1;
        let whole = std::iter::once(&self.resource_id).chain(&self.room_id).map(|resource| (resource, 0));
        let seat = (self.seat > 0).then_some((&self.resource_id, self.seat));
        let owned = whole.chain(seat);
        owned
            .flat_map(|(resource, seat)| range.clone().map(move |tick| (resource.clone(), tick, seat)))
            .collect()
    }

    /// With whom it shares what its seat does not own.
    pub(crate) fn group(&self) -> String {
        let Self { offer_id, resource_id, room_id, starts_at, .. } = self;
        format!("{offer_id} {resource_id} {room_id:?} {starts_at} {}", self.seat > 0)
    }

    /// The mails that wait for it: of its last change, and no others.
    pub(crate) fn mails(&self) -> Vec<String> {
        let Self { id, version, .. } = self;
        let kind = match (self.state.as_str(), version) {
            ("held", _) => return Vec::new(),
            // the centre says why, a person does not
            ("cancelled", _) if self.note_day.is_some() => "cancelled-by-centre",
            ("cancelled", _) => "cancelled",
            (_, 0) => "confirmed",
            _ => "moved",
        };
        let mut mails = vec![format!("{id}/{version}/{kind}"), format!("{id}/{version}/centre-{kind}")];
        if self.state != "cancelled" {
            mails.extend([24, 2].map(|hours| format!("{id}/{version}/reminder/{hours}")));
        }
        mails
    }
}

pub(crate) async fn all(connection: &mut SqliteConnection) -> Vec<Row> {
    let rows = sqlx::query(
        "SELECT id, state, offer_id, resource_id, room_id, seat, starts_at, ends_at, version, form_hash,
            contact_day, contact_slot, notify_day, notify_slot, note_day, note_slot
        FROM appointment ORDER BY id",
    );
    let rows: Vec<_> = rows.fetch_all(connection).await.unwrap().iter().map(Row::read).collect();
    assert!(rows.iter().all(|row| (row.seat > 0) == (row.offer_id == GROUP)));
    rows
}

/// Resource, tick, seat, and whose; a group's own has nobody.
pub(crate) async fn claims(connection: &mut SqliteConnection) -> Vec<(String, i64, i64, Option<String>)> {
    sqlx::query_as("SELECT resource_id, tick, seat, appointment_id FROM claim ORDER BY 1, 2, 3, 4")
        .fetch_all(connection)
        .await
        .unwrap()
}

pub(crate) async fn mails(connection: &mut SqliteConnection) -> BTreeSet<String> {
    let mails: Vec<String> =
        sqlx::query_scalar("SELECT id FROM mail ORDER BY 1").fetch_all(connection).await.unwrap();
    mails.into_iter().collect()
}
