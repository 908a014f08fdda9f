//! Ranking: which offers cover how much of what was asked, and in which order their centres stand.
//!
//! Owns the promise that the best-fitting centre comes first, the same every time, whoever it is.

mod around;
mod bits;
mod centres;
mod collect;
mod filter;
mod key;
#[cfg(test)]
mod mutant;
#[cfg(test)]
mod reference;
mod score;
mod scratch;

pub(crate) use around::Around;
pub(crate) use bits::{Bits, ones};
pub(crate) use collect::{PLACE, Ranked, Ranking, Top};
pub(crate) use filter::Filter;
#[cfg(test)]
pub(crate) use mutant::{Mutant, is_active, with_mutant};
#[cfg(test)]
pub(crate) use reference::Reference;
pub(crate) use score::{Alternative, alternatives, in_prose};
pub(crate) use scratch::Scratch;
