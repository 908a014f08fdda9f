//! Where appointments and what centres set are kept.
//!
//! Every method is one use case and one transaction: claims, the appointment, the mails it causes and the counts become
//! visible together or not at all. Whether a time is free is never asked before it is claimed; the key of the table of
//! claims answers. Nothing about a person arrives here in the clear.

mod alone;
mod booking;
mod calendar;
mod claims;
mod directory;
mod keys;
mod model;
mod postgres;
mod requests;
mod row;
mod server_log;
mod service;
mod setting;
mod sqlite;
mod trail;
mod upkeep;
mod waiting;

pub(crate) use self::row::{corrupt, offer_and_start, session};
pub use self::{
    alone::Alone,
    booking::AppointmentStore,
    calendar::{BusySource, CalendarStore, Failing, Feed, FeedKind},
    directory::DirectoryStore,
    keys::{KeyInUse, KeyStore},
    model::{
        Booked, Cancellation, ClaimedTick, Claims, DayLimits, Furniture, Hold, Move, NewBooking, Place,
        Resource, ResourceKind, Revised,
    },
    postgres::PostgresStore,
    requests::RequestStore,
    service::{Opened, SERVICE, open},
    setting::SettingStore,
    sqlite::SqliteStore,
    trail::TrailStore,
    upkeep::UpkeepStore,
    waiting::{Joined, NewEntry, WaitingStore},
};

/// Booking's store: all its parts together.
pub trait Store:
    DirectoryStore
    + SettingStore
    + AppointmentStore
    + RequestStore
    + CalendarStore
    + WaitingStore
    + TrailStore
    + KeyStore
    + UpkeepStore
{
}

impl<S> Store for S where
    S: DirectoryStore
        + SettingStore
        + AppointmentStore
        + RequestStore
        + CalendarStore
        + WaitingStore
        + TrailStore
        + KeyStore
        + UpkeepStore
{
}
