//! Rooms that were closed because their appointment was cancelled or moved.

use std::collections::HashMap;

use contracts::talk::RoomId;
use jiff::{SignedDuration, Timestamp};

/// A right that was given out before is used within this time, or shown once more and then remembered until it is over.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(31 * 24);
/// Rooms at most: a large house cancels some dozens a day.
const MOST: usize = 100_000;

/// The rooms, and until when it matters.
#[derive(Debug, Default)]
pub(super) struct Revoked(HashMap<RoomId, Timestamp>);

impl Revoked {
    pub(super) fn insert(&mut self, room: RoomId, now: Timestamp) {
        if self.0.len() >= MOST {
            self.0.retain(|_, until| *until > now);
        }
        if self.0.len() >= MOST
            && let Some(oldest) = self.0.iter().min_by_key(|(_, until)| **until).map(|(room, _)| room.clone())
        {
            self.0.remove(&oldest);
        }
        self.0.insert(room, now + REMEMBERED);
    }

    /// Whether a room is closed for a right that ends then.
    pub(super) fn has(&mut self, room: &RoomId, closes: Timestamp) -> bool {
        let until = self.0.get_mut(room);
        until.is_some_and(|until| {
            *until = closes.max(*until);
            true
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_many_as_fit_are_remembered_and_the_oldest_goes_first() {
        let mut revoked = Revoked::default();
        let start = Timestamp::from_second(1_800_000_000).unwrap();
        let at = |second: usize| start + SignedDuration::from_secs(i64::try_from(second).unwrap());
        let room = |number: usize| RoomId(number.to_string());
        for number in 0..=MOST {
            revoked.insert(room(number), at(number));
        }
        assert_eq!(revoked.0.len(), MOST);
        assert!(
            !revoked.has(&room(0), start) && revoked.has(&room(1), start) && revoked.has(&room(MOST), start)
        );
        revoked.insert(room(MOST + 1), at(MOST) + REMEMBERED);
        assert_eq!(revoked.0.len(), 1, "what is over is forgotten");
    }
}
