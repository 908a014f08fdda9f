//! What people say: who may say it to whom, and that each number is answered once.

use jiff::Timestamp;

use super::{
    Room, SocketId,
    mutant::Broken,
    present::{Flow, Turn},
    ring::{Bits, Thing},
    text,
};
use crate::protocol::{Body, Ending, Hear, Kind, LONGEST_BODY, LONGEST_LETTER, Member, Refusal, Say};

/// It makes no sense to say this: the socket ends.
pub(super) struct Nonsense;

impl Room {
    /// Somebody says something. Of a socket that the room knows no longer, it is passed over.
    pub fn say(&mut self, socket: SocketId, say: Say, now: Timestamp) {
        let Some(at) = self.by_socket(socket) else { return };
        if self.take(at, say, now).is_err() {
            // she may have gone by what she said, but then it made sense
            self.cut(at, Ending::Protocol, now);
        }
        self.settle(now);
    }

    fn take(&mut self, at: usize, say: Say, now: Timestamp) -> Result<(), Nonsense> {
        match say {
            Say::Hello { .. } => return Err(Nonsense),
            Say::Knock { letter } => self.knock(at, letter, now)?,
            Say::Send { n, to, kind, body } => self.send(at, n, (to, kind), &body, now)?,
            Say::Commit { n, after, body, admit, remove } => {
                self.commit(at, n, super::commit::Wanted { after, body, admit, remove }, now)?;
            }
            Say::Seen { upto } => self.seen(at, upto, now)?,
            Say::Decline { member, letter } => self.decline(at, member, letter)?,
            Say::Remove { member, ban } => self.remove(at, member, ban)?,
            Say::Lock { locked } => self.lock(at, locked)?,
            Say::Ways {} => self.ways(at),
            Say::Call { about } => self.call(at, about)?,
            Say::Leave {} => self.leave(at, Ending::Left, None),
            Say::End {} => self.end(at, now)?,
            Say::Beat {} => self.hear(at, &Hear::Beat {}),
        }
        Ok(())
    }

    fn knock(&mut self, at: usize, letter: Body, now: Timestamp) -> Result<(), Nonsense> {
        sound(&letter, LONGEST_LETTER)?;
        let who = &mut self.people[at];
        who.letter = Some(letter);
        if !who.is_inside() {
            who.knocked.get_or_insert(now);
        }
        self.has_changed = true;
        Ok(())
    }

    fn send(
        &mut self,
        at: usize,
        n: u32,
        (to, kind): (Option<Member>, Kind),
        body: &Body,
        now: Timestamp,
    ) -> Result<(), Nonsense> {
        sound(body, if kind == Kind::Letter { LONGEST_LETTER } else { LONGEST_BODY })?;
        if !self.is_turn(at, n)? {
            return Ok(());
        }
        match self.addressed(at, to, kind) {
            Err(why) => self.refuse(at, n, why),
            Ok(open) => {
                let (seq, from) = (self.ring.next(), self.people[at].id);
                let frame = text(&Hear::Message { seq, from, kind, body: body.clone() });
                if self.store(at, n, Thing::Same(frame), open, now) {
                    self.spread(open);
                }
            }
        }
        Ok(())
    }

    /// Whether a number is the next one; one that was answered is answered again, one that came too early is passed over.
    pub(super) fn is_turn(&mut self, at: usize, n: u32) -> Result<bool, Nonsense> {
        let turn = match self.people[at].turn(n) {
            Turn::Again if self.is_broken(Broken::Repeats) => Turn::Next,
            Turn::Early if self.is_broken(Broken::Early) => Turn::Next,
            turn => turn,
        };
        match turn {
            Turn::Next => return Ok(true),
            Turn::Again => {
                let answer =
                    self.people[at].refusal(n).map_or(Hear::Taken { n }, |why| Hear::Refused { n, why });
                self.hear(at, &answer);
            }
            Turn::Early => {}
            Turn::Gap => return Err(Nonsense),
        }
        Ok(false)
    }

    /// Whom something is for.
    fn addressed(&self, at: usize, to: Option<Member>, kind: Kind) -> Result<Bits, Refusal> {
        let from = &self.people[at];
        if to.is_none() && kind != Kind::Letter {
            if !from.is_inside() {
                return Err(Refusal::NotAllowed);
            }
            let others = self.people.iter().filter(|who| who.id != from.id);
            let inside = others.filter(|who| who.is_inside() || self.is_broken(Broken::Eavesdropped));
            return Ok(inside.map(|who| who.slot).collect());
        }
        let to = to.ok_or(Refusal::NotAllowed)?;
        let to = &self.people[self.by_member(to).ok_or(Refusal::Nobody)?];
        let may = match kind {
            Kind::Letter => from.is_host() || to.is_host(),
            Kind::Message | Kind::Part => from.is_inside() && to.is_inside(),
        };
        match may && from.id != to.id {
            true if self.is_broken(Broken::Aloud) => Ok(self.people.iter().map(|who| who.slot).collect()),
            true => Ok(to.bit()),
            false => Err(Refusal::NotAllowed),
        }
    }

    /// Takes a thing into the ring and answers its number; or says that nothing fits.
    pub(super) fn store(&mut self, at: usize, n: u32, thing: Thing, open: Bits, now: Timestamp) -> bool {
        let fits = self.ring.fits(thing.bytes(), &self.limits()) || self.is_broken(Broken::Boundless);
        if !fits && !open.is_empty() {
            self.people[at].flow = Flow::Full;
            self.hear(at, &Hear::Full { n });
            return false;
        }
        self.ring.push(thing, open, now);
        self.taken += 1;
        self.answer(at, n, None);
        true
    }

    /// Hands out what is new to those it is for.
    pub(super) fn spread(&mut self, open: Bits) {
        for to in 0..self.people.len() {
            if open.has(self.people[to].slot) {
                self.hand_out(to);
            }
        }
    }

    pub(super) fn refuse(&mut self, at: usize, n: u32, why: Refusal) {
        self.answer(at, n, Some(why));
    }

    fn answer(&mut self, at: usize, n: u32, why: Option<Refusal>) {
        let was_full = self.people[at].flow == Flow::Full;
        self.people[at].take(n, why);
        self.hear(at, &why.map_or(Hear::Taken { n }, |why| Hear::Refused { n, why }));
        if was_full {
            // it came again without being asked for, and the rest is still held back
            self.hear(at, &Hear::Space {});
        }
    }

    fn seen(&mut self, at: usize, upto: u64, now: Timestamp) -> Result<(), Nonsense> {
        let who = &mut self.people[at];
        if upto > who.handed {
            return Err(Nonsense);
        }
        let (id, sent) = (who.id, who.sent);
        let (things, bytes) = &mut who.ahead;
        let mut has_taken = false;
        self.ring.taken(who.slot, upto, |entry| {
            has_taken = true;
            if entry.seq <= sent {
                *things = things.saturating_sub(1);
                *bytes = bytes.saturating_sub(entry.frame(id).len());
            }
        });
        who.sent = who.sent.max(upto);
        if has_taken {
            who.took = now;
        }
        self.hand_out(at);
        Ok(())
    }
}

/// Sealed bytes as base64 and not longer than this. What is no base64 would have to be escaped, and grow by it.
pub(super) fn sound(body: &Body, longest: usize) -> Result<(), Nonsense> {
    let is_letter = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
    let is_sound = body.0.len() <= longest && body.0.len().is_multiple_of(4) && body.0.bytes().all(is_letter);
    if is_sound { Ok(()) } else { Err(Nonsense) }
}
