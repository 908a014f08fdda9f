//! The waiting list of an offer: who wants to hear of an earlier time, and when she may be told.
//!
//! All its rules stand here. It is no booking and no turn in a queue: everybody who waits is told of the same time, and who
//! books first gets it. So nobody is preferred, and nobody loses an appointment by not reading her mails.

use jiff::{SignedDuration, Timestamp};
use kernel::Lang;

use crate::{appointment::SealedText, availability::LONGEST_HORIZON};

/// An address that was typed is written to once, to ask whether it was its owner who typed it. Unless she says so within
/// a day it is forgotten: anybody can type anybody's address.
pub const CONFIRM_WITHIN: SignedDuration = SignedDuration::from_hours(24);

/// So many notices make an entry: who let three earlier times go does not wait any more.
pub const MOST_NOTICES: u8 = 3;

/// A notice a day at most: a busy day with many cancellations must not fill a mailbox that others may see.
pub const BETWEEN_NOTICES: SignedDuration = SignedDuration::from_hours(24);

/// Nobody is told of a time that begins sooner: she has to read the mail, book, and get there. Where the offer's notice is
/// longer, that counts.
pub const SHORTEST_LEAD: SignedDuration = SignedDuration::from_hours(2);

/// Entries of an offer, those that are not confirmed included. With more of them a freed time is a lottery, and each costs
/// a mail.
pub const MOST_ENTRIES: u32 = 200;

/// After the last notice its link works for so long; the address is gone when the mail has left.
const AFTER_LAST: SignedDuration = SignedDuration::from_hours(24);

/// How long she may want to wait, in weeks, where no appointment of hers says it.
pub const WEEKS: [u8; 3] = [1, 2, 4];

/// Somebody who wants to hear of an earlier time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its id, which does not say when it was made.
    pub id: String,
    /// The offer.
    pub offer_id: String,
    /// How far it has come.
    pub stage: Stage,
    /// She wants a time that begins before this.
    pub before: Timestamp,
    /// The first free time when last looked at, or `before` if none was earlier. What begins before it has become free since.
    pub earliest: Timestamp,
    /// When everything about it goes.
    pub forget_at: Timestamp,
    /// The language she is written to in.
    pub lang: Lang,
    /// Her address and the secret of her link; gone after the last notice.
    pub notify: Option<SealedText>,
}

/// How far an entry has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Somebody typed the address; whoever reads its mails has not said that it was her.
    Asked,
    /// She said so.
    Waiting {
        /// How many notices were sent.
        notices: u8,
        /// When the last one was.
        told_at: Option<Timestamp>,
    },
}

impl Entry {
    /// The number of the notice that tells her of a time: from 1, `None` when she must not be told now.
    pub fn notice_of(&self, free: Timestamp, now: Timestamp) -> Option<u8> {
        let Stage::Waiting { notices, told_at } = self.stage else { return None };
        let rested = told_at.is_none_or(|told| now.duration_since(told) >= BETWEEN_NOTICES);
        let is_new = free < self.earliest && free >= first_useful(now);
        (notices < MOST_NOTICES && rested && is_new && !self.is_over(now)).then(|| notices + 1)
    }

    /// Whether the notice with this number was sent, or tried, and the time it told of is still the first one.
    pub fn was_told(&self, number: u8, free: Timestamp, now: Timestamp) -> bool {
        let same = matches!(self.stage, Stage::Waiting { notices, .. } if notices == number);
        same && free <= self.earliest && !self.is_over(now)
    }

    /// When it is forgotten once the notice with this number is sent.
    pub fn forget_after(&self, number: u8, now: Timestamp) -> Timestamp {
        if number < MOST_NOTICES { self.forget_at } else { self.forget_at.min(now + AFTER_LAST) }
    }

    /// Notices that may still come.
    pub fn notices_left(&self) -> u8 {
        match self.stage {
            Stage::Asked => MOST_NOTICES,
            Stage::Waiting { notices, .. } => MOST_NOTICES.saturating_sub(notices),
        }
    }

    /// Whether it has ended.
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.forget_at <= now
    }
}

/// The earliest start of a time that somebody is told of.
pub fn first_useful(now: Timestamp) -> Timestamp {
    now + SHORTEST_LEAD
}

/// When an entry is forgotten that nobody confirms.
pub fn confirm_until(before: Timestamp, now: Timestamp) -> Timestamp {
    before.min(now + CONFIRM_WITHIN)
}

/// The end of a wait of some weeks; `None` for a number that is not offered.
pub fn in_weeks(weeks: u8, now: Timestamp) -> Option<Timestamp> {
    WEEKS.contains(&weeks).then(|| now + SignedDuration::from_hours(7 * 24 * i64::from(weeks)))
}

