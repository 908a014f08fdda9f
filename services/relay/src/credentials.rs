//! Names and passwords that end by themselves (draft-uberti-behave-turn-rest, as coturn's `use-auth-secret` knows them): the name is
//! `second of its end:sealed`, the password an HMAC-SHA1 of the name. Whoever knows the secret can check one; nothing is stored.
//!
//! The sealed part tells the relay that two names belong to one person or one room, so that it can count, and tells
//! nobody else anything: names travel in the clear, and an onlooker must not learn who talks with whom.

use contracts::{
    media::{Member, RelaySecret},
    talk::RoomId,
};
use data_encoding::{BASE64, BASE64URL_NOPAD};
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use kernel::{Secret, ServerKey};
use md5::{Digest, Md5};
use sha1::Sha1;

/// What the relay calls itself in its challenges; long-term keys are made of it.
pub(crate) const REALM: &str = "relay";

/// Half of what is sealed, in bytes.
const TAG: usize = 8;
const SALT: usize = 16;

/// Who a credential belongs to, as numbers that mean nothing outside the relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Holder {
    /// One person in one room.
    pub person: [u8; TAG],
    /// The room.
    pub room: [u8; TAG],
}

/// Why a name does not open the relay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoHolder {
    /// It was not made by us.
    #[error("the name is not one of ours")]
    Foreign,
    /// Its time is over.
    #[error("the name has ended")]
    Ended,
}

/// Makes and reads credentials under one secret.
#[derive(Clone)]
pub struct Credentials(RelaySecret);

/// The secret of this installation's relay: every node derives the same one.
pub fn secret(key: &ServerKey) -> RelaySecret {
    Secret::new(BASE64.encode(key.derive("relay credentials").expose()))
}

impl Credentials {
    /// Credentials under this secret.
    pub const fn new(secret: RelaySecret) -> Self {
        Self(secret)
    }

    /// A fresh name and its password, for one person in one room, until then.
    pub fn make(&self, room: &RoomId, member: Member, until: Timestamp) -> (String, String) {
        let salt: [u8; SALT] = rand::random();
        let mut sealed = [0; SALT + 2 * TAG];
        sealed[..SALT].copy_from_slice(&salt);
        sealed[SALT..SALT + TAG].copy_from_slice(&self.tag(&[b"room:", room.0.as_bytes()]));
        let person = self.tag(&[b"person:", &member.to_be_bytes(), room.0.as_bytes()]);
        sealed[SALT + TAG..].copy_from_slice(&person);
        self.seal(&mut sealed);
        let name = format!("{}:{}", until.as_second(), BASE64URL_NOPAD.encode(&sealed));
        let password = self.password(&name);
        (name, password)
    }

    /// Whose a name is.
    ///
    /// # Errors
    /// [`NoHolder`] if it is not made like ours, or has ended. That it *is* ours only the password shows.
    pub fn read(&self, name: &str, now: Timestamp) -> Result<Holder, NoHolder> {
        let (end, sealed) = name.split_once(':').ok_or(NoHolder::Foreign)?;
        let end: i64 = end.parse().map_err(|_| NoHolder::Foreign)?;
        let sealed = BASE64URL_NOPAD.decode(sealed.as_bytes()).map_err(|_| NoHolder::Foreign)?;
        let mut sealed: [u8; SALT + 2 * TAG] = sealed.try_into().map_err(|_| NoHolder::Foreign)?;
        if end <= now.as_second() {
            return Err(NoHolder::Ended);
        }
        self.seal(&mut sealed);
        let mut holder = Holder { person: [0; TAG], room: [0; TAG] };
        holder.room.copy_from_slice(&sealed[SALT..SALT + TAG]);
        holder.person.copy_from_slice(&sealed[SALT + TAG..]);
        Ok(holder)
    }

    /// The key of requests under this name: RFC 8489, 9.2.2.
    pub(crate) fn long_term_key(&self, name: &str) -> [u8; 16] {
        Md5::digest(format!("{name}:{REALM}:{}", self.password(name))).into()
    }

    fn password(&self, name: &str) -> String {
        BASE64.encode(&self.mac(&[name.as_bytes()]))
    }

    fn tag(&self, parts: &[&[u8]]) -> [u8; TAG] {
        let mut tag = [0; TAG];
        tag.copy_from_slice(&self.mac(&[&[0], &parts.concat()])[..TAG]);
        tag
    }

    /// Covers and uncovers what follows the salt. The password vouches for the whole name, so covering is enough.
    fn seal(&self, sealed: &mut [u8; SALT + 2 * TAG]) {
        let (salt, tags) = sealed.split_at_mut(SALT);
        for (byte, cover) in tags.iter_mut().zip(self.mac(&[&[0], b"seal:", salt])) {
            *byte ^= cover;
        }
    }

    /// Names never begin with a zero byte, so what is tagged or sealed is never a name.
    fn mac(&self, parts: &[&[u8]]) -> [u8; 20] {
        hmac_sha1(self.0.expose().as_bytes(), parts)
    }
}

/// HMAC-SHA1 of the parts one after another.
pub(crate) fn hmac_sha1(key: &[u8], parts: &[&[u8]]) -> [u8; 20] {
    let mut mac: Hmac<Sha1> = match Hmac::new_from_slice(key) {
        Ok(mac) => mac,
        // HMAC takes keys of every length.
        Err(_) => unreachable!("HMAC takes every key"),
    };
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn credentials() -> Credentials {
        Credentials::new(Secret::new("north".into()))
    }

    fn room(id: &str) -> RoomId {
        RoomId(id.into())
    }

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(second).unwrap()
    }

    /// Made with `openssl dgst -sha1 -hmac north -binary | base64`, as coturn's documentation says.
    #[test]
    fn passwords_are_those_of_other_relays() {
        assert_eq!(credentials().password("1234567890:name"), "XTnqoXK04h9VUDEovBHxrIDAHkg=");
    }

    #[test]
    fn names_count_together_and_show_nothing() {
        let names: Vec<String> = (0..2).map(|_| credentials().make(&room("a"), 1, at(100)).0).collect();
        let [first, second] = names.as_slice() else { panic!("two names") };
        assert_ne!(first.split(':').nth(1), second.split(':').nth(1), "two names of one person look alike");
        let read = |name: &str| credentials().read(name, at(99)).unwrap();
        assert_eq!(read(first), read(second));
        let neighbour = read(&credentials().make(&room("a"), 2, at(100)).0);
        assert_eq!(neighbour.room, read(first).room);
        assert_ne!(neighbour.person, read(first).person);
        let elsewhere = read(&credentials().make(&room("b"), 1, at(100)).0);
        assert_ne!(elsewhere.room, read(first).room);
        assert_ne!(elsewhere.person, read(first).person);
    }

    #[test]
    fn names_end_and_strangers_have_none() {
        let (name, password) = credentials().make(&room("a"), 1, at(100));
        assert!(credentials().read(&name, at(99)).is_ok());
        assert_eq!(credentials().read(&name, at(100)), Err(NoHolder::Ended));
        for foreign in ["", ":", "100", "100:", "x:AAAA", "100:AAAA", "100:!!", &format!("{name}AAAA")] {
            assert_eq!(credentials().read(foreign, at(1)), Err(NoHolder::Foreign), "{foreign}");
        }
        assert_ne!(Credentials::new(Secret::new("south".into())).password(&name), password);
    }
}
