//! Why a spreadsheet cannot be read.

use serde::{Deserialize, Serialize};

/// A spreadsheet that cannot be read, or not safely.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(rename_all = "snake_case")]
pub enum XlsxError {
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
    /// Nobody takes the rows any more.
    #[error("reading it was given up")]
    GaveUp,
}

impl XlsxError {
    /// The code that names the message: `import-file-{code}`.
    pub const fn code(&self) -> &'static str {
        match self {
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
