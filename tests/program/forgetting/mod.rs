//! What the running program forgets, by whatever clock, and what it never writes down.

pub(crate) mod appointment;
mod clock;
mod markers;
