//! The next free time of an offer, for the list of hits: remembered for a minute, because every search asks.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use async_trait::async_trait;
use contracts::booking::{FreeTimes, FreeTimesUnavailable, NextFree as Answer};
use jiff::{SignedDuration, Timestamp};

use super::Booking;
use crate::BookingError;

pub use contracts::booking::NextFree;

/// How old an answer may be: a time that was taken meanwhile is refused when it is claimed.
const FRESH: SignedDuration = SignedDuration::from_secs(60);

#[derive(Default)]
pub(super) struct Cache(Mutex<Known>);

#[derive(Default)]
struct Known {
    /// Which offers can be booked at all, and when that was read.
    bookable: Option<(Timestamp, HashMap<String, String>)>,
    next: HashMap<String, (Timestamp, Option<Answer>)>,
}

#[async_trait]
impl FreeTimes for Booking {
    async fn next_free(&self, offers: &[String]) -> Result<HashMap<String, NextFree>, FreeTimesUnavailable> {
        let mut answers = HashMap::new();
        let bookable = self.bookable_offers().await.map_err(|_| FreeTimesUnavailable)?;
        for offer in offers.iter().filter(|offer| bookable.contains_key(*offer)) {
            if let Some(next) = self.next_of(offer).await.map_err(|_| FreeTimesUnavailable)? {
                answers.insert(offer.clone(), next);
            }
        }
        Ok(answers)
    }
}

impl Booking {
    async fn bookable_offers(&self) -> Result<HashMap<String, String>, BookingError> {
        let now = self.now();
        if let Some((at, offers)) = &self.known().bookable
            && now.duration_since(*at).abs() < FRESH
        {
            return Ok(offers.clone());
        }
        let offers: HashMap<_, _> = self.store().bookable_offers().await?.into_iter().collect();
        self.known().bookable = Some((now, offers.clone()));
        Ok(offers)
    }

    async fn next_of(&self, offer: &str) -> Result<Option<Answer>, BookingError> {
        let now = self.now();
        if let Some((at, next)) = self.known().next.get(offer)
            && now.duration_since(*at).abs() < FRESH
        {
            return Ok(next.clone());
        }
        let next = match self.bookable(offer).await {
            Ok(bookable) => {
                let times = self.times(&bookable, None, None, 1).await?;
                let first = times.days.first().and_then(|day| day.times.first());
                first.map(|time| Answer { start: time.span.from, modes: time.modes.iter().collect() })
            }
            Err(BookingError::NotFound) => None,
            Err(error) => return Err(error),
        };
        self.known().next.insert(offer.to_owned(), (now, next.clone()));
        Ok(next)
    }

    /// What was remembered is thrown away: a centre changed something.
    pub fn forget_free_times(&self) {
        *self.known() = Known::default();
    }

    fn known(&self) -> std::sync::MutexGuard<'_, Known> {
        self.0.free.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
