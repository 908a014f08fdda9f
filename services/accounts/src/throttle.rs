//! Slows down guessing without locking anybody out.
//!
//! Failed tries are counted per account and network, per account over all networks, and per network over all accounts;
//! past an allowance every further try waits. A browser that signed in to the account before has an allowance of its
//! own, so that strangers who guess never keep the owner out. Nothing is written down: keys are hashes under a key that
//! lives in memory only, and a restart forgets everything.
//!
//! Unknown accounts are counted like known ones, so that the answer does not tell which exist.

use std::{
    collections::HashMap,
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use jiff::{SignedDuration, Timestamp};
use kernel::{Clock, Secret, ServerKey};

/// What is being guessed at. Each has its own count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// Mail address and password.
    Password,
    /// One-time codes and recovery codes, after the password was right.
    Code,
    /// The own password again, inside a session.
    Again,
    /// Asking for a link to reset the password: sends a mail, whoever asks.
    ResetMail,
    /// Secrets of links, pasted or from a mail.
    Link,
}

/// Who tries.
#[derive(Clone, Default)]
pub struct Trying<'a> {
    /// The account, by what was typed (folded mail address) or by the person's id; empty where there is none.
    pub account: &'a str,
    /// The network, where it is known.
    pub network: Option<IpAddr>,
    /// The cookie of a browser that is known to have signed in to this very account before. The caller has checked it.
    pub known_device: Option<&'a Secret<String>>,
}

/// How many tries are free, and how long each further one takes to come back.
struct Allowance {
    free: i64,
    seconds: i64,
}

const fn allowance(free: i64, seconds: i64) -> Allowance {
    Allowance { free, seconds }
}

/// One account from one network: ten typing mistakes, then one try a minute.
const PAIR: Allowance = allowance(10, 60);
/// One account from anywhere: a spread attack gets forty tries an hour.
const ACCOUNT: Allowance = allowance(100, 90);
/// One network on any account: an office behind one address mistypes a lot on a Monday.
const NETWORK: Allowance = allowance(50, 10);
/// A known browser on its own account.
const DEVICE: Allowance = allowance(20, 30);
/// Links by mail for one account: nobody's inbox is flooded.
const MAILS: Allowance = allowance(3, 600);
/// Guesses at 256-bit secrets are hopeless; this only keeps noise down.
const LINKS: Allowance = allowance(60, 5);

/// Most keys remembered. Beyond it, newcomers share one count.
const MOST: usize = 200_000;

type Key = [u8; 16];

/// Counts of failed tries.
pub struct Throttle {
    key: ServerKey,
    /// When the count of a key will be back at nothing.
    empty_at: Mutex<HashMap<Key, Timestamp>>,
    clock: Arc<dyn Clock>,
}

/// A try that was admitted and counted; [`Admitted::succeeded`] takes it back.
#[must_use = "a try that succeeded must be taken back"]
pub struct Admitted<'a> {
    throttle: &'a Throttle,
    counted: Vec<(Key, i64)>,
}

/// The next try has to wait this long.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("too many tries")]
pub struct Wait(pub Duration);

impl Wait {
    /// Whole minutes to name on a page, at least one.
    pub fn minutes(self) -> u64 {
        self.0.as_secs().div_ceil(60).max(1)
    }
}

