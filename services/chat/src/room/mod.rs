//! A room: who is there, who talks, and one order of what is said. No I/O and no clock; what happens comes in, what is to be
//! sent goes out.
//!
//! It refuses to know what is said. What it promises stands in `tests`: whoever stays gets each thing once and in order,
//! nobody gets what was not for her, the epochs of the group never fork, and memory is bounded.

mod arrive;
mod call;
mod commit;
mod host;
mod limits;
mod mutant;
mod present;
mod queue;
mod ring;
mod say;
mod show;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use axum::extract::ws::Utf8Bytes;
use contracts::{
    media::CallSay,
    talk::{RoomNews, Seat},
};
use jiff::Timestamp;

pub use self::{
    arrive::{Arrival, Holder, Once},
    limits::Limits,
    present::Secret,
    queue::{Outlook, Stand},
};
use self::{
    mutant::Broken,
    present::{Flow, Link, Present},
    ring::Ring,
};
use crate::protocol::{Body, Ending, Epoch, Hear, Member};

/// A text for a socket, made once and shared by all who get it.
pub type Frame = Utf8Bytes;

/// A connection, as the room knows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SocketId(pub u64);

/// What is to be done with a socket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Out {
    /// Send a text.
    Frame {
        /// To whom.
        socket: SocketId,
        /// What.
        text: Frame,
    },
    /// Send a last text and end it.
    Last {
        /// Whose.
        socket: SocketId,
        /// What.
        text: Frame,
    },
    /// Tell which ways there are for a call.
    Ways {
        /// On which socket.
        socket: SocketId,
        /// Whose ways.
        member: Member,
    },
    /// Bring something to the engine of calls.
    Call {
        /// From whom.
        member: Member,
        /// What.
        about: Box<CallSay>,
    },
    /// Take somebody out of the call.
    HangUp {
        /// Whom.
        member: Member,
    },
}

/// A room.
pub struct Room {
    limits: Limits,
    /// In the order in which they came.
    people: Vec<Present>,
    ring: Ring,
    group: Option<Epoch>,
    keeper: Option<Member>,
    known: BTreeSet<Seat>,
    banned: BTreeSet<Seat>,
    /// Which browser holds the seat of a link that is good for one.
    held: BTreeMap<Seat, Holder>,
    locked: bool,
    last_member: u32,
    closes: Option<Timestamp>,
    /// Since when nobody is there.
    empty: Timestamp,
    is_over: bool,
    has_changed: bool,
    is_tight: bool,
    taken: u64,
    out: Vec<Out>,
    #[cfg(test)]
    broken: Option<mutant::Broken>,
}

impl Room {
    /// A room in which nobody is.
    pub fn new(limits: Limits, now: Timestamp) -> Self {
        Self {
            limits,
            // a seeker and a counsellor, mostly
            people: Vec::with_capacity(2),
            ring: Ring::default(),
            group: None,
            keeper: None,
            known: BTreeSet::new(),
            banned: BTreeSet::new(),
            held: BTreeMap::new(),
            locked: false,
            last_member: 0,
            closes: None,
            empty: now,
            is_over: false,
            has_changed: false,
            is_tight: false,
            taken: 0,
            out: Vec::new(),
            #[cfg(test)]
            broken: None,
        }
    }

