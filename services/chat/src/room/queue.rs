//! A room whose seeker came without an appointment, as its queue sees it, and what she is told of the queue.

use jiff::Timestamp;

use super::Room;
use crate::protocol::Hear;

/// How a room stands in its queue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stand {
    /// Since when somebody waits who is connected, while no counsellor is.
    pub waits: Option<Timestamp>,
    /// Whether a counsellor and somebody else talk.
    pub talks: bool,
}

/// What somebody who waits is told of her queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outlook {
    /// How many come before her.
    pub ahead: u32,
    /// Whether a counsellor looks at the queue.
    pub attended: bool,
    /// How long it may take; nothing as long as nobody can know.
    pub minutes: Option<u32>,
}

impl Room {
    /// How it stands in its queue.
    pub fn stand(&self) -> Stand {
        let mut here = self.people.iter().filter(|who| who.socket().is_some());
        let is_attended = here.clone().any(|who| who.is_host());
        let waiting = here.clone().filter(|who| !who.is_host() && !who.is_inside());
        let waits = waiting.filter_map(|who| who.knocked).min().filter(|_| !is_attended);
        let host_inside = here.any(|who| who.is_host() && who.is_inside());
        let talks = host_inside && self.people.iter().any(|who| !who.is_host() && who.is_inside());
        Stand { waits, talks }
    }

    /// Tells those who wait where they are in the queue, if it is not what they were told last.
    pub fn tell(&mut self, outlook: Outlook) {
        let Outlook { ahead, attended, minutes } = outlook;
        for at in 0..self.people.len() {
            let who = &mut self.people[at];
            let waits = !who.is_host() && !who.is_inside() && who.knocked.is_some();
            if waits && who.socket().is_some() && who.shown.queue.replace(outlook) != Some(outlook) {
                self.hear(at, &Hear::Queue { ahead, attended, minutes });
            }
        }
    }
}
