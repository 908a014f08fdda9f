//! Who writes the mails: the service whose queue it is.

use async_trait::async_trait;

use crate::{Intent, Mail};

/// Writes mails at the moment they are sent.
#[async_trait]
pub trait Author: Send + Sync + 'static {
    /// Reads the state of what the intent is about and writes the mail; `None` if it is no longer wanted, because what
    /// it would tell has changed or is gone. It may be asked more than once for the same intent.
    ///
    /// # Errors
    /// [`AuthorError`] says whether asking again may help.
    async fn write(&self, intent: &Intent) -> Result<Option<Mail>, AuthorError>;
}

/// The mail could not be written.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AuthorError {
    /// What is needed cannot be read just now.
    #[error("the mail cannot be written now: {reason}")]
    Unavailable {
        /// Why, without anything about a person: it is logged.
        reason: String,
    },
    /// This intent can never become a mail: a fault of the program.
    #[error("the mail cannot be written: {reason}")]
    Broken {
        /// Why, without anything about a person: it is logged.
        reason: String,
    },
}
