//! Rights that ended early, because their appointment was cancelled or moved.

use std::collections::HashMap;

use contracts::talk::{Entry, RoomId, Seat};
use jiff::{SignedDuration, Timestamp};

use crate::nodes::Ended;

/// A right is given out while its room is open, and no room is open this long.
const REMEMBERED: SignedDuration = SignedDuration::from_hours(48);
/// Clocks of processes may differ by so much.
const AHEAD: SignedDuration = SignedDuration::from_secs(60);
/// Entries at most: a large house cancels some dozens a day.
const MOST: usize = 100_000;

/// Since when rights to a room, or to one seat of it, hold: those given out until then do not.
#[derive(Debug, Default)]
pub(super) struct Revoked(HashMap<(RoomId, Option<Seat>), Timestamp>);

impl Revoked {
    /// Takes down that rights ended; whether that was not known.
    pub(super) fn insert(&mut self, ended: &Ended, now: Timestamp) -> bool {
        let what = (ended.room.clone(), ended.seat.clone());
        // nothing ends in advance, whatever the clock of another process shows
        let until = ended.until.min(now + AHEAD);
        if self.0.get(&what).is_some_and(|known| *known >= until) {
            return false;
        }
        if self.0.len() >= MOST {
            self.0.retain(|_, since| *since + REMEMBERED > now);
        }
        if self.0.len() >= MOST
            && let Some(oldest) = self.0.iter().min_by_key(|(_, since)| **since).map(|(what, _)| what.clone())
        {
            self.0.remove(&oldest);
        }
        self.0.insert(what, until);
        true
    }

    /// Everything, for a node that knows nothing of it.
    pub(super) fn all(&self) -> Vec<Ended> {
        let all = self.0.iter();
        all.map(|((room, seat), until)| Ended { room: room.clone(), seat: seat.clone(), until: *until })
            .collect()
    }

    /// Whether a right ended early. One that was given out in the same second did, too: another one is quickly had.
    pub(super) fn has(&self, entry: &Entry) -> bool {
        [None, Some(entry.seat.clone())].into_iter().any(|seat| {
            let since = self.0.get(&(entry.room.clone(), seat));
            since.is_some_and(|since| entry.issued <= since.as_second())
        })
    }
}

#[cfg(test)]
mod tests {
    use contracts::talk::TalkRole;

    use super::*;

    const START: i64 = 1_800_000_000;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(START + second).unwrap()
    }

    fn entry(room: &str, seat: &str, issued: i64) -> Entry {
        Entry {
            room: RoomId(room.into()),
            seat: Seat(seat.into()),
            role: TalkRole::Seeker,
            opens: START,
            closes: START + 7_200,
            issued: START + issued,
            queue: None,
            once: None,
            phone: None,
        }
    }

    #[test]
    fn rights_given_out_before_end_and_those_after_hold() {
        let mut revoked = Revoked::default();
        let ended = |room: &str, seat: Option<&str>, until| Ended {
            room: RoomId(room.into()),
            seat: seat.map(|seat| Seat(seat.into())),
            until,
        };
        assert!(revoked.insert(&ended("a", None, at(10)), at(10)));
        assert!(revoked.insert(&ended("b", Some("anna"), at(10)), at(12)));
        assert!(!revoked.insert(&ended("b", Some("anna"), at(9)), at(12)), "that was known");
        assert!(revoked.insert(&ended("far", None, at(1_000_000)), at(12)));
        assert!(!revoked.has(&entry("far", "anna", 73)), "a wrong clock elsewhere closes no room for ever");
        assert_eq!(revoked.all().len(), 3);
        for (room, seat, issued, ended) in [
            ("a", "anna", 9, true),
            ("a", "bert", 10, true),
            ("a", "anna", 11, false),
            ("b", "anna", 10, true),
            ("b", "anna", 11, false),
            ("b", "bert", 9, false),
            ("c", "anna", 9, false),
        ] {
            assert_eq!(revoked.has(&entry(room, seat, issued)), ended, "{room} {seat} {issued}");
        }
    }

    #[test]
    fn as_many_as_fit_are_remembered_and_the_oldest_goes_first() {
        let mut revoked = Revoked::default();
        let second = |number: usize| i64::try_from(number).unwrap();
        let ended =
            |number: usize| Ended { room: RoomId(number.to_string()), seat: None, until: at(second(number)) };
        for number in 0..=MOST {
            revoked.insert(&ended(number), at(second(number)));
        }
        assert_eq!(revoked.0.len(), MOST);
        assert!(!revoked.has(&entry("0", "anna", 0)) && revoked.has(&entry("1", "anna", 0)));
        let late = at(second(MOST)) + REMEMBERED;
        revoked.insert(&Ended { until: late, ..ended(MOST + 1) }, late);
        assert_eq!(revoked.0.len(), 1, "what is over is forgotten");
    }
}
