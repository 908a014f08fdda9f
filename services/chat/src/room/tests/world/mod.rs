//! A room with people around it whose networks lose things, and a second book-keeping of what each of them has to hear.
//!
//! It knows from the room only who is there and what was answered. Who hears what it works out itself when a thing is taken,
//! and compares at every word that somebody reads.

mod hears;

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use contracts::talk::Seat;
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::super::{Arrival, Limits, Room, SocketId, mutant::Broken};
use crate::protocol::{Admission, Body, Epoch, Kind, Member, Resume, Role, Say, Token};

/// Something is not as it was promised.
pub(super) type Wrong = String;

/// Small enough that everything overflows soon.
pub(super) const SMALL: Limits = Limits {
    inside: 5,
    waiting: 4,
    hosts: 2,
    things: 10,
    bytes: 6_000,
    ahead_things: 3,
    ahead_bytes: 1_500,
    grace: SignedDuration::from_mins(2),
    empty: SignedDuration::from_mins(10),
};

/// The seats: two hosts, the others seek.
pub(super) const SEATS: usize = 6;

/// Who somebody is between two reloads of her page.
#[derive(Debug, Clone)]
pub(super) struct Session {
    pub(super) member: Member,
    secret: Token,
    seen: u64,
    next: u32,
    /// What was not answered yet.
    pending: VecDeque<(u32, Say)>,
    is_full: bool,
    knocked: bool,
}

/// Somebody at her page.
#[derive(Debug, Default)]
pub(super) struct Client {
    socket: Option<SocketId>,
    /// She has heard the first word on this socket, and says nothing before.
    is_in: bool,
    pub(super) session: Option<Session>,
    up: VecDeque<Say>,
    down: VecDeque<Value>,
    /// Numbers handed out on this socket that the room does not know to have arrived.
    ahead: Vec<u64>,
    /// When she came or said last what has arrived.
    took: Timestamp,
    /// Never says what has arrived.
    pub(super) stubborn: bool,
}

pub(super) struct World {
    pub(super) room: Room,
    pub(super) now: Timestamp,
    pub(super) clients: Vec<Client>,
    sockets: u64,
    words: u32,
    /// Who is in the group, and where it stands, by what was taken.
    inside: BTreeSet<Member>,
    group: Option<Epoch>,
    letters: BTreeSet<Member>,
    roles: BTreeMap<Member, Role>,
    answered: BTreeMap<Member, u32>,
    has_to_hear: BTreeMap<Member, Vec<String>>,
    has_heard: BTreeMap<Member, usize>,
    /// How many things were heard at all: a world in which nothing happens proves nothing.
    pub(super) heard: usize,
}

impl World {
    pub(super) fn new(broken: Option<Broken>) -> Self {
        let now = Timestamp::from_second(1_800_000_000).unwrap();
        let mut room = Room::new(SMALL, now);
        room.broken = broken;
        Self {
            room,
            now,
            clients: (0..SEATS).map(|_| Client::default()).collect(),
            sockets: 0,
            words: 0,
            inside: BTreeSet::new(),
            group: None,
            letters: BTreeSet::new(),
            roles: BTreeMap::new(),
            answered: BTreeMap::new(),
            has_to_hear: BTreeMap::new(),
            has_heard: BTreeMap::new(),
            heard: 0,
        }
    }

    /// Comes, or comes back. Without `resume` it is a reloaded page.
    pub(super) fn connect(&mut self, who: usize, resume: bool) -> Result<(), Wrong> {
        self.sockets += 1;
        let socket = SocketId(self.sockets);
        let client = &mut self.clients[who];
        if !resume {
            client.session = None;
        }
        client.up.clear();
        client.down.clear();
        client.ahead.clear();
        client.socket = Some(socket);
        client.is_in = false;
        client.took = self.now;
        let resume = client.session.as_ref().map(|session| Resume {
            member: session.member,
            secret: session.secret.clone(),
            seen: session.seen,
        });
        let mut secret = [0; 32];
        secret[..8].copy_from_slice(&self.sockets.to_be_bytes());
        let closes = self.now + SignedDuration::from_hours(24);
        let arrival = Arrival { seat: Seat(format!("seat-{who}")), role: role(who), closes, once: None };
        self.room.come(socket, arrival, resume.as_ref(), secret, self.now);
        self.after()
    }

    /// The connection breaks; the room may learn of it only when she comes back.
    pub(super) fn cut(&mut self, who: usize, is_noticed: bool) -> Result<(), Wrong> {
        let client = &mut self.clients[who];
        client.up.clear();
        client.down.clear();
        client.is_in = false;
        if let Some(socket) = client.socket.take()
            && is_noticed
        {
            self.room.lost(socket, self.now);
        }
        self.after()
    }

    /// Writes something: it is sent when her page thinks that it can be.
    pub(super) fn write(&mut self, who: usize, to: Option<Member>, kind: Kind, size: usize) {
        self.words += 1;
        let body = Body(format!("{:08}", self.words).repeat(size.max(1)).into());
        self.number(who, |n| Say::Send { n, to, kind, body });
    }

