//! Whether so much is going on that forms have to work for a time. Three signs, each of them to be explained in a sentence:
//! many holds everywhere, many holds from one network, and an offer whose holds hardly ever become appointments.

use std::collections::{HashMap, VecDeque};

use jiff::{SignedDuration, Timestamp};
use webkit::networks::Network;

use super::{
    Mark,
    counts::{Counts, NetworkCounts},
    limits::Busy,
};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const TEN_MINUTES: SignedDuration = SignedDuration::from_mins(10);
const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// What was held lately.
pub(super) struct Load {
    busy: Busy,
    everywhere: Counts<()>,
    networks: NetworkCounts,
    offers: HashMap<String, VecDeque<Taken>>,
}

/// A time that was held.
struct Taken {
    form: Mark,
    at: Timestamp,
    booked: bool,
}

impl Load {
    pub(super) fn new(busy: Busy) -> Self {
        Self {
            everywhere: Counts::new(busy.holds_a_minute, MINUTE),
            networks: NetworkCounts::new(busy.holds_of_a_network, TEN_MINUTES),
            offers: HashMap::new(),
            busy,
        }
    }

    /// Whether the next form has to work.
    pub(super) fn demands_work(&self, network: Network, offer: &str, now: Timestamp) -> bool {
        self.everywhere.wait(&(), now).is_some()
            || self.networks.is_full(network, now)
            || self.is_hoarded(offer, now)
    }

    pub(super) fn held(&mut self, form: Mark, network: Network, offer: &str, now: Timestamp) {
        self.everywhere.note((), now);
        self.networks.note(network, now);
        let holds = self.offers.entry(offer.to_owned()).or_default();
        if holds.len() >= self.busy.holds_of_an_offer {
            holds.pop_front();
        }
        holds.push_back(Taken { form, at: now, booked: false });
    }

    pub(super) fn booked(&mut self, form: &Mark, offer: &str) {
        let holds = self.offers.get_mut(offer).into_iter().flatten();
        for hold in holds.filter(|hold| hold.form == *form) {
            hold.booked = true;
        }
    }

    /// Somebody else was faster: that says nothing against the offer's people.
    pub(super) fn not_held(&mut self, form: &Mark, offer: &str) {
        if let Some(holds) = self.offers.get_mut(offer) {
            holds.retain(|hold| hold.form != *form);
        }
    }

    pub(super) fn forget(&mut self, now: Timestamp) {
        self.everywhere.forget(now);
        self.networks.forget(now);
        self.offers.retain(|_, holds| {
            holds.retain(|hold| now.duration_since(hold.at) < HOUR);
            !holds.is_empty()
        });
    }

    fn is_hoarded(&self, offer: &str, now: Timestamp) -> bool {
        let Some(holds) = self.offers.get(offer) else { return false };
        let recent = || holds.iter().filter(|hold| now.duration_since(hold.at) < HOUR);
        recent().count() >= self.busy.holds_of_an_offer
            && recent().filter(|hold| hold.booked).count() < self.busy.fewest_booked
    }
}
