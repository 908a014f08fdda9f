//! What the running program forgets, by whatever clock, and what it never writes down.

mod appointment;
mod clock;
mod markers;
