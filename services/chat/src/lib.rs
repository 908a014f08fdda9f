//! Conversations: rooms that live in memory, a relay that cannot read, and nothing kept.
//!
//! It owns no database and writes no file. Who may enter says booking, by signed rights ([`contracts::talk`]).

pub mod protocol;
pub mod room;
