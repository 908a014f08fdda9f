//! Who of a room is in its call: a leg of the engine for each. The engine's words come back through a short queue of their own.

use std::{sync::Arc, time::Duration};

use contracts::{
    media::{CallHear, CallSay, Direction, Leg, MediaEngine, WayFinder, Ways},
    talk::RoomId,
};
use jiff::Timestamp;
use tokio::sync::mpsc;

use crate::protocol::{Hear, Member};

/// What a call needs from outside.
#[derive(Clone)]
pub struct Calling {
    /// Who says which ways there are.
    pub ways: Arc<dyn WayFinder>,
    /// What forwards between three and more; without one calls are for two.
    pub engine: Option<Arc<dyn MediaEngine>>,
}

/// No servers and no engine: nobody is seen or heard, and no address is told to anybody.
impl Default for Calling {
    fn default() -> Self {
        Self { ways: Arc::new(NoWays), engine: None }
    }
}

struct NoWays;

impl WayFinder for NoWays {
    fn ways(&self, _: &RoomId, _: contracts::media::Member, _: Timestamp) -> Ways {
        Ways { servers: Vec::new(), relay_only: true, holds: Duration::from_secs(3_600) }
    }
}

/// Words of the engine that may wait for a room. It says few, and who misses one begins her call anew.
const WAITING: usize = 64;

/// What the engine says, and to which of the legs there ever were.
struct Said {
    leg: u32,
    about: CallHear,
}

/// The call of a room.
#[derive(Default)]
pub(super) struct Call {
    legs: Vec<(Member, u32, Box<dyn Leg>)>,
    last: u32,
    said: Option<(mpsc::Sender<Said>, mpsc::Receiver<Said>)>,
}

impl Call {
    /// Brings what somebody says to the engine; the first thing takes her into the call. What she is answered at once.
    pub(super) fn say(
        &mut self,
        calling: &Calling,
        room: &RoomId,
        member: Member,
        about: CallSay,
    ) -> Option<CallHear> {
        let at = match self.legs.iter().position(|(whose, ..)| *whose == member) {
            Some(at) => at,
            None => match self.join(calling, room, member) {
                Some(at) => at,
                None => return Some(CallHear::Full {}),
            },
        };
        if self.legs[at].2.say(about) {
            return None;
        }
        self.hang_up(member);
        Some(CallHear::Failed { direction: Direction::Up })
    }

    /// Takes somebody out.
    pub(super) fn hang_up(&mut self, member: Member) {
        self.legs.retain(|(whose, ..)| *whose != member);
    }

    /// The next thing the engine says to somebody who is still in the call.
    pub(super) async fn next(&mut self) -> (Member, CallHear) {
        let Some((_, said)) = &mut self.said else { return std::future::pending().await };
        loop {
            // a sender lies beside the receiver: there is always a next one
            let Some(Said { leg, about }) = said.recv().await else { return std::future::pending().await };
            if let Some((member, ..)) = self.legs.iter().find(|(_, number, _)| *number == leg) {
                return (*member, about);
            }
        }
    }

    fn join(&mut self, calling: &Calling, room: &RoomId, member: Member) -> Option<usize> {
        let engine = calling.engine.as_ref()?;
        self.last = self.last.wrapping_add(1);
        let number = self.last;
        let (said, _) = self.said.get_or_insert_with(|| mpsc::channel(WAITING));
        let said = said.clone();
        let listener = Box::new(move |about| {
            if said.try_send(Said { leg: number, about }).is_err() {
                metrics::counter!("talk_call_words_lost_total").increment(1);
            }
        });
        let leg = engine.join(room, member.0, listener).ok()?;
        self.legs.push((member, number, leg));
        Some(self.legs.len() - 1)
    }
}

/// Which ways somebody may use.
pub(super) fn ways(calling: &Calling, room: &RoomId, member: Member, now: Timestamp) -> Hear {
    let ways = calling.ways.ways(room, member.0, now);
    Hear::Ways {
        servers: ways.servers,
        relay_only: ways.relay_only,
        holds: u32::try_from(ways.holds.as_secs()).unwrap_or(u32::MAX),
        engine: calling.engine.is_some(),
    }
}