    /// A host commits: who has knocked comes in as far as `admit` says, and `remove` says who goes.
    pub(super) fn commit(&mut self, who: usize, begins: bool, is_late: bool, admit: u8, remove: u8) {
        let chosen = |mask: u8, at: usize| mask & (1 << (at % 8)) != 0;
        let waits = |member: &Member| begins || !self.inside.contains(member);
        let me = self.clients[who].session.as_ref().map(|session| session.member);
        let others =
            || self.room.people.iter().map(|who| who.id).filter(|member| Some(*member) != me).enumerate();
        self.words += 1;
        let word = self.words;
        let admitted = others().filter(|(at, member)| chosen(admit, *at) && waits(member));
        let admitted = admitted.filter(|(_, member)| self.letters.contains(member));
        let admit: Vec<_> = admitted
            .map(|(_, member)| Admission {
                member,
                welcome: Body(format!("{word:06}{:02}", member.0 % 100).into()),
            })
            .collect();
        let goes = others().filter(|(at, member)| chosen(remove, *at) && self.inside.contains(member));
        let remove: Vec<Member> = goes.map(|(_, member)| member).collect();
        let remove = if begins { Vec::new() } else { remove };
        let now = self.group.unwrap_or(Epoch { generation: 0, epoch: 0 });
        let mut after = if begins { Epoch { generation: now.generation + 1, epoch: 0 } } else { now };
        if is_late {
            after.epoch = after.epoch.saturating_sub(1);
        }
        let body = Body(format!("{word:08}").into());
        self.number(who, |n| Say::Commit { n, after, body, admit, remove });
    }

    fn number(&mut self, who: usize, say: impl FnOnce(u32) -> Say) {
        let client = &mut self.clients[who];
        let Some(session) = &mut client.session else { return };
        session.next += 1;
        let say = say(session.next);
        session.pending.push_back((session.next, say.clone()));
        if client.socket.is_some() && client.is_in && !session.is_full {
            client.up.push_back(say);
        }
    }

    /// Says something again that has arrived, because its answer has not.
    pub(super) fn repeat(&mut self, who: usize) {
        let client = &mut self.clients[who];
        let Some(session) = client.session.as_ref().filter(|_| client.is_in) else { return };
        let answered = self.answered.get(&session.member).copied().unwrap_or_default();
        if let Some((_, say)) = session.pending.iter().rfind(|(n, _)| *n <= answered) {
            client.up.push_front(say.clone());
        }
    }

    pub(super) fn say(&mut self, who: usize, say: Say) {
        if self.clients[who].is_in {
            self.clients[who].up.push_back(say);
        }
    }

    pub(super) fn see(&mut self, who: usize) {
        let client = &self.clients[who];
        if let Some(session) = client.session.as_ref().filter(|_| !client.stubborn) {
            self.say(who, Say::Seen { upto: session.seen });
        }
    }

    /// So many things of hers arrive at the room.
    pub(super) fn carry(&mut self, who: usize, most: usize) -> Result<(), Wrong> {
        for _ in 0..most {
            let client = &mut self.clients[who];
            let (Some(socket), Some(say)) = (client.socket, client.up.pop_front()) else { break };
            if let Say::Seen { upto } = &say {
                let before = client.ahead.len();
                client.ahead.retain(|seq| seq > upto);
                if client.ahead.len() < before && self.room.by_socket(socket).is_some() {
                    client.took = self.now;
                }
            }
            let session = client.session.as_ref().map(|session| session.member);
            let (before, knows) = (self.room.people.len(), self.room.by_socket(socket).is_some());
            self.room.say(socket, say.clone(), self.now);
            if let Some(member) = session.filter(|_| knows && before > 0) {
                self.note(socket, member, &say)?;
            }
            self.after()?;
        }
        Ok(())
    }

    /// Knocks, when she is there and has not.
    pub(super) fn knock(&mut self, who: usize) {
        let client = &mut self.clients[who];
        if let Some(session) = client.session.as_mut().filter(|_| client.is_in)
            && !std::mem::replace(&mut session.knocked, true)
        {
            client.up.push_back(Say::Knock { letter: Body("aaaa".into()) });
        }
    }

    pub(super) fn wait(&mut self, seconds: i64) -> Result<(), Wrong> {
        self.now += SignedDuration::from_secs(seconds);
        self.room.tick(self.now);
        self.after()
    }

    /// Everybody who can comes back, says and reads everything. Then whoever is there has heard all she had to.
    pub(super) fn come_to_rest(&mut self) -> Result<(), Wrong> {
        for _round in 0..40 {
            for who in 0..SEATS {
                if self.clients[who].socket.is_none() && self.clients[who].session.is_some() {
                    self.connect(who, true)?;
                }
                self.read(who, usize::MAX)?;
                self.see(who);
                self.carry(who, usize::MAX)?;
                self.read(who, usize::MAX)?;
            }
            self.wait(20)?;
        }
        for client in &self.clients {
            let Some(session) = &client.session else { continue };
            let (all, heard) = (self.has_to_hear.get(&session.member), self.has_heard.get(&session.member));
            let (all, heard) = (all.map_or(0, Vec::len), heard.copied().unwrap_or_default());
            if all != heard && !client.stubborn {
                return Err(format!("{:?} heard {heard} of {all}", session.member));
            }
            if !session.pending.is_empty() {
                return Err(format!("{:?} still has to say {:?}", session.member, session.pending));
            }
        }
        Ok(())
    }

    /// Who somebody is at the moment.
    pub(super) fn member(&self, who: usize) -> Option<Member> {
        self.clients[who].session.as_ref().map(|session| session.member)
    }
}

pub(super) fn role(who: usize) -> Role {
    match who {
        0 | 1 => Role::Host,
        2 | 3 => Role::Seeker,
        _ => Role::Guest,
    }
}