/// Whether there can be a time worth waiting for before this.
pub fn is_worth_waiting(before: Timestamp, now: Timestamp) -> bool {
    let longest = SignedDuration::from_hours(24 * i64::from(LONGEST_HORIZON));
    before > first_useful(now) && before <= now + longest
}

#[cfg(test)]
mod tests {
    use proptest::{
        collection::vec,
        prelude::{Strategy, prop_assert, prop_assert_eq, prop_oneof, proptest},
    };

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn hours(count: i64) -> SignedDuration {
        SignedDuration::from_hours(count)
    }

    fn waiting(before: Timestamp) -> Entry {
        Entry {
            id: "a".into(),
            offer_id: "offer".into(),
            stage: Stage::Waiting { notices: 0, told_at: None },
            before,
            earliest: before,
            forget_at: before,
            lang: Lang::De,
            notify: None,
        }
    }

    #[test]
    fn who_has_not_confirmed_is_told_nothing() {
        let now = at("2026-11-22T08:00:00Z");
        let asked = Entry { stage: Stage::Asked, ..waiting(now + hours(200)) };
        assert_eq!(asked.notice_of(now + hours(10), now), None);
        assert_eq!(confirm_until(now + hours(200), now), now + hours(24));
        assert_eq!(confirm_until(now + hours(5), now), now + hours(5));
    }

    #[test]
    fn only_what_is_earlier_than_all_that_was_free_is_told_and_only_if_there_is_time_to_come() {
        let now = at("2026-11-22T08:00:00Z");
        let entry = Entry { earliest: now + hours(50), ..waiting(now + hours(100)) };
        for (free, told) in [(1, None), (2, Some(1)), (49, Some(1)), (50, None), (99, None), (100, None)] {
            assert_eq!(entry.notice_of(now + hours(free), now), told, "{free}");
        }
        let over = Entry { forget_at: now, ..entry };
        assert_eq!(over.notice_of(now + hours(49), now), None);
    }

    #[test]
    fn a_wait_ends_in_weeks_or_at_an_appointment_that_is_neither_too_near_nor_too_far() {
        let now = at("2026-11-22T08:00:00Z");
        assert_eq!(in_weeks(2, now), Some(at("2026-12-06T08:00:00Z")));
        assert_eq!((in_weeks(0, now), in_weeks(3, now)), (None, None));
        for (before, worth) in [(1, false), (2, false), (3, true), (24 * 366, true), (24 * 367, false)] {
            assert_eq!(is_worth_waiting(now + hours(before), now), worth, "{before}");
        }
    }

    /// What happens to a waiting list.
    #[derive(Debug, Clone)]
    enum Event {
        /// So many minutes pass.
        Pass(i64),
        /// The first free time is so many hours ahead, or there is none.
        Free(Option<i64>),
    }

    fn event() -> impl Strategy<Value = Event> {
        prop_oneof![
            (1i64..3_000).prop_map(Event::Pass),
            (0i64..400).prop_map(|ahead| Event::Free(Some(ahead))),
            proptest::strategy::Just(Event::Free(None)),
        ]
    }

    proptest! {
        #[test]
        fn never_more_than_one_notice_a_day_and_three_in_all(
            events in vec(event(), 1..120),
            asked in proptest::bool::ANY,
            length in 3i64..700,
        ) {
            let mut now = at("2026-11-22T08:00:00Z");
            let mut entry = waiting(now + hours(length));
            if asked {
                entry.stage = Stage::Asked;
            }
            let mut told: Vec<(Timestamp, Timestamp)> = Vec::new();
            for event in events {
                let free = match event {
                    Event::Pass(minutes) => {
                        now += SignedDuration::from_mins(minutes);
                        continue;
                    }
                    Event::Free(ahead) => ahead.map(|ahead| now + hours(ahead)),
                };
                if let Some((free, number)) = free.and_then(|free| Some((free, entry.notice_of(free, now)?))) {
                    prop_assert!(now < entry.forget_at && free < entry.before && free >= now + hours(2));
                    told.push((now, free));
                    entry.forget_at = entry.forget_after(number, now);
                    entry.stage = Stage::Waiting { notices: number, told_at: Some(now) };
                    entry.earliest = free;
                    prop_assert_eq!(entry.notice_of(free, now + hours(30)), None, "not twice of the same time");
                } else {
                    entry.earliest = entry.earliest.max(free.unwrap_or(entry.before).min(entry.before));
                }
            }
            let most = if asked { 0 } else { MOST_NOTICES };
            prop_assert!(told.len() <= usize::from(most));
            prop_assert!(told.windows(2).all(|pair| pair[1].0.duration_since(pair[0].0) >= hours(24)));
        }
    }
}
