//! The addresses of counsellors' own calendars at rest.
//!
//! Who knows such an address reads a whole calendar, so that the database alone must not tell it. It is sealed
//! (ChaCha20-Poly1305) under a key derived from the installation's own and bound to the counsellor, and not under a key
//! that dies: it belongs to a member of staff, who takes it back herself.

use chacha20poly1305::{
    ChaCha20Poly1305, Key, Nonce,
    aead::{Aead, KeyInit, Payload},
};
use kernel::ServerKey;
use zeroize::Zeroizing;

use super::fetch::CalendarAddress;

/// The form of what is sealed; a later form gets the next number.
const VERSION: u8 = 1;
const NONCE: usize = 12;

/// Seals addresses.
pub struct AddressSeal(ChaCha20Poly1305);

impl AddressSeal {
    /// The seal of this installation.
    pub fn new(key: &ServerKey) -> Self {
        let key = Key::from(*key.derive("booking/calendar-address").expose());
        Self(ChaCha20Poly1305::new(&key))
    }

    /// Seals an address for a counsellor. None where the cipher fails, which it does for no address.
    pub fn seal(&self, resource_id: &str, address: &CalendarAddress) -> Option<Vec<u8>> {
        let nonce: [u8; NONCE] = rand::random();
        let payload = Payload { msg: address.as_str().as_bytes(), aad: resource_id.as_bytes() };
        let sealed = self.0.encrypt(&Nonce::from(nonce), payload).ok()?;
        Some([&[VERSION][..], &nonce, &sealed].concat())
    }

    /// Opens what [`AddressSeal::seal`] made for the same counsellor. None if it is damaged or of another installation.
    pub fn open(&self, resource_id: &str, sealed: &[u8]) -> Option<CalendarAddress> {
        let Some((&VERSION, rest)) = sealed.split_first() else { return None };
        let (nonce, sealed) = rest.split_first_chunk::<NONCE>()?;
        let payload = Payload { msg: sealed, aad: resource_id.as_bytes() };
        let plain = Zeroizing::new(self.0.decrypt(&Nonce::from(*nonce), payload).ok()?);
        CalendarAddress::parse(std::str::from_utf8(&plain).ok()?).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_opens_only_for_its_counsellor_and_installation() {
        let seal = AddressSeal::new(&ServerKey::new([7; 32]));
        let address = CalendarAddress::parse("https://haus.example/geheim.ics").unwrap();
        let sealed = seal.seal("berta", &address).unwrap();
        assert_eq!(seal.open("berta", &sealed), Some(address.clone()));
        assert_eq!(seal.open("carl", &sealed), None);
        assert_eq!(AddressSeal::new(&ServerKey::new([8; 32])).open("berta", &sealed), None);
        assert_ne!(seal.seal("berta", &address).unwrap(), sealed, "never sealed alike");
        assert!(!sealed.windows(6).any(|part| part == b"geheim"));
        for at in 0..sealed.len() {
            let mut damaged = sealed.clone();
            damaged[at] ^= 1;
            assert_eq!(seal.open("berta", &damaged), None, "byte {at}");
            assert_eq!(seal.open("berta", &sealed[..at]), None, "cut at {at}");
        }
    }
}
