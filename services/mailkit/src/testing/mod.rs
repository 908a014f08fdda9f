//! For the tests of every service that sends mails: a mail server that misbehaves on demand, and the table.

mod authority;
mod conversation;
mod sink;

use storekit::{Migration, Service};

pub use self::sink::{Fault, Faults, ReceivedMail, Security, Setup, SmtpSink, Step};

/// The table's statements for SQLite, as they belong into a migration.
pub const TABLE_SQLITE: &str = crate::queue::table::SQLITE;
/// The table's statements for PostgreSQL, as they belong into a migration.
pub const TABLE_POSTGRES: &str = crate::queue::table::POSTGRES;

/// A service that consists of the queue alone.
pub const QUEUE_ALONE: Service = Service {
    name: "mailing",
    sqlite: &[Migration { version: 1, reason: "mail", sql: TABLE_SQLITE }],
    postgres: &[Migration { version: 1, reason: "mail", sql: TABLE_POSTGRES }],
};

#[cfg(test)]
macro_rules! on_both_engines {
    ($($promise:ident)*) => {
        mod sqlite {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $promise() { super::$promise(super::Scratch::sqlite()).await; })*
        }
        mod postgres {
            $(#[tokio::test(flavor = "multi_thread")]
            async fn $promise() { super::$promise(super::Scratch::postgres().await).await; })*
        }
    };
}

#[cfg(test)]
pub(crate) use on_both_engines;
