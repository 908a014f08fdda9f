//! What is said on the socket of a conversation, version 1: JSON texts, one value each.
//!
//! The TypeScript side is made from these types (`make protocol`, drift is a failing check), so both sides read one
//! description. Bodies are what the relay must not understand: bytes in base64 that browsers sealed for each other.
//!
//! The course of a socket: the client says [`Say::Hello`] with a ticket it got a moment ago; the room answers [`Hear::Inside`] or
//! [`Hear::Over`]. From then on the client counts what it sends from 1 (`n`), the room counts what it hands out (`seq`).
//!
//! - `seq` grows, but not by one: others get things, too. Only [`Hear::Message`] and [`Hear::Commit`] have one and come again after
//!   [`Resume`]; everything else is said anew by [`Hear::Inside`].
//! - The room hands out 48 things or 384 kB ahead of [`Say::Seen`] and then waits: a client says it after 16 things, 64 kB or a
//!   quarter of a second, whichever is first. Who takes nothing for two minutes while others wait for space is gone
//!   ([`Ending::TooFast`]; to resume makes her somebody new).
//! - Things wait in the room, news of people do not: after [`Hear::Gone`] may still come what she said before.
//! - Whoever was inside and is not taken into a new group (or is sent back by a commit) hears [`Hear::Person`] about herself,
//!   waiting and known: she knocks again, with a new key package. After a resume the same stands in `people`.
//! - On one socket nothing is said twice, except what [`Hear::Space`] asks for. After a resume everything above `taken` is.
//! - A commit or a message that is refused is told again after a resume, so that `taken` is never mistaken for "accepted".
//! - Calls have no numbers: what was on its way when a socket broke is lost. After a resume a browser that is in a call offers anew
//!   and asks for a new way ([`CallSay::Restart`]).
//! - News of people: hosts see everybody with letters, who is inside sees hosts and who is inside with letters, who waits sees
//!   herself and that hosts are there. Who can be seen no longer is [`Hear::Gone`] for the one who cannot see her.

use std::{fmt, sync::Arc};

use contracts::media::{
    CallHear, CallSay, Direction, Drawn, Forwarding, IceServer, LONGEST_SDP, Sending, Source,
};
use serde::{Deserialize, Serialize};
use ts_rs::{Config, TS};

/// The version spoken here. A client that says another one is told to load its page anew.
pub const VERSION: u32 = 1;

/// Longest sealed bytes as text: 64 KiB in base64, with some room for padding and what sealing adds.
pub const LONGEST_BODY: usize = 90_000;

/// Longest sealed letter as text.
pub const LONGEST_LETTER: usize = 16_384;

/// Who somebody is in a room, given by the room when she comes in. Unique in a room; a reload gets another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[ts(type = "number")]
pub struct Member(pub u32);

/// Sealed bytes as text (base64 with padding).
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(type = "string")]
pub struct Body(pub Arc<str>);

/// What proves something: a ticket, or who one was.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(type = "string")]
pub struct Token(pub String);

/// What a client says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, TS)]
#[cfg_attr(test, derive(Serialize))]
#[serde(tag = "say", rename_all = "snake_case", deny_unknown_fields)]
pub enum Say {
    /// The first word on each socket.
    Hello {
        /// [`VERSION`] of the client.
        version: u32,
        /// The single-use ticket.
        ticket: Token,
        /// To go on as who one was; without it one comes as somebody new.
        #[serde(default)]
        #[ts(optional = nullable)]
        resume: Option<Resume>,
    },
    /// "Here I am": the sealed letter (pseudonym, wishes, MLS key package) that hosts read. Can be said again, when a new
    /// group begins.
    Knock {
        /// The sealed letter.
        letter: Body,
    },
    /// Something for others in the room.
    Send {
        /// The sender's own number: 1, 2, 3 …
        n: u32,
        /// For one member only (who may still be waiting); without it for everybody inside.
        #[serde(default)]
        #[ts(optional = nullable)]
        to: Option<Member>,
        /// What the sealed bytes are.
        kind: Kind,
        /// The sealed bytes.
        body: Body,
    },
    /// A new epoch of the group: only the keeper says it. All of it holds or none.
    Commit {
        /// The sender's own number, in one row with [`Say::Send`].
        n: u32,
        /// The epoch this follows. A group begins with the next generation (the first is 1) and epoch 0; the keeper is in
        /// it by that. Taken, the group stands one epoch further.
        after: Epoch,
        /// The MLS commit for those who were in the group already. Empty when nobody was.
        body: Body,
        /// Who comes in by it, with the sealed MLS Welcome.
        #[serde(default)]
        admit: Vec<Admission>,
        /// Who is no longer in it.
        #[serde(default)]
        remove: Vec<Member>,
    },
    /// Everything up to this number has arrived here.
    Seen {
        /// The highest `seq`.
        upto: u64,
    },
    /// A host sends somebody who waits away, with kind words (sealed).
    Decline {
        /// Who.
        member: Member,
        /// Sealed words.
        letter: Body,
    },
    /// A host takes somebody out of the room; with `ban` her seat stays closed for this room.
    Remove {
        /// Who.
        member: Member,
        /// Whether she may not come back.
        ban: bool,
    },
    /// A host lets nobody new knock, or again.
    Lock {
        /// Whether it is locked.
        locked: bool,
    },
    /// Which servers help to find a way to others, for a call. Answered by [`Hear::Ways`].
    Ways {},
    /// Something for the engine that forwards calls of three and more; the first one enters the call.
    Call {
        /// What.
        about: CallSay,
    },
    /// Leaves for good.
    Leave {},
    /// A host ends it for everybody.
    End {},
    /// "Are you there?", answered by [`Hear::Beat`].
    Beat {},
}

