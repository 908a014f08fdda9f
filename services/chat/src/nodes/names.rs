//! How nodes and what belongs to them are named.

use std::{fmt, str::FromStr};

use contracts::talk::{Entry, QueueId, RoomId};
use serde::{Deserialize, Serialize};

/// The longest name, in characters.
const LONGEST: usize = 16;
/// Letters of a name that nobody has chosen.
const LETTERS: &[u8] = b"abcdefghijkmnpqrstuvwxyz23456789";

/// A node, by a short name that is no secret: 1 to 16 small letters, digits and hyphens.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct NodeId(String);

/// This is not the name of a node.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the name of a node is 1 to 16 small letters, digits and hyphens")]
pub struct BadName;

/// What belongs to one node as a whole: a room that was agreed on, or all rooms of one queue, because their order is one.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Domain {
    /// A room.
    Room(RoomId),
    /// A queue with all its rooms.
    Queue(QueueId),
}

impl NodeId {
    /// A name that nobody has chosen.
    pub fn random() -> Self {
        let letters: [u8; 8] = rand::random();
        Self(letters.iter().map(|byte| char::from(LETTERS[usize::from(*byte) % LETTERS.len()])).collect())
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for NodeId {
    type Err = BadName;

    fn from_str(text: &str) -> Result<Self, BadName> {
        let is_letter = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        let fits = (1..=LONGEST).contains(&text.len()) && text.bytes().all(is_letter);
        fits.then(|| Self(text.to_owned())).ok_or(BadName)
    }
}

impl TryFrom<String> for NodeId {
    type Error = BadName;

    fn try_from(text: String) -> Result<Self, BadName> {
        text.parse()
    }
}

impl From<NodeId> for String {
    fn from(node: NodeId) -> Self {
        node.0
    }
}

impl fmt::Display for NodeId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Domain {
    /// What a right leads to.
    pub(crate) fn of(entry: &Entry) -> Self {
        Self::holding(&entry.room, entry.queue.as_ref())
    }

    /// What a room is part of.
    pub(crate) fn holding(room: &RoomId, queue: Option<&QueueId>) -> Self {
        match queue {
            Some(queue) => Self::Queue(queue.clone()),
            None => Self::Room(room.clone()),
        }
    }

    /// Its kind and its name, apart from each other, to be hashed.
    pub(crate) fn parts(&self) -> (&'static str, &str) {
        match self {
            Self::Room(room) => ("room", &room.0),
            Self::Queue(queue) => ("queue", &queue.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_and_stand_in_addresses_and_subjects_as_they_are() {
        for good in ["a", "chat-1", "0123456789abcdef"] {
            assert_eq!(good.parse::<NodeId>().unwrap().as_str(), good);
        }
        for bad in ["", "A", "a.b", "a b", "a*", ">", "ä", "0123456789abcdefg"] {
            assert_eq!(bad.parse::<NodeId>(), Err(BadName), "{bad}");
        }
        assert!((0..100).all(|_| NodeId::random().as_str().parse::<NodeId>().is_ok()));
    }
}
