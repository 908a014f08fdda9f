//! How much per second: bytes of an allocation, answers to strangers.

use std::{
    hash::{BuildHasher, RandomState},
    net::IpAddr,
    sync::{Mutex, PoisonError},
};

use tokio::time::Instant;

/// Fills with a number per second up to what fits into one second.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bucket {
    left: f64,
    filled: Instant,
}

impl Bucket {
    pub(crate) fn full(per_second: u32, now: Instant) -> Self {
        Self { left: f64::from(per_second), filled: now }
    }

    /// Takes so many out, if they are there.
    pub(crate) fn take(&mut self, many: usize, per_second: u32, now: Instant) -> bool {
        let most = f64::from(per_second);
        let passed = now.saturating_duration_since(self.filled).as_secs_f64();
        self.left = most.min(passed.mul_add(most, self.left));
        self.filled = now;
        let many = f64::from(u32::try_from(many).unwrap_or(u32::MAX));
        let is_there = self.left >= many;
        if is_there {
            self.left -= many;
        }
        is_there
    }
}

/// Networks whose answers are counted; two of them may share a place, so that a flood of false addresses fills no memory.
const PLACES: usize = 4_096;

/// Limits answers to those who have not shown a credential.
pub(crate) struct Strangers {
    per_second: u32,
    buckets: Mutex<Vec<Bucket>>,
    hash: RandomState,
}

impl Strangers {
    pub(crate) fn new(per_second: u32) -> Self {
        let full = Bucket::full(per_second, Instant::now());
        Self { per_second, buckets: Mutex::new(vec![full; PLACES]), hash: RandomState::new() }
    }

    /// Whether somebody there still gets an answer.
    pub(crate) fn may_hear(&self, client: IpAddr, now: Instant) -> bool {
        let place = usize::try_from(self.hash.hash_one(network(client))).unwrap_or(0) % PLACES;
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        buckets[place].take(1, self.per_second, now)
    }
}

/// One address of IPv4, or a /64 of IPv6: what one household or office gets.
pub(crate) fn network(client: IpAddr) -> IpAddr {
    match client.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6((address.to_bits() & !u128::from(u64::MAX)).into()),
        address => address,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_bucket_gives_what_fits_into_a_second_and_fills_again() {
        let start = Instant::now();
        let mut bucket = Bucket::full(100, start);
        assert!(bucket.take(60, 100, start) && bucket.take(40, 100, start));
        assert!(!bucket.take(1, 100, start));
        assert!(bucket.take(50, 100, start + Duration::from_millis(500)));
        assert!(!bucket.take(101, 100, start + Duration::from_hours(1)), "it never holds more than a second");
    }

    #[test]
    fn strangers_are_counted_by_network() {
        let strangers = Strangers::new(3);
        let now = Instant::now();
        let hears =
            |client: &str| (0..10).filter(|_| strangers.may_hear(client.parse().unwrap(), now)).count();
        assert_eq!(hears("2001:db8::1"), 3);
        assert_eq!(hears("2001:db8::2"), 0, "the same network");
        assert_eq!(hears("2001:db8:0:1::1"), 3);
    }
}
