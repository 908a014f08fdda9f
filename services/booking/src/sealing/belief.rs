//! The believed time as a clock: what is offered, told and mailed goes by the same time as what is forgotten.

use std::{sync::Arc, time::Instant};

use jiff::Timestamp;
use kernel::Clock;

use super::{ClockState, KeyFolder};

/// The wall clock as long as it is believed, and the believed time when it is not.
pub struct BelievedClock {
    keys: Arc<KeyFolder>,
    wall: Arc<dyn Clock>,
    begun: Instant,
}

impl BelievedClock {
    /// Holds the wall clock against the time since the process began.
    pub fn new(keys: Arc<KeyFolder>, wall: Arc<dyn Clock>, begun: Instant) -> Self {
        Self { keys, wall, begun }
    }
}

impl Clock for BelievedClock {
    fn now(&self) -> Timestamp {
        let wall = self.wall.now();
        match self.keys.observe(wall, self.begun.elapsed()) {
            ClockState::Steady => wall,
            ClockState::Jumped { believed, .. } | ClockState::Behind { believed, .. } => believed,
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;
    use kernel::FixedClock;

    use super::*;

    #[test]
    fn a_leap_is_not_followed_and_a_step_is() {
        let folder = tempfile::tempdir().unwrap();
        let (keys, _) = KeyFolder::at(folder.path()).unwrap();
        let start: Timestamp = "2026-11-22T08:00:00Z".parse().unwrap();
        let wall = Arc::new(FixedClock::at(start));
        let clock = BelievedClock::new(Arc::new(keys), wall.clone(), Instant::now());
        assert_eq!(clock.now(), start);
        wall.set("2099-01-01T00:00:00Z".parse().unwrap());
        assert!(clock.now() < start + SignedDuration::from_mins(1));
        wall.set(start + SignedDuration::from_hours(2));
        assert_eq!(clock.now(), start + SignedDuration::from_hours(2));
        wall.set(start);
        assert!(clock.now() >= start + SignedDuration::from_hours(2));
    }
}
