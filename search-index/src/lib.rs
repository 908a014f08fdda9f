//! The finder's engine: it turns directory records into an index and a person's words and place into ranked centres.
//!
//! Owns analysis of words, resolution of places, ranking and explanation. Knows no HTTP and no SQL, keeps nothing of
//! what is asked.

pub mod place;
pub mod search;

pub use search::{IndexBuilder, IndexError, IndexHome, Lexicon, LexiconError, SearchIndex, Topic};
