//! Which times are free, computed from rules and claims.
//!
//! Owns the computation, the choice of a counsellor and the view of what a change would do. Stores nothing: a slot is an
//! answer to a question and is gone with it; that it is still free is decided by the claim alone.
//!
//! What is promised of a slot:
//! - The appointment itself lies inside the times at which its counsellor can be met in that mode: the union of her
//!   rules, less her absences, the closures of the centre and its public holidays. It begins on a step of one of these
//!   rules, counted on the local clock.
//! - The appointment with its buffers lies outside of everything claimed and outside of the busy times of her own
//!   calendar. Buffers may hang over the begin or end of a rule or reach into an absence: they are time for notes, not
//!   for people. They never hang over another claim.
//! - A group that somebody has booked can be joined until it is full, as long as its counsellor can still be met then.
//!   Nothing else ever shares a counsellor's or a room's time.
//! - Notice is elapsed time, the horizon is local days.

mod choose;
mod days;
mod free;
mod preview;
mod question;
mod slot;
#[cfg(test)]
mod tests;
mod ticks;

pub use choose::{Load, choose};
pub use days::{Days, DaysWithSlots, days_with_slots};
pub use free::slots;
pub use preview::{Appointment, Change, Conflict, Preview, Uncovered, preview, uncovered};
pub use question::{Question, Resource, Room, Session, Taken};
pub use slot::{Candidate, Slot};
