//! What staff need besides: settings as values, appointments that no longer fit.

use std::collections::{BTreeMap, BTreeSet};

use contracts::{audit::AuditEntry, directory::Offer};
use jiff::Timestamp;

use super::{Bookable, Booking, bookable::document};
use crate::{
    BookingError, Span,
    appointment::{Appointment, State},
    availability::{Minutes, Modes, OfferTimes},
    setting::{Agreement, Asks, CentreSetting, Hours, OfferSetting},
    slots::{self, Uncovered},
    store::{Resource, Revised},
};

/// An appointment that does not fit the times of its counsellor or its centre.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gap {
    /// The appointment.
    pub appointment: Appointment,
    /// Why it does not fit.
    pub reason: Misfit,
}

/// Why an appointment does not fit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misfit {
    /// It lies outside of all times.
    Outside(Uncovered),
    /// Her own calendar says that its counsellor is busy then.
    Busy,
}

impl Booking {
    /// What a centre set for all its offers; what holds by itself while it has set nothing, at revision 0.
    ///
    /// # Errors
    /// [`BookingError::Store`].
    pub async fn centre_setting(&self, centre_id: &str) -> Result<Revised<CentreSetting>, BookingError> {
        match self.store().centre_setting(centre_id).await? {
            Some(Revised { revision, value }) => {
                Ok(Revised { revision, value: document("centre_setting", centre_id, &value)? })
            }
            None => Ok(Revised { revision: 0, value: CentreSetting::default() }),
        }
    }

    /// Saves what a centre set over the revision that was read.
    ///
    /// # Errors
    /// [`BookingError::Changed`] when somebody else saved meanwhile.
    pub async fn save_centre_setting(
        &self,
        centre_id: &str,
        setting: &Revised<CentreSetting>,
        audit: &AuditEntry,
    ) -> Result<(), BookingError> {
        let document = Revised { revision: setting.revision, value: text(&setting.value)? };
        self.store().save_centre_setting(centre_id, &document, audit).await?;
        self.forget_free_times();
        Ok(())
    }

    /// What is set for an offer and whether it can be booked; a proposal at revision 0 while nothing is set.
    ///
    /// # Errors
    /// [`BookingError::Store`].
    pub async fn offer_setting(&self, offer: &Offer) -> Result<(Revised<OfferSetting>, bool), BookingError> {
        match self.store().offer_setting(&offer.id).await? {
            Some((Revised { revision, value }, bookable)) => {
                let value = document("offer_setting", &offer.id, &value)?;
                Ok((Revised { revision, value }, bookable))
            }
            None => Ok((Revised { revision: 0, value: proposal(offer)? }, false)),
        }
    }

    /// Saves what is set for an offer over the revision that was read.
    ///
    /// # Errors
    /// [`BookingError::Changed`] when somebody else saved meanwhile.
    pub async fn save_offer_setting(
        &self,
        centre_id: &str,
        offer_id: &str,
        bookable: bool,
        setting: &Revised<OfferSetting>,
        audit: &AuditEntry,
    ) -> Result<(), BookingError> {
        let document = Revised { revision: setting.revision, value: text(&setting.value)? };
        self.store().save_offer_setting(centre_id, offer_id, bookable, &document, audit).await?;
        self.forget_free_times();
        Ok(())
    }

    /// The hours of a counsellor or a room.
    ///
    /// # Errors
    /// [`BookingError::Store`].
    pub fn hours_of(&self, resource: &Resource) -> Result<Hours, BookingError> {
        document("resource", &resource.id, &resource.body)
    }

    /// Saves a counsellor or a room over the revision that was read, 0 for a new one; with other hours if there are some.
    ///
    /// # Errors
    /// [`BookingError::Changed`] when somebody else saved meanwhile, or when the person is a counsellor there already.
    pub async fn save_resource(
        &self,
        resource: Revised<Resource>,
        hours: Option<&Hours>,
        audit: &AuditEntry,
    ) -> Result<(), BookingError> {
        let mut resource = resource;
        if let Some(hours) = hours {
            resource.value.body = text(hours)?;
        }
        self.store().save_resource(&resource, audit).await?;
        self.forget_free_times();
        Ok(())
    }

    /// An appointment of a centre.
    ///
    /// # Errors
    /// [`BookingError::NotFound`] when it is another centre's, was never there or is forgotten.
    pub async fn appointment_at(&self, centre_id: &str, id: &str) -> Result<Appointment, BookingError> {
        let found = self.store().appointment(id).await?;
        found.filter(|found| found.centre_id == centre_id).ok_or(BookingError::NotFound)
    }