    /// What is to be sent since this was asked last, in its order.
    pub fn drain(&mut self) -> std::vec::Drain<'_, Out> {
        self.out.drain(..)
    }

    /// Takes one thing at a time while memory is short elsewhere.
    pub fn tighten(&mut self, is_tight: bool) {
        self.is_tight = is_tight;
    }

    /// How many bytes wait here.
    pub fn held(&self) -> usize {
        self.ring.bytes()
    }

    /// Gives back the memory that a busy moment took.
    pub fn rest(&mut self) {
        self.out.shrink_to(4);
    }

    /// How many things were taken since this was asked last.
    pub fn count_taken(&mut self) -> u64 {
        std::mem::take(&mut self.taken)
    }

    /// A connection is gone; who it belonged to may come back within the grace.
    pub fn lost(&mut self, socket: SocketId, now: Timestamp) {
        if let Some(at) = self.by_socket(socket) {
            self.people[at].link = Link::Away { since: now };
            self.has_changed = true;
        }
        self.settle(now);
    }

    /// Time has passed.
    pub fn tick(&mut self, now: Timestamp) {
        if self.closes.is_some_and(|closes| now >= closes) {
            self.finish(Ending::Closed, now);
        }
        while let Some(at) = self.people.iter().position(|who| self.is_given_up(who, now)) {
            self.leave(at, Ending::TooFast, None);
        }
        self.settle(now);
    }

    /// When [`Room::tick`] has something to do next.
    pub fn deadline(&self) -> Option<Timestamp> {
        let people = self.people.iter().filter_map(|who| self.patience(who));
        let empty = self.is_quiet().then(|| self.empty + self.limits.empty);
        people.chain(empty).chain(self.closes).min()
    }

    /// Ends it for everybody, and for good.
    pub fn finish(&mut self, why: Ending, now: Timestamp) {
        self.send_away(why, now);
        self.is_over = true;
    }

    /// Ends it for who has this seat.
    pub fn unseat(&mut self, seat: &Seat, why: Ending, now: Timestamp) {
        self.known.remove(seat);
        while let Some(at) = self.people.iter().position(|who| who.seat == *seat) {
            self.leave(at, why, None);
        }
        self.settle(now);
    }

    /// Whether nothing is left of it that somebody could come back to.
    pub fn is_done(&self, now: Timestamp) -> bool {
        self.is_over || self.is_quiet() && now.duration_since(self.empty) >= self.limits.empty
    }

    /// Whether nobody is there, and nothing has to be remembered for who might come.
    fn is_quiet(&self) -> bool {
        self.people.is_empty() && self.banned.is_empty() && self.held.is_empty()
    }

    /// Whether it was closed, so that nobody comes in any more.
    pub fn is_over(&self) -> bool {
        self.is_over
    }

    /// What goes on; nothing when nobody is there.
    pub fn news(&self) -> Option<RoomNews> {
        if self.people.is_empty() {
            return None;
        }
        let knocking = self.people.iter().filter(|who| !who.is_inside() && !who.is_host());
        let knocking = knocking.filter(|who| who.socket().is_some()).filter_map(|who| who.knocked);
        let inside = self.people.iter().filter(|who| who.is_inside()).count();
        Some(RoomNews {
            waiting: count(knocking.clone().count()),
            waiting_since: knocking.min(),
            inside: count(inside),
        })
    }

    /// Everybody goes, and a new conversation would begin anew; closed seats stay closed.
    fn send_away(&mut self, why: Ending, now: Timestamp) {
        for at in (0..self.people.len()).rev() {
            self.leave(at, why, None);
        }
        self.ring.clear();
        self.known.clear();
        self.locked = false;
        self.settle(now);
    }

    /// Somebody goes, and what only she had not taken goes with her.
    fn leave(&mut self, at: usize, why: Ending, letter: Option<Body>) {
        let who = self.people.remove(at);
        if !self.is_broken(Broken::Inherits) {
            self.ring.forget(who.slot);
        }
        if let Some(socket) = who.socket() {
            self.last(socket, why, letter);
        }
        if who.is_in_call {
            self.out.push(Out::HangUp { member: who.id });
        }
        self.has_changed = true;
    }

    /// Whether nobody waits for her any longer: she is away, or she is here and takes nothing while others wait for space.
    fn is_given_up(&self, who: &Present, now: Timestamp) -> bool {
        self.patience(who).is_some_and(|until| now >= until)
    }

    /// Until when she is waited for.
    fn patience(&self, who: &Present) -> Option<Timestamp> {
        match who.link {
            Link::Away { since } => Some(since + self.limits.grace),
            Link::Here(_) => {
                if self.is_broken(Broken::Patient) {
                    return None;
                }
                let is_full = self.people.iter().any(|other| other.flow == Flow::Full);
                let oldest = self.ring.oldest(who.slot).filter(|_| is_full)?;
                Some(oldest.at.max(who.took) + self.limits.grace)
            }
        }
    }

    /// Brings what follows from what happened to its end.
    fn settle(&mut self, now: Timestamp) {
        if self.has_changed {
            self.choose_keeper();
            self.show();
            if self.people.is_empty() {
                self.ring.clear();
                self.empty = now;
            }
            self.has_changed = false;
        }
        self.invite();
    }

    /// Who keeps the group: as long as she is there the one who did; then the host who is longest in it; without one the host
    /// who is longest there, who has to begin a new group.
    fn choose_keeper(&mut self) {
        let mut hosts = self.people.iter().filter(|who| who.is_host());
        if hosts.clone().any(|host| Some(host.id) == self.keeper) {
            return;
        }
        let inside = hosts.clone().find(|host| host.is_inside());
        self.keeper = inside.or_else(|| hosts.next()).map(|host| host.id);
    }

    /// Tells those who wait for space that there is some.
    fn invite(&mut self) {
        if !self.ring.has_space(&self.limits()) {
            return;
        }
        for at in 0..self.people.len() {
            if self.people[at].flow == Flow::Full {
                self.people[at].flow = Flow::Invited;
                self.hear(at, &Hear::Space {});
            }
        }
    }

    /// Hands out what somebody has not got yet, as far as she may be ahead.
    fn hand_out(&mut self, at: usize) {
        let is_flood = self.is_broken(Broken::Floods);
        let who = &mut self.people[at];
        let Link::Here(socket) = who.link else { return };
        while let Some(entry) = self.ring.after(who.sent, who.slot) {
            let text = entry.frame(who.id).clone();
            let (things, bytes) = who.ahead;
            let is_too_much =
                things >= self.limits.ahead_things || bytes + text.len() > self.limits.ahead_bytes;
            if things > 0 && is_too_much && !is_flood {
                return;
            }
            who.ahead = (things + 1, bytes + text.len());
            who.sent = entry.seq;
            who.handed = who.handed.max(entry.seq);
            self.out.push(Out::Frame { socket, text });
        }
    }

    /// Says something to one person, if she is here.
    fn hear(&mut self, at: usize, hear: &Hear) {
        if let Some(socket) = self.people[at].socket() {
            self.out.push(Out::Frame { socket, text: text(hear) });
        }
    }

    fn last(&mut self, socket: SocketId, why: Ending, letter: Option<Body>) {
        self.out.push(Out::Last { socket, text: text(&Hear::Over { why, letter }) });
    }

    /// Ends a socket; who it belonged to may come back.
    fn cut(&mut self, at: usize, why: Ending, now: Timestamp) {
        if let Link::Here(socket) = self.people[at].link {
            self.last(socket, why, None);
            self.people[at].link = Link::Away { since: now };
            self.has_changed = true;
        }
    }

    fn limits(&self) -> Limits {
        Limits { things: if self.is_tight { 1 } else { self.limits.things }, ..self.limits }
    }

    fn by_socket(&self, socket: SocketId) -> Option<usize> {
        self.people.iter().position(|who| who.link == Link::Here(socket))
    }

    fn by_member(&self, member: Member) -> Option<usize> {
        self.people.iter().position(|who| who.id == member)
    }
}

/// The text of something that is heard.
pub fn text(hear: &Hear) -> Frame {
    // texts, numbers and truth values: there is nothing that could not be written
    let mut text = serde_json::to_string(hear).unwrap_or_default();
    // what is counted in the ring is what is held
    text.shrink_to_fit();
    text.into()
}

fn count(people: usize) -> u32 {
    u32::try_from(people).unwrap_or(u32::MAX)
}
