//! What booking and chat know of each other: signed rights to enter a room, and what goes on in rooms.
//!
//! Booking signs, chat verifies and asks nobody. Both derive the key from the installation's ([`signing_key`]).

use std::collections::HashMap;

use async_trait::async_trait;
use data_encoding::BASE64URL_NOPAD;
use jiff::Timestamp;
use kernel::{Secret, ServerKey};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;

/// A room, by 16 bytes in base64url that nobody can guess and that say nothing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RoomId(pub String);

/// A place in a room that belongs to one person: whoever comes with it again takes the place of herself.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Seat(pub String);

/// A queue of people who came without an appointment, by 16 bytes in base64url that say nothing of whose it is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct QueueId(pub String);

/// What somebody may do in a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TalkRole {
    /// Counsellor: lets people in, ends.
    Host,
    /// Seeker.
    Seeker,
    /// Somebody invited: an interpreter, a relative.
    Guest,
}

/// The right to enter a room.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Which room.
    pub room: RoomId,
    /// Which place in it.
    pub seat: Seat,
    /// What may be done there.
    pub role: TalkRole,
    /// From when on, in seconds since 1970 UTC.
    pub opens: i64,
    /// Until when; then the room closes by itself. Seconds since 1970 UTC.
    pub closes: i64,
    /// When it was given out, in seconds since 1970 UTC: [`Rooms::revoke`] ends those given out before.
    pub issued: i64,
    /// The queue its room waits in, if nobody agreed on a time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub queue: Option<QueueId>,
    /// Of a link that is good for one browser: until when the first one may come, in seconds since 1970 UTC. Who came holds it
    /// until the room closes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub once: Option<i64>,
    /// Where a seeker can phone instead (RFC 3966, without `tel:`): a public number of the centre. It is signed like the rest, so
    /// that nobody can put another number onto our page.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
}

/// A way into a room as somebody takes it along: the signed right, and the secret that browsers share and chat never sees.
#[derive(Debug, Clone)]
pub struct Invitation {
    /// The signed right ([`Entry::sign`]).
    pub entry: String,
    /// The room secret.
    pub secret: Secret<[u8; 32]>,
    /// Whether they agreed to see each other, so that the page begins with camera and microphone.
    pub video: bool,
}

impl Invitation {
    /// What stands behind `#` in the address of the conversation: right and secret with `~` between them, and `v~` before it for video.
    pub fn fragment(&self) -> Secret<String> {
        let video = if self.video { "v~" } else { "" };
        Secret::new(format!("{video}{}~{}", self.entry, BASE64URL_NOPAD.encode(self.secret.expose())))
    }
}

/// Why a right does not open a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum EntryError {
    /// It was not signed here, or is damaged.
    #[error("this is no right to enter that was given out here")]
    Forged,
    /// The room is not open yet.
    #[error("the room is not open yet")]
    Early {
        /// When it opens.
        opens: Timestamp,
    },
    /// The room's time is over.
    #[error("the time of this room is over")]
    Over,
}

/// The longest text that can be a right, in bytes.
pub const LONGEST_ENTRY: usize = 512;

/// The key that rights are signed with, out of the installation's.
pub fn signing_key(key: &ServerKey) -> ServerKey {
    key.derive("talk: rights to enter a room, version 1")
}

impl Entry {
    /// The right as a text that travels in the fragment of an address: base64url of JSON, a dot, and its MAC.
    pub fn sign(&self, key: &ServerKey) -> String {
        let said = serde_json::to_vec(self).unwrap_or_default();
        let said = BASE64URL_NOPAD.encode(&said);
        let mac = BASE64URL_NOPAD.encode(&key.mac(said.as_bytes()));
        format!("{said}.{mac}")
    }

    /// The right in this text, if it was signed with this key and holds at `now`.
    ///
    /// # Errors
    /// [`EntryError`]: forged before early, early before over.
    pub fn read(text: &str, key: &ServerKey, now: Timestamp) -> Result<Self, EntryError> {
        if text.len() > LONGEST_ENTRY {
            return Err(EntryError::Forged);
        }
        let (said, mac) = text.split_once('.').ok_or(EntryError::Forged)?;
        let mac = BASE64URL_NOPAD.decode(mac.as_bytes()).map_err(|_| EntryError::Forged)?;
        if !bool::from(key.mac(said.as_bytes()).as_slice().ct_eq(&mac)) {
            return Err(EntryError::Forged);
        }
        let said = BASE64URL_NOPAD.decode(said.as_bytes()).map_err(|_| EntryError::Forged)?;
        let entry: Self = serde_json::from_slice(&said).map_err(|_| EntryError::Forged)?;
        let now = now.as_second();
        if now < entry.opens {
            let opens = Timestamp::from_second(entry.opens).map_err(|_| EntryError::Forged)?;
            return Err(EntryError::Early { opens });
        }
        if now >= entry.closes { Err(EntryError::Over) } else { Ok(entry) }
    }
}

