//! What only hosts may do. A page does not offer it to others, so that others who try make no sense.

use jiff::Timestamp;

use super::{
    Room,
    say::{Nonsense, sound},
};
use crate::protocol::{Body, Ending, LONGEST_LETTER, Member};

impl Room {
    /// Sends somebody who waits away. Who has come in meanwhile, or is gone, stays what she is.
    pub(super) fn decline(&mut self, at: usize, member: Member, letter: Body) -> Result<(), Nonsense> {
        sound(&letter, LONGEST_LETTER)?;
        let Some(to) = self.other(at, member)? else { return Ok(()) };
        if !self.people[to].is_inside() {
            let seat = &self.people[to].seat;
            self.known.remove(seat);
            self.leave(to, Ending::Declined, Some(letter));
        }
        Ok(())
    }

    /// Takes somebody out of the room.
    pub(super) fn remove(&mut self, at: usize, member: Member, ban: bool) -> Result<(), Nonsense> {
        let Some(to) = self.other(at, member)? else { return Ok(()) };
        let seat = self.people[to].seat.clone();
        self.known.remove(&seat);
        if ban {
            self.banned.insert(seat);
        }
        self.leave(to, Ending::Removed, None);
        Ok(())
    }

    /// Lets nobody new come, or again.
    pub(super) fn lock(&mut self, at: usize, locked: bool) -> Result<(), Nonsense> {
        self.host(at)?;
        self.locked = locked;
        self.has_changed = true;
        Ok(())
    }

    /// Ends it for everybody. With the same rights one can come again and begin anew, as long as the room's time lasts.
    pub(super) fn end(&mut self, at: usize, now: Timestamp) -> Result<(), Nonsense> {
        self.host(at)?;
        self.send_away(Ending::Ended, now);
        Ok(())
    }

    /// Somebody else whom a host means, if she is still there.
    fn other(&self, at: usize, member: Member) -> Result<Option<usize>, Nonsense> {
        self.host(at)?;
        if self.people[at].id == member { Err(Nonsense) } else { Ok(self.by_member(member)) }
    }

    fn host(&self, at: usize) -> Result<(), Nonsense> {
        if self.people[at].is_host() { Ok(()) } else { Err(Nonsense) }
    }
}
