//! What has to be remembered for some minutes between two requests of the same browser: challenges, states of a sign-in
//! elsewhere. Kept in memory, taken out once, never more than a fixed number.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use data_encoding::BASE64URL_NOPAD;
use jiff::{SignedDuration, Timestamp};
use kernel::Secret;

/// How long somebody may take.
pub const MINUTES: i64 = 5;

/// Values waiting for the second request, by a random ticket that the browser holds in a cookie.
pub struct Ceremonies<T> {
    waiting: Mutex<HashMap<[u8; 32], Waiting<T>>>,
    most: usize,
}

struct Waiting<T> {
    until: Timestamp,
    value: T,
}

impl<T> Ceremonies<T> {
    /// Room for `most` values at a time.
    pub fn new(most: usize) -> Self {
        Self { waiting: Mutex::new(HashMap::new()), most }
    }

    /// Keeps a value and gives the ticket for it.
    ///
    /// When there is no room, the value that has waited longest goes: somebody in the middle of a sign-in has to begin
    /// again, and memory stays bounded.
    pub fn keep(&self, value: T, now: Timestamp) -> Secret<String> {
        let ticket: [u8; 32] = rand::random();
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() >= self.most {
            waiting.retain(|_, waiting| waiting.until > now);
        }
        if waiting.len() >= self.most
            && let Some(oldest) = waiting.iter().min_by_key(|(_, waiting)| waiting.until).map(|(id, _)| *id)
        {
            waiting.remove(&oldest);
        }
        waiting.insert(ticket, Waiting { until: now + SignedDuration::from_mins(MINUTES), value });
        Secret::new(BASE64URL_NOPAD.encode(&ticket))
    }

    /// Takes the value out; `None` when the ticket is unknown, was used or has run out.
    pub fn take(&self, ticket: &str, now: Timestamp) -> Option<T> {
        let ticket: [u8; 32] = BASE64URL_NOPAD.decode(ticket.as_bytes()).ok()?.try_into().ok()?;
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        waiting.remove(&ticket).filter(|waiting| waiting.until > now).map(|waiting| waiting.value)
    }
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;

    use super::*;

    fn now() -> Timestamp {
        "2026-11-23T09:00:00Z".parse().unwrap()
    }

    #[test]
    fn a_ticket_is_good_once_and_for_five_minutes() {
        let all = Ceremonies::new(10);
        let ticket = all.keep("a", now());
        assert_eq!(all.take("nonsense", now()), None);
        assert_eq!(all.take(ticket.expose(), now() + 4.minutes()), Some("a"));
        assert_eq!(all.take(ticket.expose(), now()), None, "used");
        let late = all.keep("b", now());
        assert_eq!(all.take(late.expose(), now() + 5.minutes()), None);
    }

    #[test]
    fn memory_is_bounded_and_the_oldest_goes_first() {
        let all = Ceremonies::new(3);
        let tickets: Vec<_> = (0..4).map(|n| all.keep(n, now() + i64::from(n).seconds())).collect();
        let found: Vec<_> = tickets.iter().map(|ticket| all.take(ticket.expose(), now())).collect();
        assert_eq!(found, [None, Some(1), Some(2), Some(3)]);
    }
}
