//! A time that is free.

use contracts::directory::Mode;
use jiff::civil::Date;

use super::Load;
use crate::{
    Span,
    availability::{DayTime, Modes, Occurrence},
};

/// A time at which an appointment can be booked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot<'a> {
    /// The appointment itself, without buffers.
    pub span: Span,
    /// The local day it begins on.
    pub date: Date,
    /// The local time it begins at.
    pub time: DayTime,
    /// Which of the two, if the local clock shows this time twice that day; a page has to say so.
    pub ambiguous: Option<Occurrence>,
    /// Who is free then, in the order of whose turn it is; at least one. Groups that have begun to fill come first.
    pub candidates: Vec<Candidate<'a>>,
    /// Ids of the offer's rooms that are free then, in the order of whose turn it is; empty if the offer needs none.
    pub rooms: Vec<&'a str>,
    /// Bookings for which there is still place, with all candidates together and within the limit of the day. At least one.
    pub seats_left: u16,
    /// How it can take place with one candidate or another; at least one mode.
    pub modes: Modes,
}

/// A counsellor who is free at a slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate<'a> {
    /// Her id.
    pub resource: &'a str,
    /// How she can be met then.
    pub modes: Modes,
    /// Places at her meeting.
    pub seats_left: u16,
    /// Whether somebody joins a group that has begun to fill.
    pub joins: bool,
    /// How much she has to do.
    pub load: Load<'a>,
}

impl<'a> Slot<'a> {
    /// Whose turn it is to take an appointment in this mode, when any counsellor will do.
    pub fn choose(&self, mode: Mode) -> Option<&'a str> {
        let able = self.candidates.iter().find(|candidate| candidate.modes.contains(mode));
        able.map(|candidate| candidate.resource)
    }
}
