//! The ways a mail leaves: to a relay by SMTP, or into a page of this installation.

mod careful;
mod local;
mod problem;
mod relay;
mod settings;
mod smtp;

use async_trait::async_trait;

pub use self::{
    local::{LocalMail, LocalPost},
    problem::{Problem, SendError},
    relay::SmtpRelay,
    settings::{SmtpSettings, SmtpSettingsProblem},
    smtp::SmtpPost,
};
use crate::{Mail, MessageId};

/// A way for mails to leave.
#[async_trait]
pub trait Post: Send + Sync + 'static {
    /// Hands one mail over. `Ok` means that somebody else is responsible for it from now on.
    ///
    /// # Errors
    /// [`SendError`] says whether trying again may help.
    async fn send(&self, mail: &Mail, id: &MessageId) -> Result<(), SendError>;
}

#[cfg(test)]
mod tests;
