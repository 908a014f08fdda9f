//! Analysis: texts become folded words, stems and compound parts, the same way for entries and for queries.
//!
//! Owns the form words are compared in. Knows neither concepts nor the index.

mod compound;
mod fold;
mod stem;
mod token;

pub(crate) use compound::Splitter;
pub(crate) use fold::fold;
pub(crate) use stem::stem;
pub(crate) use token::{Token, tokens};

/// Version of the analysis; a change of any rule here or in the index layout needs a new number, because an index
/// made by other rules must not be read.
pub(crate) const ANALYZER_VERSION: &str = "2";
/// The stemmer's release: its stems follow upstream, so an index belongs to exactly one.
pub(crate) const STEMMER_VERSION: &str = "frostem 2.20261016.1";
