//! Forgetting: before the first request, and from then on twice a minute. Each round also takes what was deleted, by
//! whomever, out of the database's log; once a night the remains go out of its files.

use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp, ToSpan, civil::Date};

use super::{Booking, seal::texts};
use crate::{
    BookingError,
    appointment::Appointment,
    availability::local_date,
    sealing::{ClockState, Sweep},
};

/// Nothing outlives its time by more than a minute if this is done twice in it.
const EVERY: Duration = Duration::from_secs(30);
/// Rows that are removed at once.
const BATCH: u32 = 500;

/// How often a log that is being read is tried again within a round, and how long that is waited for.
const TRIES: u32 = 4;
const PAUSE: Duration = Duration::from_millis(500);
/// How many days counts are kept: a year to compare with, and the weeks until somebody has done so.
const COUNTED: i64 = 400;
/// The night begins three hours after midnight.
const NIGHT: SignedDuration = SignedDuration::from_hours(3);

/// What a round destroyed and removed: counts only.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Forgotten {
    /// Keys that were destroyed, and what to think of the clock.
    pub keys: Sweep,
    /// Appointments that were removed.
    pub appointments: u64,
    /// Entries of waiting lists that were removed.
    pub waiting: u64,
    /// Addresses that no mail needs any more.
    pub addresses: u64,
    /// Whether deleted rows are gone from the database's log, too. If not, somebody is reading: the next round tries again.
    pub log_emptied: bool,
}

impl Booking {
    /// One round: destroys the keys that are due, removes the rows that needed them, frees holds that ran out, and forgets
    /// addresses after their last mail. `running` is the time since the process began, which nobody can set.
    ///
    /// What cannot be done now keeps nothing else from being done, and is tried again in the next round.
    ///
    /// # Errors
    /// The first [`BookingError::Store`] of the round.
    pub async fn forget_due(&self, running: Duration) -> Result<Forgotten, BookingError> {
        let now = self.0.wall.now();
        let keys = self.0.keys.clone();
        let sweep = tokio::task::spawn_blocking(move || keys.destroy_due(now, running)).await;
        let sweep = sweep.map_err(|_| BookingError::unavailable("the keys could not be looked through"))?;
        let now = match sweep.clock {
            ClockState::Steady => now,
            ClockState::Jumped { believed, .. } | ClockState::Behind { believed, .. } => believed,
        };
        self.0.knocks.forget(now);
        let mut forgotten =
            Forgotten { keys: sweep, appointments: 0, waiting: 0, addresses: 0, log_emptied: false };
        let done = [
            self.store().sweep(now).await,
            self.forget_appointments(now, &mut forgotten).await,
            self.forget_addresses(now, &mut forgotten).await,
            self.forget_waiting(now, &mut forgotten).await,
        ];
        // always, because sent mails and cancellations leave their rows in it as well
        forgotten.log_emptied = self.empty_log().await?;
        done.into_iter().collect::<Result<(), _>>().map(|()| forgotten)
    }

    async fn forget_appointments(
        &self,
        now: Timestamp,
        forgotten: &mut Forgotten,
    ) -> Result<(), BookingError> {
        loop {
            let ids = self.store().due(now, BATCH).await?;
            if ids.is_empty() {
                return Ok(());
            }
            forgotten.appointments += self.store().forget(&ids).await?;
        }
    }

    /// Addresses of appointments that no mail needs any more.
    async fn forget_addresses(&self, now: Timestamp, forgotten: &mut Forgotten) -> Result<(), BookingError> {
        let mut outcome = Ok(());
        for appointment in self.store().told(now, BATCH).await? {
            match self.forget_address(&appointment).await {
                Ok(()) => forgotten.addresses += 1,
                Err(error) => outcome = outcome.and(Err(error)),
            }
        }
        outcome
    }

    async fn forget_address(&self, appointment: &Appointment) -> Result<(), BookingError> {
        self.destroy(&appointment.id, &texts(None, appointment.notify.as_ref())).await?;
        self.store().forget_address(&appointment.id).await
    }

    async fn empty_log(&self) -> Result<bool, BookingError> {
        for _ in 1..TRIES {
            if self.store().empty_log().await? {
                return Ok(true);
            }
            tokio::time::sleep(PAUSE).await;
        }
        self.store().empty_log().await
    }

    /// Removes counts that are old enough and clears remains out of the database's files, if that was not done in the night
    /// `cleared` already. Answers which night it is done for now.
    ///
    /// # Errors
    /// [`BookingError::Store`].
    pub async fn clear_remains(&self, cleared: Option<Date>) -> Result<Date, BookingError> {
        let tonight = night(self.now());
        if cleared != Some(tonight) {
            self.store().prune_tally(tonight.saturating_sub(COUNTED.days())).await?;
            self.store().clear_remains().await?;
            self.empty_log().await?;
        }
        Ok(tonight)
    }

    /// The first round, before anybody can ask. Keys of changes that were cut off go as well. It fails where a key cannot be
    /// destroyed, or where the keys are not those of the appointments: then nothing is served.
    ///
    /// # Errors
    /// [`BookingError::Store`], [`BookingError::ForeignKeys`].
    pub async fn forget_first(&self, running: Duration) -> Result<(), BookingError> {
        self.match_keys().await?;
        let outcome = self.forget_due(running).await;
        tell(&outcome);
        let sweep = outcome?.keys;
        if sweep.left > 0 {
            return Err(BookingError::unavailable("keys that are due cannot be destroyed"));
        }
        self.destroy_unnamed().await
    }

    /// Forgets as long as the process runs.
    pub async fn forget(&self, begun: Instant) {
        // after a start at once: a machine that is switched off at night clears up, too
        let mut cleared = None;
        loop {
            tokio::time::sleep(EVERY).await;
            let outcome = self.forget_due(begun.elapsed()).await;
            tell(&outcome);
            match self.clear_remains(cleared).await {
                Ok(night) => cleared = Some(night),
                Err(error) => {
                    tracing::error!(error.cause = %error, "the database could not be cleared up; trying again")
                }
            }
        }
    }
}

/// The night that an instant belongs to, by the day it began on.
fn night(at: Timestamp) -> Date {
    local_date(at.saturating_sub(NIGHT).unwrap_or(at))
}

/// Says in the log what was forgotten: numbers, and what somebody must look after.
pub(super) fn tell(outcome: &Result<Forgotten, BookingError>) {
    match outcome {
        Ok(forgotten) => {
            let sweep = &forgotten.keys;
            if sweep.destroyed > 0 || forgotten.appointments > 0 || forgotten.waiting > 0 {
                tracing::info!(
                    keys.destroyed = sweep.destroyed,
                    appointments.removed = forgotten.appointments,
                    waiting.removed = forgotten.waiting,
                    oldest_due_s = sweep.oldest_due_age.as_secs(),
                    "forgotten what was due"
                );
            }
            if sweep.left > 0 || sweep.problem.is_some() {
                tracing::error!(keys.left = sweep.left, "keys could not be destroyed; trying again");
            }
            if !forgotten.log_emptied {
                tracing::warn!("the database's log is being read and could not be emptied; trying again");
            }
            if !matches!(sweep.clock, ClockState::Steady) {
                tracing::error!(
                    "the clock jumped: destroying goes on by the running time; set the clock right or confirm it"
                );
            }
        }
        Err(error) => {
            tracing::error!(error.cause = %error, "appointments could not be forgotten; trying again")
        }
    }
}
