//! Mail: the queue in a service's own database, the worker that empties it, and the ways a mail leaves.
//!
//! What is queued is an [`Intent`]: what about, to be told in which language. It is queued in the transaction that
//! makes it true, and it holds no address and no text. Just before a mail leaves, the service's [`Author`] reads the
//! state again and either writes the mail or says that it is no longer wanted. So nothing about a person waits in the
//! queue, and a mail never tells what is no longer so.
//!
//! SMTP cannot promise "exactly once": an answer can be lost after the mail was taken. The promise here is never zero,
//! never wrong, and a second copy carries the Message-ID of the first.
//!
//! Refuses to know what any mail says: texts, templates and addresses belong to the services. Never logs an address,
//! a subject or a text.

mod address;
mod mail;
mod post;
mod queue;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod worker;

pub use self::{
    address::{AddressProblem, DisplayName, MailAddress, NameProblem},
    mail::{
        Attachment, CalendarFile, CalendarMethod, CalendarProblem, Mail, MailProblem, MessageId, MessageIds,
    },
    post::{
        LocalMail, LocalPost, Post, Problem, SendError, SmtpPost, SmtpRelay, SmtpSettings,
        SmtpSettingsProblem,
    },
    queue::{
        Intent, Leased, Queue, Waiting, enqueue_postgres, enqueue_sqlite, is_given_up_postgres,
        is_given_up_sqlite, withdraw_postgres, withdraw_sqlite,
    },
    worker::{Author, AuthorError, Mailer, MailerParts, Round, Waker},
};
