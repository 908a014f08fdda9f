//! Calendar files: appointments told to calendars, and busy times read from a counsellor's own.
//!
//! Owns the text of calendar files (RFC 5545, RFC 5546) and how far a foreign calendar is trusted. Refuses to decide who
//! gets which file: identifiers, sequence numbers and translated texts come from the caller. Of a foreign calendar it keeps
//! nothing but the spans somebody is busy in.

pub mod busy;
mod entry;
pub mod fetch;
mod sealed;
#[cfg(test)]
mod tests;
mod text;
mod trouble;
mod uid;
mod write;

pub use entry::{Entry, Status, street};
pub use sealed::AddressSeal;
pub use trouble::Trouble;
pub use uid::Uids;
pub use write::{CalendarText, Detail, Method, Parties, centre_file, feed, seeker_file};
