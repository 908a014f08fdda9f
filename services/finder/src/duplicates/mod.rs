//! Records that are probably the same centre.
//!
//! Owns how two records are compared and why. It names pairs with a score and its reasons; it never merges anything, and
//! pairs that somebody has decided to keep apart do not come back. The same centre stands in the lists of several
//! associations, each with its own abbreviations; two centres of one carrier in one house look just as much alike.
//! What tells them apart is what they do, so a different topic under one roof is never proposed as the same.
//!
//! Pairs are found by keys both records share (`blocks`) and not by comparing all with all.

mod address;
mod blocks;
mod candidate;
mod contact;
mod features;
mod finder;
mod fold;
mod name;
mod reason;
mod score;
mod similar;
mod words;

pub use self::{
    candidate::{Advice, Candidate, KeptApart},
    finder::Duplicates,
    reason::{Evidence, Reason},
};

#[cfg(test)]
mod tests;
