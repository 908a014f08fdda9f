//! Time-ordered ids as text.

use std::sync::Mutex;

use rand::{Rng, SeedableRng, rngs::StdRng};
use uuid::{Builder, Uuid};

use crate::Clock;

/// A source of new ids: UUID version 7 in lower-case text, so that text order is the order of creation.
pub trait Ids: Send + Sync + 'static {
    /// A fresh id for something created at the clock's present.
    fn next(&self, clock: &dyn Clock) -> String;
}

/// Ids from the operating system's randomness.
#[derive(Debug, Clone, Copy, Default)]
pub struct RandomIds;

impl Ids for RandomIds {
    fn next(&self, clock: &dyn Clock) -> String {
        version_7(clock, rand::random())
    }
}

/// Ids from a seed, the same in every run: for tests and for the demo directory.
#[derive(Debug)]
pub struct SeededIds(Mutex<StdRng>);

impl SeededIds {
    /// Ids that repeat for the same `seed`.
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(StdRng::seed_from_u64(seed)))
    }
}

impl Ids for SeededIds {
    fn next(&self, clock: &dyn Clock) -> String {
        let mut bytes = [0u8; 10];
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).fill_bytes(&mut bytes);
        version_7(clock, bytes)
    }
}

fn version_7(clock: &dyn Clock, random: [u8; 10]) -> String {
    let millis = u64::try_from(clock.now().as_millisecond()).unwrap_or(0);
    let id: Uuid = Builder::from_unix_timestamp_millis(millis, &random).into_uuid();
    id.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::FixedClock;

    #[test]
    fn ids_sort_by_the_time_of_their_creation() {
        let clock = FixedClock::at("2026-11-22T08:00:00Z".parse().unwrap());
        let earlier = RandomIds.next(&clock);
        clock.set("2026-11-22T08:00:01Z".parse().unwrap());
        assert!(earlier < RandomIds.next(&clock));
    }

    #[test]
    fn a_seed_repeats_its_ids() {
        let clock = FixedClock::at("2026-11-22T08:00:00Z".parse().unwrap());
        let (one, two) = (SeededIds::new(7), SeededIds::new(7));
        assert_eq!(one.next(&clock), two.next(&clock));
        assert_ne!(one.next(&clock), one.next(&clock));
    }
}
