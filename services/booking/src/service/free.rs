//! The next free time of an offer, for the list of hits.
//!
//! Every search asks, so answers are remembered. One that is a minute old is still given, and made anew behind the page's
//! back; a time that was taken meanwhile is refused when it is claimed. What was never asked is computed at once, but a
//! page waits for it a moment only.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use contracts::booking::{FreeTimes, FreeTimesUnavailable};
use jiff::{SignedDuration, Timestamp};

use super::Booking;
use crate::BookingError;

pub use contracts::booking::NextFree;

/// How old an answer may be before it is made anew.
const FRESH: SignedDuration = SignedDuration::from_secs(60);
/// How old an answer may be at all.
const USABLE: SignedDuration = SignedDuration::from_mins(15);
/// How long a page waits for what was never asked.
const PATIENCE: Duration = Duration::from_millis(40);
/// How far ahead is looked first; most offers have a time within these days.
const NEAR_DAYS: i64 = 14;
/// Between two offers when all are looked through: seekers come first.
const BREATH: Duration = Duration::from_millis(5);

#[derive(Default)]
pub(super) struct Cache(Mutex<Known>);

#[derive(Default)]
struct Known {
    /// Which offers can be booked at all, and when that was read.
    bookable: Option<(Timestamp, Arc<HashSet<String>>)>,
    next: HashMap<String, Answer>,
    /// Offers that somebody computes already.
    computing: HashSet<String>,
}

#[derive(Clone)]
struct Answer {
    at: Timestamp,
    next: Option<NextFree>,
}

#[async_trait]
impl FreeTimes for Booking {
    async fn next_free(&self, offers: &[String]) -> Result<HashMap<String, NextFree>, FreeTimesUnavailable> {
        let bookable = self.bookable_offers().await.map_err(|_| FreeTimesUnavailable)?;
        let asked: Vec<&String> = offers.iter().filter(|offer| bookable.contains(*offer)).collect();
        if asked.is_empty() {
            return Ok(HashMap::new());
        }
        let (unknown, stale) = self.to_compute(&asked);
        if !unknown.is_empty() {
            let computed = tokio::spawn(self.clone().compute(unknown));
            // what is not there in time is there for the next page
            let _in_time = tokio::time::timeout(PATIENCE, computed).await;
        }
        if !stale.is_empty() {
            tokio::spawn(self.clone().compute(stale));
        }
        let (now, known) = (self.now(), self.known());
        let answer = |offer: &&String| {
            let next = known.next.get(*offer)?.next.clone()?;
            (next.start > now).then(|| ((*offer).clone(), next))
        };
        Ok(asked.iter().filter_map(answer).collect())
    }
}

impl Booking {
    /// Looks all offers through once, so that the first person who asks has an answer.
    pub async fn look_ahead(&self) {
        let Ok(bookable) = self.bookable_offers().await else { return };
        for offer in bookable.iter() {
            let (unknown, _) = self.to_compute(&[offer]);
            self.clone().compute(unknown).await;
            tokio::time::sleep(BREATH).await;
        }
    }

    /// What was remembered is thrown away: a centre changed its settings.
    pub fn forget_free_times(&self) {
        let mut known = self.known();
        known.bookable = None;
        known.next.clear();
        self.0.freed.notify_one();
    }

    /// A time of an offer was taken: no news to those who wait for one.
    pub(super) fn free_times_taken(&self, offer: &str) {
        let stale = self.now().saturating_sub(FRESH).unwrap_or(Timestamp::MIN);
        if let Some(answer) = self.known().next.get_mut(offer) {
            answer.at = answer.at.min(stale);
        }
    }

    /// A time of an offer was given back, perhaps for another one.
    pub(super) fn free_times_moved(&self, offer: &str) {
        self.free_times_taken(offer);
        self.0.freed.notify_one();
    }

    /// Which of these are not known, and which only from a while ago; whoever asks computes them, nobody else does.
    fn to_compute(&self, offers: &[&String]) -> (Vec<String>, Vec<String>) {
        let now = self.now();
        let mut known = self.known();
        let (mut unknown, mut stale) = (Vec::new(), Vec::new());
        for offer in offers {
            let age = known.next.get(*offer).map(|answer| now.duration_since(answer.at).abs());
            let list = match age {
                Some(age) if age < FRESH => continue,
                Some(age) if age < USABLE => &mut stale,
                _ => &mut unknown,
            };
            if known.computing.insert((*offer).clone()) {
                list.push((*offer).clone());
            }
        }
        (unknown, stale)
    }

    async fn compute(self, offers: Vec<String>) {
        for offer in offers {
            let next = self.next_of(&offer).await;
            let at = self.now();
            let mut known = self.known();
            known.computing.remove(&offer);
            match next {
                Ok(next) => {
                    known.next.insert(offer, Answer { at, next });
                }
                Err(error) => tracing::warn!(error.cause = %error, "a next free time could not be computed"),
            }
        }
    }

    async fn bookable_offers(&self) -> Result<Arc<HashSet<String>>, BookingError> {
        let now = self.now();
        if let Some((at, offers)) = &self.known().bookable
            && now.duration_since(*at).abs() < FRESH
        {
            return Ok(offers.clone());
        }
        let offers = self.store().bookable_offers().await?;
        let offers = Arc::new(offers.into_iter().collect::<HashSet<_>>());
        self.known().bookable = Some((now, offers.clone()));
        Ok(offers)
    }

    async fn next_of(&self, offer: &str) -> Result<Option<NextFree>, BookingError> {
        let bookable = match self.bookable(offer).await {
            Err(BookingError::NotFound) => return Ok(None),
            other => other?,
        };
        let last = bookable.last_day(self.now());
        let near =
            crate::availability::local_date(self.now()).saturating_add(jiff::Span::new().days(NEAR_DAYS));
        for until in [near.min(last), last] {
            let times = self.times_until(&bookable, None, None, 1, until).await?;
            if let Some(time) = times.days.first().and_then(|day| day.times.first()) {
                return Ok(Some(NextFree { start: time.span.from, modes: time.modes.iter().collect() }));
            }
            if until == last {
                break;
            }
        }
        Ok(None)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.free.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use contracts::directory::Mode;
    use kernel::{Lang, Secret};

    use crate::web::seek::tests::house::{House, OFFER};

    #[tokio::test]
    async fn a_time_that_is_taken_calls_nobody_who_waits_and_one_that_is_given_back_does() {
        let house = House::open().await;
        let booking = house.booking();
        let is_called = async || {
            let called = booking.0.freed.notified();
            tokio::time::timeout(Duration::from_millis(1), called).await.is_ok()
        };
        let bookable = booking.bookable(OFFER).await.unwrap();
        let times = booking.times(&bookable, None, None, 1).await.unwrap().days.remove(0).times;
        let form = Secret::new(String::from("form"));
        let hold = async |start, earlier| {
            booking.hold(&bookable, &form, Mode::Phone, start, Lang::De, earlier).await.unwrap()
        };
        let held = hold(times[0].span.from, None).await;
        assert!(!is_called().await);
        hold(times[1].span.from, Some(&held)).await;
        assert!(is_called().await, "the first one is free again");
        booking.release(&form).await.unwrap();
        assert!(is_called().await);
        booking.release(&form).await.unwrap();
        assert!(!is_called().await, "there was nothing to give back");
    }
}