/// What was kept in order to go on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Resume {
    /// Who one was.
    pub member: Member,
    /// What proves it; from [`Hear::Inside`].
    pub secret: Token,
    /// The highest `seq` that has arrived.
    pub seen: u64,
}

/// What sealed bytes are, as far as the room has to know: nothing but how they are sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// An MLS message of the group.
    Message,
    /// A part of a file, sealed under the file's own key.
    Part,
    /// A letter sealed under the room secret, for who is not in the group yet.
    Letter,
}

/// Where the group stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Epoch {
    /// Grows when a host begins a new group, because the old one's keys are gone.
    pub generation: u32,
    /// Grows with each commit.
    pub epoch: u32,
}

/// Somebody who comes in by a commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Admission {
    /// Who.
    pub member: Member,
    /// The MLS Welcome, sealed under the room secret.
    pub welcome: Body,
}

/// What somebody may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Counsellor: lets people in, ends.
    Host,
    /// Seeker.
    Seeker,
    /// Somebody invited: an interpreter, a relative.
    Guest,
}

/// Where somebody stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Before the door.
    Waiting,
    /// In the group.
    Inside,
}

/// Somebody in the room, as others see her.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Person {
    /// Who.
    pub member: Member,
    /// What she may do.
    pub role: Role,
    /// Where she stands.
    pub standing: Standing,
    /// Whether her connection is there.
    pub connected: bool,
    /// Whether her seat had been let in before: then a host's page lets her in again without asking.
    pub known: bool,
    /// Her sealed letter, if she has knocked; for hosts, and among those inside.
    #[ts(optional = nullable)]
    pub letter: Option<Body>,
}

/// What a client hears.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
#[serde(tag = "hear", rename_all = "snake_case")]
pub enum Hear {
    /// The answer to [`Say::Hello`]: one is in the room (perhaps before the door).
    Inside {
        /// Who one is.
        member: Member,
        /// What one may do.
        role: Role,
        /// What [`Resume`] asks for.
        secret: Token,
        /// Whether one goes on as who one was. If not, keys and numbers begin anew.
        resumed: bool,
        /// The highest `n` the room has taken from this member: what was sent after it is sent again.
        taken: u32,
        /// In how many milliseconds the room closes by itself: clocks of devices are often wrong.
        closes_in: u64,
        /// Where the group stands; nothing before the first group.
        #[ts(optional = nullable)]
        group: Option<Epoch>,
        /// The keeper of the group: the host who commits.
        #[ts(optional = nullable)]
        keeper: Option<Member>,
        /// Whether new people may knock.
        locked: bool,
        /// Everybody there is to see, oneself among them.
        people: Vec<Person>,
    },
    /// A message has its number: everybody it is for will get it.
    Taken {
        /// The sender's number.
        n: u32,
    },
    /// The room can hold no more at the moment: send `n` and what follows again after [`Hear::Space`].
    Full {
        /// The first number that was not taken.
        n: u32,
    },
    /// There is space again.
    Space {},
    /// A message was not taken and never will be; its number is used up.
    Refused {
        /// The sender's number.
        n: u32,
        /// Why.
        why: Refusal,
    },
    /// A message, a letter or a part of a file.
    Message {
        /// The room's number.
        seq: u64,
        /// From whom.
        from: Member,
        /// How it is sealed.
        kind: Kind,
        /// The sealed bytes.
        body: Body,
    },
    /// The group has a new epoch. Who committed hears [`Hear::Taken`] instead.
    Commit {
        /// The room's number.
        seq: u64,
        /// From whom.
        from: Member,
        /// The epoch after it.
        group: Epoch,
        /// For who comes in by it: the sealed Welcome. For everybody else the commit.
        body: Body,
        /// Whether `body` is a Welcome for the one who hears it.
        welcome: bool,
    },
    /// Somebody came, changed, or lost her connection.
    Person(Person),
    /// Somebody is gone.
    Gone {
        /// Who.
        member: Member,
    },
    /// Another host keeps the group now (or nobody, until a host comes).
    Keeper {
        /// Who.
        #[ts(optional = nullable)]
        keeper: Option<Member>,
    },
    /// The room was locked or opened.
    Locked {
        /// Whether it is locked.
        locked: bool,
    },
    /// Where one is in the queue of an open consultation hour, while no host is there.
    Queue {
        /// How many come before.
        ahead: u32,
        /// Whether a counsellor looks at the queue.
        attended: bool,
        /// In about how many minutes it may be one's turn; nothing as long as nobody can know.
        #[ts(optional = nullable)]
        minutes: Option<u32>,
    },
    /// Servers that help to find a way to others, for who is inside.
    Ways {
        /// In the order in which they are tried.
        servers: Vec<IceServer>,
        /// Whether two people may see and hear each other through a relay only.
        relay_only: bool,
        /// For so many seconds the credentials hold.
        holds: u32,
        /// Whether there is an engine for calls of three and more.
        engine: bool,
    },
    /// Something the engine says.
    Call {
        /// What.
        about: CallHear,
    },
    /// The last word on a socket.
    Over {
        /// Why.
        why: Ending,
        /// Sealed words of a host who could not talk to her.
        #[ts(optional = nullable)]
        letter: Option<Body>,
    },
    /// The answer to [`Say::Beat`].
    Beat {},
}

