//! Calls: only who is inside has one, and it ends for who leaves. What is said in it goes on unread.

use contracts::media::{CallHear, CallSay, LONGEST_SDP};

use super::{Out, Room, say::Nonsense};
use crate::protocol::{Hear, Member};

impl Room {
    /// Somebody wants to know which ways there are. Who was sent back a moment ago asks in vain.
    pub(super) fn ways(&mut self, at: usize) {
        let who = &self.people[at];
        if let (Some(socket), true) = (who.socket(), who.is_inside()) {
            self.out.push(Out::Ways { socket, member: who.id });
        }
    }

    /// Somebody says something to the engine.
    pub(super) fn call(&mut self, at: usize, about: CallSay) -> Result<(), Nonsense> {
        if let CallSay::Offer { sdp, .. } | CallSay::Answer { sdp, .. } = &about
            && sdp.len() > LONGEST_SDP
        {
            return Err(Nonsense);
        }
        let who = &mut self.people[at];
        let member = who.id;
        match about {
            CallSay::Stop {} => {
                if std::mem::take(&mut who.is_in_call) {
                    self.out.push(Out::HangUp { member });
                }
            }
            about => {
                if who.is_inside() {
                    who.is_in_call = true;
                    self.out.push(Out::Call { member, about: Box::new(about) });
                }
            }
        }
        Ok(())
    }

    /// The engine says something to somebody. While her connection is away it is lost; she begins anew.
    pub fn call_says(&mut self, member: Member, about: CallHear) {
        let at = self.by_member(member).filter(|at| self.people[*at].is_in_call);
        if let Some(at) = at {
            self.hear(at, &Hear::Call { about });
        }
    }
}
