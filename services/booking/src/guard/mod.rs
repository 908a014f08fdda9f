//! What keeps a script from taking all times: limits, and work that is asked for only while much is going on.
//!
//! Everything here lives in memory and is forgotten at a restart. A network is known by [`Network`], a form and an
//! appointment by an HMAC under a key in memory; nothing here has a `Debug`, so no log line can show any of it. Looking at
//! times is never limited here, and nobody works before she has chosen one.
//!
//! **What is limited per receipt.** There are no accounts, and recognising a person by her name, mail or phone would mean
//! keeping what is to be forgotten. So a limit holds for what somebody shows, and that is one thing at a time:
//! - a form holds one time: wanting another one gives the first back, and it becomes one appointment, once;
//! - a receipt is moved five times a day, against trading with appointments. Cancelling has no limit: it gives time back,
//!   and centres can release it late;
//! - a second appointment is a second form. Nothing links it to the first receipt, not even from `/mein-termin`, where a new
//!   one begins at the first step like everybody's. How many forms there are is limited by their networks.
//!
//! Requests without a network come from the operator's own machine (health checks, load tests) and are not limited.

mod counts;
mod holds;
mod limits;
mod load;
mod once;
mod proof;
#[cfg(test)]
mod tests;
mod ticket;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use altcha::Challenge;
use jiff::{SignedDuration, Timestamp};
use kernel::{Clock, Secret, ServerKey};
use webkit::{
    limits::Client,
    networks::{Network, Networks},
};

pub(crate) use self::counts::Counts;
pub use self::limits::{Busy, Effort, Limits};
use self::{
    counts::NetworkCounts,
    holds::OpenHolds,
    load::Load,
    once::Remembered,
    proof::{About, Proofs, VALID},
    ticket::{Tickets, Worth},
};

const HOUR: SignedDuration = SignedDuration::from_hours(1);
const DAY: SignedDuration = SignedDuration::from_hours(24);
/// How often what no longer counts is thrown away.
const TIDY: SignedDuration = SignedDuration::from_mins(1);

/// What stands for a form or an appointment here.
type Mark = [u8; 32];

/// Watches over holds, bookings, moves and tries.
pub struct Guard {
    clock: Arc<dyn Clock>,
    networks: Networks,
    marks: ServerKey,
    proofs: Proofs,
    tickets: Tickets,
    wait: SignedDuration,
    state: Mutex<State>,
}

/// Too much: try again after this time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limited {
    /// How long to wait.
    pub wait: SignedDuration,
}

/// Why a form gets no time now.
pub enum Refused {
    /// Its network has too much already.
    Limited(Limited),
    /// It has to work, or to wait.
    Asked(Box<Asked>),
}

/// What a form is asked for.
pub struct Asked {
    /// The work.
    pub challenge: Challenge,
    /// For waiting instead.
    pub ticket: String,
    /// How long.
    pub wait: SignedDuration,
    /// A solution was shown and was none: a browser should not try on by itself.
    pub tried: bool,
}

/// What a form shows.
#[derive(Default, Clone, Copy)]
pub struct Shown<'a> {
    /// The solution of a challenge, as ALTCHA sends it; or nothing.
    pub solution: &'a str,
    /// A ticket; or nothing.
    pub ticket: &'a str,
}

struct State {
    tidied: Timestamp,
    holds: OpenHolds,
    load: Load,
    /// Solutions and tickets that were accepted.
    used: Remembered<[u8; 32]>,
    /// Forms that worked or waited: whoever was not the fastest does not do so again for another time.
    paid: Remembered<About>,
    bookings: NetworkCounts,
    wrong_pins: NetworkCounts,
    joins: NetworkCounts,
    walk_ins: NetworkCounts,
    waits: NetworkCounts,
    moves: Counts<Mark>,
}

/// What is still to be asked.
struct Open {
    ticket: Option<String>,
    wait: SignedDuration,
    tried: bool,
}

impl Guard {
    /// A guard that knows nobody yet.
    pub fn new(limits: Limits, clock: Arc<dyn Clock>) -> Self {
        let key = ServerKey::random();
        Self {
            networks: Networks::new(clock.clone()),
            marks: key.derive("marks"),
            tickets: Tickets::new(&key),
            wait: limits.effort.wait,
            state: Mutex::new(State::new(&limits, clock.now())),
            proofs: Proofs::new(&key, limits.effort),
            clock,
        }
    }

