//! What a conversation needs to be seen and heard: servers on whose way two browsers find each other, and an engine that
//! forwards sound and pictures between three and more without being able to hear or see them.
//!
//! Chat uses both and knows neither: the relay and the engine are services of their own, put together by the binary.

use std::time::Duration;

use jiff::Timestamp;
use kernel::Secret;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::talk::RoomId;

/// The longest description of a connection (SDP), in bytes: a call of eight with two pictures each stays below half of it.
pub const LONGEST_SDP: usize = 65_536;

/// Somebody in a room, by the number the room gave her.
pub type Member = u32;

/// A server that finds or relays a way between browsers, as `RTCPeerConnection` wants it.
#[derive(Clone, PartialEq, Eq, Serialize, TS)]
pub struct IceServer {
    /// Addresses of it: `stun:…`, `turn:…`, `turns:…`.
    pub urls: Vec<String>,
    /// The name that opens it; without one it is open to everybody.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub username: Option<String>,
    /// What belongs to the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[ts(optional)]
    pub credential: Option<String>,
}

/// The ways one person in one room may use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ways {
    /// Servers in the order in which they are tried.
    pub servers: Vec<IceServer>,
    /// Whether two people talk through a relay only, so that neither learns the other's address.
    pub relay_only: bool,
    /// How long the credentials hold; they are asked for again before.
    pub holds: Duration,
}

/// Who says which ways there are: the relay in this program, or a list of servers from the configuration.
pub trait WayFinder: Send + Sync {
    /// The ways for one person in a room. Credentials are her own, end by themselves and say nothing of who she is.
    fn ways(&self, room: &RoomId, member: Member, now: Timestamp) -> Ways;
}

/// What of a person is seen or heard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    /// Her voice.
    Microphone,
    /// Her picture.
    Camera,
    /// Her screen.
    Screen,
    /// What her screen plays.
    ScreenSound,
}

/// One of the two connections between a browser and the engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// On which the browser sends. The browser offers.
    Up,
    /// On which the browser receives. The engine offers, so that both never offer at once.
    Down,
}

/// A medium a browser sends, by its line in the description.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Sending {
    /// `a=mid` of its line.
    pub mid: String,
    /// What it is.
    pub source: Source,
}

/// A medium the engine forwards, by its line in the description.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Forwarding {
    /// `a=mid` of its line.
    pub mid: String,
    /// Whose it is.
    pub from: Member,
    /// What it is.
    pub source: Source,
}

/// How large somebody's picture is drawn. What is not drawn is not sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct Drawn {
    /// Whose.
    pub from: Member,
    /// Which picture of hers.
    pub source: Source,
    /// Its height in device pixels.
    pub height: u16,
}

/// What a browser says to the engine.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "call", rename_all = "snake_case", deny_unknown_fields)]
pub enum CallSay {
    /// The offer of the connection on which it sends: at first, when what it sends changes, and with a new ICE user name to
    /// begin its way anew.
    Offer {
        /// The description.
        sdp: String,
        /// What is sent on which line.
        sends: Vec<Sending>,
    },
    /// The answer to [`CallHear::Offer`].
    Answer {
        /// Which offer it answers.
        revision: u32,
        /// The description.
        sdp: String,
    },
    /// What is drawn, all of it, whenever that changes. Before the first one everything is small.
    Draw {
        /// The pictures.
        pictures: Vec<Drawn>,
    },
    /// The way to the engine broke: a description with a new ICE user name is wanted for the receiving connection.
    Restart {},
    /// Leaves the call.
    Stop {},
}

/// What a browser hears from the engine. Its descriptions hold all candidates: nothing trickles.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "call", rename_all = "snake_case")]
pub enum CallHear {
    /// The answer to [`CallSay::Offer`].
    Answer {
        /// The description.
        sdp: String,
    },
    /// The offer of the connection on which the browser receives. A newer one takes the place of one that was not answered.
    Offer {
        /// Grows with each offer.
        revision: u32,
        /// The description.
        sdp: String,
        /// What is forwarded on which line.
        forwards: Vec<Forwarding>,
    },
    /// Pictures that are not sent at the moment, because the connection is too narrow; sound goes first. All of them, whenever that changes.
    Held {
        /// Whose and which.
        pictures: Vec<(Member, Source)>,
    },
    /// A connection failed: the browser leaves the call and begins it anew.
    Failed {
        /// Which.
        direction: Direction,
    },
    /// What was said cannot be followed: a description that makes no sense, or too many media.
    Refused {},
    /// No more fit, or there is no engine here.
    Full {},
}

/// As many as fit are in the call, or the engine has no room for another one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("no more fit into this call")]
pub struct CallFull;

/// Where the engine brings what a browser is to hear. It is called from anywhere and must not wait.
pub type Listener = Box<dyn Fn(CallHear) + Send + Sync>;

/// Forwards sound and pictures. It sees who sends to whom and how much, never what.
pub trait MediaEngine: Send + Sync {
    /// Takes a person into the call of a room; the first makes the call, and with the last one it ends. Nothing is sent or
    /// allocated for media before her first offer.
    ///
    /// # Errors
    /// [`CallFull`] if no more fit.
    fn join(&self, room: &RoomId, member: Member, listener: Listener) -> Result<Box<dyn Leg>, CallFull>;
}

/// One person's part in a call. Dropping it takes her out.
pub trait Leg: Send + Sync {
    /// Something her browser says; it is done in order. `false` if so much waits already that it was not taken.
    fn say(&self, say: CallSay) -> bool;
}

/// What opens a relay is a secret; addresses are not.
impl std::fmt::Debug for IceServer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IceServer").field("urls", &self.urls).finish_non_exhaustive()
    }
}

/// Descriptions hold addresses of people.
impl std::fmt::Debug for CallSay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Offer { .. } => "CallSay::Offer",
            Self::Answer { .. } => "CallSay::Answer",
            Self::Draw { .. } => "CallSay::Draw",
            Self::Restart {} => "CallSay::Restart",
            Self::Stop {} => "CallSay::Stop",
        })
    }
}

/// Descriptions hold what opens a connection.
impl std::fmt::Debug for CallHear {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Answer { .. } => "CallHear::Answer",
            Self::Offer { .. } => "CallHear::Offer",
            Self::Held { .. } => "CallHear::Held",
            Self::Failed { .. } => "CallHear::Failed",
            Self::Refused {} => "CallHear::Refused",
            Self::Full {} => "CallHear::Full",
        })
    }
}

/// The key a relay and those who give out its credentials share.
pub type RelaySecret = Secret<String>;
