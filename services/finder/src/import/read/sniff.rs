//! What a file seems to be, found out before anybody says how to read it.

use serde::{Deserialize, Serialize};

use crate::import::profile::Format;

/// What a file seems to be, with its columns and a few rows of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sniffed {
    /// The kind of file.
    pub format: Format,
    /// The character set of a table, by its WHATWG name.
    pub encoding: Option<String>,
    /// The delimiter of a table: one character, or "tab".
    pub delimiter: Option<String>,
    /// The names of a workbook's sheets.
    pub sheets: Vec<String>,
    /// The sheet that was looked at.
    pub sheet: Option<String>,
    /// Lines before the header.
    pub skip_lines: u64,
    /// The columns, elements or keys, in order.
    pub columns: Vec<String>,
    /// The first values of each column that are not empty, in the order of the columns.
    pub samples: Vec<Vec<String>>,
    /// Rows that were looked at.
    pub rows: u64,
}
