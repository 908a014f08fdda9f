//! For whom an offer is responsible.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{DistrictKey, LandKey, MunicipalityKey, Postcode};

/// An area whose residents an offer is responsible for.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "kind", content = "key", rename_all = "snake_case")]
pub enum Area {
    /// All postcodes from the first to the last, both included.
    Postcodes(PostcodeRange),
    /// A municipality by its AGS.
    Municipality(MunicipalityKey),
    /// A district or district-free city.
    District(DistrictKey),
    /// A Land.
    Land(LandKey),
    /// All of Germany.
    Nationwide,
}

/// A range of postcodes, `first <= last`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PostcodeRange {
    /// The lowest postcode of the range.
    pub first: Postcode,
    /// The highest; equal to `first` for a single postcode.
    pub last: Postcode,
}

impl PostcodeRange {
    /// The range between two postcodes, whichever comes first.
    pub fn between(one: Postcode, other: Postcode) -> Self {
        Self { first: one.min(other), last: one.max(other) }
    }

    /// Whether the postcode lies in the range.
    pub fn contains(&self, postcode: Postcode) -> bool {
        (self.first..=self.last).contains(&postcode)
    }
}

impl fmt::Display for PostcodeRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.first == self.last {
            write!(f, "{}", self.first)
        } else {
            write!(f, "{}–{}", self.first, self.last)
        }
    }
}
