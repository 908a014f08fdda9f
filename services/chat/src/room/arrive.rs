//! Coming in: as somebody new, or to go on as who one was.

use std::fmt;

use contracts::talk::Seat;
use data_encoding::BASE64URL_NOPAD;
use jiff::Timestamp;

use super::{
    Room, SocketId,
    mutant::Broken,
    present::{Flow, Link, Present, Secret},
    ring::Bits,
};
use crate::protocol::{Ending, Hear, Member, Resume, Role};

/// Somebody with a right to enter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrival {
    /// Whose place.
    pub seat: Seat,
    /// What may be done there.
    pub role: Role,
    /// When the room closes, after this right.
    pub closes: Timestamp,
    /// If the right is good for one browser.
    pub once: Option<Once>,
}

/// What is to be known of somebody whose right is good for one browser.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Once {
    /// Until when the first one may come.
    pub until: Timestamp,
    /// Which browser it is; one that does not say holds nothing.
    pub holder: Option<Holder>,
}

/// What stands for one browser: a MAC over a value that it made by chance.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Holder(pub [u8; 32]);

impl Holder {
    /// As nodes tell it to each other.
    pub(crate) fn write(self) -> String {
        BASE64URL_NOPAD.encode(&self.0)
    }

    /// What a node has told.
    pub(crate) fn read(text: &str) -> Option<Self> {
        let bytes = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?;
        bytes.try_into().ok().map(Self)
    }
}

impl fmt::Debug for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Holder(…)")
    }
}

impl Room {
    /// Somebody comes. What a right cannot give (a closed seat, a locked or full room) ends her socket; the newest place of a
    /// seat takes the older one's.
    pub fn come(
        &mut self,
        socket: SocketId,
        arrival: Arrival,
        resume: Option<&Resume>,
        secret: Secret,
        now: Timestamp,
    ) {
        if self.is_used(&arrival, now) {
            return self.last(socket, Ending::Used, None);
        }
        self.closes = self.closes.max(Some(arrival.closes));
        match self.who_was(&arrival, resume) {
            Some((at, seen)) => self.go_on(at, socket, seen, now),
            None => self.begin(socket, arrival, secret, now),
        }
        self.settle(now);
    }

    /// Whether a link that is good for one browser is held by another, or came too late to be held by anybody.
    fn is_used(&self, arrival: &Arrival, now: Timestamp) -> bool {
        let Some(Once { until, holder }) = arrival.once else { return false };
        if self.is_broken(Broken::Twice) {
            return false;
        }
        match self.held.get(&arrival.seat) {
            Some(held) => holder != Some(*held),
            None => holder.is_none() || now >= until,
        }
    }

    /// Who somebody was, if she proves it, and what she has taken.
    fn who_was(&self, arrival: &Arrival, resume: Option<&Resume>) -> Option<(usize, u64)> {
        let resume = resume?;
        let at = self.by_member(resume.member)?;
        let who = &self.people[at];
        let is_her = who.seat == arrival.seat && who.role == arrival.role && who.is_proved_by(&resume.secret);
        is_her.then_some((at, resume.seen))
    }

    fn go_on(&mut self, at: usize, socket: SocketId, seen: u64, now: Timestamp) {
        if seen > self.people[at].handed {
            return self.last(socket, Ending::Protocol, None);
        }
        if let Link::Here(older) = self.people[at].link {
            self.last(older, Ending::Elsewhere, None);
        }
        let forgets = self.is_broken(Broken::Forgets);
        let who = &mut self.people[at];
        who.link = Link::Here(socket);
        who.flow = Flow::Open;
        who.took = now;
        who.ahead = (0, 0);
        who.sent = if forgets { who.handed } else { seen };
        self.ring.taken(who.slot, seen, |_| {});
        self.has_changed = true;
        self.welcome(at, true, now);
        let refused: Vec<_> = self.people[at].refusals().collect();
        for (n, why) in refused {
            self.hear(at, &Hear::Refused { n, why });
        }
        self.hand_out(at);
    }

    fn begin(&mut self, socket: SocketId, arrival: Arrival, secret: Secret, now: Timestamp) {
        let Arrival { seat, role, closes, once } = arrival;
        let older = self.people.iter().position(|who| who.seat == seat);
        if let Some(why) = self.refuses(&seat, role, closes, older, now) {
            return self.last(socket, why, None);
        }
        if let Some(older) = older {
            self.leave(older, Ending::Elsewhere, None);
        }
        let taken: Bits = self.people.iter().map(|who| who.slot).collect();
        let Some(slot) = taken.free() else { return self.last(socket, Ending::Crowded, None) };
        // only now: who found the room locked or full may come again, from wherever she likes
        if let Some(holder) = once.and_then(|once| once.holder) {
            self.held.insert(seat.clone(), holder);
        }
        self.last_member += 1;
        let id = Member(self.last_member);
        let mut who = Present::new(id, (seat, role), slot, socket, secret, now);
        // what was said before is not for her
        who.sent = if self.is_broken(Broken::Inherits) { 0 } else { self.ring.next() - 1 };
        // most rooms are for two
        self.people.reserve_exact(1);
        self.people.push(who);
        self.has_changed = true;
        self.choose_keeper();
        self.welcome(self.people.len() - 1, false, now);
    }

    /// Why somebody new cannot come in.
    fn refuses(
        &self,
        seat: &Seat,
        role: Role,
        closes: Timestamp,
        older: Option<usize>,
        now: Timestamp,
    ) -> Option<Ending> {
        let others =
            || self.people.iter().enumerate().filter(|(at, _)| Some(*at) != older).map(|(_, who)| who);
        let hosts = others().filter(|who| who.is_host()).count();
        let waiting = others().filter(|who| !who.is_host() && !who.is_inside()).count();
        let is_new = role != Role::Host && older.is_none() && !self.known.contains(seat);
        let is_crowded = match role {
            Role::Host => hosts >= self.limits.hosts,
            Role::Seeker | Role::Guest => waiting >= self.limits.waiting,
        };
        if now >= closes {
            Some(Ending::Closed)
        } else if self.banned.contains(seat) {
            Some(Ending::Removed)
        } else if self.locked && is_new {
            Some(Ending::Locked)
        } else {
            is_crowded.then_some(Ending::Crowded)
        }
    }
}
