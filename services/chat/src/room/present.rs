//! Somebody who is in the room: where she stands, what she has said and what she has taken.

use std::collections::VecDeque;

use contracts::talk::Seat;
use data_encoding::BASE64URL_NOPAD;
use jiff::Timestamp;
use subtle::ConstantTimeEq;

use super::{SocketId, queue::Outlook, ring::Bits};
use crate::protocol::{Body, Member, Person, Refusal, Role, Standing, Token};

/// Refusals that are remembered for one who may not have heard of them.
const MOST_REFUSED: usize = 32;

/// Proves who one was.
pub type Secret = [u8; 32];

/// Where her connection is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Link {
    Here(SocketId),
    Away { since: Timestamp },
}

/// Whether she may send on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Flow {
    Open,
    /// She was told that nothing fits: what was on its way meanwhile is passed over, until what did not fit comes again.
    Full,
    /// She was told that there is space again.
    Invited,
}

/// What a number means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Turn {
    /// It is the next.
    Next,
    /// It was answered before.
    Again,
    /// It was on its way when nothing fitted.
    Early,
    /// Something is missing.
    Gap,
}

/// What she was told last on this socket.
#[derive(Debug, Default)]
pub(super) struct Shown {
    /// In the order in which they came. A list, because mostly there are two.
    pub(super) people: Vec<Person>,
    pub(super) keeper: Option<Member>,
    pub(super) locked: bool,
    /// Where she is in the queue.
    pub(super) queue: Option<Outlook>,
}

/// Somebody.
pub(super) struct Present {
    pub(super) id: Member,
    pub(super) seat: Seat,
    pub(super) role: Role,
    pub(super) standing: Standing,
    pub(super) link: Link,
    pub(super) slot: u8,
    pub(super) letter: Option<Body>,
    pub(super) knocked: Option<Timestamp>,
    pub(super) secret: Secret,
    /// The highest number of hers that was answered.
    pub(super) taken: u32,
    pub(super) flow: Flow,
    refused: VecDeque<(u32, Refusal)>,
    /// The highest number ever handed out to her.
    pub(super) handed: u64,
    /// The highest number handed out on this socket, or taken before.
    pub(super) sent: u64,
    /// What was handed out on this socket and is not taken yet.
    pub(super) ahead: (usize, usize),
    /// When she came, came back or took something last.
    pub(super) took: Timestamp,
    pub(super) shown: Shown,
    /// Whether she has said something to the engine of calls.
    pub(super) is_in_call: bool,
}

impl Present {
    pub(super) fn new(
        id: Member,
        (seat, role): (Seat, Role),
        slot: u8,
        socket: SocketId,
        secret: Secret,
        now: Timestamp,
    ) -> Self {
        Self {
            id,
            seat,
            role,
            standing: Standing::Waiting,
            link: Link::Here(socket),
            slot,
            letter: None,
            knocked: None,
            secret,
            taken: 0,
            flow: Flow::Open,
            refused: VecDeque::new(),
            handed: 0,
            sent: 0,
            ahead: (0, 0),
            took: now,
            shown: Shown::default(),
            is_in_call: false,
        }
    }

    pub(super) fn is_inside(&self) -> bool {
        self.standing == Standing::Inside
    }

    pub(super) fn is_host(&self) -> bool {
        self.role == Role::Host
    }

    pub(super) fn bit(&self) -> Bits {
        Bits::of(self.slot)
    }

    pub(super) fn socket(&self) -> Option<SocketId> {
        match self.link {
            Link::Here(socket) => Some(socket),
            Link::Away { .. } => None,
        }
    }

    /// Whether somebody who says this is her.
    pub(super) fn is_proved_by(&self, token: &Token) -> bool {
        // decoding is no secret-dependent work: what is compared is what was said, with what is kept
        let said = BASE64URL_NOPAD.decode(token.0.as_bytes()).unwrap_or_default();
        self.secret.as_slice().ct_eq(&said).into()
    }

    pub(super) fn token(&self) -> Token {
        Token(BASE64URL_NOPAD.encode(&self.secret))
    }

    /// What a number of hers means.
    pub(super) fn turn(&self, n: u32) -> Turn {
        match n {
            0 => Turn::Gap,
            n if n <= self.taken => Turn::Again,
            n if n == self.taken + 1 => Turn::Next,
            _ if self.flow != Flow::Open => Turn::Early,
            _ => Turn::Gap,
        }
    }

    /// Uses a number up.
    pub(super) fn take(&mut self, n: u32, refused: Option<Refusal>) {
        self.taken = n;
        self.flow = Flow::Open;
        if let Some(why) = refused {
            if self.refused.len() == MOST_REFUSED {
                self.refused.pop_front();
            }
            self.refused.push_back((n, why));
        }
    }

    /// Why this number was refused, if it was.
    pub(super) fn refusal(&self, n: u32) -> Option<Refusal> {
        self.refused.iter().find(|(refused, _)| *refused == n).map(|(_, why)| *why)
    }

    pub(super) fn refusals(&self) -> impl Iterator<Item = (u32, Refusal)> + '_ {
        self.refused.iter().copied()
    }

    /// Sends her before the door: her keys are no longer in the group, so that she has to knock anew.
    pub(super) fn send_back(&mut self) {
        self.standing = Standing::Waiting;
        self.letter = None;
        self.knocked = None;
    }
}
