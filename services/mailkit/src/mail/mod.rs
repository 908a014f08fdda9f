//! A mail as its author writes it, and its form on the wire.

mod calendar;
mod message;
mod message_id;
pub(crate) mod text;

pub(crate) use self::message::{Sender, address, format};
pub use self::{
    calendar::{CalendarFile, CalendarMethod, CalendarProblem},
    message_id::{MessageId, MessageIds},
};
use crate::{DisplayName, MailAddress};

/// In characters; more is cut off by mail programs anyway.
const LONGEST_SUBJECT: usize = 150;
/// In bytes; a mail of ours is a short letter.
const LONGEST_BODY: usize = 64 * 1024;

/// A mail that is ready to be sent: one recipient, plain text, nothing that loads from elsewhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Mail {
    to: MailAddress,
    to_name: Option<DisplayName>,
    subject: String,
    body: String,
    attachments: Vec<Attachment>,
}

/// Something that comes with a mail.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Attachment {
    /// A calendar file.
    Calendar(CalendarFile),
}

/// The text cannot become a mail: a fault of the program that wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MailProblem {
    /// The subject is empty, too long or holds a line break or another invisible character.
    #[error("the subject is empty, too long or holds an invisible character")]
    Subject,
    /// The text is empty or too long.
    #[error("the text is empty or too long")]
    Body,
}

impl Mail {
    /// A mail to one person.
    ///
    /// Line ends become CR LF; the marks that Fluent puts around what is filled in are taken out, because they break
    /// links.
    ///
    /// # Errors
    /// [`MailProblem`] when subject or text cannot be sent.
    pub fn new(to: MailAddress, subject: &str, body: &str) -> Result<Self, MailProblem> {
        let subject = text::line(subject)
            .filter(|subject| !subject.is_empty() && subject.chars().count() <= LONGEST_SUBJECT)
            .ok_or(MailProblem::Subject)?;
        let body = text::body(body);
        if body.trim().is_empty() || body.len() > LONGEST_BODY {
            return Err(MailProblem::Body);
        }
        Ok(Self { to, to_name: None, subject, body, attachments: Vec::new() })
    }

    /// Names the recipient.
    #[must_use]
    pub fn named(mut self, name: DisplayName) -> Self {
        self.to_name = Some(name);
        self
    }

    /// Attaches something.
    #[must_use]
    pub fn with(mut self, attachment: Attachment) -> Self {
        self.attachments.push(attachment);
        self
    }

    /// Whom it goes to.
    pub fn to(&self) -> &MailAddress {
        &self.to
    }

    /// The recipient's name.
    pub fn to_name(&self) -> Option<&DisplayName> {
        self.to_name.as_ref()
    }

    /// The subject.
    pub fn subject(&self) -> &str {
        &self.subject
    }

    /// The text, its lines ending in CR LF.
    pub fn body(&self) -> &str {
        &self.body
    }

    /// What comes with it.
    pub fn attachments(&self) -> &[Attachment] {
        &self.attachments
    }
}

impl std::fmt::Debug for Mail {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Mail(…)")
    }
}

#[cfg(test)]
mod tests;
