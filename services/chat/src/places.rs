//! How many things a network has at the same time. Addresses are not kept: [`webkit::networks`] says what stands for them.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use webkit::networks::{Network, NetworkKey, Per};

/// How many each network has.
pub(crate) struct Counts {
    most: Per,
    kept: HashMap<NetworkKey, u32>,
}

/// Places for sockets.
#[derive(Clone)]
pub(crate) struct Places(Arc<Mutex<Taken>>);

struct Taken {
    counts: Counts,
    all: usize,
    most: usize,
}

/// One socket's place, until it is dropped.
pub(crate) struct Place {
    places: Places,
    network: Option<Network>,
}

/// Why there is no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoPlace {
    /// The network has too many.
    TooMany,
    /// All together are too many.
    Full,
}

impl Counts {
    pub(crate) fn new(most: Per) -> Self {
        Self { most, kept: HashMap::new() }
    }

    /// One more; `false` when it is too many, and then nothing is counted. The operator's own machine is not counted.
    pub(crate) fn take(&mut self, network: Option<Network>) -> bool {
        let Some(Network { near, wide }) = network else { return true };
        let has = |key| self.kept.get(&key).copied().unwrap_or_default();
        if has(near) >= self.most.near || has(wide) >= self.most.wide {
            return false;
        }
        for key in [near, wide] {
            *self.kept.entry(key).or_default() += 1;
        }
        true
    }

    /// One less.
    pub(crate) fn give_back(&mut self, network: Option<Network>) {
        let Some(Network { near, wide }) = network else { return };
        for key in [near, wide] {
            if let Some(count) = self.kept.get_mut(&key) {
                *count -= 1;
                if *count == 0 {
                    self.kept.remove(&key);
                }
            }
        }
    }
}

impl Places {
    pub(crate) fn new(of_network: Per, most: usize) -> Self {
        Self(Arc::new(Mutex::new(Taken { counts: Counts::new(of_network), all: 0, most })))
    }

    pub(crate) fn take(&self, network: Option<Network>) -> Result<Place, NoPlace> {
        let mut taken = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.all >= taken.most {
            return Err(NoPlace::Full);
        }
        if !taken.counts.take(network) {
            return Err(NoPlace::TooMany);
        }
        taken.all += 1;
        metrics::gauge!("talk_sockets").set(as_gauge(taken.all));
        Ok(Place { places: self.clone(), network })
    }

    /// How many are taken.
    pub(crate) fn count(&self) -> usize {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).all
    }
}

impl Place {
    /// What stands for the network it was taken from.
    pub(crate) fn network(&self) -> Option<Network> {
        self.network
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.places.0.lock().unwrap_or_else(PoisonError::into_inner);
        taken.counts.give_back(self.network);
        taken.all -= 1;
        metrics::gauge!("talk_sockets").set(as_gauge(taken.all));
    }
}

#[expect(clippy::cast_precision_loss, reason = "there are not so many sockets")]
fn as_gauge(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use kernel::FixedClock;
    use webkit::networks::Networks;

    use super::*;

    #[test]
    fn a_network_gets_its_share_and_gives_it_back() {
        let clock = FixedClock::at(Timestamp::from_second(1_800_000_000).unwrap());
        let networks = Networks::new(Arc::new(clock));
        let of = |address: &str| Some(networks.of(address.parse().unwrap()));
        let places = Places::new(Per { near: 2, wide: 3 }, 5);
        let first = places.take(of("192.0.2.1")).ok().unwrap();
        let _second = places.take(of("192.0.2.1")).ok().unwrap();
        assert_eq!(places.take(of("192.0.2.1")).err(), Some(NoPlace::TooMany));
        let _neighbour = places.take(of("192.0.2.2")).ok().unwrap();
        assert_eq!(places.take(of("192.0.2.3")).err(), Some(NoPlace::TooMany), "the wider network has three");
        drop(first);
        let _again = places.take(of("192.0.2.1")).ok().unwrap();
        let _own = (places.take(None).ok().unwrap(), places.take(of("198.51.100.1")).ok().unwrap());
        assert_eq!(places.take(None).err(), Some(NoPlace::Full));
        assert_eq!(places.count(), 5);
    }
}
