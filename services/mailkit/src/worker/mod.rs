//! The worker: takes due rows, has them written, hands them to the post and writes down how it went.

mod author;
mod backoff;
mod breaker;
mod deliver;
mod mailer;

pub use self::{
    author::{Author, AuthorError},
    mailer::{Mailer, MailerParts, Round, Waker},
};

#[cfg(test)]
mod tests;
