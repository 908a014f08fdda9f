//! Whole pictures on request, but not too often: each costs everybody much more than a usual one.

use std::time::{Duration, Instant};

/// Between two requests to the same sender for the same layer.
const GAP: Duration = Duration::from_millis(500);
/// The longest gap for a receiver that asks again and again: her browser probably cannot decrypt.
const LONGEST: Duration = Duration::from_secs(8);

/// Requests to one layer of a sender.
#[derive(Debug, Default)]
pub(crate) struct Requests {
    last: Option<Instant>,
}

impl Requests {
    /// Whether one may be sent now; then it counts as sent.
    pub(crate) fn may(&mut self, now: Instant) -> bool {
        let may = self.last.is_none_or(|last| now.saturating_duration_since(last) >= GAP);
        if may {
            self.last = Some(now);
        }
        may
    }
}

/// Requests from one receiver for one picture.
#[derive(Debug, Default)]
pub(crate) struct Patience {
    last: Option<Instant>,
    gap: Option<Duration>,
}

impl Patience {
    /// Whether her request counts: each that follows soon makes the next wait twice as long.
    pub(crate) fn hears(&mut self, now: Instant) -> bool {
        let since = self.last.map(|last| now.saturating_duration_since(last));
        let gap = self.gap.unwrap_or(GAP);
        match since {
            Some(since) if since < gap => return false,
            Some(since) if since < LONGEST * 2 => self.gap = Some((gap * 2).min(LONGEST)),
            _ => self.gap = None,
        }
        self.last = Some(now);
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_cannot_decrypt_does_not_make_everybody_pay() {
        let start = Instant::now();
        let mut patience = Patience::default();
        let heard =
            (0..600).filter(|tenth| patience.hears(start + Duration::from_millis(tenth * 100))).count();
        assert!((6..=14).contains(&heard), "{heard} of 600 requests within a minute");
        let later = start + Duration::from_secs(120);
        assert!(patience.hears(later));
        assert!(!patience.hears(later + Duration::from_millis(400)));
        assert!(patience.hears(later + Duration::from_millis(600)));
    }

    #[test]
    fn a_sender_is_asked_at_most_twice_a_second() {
        let start = Instant::now();
        let mut requests = Requests::default();
        let sent = (0..100).filter(|step| requests.may(start + Duration::from_millis(step * 20))).count();
        assert_eq!(sent, 4);
    }
}
