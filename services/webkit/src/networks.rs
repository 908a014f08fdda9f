//! Networks instead of addresses: what limits count by.
//!
//! An address is never kept. What is kept is an HMAC of its prefix under a key that lives in memory, changes every day and
//! is forgotten at a restart, so nobody can find the address again, and nobody can tell that two days saw the same one.

use std::{
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
    sync::{Arc, Mutex, PoisonError},
};

use jiff::Timestamp;
use kernel::{Clock, ServerKey};

/// How long one key serves.
const HOURS: i64 = 24;

/// What stands for a prefix today. It has no `Debug`, so that no log line can show it.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct NetworkKey([u8; 16]);

/// Where somebody asks from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Network {
    /// Her own address (IPv4) or /64 (IPv6). A shelter or an authority often shares one.
    pub near: NetworkKey,
    /// Her /24 or /48, so that a flood from neighbouring addresses ends too.
    pub wide: NetworkKey,
}

/// A limit of one network, and of the wider one around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Per {
    /// One address (IPv4) or /64 (IPv6).
    pub near: u32,
    /// A /24 or /48.
    pub wide: u32,
}

/// Turns addresses into networks under the key of the day.
pub struct Networks {
    key: Mutex<(Timestamp, ServerKey)>,
    clock: Arc<dyn Clock>,
}

impl Networks {
    /// Networks under a fresh key.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { key: Mutex::new((clock.now(), ServerKey::random())), clock }
    }

    /// The network of an address.
    pub fn of(&self, client: IpAddr) -> Network {
        let key = self.current_key();
        let (near, wide) = prefixes(client);
        Network { near: NetworkKey::of(&key, near), wide: NetworkKey::of(&key, wide) }
    }

    fn current_key(&self) -> ServerKey {
        let mut key = self.key.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.clock.now();
        if now.duration_since(key.0).as_hours() >= HOURS {
            *key = (now, ServerKey::random());
        }
        key.1.clone()
    }
}

impl Network {
    /// As bytes, for another process of the same installation that counts by it.
    pub fn to_bytes(self) -> [u8; 32] {
        let mut bytes = [0; 32];
        bytes[..16].copy_from_slice(&self.near.0);
        bytes[16..].copy_from_slice(&self.wide.0);
        bytes
    }

    /// What another process said.
    pub fn from_bytes(bytes: [u8; 32]) -> Self {
        let half = |from: usize| {
            let mut key = [0; 16];
            key.copy_from_slice(&bytes[from..from + 16]);
            NetworkKey(key)
        };
        Self { near: half(0), wide: half(16) }
    }
}

impl NetworkKey {
    fn of(key: &ServerKey, prefix: [u8; 17]) -> Self {
        let mut short = [0; 16];
        short.copy_from_slice(&key.mac(&prefix)[..16]);
        Self(short)
    }
}

/// The near and the wide prefix, each with its length in front, so that no two kinds are ever the same.
fn prefixes(client: IpAddr) -> ([u8; 17], [u8; 17]) {
    let bytes = |address: Ipv6Addr, kind: u8| {
        let mut out = [kind; 17];
        out[1..].copy_from_slice(&address.octets());
        out
    };
    match client {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            let network = Ipv4Addr::new(a, b, c, 0);
            (bytes(v4.to_ipv6_mapped(), 4), bytes(network.to_ipv6_mapped(), 24))
        }
        IpAddr::V6(v6) => {
            let bits = v6.to_bits();
            (
                bytes(Ipv6Addr::from_bits(bits >> 64 << 64), 64),
                bytes(Ipv6Addr::from_bits(bits >> 80 << 80), 48),
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use kernel::FixedClock;

    use super::*;

    fn networks() -> (Arc<FixedClock>, Networks) {
        let clock = Arc::new(FixedClock::at("2026-11-22T08:00:00Z".parse().unwrap()));
        (clock.clone(), Networks::new(clock))
    }

    fn of(networks: &Networks, address: &str) -> Network {
        networks.of(address.parse().unwrap())
    }

    #[test]
    fn neighbours_share_the_wide_network_only() {
        let (_, networks) = networks();
        for (one, neighbour, stranger) in [
            ("192.0.2.7", "192.0.2.8", "192.0.3.7"),
            ("2001:db8:1:1::7", "2001:db8:1:2::7", "2001:db8:2:1::7"),
        ] {
            let (one, neighbour, stranger) =
                (of(&networks, one), of(&networks, neighbour), of(&networks, stranger));
            assert!(one.near != neighbour.near && one.wide == neighbour.wide);
            assert!(one.near != stranger.near && one.wide != stranger.wide);
            assert!(one.near != one.wide);
        }
        let household = of(&networks, "2001:db8:1:1::7");
        assert!(household == of(&networks, "2001:db8:1:1:ffff::9"), "one /64 is one household");
        assert!(household == Network::from_bytes(household.to_bytes()));
    }

    #[test]
    fn another_day_and_another_start_know_nobody_again() {
        let (clock, networks) = networks();
        let today = of(&networks, "192.0.2.7");
        clock.set("2026-11-23T07:59:00Z".parse().unwrap());
        assert!(today == of(&networks, "192.0.2.7"));
        clock.set("2026-11-23T08:00:00Z".parse().unwrap());
        assert!(today != of(&networks, "192.0.2.7"));
        assert!(of(&networks, "192.0.2.7") != of(&Networks::new(clock), "192.0.2.7"), "a restart");
    }
}
