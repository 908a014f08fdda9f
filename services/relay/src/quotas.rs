//! Who has how many allocations and streams at the moment.

use std::{
    collections::HashMap,
    hash::Hash,
    net::IpAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crate::{credentials::Holder, meter::network, settings};

/// A quota is used up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Full {
    /// This person's, her room's or her network's.
    Hers,
    /// That of all together.
    All,
}

pub(crate) struct Quotas {
    limits: settings::Quotas,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    persons: HashMap<[u8; 8], usize>,
    rooms: HashMap<[u8; 8], usize>,
    networks: HashMap<IpAddr, usize>,
    all: usize,
    streams_of_networks: HashMap<IpAddr, usize>,
    streams: usize,
}

/// An allocation that counts until it is dropped.
pub(crate) struct Counted {
    quotas: Arc<Quotas>,
    holder: Holder,
    network: IpAddr,
}

/// A stream that counts until it is dropped.
pub(crate) struct Stream {
    quotas: Arc<Quotas>,
    network: IpAddr,
}

impl Quotas {
    pub(crate) fn new(limits: settings::Quotas) -> Arc<Self> {
        Arc::new(Self { limits, taken: Mutex::default() })
    }

    pub(crate) fn allocate(self: &Arc<Self>, holder: Holder, client: IpAddr) -> Result<Counted, Full> {
        let network = network(client);
        let mut taken = self.taken();
        if taken.all >= self.limits.all {
            return Err(Full::All);
        }
        let is_full = count(&taken.persons, &holder.person) >= self.limits.person
            || count(&taken.rooms, &holder.room) >= self.limits.room
            || count(&taken.networks, &network) >= self.limits.network;
        if is_full {
            return Err(Full::Hers);
        }
        taken.all += 1;
        *taken.persons.entry(holder.person).or_default() += 1;
        *taken.rooms.entry(holder.room).or_default() += 1;
        *taken.networks.entry(network).or_default() += 1;
        Ok(Counted { quotas: Arc::clone(self), holder, network })
    }

    pub(crate) fn connect(self: &Arc<Self>, client: IpAddr) -> Result<Stream, Full> {
        let network = network(client);
        let mut taken = self.taken();
        if taken.streams >= self.limits.streams {
            return Err(Full::All);
        }
        if count(&taken.streams_of_networks, &network) >= self.limits.network {
            return Err(Full::Hers);
        }
        taken.streams += 1;
        *taken.streams_of_networks.entry(network).or_default() += 1;
        Ok(Stream { quotas: Arc::clone(self), network })
    }

    fn taken(&self) -> MutexGuard<'_, Taken> {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn count<K: Eq + Hash>(counts: &HashMap<K, usize>, key: &K) -> usize {
    counts.get(key).copied().unwrap_or(0)
}

/// One less; who has none is forgotten.
fn release<K: Eq + Hash>(counts: &mut HashMap<K, usize>, key: &K) {
    if let Some(count) = counts.get_mut(key) {
        *count -= 1;
        if *count == 0 {
            counts.remove(key);
        }
    }
}

impl Drop for Counted {
    fn drop(&mut self) {
        let mut taken = self.quotas.taken();
        taken.all -= 1;
        release(&mut taken.persons, &self.holder.person);
        release(&mut taken.rooms, &self.holder.room);
        release(&mut taken.networks, &self.network);
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        let mut taken = self.quotas.taken();
        taken.streams -= 1;
        release(&mut taken.streams_of_networks, &self.network);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quotas() -> Arc<Quotas> {
        Quotas::new(settings::Quotas {
            person: 2,
            room: 3,
            network: 4,
            all: 5,
            streams: 5,
            ..settings::Quotas::default()
        })
    }

    fn holder(person: u8, room: u8) -> Holder {
        Holder { person: [person; 8], room: [room; 8] }
    }

    #[test]
    fn each_quota_ends_at_its_own_number_and_is_given_back() {
        let quotas = quotas();
        let here = IpAddr::from([192, 0, 2, 1]);
        let take = |person, room, client| quotas.allocate(holder(person, room), client);
        let mut held: Vec<_> = [take(1, 1, here), take(1, 1, here)].into_iter().map(Result::unwrap).collect();
        assert_eq!(take(1, 1, here).err(), Some(Full::Hers), "the person's");
        held.push(take(2, 1, here).unwrap());
        assert_eq!(take(3, 1, here).err(), Some(Full::Hers), "the room's");
        held.push(take(4, 2, here).unwrap());
        assert_eq!(take(5, 2, here).err(), Some(Full::Hers), "the network's");
        held.push(take(5, 2, IpAddr::from([192, 0, 2, 2])).unwrap());
        assert_eq!(take(6, 3, IpAddr::from([192, 0, 2, 3])).err(), Some(Full::All));
        held.clear();
        let taken = quotas.taken();
        assert!(
            taken.all == 0 && taken.persons.is_empty() && taken.rooms.is_empty() && taken.networks.is_empty()
        );
    }

    #[test]
    fn streams_count_by_network_and_together() {
        let quotas = quotas();
        let streams: Vec<_> = (0..4).map(|_| quotas.connect(IpAddr::from([192, 0, 2, 1])).unwrap()).collect();
        assert_eq!(quotas.connect(IpAddr::from([192, 0, 2, 1])).err(), Some(Full::Hers));
        let other = quotas.connect(IpAddr::from([192, 0, 2, 2])).unwrap();
        assert_eq!(quotas.connect(IpAddr::from([192, 0, 2, 3])).err(), Some(Full::All));
        drop((streams, other));
        assert!(quotas.taken().streams_of_networks.is_empty());
    }
}
