//! One appointment as calendars know it.

use contracts::directory::Address;
use jiff::Timestamp;

use crate::Span;

/// An appointment at one point of its life. What is written of it depends on the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// The same for the appointment's whole life; random, so that it tells nothing.
    pub uid: String,
    /// Grows with every change that a calendar is to notice, the cancellation included. Begins with 0.
    pub sequence: u32,
    /// When it takes place, to the second.
    pub span: Span,
    /// When this state of the entry was written.
    pub stamp: Timestamp,
    /// The title, translated.
    pub summary: String,
    /// More words, translated.
    pub description: Option<String>,
    /// Where one has to go: the street address, nothing that names what kind of place it is.
    pub location: Option<String>,
    /// How certain it is.
    pub status: Status,
}

/// How certain an appointment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// Asked for, not answered.
    Tentative,
    /// It takes place.
    Confirmed,
    /// It does not take place.
    Cancelled,
}

impl Status {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Tentative => "TENTATIVE",
            Self::Confirmed => "CONFIRMED",
            Self::Cancelled => "CANCELLED",
        }
    }
}

/// Where to go: street, postcode and town; nothing that names what kind of place it is. `None` for a place that keeps its
/// street secret: a town alone would be no place to go to.
pub fn street(address: &Address) -> Option<String> {
    let street = address.street.as_deref()?;
    Some(format!("{street}, {} {}", address.postcode, address.city))
}
