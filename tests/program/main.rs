//! Tests of the whole program: started as an operator starts it.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test stops where something is wrong, and says when it skips"
)]

mod backup;
mod forgetting;
mod harness;
mod hostile;
mod import;
mod import_crash;
mod nodes;
mod privacy;
mod real_data;
mod staff;
