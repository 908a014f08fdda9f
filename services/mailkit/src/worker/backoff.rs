//! How long to wait before the next try.

use jiff::SignedDuration;
use rand::{RngExt, rngs::StdRng};

/// 1, 2, 4 … 60 minutes after the first, second, third … try, give or take a quarter.
pub(super) fn pause(attempts: u32, rng: &mut StdRng) -> SignedDuration {
    let minutes = 1i64 << attempts.saturating_sub(1).min(6);
    jittered(SignedDuration::from_mins(minutes.min(60)), rng)
}

/// Give or take a quarter, so that what failed together does not come back together.
pub(super) fn jittered(pause: SignedDuration, rng: &mut StdRng) -> SignedDuration {
    SignedDuration::from_millis(pause.as_secs() * rng.random_range(750..=1250))
}

#[cfg(test)]
mod tests {
    use rand::SeedableRng;

    use super::*;

    #[test]
    fn doubles_up_to_an_hour() {
        let mut rng = StdRng::seed_from_u64(1);
        for (attempts, minutes) in
            [(0, 1), (1, 1), (2, 2), (3, 4), (4, 8), (5, 16), (6, 32), (7, 60), (99, 60)]
        {
            let seconds = pause(attempts, &mut rng).as_secs();
            assert!((minutes * 45..=minutes * 75).contains(&seconds), "{attempts}: {seconds}");
        }
    }

    #[test]
    fn differs_between_mails_and_repeats_for_a_seed() {
        let pauses = |seed| {
            let mut rng = StdRng::seed_from_u64(seed);
            [pause(3, &mut rng), pause(3, &mut rng), pause(3, &mut rng)]
        };
        assert_eq!(pauses(4), pauses(4));
        assert_ne!(pauses(4)[0], pauses(4)[1]);
    }
}
