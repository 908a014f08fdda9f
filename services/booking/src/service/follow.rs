//! Keeping the copy of the directory up to date.

use std::time::Duration;

use contracts::directory::DirectoryEvent;
use kernel::Envelope;

use super::Booking;
use crate::BookingError;

pub use contracts::directory::{DirectoryLog, LogUnavailable};

/// Events that are taken over at once.
const BATCH: u32 = 500;
/// How often the log is looked at.
const EVERY: Duration = Duration::from_millis(500);

impl Booking {
    /// Takes over what the directory's log has that is not known yet; answers how many events.
    ///
    /// # Errors
    /// [`BookingError::Store`] also when the log cannot be read just now.
    pub async fn catch_up(&self, log: &dyn DirectoryLog) -> Result<usize, BookingError> {
        let mut taken = 0;
        loop {
            let cursor = self.store().cursor().await?;
            let events: Vec<Envelope<DirectoryEvent>> =
                log.after(cursor, BATCH).await.map_err(|LogUnavailable| unavailable())?;
            if events.is_empty() {
                return Ok(taken);
            }
            self.store().follow(&events).await?;
            taken += events.len();
        }
    }

    /// Follows the directory as long as the process runs.
    pub async fn follow(&self, log: &dyn DirectoryLog) {
        loop {
            if let Err(error) = self.catch_up(log).await {
                tracing::warn!(error.cause = %error, "the directory could not be followed; trying again");
            }
            tokio::time::sleep(EVERY).await;
        }
    }
}

fn unavailable() -> BookingError {
    BookingError::unavailable("the directory's log cannot be read")
}
