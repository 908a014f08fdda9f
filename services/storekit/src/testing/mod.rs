//! Scratch databases for tests and benches: a SQLite file of one's own, a database of one's own on a private
//! PostgreSQL.
//!
//! The private PostgreSQL is started once per process from the installed binaries, in a temporary folder, reachable
//! through a Unix socket only. The machine's own PostgreSQL is never touched. It ends with the process, however the
//! process ends.

mod private_postgres;
mod scratch;

pub use self::{private_postgres::PrivatePostgres, scratch::Scratch};

#[cfg(test)]
mod tests;
