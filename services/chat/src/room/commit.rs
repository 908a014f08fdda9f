//! Commits: the one thing that moves the group on. All of a commit holds, or none of it.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{
    Out, Room,
    mutant::Broken,
    ring::{Bits, Thing},
    say::{Nonsense, sound},
    text,
};
use crate::protocol::{Admission, Body, Epoch, Hear, LONGEST_BODY, Member, Refusal, Standing};

/// More than can ever be in a group.
const MOST_NAMED: usize = 64;

/// What a keeper wants.
pub(super) struct Wanted {
    pub(super) after: Epoch,
    pub(super) body: Body,
    pub(super) admit: Vec<Admission>,
    pub(super) remove: Vec<Member>,
}

impl Room {
    pub(super) fn commit(
        &mut self,
        at: usize,
        n: u32,
        wanted: Wanted,
        now: Timestamp,
    ) -> Result<(), Nonsense> {
        sound(&wanted.body, LONGEST_BODY)?;
        for admission in &wanted.admit {
            sound(&admission.welcome, LONGEST_BODY)?;
        }
        if wanted.admit.len().max(wanted.remove.len()) > MOST_NAMED {
            return Err(Nonsense);
        }
        if !self.is_turn(at, n)? {
            return Ok(());
        }
        match self.staying(at, &wanted) {
            Err(why) => self.refuse(at, n, why),
            Ok(staying) => self.move_on(at, n, wanted, &staying, now),
        }
        Ok(())
    }

    /// Who of those inside stays there besides the keeper, if the commit holds.
    fn staying(&self, at: usize, wanted: &Wanted) -> Result<BTreeSet<Member>, Refusal> {
        let from = &self.people[at];
        if !from.is_host() {
            return Err(Refusal::NotAllowed);
        }
        let is_checked = !self.is_broken(Broken::Forks);
        if is_checked && self.keeper != Some(from.id) {
            return Err(Refusal::Stale);
        }
        let begins = wanted.after == beginning(self.group);
        if is_checked && !begins && self.group != Some(wanted.after) {
            return Err(Refusal::Stale);
        }
        if !begins && !from.is_inside() {
            return Err(Refusal::NotAllowed);
        }
        let admitted: BTreeSet<Member> = wanted.admit.iter().map(|admission| admission.member).collect();
        let is_twice = admitted.len() < wanted.admit.len();
        if is_twice || admitted.contains(&from.id) || wanted.remove.contains(&from.id) {
            return Err(Refusal::NotAllowed);
        }
        for member in &admitted {
            let who = &self.people[self.by_member(*member).ok_or(Refusal::Nobody)?];
            let can_come = begins || !who.is_inside();
            if !can_come || who.letter.is_none() || wanted.remove.contains(member) {
                return Err(Refusal::NotAllowed);
            }
        }
        let inside = self.people.iter().filter(|who| !begins && who.is_inside() && who.id != from.id);
        let staying: BTreeSet<Member> =
            inside.map(|who| who.id).filter(|member| !wanted.remove.contains(member)).collect();
        let is_crowded = 1 + staying.len() + admitted.len() > self.limits.inside;
        if is_crowded { Err(Refusal::NotAllowed) } else { Ok(staying) }
    }

    fn move_on(&mut self, at: usize, n: u32, wanted: Wanted, staying: &BTreeSet<Member>, now: Timestamp) {
        let (seq, from) = (self.ring.next(), self.people[at].id);
        let group = Epoch { epoch: wanted.after.epoch.saturating_add(1), ..wanted.after };
        let heard = |body, welcome| text(&Hear::Commit { seq, from, group, body, welcome });
        let welcomes =
            wanted.admit.into_iter().map(|admission| (admission.member, heard(admission.welcome, true)));
        let welcomes: Vec<_> = welcomes.collect();
        let admitted: BTreeSet<Member> = welcomes.iter().map(|(member, _)| *member).collect();
        let thing = Thing::Commit { commit: heard(wanted.body, false), welcomes };
        let hears = |member: &Member| staying.contains(member) || admitted.contains(member);
        let open: Bits = self.people.iter().filter(|who| hears(&who.id)).map(|who| who.slot).collect();
        if !self.store(at, n, thing, open, now) {
            return;
        }
        self.group = Some(group);
        for who in &mut self.people {
            if admitted.contains(&who.id) || who.id == from {
                who.standing = Standing::Inside;
                who.knocked = None;
                self.known.insert(who.seat.clone());
            } else if who.is_inside() && !staying.contains(&who.id) {
                who.send_back();
                if std::mem::take(&mut who.is_in_call) {
                    self.out.push(Out::HangUp { member: who.id });
                }
            }
        }
        self.has_changed = true;
        self.spread(open);
    }
}

/// Where the next group begins.
fn beginning(group: Option<Epoch>) -> Epoch {
    Epoch { generation: group.map_or(0, |group| group.generation).saturating_add(1), epoch: 0 }
}
