//! The mails of accounts: plain text, neutral, in the language of the person they go to.
//!
//! What is queued says only what about. The text, the address and the link are made when the mail leaves, from the state
//! as it is then: an invitation that was taken back is not sent, a link stands in no queue.

mod author;
mod kind;
mod letter;

pub use self::{author::StaffMails, kind::MailKind};

#[cfg(test)]
mod tests;