/// What goes on in a room, as a counsellor's list shows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoomNews {
    /// How many wait to be let in.
    pub waiting: u32,
    /// Since when the one who has waited longest waits.
    pub waiting_since: Option<Timestamp>,
    /// How many talk.
    pub inside: u32,
}

/// A room of a queue in which somebody waits and no counsellor is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiter {
    /// The room.
    pub room: RoomId,
    /// Since when she waits. A page that was loaded anew keeps its place.
    pub since: Timestamp,
}

/// Rooms cannot be asked at the moment. A page that shows them leaves it out.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("rooms cannot be asked at the moment")]
pub struct RoomsUnavailable;

/// Rooms of conversations. Implemented by chat.
#[async_trait]
pub trait Rooms: Send + Sync {
    /// What goes on in these rooms; those in which nobody is are left out.
    async fn news(&self, rooms: &[RoomId]) -> Result<HashMap<RoomId, RoomNews>, RoomsUnavailable>;

    /// Ends the rights to a room that were given out until now, because its appointment was cancelled or moved, or those of
    /// one seat: who is there is told and leaves. It holds as long as this process runs; afterwards a right to the room
    /// opens one that no host comes to.
    async fn revoke(&self, room: &RoomId, seat: Option<&Seat>) -> Result<(), RoomsUnavailable>;

    /// Who waits in a queue: has knocked, is connected, and no counsellor is there. Who has waited longest comes first.
    async fn queue(&self, queue: &QueueId) -> Result<Vec<Waiter>, RoomsUnavailable>;

    /// A counsellor looks at the queue. Who waits is told so; half a minute later it is forgotten.
    async fn attend(&self, queue: &QueueId) -> Result<(), RoomsUnavailable>;
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: i64 = 1_800_000_000;

    fn entry() -> Entry {
        Entry {
            room: RoomId("Zq3xV8nLQ0a1B2c3D4e5Fg".into()),
            seat: Seat("seeker".into()),
            role: TalkRole::Seeker,
            opens: NOON - 900,
            closes: NOON + 5_400,
            issued: NOON - 600,
            queue: None,
            once: None,
            phone: None,
        }
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    #[test]
    fn a_right_opens_its_room_in_its_time_and_nothing_else() {
        let key = signing_key(&ServerKey::new([1; 32]));
        let text = entry().sign(&key);
        assert!(text.len() <= LONGEST_ENTRY);
        assert_eq!(Entry::read(&text, &key, at(NOON)), Ok(entry()));
        assert_eq!(
            Entry::read(&text, &key, at(NOON - 901)),
            Err(EntryError::Early { opens: at(NOON - 900) })
        );
        assert_eq!(Entry::read(&text, &key, at(NOON - 900)), Ok(entry()));
        assert_eq!(Entry::read(&text, &key, at(NOON + 5_400)), Err(EntryError::Over));
    }

    #[test]
    fn a_right_names_its_queue_only_where_there_is_one() {
        let key = signing_key(&ServerKey::new([1; 32]));
        let phone = Some("+4976112345678901".into());
        let queued = Entry { queue: Some(QueueId("q".repeat(22))), phone, ..entry() };
        let text = queued.sign(&key);
        assert!(text.len() <= LONGEST_ENTRY);
        assert_eq!(Entry::read(&text, &key, at(NOON)), Ok(queued));
        let said = serde_json::to_string(&entry()).unwrap();
        assert!(
            !said.contains("queue") && !said.contains("once") && !said.contains("phone"),
            "as rights were before"
        );
    }

    #[test]
    fn a_right_for_one_browser_says_until_when_the_first_may_come() {
        let key = signing_key(&ServerKey::new([1; 32]));
        let queue = Some(QueueId("q".repeat(22)));
        let once = Entry { role: TalkRole::Guest, queue, once: Some(NOON + 1_800), ..entry() };
        let text = once.sign(&key);
        assert!(text.len() <= LONGEST_ENTRY);
        assert_eq!(Entry::read(&text, &key, at(NOON + 3_600)), Ok(once), "who holds it comes back later");
    }

    #[test]
    fn every_changed_character_makes_a_right_worthless() {
        let key = signing_key(&ServerKey::new([1; 32]));
        let text = entry().sign(&key);
        for at_byte in 0..text.len() {
            let mut bytes = text.clone().into_bytes();
            bytes[at_byte] = if bytes[at_byte] == b'A' { b'B' } else { b'A' };
            let forged = String::from_utf8(bytes).unwrap();
            assert_eq!(Entry::read(&forged, &key, at(NOON)), Err(EntryError::Forged), "{at_byte}");
        }
        assert_eq!(Entry::read(&text, &ServerKey::new([2; 32]), at(NOON)), Err(EntryError::Forged));
        for nonsense in ["", ".", "a", "a.b", &"x".repeat(10_000)] {
            assert_eq!(Entry::read(nonsense, &key, at(NOON)), Err(EntryError::Forged));
        }
    }
}
