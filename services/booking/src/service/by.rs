//! Who changes an appointment, and what the trail keeps of it.

use contracts::{
    audit::{AuditEntry, AuditObject},
    staff::Actor,
};

use super::Booking;
use crate::{
    BookingError,
    appointment::{Appointment, State},
    availability::local_date,
};

/// A member of staff who acts, and the id of the line that it leaves in the trail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// Who.
    pub actor: Actor,
    /// The id of the line, time-ordered.
    pub line: String,
}

/// Who acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By<'a> {
    /// The person whose appointment it is. The trail hears nothing of her.
    Seeker,
    /// The centre: whatever it does leaves a line in the trail, in the transaction that does it.
    Staff(&'a Signature),
}

/// What staff do to an appointment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Deed {
    Booked,
    Confirmed,
    /// Cancelled, or declined while it was a request.
    Cancelled,
    Moved,
    HandedOver,
    /// Noted whether the person came; the trail does not say which.
    AttendanceNoted,
    /// Opened what the person said of herself.
    ContactRead,
}

impl Deed {
    const fn action(self, state: State) -> &'static str {
        match self {
            Self::Booked => "appointment.booked",
            Self::Confirmed => "appointment.confirmed",
            Self::Cancelled if matches!(state, State::Requested) => "appointment.declined",
            Self::Cancelled => "appointment.cancelled",
            Self::Moved => "appointment.moved",
            Self::HandedOver => "appointment.handed-over",
            Self::AttendanceNoted => "appointment.attendance-noted",
            Self::ContactRead => "appointment.contact-read",
        }
    }
}

/// Where and when an appointment is that a line speaks of.
pub(super) struct Where<'a> {
    pub(super) centre_id: &'a str,
    pub(super) offer_id: &'a str,
    pub(super) state: State,
    pub(super) start: jiff::Timestamp,
}

impl<'a> From<&'a Appointment> for Where<'a> {
    fn from(appointment: &'a Appointment) -> Self {
        Self {
            centre_id: &appointment.centre_id,
            offer_id: &appointment.offer_id,
            state: appointment.state,
            start: appointment.span.from,
        }
    }
}

impl Booking {
    /// The line of the trail about it, if the centre did it.
    pub(super) async fn line(
        &self,
        by: By<'_>,
        deed: Deed,
        place: impl Into<Where<'_>>,
    ) -> Result<Option<AuditEntry>, BookingError> {
        match by {
            By::Seeker => Ok(None),
            By::Staff(signature) => Ok(Some(self.line_of(signature, deed, place).await?)),
        }
    }

    /// The line of the trail about what somebody of the centre did.
    ///
    /// It names the centre, the offer and the day, and not the appointment: the appointment's id is made from the seeker's
    /// form, so whoever has the form and the installation's key could find her in a trail that outlives the appointment
    /// by months. A day and an offer are what the counts keep as well.
    pub(super) async fn line_of(
        &self,
        signature: &Signature,
        deed: Deed,
        place: impl Into<Where<'_>>,
    ) -> Result<AuditEntry, BookingError> {
        let place = place.into();
        let centre = self.store().kept_centre(place.centre_id).await?;
        let offers = centre.iter().flat_map(|centre| &centre.offers);
        let offer = offers.into_iter().find(|offer| offer.id == place.offer_id);
        let offer = offer.map_or(place.offer_id, |offer| offer.name.as_str());
        Ok(AuditEntry {
            id: signature.line.clone(),
            at: self.now(),
            actor: signature.actor.clone(),
            action: deed.action(place.state).to_owned(),
            detail: format!("{offer}, {}", local_date(place.start)),
            object: AuditObject {
                kind: String::from("centre"),
                id: place.centre_id.to_owned(),
                name: centre.as_ref().map(|centre| centre.name.clone()).unwrap_or_default(),
            },
        })
    }
}
