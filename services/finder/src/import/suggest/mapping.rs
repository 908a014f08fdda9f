//! Which column is which field, as a person can see and change it on one page.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Target;
use crate::import::profile::Format;

/// How a table with one row for each centre, or for each offer, becomes centres.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mapping {
    /// The kind of file.
    pub format: Format,
    /// Its character set; found out when not given.
    pub encoding: Option<String>,
    /// Its delimiter; found out when not given.
    pub delimiter: Option<String>,
    /// Its sheet; the first when not given.
    pub sheet: Option<String>,
    /// Lines before the header.
    pub skip_lines: u64,
    /// One for each column, in order.
    pub columns: Vec<ColumnChoice>,
    /// Rows with the same external id are offers of one centre.
    pub group: bool,
    /// The offer's name where no column has it.
    pub offer_name: String,
    /// The association where no column has it.
    pub association: String,
    /// Topics of all offers where no column has them.
    pub topics: Vec<String>,
    /// Ways of counselling where no column has them.
    pub modes: Vec<String>,
}

/// What becomes of a column.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ColumnChoice {
    /// Its heading.
    pub name: String,
    /// The field it fills; `None` leaves it out.
    pub target: Option<Target>,
    /// Characters that part a list; empty for the usual ones.
    pub split: String,
    /// Translations of its values; `*` stands for every other value.
    pub map: BTreeMap<String, String>,
}
