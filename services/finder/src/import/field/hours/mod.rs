//! Opening hours as people write them.
//!
//! What can be read becomes spans; what cannot becomes the note. Nothing is guessed: hours that are wrong are worse than
//! hours in words.

mod exceptions;
mod scan;
mod weekly;
mod write;

pub use exceptions::exceptions;
pub use weekly::{Weekly, weekly};
pub use write::{write_exceptions, write_weekly};

#[cfg(test)]
mod tests;
