//! What was shown once and counts no second time, until it would have run out anyway.

use std::{collections::HashMap, hash::Hash};

use jiff::Timestamp;

use super::counts::MOST_KEYS;

/// Remembers things until a time.
pub(super) struct Remembered<K>(HashMap<K, Timestamp>);

impl<K: Eq + Hash> Remembered<K> {
    pub(super) fn new() -> Self {
        Self(HashMap::new())
    }

    pub(super) fn has(&self, key: &K, now: Timestamp) -> bool {
        self.0.get(key).is_some_and(|until| *until > now)
    }

    /// Remembers it; `false` when it was known already.
    pub(super) fn insert(&mut self, key: K, until: Timestamp, now: Timestamp) -> bool {
        if self.has(&key, now) {
            return false;
        }
        if self.0.len() >= MOST_KEYS {
            self.forget(now);
        }
        if self.0.len() >= MOST_KEYS {
            // so much work was done in ten minutes; what it is worth again is worth it to the same form only
            self.0.clear();
        }
        self.0.insert(key, until);
        true
    }

    pub(super) fn remove(&mut self, key: &K) {
        self.0.remove(key);
    }

    pub(super) fn forget(&mut self, now: Timestamp) {
        self.0.retain(|_, until| *until > now);
    }
}
