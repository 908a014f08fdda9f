//! The place of a second, inner lock, for instance to a key of the centre: `seal` passes it first, `open` last.

use kernel::Personal;

use super::slot::Purpose;

/// The inner lock cannot lock or unlock a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the inner lock does not open or close")]
pub struct InnerError;

/// A lock inside of the one that dies. Without one, values pass unchanged.
pub trait InnerLock: Send + Sync + 'static {
    /// Locks what goes into the seal.
    fn lock(
        &self,
        record: &str,
        purpose: Purpose,
        plain: &Personal<Vec<u8>>,
    ) -> Result<Personal<Vec<u8>>, InnerError>;

    /// Unlocks what comes out of it.
    fn unlock(
        &self,
        record: &str,
        purpose: Purpose,
        locked: Personal<Vec<u8>>,
    ) -> Result<Personal<Vec<u8>>, InnerError>;
}

/// No inner lock.
pub(super) struct Open;

impl InnerLock for Open {
    fn lock(&self, _: &str, _: Purpose, plain: &Personal<Vec<u8>>) -> Result<Personal<Vec<u8>>, InnerError> {
        Ok(Personal::new(plain.expose().clone()))
    }

    fn unlock(
        &self,
        _: &str,
        _: Purpose,
        locked: Personal<Vec<u8>>,
    ) -> Result<Personal<Vec<u8>>, InnerError> {
        Ok(locked)
    }
}
