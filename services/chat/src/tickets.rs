//! Tickets: what a browser gets for a right a moment before it opens a socket, so that rights stand in no address.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
};

use contracts::talk::Entry;
use data_encoding::BASE64URL_NOPAD;
use jiff::{SignedDuration, Timestamp};
use webkit::networks::{Network, Per};

use crate::{
    places::Counts,
    protocol::{Ending, Token},
    room::Holder,
};

/// A socket opens right after.
pub(crate) const VALID: SignedDuration = SignedDuration::from_secs(30);
/// Tickets at most.
const MOST: usize = 20_000;
/// Open tickets of one network: a whole house opens its pages at the full hour.
const OPEN: Per = Per { near: 100, wide: 500 };
/// How often what is too old is thrown away.
const TIDY: SignedDuration = SignedDuration::from_secs(5);

/// Why there is no ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoTicket {
    /// The network has too many open ones.
    TooMany,
    /// All together are too many.
    Full,
    /// The right counts no longer, or not now.
    Refused(Ending),
    /// The node that could give it cannot be reached, or cannot be found.
    Unreachable,
}

/// Somebody with a right, as she asks for a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Comer {
    pub(crate) entry: Entry,
    /// What her browser says it is, for links that are good for one.
    pub(crate) holder: Option<Holder>,
}

/// The open tickets.
pub(crate) struct Tickets(Mutex<State>);

struct State {
    open: HashMap<[u8; 32], Ticket>,
    counts: Counts,
    tidied: Timestamp,
}

struct Ticket {
    comer: Comer,
    until: Timestamp,
    network: Option<Network>,
}

impl Tickets {
    pub(crate) fn new(now: Timestamp) -> Self {
        Self(Mutex::new(State { open: HashMap::new(), counts: Counts::new(OPEN), tidied: now }))
    }

    /// A ticket for this right.
    pub(crate) fn issue(
        &self,
        comer: Comer,
        network: Option<Network>,
        now: Timestamp,
    ) -> Result<Token, NoTicket> {
        let mut state = self.state();
        if now.duration_since(state.tidied).abs() >= TIDY || state.open.len() >= MOST {
            state.tidied = now;
            state.forget(now);
        }
        if state.open.len() >= MOST {
            return Err(NoTicket::Full);
        }
        if !state.counts.take(network) {
            return Err(NoTicket::TooMany);
        }
        let secret: [u8; 32] = rand::random();
        state.open.insert(secret, Ticket { comer, until: now + VALID, network });
        Ok(Token(BASE64URL_NOPAD.encode(&secret)))
    }

    /// The right of a ticket, once.
    pub(crate) fn redeem(&self, token: &Token, now: Timestamp) -> Option<Comer> {
        let secret = BASE64URL_NOPAD.decode(token.0.as_bytes()).ok()?;
        let secret: [u8; 32] = secret.try_into().ok()?;
        let mut state = self.state();
        let ticket = state.open.remove(&secret)?;
        state.counts.give_back(ticket.network);
        (now < ticket.until).then_some(ticket.comer)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn forget(&mut self, now: Timestamp) {
        let Self { open, counts, .. } = self;
        open.retain(|_, ticket| {
            let keep = now < ticket.until;
            if !keep {
                counts.give_back(ticket.network);
            }
            keep
        });
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use contracts::talk::{RoomId, Seat, TalkRole};
    use kernel::FixedClock;
    use webkit::networks::Networks;

    use super::*;

    fn now() -> Timestamp {
        Timestamp::from_second(1_800_000_000).unwrap()
    }

    fn comer() -> Comer {
        let entry = Entry {
            room: RoomId("r".into()),
            seat: Seat("s".into()),
            role: TalkRole::Host,
            opens: 0,
            closes: i64::MAX,
            issued: 0,
            queue: None,
            once: None,
            phone: None,
        };
        Comer { entry, holder: Some(Holder([7; 32])) }
    }

    #[test]
    fn a_ticket_is_good_once_and_for_half_a_minute() {
        let tickets = Tickets::new(now());
        let token = tickets.issue(comer(), None, now()).unwrap();
        assert_eq!(tickets.redeem(&token, now()), Some(comer()));
        assert_eq!(tickets.redeem(&token, now()), None);
        let token = tickets.issue(comer(), None, now()).unwrap();
        assert_eq!(tickets.redeem(&token, now() + VALID), None);
        for nonsense in ["", "a", "ä", &"A".repeat(43), &"A".repeat(10_000)] {
            assert_eq!(tickets.redeem(&Token(nonsense.to_owned()), now()), None);
        }
    }

    #[test]
    fn open_tickets_are_bounded_for_a_network_and_for_all() {
        let networks = Networks::new(Arc::new(FixedClock::at(now())));
        let network = networks.of("192.0.2.7".parse().unwrap());
        let tickets = Tickets::new(now());
        let mut last = None;
        for _ in 0..OPEN.near {
            last = Some(tickets.issue(comer(), Some(network), now()).unwrap());
        }
        assert_eq!(tickets.issue(comer(), Some(network), now()), Err(NoTicket::TooMany));
        tickets.redeem(&last.unwrap(), now());
        assert!(tickets.issue(comer(), Some(network), now()).is_ok());
        for _ in OPEN.near as usize..MOST {
            tickets.issue(comer(), None, now()).unwrap();
        }
        assert_eq!(tickets.issue(comer(), None, now()), Err(NoTicket::Full));
        let later = now() + VALID;
        assert!(tickets.issue(comer(), Some(network), later).is_ok(), "those too old make space");
        assert_eq!(tickets.state().open.len(), 1);
    }
}
