//! From rows to what they mean. A row that means nothing is [`StoreError::Corrupt`] and names its place.

use std::fmt::Display;

use contracts::directory::Mode;
use data_encoding::HEXLOWER;
use jiff::Timestamp;
use sha2::{Digest, Sha256};
use storekit::StoreError;

use crate::{
    Span,
    appointment::{Appointment, Attendance, SealedText, State},
    receipt::Hash,
};

/// The name of a group: what, with whom, and when. Of the counsellor's id a part of its hash, because names are short.
pub(crate) fn session(offer_id: &str, resource_id: &str, start: Timestamp) -> String {
    let counsellor = HEXLOWER.encode(&Sha256::digest(resource_id.as_bytes())[..8]);
    format!("{offer_id}|{counsellor}|{}", start.as_second())
}

/// What a group is for, and when it begins.
pub(crate) fn offer_and_start(session: &str) -> Option<(&str, Timestamp)> {
    let (named, second) = session.rsplit_once('|')?;
    let (offer, _) = named.rsplit_once('|')?;
    Some((offer, Timestamp::from_second(second.parse().ok()?).ok()?))
}

/// The columns of an appointment, with the statement's end.
macro_rules! select_appointment {
    ($($end:expr),+) => {
        concat!(
            "SELECT id, centre_id, offer_id, resource_id, room_id, seat, mode, starts_at, ends_at, state, hold_until,
                release_at, forget_at, lang, version, attendance, contact_day, contact_slot, contact_sealed,
                notify_day, notify_slot, notify_sealed, note_day, note_slot, note_sealed
            FROM appointment ",
            $($end),+
        )
    };
}

pub(super) use select_appointment;

/// An appointment's columns as they are stored.
pub(super) struct AppointmentRow {
    pub(super) id: String,
    pub(super) centre_id: String,
    pub(super) offer_id: String,
    pub(super) resource_id: String,
    pub(super) room_id: Option<String>,
    pub(super) seat: i64,
    pub(super) mode: String,
    pub(super) starts_at: i64,
    pub(super) ends_at: i64,
    pub(super) state: String,
    pub(super) hold_until: Option<i64>,
    pub(super) release_at: Option<i64>,
    pub(super) forget_at: i64,
    pub(super) lang: String,
    pub(super) version: i64,
    pub(super) attendance: Option<String>,
    pub(super) contact: Sealed,
    pub(super) notify: Sealed,
    pub(super) note: Sealed,
}

/// The columns of a sealed text.
pub(super) type Sealed = (Option<String>, Option<i64>, Option<Vec<u8>>);

macro_rules! read_appointment {
    ($row:expr) => {{
        let row = $row;
        crate::store::row::AppointmentRow {
            id: row.try_get("id")?,
            centre_id: row.try_get("centre_id")?,
            offer_id: row.try_get("offer_id")?,
            resource_id: row.try_get("resource_id")?,
            room_id: row.try_get("room_id")?,
            seat: row.try_get("seat")?,
            mode: row.try_get("mode")?,
            starts_at: row.try_get("starts_at")?,
            ends_at: row.try_get("ends_at")?,
            state: row.try_get("state")?,
            hold_until: row.try_get("hold_until")?,
            release_at: row.try_get("release_at")?,
            forget_at: row.try_get("forget_at")?,
            lang: row.try_get("lang")?,
            version: row.try_get("version")?,
            attendance: row.try_get("attendance")?,
            contact: (
                row.try_get("contact_day")?,
                row.try_get("contact_slot")?,
                row.try_get("contact_sealed")?,
            ),
            notify: (row.try_get("notify_day")?, row.try_get("notify_slot")?, row.try_get("notify_sealed")?),
            note: (row.try_get("note_day")?, row.try_get("note_slot")?, row.try_get("note_sealed")?),
        }
        .meaning()
    }};
}

pub(super) use read_appointment;

impl AppointmentRow {
    pub(super) fn meaning(self) -> Result<Appointment, StoreError> {
        let id = self.id;
        let at = |column, microseconds| time("appointment", column, &id, microseconds);
        let state = match (self.state.as_str(), self.hold_until) {
            ("held", Some(until)) => State::Held { until: at("hold_until", until)? },
            ("requested", None) => State::Requested,
            ("confirmed", None) => State::Confirmed,
            ("cancelled", None) => State::Cancelled {
                release_at: self.release_at.map(|release| at("release_at", release)).transpose()?,
            },
            _ => return Err(corrupt("appointment", "state", &id, &"no known state")),
        };
        let mode = Mode::from_code(&self.mode)
            .ok_or_else(|| corrupt("appointment", "mode", &id, &"no known mode"))?;
        let span = Span { from: at("starts_at", self.starts_at)?, to: at("ends_at", self.ends_at)? };
        Ok(Appointment {
            centre_id: self.centre_id,
            offer_id: self.offer_id,
            resource_id: self.resource_id,
            room_id: self.room_id,
            seat: number(self.seat),
            mode,
            span,
            state,
            forget_at: at("forget_at", self.forget_at)?,
            // a language that was taken away must not hide an appointment
            lang: self.lang.parse().unwrap_or_default(),
            version: number(self.version),
            attendance: self.attendance.as_deref().and_then(Attendance::from_code),
            contact: sealed(self.contact),
            notify: sealed(self.notify),
            note: sealed(self.note),
            id,
        })
    }
}

pub(super) fn sealed((day, slot, bytes): Sealed) -> Option<SealedText> {
    Some(SealedText { day: day?, slot: number(slot?), bytes: bytes? })
}

pub(super) fn hash(bytes: Option<Vec<u8>>) -> Option<Hash> {
    bytes.and_then(|bytes| bytes.try_into().ok())
}

/// A stored time: microseconds UTC.
pub(super) fn time(
    table: &'static str,
    column: &'static str,
    row: &str,
    microseconds: i64,
) -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(microseconds).map_err(|problem| corrupt(table, column, row, &problem))
}

/// A count or a place, which the tables keep from being negative.
pub(super) fn number(value: i64) -> u32 {
    u32::try_from(value).unwrap_or(0)
}

pub(crate) fn corrupt(
    table: &'static str,
    column: &'static str,
    row: &str,
    problem: &dyn Display,
) -> StoreError {
    StoreError::Corrupt { table, column, row: row.to_owned(), problem: problem.to_string() }
}
