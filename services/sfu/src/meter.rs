//! How much flows, over the last second.

use std::time::{Duration, Instant};

const PARTS: usize = 4;
const PART: Duration = Duration::from_millis(250);

/// Counts bytes and says bits per second.
#[derive(Debug)]
pub(crate) struct Meter {
    began: Instant,
    at: u64,
    parts: [u64; PARTS],
    last: Option<Instant>,
}

impl Meter {
    pub(crate) fn new(now: Instant) -> Self {
        Self { began: now, at: 0, parts: [0; PARTS], last: None }
    }

    fn turn(&mut self, now: Instant) {
        let at = u64::try_from(now.saturating_duration_since(self.began).as_millis() / PART.as_millis())
            .unwrap_or(0);
        for part in self.at..at.min(self.at + PARTS as u64) {
            self.parts[((part + 1) % PARTS as u64) as usize] = 0;
        }
        self.at = at.max(self.at);
    }

    pub(crate) fn add(&mut self, now: Instant, bytes: usize) {
        self.turn(now);
        self.parts[(self.at % PARTS as u64) as usize] += bytes as u64;
        self.last = Some(now);
    }

    /// Bits per second.
    #[expect(clippy::cast_precision_loss, reason = "a rate; bits of a second stay far below 2^52")]
    pub(crate) fn rate(&mut self, now: Instant) -> f64 {
        self.turn(now);
        self.parts.iter().sum::<u64>() as f64 * 8.0
    }

    /// Whether something came not long ago.
    pub(crate) fn flows(&self, now: Instant) -> bool {
        self.last.is_some_and(|last| now.saturating_duration_since(last) < Duration::from_millis(1_500))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_is_remembered_and_no_more() {
        let start = Instant::now();
        let mut meter = Meter::new(start);
        for step in 0..100 {
            meter.add(start + Duration::from_millis(step * 10), 125);
        }
        let rate = meter.rate(start + Duration::from_millis(999));
        assert!((99_000.0..=101_000.0).contains(&rate), "{rate}");
        assert!(meter.flows(start + Duration::from_millis(2_000)));
        assert!(meter.rate(start + Duration::from_secs(60)).abs() < 1.0);
        assert!(!meter.flows(start + Duration::from_secs(60)));
    }
}
