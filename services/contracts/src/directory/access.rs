//! Whether a person can get in and get by.

use serde::{Deserialize, Serialize};

/// Access to the building and the rooms.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Access {
    /// Whether a wheelchair gets in; `None` when nobody has said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wheelchair: Option<Wheelchair>,
    /// Concrete facts in plain words ("2 Stufen am Eingang", "Aufzug", "Induktionsschleife").
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<String>,
    /// How to get there ("Straßenbahn 3, Haltestelle Rathaus").
    #[serde(skip_serializing_if = "Option::is_none")]
    pub directions: Option<String>,
}

/// How far a wheelchair gets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wheelchair {
    /// Entrance, rooms and toilet.
    Full,
    /// With help or not everywhere.
    Partial,
    /// Not at all.
    No,
}
