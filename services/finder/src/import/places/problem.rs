//! What can be wrong with a table of places, as data; the words for it are in the message files.

use serde::Serialize;

/// How many characters of a value are shown.
const SHOWN: usize = 60;

/// The file cannot be used at all.
#[derive(Debug, thiserror::Error)]
pub enum PlacesUnreadable {
    /// The operating system could not read it.
    #[error("the file cannot be read")]
    Read(#[from] std::io::Error),
    /// There is nothing in it.
    #[error("the file is empty")]
    Empty,
    /// It is neither of the two kinds of table.
    #[error("the file is neither GeoNames DE.txt nor zuordnung_plz_ort.csv")]
    UnknownFormat,
    /// It is too long to be a table of German places.
    #[error("the file has more than {most} rows")]
    TooManyRows {
        /// The limit.
        most: usize,
    },
    /// No row could be used.
    #[error("no row of the file can be used")]
    NothingUsable {
        /// Why, row by row.
        problems: Vec<RowProblem>,
    },
}

/// Something wrong in one row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RowProblem {
    /// The line of the file, from 1.
    pub row: u64,
    /// The column's name; empty if it is about the whole row.
    pub column: &'static str,
    /// The value as it stands there, shortened, without control characters.
    pub value: String,
    /// What is wrong; its message says what to do.
    pub problem: PlaceProblem,
}

impl RowProblem {
    pub(super) fn new(row: u64, column: &'static str, value: &str, problem: PlaceProblem) -> Self {
        let value = value.chars().filter(|c| !c.is_control()).take(SHOWN).collect();
        Self { row, column, value, problem }
    }
}

/// What is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlaceProblem {
    /// The line is longer than any place; the row is left out. Look for a missing line break.
    LineTooLong,
    /// The row has too few columns; it is left out. Look for a cut-off line or another separator.
    TooFewColumns,
    /// Not a postcode of up to five digits; the row is left out.
    NotAPostcode,
    /// Not a municipality key of up to eight digits; the row is left out.
    NotAMunicipalityKey,
    /// Not a district key of up to five digits; the row is used without its district.
    NotADistrictKey,
    /// There is no name; the row is left out.
    NameMissing,
    /// The point is no number or not in Germany; the row is used with the bundled table's point.
    PointOutside,
}

impl PlaceProblem {
    /// The code that names the message: `import-places-{code}`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::LineTooLong => "line-too-long",
            Self::TooFewColumns => "too-few-columns",
            Self::NotAPostcode => "not-a-postcode",
            Self::NotAMunicipalityKey => "not-a-municipality-key",
            Self::NotADistrictKey => "not-a-district-key",
            Self::NameMissing => "name-missing",
            Self::PointOutside => "point-outside",
        }
    }

    /// Whether the row is left out; otherwise it is used without the faulty value.
    pub const fn loses_the_row(self) -> bool {
        !matches!(self, Self::NotADistrictKey | Self::PointOutside)
    }
}
