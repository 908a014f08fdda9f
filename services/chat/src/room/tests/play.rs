//! A room and what each socket hears, for cases played step by step.

use std::collections::BTreeMap;

use contracts::{media::CallHear, talk::Seat};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::super::{Arrival, Holder, Limits, Once, Out, Room, SocketId, mutant::Broken};
use crate::protocol::{Admission, Body, Epoch, Kind, Member, Resume, Role, Say, Token};

pub(super) struct Play {
    pub(super) room: Room,
    pub(super) now: Timestamp,
    sockets: u64,
    heard: BTreeMap<SocketId, Vec<Value>>,
    asked: Vec<Out>,
}

/// Somebody with a socket.
#[derive(Debug, Clone)]
pub(super) struct Who {
    pub(super) socket: SocketId,
    pub(super) member: Member,
    pub(super) inside: Value,
}

pub(super) fn body(text: &str) -> Body {
    Body(text.into())
}

pub(super) fn epoch(generation: u32, epoch: u32) -> Epoch {
    Epoch { generation, epoch }
}

impl Play {
    pub(super) fn new() -> Self {
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let limits = Limits { inside: 3, waiting: 2, hosts: 3, ..Limits::default() };
        Self { room: Room::new(limits, now), now, sockets: 0, heard: BTreeMap::new(), asked: Vec::new() }
    }

    /// The same with one promise broken.
    pub(super) fn broken(broken: Option<Broken>) -> Self {
        let mut play = Self::new();
        play.room.broken = broken;
        play
    }

    /// Tries to come; what is heard first.
    pub(super) fn try_come(&mut self, seat: &str, role: Role, resume: Option<&Resume>) -> (SocketId, Value) {
        self.arrive(seat, role, None, resume)
    }

    /// Tries to come with a link for one browser, good to be opened until so many seconds after the beginning.
    pub(super) fn try_link(&mut self, seat: &str, until: i64, holder: Option<u8>) -> (SocketId, Value) {
        let until = Timestamp::from_second(1_800_000_000 + until).unwrap();
        let once = Once { until, holder: holder.map(|holder| Holder([holder; 32])) };
        self.arrive(seat, Role::Guest, Some(once), None)
    }

    fn arrive(
        &mut self,
        seat: &str,
        role: Role,
        once: Option<Once>,
        resume: Option<&Resume>,
    ) -> (SocketId, Value) {
        self.sockets += 1;
        let socket = SocketId(self.sockets);
        let closes = Timestamp::from_second(1_800_007_200).unwrap();
        let arrival = Arrival { seat: Seat(seat.into()), role, closes, once };
        let mut secret = [0; 32];
        secret[0] = u8::try_from(self.sockets).unwrap();
        self.room.come(socket, arrival, resume, secret, self.now);
        self.listen();
        let first = self.heard.entry(socket).or_default().remove(0);
        (socket, first)
    }

    pub(super) fn come(&mut self, seat: &str, role: Role) -> Who {
        self.come_back(seat, role, None)
    }

    pub(super) fn come_back(&mut self, seat: &str, role: Role, resume: Option<&Resume>) -> Who {
        let (socket, inside) = self.try_come(seat, role, resume);
        let member = inside["member"].as_u64().unwrap_or_else(|| panic!("{seat} is kept out: {inside}"));
        Who { socket, member: Member(u32::try_from(member).unwrap()), inside }
    }

    /// Comes and knocks.
    pub(super) fn knocking(&mut self, seat: &str, role: Role) -> Who {
        let who = self.come(seat, role);
        self.say(&who, Say::Knock { letter: body("aaaa") });
        who
    }

    /// Says something; what she hears of it.
    pub(super) fn say(&mut self, who: &Who, say: Say) -> Vec<Value> {
        self.heard.remove(&who.socket);
        self.room.say(who.socket, say, self.now);
        self.listen();
        self.heard.remove(&who.socket).unwrap_or_default()
    }

    pub(super) fn write(&mut self, who: &Who, n: u32, text: &str) -> Vec<Value> {
        self.say(who, Say::Send { n, to: None, kind: Kind::Message, body: body(text) })
    }

    /// Commits; the answer to the number.
    pub(super) fn commit(
        &mut self,
        who: &Who,
        n: u32,
        after: Epoch,
        admit: &[&Who],
        remove: &[&Who],
    ) -> Value {
        let admit = admit.iter().map(|who| Admission { member: who.member, welcome: body("bbbb") }).collect();
        let remove = remove.iter().map(|who| who.member).collect();
        let heard = self.say(who, Say::Commit { n, after, body: body("cccc"), admit, remove });
        heard.into_iter().find(|heard| heard["n"] == n).unwrap_or_default()
    }

    pub(super) fn lost(&mut self, who: &Who) {
        self.room.lost(who.socket, self.now);
        self.listen();
    }

    pub(super) fn wait(&mut self, seconds: i64) {
        self.now += SignedDuration::from_secs(seconds);
        self.room.tick(self.now);
        self.listen();
    }

    /// What somebody has heard since she or this was asked last.
    pub(super) fn heard(&mut self, who: &Who) -> Vec<Value> {
        self.heard.remove(&who.socket).unwrap_or_default()
    }

    /// The same, one kind of it.
    pub(super) fn heard_of(&mut self, who: &Who, kind: &str) -> Vec<Value> {
        self.heard(who).into_iter().filter(|heard| heard["hear"] == kind).collect()
    }

    /// What was asked of relay and engine since this was called last.
    pub(super) fn asked(&mut self) -> Vec<Out> {
        std::mem::take(&mut self.asked)
    }

    /// The engine says something.
    pub(super) fn call_says(&mut self, who: &Who, about: CallHear) {
        self.room.call_says(who.member, about);
        self.listen();
    }

    /// Whether somebody is there by this socket.
    pub(super) fn is_connected(&self, socket: SocketId) -> bool {
        self.room.by_socket(socket).is_some()
    }

    pub(super) fn keeper(&self) -> Option<Member> {
        self.room.keeper
    }

    fn listen(&mut self) {
        for out in self.room.drain() {
            let (Out::Frame { socket, text } | Out::Last { socket, text }) = out else {
                self.asked.push(out);
                continue;
            };
            self.heard.entry(socket).or_default().push(serde_json::from_str(&text).unwrap());
        }
    }
}

impl Who {
    pub(super) fn resume(&self, seen: u64) -> Resume {
        Resume { member: self.member, secret: Token(self.inside["secret"].as_str().unwrap().into()), seen }
    }
}
