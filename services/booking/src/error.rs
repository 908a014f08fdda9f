//! What can go wrong, by situation.

use storekit::StoreError;

/// Booking could not do what it was asked.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BookingError {
    /// Somebody else was faster, or the time is no longer offered.
    #[error("this time is taken")]
    Taken,
    /// There is no such thing for whoever asks.
    #[error("not found")]
    NotFound,
    /// It changed since it was read; read again and decide anew.
    #[error("it changed meanwhile")]
    Changed,
    /// The appointment has begun, is over or was cancelled.
    #[error("the appointment can no longer be changed")]
    Closed,
    /// The folder of keys belongs to the appointments of another database.
    #[error(
        "the keys belong to the appointments of another database; check --data and --store. Only if those appointments are \
         lost for good, empty the folder of keys"
    )]
    ForeignKeys,
    /// The database.
    #[error(transparent)]
    Store(StoreError),
}

impl BookingError {
    /// Something that is needed does not answer; trying again may help.
    pub(crate) fn unavailable(reason: &'static str) -> Self {
        Self::Store(StoreError::Unavailable { reason: reason.to_owned() })
    }

    /// What a deadlock on PostgreSQL looks like: nothing has happened, and trying again helps.
    pub fn is_worth_another_try(&self) -> bool {
        matches!(self, Self::Store(StoreError::Unavailable { reason })
            if reason == "SQLSTATE 40P01" || reason == "SQLSTATE 40001")
    }
}

impl From<StoreError> for BookingError {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

impl From<sqlx::Error> for BookingError {
    fn from(error: sqlx::Error) -> Self {
        Self::Store(error.into())
    }
}
