//! Password hashes (Argon2id), made and checked with bounded memory.

use argon2::{
    Argon2, Params,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use kernel::Secret;
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

/// OWASP's first choice for small machines: 19 MiB, two passes, one lane.
const MEMORY_KIB: u32 = 19 * 1024;
const PASSES: u32 = 2;
/// Hashes worked on at the same time: memory stays below 40 MiB whatever arrives.
const AT_ONCE: usize = 2;
/// Sign-ins that may wait for their turn; more are asked to come back.
const IN_LINE: usize = 64;

/// Makes and checks password hashes.
pub struct Passwords {
    turns: Semaphore,
    line: Semaphore,
    params: Params,
    /// The hash of a password nobody has: work for accounts that do not exist.
    nobody: String,
}

/// A password cannot be hashed or checked right now.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HashError {
    /// Too many sign-ins at once.
    #[error("too many passwords are being checked")]
    Busy,
    /// The machine cannot do it (memory).
    #[error("a password could not be hashed: {0}")]
    Failed(String),
}

impl Passwords {
    /// Passwords with the settings of an installation.
    pub fn new() -> Result<Self, HashError> {
        Self::with(MEMORY_KIB, PASSES)
    }

    /// Passwords that cost next to nothing, for tests that are not about them.
    #[cfg(test)]
    pub(crate) fn cheap() -> Self {
        Self::with(64, 1).unwrap()
    }

    fn with(memory: u32, passes: u32) -> Result<Self, HashError> {
        let params = Params::new(memory, passes, 1, None).map_err(failed)?;
        let nobody = hash(&params, &rand::random::<[u8; 32]>())?;
        Ok(Self { turns: Semaphore::new(AT_ONCE), line: Semaphore::new(IN_LINE), params, nobody })
    }

    /// The hash to store for a password.
    pub async fn hash(&self, password: &Secret<String>) -> Result<Secret<String>, HashError> {
        let (params, bytes) = (self.params.clone(), prepared(password));
        self.in_turn(move || hash(&params, bytes.expose()).map(Secret::new)).await?
    }

    /// Whether `password` is the one `stored` was made from.
    ///
    /// Without a stored hash (nobody of that name, or an account without a password) the same work is done and the
    /// answer is no: how long it takes does not tell whether an account exists.
    pub async fn verify(&self, password: &Secret<String>, stored: Option<&str>) -> Result<bool, HashError> {
        let known = stored.is_some();
        let (stored, bytes) = (stored.unwrap_or(&self.nobody).to_owned(), prepared(password));
        let fits = self.in_turn(move || fits(&stored, bytes.expose())).await?;
        Ok(fits && known)
    }

    async fn in_turn<R: Send + 'static>(
        &self,
        work: impl FnOnce() -> R + Send + 'static,
    ) -> Result<R, HashError> {
        let _place = self.line.try_acquire().map_err(|_| HashError::Busy)?;
        let _turn = self.turns.acquire().await.map_err(|_| HashError::Busy)?;
        tokio::task::spawn_blocking(work).await.map_err(failed)
    }
}

fn failed(error: impl std::fmt::Display) -> HashError {
    HashError::Failed(error.to_string())
}

/// Keyboards differ in how they write ä: the composed form counts (RFC 8265).
fn prepared(password: &Secret<String>) -> Secret<Vec<u8>> {
    Secret::new(password.expose().nfc().collect::<String>().into_bytes())
}

fn argon2(params: Params) -> Argon2<'static> {
    Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, params)
}

fn hash(params: &Params, password: &[u8]) -> Result<String, HashError> {
    argon2(params.clone()).hash_password(password).map(|hash| hash.to_string()).map_err(failed)
}

/// A stored hash brings its own settings, so that they can be raised later.
fn fits(stored: &str, password: &[u8]) -> bool {
    PasswordHash::new(stored)
        .is_ok_and(|stored| argon2(Params::DEFAULT).verify_password(password, &stored).is_ok())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn secret(text: &str) -> Secret<String> {
        Secret::new(text.to_owned())
    }

    #[tokio::test]
    async fn only_the_right_password_fits() {
        let passwords = Passwords::new().unwrap();
        let stored = passwords.hash(&secret("Vier Wörter, gut gemischt")).await.unwrap();
        assert!(stored.expose().starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{}", stored.expose());
        let stored = Some(stored.expose().as_str());
        assert!(passwords.verify(&secret("Vier Wörter, gut gemischt"), stored).await.unwrap());
        assert!(passwords.verify(&secret("Vier Wo\u{308}rter, gut gemischt"), stored).await.unwrap());
        assert!(!passwords.verify(&secret("Vier Wörter, gut gemischt "), stored).await.unwrap());
        assert!(!passwords.verify(&secret(""), stored).await.unwrap());
    }

    #[tokio::test]
    async fn nobody_has_no_password_and_a_damaged_hash_fits_nothing() {
        let passwords = Passwords::cheap();
        assert!(!passwords.verify(&secret("x"), None).await.unwrap());
        assert!(!passwords.verify(&secret("x"), Some("")).await.unwrap());
        assert!(!passwords.verify(&secret("x"), Some("$argon2id$v=19$m=64")).await.unwrap());
    }

    #[tokio::test]
    async fn equal_passwords_have_different_hashes() {
        let passwords = Passwords::cheap();
        let (one, two) = (
            passwords.hash(&secret("gleich")).await.unwrap(),
            passwords.hash(&secret("gleich")).await.unwrap(),
        );
        assert_ne!(one.expose(), two.expose());
    }

    #[tokio::test]
    async fn a_flood_is_asked_to_come_back() {
        let passwords = Arc::new(Passwords::cheap());
        let _all = passwords.turns.acquire_many(2).await.unwrap();
        let waiting: Vec<_> = (0..IN_LINE)
            .map(|_| {
                let passwords = passwords.clone();
                tokio::spawn(async move { passwords.verify(&secret("x"), None).await })
            })
            .collect();
        while passwords.line.available_permits() > 0 {
            tokio::task::yield_now().await;
        }
        assert_eq!(passwords.verify(&secret("x"), None).await, Err(HashError::Busy));
        waiting.iter().for_each(tokio::task::JoinHandle::abort);
    }
}
