//! An appointment and its life: held, requested, confirmed, cancelled, forgotten.

use contracts::directory::Mode;
use jiff::Timestamp;
use kernel::Lang;

use crate::Span;

/// An appointment as the database knows it: a time, a place, a state, and nothing about a person in the clear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    /// Its id: random, so that it does not say when it was made.
    pub id: String,
    /// The centre.
    pub centre_id: String,
    /// What it is about, as the id of an offer.
    pub offer_id: String,
    /// The counsellor, as a resource.
    pub resource_id: String,
    /// The room, as a resource.
    pub room_id: Option<String>,
    /// 0 for one person; in a group the seat, from 1.
    pub seat: u32,
    /// How it takes place.
    pub mode: Mode,
    /// When.
    pub span: Span,
    /// How far it has come.
    pub state: State,
    /// When everything about it goes.
    pub forget_at: Timestamp,
    /// The language its mails are written in.
    pub lang: Lang,
    /// How often it was moved, confirmed or cancelled: SEQUENCE of its calendar files, and what a change is made over.
    pub version: u32,
    /// Whether the person came, as long as it is remembered.
    pub attendance: Option<Attendance>,
    /// What she said of herself, for the counsellor.
    pub contact: Option<SealedText>,
    /// Her address for mails she asked for.
    pub notify: Option<SealedText>,
    /// What the centre told her with the cancellation.
    pub note: Option<SealedText>,
}

/// How far an appointment has come. After its end it is over, without a state of its own: then it is forgotten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Kept free while somebody fills in the form.
    Held {
        /// Free again from here on.
        until: Timestamp,
    },
    /// Waits for the centre to agree. It owns its time already.
    Requested,
    /// Agreed.
    Confirmed,
    /// Taken back, by either side. Nothing about the person is left.
    Cancelled {
        /// When its time can be booked again; `None` when it can already.
        release_at: Option<Timestamp>,
    },
}

/// Whether the person came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attendance {
    /// She came.
    Kept,
    /// She did not.
    Missed,
}

/// A sealed text and where its key lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SealedText {
    /// The day file of its key.
    pub day: String,
    /// The key's place in that file.
    pub slot: u32,
    /// The sealed bytes.
    pub bytes: Vec<u8>,
}

impl Appointment {
    /// Whether it can still be moved, cancelled or confirmed at `now`.
    pub fn is_open(&self, now: Timestamp) -> bool {
        matches!(self.state, State::Requested | State::Confirmed) && self.span.from > now
    }

    /// Whether a form still keeps it free at `now`.
    pub fn is_held(&self, now: Timestamp) -> bool {
        matches!(self.state, State::Held { until } if until > now)
    }
}

impl State {
    /// The state as it is stored.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Held { .. } => "held",
            Self::Requested => "requested",
            Self::Confirmed => "confirmed",
            Self::Cancelled { .. } => "cancelled",
        }
    }
}

impl Attendance {
    /// The word as it is stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Missed => "missed",
        }
    }

    /// The attendance stored as this word.
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Kept, Self::Missed].into_iter().find(|attendance| attendance.code() == code)
    }
}
