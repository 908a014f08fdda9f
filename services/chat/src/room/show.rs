//! Who sees whom. What somebody was told last is remembered per socket, and only what differs is told.

use jiff::Timestamp;

use super::{Room, present::Present};
use crate::protocol::{Hear, Person};

impl Room {
    /// The first word to somebody on a new socket.
    pub(super) fn welcome(&mut self, at: usize, resumed: bool, now: Timestamp) {
        let who = &self.people[at];
        let people = self.seen_by(who);
        let hear = Hear::Inside {
            member: who.id,
            role: who.role,
            secret: who.token(),
            resumed,
            taken: who.taken,
            closes_in: milliseconds(now, self.closes),
            group: self.group,
            keeper: self.keeper,
            locked: self.locked,
            people: people.clone(),
        };
        let (keeper, locked) = (self.keeper, self.locked);
        let shown = &mut self.people[at].shown;
        (shown.people, shown.keeper, shown.locked) = (people, keeper, locked);
        shown.queue = None;
        self.hear(at, &hear);
    }

    /// Tells everybody what is different from what she was told.
    pub(super) fn show(&mut self) {
        for at in 0..self.people.len() {
            if self.people[at].socket().is_none() {
                continue;
            }
            let people = self.seen_by(&self.people[at]);
            let shown = std::mem::take(&mut self.people[at].shown.people);
            let sees = |member| people.iter().any(|person| person.member == member);
            for person in shown.iter().filter(|person| !sees(person.member)) {
                self.hear(at, &Hear::Gone { member: person.member });
            }
            for person in people.iter().filter(|person| !shown.contains(person)) {
                self.hear(at, &Hear::Person(person.clone()));
            }
            let (keeper, locked) = (self.keeper, self.locked);
            let shown = &mut self.people[at].shown;
            shown.people = people;
            let is_kept = std::mem::replace(&mut shown.keeper, keeper) == keeper;
            let is_locked = std::mem::replace(&mut shown.locked, locked) == locked;
            if !is_kept {
                self.hear(at, &Hear::Keeper { keeper });
            }
            if !is_locked {
                self.hear(at, &Hear::Locked { locked });
            }
        }
    }

    fn seen_by(&self, viewer: &Present) -> Vec<Person> {
        let mut seen: Vec<Person> = self.people.iter().filter_map(|who| self.view(viewer, who)).collect();
        seen.shrink_to_fit();
        seen
    }

    /// How one person sees another, if she does.
    fn view(&self, viewer: &Present, who: &Present) -> Option<Person> {
        let is_same = viewer.id == who.id;
        let talk = viewer.is_inside() && who.is_inside();
        let reads = !is_same && (viewer.is_host() || talk);
        (is_same || viewer.is_host() || who.is_host() || talk).then(|| Person {
            member: who.id,
            role: who.role,
            standing: who.standing,
            connected: who.socket().is_some(),
            known: self.known.contains(&who.seat),
            letter: who.letter.clone().filter(|_| reads),
        })
    }
}

/// How long it is until then.
fn milliseconds(now: Timestamp, until: Option<Timestamp>) -> u64 {
    until.and_then(|until| u64::try_from(until.duration_since(now).as_millis()).ok()).unwrap_or_default()
}
