//! Which time it is believed to be; the reasons stand at the head of [`super`].

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

/// So far ahead of the clock nobody can set, the wall clock is believed.
pub(super) const LEAP: SignedDuration = SignedDuration::from_hours(26);
/// So long a process may have been off.
pub(super) const OFF: SignedDuration = SignedDuration::from_hours(400 * 24);
/// So far behind, nobody need be told.
pub(super) const SLACK: SignedDuration = SignedDuration::from_mins(5);

/// What to think of the wall clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[must_use = "somebody must be told when the clock is wrong"]
pub enum ClockState {
    /// It is believed.
    Steady,
    /// It is too far ahead and not believed until an administrator confirms it; keys die by the believed time.
    Jumped {
        /// What it shows.
        wall: Timestamp,
        /// What is believed instead.
        believed: Timestamp,
    },
    /// It is more than five minutes behind the time that was seen already; keys die by the believed time.
    Behind {
        /// What it shows.
        wall: Timestamp,
        /// What is believed instead.
        believed: Timestamp,
    },
}

/// Believes, or does not.
#[derive(Debug)]
pub(super) struct ClockGuard {
    /// The latest time that was believed, in this process or before it. Keys due then are dead.
    seen: Option<Timestamp>,
    /// The time that was believed at a reading of the clock nobody can set.
    base: Option<Base>,
}

#[derive(Debug, Clone, Copy)]
struct Base {
    at: Timestamp,
    running: Duration,
    /// False as long as the wall clock has not been believed since the start.
    from_wall: bool,
}

impl ClockGuard {
    /// Begins with what the heartbeat says.
    pub(super) const fn since(heartbeat: Option<Timestamp>) -> Self {
        Self { seen: heartbeat, base: None }
    }

    /// The latest time that was believed.
    pub(super) const fn seen(&self) -> Option<Timestamp> {
        self.seen
    }

    /// Takes a reading of the wall clock and of the time the process has been running.
    pub(super) fn observe(&mut self, wall: Timestamp, running: Duration) -> (Timestamp, ClockState) {
        let mut base = self.base.unwrap_or(match self.seen {
            None => Base { at: wall, running, from_wall: true },
            Some(seen) => Base { at: seen, running, from_wall: false },
        });
        let mut expected = base.now(running);
        let ahead = wall.duration_since(expected);
        // The first time it is at or past what was seen, the machine has been off for that long.
        if !base.from_wall && !ahead.is_negative() && ahead <= OFF {
            base = Base { at: wall, running, from_wall: true };
            expected = wall;
        }
        self.base = Some(base);
        let jumped = wall.duration_since(expected) > LEAP;
        let mut believed = self.seen.map_or(expected, |seen| seen.max(expected));
        if !jumped {
            believed = believed.max(wall);
        }
        self.seen = Some(believed);
        let state = if jumped {
            ClockState::Jumped { wall, believed }
        } else if believed.duration_since(wall) > SLACK {
            ClockState::Behind { wall, believed }
        } else {
            ClockState::Steady
        };
        (believed, state)
    }

    /// An administrator says that the wall clock is right.
    pub(super) fn confirm(&mut self, wall: Timestamp, running: Duration) {
        self.seen = Some(wall);
        self.base = Some(Base { at: wall, running, from_wall: true });
    }
}

