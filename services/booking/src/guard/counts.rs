//! Counting within a sliding stretch of time: "five a day" means five in any 24 hours.

use std::{
    collections::{HashMap, VecDeque},
    hash::Hash,
};

use jiff::{SignedDuration, Timestamp};
use webkit::networks::{Network, NetworkKey, Per};

/// Keys that are remembered at most. More than that at once is an attack, and then counting begins anew: memory stays
/// small, and the load alone makes every form work.
pub(super) const MOST_KEYS: usize = 100_000;

/// How often something happened.
pub(crate) struct Counts<K> {
    most: u32,
    within: SignedDuration,
    kept: HashMap<K, VecDeque<Timestamp>>,
}

/// The same for a network and the wider one around it.
pub(super) struct NetworkCounts {
    near: Counts<NetworkKey>,
    wide: Counts<NetworkKey>,
}

impl<K: Eq + Hash> Counts<K> {
    pub(crate) fn new(most: u32, within: SignedDuration) -> Self {
        Self { most, within, kept: HashMap::new() }
    }

    /// Counts one more.
    ///
    /// # Errors
    /// How long to wait when it is too often already; then it is not counted.
    pub(crate) fn take(&mut self, key: K, now: Timestamp) -> Result<(), SignedDuration> {
        if let Some(wait) = self.wait(&key, now) {
            return Err(wait);
        }
        self.times(key, now).push_back(now);
        Ok(())
    }

    /// It did not come to what was counted last.
    pub(crate) fn give_back(&mut self, key: &K) {
        if let Some(times) = self.kept.get_mut(key) {
            times.pop_back();
        }
    }

    /// Counts one more, however often it was.
    pub(super) fn note(&mut self, key: K, now: Timestamp) {
        let most = self.most as usize;
        let times = self.times(key, now);
        if times.len() >= most {
            times.pop_front();
        }
        times.push_back(now);
    }

    /// How long until one more is allowed; `None` when it is.
    pub(super) fn wait(&self, key: &K, now: Timestamp) -> Option<SignedDuration> {
        let times = self.kept.get(key).into_iter().flatten();
        let mut counted = times.filter(|at| now.duration_since(**at) < self.within).peekable();
        let first = counted.peek().map_or(now, |at| **at);
        (counted.count() >= self.most as usize).then(|| self.within - now.duration_since(first))
    }

    /// Forgets what no longer counts.
    pub(crate) fn forget(&mut self, now: Timestamp) {
        let within = self.within;
        self.kept.retain(|_, times| times.iter().any(|at| now.duration_since(*at) < within));
    }

    fn times(&mut self, key: K, now: Timestamp) -> &mut VecDeque<Timestamp> {
        if self.kept.len() >= MOST_KEYS && !self.kept.contains_key(&key) {
            self.forget(now);
            if self.kept.len() >= MOST_KEYS {
                self.kept.clear();
            }
        }
        let within = self.within;
        let times = self.kept.entry(key).or_default();
        times.retain(|at| now.duration_since(*at) < within);
        times
    }
}

impl NetworkCounts {
    pub(super) fn new(most: Per, within: SignedDuration) -> Self {
        Self { near: Counts::new(most.near, within), wide: Counts::new(most.wide, within) }
    }

    /// Counts one more for both, or for none.
    pub(super) fn take(&mut self, network: Network, now: Timestamp) -> Result<(), SignedDuration> {
        self.wide.take(network.wide, now)?;
        self.near.take(network.near, now).inspect_err(|_| self.wide.give_back(&network.wide))
    }

    pub(super) fn give_back(&mut self, network: Network) {
        self.near.give_back(&network.near);
        self.wide.give_back(&network.wide);
    }

    pub(super) fn note(&mut self, network: Network, now: Timestamp) {
        self.near.note(network.near, now);
        self.wide.note(network.wide, now);
    }

    pub(super) fn is_full(&self, network: Network, now: Timestamp) -> bool {
        self.near.wait(&network.near, now).is_some() || self.wide.wait(&network.wide, now).is_some()
    }

    pub(super) fn forget(&mut self, now: Timestamp) {
        self.near.forget(now);
        self.wide.forget(now);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: SignedDuration = SignedDuration::from_hours(1);

    fn at(minutes: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + minutes * 60).unwrap()
    }

    #[test]
    fn in_no_hour_are_there_more_than_allowed() {
        let mut counts = Counts::new(2, HOUR);
        assert_eq!(counts.take("a", at(0)), Ok(()));
        assert_eq!(counts.take("a", at(50)), Ok(()));
        assert_eq!(counts.take("a", at(59)), Err(SignedDuration::from_mins(1)));
        assert_eq!(counts.take("b", at(59)), Ok(()), "somebody else");
        assert_eq!(counts.take("a", at(60)), Ok(()));
        assert_eq!(counts.take("a", at(61)), Err(SignedDuration::from_mins(49)));
        counts.give_back(&"a");
        assert_eq!(counts.take("a", at(61)), Ok(()));
    }

    #[test]
    fn a_clock_that_is_set_back_lets_nobody_do_more() {
        let mut counts = Counts::new(1, HOUR);
        assert_eq!(counts.take("a", at(60)), Ok(()));
        assert!(counts.take("a", at(0)).is_err());
    }

    #[test]
    fn what_is_past_is_forgotten_and_keys_are_bounded() {
        let mut counts = Counts::new(1, HOUR);
        for key in 0..MOST_KEYS {
            counts.note(key, at(0));
        }
        counts.note(MOST_KEYS, at(1));
        assert_eq!(counts.kept.len(), 1, "an attack is forgotten as a whole");
        counts.forget(at(61));
        assert!(counts.kept.is_empty());
    }
}