    /// Where somebody asks from.
    pub fn network(&self, client: Client) -> Network {
        self.networks.of(client.0)
    }

    /// Lets a form take a time of an offer, and counts it as held from now on. A form that holds one already may change it.
    ///
    /// # Errors
    /// [`Refused`]; then nothing is counted.
    pub fn hold(
        &self,
        network: Option<Network>,
        form: &Secret<String>,
        offer: &str,
        shown: Shown<'_>,
    ) -> Result<(), Refused> {
        let Some(network) = network else { return Ok(()) };
        let now = self.clock.now();
        let about = About::hold(self.mark("form", form.expose()), offer);
        let open = {
            let mut state = self.state(now);
            if state.holds.has(&about.form, now) {
                state.holds.open(about.form, network, now);
                return Ok(());
            }
            state.holds.room(network, now).map_err(|wait| Refused::Limited(limited("holds", wait)))?;
            let free = state.paid.has(&about, now) || !state.load.demands_work(network, offer, now);
            match if free { Ok(()) } else { self.pay(&mut state, network, &about, shown, now) } {
                Ok(()) => {
                    state.load.held(about.form, network, offer, now);
                    state.holds.open(about.form, network, now);
                    return Ok(());
                }
                Err(refused) => refused.map_err(Refused::Limited)?,
            }
        };
        // outside of the lock, because making a challenge is some work, too
        let challenge = self.proofs.ask(&about, now);
        let challenge = challenge.ok_or_else(|| Refused::Limited(limited("holds", self.wait)))?;
        count("asked");
        let ticket = open.ticket.unwrap_or_else(|| self.tickets.issue(&about, now + self.wait));
        Err(Refused::Asked(Box::new(Asked { challenge, ticket, wait: open.wait, tried: open.tried })))
    }

    /// A form did not get the time after all.
    pub fn not_held(&self, form: &Secret<String>, offer: &str) {
        let mark = self.mark("form", form.expose());
        let mut state = self.state(self.clock.now());
        state.holds.close(&mark);
        state.load.not_held(&mark, offer);
    }

    /// A form gave its time back.
    pub fn released(&self, form: &Secret<String>) {
        let mark = self.mark("form", form.expose());
        self.state(self.clock.now()).holds.close(&mark);
    }

    /// Lets a form book what it holds, and counts it.
    ///
    /// # Errors
    /// [`Limited`]; then nothing is counted.
    pub fn book(&self, network: Option<Network>) -> Result<(), Limited> {
        self.take(network, "bookings", |state| &mut state.bookings)
    }

    /// It did not come to that.
    pub fn not_booked(&self, network: Option<Network>) {
        self.give_back(network, |state| &mut state.bookings);
    }

    /// What a form held is an appointment now.
    pub fn booked(&self, form: &Secret<String>, offer: &str) {
        let mark = self.mark("form", form.expose());
        let mut state = self.state(self.clock.now());
        state.holds.close(&mark);
        state.load.booked(&mark, offer);
        state.paid.remove(&About::hold(mark, offer));
    }

    /// Lets somebody try a code and a PIN, and counts it as a wrong try until [`Guard::right_pin`].
    ///
    /// # Errors
    /// [`Limited`], whatever the code is.
    pub fn try_pin(&self, network: Option<Network>) -> Result<(), Limited> {
        self.take(network, "pins", |state| &mut state.wrong_pins)
    }

    /// The try was right, or none.
    pub fn right_pin(&self, network: Option<Network>) {
        self.give_back(network, |state| &mut state.wrong_pins);
    }

    /// Lets somebody join a waiting list, and counts it.
    ///
    /// # Errors
    /// [`Limited`]; then nothing is counted.
    pub fn join_waiting_list(&self, network: Option<Network>) -> Result<(), Limited> {
        self.take(network, "waiting_list", |state| &mut state.joins)
    }

    /// Lets somebody come to an open consultation hour, and counts it.
    ///
    /// # Errors
    /// [`Limited`]; then nothing is counted.
    pub fn walk_in(&self, network: Option<Network>) -> Result<(), Limited> {
        self.take(network, "walk_ins", |state| &mut state.walk_ins)
    }

    /// It did not come to that.
    pub fn not_joined(&self, network: Option<Network>) {
        self.give_back(network, |state| &mut state.joins);
    }

    /// Lets the person whose appointment it is move it, and counts it.
    ///
    /// # Errors
    /// [`Limited`]; then nothing is counted.
    pub fn move_appointment(&self, id: &str) -> Result<(), Limited> {
        let now = self.clock.now();
        let mark = self.mark("appointment", id);
        self.state(now).moves.take(mark, now).map_err(|wait| limited("moves", wait))
    }