impl Base {
    fn now(self, running: Duration) -> Timestamp {
        let since = running.saturating_sub(self.running);
        SignedDuration::try_from(since)
            .ok()
            .and_then(|since| self.at.checked_add(since).ok())
            .unwrap_or(Timestamp::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Duration = Duration::from_secs(60);

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn hours(count: u64) -> Duration {
        MINUTE * 60 * u32::try_from(count).unwrap()
    }

    #[test]
    fn a_month_switched_off_is_believed_at_once_and_a_clock_in_2099_is_not() {
        let heartbeat = at("2026-11-22T08:00:00Z");
        let mut guard = ClockGuard::since(Some(heartbeat));
        let now = at("2026-12-22T08:00:00Z");
        assert_eq!(guard.observe(now, Duration::ZERO), (now, ClockState::Steady));

        let mut guard = ClockGuard::since(Some(heartbeat));
        let wall = at("2099-01-01T00:00:00Z");
        assert_eq!(
            guard.observe(wall, Duration::ZERO),
            (heartbeat, ClockState::Jumped { wall, believed: heartbeat })
        );
        let hour_later = heartbeat + SignedDuration::from_hours(1);
        assert_eq!(
            guard.observe(wall, hours(1)),
            (hour_later, ClockState::Jumped { wall, believed: hour_later })
        );
        guard.confirm(wall, hours(1));
        assert_eq!(guard.observe(wall, hours(1)), (wall, ClockState::Steady));
    }

    #[test]
    fn while_running_many_small_steps_are_one_jump() {
        let start = at("2026-11-22T08:00:00Z");
        let mut guard = ClockGuard::since(None);
        assert_eq!(guard.observe(start, Duration::ZERO), (start, ClockState::Steady));
        let day_ahead = start + SignedDuration::from_hours(25);
        assert_eq!(guard.observe(day_ahead, Duration::ZERO), (day_ahead, ClockState::Steady));
        let two_ahead = start + SignedDuration::from_hours(50);
        assert_eq!(guard.observe(two_ahead, MINUTE).0, day_ahead, "what was believed stays believed");
        assert!(matches!(guard.observe(two_ahead, MINUTE).1, ClockState::Jumped { .. }));
        assert_eq!(
            guard.observe(two_ahead, hours(30)),
            (two_ahead, ClockState::Steady),
            "real time has caught up"
        );
    }

    #[test]
    fn a_clock_set_back_delays_nothing() {
        let start = at("2026-11-22T08:00:00Z");
        let back = at("2020-01-01T00:00:00Z");
        let mut guard = ClockGuard::since(None);
        assert_eq!(guard.observe(start, Duration::ZERO).0, start);
        let believed = start + SignedDuration::from_hours(3);
        assert_eq!(guard.observe(back, hours(3)), (believed, ClockState::Behind { wall: back, believed }));

        // A machine that wakes up in 1970, until the network tells it the time.
        let mut guard = ClockGuard::since(Some(start));
        assert_eq!(guard.observe(back, Duration::ZERO).0, start);
        assert_eq!(guard.observe(back, hours(1)).0, start + SignedDuration::from_hours(1));
        let told = at("2026-12-22T08:00:00Z");
        assert_eq!(guard.observe(told, hours(1)), (told, ClockState::Steady));
        // It is told only once.
        let again = told + SignedDuration::from_hours(48);
        assert_eq!(guard.observe(again, hours(1)).0, told);
    }

    #[test]
    fn an_administrator_can_set_the_time_back() {
        let wrong = at("2027-11-22T08:00:00Z");
        let right = at("2026-11-22T08:00:00Z");
        let mut guard = ClockGuard::since(Some(wrong));
        assert!(matches!(guard.observe(right, Duration::ZERO).1, ClockState::Behind { .. }));
        guard.confirm(right, Duration::ZERO);
        assert_eq!(guard.observe(right, Duration::ZERO), (right, ClockState::Steady));
    }

    #[test]
    fn believed_time_never_runs_backwards_by_itself() {
        proptest::proptest!(|(steps in proptest::collection::vec((-200_000i64..200_000, 0u64..7_200), 1..50))| {
            let mut wall = at("2026-11-22T08:00:00Z");
            let mut running = Duration::ZERO;
            let mut guard = ClockGuard::since(Some(wall));
            let mut last = wall;
            for (step, passed) in steps {
                wall += SignedDuration::from_secs(step);
                running += Duration::from_secs(passed);
                let (believed, _) = guard.observe(wall, running);
                assert!(believed >= last);
                last = believed;
            }
        });
    }
}
