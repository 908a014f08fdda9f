//! How much the engine takes on, and where it listens.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use serde::Deserialize;

/// Settings of the engine. Every value has a default.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The UDP address on which everybody's sound and pictures arrive.
    pub listen: SocketAddr,
    /// Under which addresses browsers reach it, with the port of `listen`. Empty: the address of `listen`, or if that is
    /// `0.0.0.0` the one with which this machine goes out.
    pub public: Vec<IpAddr>,
    /// Most calls at once.
    pub most_calls: usize,
    /// Most people in one call.
    pub most_people: usize,
    /// Most people in all calls together; each has two connections.
    pub most_legs: usize,
    /// Most one person may send, in kilobits per second.
    pub most_up: u32,
    /// Most that is sent to one person, in kilobits per second.
    pub most_down: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 3479)),
            public: Vec::new(),
            most_calls: 100,
            most_people: 8,
            most_legs: 400,
            most_up: 4_000,
            most_down: 8_000,
        }
    }
}

/// Why settings do not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SettingsError {
    /// A limit is nought, or so large that a mistake is likely.
    #[error("a limit of the engine for calls is nought or larger than makes sense")]
    Limit,
    /// Nobody reaches such an address.
    #[error("a public address of the engine for calls is one that nobody reaches")]
    Unreachable,
}

impl Settings {
    /// Says what does not work before anything starts.
    ///
    /// # Errors
    /// [`SettingsError`].
    pub fn check(&self) -> Result<(), SettingsError> {
        let counts = [self.most_calls, self.most_people, self.most_legs];
        let rates = [self.most_up, self.most_down];
        if counts.iter().any(|count| !(1..=100_000).contains(count))
            || rates.iter().any(|rate| !(100..=1_000_000).contains(rate))
        {
            return Err(SettingsError::Limit);
        }
        if self.public.len() > 8 || self.public.iter().any(|ip| ip.is_unspecified() || ip.is_multicast()) {
            return Err(SettingsError::Unreachable);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_work_is_said_before_the_start() {
        assert_eq!(Settings::default().check(), Ok(()));
        let none = Settings { most_people: 0, ..Settings::default() };
        assert_eq!(none.check(), Err(SettingsError::Limit));
        let slow = Settings { most_down: 1, ..Settings::default() };
        assert_eq!(slow.check(), Err(SettingsError::Limit));
        let nowhere = Settings { public: vec![Ipv4Addr::UNSPECIFIED.into()], ..Settings::default() };
        assert_eq!(nowhere.check(), Err(SettingsError::Unreachable));
    }
}
