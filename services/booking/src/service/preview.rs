//! What another setting would do, before it is saved.

use contracts::directory::{Centre, Mode};
use jiff::civil::Date;

use super::{Bookable, Booking, desk::known_to_slots, known::Known};
use crate::{
    BookingError,
    appointment::Appointment,
    availability::OfferTimes,
    setting::{CentreSetting, Hours, OfferSetting},
    slots::{self, Conflict, Preview, Question, Uncovered},
};

/// Something that a centre might set otherwise.
#[derive(Debug, Clone, Copy)]
pub enum Proposal<'a> {
    /// Other hours of a counsellor or a room.
    Hours {
        /// Whose.
        resource_id: &'a str,
        /// Which.
        hours: &'a Hours,
    },
    /// Another setting of an offer.
    Offer {
        /// Which offer.
        offer_id: &'a str,
        /// What would be set.
        setting: &'a OfferSetting,
        /// Whether it could be booked.
        bookable: bool,
    },
    /// Other settings of the centre.
    Centre(&'a CentreSetting),
}

/// An offer as it is, or as it would be.
struct Side {
    offer: Bookable,
    /// Whether seekers can book it.
    open: bool,
}

impl Booking {
    /// What it would do on the days from `from` to `to`, with all offers of the centre together. Conflicts are found
    /// wherever they are.
    ///
    /// # Errors
    /// [`BookingError::Store`].
    pub async fn preview(
        &self,
        centre: &Centre,
        proposal: &Proposal<'_>,
        (from, to): (Date, Date),
    ) -> Result<Preview, BookingError> {
        let coming = self.coming(&centre.id).await?;
        let listed = self.store().centre(&centre.id).await?.is_some();
        let furnished = self.furnished(centre.clone()).await?;
        let claims = self.claims_of(&centre.id, from, to).await?;
        let mut whole = Preview::default();
        for offer in &centre.offers {
            let (setting, bookable) = self.offer_setting(offer).await?;
            let old = furnished.clone().with(offer.clone(), setting.value);
            let (old, new) = sides(old, listed, bookable, proposal);
            let its: Vec<_> = coming.iter().filter(|one| one.offer_id == offer.id).collect();
            let known = Known::of(&old.offer, &claims);
            let ask = |side| known.question(side, None, self.now(), from, to);
            let (before, after) = (ask(&old.offer), ask(&new.offer));
            let preview = slots::preview(&old.seen_by_seekers(before), &new.seen_by_seekers(after), &[]);
            whole.added.extend(preview.added);
            whole.removed.extend(preview.removed);
            whole.conflicts.extend(its.into_iter().filter_map(|one| conflict(one, &before, &after)));
        }
        for changes in [&mut whole.added, &mut whole.removed] {
            changes.sort();
            changes.dedup_by(|one, other| one.span.from == other.span.from);
        }
        whole.conflicts.sort_by_key(|conflict| conflict.appointment.span);
        Ok(whole)
    }
}

/// An offer before and after. Its centre is listed, and it can be booked, or not.
fn sides(old: Bookable, listed: bool, bookable: bool, proposal: &Proposal<'_>) -> (Side, Side) {
    let mut new = old.clone();
    let mut bookable_then = bookable;
    match *proposal {
        Proposal::Hours { resource_id, hours } => {
            for counsellor in new.counsellors.iter_mut().filter(|one| one.id == resource_id) {
                counsellor.rules.clone_from(&hours.rules);
                counsellor.absences.clone_from(&hours.absences);
            }
            for room in new.rooms.iter_mut().filter(|one| one.id == resource_id) {
                room.absences.clone_from(&hours.absences);
            }
        }
        Proposal::Offer { offer_id, setting, bookable } if offer_id == old.offer.id => {
            new.setting = setting.clone();
            bookable_then = bookable;
        }
        Proposal::Offer { .. } => {}
        Proposal::Centre(setting) => new.centre_setting = setting.clone(),
    }
    let side = |offer: Bookable, bookable: bool| Side {
        open: listed && bookable && !offer.centre_setting.paused,
        offer,
    };
    (side(old, bookable), side(new, bookable_then))
}

impl Side {
    /// What seekers are asked about: nobody, while nothing can be booked.
    fn seen_by_seekers<'a>(&self, question: Question<'a>) -> Question<'a> {
        if self.open { question } else { Question { resources: &[], ..question } }
    }
}

/// An appointment that would not fit afterwards, for a reason that there was not before.
fn conflict(appointment: &Appointment, before: &Question<'_>, after: &Question<'_>) -> Option<Conflict> {
    let known = known_to_slots(appointment);
    let why = |question: &Question<'_>| {
        slots::uncovered(question, &known).or_else(|| unlike(question.times, appointment))
    };
    let reason = why(after).filter(|reason| why(before) != Some(*reason))?;
    Some(Conflict { appointment: known, reason })
}

/// Why an appointment is none that an offer like this has.
fn unlike(times: &OfferTimes, appointment: &Appointment) -> Option<Uncovered> {
    let length = appointment.span.to.duration_since(appointment.span.from);
    let roomed = appointment.room_id.as_ref().is_some_and(|room| times.rooms.contains(room));
    let problems = [
        (!times.modes.contains(appointment.mode), Uncovered::OtherMode),
        (length != times.length.duration(), Uncovered::OtherLength),
        (appointment.mode == Mode::InPerson && !times.rooms.is_empty() && !roomed, Uncovered::OtherRoom),
        (appointment.seat > u32::from(times.capacity), Uncovered::NoSeat),
    ];
    problems.into_iter().find(|(found, _)| *found).map(|(_, reason)| reason)
}
