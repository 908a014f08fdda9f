//! How much fits into a room, each limit with its reason.

use jiff::SignedDuration;

/// What a room holds and how long it waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Who talks: a counselling with a family and an interpreter. Each more makes every commit longer.
    pub inside: usize,
    /// Who waits before the door, hosts not counted.
    pub waiting: usize,
    /// Hosts: an office that takes turns. A host who comes is never kept out by who waits.
    pub hosts: usize,
    /// Things that somebody has not taken yet.
    pub things: usize,
    /// The same in bytes. A file of 10 MB goes through it in five portions.
    pub bytes: usize,
    /// Things handed out ahead of "seen".
    pub ahead_things: usize,
    /// The same in bytes; one thing is always handed out.
    pub ahead_bytes: usize,
    /// How long somebody may be away and go on as who she was: a tunnel, a lift, a phone call.
    pub grace: SignedDuration,
    /// How long a room stays in which nobody is.
    pub empty: SignedDuration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            inside: 8,
            waiting: 8,
            hosts: 8,
            things: 512,
            bytes: 2 * 1024 * 1024,
            ahead_things: 48,
            ahead_bytes: 384 * 1024,
            grace: SignedDuration::from_mins(2),
            empty: SignedDuration::from_mins(10),
        }
    }
}
