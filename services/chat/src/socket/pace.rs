//! How fast somebody may say things: two buckets, one for frames and one for bytes.

use std::time::Duration;

use tokio::time::Instant;

/// Frames a second, and as many at once.
const FRAMES: (f64, f64) = (30.0, 120.0);
/// Bytes a second, and as many at once: a file goes up in portions.
const BYTES: (f64, f64) = (1_000_000.0, 4_000_000.0);

/// The pace of one socket.
pub(super) struct Pace {
    since: Instant,
    frames: f64,
    bytes: f64,
}

impl Pace {
    pub(super) fn new(now: Instant) -> Self {
        Self { since: now, frames: FRAMES.1, bytes: BYTES.1 }
    }

    /// Whether a frame of so many bytes is not too much.
    pub(super) fn allows(&mut self, bytes: usize, now: Instant) -> bool {
        let passed = now.saturating_duration_since(self.since);
        self.since = now;
        self.frames = refill(self.frames, FRAMES, passed) - 1.0;
        self.bytes = refill(self.bytes, BYTES, passed) - f64::from(u32::try_from(bytes).unwrap_or(u32::MAX));
        self.frames >= 0.0 && self.bytes >= 0.0
    }
}

fn refill(level: f64, (each_second, most): (f64, f64), passed: Duration) -> f64 {
    passed.as_secs_f64().mul_add(each_second, level).min(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_and_a_flood_does_not() {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        assert!((0..120).all(|_| pace.allows(100, start)));
        assert!(!pace.allows(100, start));
        let mut pace = Pace::new(start);
        let later = |second: u32| start + Duration::from_secs(second.into());
        assert!(
            (0..30_000).all(|frame| pace.allows(33_000, later(frame / 30))),
            "30 a second, a megabyte in all"
        );
        let mut pace = Pace::new(start);
        let parts = (0..100).take_while(|_| pace.allows(90_000, start)).count();
        assert_eq!(parts, 44, "four megabytes at once");
    }
}
