//! How fast somebody may say things: two buckets, one for frames and one for bytes. Too many frames are a broken page or an
//! attack, and end the socket. Many bytes are a file: its sender is not read for a moment, and so waits.

use std::time::Duration;

use tokio::time::Instant;

/// Frames a second, and as many at once.
const FRAMES: (f64, f64) = (30.0, 120.0);
/// Bytes a second, and as many at once.
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

    /// Counts a frame of so many bytes: how long to wait before the next one is read. `None` when these are too many frames.
    pub(super) fn take(&mut self, bytes: usize, now: Instant) -> Option<Duration> {
        let passed = now.saturating_duration_since(self.since);
        self.since = now;
        self.frames = refill(self.frames, FRAMES, passed) - 1.0;
        self.bytes = refill(self.bytes, BYTES, passed) - f64::from(u32::try_from(bytes).unwrap_or(u32::MAX));
        (self.frames >= 0.0).then(|| Duration::from_secs_f64((-self.bytes / BYTES.0).max(0.0)))
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
        assert!((0..120).all(|_| pace.take(100, start) == Some(Duration::ZERO)));
        assert_eq!(pace.take(100, start), None);
        let mut pace = Pace::new(start);
        let later = |second: u32| start + Duration::from_secs(second.into());
        let steady = (0..30_000).all(|frame| pace.take(33_000, later(frame / 30)) == Some(Duration::ZERO));
        assert!(steady, "30 frames and a megabyte a second");
    }

    #[test]
    fn who_sends_a_file_waits_and_is_not_cut_off() {
        let start = Instant::now();
        let (mut pace, mut now) = (Pace::new(start), start);
        for _ in 0..200 {
            now += pace.take(90_000, now).expect("parts are large, and so they are few");
        }
        let took = now - start;
        assert!((13.9..14.1).contains(&took.as_secs_f64()), "18 MB, of which 4 at once: {took:?}");
    }
}
