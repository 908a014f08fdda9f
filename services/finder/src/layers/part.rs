//! The parts of an offer that are edited one by one.

use contracts::directory::Offer;
use serde_json::Value;

use super::field::{FieldError, json, list, read};

/// A part of an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names are those of the offer's fields")]
pub enum Part {
    Name,
    Description,
    Topics,
    Leika,
    TargetGroups,
    Keywords,
    Languages,
    Modes,
    Areas,
    Link,
}

impl Part {
    /// All parts, in the order pages show them.
    pub const ALL: [Self; 10] = [
        Self::Name,
        Self::Description,
        Self::Topics,
        Self::Leika,
        Self::TargetGroups,
        Self::Keywords,
        Self::Languages,
        Self::Modes,
        Self::Areas,
        Self::Link,
    ];

    /// The part as it stands behind the offer's id ("target_groups").
    pub const fn code(self) -> &'static str {
        match self {
            Self::Name => "name",
            Self::Description => "description",
            Self::Topics => "topics",
            Self::Leika => "leika",
            Self::TargetGroups => "target_groups",
            Self::Keywords => "keywords",
            Self::Languages => "languages",
            Self::Modes => "modes",
            Self::Areas => "areas",
            Self::Link => "link",
        }
    }

    /// The part with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|part| part.code() == code)
    }

    /// Its value; null when there is nothing.
    pub fn get(self, offer: &Offer) -> Value {
        match self {
            Self::Name => json(&offer.name),
            Self::Description => json(&offer.description),
            Self::Topics => list(&offer.topics),
            Self::Leika => json(&offer.leika),
            Self::TargetGroups => list(&offer.target_groups),
            Self::Keywords => list(&offer.keywords),
            Self::Languages => list(&offer.languages),
            Self::Modes => list(&offer.modes),
            Self::Areas => list(&offer.areas),
            Self::Link => json(&offer.link),
        }
    }

    /// Puts a value in; null takes away what is there.
    pub(super) fn set(self, offer: &mut Offer, value: &Value) -> Result<(), FieldError> {
        match self {
            Self::Name => offer.name = super::field::required(value)?,
            Self::Description => offer.description = read(value)?,
            Self::Topics => offer.topics = read(value)?,
            Self::Leika => offer.leika = read(value)?,
            Self::TargetGroups => offer.target_groups = read(value)?,
            Self::Keywords => offer.keywords = read(value)?,
            Self::Languages => offer.languages = read(value)?,
            Self::Modes => offer.modes = read(value)?,
            Self::Areas => offer.areas = read(value)?,
            Self::Link => offer.link = read(value)?,
        }
        Ok(())
    }

    /// Whether a value fits.
    pub(super) fn check(self, value: &Value) -> Result<(), FieldError> {
        self.set(&mut super::field::blank_offer(), value)
    }
}
