//! When counsellors are busy by their own calendars: connecting one, reading them all again and again.
//!
//! What a calendar said last holds until it is read again, however long that takes: a server that is away must not offer times
//! that are taken. Nothing is ever cancelled because of a calendar.

use std::time::Duration;

use contracts::audit::AuditEntry;
use jiff::{SignedDuration, Timestamp};
use tokio::task::JoinSet;

use super::Booking;
use crate::{
    BookingError, Span,
    calendar::{
        Trouble,
        busy::{self, BusyProblem},
        fetch::{CalendarAddress, Fetcher},
    },
    store::{BusySource, Failing, ResourceKind},
};

/// From one reading of a calendar to the next.
const AGAIN: SignedDuration = SignedDuration::from_mins(15);
/// The longest time between two tries of one that cannot be read.
const AT_LAST: SignedDuration = SignedDuration::from_hours(6);
/// How often it is asked which calendars are due.
const EVERY: Duration = Duration::from_secs(30);
/// Calendars that are read at the same time.
const TOGETHER: usize = 4;
/// Calendars that are read in one round; the others are due in the next.
const BATCH: u32 = 200;
/// Most busy times of a calendar: 25 a day for as long as is looked ahead.
const MOST: usize = 10_000;

/// Why a calendar was not connected.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ConnectError {
    /// The calendar.
    #[error(transparent)]
    Trouble(#[from] Trouble),
    /// The store.
    #[error(transparent)]
    Booking(#[from] BookingError),
}

/// What became of the calendars that were due.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Readings {
    /// Calendars that were read.
    pub read: usize,
    /// Calendars that could not be.
    pub failed: usize,
}

impl Booking {
    /// Reads calendars with this. Without it none is read and none can be connected.
    pub fn fetch_calendars(&self, fetcher: Fetcher) {
        // only the first call counts, as with the mailer
        let _ = self.0.fetcher.set(fetcher);
    }

    /// Whether calendars are read at all.
    pub fn fetches_calendars(&self) -> bool {
        self.0.fetcher.get().is_some()
    }

    /// Connects a counsellor with her own calendar, after reading it. An earlier one of hers is forgotten.
    ///
    /// # Errors
    /// [`ConnectError::Trouble`] when it cannot be read; then nothing changed.
    pub async fn connect_calendar(
        &self,
        resource_id: &str,
        address: &CalendarAddress,
        audit: &AuditEntry,
    ) -> Result<(), ConnectError> {
        let busy = self.busy_in(address).await?;
        let sealed_address = self.0.addresses.seal(resource_id, address).ok_or(Trouble::Sealed)?;
        let now = self.now();
        let source = BusySource {
            resource_id: resource_id.to_owned(),
            sealed_address,
            read_at: now,
            next_read_at: self.read_again_at(resource_id, now, 0),
            failing: None,
        };
        self.store().connect_calendar(&source, &busy, audit).await?;
        self.busy_times_moved(resource_id).await?;
        Ok(())
    }

    /// Forgets a counsellor's calendar and what was read from it. Asking twice changes nothing.
    ///
    /// # Errors
    /// [`BookingError::Store`].
    pub async fn disconnect_calendar(
        &self,
        resource_id: &str,
        audit: &AuditEntry,
    ) -> Result<(), BookingError> {
        if self.store().disconnect_calendar(resource_id, audit).await? {
            self.busy_times_moved(resource_id).await?;
        }
        Ok(())
    }

    /// The host of a connected calendar's address, for its owner.
    pub fn calendar_host(&self, source: &BusySource) -> Option<String> {
        let address = self.0.addresses.open(&source.resource_id, &source.sealed_address)?;
        Some(address.host().to_owned())
    }

    /// Reads the calendars that are due, some at the same time.
    ///
    /// # Errors
    /// [`BookingError::Store`].
    pub async fn read_due_calendars(&self) -> Result<Readings, BookingError> {
        let mut readings = Readings::default();
        if !self.fetches_calendars() {
            return Ok(readings);
        }
        let mut running = JoinSet::new();
        let mut problem = None;
        let mut due = self.store().due_calendars(self.now(), BATCH).await?.into_iter();
        loop {
            while running.len() < TOGETHER
                && let Some(source) = due.next()
            {
                let booking = self.clone();
                running.spawn(async move { booking.read_calendar(source).await });
            }
            match running.join_next().await {
                None => break,
                Some(Ok(Ok(true))) => readings.read += 1,
                Some(Ok(Ok(false))) => readings.failed += 1,
                // it was taken away or exchanged while it was read
                Some(Ok(Err(BookingError::Changed | BookingError::NotFound))) => {}
                Some(Ok(Err(error))) => problem = Some(error),
                Some(Err(_)) => problem = Some(unreadable()),
            }
        }
        problem.map_or(Ok(readings), Err)
    }

