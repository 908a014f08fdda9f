//! What goes into the store and comes out of it.

use contracts::{audit::AuditEntry, directory::Mode};
use jiff::Timestamp;
use kernel::Lang;
use mailkit::Intent;

use crate::{
    Span, Tick,
    appointment::{Appointment, SealedText},
    receipt::Hash,
};

/// Who and what an appointment claims, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The counsellor.
    pub resource_id: String,
    /// The room, where one is needed.
    pub room_id: Option<String>,
    /// The appointment itself.
    pub span: Span,
    /// What is claimed of the counsellor and the room: the appointment with its buffers.
    pub claimed: Span,
    /// How many people it is for: 1, or the seats of a group.
    pub capacity: u32,
    /// How many a day may have, where there is a limit.
    pub limits: Option<DayLimits>,
}

/// How many appointments a day may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DayLimits {
    /// The local day.
    pub day: Span,
    /// Of the offer; the people of a group count each.
    pub of_offer: Option<u16>,
    /// Of the counsellor; a group counts once.
    pub of_counsellor: Option<u16>,
}

/// A time to be kept free while somebody fills in the form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// The appointment's id, if it becomes one.
    pub id: String,
    /// The form: holding twice with one form moves the hold.
    pub form_hash: Hash,
    /// The centre.
    pub centre_id: String,
    /// The offer.
    pub offer_id: String,
    /// Who, when.
    pub place: Place,
    /// How.
    pub mode: Mode,
    /// The language of the form.
    pub lang: Lang,
    /// Free again from here on.
    pub until: Timestamp,
    /// When it is forgotten, if it becomes an appointment.
    pub forget_at: Timestamp,
}

/// A form that was sent off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewBooking {
    /// What was held, or would have been: a hold that ran out is taken again if nobody else has it.
    pub hold: Hold,
    /// Whether the centre has to agree first.
    pub to_be_confirmed: bool,
    /// The hashes of the receipt.
    pub code_mac: Hash,
    /// See there.
    pub pin_mac: Hash,
    /// See there.
    pub link_hash: Hash,
    /// What she said of herself.
    pub contact: Option<SealedText>,
    /// Her address for mails.
    pub notify: Option<SealedText>,
    /// The mails it causes.
    pub mails: Vec<Intent>,
    /// The line of the trail, where the centre books for somebody.
    pub audit: Option<AuditEntry>,
}

/// What became of a form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Booked {
    /// It is an appointment now.
    New(Appointment),
    /// It was one already: the form was sent twice. Nothing changed.
    Again(Appointment),
    /// The code belongs to another appointment: make another one.
    CodeTaken,
}

/// An appointment at another time, or with a colleague.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// The appointment.
    pub id: String,
    /// The version it is decided on.
    pub version: u32,
    /// Where to.
    pub place: Place,
    /// How.
    pub mode: Mode,
    /// When it is forgotten now.
    pub forget_at: Timestamp,
    /// What she said of herself, sealed anew for the new time.
    pub contact: Option<SealedText>,
    /// Her address, likewise.
    pub notify: Option<SealedText>,
    /// The mails it causes; those that wait are withdrawn.
    pub mails: Vec<Intent>,
    /// The line of the trail, where the centre moves it.
    pub audit: Option<AuditEntry>,
}

/// An appointment that is taken back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cancellation {
    /// The appointment.
    pub id: String,
    /// The version it is decided on.
    pub version: u32,
    /// When its time is free again; `None` for now.
    pub release_at: Option<Timestamp>,
    /// What the centre tells the person.
    pub note: Option<SealedText>,
    /// The mails it causes; those that wait are withdrawn.
    pub mails: Vec<Intent>,
    /// The line of the trail, where the centre cancels or declines.
    pub audit: Option<AuditEntry>,
}

/// Somebody or something that can be claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resource {
    /// Its id.
    pub id: String,
    /// The centre.
    pub centre_id: String,
    /// What it is.
    pub kind: ResourceKind,
    /// The name as colleagues see it.
    pub name: String,
    /// Whether it can be booked.
    pub active: bool,
    /// Its hours, as a document.
    pub body: String,
}

/// An offer that can be booked, with who serves it: what a demonstration begins with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Furniture {
    /// The centre.
    pub centre_id: String,
    /// The offer.
    pub offer_id: String,
    /// Its setting, as a document.
    pub setting: String,
    /// Who serves it.
    pub resources: Vec<Resource>,
}

/// What can be claimed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ResourceKind {
    /// A counsellor, by the id of the person.
    Counsellor(String),
    /// A room.
    Room,
}

/// A document and the revision it was read at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revised<T> {
    /// The revision; a change is saved only over it.
    pub revision: i64,
    /// The document.
    pub value: T,
}

/// A tick of a resource that belongs to somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimedTick {
    /// Whose.
    pub resource_id: String,
    /// Which.
    pub tick: Tick,
    /// The seat; 0 for one person or for a group as a whole.
    pub seat: u32,
    /// The group, where it is one.
    pub session: Option<String>,
}

/// What is claimed in a stretch of time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Claims {
    /// The ticks.
    pub ticks: Vec<ClaimedTick>,
    /// Starts of appointments that are not cancelled, for limits per day: resource, offer, start.
    pub starts: Vec<(String, String, Timestamp)>,
    /// When counsellors are busy by their own calendars, by resource and begin.
    pub busy: Vec<(String, Span)>,
}