    /// The appointments of a centre that are still to come and not cancelled.
    ///
    /// # Errors
    /// [`BookingError::Store`].
    pub async fn coming(&self, centre_id: &str) -> Result<Vec<Appointment>, BookingError> {
        let span = Span { from: self.now(), to: Timestamp::MAX };
        let mut coming = self.store().of_centre(centre_id, span).await?;
        coming.retain(|one| matches!(one.state, State::Requested | State::Confirmed));
        Ok(coming)
    }

    /// The coming appointments of a centre that lie outside of all times, or at a time its counsellor is busy: to be settled
    /// by people, never by us.
    ///
    /// # Errors
    /// [`BookingError::Store`].
    pub async fn gaps(&self, coming: &[Appointment]) -> Result<Vec<Gap>, BookingError> {
        let offers = self.offers_of(coming).await?;
        let mut gaps = Vec::new();
        let busy = self.busy_around(coming).await?;
        for appointment in coming {
            let Some(bookable) = offers.get(appointment.offer_id.as_str()) else { continue };
            let outside = bookable.gap(&known_to_slots(appointment), self.now()).map(Misfit::Outside);
            let is_busy = || {
                let mut hers = busy.iter().filter(|(resource, _)| *resource == appointment.resource_id);
                hers.any(|(_, span)| span.overlaps(&appointment.span)).then_some(Misfit::Busy)
            };
            if let Some(reason) = outside.or_else(is_busy) {
                gaps.push(Gap { appointment: appointment.clone(), reason });
            }
        }
        Ok(gaps)
    }

    /// The offers of these appointments, each read once; without those that are not there any more.
    pub(super) async fn offers_of<'a>(
        &self,
        appointments: impl IntoIterator<Item = &'a Appointment> + Send,
    ) -> Result<BTreeMap<&'a str, Bookable>, BookingError> {
        let ids: BTreeSet<_> = appointments.into_iter().map(|one| one.offer_id.as_str()).collect();
        let mut offers = BTreeMap::new();
        for id in ids {
            match self.offer_as_set(id).await {
                Ok(offer) => drop(offers.insert(id, offer)),
                Err(BookingError::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(offers)
    }

    /// When counsellors are busy while these appointments of one centre take place.
    async fn busy_around(&self, coming: &[Appointment]) -> Result<Vec<(String, Span)>, BookingError> {
        let from = coming.iter().map(|one| one.span.from).min();
        let to = coming.iter().map(|one| one.span.to).max();
        match (coming.first(), from.zip(to)) {
            (Some(one), Some((from, to))) => self.store().busy(&one.centre_id, Span { from, to }).await,
            _ => Ok(Vec::new()),
        }
    }
}

/// What is proposed for an offer that nobody has set anything for: an hour, bookable from a day to two months ahead.
fn proposal(offer: &Offer) -> Result<OfferSetting, BookingError> {
    let minutes = |count| Minutes::new(count).map_err(|problem| broken(&problem.to_string()));
    let modes: Modes = offer.modes.iter().copied().collect();
    let times = OfferTimes {
        length: minutes(60)?,
        buffer_before: Minutes::NONE,
        buffer_after: minutes(15)?,
        step: minutes(30)?,
        notice_minutes: 24 * 60,
        horizon_days: 60,
        modes: if modes.is_empty() { Modes::only(contracts::directory::Mode::InPerson) } else { modes },
        capacity: 1,
        limit_per_counsellor: None,
        limit_per_day: None,
        rooms: BTreeSet::new(),
    };
    Ok(OfferSetting {
        times,
        agreement: Agreement::default(),
        asks: Asks::default(),
        reminders: vec![24],
        grace_hours: 0,
        release_minutes: 0,
        waiting_list: true,
        bring: String::new(),
        arrival: String::new(),
        data: String::new(),
    })
}

/// An appointment as far as it matters whether availability covers it.
pub(super) fn known_to_slots(appointment: &Appointment) -> slots::Appointment {
    slots::Appointment {
        id: appointment.id.clone(),
        offer: appointment.offer_id.clone(),
        resource: appointment.resource_id.clone(),
        room: appointment.room_id.clone(),
        span: appointment.span,
        mode: appointment.mode,
    }
}

fn text<T: serde::Serialize>(value: &T) -> Result<String, BookingError> {
    serde_json::to_string(value).map_err(|problem| broken(&problem.to_string()))
}

/// A fault of ours, which trying again does not mend.
fn broken(reason: &str) -> BookingError {
    BookingError::Store(storekit::StoreError::Unexpected { code: reason.to_owned() })
}
