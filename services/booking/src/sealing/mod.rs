//! Sealing: what seekers say about themselves, under keys that die.
//!
//! Owns the key folder (`data/keys/booking/`), the form of what is sealed, and the clock that decides when a key is due.
//! Refuses to know a database, and to keep anything but keys: every other byte of a person lies sealed somewhere else.
//! The folder belongs to one process and to no backup; with its keys go all copies of what they sealed.
//!
//! # The folder
//! One file per UTC day of expiry, `<YYYY-MM-DD>.keys`, of 64-byte slots. A free slot is all zero. Besides its 32-byte key a slot
//! carries its exact due time, a mark of the record it belongs to and a check over its day and number, so that torn and
//! foreign slots are told from keys. Files grow by blocks of written zeros; so destroying never needs room on the disk.
//! The folder must not lie on a copy-on-write file system (btrfs, ZFS, snapshots): overwriting would not reach the old bytes.
//!
//! # Order of things
//! [`KeyFolder::seal`] returns once the key is synced, and the row is committed after that: a crash leaves a key without a
//! row (it dies when due), never a row without a key. [`KeyFolder::destroy`] and [`KeyFolder::destroy_due`] return once
//! zeros are synced over the key. Moving an appointment is sealing anew, committing, and destroying the old key.
//! Callers that arrive while the disk is busy share its next round of syncs. All methods block: call them
//! where blocking is allowed.
//!
//! # The clock
//! A wrong clock can kill keys too early (contact data of open appointments is lost) or too late (the promise is
//! broken). Time is therefore *believed*, not read:
//! - It never runs backwards: what was due stays due, over restarts too, by a heartbeat in the folder.
//! - While the process runs, the wall clock is held against a clock nobody can set. More than 26 hours ahead of it, all steps
//!   since the start taken together, and the wall clock is not believed ([`ClockState::Jumped`]); behind it, neither
//!   ([`ClockState::Behind`]). Destroying does not stop meanwhile: it goes on by the clock nobody can set, so that real
//!   time passing still kills what is due, and nothing else dies.
//! - At the start nothing tells a long time switched off from a wrong clock. Up to 400 days since the heartbeat are believed:
//!   a machine switched off for a month must have forgotten before it answers its first request. Beyond that (a
//!   clock that woke up in 2099) believing waits for an administrator.
//! - [`KeyFolder::confirm`] lets an administrator say that the wall clock is right; it is the only way back in time.
//!
//! A machine that sleeps for more than 26 hours while the process runs looks like a jump: confirm, or restart.

mod belief;
mod clock;
mod day;
mod disk;
mod envelope;
mod folder;
mod identity;
mod inner;
mod recover;
mod round;
mod slot;
mod sweep;

#[cfg(test)]
pub(crate) mod tests;

pub use belief::BelievedClock;
pub use clock::ClockState;
pub use folder::{DiskProblem, KeyFolder, OpenError, Plain, SealError, Sealed};
pub use inner::{InnerError, InnerLock};
pub use recover::{FolderError, Found};
pub use slot::{KeyPlace, Purpose};
pub use sweep::Sweep;
