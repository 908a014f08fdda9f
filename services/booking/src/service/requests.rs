//! Requests that wait for the centre to agree.

use std::collections::BTreeMap;

use jiff::{SignedDuration, Timestamp};

use super::Booking;
use crate::{
    BookingError,
    appointment::{Appointment, State},
    letter::answer_by,
};

/// A request that nobody has answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// It.
    pub appointment: Appointment,
    /// Since when it waits, until the centre was reminded of it.
    pub since: Option<Timestamp>,
    /// Whether it has to be answered now.
    pub urgent: bool,
}

impl Booking {
    /// The requests among a centre's coming appointments, by start; also those that begin just now and were never
    /// answered.
    ///
    /// # Errors
    /// [`BookingError::Store`].
    pub async fn requests(
        &self,
        centre_id: &str,
        coming: &[Appointment],
    ) -> Result<Vec<Request>, BookingError> {
        let since: BTreeMap<_, _> = self.store().waiting_since(centre_id).await?.into_iter().collect();
        let requests: Vec<_> = coming.iter().filter(|one| one.state == State::Requested).collect();
        let offers = self.offers_of(requests.iter().copied()).await?;
        let request = |appointment: &Appointment| {
            let offer = offers.get(appointment.offer_id.as_str());
            let notice = offer.map_or(SignedDuration::ZERO, |offer| offer.setting.times.notice());
            Request {
                since: since.get(&appointment.id).copied(),
                urgent: answer_by(appointment.span.from, notice) <= self.now(),
                appointment: appointment.clone(),
            }
        };
        Ok(requests.into_iter().map(request).collect())
    }
}
