//! The installation's own key, from which every other secret of the server is derived.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::Secret;

/// 32 random bytes that belong to one installation. They lie in a file of their own, which is backed up apart from the
/// databases.
#[derive(Debug, Clone)]
pub struct ServerKey(Secret<[u8; 32]>);

impl ServerKey {
    /// The key with these bytes.
    pub const fn new(bytes: [u8; 32]) -> Self {
        Self(Secret::new(bytes))
    }

    /// A fresh key from the operating system's randomness.
    pub fn random() -> Self {
        Self::new(rand::random())
    }

    /// The bytes, to write them into their file.
    pub const fn expose(&self) -> &[u8; 32] {
        self.0.expose()
    }

    /// A key for one purpose: HMAC-SHA-256 of the purpose under this key. Different purposes give independent keys.
    pub fn derive(&self, purpose: &str) -> Self {
        Self::new(self.mac(purpose.as_bytes()))
    }

    /// HMAC-SHA-256 of `message` under this key.
    pub fn mac(&self, message: &[u8]) -> [u8; 32] {
        let mut mac: Hmac<Sha256> = match Hmac::new_from_slice(self.0.expose()) {
            Ok(mac) => mac,
            // HMAC takes keys of every length.
            Err(_) => unreachable!("HMAC takes every key"),
        };
        mac.update(message);
        mac.finalize().into_bytes().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn purposes_and_installations_have_keys_of_their_own() {
        let key = ServerKey::new([7; 32]);
        assert_eq!(key.derive("a").expose(), key.derive("a").expose());
        assert_ne!(key.derive("a").expose(), key.derive("b").expose());
        assert_ne!(key.derive("a").expose(), ServerKey::new([8; 32]).derive("a").expose());
    }
}