impl Throttle {
    /// Counts that begin empty.
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self { key: ServerKey::random(), empty_at: Mutex::new(HashMap::new()), clock }
    }

    /// Counts a try; refused when one of its allowances is used up. Nothing is counted then.
    pub fn admit(&self, door: Door, who: &Trying<'_>) -> Result<Admitted<'_>, Wait> {
        let now = self.clock.now();
        let counts = self.counts(door, who);
        let mut empty_at = self.empty_at.lock().unwrap_or_else(PoisonError::into_inner);
        if empty_at.len() + counts.len() > MOST {
            empty_at.retain(|_, at| *at > now);
        }
        let full = empty_at.len() + counts.len() > MOST;
        let counts: Vec<(Key, Allowance)> =
            counts
                .into_iter()
                .map(|(key, allowance)| {
                    if full && !empty_at.contains_key(&key) { ([0; 16], allowance) } else { (key, allowance) }
                })
                .collect();
        let longest = counts
            .iter()
            .filter_map(|(key, allowance)| {
                // The bucket overflows when what is in it takes longer to drain than it has room for.
                let drains = empty_at.get(key).map_or(0, |at| at.duration_since(now).as_secs().max(0));
                let over = drains + allowance.seconds - allowance.free * allowance.seconds;
                u64::try_from(over).ok().filter(|over| *over > 0)
            })
            .max();
        if let Some(seconds) = longest {
            return Err(Wait(Duration::from_secs(seconds)));
        }
        for (key, allowance) in &counts {
            let at = empty_at.entry(*key).or_insert(now);
            *at = (*at).max(now) + SignedDuration::from_secs(allowance.seconds);
        }
        let counted = counts.into_iter().map(|(key, allowance)| (key, allowance.seconds)).collect();
        Ok(Admitted { throttle: self, counted })
    }

    /// Forgets what has drained. Called every minute.
    pub fn forget_quiet(&self) {
        let now = self.clock.now();
        self.empty_at.lock().unwrap_or_else(PoisonError::into_inner).retain(|_, at| *at > now);
    }

    fn counts(&self, door: Door, who: &Trying<'_>) -> Vec<(Key, Allowance)> {
        let key = |kind: &str, parts: &[&[u8]]| self.hashed(door, kind, parts);
        let account = who.account.as_bytes();
        if door == Door::ResetMail {
            let mut counts = vec![(key("mails", &[account]), MAILS)];
            counts.extend(self.networks(door, who));
            return counts;
        }
        if door == Door::Link {
            return self.networks(door, who).into_iter().map(|(key, _)| (key, LINKS)).collect();
        }
        if let Some(device) = who.known_device {
            return vec![(key("device", &[account, device.expose().as_bytes()]), DEVICE)];
        }
        let near = who.network.map_or([0; 17], |network| prefix(network, false));
        let mut counts = vec![(key("pair", &[account, &near]), PAIR), (key("account", &[account]), ACCOUNT)];
        counts.extend(self.networks(door, who));
        counts
    }

    fn networks(&self, door: Door, who: &Trying<'_>) -> Vec<(Key, Allowance)> {
        let Some(network) = who.network else { return Vec::new() };
        let wide = allowance(NETWORK.free * 8, (NETWORK.seconds / 8).max(1));
        vec![
            (self.hashed(door, "network", &[&prefix(network, false)]), NETWORK),
            (self.hashed(door, "network", &[&prefix(network, true)]), wide),
        ]
    }

    fn hashed(&self, door: Door, kind: &str, parts: &[&[u8]]) -> Key {
        let mut message = format!("{door:?} {kind}").into_bytes();
        for part in parts {
            message.push(0);
            message.extend((part.len() as u64).to_be_bytes());
            message.extend(*part);
        }
        let mut key = [0; 16];
        key.copy_from_slice(&self.key.mac(&message)[..16]);
        key
    }
}

impl Admitted<'_> {
    /// The try was right: it costs nothing.
    pub fn succeeded(self) {
        let mut empty_at = self.throttle.empty_at.lock().unwrap_or_else(PoisonError::into_inner);
        for (key, seconds) in self.counted {
            if let Some(at) = empty_at.get_mut(&key) {
                *at -= SignedDuration::from_secs(seconds);
            }
        }
    }

    /// The try stays counted.
    pub fn failed(self) {}
}

