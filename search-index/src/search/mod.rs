//! Searching: a request with words and a place, an answer with ranked centres and the reasons.
//!
//! The way of a search: `query` cuts the words into units and finds out what may stand for each; `rank` counts, offer by
//! offer, which units it covers, and orders the centres; `answer` turns the best into hits and says why. `index` keeps the
//! lists this runs on, `lexicon` the meaning of words, `analysis` the form they are compared in.

mod analysis;
mod answer;
mod index;
mod lexicon;
mod model;
mod query;
mod rank;
mod suggest;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;

pub use index::{IndexBuilder, IndexError, IndexHome, SearchIndex};
pub use lexicon::{Lexicon, LexiconError, Topic};
pub use model::{Answer, Card, Field, Filters, Hit, OtherOffer, Reason, Request};
pub use suggest::{Suggestion, SuggestionKind};
