//! The judged directory: invented centres whose needs, areas and positions are known by construction, queries on them,
//! and grades computed from that knowledge alone. No analyzer of any engine takes part.

mod dice;
mod directory;
mod grades;
mod needs;
mod queries;

use std::collections::HashMap;

use contracts::directory::Centre;
use search_index::place::Place;

pub(crate) use self::directory::directory;
pub(crate) use self::{grades::REACH_KM, queries::queries};

/// The directory and what is known of it.
#[derive(Debug)]
pub(crate) struct Directory {
    /// The records, as every engine gets them.
    pub(crate) centres: Vec<Centre>,
    /// For each centre, for each of its offers, the needs it serves.
    serves: Vec<Vec<Vec<&'static str>>>,
}

/// A query with its judgement.
#[derive(Debug)]
pub(crate) struct Judged {
    /// What it tests.
    pub(crate) kind: Kind,
    /// What was typed as need.
    pub(crate) words: String,
    /// What was typed as place, resolved; several for an ambiguous name.
    pub(crate) places: Vec<Place>,
    /// External ids of the centres worth showing: 3 best, 1 better than nothing; all others 0.
    pub(crate) grades: HashMap<String, u8>,
}

/// What a query tests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Kind {
    /// Words as centres use them.
    Exact,
    /// The beginning of a word.
    Partial,
    /// Mistyped.
    Typo,
    /// ä as ae or a.
    Umlaut,
    /// A compound no centre uses.
    Compound,
    /// As people speak.
    Everyday,
    /// Not German.
    Language,
    /// Two needs at once.
    Several,
    /// Only a postcode.
    PostcodeOnly,
    /// Only a town.
    TownOnly,
    /// A town of a name that many carry.
    Ambiguous,
    /// A postcode that lies in several districts.
    Border,
    /// Nobody is responsible.
    Nobody,
    /// A need among characters that mean something to machines.
    Hostile,
}

impl Kind {
    /// The kind as the table shows it.
    pub(crate) const fn label(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Partial => "partial",
            Self::Typo => "typo",
            Self::Umlaut => "umlaut",
            Self::Compound => "compound",
            Self::Everyday => "everyday",
            Self::Language => "language",
            Self::Several => "several",
            Self::PostcodeOnly => "postcode",
            Self::TownOnly => "town",
            Self::Ambiguous => "ambiguous",
            Self::Border => "border",
            Self::Nobody => "nobody",
            Self::Hostile => "hostile",
        }
    }
}
