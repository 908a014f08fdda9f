//! Leaves a relay alone that does not work, so that an outage is not answered with a storm and costs the waiting
//! mails none of their tries.

use jiff::{SignedDuration, Timestamp};
use rand::rngs::StdRng;

use super::backoff::jittered;

/// So many failures in a row, then it is left alone.
const PATIENCE: u32 = 3;
const FIRST: SignedDuration = SignedDuration::from_secs(30);
const LONGEST: SignedDuration = SignedDuration::from_mins(10);

/// Counts failures in a row and says when to try again.
#[derive(Debug, Default)]
pub(super) struct Breaker {
    failures: u32,
    until: Option<Timestamp>,
}

impl Breaker {
    /// How many mails may be tried now: all, none, or one to see whether it works again.
    pub(super) fn allows(&self, now: Timestamp, all: u32) -> u32 {
        match self.until {
            None => all,
            // a longer wait than there is one means that the clock was set back
            Some(until) if now < until && until.duration_since(now) <= LONGEST * 2 => 0,
            Some(_) => 1,
        }
    }

    /// A try failed because of the relay. True if it is left alone from now on and was not before.
    pub(super) fn failed(&mut self, now: Timestamp, rng: &mut StdRng) -> bool {
        self.failures = self.failures.saturating_add(1);
        let Some(beyond) = self.failures.checked_sub(PATIENCE) else { return false };
        let wait = (FIRST * (1 << beyond.min(5))).min(LONGEST);
        self.until.replace(now + jittered(wait, rng)).is_none()
    }

    /// The relay answered. True if it had been left alone before.
    pub(super) fn answered(&mut self) -> bool {
        self.failures = 0;
        self.until.take().is_some()
    }
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    #[test]
    fn opens_after_three_failures_and_tries_one_mail_later() {
        let mut rng = StdRng::seed_from_u64(1);
        let start: Timestamp = "2026-11-22T08:00:00Z".parse().unwrap();
        let mut breaker = Breaker::default();
        assert!(!breaker.failed(start, &mut rng) && !breaker.failed(start, &mut rng));
        assert_eq!(breaker.allows(start, 4), 4);
        assert!(breaker.failed(start, &mut rng));
        assert_eq!(breaker.allows(start + SignedDuration::from_secs(20), 4), 0);
        assert_eq!(breaker.allows(start + SignedDuration::from_secs(40), 4), 1);
        assert!(!breaker.failed(start, &mut rng), "it was open already");
        assert_eq!(breaker.allows(start + SignedDuration::from_secs(40), 4), 0);
        assert!(breaker.answered() && !breaker.answered());
        assert_eq!(breaker.allows(start, 4), 4);
    }

    #[test]
    fn waits_no_longer_than_ten_minutes_whatever_the_clock_does() {
        let mut rng = StdRng::seed_from_u64(1);
        let start: Timestamp = "2026-11-22T08:00:00Z".parse().unwrap();
        let mut breaker = Breaker::default();
        for _ in 0..100 {
            breaker.failed(start, &mut rng);
        }
        assert_eq!(breaker.allows(start + SignedDuration::from_mins(13), 4), 1);
        assert_eq!(breaker.allows(start - SignedDuration::from_hours(24), 4), 1);
    }
}
