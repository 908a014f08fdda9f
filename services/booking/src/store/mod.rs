//! Where appointments and what centres set are kept.
//!
//! Every method is one use case and one transaction: claims, the appointment, the mails it causes and the counts become
//! visible together or not at all. Whether a time is free is never asked before it is claimed; the key of the table of
//! claims answers. Nothing about a person arrives here in the clear.

mod booking;
mod claims;
mod directory;
mod model;
mod postgres;
mod row;
mod service;
mod setting;
mod sqlite;
mod upkeep;
mod waiting;

pub use self::{
    booking::AppointmentStore,
    directory::DirectoryStore,
    model::{
        Booked, ClaimedTick, Claims, Due, Furniture, Hold, Move, NewBooking, Place, Resource, ResourceKind,
        Revised,
    },
    postgres::PostgresStore,
    service::{Opened, SERVICE, open},
    setting::SettingStore,
    sqlite::SqliteStore,
    upkeep::UpkeepStore,
    waiting::{Joined, NewEntry, WaitingStore},
};

/// Booking's store: all its parts together.
pub trait Store: DirectoryStore + SettingStore + AppointmentStore + WaitingStore + UpkeepStore {}

impl<S> Store for S where S: DirectoryStore + SettingStore + AppointmentStore + WaitingStore + UpkeepStore {}