/// Why a message was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The group has moved on, or somebody else keeps it.
    Stale,
    /// The sender may not say this, or not from where she stands.
    NotAllowed,
    /// Whom it is for is gone.
    Nobody,
}

/// Why a socket ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// One left.
    Left,
    /// A host ended it for everybody.
    Ended,
    /// Its time is over.
    Closed,
    /// The appointment was cancelled or moved.
    Revoked,
    /// A host could not talk to her.
    Declined,
    /// A host took her out of the room.
    Removed,
    /// The same right was used elsewhere: the newest place counts.
    Elsewhere,
    /// The link is good for one browser, and another one holds it; or nobody opened it in time.
    Used,
    /// The room is locked.
    Locked,
    /// As many as fit are there.
    Crowded,
    /// The ticket is used, unknown or too old: get another.
    Ticket,
    /// The client speaks another version: load the page anew.
    Version,
    /// What was said makes no sense here.
    Protocol,
    /// Too much was said at once, or came and was not taken: wait a moment and resume.
    TooFast,
    /// This server is going away: come back in a moment.
    Restart,
}

/// Sealed bytes are nobody's business: only how many there are.
impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Body({})", self.0.len())
    }
}

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token(…)")
    }
}

/// The TypeScript of everything said here, as it lies in `frontend/islands/talk/protocol.ts`.
pub fn typescript() -> String {
    let mut text = format!(
        "// What is said on the socket of a conversation. Made from services/chat/src/protocol.rs by `make protocol`.\n\n\
         export const VERSION = {VERSION};\n\n\
         /** Longest sealed bytes as text. */\nexport const LONGEST_BODY = {LONGEST_BODY};\n\n\
         /** Longest sealed letter as text. */\nexport const LONGEST_LETTER = {LONGEST_LETTER};\n\n\
         /** Longest description of a connection. */\nexport const LONGEST_SDP = {LONGEST_SDP};\n"
    );
    // numbers stay far below 2^53: `seq` counts what one room hands out
    let config = Config::new().with_large_int("number");
    for declared in [
        declared::<Member>(&config),
        declared::<Body>(&config),
        declared::<Token>(&config),
        declared::<Say>(&config),
        declared::<Resume>(&config),
        declared::<Kind>(&config),
        declared::<Epoch>(&config),
        declared::<Admission>(&config),
        declared::<Role>(&config),
        declared::<Standing>(&config),
        declared::<Person>(&config),
        declared::<Source>(&config),
        declared::<Direction>(&config),
        declared::<Sending>(&config),
        declared::<Forwarding>(&config),
        declared::<Drawn>(&config),
        declared::<IceServer>(&config),
        declared::<CallSay>(&config),
        declared::<CallHear>(&config),
        declared::<Hear>(&config),
        declared::<Refusal>(&config),
        declared::<Ending>(&config),
    ] {
        text.push('\n');
        text.push_str(&declared);
    }
    text
}

fn declared<T: TS>(config: &Config) -> String {
    let docs = T::docs().unwrap_or_default();
    format!("{docs}export {}\n", T::decl(config))
}
