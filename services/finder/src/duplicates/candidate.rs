//! A pair that somebody should look at.

use std::collections::HashSet;

use serde::{Deserialize, Serialize};

use super::Evidence;

/// Two records that may be the same centre.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Candidate {
    /// Our id of the one; the smaller of the two.
    pub one: String,
    /// Our id of the other.
    pub other: String,
    /// The leading list of the one, and of the other.
    pub sources: [String; 2],
    /// How much speaks for it, 0 to 100.
    pub score: u8,
    /// What it looks like.
    pub advice: Advice,
    /// What speaks for and against it, the weightiest first.
    pub evidence: Vec<Evidence>,
}

/// What a pair looks like. Somebody decides; this is only where to begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Advice {
    /// Probably the same centre.
    Merge,
    /// Much is alike, not enough to say.
    Look,
    /// One house or one carrier, but another service.
    KeepApart,
}

/// Pairs of ids that somebody has decided to keep apart.
#[derive(Debug, Clone, Default)]
pub struct KeptApart(HashSet<(String, String)>);

impl KeptApart {
    /// Whether these two are kept apart, in whichever order.
    pub fn contains(&self, one: &str, other: &str) -> bool {
        let (one, other) = if one <= other { (one, other) } else { (other, one) };
        !self.0.is_empty() && self.0.contains(&(one.to_owned(), other.to_owned()))
    }
}

impl<A: Into<String>, B: Into<String>> FromIterator<(A, B)> for KeptApart {
    fn from_iter<I: IntoIterator<Item = (A, B)>>(pairs: I) -> Self {
        let ordered = pairs.into_iter().map(|(one, other)| {
            let (one, other) = (one.into(), other.into());
            if one <= other { (one, other) } else { (other, one) }
        });
        Self(ordered.collect())
    }
}
