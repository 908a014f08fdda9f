//! From what a person typed to the units of information a hit can cover.
//!
//! Owns the understanding of queries. User text is only ever cut into words here; it reaches no query parser.

mod bag;
mod expand;
mod sense;
mod typo;
mod unit;

pub(crate) use sense::{Sense, quality};
pub(crate) use typo::Typo;
pub(crate) use unit::{MAX_UNITS, Unit};
