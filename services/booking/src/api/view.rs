//! How times and appointments read in JSON.

use contracts::directory::Mode;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    appointment::{Appointment, State},
    availability::{Occurrence, berlin},
    service::FreeTime,
};

/// How an appointment takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum BookingMode {
    InPerson,
    Phone,
    Video,
    Chat,
}

/// A free time.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Slot {
    /// When it begins, in UTC; this is what a booking names.
    #[schema(value_type = String, format = DateTime)]
    start: Timestamp,
    /// When it ends, in UTC.
    #[schema(value_type = String, format = DateTime)]
    end: Timestamp,
    /// What the clock in Germany shows at its begin.
    #[schema(example = "2026-11-23T09:00")]
    local: String,
    /// Where the clock shows this time twice, on the night it is put back: `first` or `second`.
    occurrence: Option<SlotOccurrence>,
    /// How it can take place.
    modes: Vec<BookingMode>,
    /// For how many more bookings there is place.
    seats_left: u16,
}

/// Which of two equal times.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
enum SlotOccurrence {
    First,
    Second,
}

/// An appointment.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct BookedAppointment {
    /// Our id of the offer.
    offer: String,
    state: BookingState,
    #[schema(value_type = String, format = DateTime)]
    start: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    end: Timestamp,
    mode: BookingMode,
    /// When everything about it is deleted.
    #[schema(value_type = String, format = DateTime)]
    forgotten: Timestamp,
}

/// How far an appointment has come.
#[derive(Debug, Clone, Copy, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum BookingState {
    /// The centre has to agree.
    Requested,
    /// It takes place.
    Confirmed,
    /// It does not take place.
    Cancelled,
}

impl From<Mode> for BookingMode {
    fn from(mode: Mode) -> Self {
        match mode {
            Mode::InPerson => Self::InPerson,
            Mode::Phone => Self::Phone,
            Mode::Video => Self::Video,
            Mode::Chat => Self::Chat,
        }
    }
}

impl From<BookingMode> for Mode {
    fn from(way: BookingMode) -> Self {
        match way {
            BookingMode::InPerson => Self::InPerson,
            BookingMode::Phone => Self::Phone,
            BookingMode::Video => Self::Video,
            BookingMode::Chat => Self::Chat,
        }
    }
}

impl From<State> for BookingState {
    fn from(state: State) -> Self {
        match state {
            State::Held { .. } | State::Requested => Self::Requested,
            State::Confirmed => Self::Confirmed,
            State::Cancelled { .. } => Self::Cancelled,
        }
    }
}

impl From<&FreeTime> for Slot {
    fn from(free: &FreeTime) -> Self {
        let local = berlin().to_datetime(free.span.from);
        Self {
            start: free.span.from,
            end: free.span.to,
            local: local.strftime("%Y-%m-%dT%H:%M").to_string(),
            occurrence: free.ambiguous.map(|occurrence| match occurrence {
                Occurrence::First => SlotOccurrence::First,
                Occurrence::Second => SlotOccurrence::Second,
            }),
            modes: free.modes.iter().map(BookingMode::from).collect(),
            seats_left: free.seats_left,
        }
    }
}

impl From<&Appointment> for BookedAppointment {
    fn from(appointment: &Appointment) -> Self {
        Self {
            offer: appointment.offer_id.clone(),
            state: appointment.state.into(),
            start: appointment.span.from,
            end: appointment.span.to,
            mode: appointment.mode.into(),
            forgotten: appointment.forget_at,
        }
    }
}
