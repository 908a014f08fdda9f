//! The directory for others: HSDS 3.x as JSON or as a bundle of CSV tables, and one flat CSV.
//!
//! Owns no state: centres are read page by page and written as they come, so a large directory needs little memory. What
//! is written beyond the standard's fields is documented in `docs/hsds-profile.md`.

mod bundle;
mod flat;
mod formula;
mod hsds;
mod json;
mod pages;

use std::{io, str::FromStr};

pub use bundle::{Folder, HsdsCsv};
pub use flat::FlatCsv;
pub use formula::guarded;
pub use json::HsdsJson;
pub use pages::{ExportOptions, export_centres};

use contracts::directory::Centre;

use crate::store::StoreError;

/// The forms a directory can be exported in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExportFormat {
    /// One JSON array of services with everything nested in them.
    HsdsJson,
    /// A folder with one CSV for each table and a `datapackage.json`.
    HsdsCsv,
    /// One CSV with a row for each offer; read back by the profile `centres`.
    Csv,
}

/// The text names no form of export.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown format; known are hsds-json, hsds-csv and csv")]
pub struct UnknownFormat;

impl FromStr for ExportFormat {
    type Err = UnknownFormat;

    fn from_str(text: &str) -> Result<Self, UnknownFormat> {
        match text {
            "hsds-json" => Ok(Self::HsdsJson),
            "hsds-csv" => Ok(Self::HsdsCsv),
            "csv" => Ok(Self::Csv),
            _ => Err(UnknownFormat),
        }
    }
}

/// An export that could not be finished.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The store did not answer.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file cannot be written.
    #[error("the export cannot be written: {0}")]
    Io(#[from] io::Error),
}

impl From<csv::Error> for ExportError {
    fn from(error: csv::Error) -> Self {
        Self::Io(error.into())
    }
}

impl From<serde_json::Error> for ExportError {
    fn from(error: serde_json::Error) -> Self {
        Self::Io(error.into())
    }
}

/// Something centres are written to, one after the other.
pub trait Exporter {
    /// Writes a centre.
    ///
    /// # Errors
    /// [`ExportError::Io`] when it cannot be written.
    fn centre(&mut self, centre: &Centre) -> Result<(), ExportError>;

    /// Writes what comes after the last centre. Without it the export is not valid.
    ///
    /// # Errors
    /// [`ExportError::Io`] when it cannot be written.
    fn finish(&mut self) -> Result<(), ExportError>;
}

#[cfg(test)]
mod tests;
