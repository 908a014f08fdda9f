//! How appointments read in JSON for the team of a centre.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{
    api::view::{BookingMode, BookingState},
    appointment::{Appointment, Attendance},
};

/// An appointment as the team sees it. What the person said of herself is not in it.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct StaffAppointment {
    id: String,
    /// Our id of the offer.
    offer: String,
    /// Id of the counsellor, as in the list of resources.
    counsellor: String,
    /// Id of the room, where one is needed.
    room: Option<String>,
    mode: BookingMode,
    #[schema(value_type = String, format = DateTime)]
    start: Timestamp,
    #[schema(value_type = String, format = DateTime)]
    end: Timestamp,
    state: BookingState,
    /// How often it was changed; each change names the version it was decided on.
    version: u32,
    /// Whether the person came, once somebody noted it.
    attendance: Option<BookingAttendance>,
    /// Whether the person said something of herself.
    has_contact: bool,
    /// When everything about it is deleted.
    #[schema(value_type = String, format = DateTime)]
    forgotten: Timestamp,
}

/// Whether a person came.
#[derive(Debug, Clone, Copy, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum BookingAttendance {
    /// She came.
    Kept,
    /// She did not.
    Missed,
}

impl From<&Appointment> for StaffAppointment {
    fn from(appointment: &Appointment) -> Self {
        Self {
            id: appointment.id.clone(),
            offer: appointment.offer_id.clone(),
            counsellor: appointment.resource_id.clone(),
            room: appointment.room_id.clone(),
            mode: appointment.mode.into(),
            start: appointment.span.from,
            end: appointment.span.to,
            state: appointment.state.into(),
            version: appointment.version,
            attendance: appointment.attendance.map(|attendance| match attendance {
                Attendance::Kept => BookingAttendance::Kept,
                Attendance::Missed => BookingAttendance::Missed,
            }),
            has_contact: appointment.contact.is_some(),
            forgotten: appointment.forget_at,
        }
    }
}

impl From<BookingAttendance> for Attendance {
    fn from(attendance: BookingAttendance) -> Self {
        match attendance {
            BookingAttendance::Kept => Self::Kept,
            BookingAttendance::Missed => Self::Missed,
        }
    }
}
