//! What parent and child say to each other: one JSON document a line.

use serde::{Deserialize, Serialize};

/// What the child is asked: one line on its standard input, then the bytes of the file.
#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Request {
    /// Name of the sheet; the first one when not given.
    pub(super) sheet: Option<String>,
}

/// What the child answers on its standard output, after [`BEGIN`].
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Answer {
    /// A row.
    Row(Row),
    /// All rows were sent.
    End,
    /// The file cannot be read.
    Error(XlsxError),
}

/// The line the answers begin after. Whatever a host program prints before it is not ours.
pub(super) const BEGIN: &str = "xlsx-rows-begin";

/// All answers together, in bytes: a small file that repeats one long text in every cell would grow without bound.
pub(super) const MOST_OUTPUT: u64 = 256 << 20;

/// A row of a sheet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Row {
    /// Its number as the spreadsheet shows it, from 1.
    pub number: u64,
    /// Its cells as text from the first column on.
    pub cells: Vec<String>,
}

/// A spreadsheet that cannot be read, or not safely.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum XlsxError {
    /// No program to read spreadsheets with was given.
    #[error("spreadsheets cannot be read here")]
    Unavailable,
    /// Not the container of a spreadsheet.
    #[error("not an XLSX file")]
    NotXlsx,
    /// More parts than a spreadsheet has.
    #[error("the container has more than {limit} parts")]
    TooManyParts {
        /// How many are allowed.
        limit: usize,
    },
    /// Unpacked it is larger than allowed.
    #[error("unpacked it is larger than {limit} bytes")]
    Unpacked {
        /// How many bytes are allowed.
        limit: u64,
    },
    /// A part unpacks to so many times its size that it can only be meant to do harm.
    #[error("a part unpacks to more than {limit} times its size")]
    Ratio {
        /// The ratio allowed.
        limit: u64,
    },
    /// A cell far away from all others.
    #[error("a cell lies in row {row}, column {column}, beyond what is read")]
    TooFar {
        /// Its row, from 1.
        row: u64,
        /// Its column, from 1.
        column: u64,
    },
    /// The rows as text are longer than allowed.
    #[error("the rows are longer than {limit} bytes")]
    TooMuchText {
        /// How many bytes are allowed.
        limit: u64,
    },
    /// No sheet of this name.
    #[error("no sheet is called {sheet:?}; there are: {known}")]
    NoSuchSheet {
        /// The name.
        sheet: String,
        /// The names there are.
        known: String,
    },
    /// The sheet cannot be understood.
    #[error("the sheet is damaged: {problem}")]
    Damaged {
        /// What the reader says.
        problem: String,
    },
    /// The child used up its memory or its time, or died of the file.
    #[error("reading it took too much memory or time")]
    GaveUp,
}

impl XlsxError {
    /// The code that names the message: `import-file-{code}`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Unavailable => "xlsx-unavailable",
            Self::NotXlsx => "xlsx-not-xlsx",
            Self::TooManyParts { .. } => "xlsx-too-many-parts",
            Self::Unpacked { .. } => "xlsx-unpacked",
            Self::Ratio { .. } => "xlsx-ratio",
            Self::TooFar { .. } => "xlsx-too-far",
            Self::TooMuchText { .. } => "xlsx-too-much-text",
            Self::NoSuchSheet { .. } => "xlsx-no-such-sheet",
            Self::Damaged { .. } => "xlsx-damaged",
            Self::GaveUp => "xlsx-gave-up",
        }
    }
}
