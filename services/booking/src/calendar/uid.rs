//! What appointments are called in calendars.
//!
//! A name tells nothing: not what it is about, not which installation it comes from. Only the installation can see that it gave a
//! name, so that an appointment of ours in a counsellor's own calendar does not make her busy a second time.

use data_encoding::HEXLOWER;
use kernel::ServerKey;
use subtle::ConstantTimeEq;

/// Bytes that tell appointments apart.
const NAME: usize = 16;
/// Bytes that tell our names from others.
const SIGN: usize = 8;

/// Names appointments in calendars.
#[derive(Debug, Clone)]
pub struct Uids {
    name: ServerKey,
    sign: ServerKey,
}

impl Uids {
    /// The names of this installation.
    pub fn new(key: &ServerKey) -> Self {
        let key = key.derive("booking/calendar");
        Self { name: key.derive("name"), sign: key.derive("sign") }
    }

    /// The name of an appointment: the same for its whole life, and of no use to find it here.
    pub fn of(&self, appointment_id: &str) -> String {
        let mac = self.name.mac(appointment_id.as_bytes());
        let name = &mac[..NAME];
        HEXLOWER.encode(&[name, &self.sign.mac(name)[..SIGN]].concat())
    }

    /// Whether this installation gave the name, also to an appointment that is long forgotten.
    pub fn is_ours(&self, uid: &str) -> bool {
        if uid.len() != 2 * (NAME + SIGN) {
            return false;
        }
        let Ok(bytes) = HEXLOWER.decode(uid.to_ascii_lowercase().as_bytes()) else { return false };
        let (name, sign) = bytes.split_at(NAME);
        self.sign.mac(name)[..SIGN].ct_eq(sign).into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_given_here_are_ours() {
        let uids = Uids::new(&ServerKey::new([7; 32]));
        let uid = uids.of("appointment");
        assert_eq!(uid, uids.of("appointment"));
        assert_ne!(uid, uids.of("another"));
        assert!(uids.is_ours(&uid) && uids.is_ours(&uid.to_uppercase()));
        assert!(!Uids::new(&ServerKey::new([8; 32])).is_ours(&uid), "another installation's");
        let mut other = uid.clone().into_bytes();
        other[0] = if other[0] == b'0' { b'1' } else { b'0' };
        for foreign in ["", "x", "ü", &uid[1..], &format!("{uid}0"), std::str::from_utf8(&other).unwrap()] {
            assert!(!uids.is_ours(foreign), "{foreign}");
        }
    }
}
