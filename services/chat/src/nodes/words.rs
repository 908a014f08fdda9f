//! What nodes say to each other over the bus: JSON, sealed ([`super::seal`]). A newer version may say more; what is not
//! understood is passed over.

use contracts::talk::{QueueId, RoomId, RoomNews, Seat, Waiter};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{
    names::{Domain, NodeId},
    ownership::{Holds, Stamp},
};

/// The largest message, in bytes: servers of the bus take a megabyte.
pub(crate) const LARGEST: usize = 768 * 1024;
/// Things of one kind in one message at most: longest names and all, they stay far below it.
pub(crate) const MOST: usize = 2_000;
/// The longest name of a room, seat or queue, in bytes.
const LONGEST_NAME: usize = 64;
/// The longest address of a node, in bytes.
const LONGEST_ADDRESS: usize = 128;

/// One thing said, by whom and when.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Letter<W> {
    /// Seconds since 1970 on the sender's clock.
    pub(crate) at: i64,
    /// The node, or nothing if it is no node.
    pub(crate) from: Option<NodeId>,
    /// What.
    pub(crate) word: W,
}

/// What is said to nodes.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "word", rename_all = "snake_case")]
pub(crate) enum Word {
    /// "I am here", once a second.
    Beat {
        /// Which life of the node.
        life: u64,
        /// Its listener for nodes.
        address: String,
        /// Whether it takes nothing new.
        draining: bool,
    },
    /// "I go now."
    Gone {},
    /// Does anybody hold it? Answered by everybody.
    Whose {
        /// What.
        domain: Domain,
        /// With which claim.
        stamp: Stamp,
    },
    /// A ticket is wanted, for one node.
    Ticket {
        /// The signed right.
        entry: String,
        /// What stands for the network it was asked from, in base64url.
        network: Option<String>,
        /// What stands for the browser that asks, in base64url; only if its right is good for one.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        holder: Option<String>,
    },
    /// "I hold these."
    Held {
        /// What, with which claims.
        claims: Vec<(Domain, Stamp)>,
    },
    /// These rights ended early.
    Revoked {
        /// Which.
        ended: Vec<Ended>,
    },
    /// What goes on in these rooms?
    News {
        /// The rooms.
        rooms: Vec<RoomId>,
    },
    /// Who waits in this queue?
    Queue {
        /// The queue.
        queue: QueueId,
    },
    /// A counsellor looks at this queue.
    Attend {
        /// The queue.
        queue: QueueId,
    },
    /// The operator wants this node to take nothing new.
    Drain {},
}

/// Rights that ended early.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Ended {
    /// To which room.
    pub(crate) room: RoomId,
    /// Of which seat; without one of all.
    pub(crate) seat: Option<Seat>,
    /// Those given out until then.
    pub(crate) until: Timestamp,
}

/// What is answered.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(tag = "answer", rename_all = "snake_case")]
pub(crate) enum Answer {
    /// To [`Word::Whose`].
    Holds {
        /// Whether the one who answers does.
        holds: Holds,
    },
    /// To [`Word::Ticket`].
    Ticket {
        /// The ticket, with the name of its node before it.
        ticket: String,
    },
    /// To [`Word::Ticket`]: ask there, or, without a name, ask again.
    Elsewhere {
        /// Where.
        node: Option<NodeId>,
    },
    /// To [`Word::Ticket`]: no.
    NoTicket {
        /// Why.
        why: No,
    },
    /// To [`Word::News`].
    News {
        /// Of rooms in which somebody is.
        news: Vec<(RoomId, RoomNews)>,
    },
    /// To [`Word::Queue`].
    Waiters {
        /// Who has waited longest comes first.
        waiters: Vec<Waiter>,
    },
    /// It is done.
    Done {},
}

/// Why a node gives no ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum No {
    /// The right ended early.
    Revoked,
    /// The network has too many.
    TooMany,
    /// All together are too many.
    Full,
    /// The node takes nothing new.
    Draining,
    /// The right makes no sense there, or the bus failed.
    Unable,
}

impl Word {
    /// Whether it has the size of something that a node of ours says.
    pub(crate) fn is_sound(&self) -> bool {
        match self {
            Self::Beat { address, .. } => address.len() <= LONGEST_ADDRESS,
            Self::Whose { domain, .. } => is_name(domain.parts().1),
            Self::Ticket { entry, network, holder } => {
                let names = [network, holder].into_iter().flatten();
                entry.len() <= contracts::talk::LONGEST_ENTRY && names.into_iter().all(|name| is_name(name))
            }
            Self::Held { claims } => {
                claims.len() <= MOST && claims.iter().all(|(domain, _)| is_name(domain.parts().1))
            }
            Self::Revoked { ended } => {
                let names = |one: &Ended| {
                    is_name(&one.room.0) && one.seat.as_ref().is_none_or(|seat| is_name(&seat.0))
                };
                ended.len() <= MOST && ended.iter().all(names)
            }
            Self::News { rooms } => rooms.len() <= MOST && rooms.iter().all(|room| is_name(&room.0)),
            Self::Queue { queue } | Self::Attend { queue } => is_name(&queue.0),
            Self::Gone {} | Self::Drain {} => true,
        }
    }
}

fn is_name(name: &str) -> bool {
    name.len() <= LONGEST_NAME
}

/// Reads what came over the bus, after its seal was opened. It is public for the fuzz target only.
pub fn understands(bytes: &[u8]) -> bool {
    let word = read::<Word>(bytes).is_some_and(|letter| letter.word.is_sound());
    word || read::<Answer>(bytes).is_some()
}

/// A letter in these bytes.
pub(crate) fn read<W: for<'de> Deserialize<'de>>(bytes: &[u8]) -> Option<Letter<W>> {
    if bytes.len() > LARGEST { None } else { serde_json::from_slice(bytes).ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nodes_say_is_read_again_and_more_is_passed_over() {
        let stamp = Stamp { since: 7, node: "a".parse().unwrap() };
        let queue = Domain::Queue(QueueId("q".into()));
        let word = Word::Held { claims: vec![(queue, stamp)] };
        let letter = Letter { at: 1, from: Some("a".parse().unwrap()), word };
        let text = serde_json::to_string(&letter).unwrap();
        let again: Letter<Word> = read(text.as_bytes()).unwrap();
        assert_eq!(serde_json::to_string(&again).unwrap(), text);
        let more = text.replacen("{\"at\"", "{\"later\":true,\"at\"", 1);
        assert!(understands(more.as_bytes()));
        for wrong in [text.replace("held", "other"), text.replace("\"a\"", "\"A\""), String::new()] {
            assert!(!understands(wrong.as_bytes()), "{wrong}");
        }
        assert!(!understands(text.replace("\"q\"", &format!("\"{}\"", "q".repeat(65))).as_bytes()));
    }

    #[test]
    fn the_largest_messages_fit() {
        let name = "x".repeat(LONGEST_NAME);
        let node: NodeId = "n".repeat(16).parse().unwrap();
        let stamp = Stamp { since: i64::MIN, node: node.clone() };
        let claims = vec![(Domain::Queue(QueueId(name.clone())), stamp); MOST];
        let ended = Ended { room: RoomId(name.clone()), seat: Some(Seat(name)), until: Timestamp::MAX };
        for word in [Word::Held { claims }, Word::Revoked { ended: vec![ended; MOST] }] {
            assert!(word.is_sound());
            let letter = Letter { at: i64::MIN, from: Some(node.clone()), word };
            assert!(serde_json::to_vec(&letter).unwrap().len() < LARGEST);
        }
    }
}
