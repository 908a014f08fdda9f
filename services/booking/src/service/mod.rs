//! What can be done: offering times, holding, booking, moving, cancelling, forgetting.
//!
//! One verb per file. A verb reads what it needs, decides by the domain, seals before it stores, and lets the store's
//! keys settle every race.

/// Tries again where two transactions waited for each other.
///
/// A macro, because the future of an `async ||` is not known to be `Send` for every lifetime, and handlers need that.
macro_rules! retried {
    ($attempt:expr) => {{
        let mut again = 3u8;
        loop {
            match $attempt {
                Err(error) if again > 0 && error.is_worth_another_try() => again -= 1,
                outcome => break outcome,
            }
        }
    }};
}

mod belong;
mod bookable;
mod busy;
mod by;
mod change;
mod desk;
mod doubt;
mod feed;
mod follow;
mod forget;
mod free;
mod knock;
mod known;
mod others;
mod preview;
mod requests;
mod reserve;
mod seal;
mod talk;
mod wait;
mod walk_in;

use std::{
    sync::{Arc, OnceLock},
    time::Instant,
};

use contracts::{staff::StaffGrants, talk::Rooms};
use jiff::SignedDuration;
use kernel::{Clock, Secret, ServerKey};
use mailkit::Waker;
use tokio::sync::Notify;

pub use self::{
    bookable::{Bookable, FreeDay, FreeTime, Times},
    busy::{ConnectError, Readings},
    by::{By, Signature},
    desk::{Gap, Misfit},
    feed::{FeedEntry, FeedKey},
    follow::{DirectoryLog, LogUnavailable},
    forget::Forgotten,
    free::NextFree,
    knock::{Knock, KnockError, REMEMBERED as SLOWED},
    others::{GuestLink, Handover},
    preview::Proposal,
    requests::Request,
    reserve::{Booking as NewBooking, Reserved},
    talk::{AFTER, Comer, Talk},
    wait::{NoEntry, Wait},
};
use crate::{
    calendar::{AddressSeal, Uids, fetch::Fetcher},
    receipt::{Receipts, hash},
    sealing::{BelievedClock, KeyFolder},
    store::Store,
};

/// How long a time is kept free while somebody fills in the form.
pub const HOLD: SignedDuration = SignedDuration::from_mins(5);

/// Booking. Cheap to clone.
#[derive(Clone)]
pub struct Booking(Arc<Inner>);

/// What booking is made of.
pub struct Parts {
    /// Where appointments are kept.
    pub store: Arc<dyn Store>,
    /// Where the keys of what seekers say are kept.
    pub keys: Arc<KeyFolder>,
    /// The installation's key.
    pub key: ServerKey,
    /// The time.
    pub clock: Arc<dyn Clock>,
}

struct Inner {
    store: Arc<dyn Store>,
    keys: Arc<KeyFolder>,
    receipts: Receipts,
    ids: ServerKey,
    uids: Uids,
    addresses: AddressSeal,
    feeds: ServerKey,
    clock: Arc<dyn Clock>,
    wall: Arc<dyn Clock>,
    free: free::Cache,
    knocks: knock::Throttle,
    /// Addresses that were asked lately whether they want to wait, under `asked_key`.
    asked: knock::Throttle,
    asked_key: ServerKey,
    /// Times may have become free.
    freed: Notify,
    mailer: OnceLock<Waker>,
    fetcher: OnceLock<Fetcher>,
    staff: OnceLock<Arc<dyn StaffGrants>>,
    talk: talk::TalkKeys,
    rooms: OnceLock<Arc<dyn Rooms>>,
    /// Who was taken out of a queue a moment ago.
    taken: walk_in::Taken,
    /// Conversations that wait for a colleague.
    handovers: others::Handovers,
}

impl Booking {
    /// Booking made of its parts; the clock is taken as it is.
    pub fn new(parts: Parts) -> Self {
        let clock = parts.clock.clone();
        Self::by_clock(parts, clock)
    }

    /// Booking that goes by the believed time: a wall clock that leaps is not followed. The process began at `begun`.
    pub fn guarded(parts: Parts, begun: Instant) -> Self {
        let clock = BelievedClock::new(parts.keys.clone(), parts.clock.clone(), begun);
        Self::by_clock(parts, Arc::new(clock))
    }

    fn by_clock(parts: Parts, clock: Arc<dyn Clock>) -> Self {
        let Parts { store, keys, key, clock: wall } = parts;
        Self(Arc::new(Inner {
            store,
            keys,
            receipts: Receipts::new(&key),
            ids: key.derive("booking/id"),
            uids: Uids::new(&key),
            addresses: AddressSeal::new(&key),
            feeds: key.derive("booking/feed"),
            clock,
            wall,
            free: free::Cache::default(),
            knocks: knock::Throttle::default(),
            asked: knock::Throttle::default(),
            asked_key: key.derive("booking/waiting-address"),
            freed: Notify::new(),
            mailer: OnceLock::new(),
            fetcher: OnceLock::new(),
            staff: OnceLock::new(),
            talk: talk::TalkKeys::new(&key),
            rooms: OnceLock::new(),
            taken: walk_in::Taken::default(),
            handovers: others::Handovers::default(),
        }))
    }

    /// Where appointments are kept.
    pub fn store(&self) -> &dyn Store {
        self.0.store.as_ref()
    }

    /// The clock it goes by.
    pub fn clock(&self) -> Arc<dyn Clock> {
        self.0.clock.clone()
    }

    /// The present.
    pub fn now(&self) -> jiff::Timestamp {
        self.0.clock.now()
    }

    /// Calls the mailer whenever there is a mail to send, instead of leaving that to its next look.
    pub fn call_mailer(&self, waker: Waker) {
        // only the first call counts: there is one mailer in a process
        let _ = self.0.mailer.set(waker);
    }

    fn wake_mailer(&self) {
        if let Some(waker) = self.0.mailer.get() {
            waker.wake();
        }
    }

    /// The UID of an appointment in calendars: the same for its whole life, and of no use to find it here.
    pub fn calendar_uid(&self, appointment_id: &str) -> String {
        self.0.uids.of(appointment_id)
    }

    /// The id of the appointment that a form becomes: the same however often it is sent, and no sign of when.
    fn id_of(&self, form: &Secret<String>) -> String {
        let mac = self.0.ids.mac(&hash(form));
        data_encoding::HEXLOWER.encode(&mac[..16])
    }
}
