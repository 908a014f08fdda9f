//! Why a file as a whole cannot be read. Nothing of it is used then.

use serde::{Deserialize, Serialize};

use crate::import::xlsx::XlsxError;

/// A file, or the set of files, that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum ReadError {
    /// The operating system cannot read it.
    #[error("{file}: cannot be read: {problem}")]
    Io {
        /// The file.
        file: String,
        /// What the system says.
        problem: String,
    },
    /// More bytes than allowed.
    #[error("{file}: longer than {limit} bytes")]
    TooLarge {
        /// The file.
        file: String,
        /// How many bytes are allowed.
        limit: u64,
    },
    /// A line longer than allowed: no table, or a quote that does not close.
    #[error("{file}: line {row} is longer than {limit} bytes")]
    LineTooLong {
        /// The file.
        file: String,
        /// The line.
        row: u64,
        /// How many bytes are allowed.
        limit: u64,
    },
    /// A quote that never closes, so that everything after it is one field.
    #[error("{file}: the quote opened on line {row} does not close")]
    QuoteOpen {
        /// The file.
        file: String,
        /// The line with the quote.
        row: u64,
    },
    /// More rows than allowed.
    #[error("{file}: more than {limit} rows")]
    TooManyRows {
        /// The file.
        file: String,
        /// How many are allowed.
        limit: u64,
    },
    /// More columns than allowed.
    #[error("{file}: more than {limit} columns")]
    TooManyColumns {
        /// The file.
        file: String,
        /// How many are allowed.
        limit: u64,
    },
    /// No row at all.
    #[error("{file}: there is nothing in it")]
    Empty {
        /// The file.
        file: String,
    },
    /// NUL bytes in numbers: not a text, or UTF-16 without a mark.
    #[error("{file}: not a text file")]
    NotText {
        /// The file.
        file: String,
    },
    /// The profile names a column the file does not have.
    #[error("{file}: no column {column:?}; there are: {known}")]
    ColumnMissing {
        /// The file.
        file: String,
        /// The column.
        column: String,
        /// The columns there are.
        known: String,
    },
    /// A file with the columns of a join, or the main file, was not given.
    #[error("no file has the columns {columns}")]
    FileMissing {
        /// The columns it would have.
        columns: String,
    },
    /// Not JSON, or not the JSON of this format.
    #[error("{file}: no JSON of this format (line {row}): {problem}")]
    Json {
        /// The file.
        file: String,
        /// The line.
        row: u64,
        /// What the reader says.
        problem: String,
    },
    /// Not well-formed XML, or not the XML of this format.
    #[error("{file}: no XML of this format (line {row}): {problem}")]
    Xml {
        /// The file.
        file: String,
        /// The line.
        row: u64,
        /// What the reader says.
        problem: String,
    },
    /// XML with a document type: entities can blow up or reach other files.
    #[error("{file}: XML with a document type (line {row})")]
    DocumentType {
        /// The file.
        file: String,
        /// The line.
        row: u64,
    },
    /// A spreadsheet that cannot be read safely.
    #[error("{file}: {problem}")]
    Spreadsheet {
        /// The file.
        file: String,
        /// What is wrong with it.
        problem: XlsxError,
    },
    /// No process to read files with could be started.
    #[error("{file}: files cannot be read here")]
    Unavailable {
        /// The file.
        file: String,
    },
    /// The process that read it used up its memory or its time, or died of the file.
    #[error("{file}: reading it took too much memory or time")]
    GaveUp {
        /// The file.
        file: String,
    },
}

impl ReadError {
    /// What the operating system says about a file.
    pub(crate) fn io(file: &str, problem: &std::io::Error) -> Self {
        Self::Io { file: file.to_owned(), problem: problem.to_string() }
    }

    /// The code that names the message: `import-file-{code}`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Io { .. } => "io",
            Self::TooLarge { .. } => "too-large",
            Self::LineTooLong { .. } => "line-too-long",
            Self::QuoteOpen { .. } => "quote-open",
            Self::TooManyRows { .. } => "too-many-rows",
            Self::TooManyColumns { .. } => "too-many-columns",
            Self::Empty { .. } => "empty",
            Self::NotText { .. } => "not-text",
            Self::ColumnMissing { .. } => "column-missing",
            Self::FileMissing { .. } => "file-missing",
            Self::Json { .. } => "json",
            Self::Xml { .. } => "xml",
            Self::DocumentType { .. } => "document-type",
            Self::Spreadsheet { problem, .. } => problem.code(),
            Self::Unavailable { .. } => "unavailable",
            Self::GaveUp { .. } => "gave-up",
        }
    }
}
