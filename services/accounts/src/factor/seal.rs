//! Sealing of second factors at rest: the database alone does not help anybody to sign in.

use chacha20poly1305::{
    ChaCha20Poly1305, Key, Nonce,
    aead::{Aead, KeyInit, Payload},
};
use kernel::{Secret, ServerKey};

/// The form of what is sealed; a later form gets the next number.
const VERSION: u8 = 1;
const NONCE: usize = 12;

/// Seals values under a key derived from the installation's own.
pub struct Seal {
    cipher: ChaCha20Poly1305,
}

/// What was sealed cannot be opened: damaged, of another person, or sealed under another key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a sealed value cannot be opened; does the key file belong to this database?")]
pub struct Broken;

impl Seal {
    /// A seal for one purpose ("totp", "passkey"): what is sealed for one cannot be opened as another.
    pub fn new(key: &ServerKey, purpose: &str) -> Self {
        let key = Key::from(*key.derive(purpose).expose());
        Self { cipher: ChaCha20Poly1305::new(&key) }
    }

    /// Seals `plain` so that it can only be opened for the same `owner`.
    pub fn seal(&self, owner: &str, plain: &[u8]) -> Result<Vec<u8>, Broken> {
        let nonce: [u8; NONCE] = rand::random();
        let payload = Payload { msg: plain, aad: owner.as_bytes() };
        let sealed = self.cipher.encrypt(&Nonce::from(nonce), payload).map_err(|_| Broken)?;
        Ok([&[VERSION][..], &nonce, &sealed].concat())
    }

    /// Opens what [`Seal::seal`] made.
    pub fn open(&self, owner: &str, sealed: &[u8]) -> Result<Secret<Vec<u8>>, Broken> {
        let Some((&VERSION, rest)) = sealed.split_first() else { return Err(Broken) };
        let (nonce, sealed) = rest.split_first_chunk::<NONCE>().ok_or(Broken)?;
        let payload = Payload { msg: sealed, aad: owner.as_bytes() };
        self.cipher.decrypt(&Nonce::from(*nonce), payload).map(Secret::new).map_err(|_| Broken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sealed_value_opens_only_for_its_owner_purpose_and_installation() {
        let key = ServerKey::new([7; 32]);
        let seal = Seal::new(&key, "totp");
        let sealed = seal.seal("p1", b"secret").unwrap();
        assert_eq!(seal.open("p1", &sealed).unwrap().expose(), b"secret");
        assert_eq!(seal.open("p2", &sealed).unwrap_err(), Broken);
        assert!(Seal::new(&key, "passkey").open("p1", &sealed).is_err());
        assert!(Seal::new(&ServerKey::new([8; 32]), "totp").open("p1", &sealed).is_err());
        for at in 0..sealed.len() {
            let mut damaged = sealed.clone();
            damaged[at] ^= 1;
            assert!(seal.open("p1", &damaged).is_err(), "byte {at}");
            assert!(seal.open("p1", &sealed[..at]).is_err(), "cut at {at}");
        }
    }

    #[test]
    fn the_same_value_is_never_sealed_alike() {
        let seal = Seal::new(&ServerKey::new([7; 32]), "totp");
        assert_ne!(seal.seal("p1", b"secret").unwrap(), seal.seal("p1", b"secret").unwrap());
    }
}
