//! The routes with a real store behind them and a clock that stands still: whole ways, and what must never happen on them.

mod centre;
mod disk;
pub(crate) mod guard;
pub(crate) mod house;
mod log;
mod messages;
mod own;
mod race;
mod talk;
mod wait;
mod walk_in;
mod way;
