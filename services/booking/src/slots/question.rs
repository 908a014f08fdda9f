//! What is asked when somebody wants to know which times are free.

use std::collections::BTreeMap;

use contracts::directory::Mode;
use jiff::{Timestamp, civil::Date};

use crate::{
    Span, Tick,
    availability::{Absence, Closure, OfferTimes, PublicHolidays, Rule},
};

/// Which times of an offer are free, as things stand.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// Id of the offer.
    pub offer: &'a str,
    /// What the offer asks for.
    pub times: &'a OfferTimes,
    /// The counsellors who serve it.
    pub resources: &'a [Resource],
    /// The centre's rooms; those the offer does not name are passed over.
    pub rooms: &'a [Room],
    /// When the centre is closed.
    pub closures: &'a [Closure],
    /// Which public holidays close it.
    pub holidays: &'a PublicHolidays,
    /// What is claimed and busy, by id of the counsellor or room; whoever is missing has nothing claimed and is never busy.
    pub taken: &'a BTreeMap<String, Taken>,
    /// Bookings of this offer on local days.
    pub booked: &'a BTreeMap<Date, u16>,
    /// The present.
    pub now: Timestamp,
    /// Only times in this mode.
    pub mode: Option<Mode>,
    /// The first local day asked for.
    pub from: Date,
    /// The last one, included. Notice and horizon cut the window further.
    pub to: Date,
}

/// A counsellor, as far as it matters when she can be met.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Resource {
    /// Her id.
    pub id: String,
    /// When she can be met.
    pub rules: Vec<Rule>,
    /// When she cannot, although a rule says so.
    pub absences: Vec<Absence>,
}

/// A room or another thing of which there is one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Room {
    /// Its id.
    pub id: String,
    /// When it cannot be used.
    pub absences: Vec<Absence>,
}

/// What is claimed of a counsellor or a room, and when else a counsellor is taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Taken {
    /// Ticks with the number of seats claimed in them, buffers included, in any order.
    pub ticks: Vec<(Tick, u16)>,
    /// Groups of the offer in question that have begun to fill; empty for a room and for offers without groups.
    pub sessions: Vec<Session>,
    /// Meetings on local days, of all offers; a group is one. Whole ISO weeks around the window, or the choice of a
    /// counsellor does not know her week.
    pub meetings: BTreeMap<Date, u16>,
    /// When her own calendar says she is busy. Every tick touched is busy, also for buffers. Empty for a room.
    pub busy: Vec<Span>,
}

/// A group that somebody has booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// When it meets, without buffers.
    pub span: Span,
    /// Seats claimed.
    pub seats: u16,
    /// The room it has claimed, if somebody comes in person.
    pub room: Option<String>,
}