    /// Reads calendars as long as the process runs.
    pub async fn read_calendars(&self) {
        loop {
            match self.read_due_calendars().await {
                Ok(Readings { read: 0, failed: 0 }) => {}
                Ok(readings) => {
                    tracing::debug!(
                        calendars.read = readings.read,
                        calendars.failed = readings.failed,
                        "counsellors' own calendars were read"
                    );
                }
                Err(error) => {
                    tracing::warn!(error.cause = %error, "calendars could not be read; trying again")
                }
            }
            tokio::time::sleep(EVERY).await;
        }
    }

    /// Reads one; answers whether it could be.
    async fn read_calendar(&self, source: BusySource) -> Result<bool, BookingError> {
        let address = self.0.addresses.open(&source.resource_id, &source.sealed_address);
        let busy = match address {
            _ if !self.still_works(&source.resource_id).await? => Err(Trouble::Left),
            Some(address) => self.busy_in(&address).await,
            None => Err(Trouble::Sealed),
        };
        let now = self.now();
        let again = |attempts| self.read_again_at(&source.resource_id, now, attempts);
        match busy {
            Ok(busy) => {
                let read = BusySource { read_at: now, next_read_at: again(0), failing: None, ..source };
                if self.store().calendar_read(&read, &busy).await? {
                    self.busy_times_moved(&read.resource_id).await?;
                }
                Ok(true)
            }
            Err(trouble) => {
                let earlier = source.failing.as_ref();
                let attempts = earlier.map_or(0, |failing| failing.attempts).saturating_add(1);
                let failing = Failing {
                    since: earlier.map_or(now, |failing| failing.since),
                    attempts,
                    problem: trouble.code().to_owned(),
                };
                let failed =
                    BusySource { next_read_at: again(attempts), failing: Some(failing), ..source.clone() };
                self.store().calendar_failed(&failed).await?;
                Ok(false)
            }
        }
    }

    /// Whether a counsellor still works at her centre: nobody's own calendar is read who left.
    async fn still_works(&self, resource_id: &str) -> Result<bool, BookingError> {
        let resource = self.store().resource(resource_id).await?.ok_or(BookingError::NotFound)?.value;
        match &resource.kind {
            ResourceKind::Counsellor(person) => {
                Ok(self.grants_of(person).await?.iter().any(|grant| grant.works_at(&resource.centre_id)))
            }
            ResourceKind::Room => Ok(false),
        }
    }

    /// When the owner of the calendar at an address is busy from now on; not by what she has with us.
    async fn busy_in(&self, address: &CalendarAddress) -> Result<Vec<Span>, Trouble> {
        let fetcher = self.0.fetcher.get().ok_or(Trouble::Forbidden)?;
        let calendar = fetcher.fetch(address).await?;
        let window = Span::lasting(self.now(), busy::WINDOW);
        let uids = self.0.uids.clone();
        let read =
            tokio::task::spawn_blocking(move || busy::read_but(&calendar, window, |uid| uids.is_ours(uid)));
        let busy = read.await.map_err(|_| Trouble::NotUnderstood)??;
        if busy.len() > MOST { Err(BusyProblem::TooManyDates.into()) } else { Ok(busy) }
    }

    /// When to read a calendar next: later each time it fails, and not all of them at once.
    fn read_again_at(&self, resource_id: &str, now: Timestamp, attempts: u32) -> Timestamp {
        let wait = AGAIN.saturating_mul(1 << attempts.min(10)).min(AT_LAST);
        let mac = self.0.ids.mac(&[resource_id.as_bytes(), &now.as_second().to_be_bytes()].concat());
        let late = wait / 8 * i32::from(mac[0]) / 256;
        now.saturating_add(wait.saturating_add(late)).unwrap_or(Timestamp::MAX)
    }

    /// The free times of everything a counsellor may serve are other ones now.
    async fn busy_times_moved(&self, resource_id: &str) -> Result<(), BookingError> {
        let resource = self.store().resource(resource_id).await?.ok_or(BookingError::NotFound)?.value;
        if let Some(centre) = self.store().kept_centre(&resource.centre_id).await? {
            centre.offers.iter().for_each(|offer| self.free_times_moved(&offer.id));
        }
        Ok(())
    }
}

fn unreadable() -> BookingError {
    BookingError::unavailable("a calendar could not be read to its end")
}
