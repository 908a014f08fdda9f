//! Stretches of time, and the ticks they are claimed by.

use jiff::{SignedDuration, Timestamp};

/// Length of a tick: five minutes. Lengths, buffers and steps of offers are multiples of it.
pub const TICK: SignedDuration = SignedDuration::from_mins(5);

/// Five minutes of UTC, counted from 1970. A resource belongs to at most one appointment in each (per seat).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Tick(pub i64);

impl Tick {
    /// The tick that `at` lies in.
    pub fn of(at: Timestamp) -> Self {
        Self(at.as_second().div_euclid(TICK.as_secs()))
    }

    /// Its first instant.
    pub fn start(self) -> Timestamp {
        Timestamp::from_second(self.0.saturating_mul(TICK.as_secs())).unwrap_or(Timestamp::MAX)
    }
}

/// A stretch of time, the end not included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// First instant.
    pub from: Timestamp,
    /// First instant after it.
    pub to: Timestamp,
}

impl Span {
    /// The stretch that begins at `from` and lasts `length`.
    pub fn lasting(from: Timestamp, length: SignedDuration) -> Self {
        Self { from, to: from.saturating_add(length).unwrap_or(Timestamp::MAX) }
    }

    /// Whether both have an instant in common.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.from < other.to && other.from < self.to
    }

    /// Whether `other` lies inside.
    pub fn contains(&self, other: &Self) -> bool {
        self.from <= other.from && other.to <= self.to
    }

    /// The ticks it touches, in ascending order: the order in which they are claimed.
    pub fn ticks(&self) -> impl Iterator<Item = Tick> + use<> {
        let last = if self.to > self.from {
            Tick::of(self.to - SignedDuration::from_nanos(1)).0
        } else {
            Tick::of(self.from).0 - 1
        };
        (Tick::of(self.from).0..=last).map(Tick)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(from: &str, to: &str) -> Span {
        Span { from: from.parse().unwrap(), to: to.parse().unwrap() }
    }

    #[test]
    fn a_span_claims_every_tick_it_touches_and_no_other() {
        let half_hour = span("2026-11-23T08:00:00Z", "2026-11-23T08:30:00Z");
        let ticks: Vec<_> = half_hour.ticks().collect();
        assert_eq!(ticks.len(), 6);
        assert_eq!(ticks[0].start(), half_hour.from);
        assert_eq!(ticks[5].start() + TICK, half_hour.to);
        assert_eq!(span("2026-11-23T08:04:00Z", "2026-11-23T08:06:00Z").ticks().count(), 2);
        assert_eq!(span("2026-11-23T08:00:00Z", "2026-11-23T08:00:00Z").ticks().count(), 0);
    }

    #[test]
    fn spans_that_only_touch_do_not_overlap() {
        let morning = span("2026-11-23T08:00:00Z", "2026-11-23T08:30:00Z");
        let next = span("2026-11-23T08:30:00Z", "2026-11-23T09:00:00Z");
        assert!(!morning.overlaps(&next));
        assert!(!morning.ticks().any(|tick| next.ticks().any(|other| other == tick)));
        assert!(morning.overlaps(&span("2026-11-23T08:29:00Z", "2026-11-23T08:31:00Z")));
    }
}