    /// It stayed where it was.
    pub fn not_moved(&self, id: &str) {
        let mark = self.mark("appointment", id);
        self.state(self.clock.now()).moves.give_back(&mark);
    }

    /// Takes what a form shows for the time it wants; in the inner error, what it is asked for.
    fn pay(
        &self,
        state: &mut State,
        network: Network,
        about: &About,
        shown: Shown<'_>,
        now: Timestamp,
    ) -> Result<(), Result<Open, Limited>> {
        let mut open = Open { ticket: None, wait: self.wait, tried: false };
        if !shown.solution.is_empty() {
            match self.proofs.check(shown.solution, about, now) {
                Ok(proof) if state.used.insert(proof.id, proof.until, now) => {
                    count("solved");
                    state.paid.insert(about.clone(), now + VALID, now);
                    return Ok(());
                }
                _ => {
                    count("refused");
                    open.tried = true;
                }
            }
        }
        match self.tickets.worth(shown.ticket, about, now) {
            Worth::Waited { id, until } if !state.used.has(&id, now) => {
                state.waits.take(network, now).map_err(|wait| Err(limited("waits", wait)))?;
                state.used.insert(id, until, now);
                count("waited");
                state.paid.insert(about.clone(), now + VALID, now);
                return Ok(());
            }
            Worth::Early(wait) => {
                open.ticket = Some(shown.ticket.trim().to_owned());
                open.wait = wait;
            }
            Worth::Waited { .. } | Worth::Nothing => {}
        }
        Err(Ok(open))
    }

    fn take(
        &self,
        network: Option<Network>,
        name: &'static str,
        counts: impl FnOnce(&mut State) -> &mut NetworkCounts,
    ) -> Result<(), Limited> {
        let Some(network) = network else { return Ok(()) };
        let now = self.clock.now();
        counts(&mut self.state(now)).take(network, now).map_err(|wait| limited(name, wait))
    }

    fn give_back(&self, network: Option<Network>, counts: impl FnOnce(&mut State) -> &mut NetworkCounts) {
        if let Some(network) = network {
            counts(&mut self.state(self.clock.now())).give_back(network);
        }
    }

    fn mark(&self, kind: &str, secret: &str) -> Mark {
        self.marks.derive(kind).mac(secret.as_bytes())
    }

    fn state(&self, now: Timestamp) -> MutexGuard<'_, State> {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if now.duration_since(state.tidied).abs() >= TIDY {
            state.tidied = now;
            state.forget(now);
        }
        state
    }
}

impl State {
    fn new(limits: &Limits, now: Timestamp) -> Self {
        Self {
            tidied: now,
            holds: OpenHolds::new(limits.open_holds),
            load: Load::new(limits.busy.clone()),
            used: Remembered::new(),
            paid: Remembered::new(),
            bookings: NetworkCounts::new(limits.bookings_an_hour, HOUR),
            wrong_pins: NetworkCounts::new(limits.wrong_pins_an_hour, HOUR),
            joins: NetworkCounts::new(limits.joins_an_hour, HOUR),
            walk_ins: NetworkCounts::new(limits.walk_ins_an_hour, HOUR),
            waits: NetworkCounts::new(limits.waits_an_hour, HOUR),
            moves: Counts::new(limits.moves_a_day, DAY),
        }
    }

    fn forget(&mut self, now: Timestamp) {
        self.holds.forget(now);
        self.load.forget(now);
        self.used.forget(now);
        self.paid.forget(now);
        for counts in
            [&mut self.bookings, &mut self.wrong_pins, &mut self.joins, &mut self.walk_ins, &mut self.waits]
        {
            counts.forget(now);
        }
        self.moves.forget(now);
    }
}

/// Seconds to wait, rounded up.
pub fn seconds(wait: SignedDuration) -> i64 {
    wait.as_secs().max(0) + i64::from(wait.subsec_nanos() > 0)
}

/// Tells the operator that somebody was refused; who, nobody knows.
fn limited(limit: &'static str, wait: SignedDuration) -> Limited {
    metrics::counter!("booking_limited_total", "limit" => limit).increment(1);
    Limited { wait }
}

/// Tells the operator what became of challenges.
fn count(outcome: &'static str) {
    metrics::counter!("booking_challenges_total", "outcome" => outcome).increment(1);
}