/// The address (IPv4) or its /64 (IPv6); `wide`: its /24 or /48.
fn prefix(address: IpAddr, wide: bool) -> [u8; 17] {
    let (kind, bits) = match (address.to_canonical(), wide) {
        (IpAddr::V4(v4), false) => (4, v4.to_ipv6_mapped().to_bits()),
        (IpAddr::V4(v4), true) => (24, v4.to_ipv6_mapped().to_bits() >> 8 << 8),
        (IpAddr::V6(v6), false) => (64, v6.to_bits() >> 64 << 64),
        (IpAddr::V6(v6), true) => (48, v6.to_bits() >> 80 << 80),
    };
    let mut out = [kind; 17];
    out[1..].copy_from_slice(&bits.to_be_bytes());
    out
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use kernel::FixedClock;

    use super::*;

    fn throttle() -> (Throttle, Arc<FixedClock>) {
        let clock = Arc::new(FixedClock::at("2026-11-23T09:00:00Z".parse().unwrap()));
        (Throttle::new(clock.clone()), clock)
    }

    fn from(address: &str) -> Trying<'static> {
        Trying { account: "ada@example.org", network: Some(address.parse().unwrap()), known_device: None }
    }

    /// How many failures in a row are let through.
    fn failures(throttle: &Throttle, door: Door, who: &Trying<'_>, tries: usize) -> usize {
        (0..tries).filter(|_| throttle.admit(door, who).map(Admitted::failed).is_ok()).count()
    }

    #[test]
    fn mistakes_are_free_at_first_and_then_take_time() {
        let (throttle, clock) = throttle();
        let who = from("192.0.2.7");
        assert_eq!(failures(&throttle, Door::Password, &who, 30), 10);
        let wait = throttle.admit(Door::Password, &who).err().unwrap();
        assert_eq!((wait, wait.minutes()), (Wait(Duration::from_secs(60)), 1));
        clock.set(clock.now() + 60.seconds());
        assert_eq!(failures(&throttle, Door::Password, &who, 30), 1);
        clock.set(clock.now() + 1.hour());
        assert_eq!(failures(&throttle, Door::Password, &who, 30), 10);
    }

    #[test]
    fn success_costs_nothing() {
        let (throttle, _) = throttle();
        for _ in 0..100 {
            throttle.admit(Door::Password, &from("192.0.2.7")).unwrap().succeeded();
        }
    }

    #[test]
    fn a_spread_attack_does_not_keep_the_owner_out() {
        let (throttle, _) = throttle();
        let mut let_through = 0;
        for n in 0..2000u32 {
            let address = IpAddr::from((0x0b00_0000 + n * 256).to_be_bytes());
            let who = Trying { account: "ada@example.org", network: Some(address), known_device: None };
            let_through += failures(&throttle, Door::Password, &who, 1);
        }
        assert_eq!(let_through, 100, "the account's own allowance ends it");
        let device = Secret::new(String::from("her browser"));
        let owner = Trying { known_device: Some(&device), ..from("192.0.2.7") };
        assert!(throttle.admit(Door::Password, &owner).is_ok());
        let colleague = Trying { account: "bea@example.org", ..from("192.0.2.7") };
        assert!(throttle.admit(Door::Password, &colleague).is_ok());
    }

    #[test]
    fn a_known_browser_has_an_allowance_and_no_more() {
        let (throttle, _) = throttle();
        let device = Secret::new(String::from("stolen"));
        let thief = Trying { known_device: Some(&device), ..from("192.0.2.7") };
        assert_eq!(failures(&throttle, Door::Password, &thief, 100), 20);
    }

    #[test]
    fn one_network_cannot_try_every_account() {
        let (throttle, _) = throttle();
        let accounts: Vec<String> = (0..500).map(|n| format!("p{n}@example.org")).collect();
        let tried = |network: &str| {
            let network = Some(network.parse().unwrap());
            accounts
                .iter()
                .filter(|account| {
                    let who = Trying { account, network, known_device: None };
                    throttle.admit(Door::Password, &who).map(Admitted::failed).is_ok()
                })
                .count()
        };
        assert_eq!(tried("2001:db8:1:1::7"), 50);
        assert_eq!(tried("2001:db8:1:1::8"), 0, "the same /64");
        assert_eq!(tried("2001:db8:1:2::7"), 50, "a neighbour");
        assert!(tried("2001:db8:2::7") > 0);
    }

    #[test]
    fn doors_are_counted_apart_and_mails_are_few() {
        let (throttle, clock) = throttle();
        let who = from("192.0.2.7");
        assert_eq!(failures(&throttle, Door::Password, &who, 30), 10);
        assert_eq!(failures(&throttle, Door::Code, &who, 30), 10);
        assert_eq!(failures(&throttle, Door::ResetMail, &who, 30), 3);
        assert_eq!(failures(&throttle, Door::ResetMail, &from("198.51.100.1"), 30), 0);
        clock.set(clock.now() + 10.minutes());
        assert_eq!(failures(&throttle, Door::ResetMail, &who, 30), 1);
    }

    #[test]
    fn what_has_drained_is_forgotten() {
        let (throttle, clock) = throttle();
        assert_eq!(failures(&throttle, Door::Password, &from("192.0.2.7"), 3), 3);
        assert_eq!(throttle.empty_at.lock().unwrap().len(), 4);
        clock.set(clock.now() + 10.minutes());
        throttle.forget_quiet();
        assert!(throttle.empty_at.lock().unwrap().is_empty());
    }
}
