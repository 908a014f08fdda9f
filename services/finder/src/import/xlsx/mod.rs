//! Spreadsheets.
//!
//! A crafted XLSX can make any reader allocate until the process is ended. So the container is checked first, the cells
//! are streamed, and all of it happens in the limited process that reads every file ([`super::FileReader`]).

mod cells;
mod error;
mod precheck;

pub(crate) use cells::{choose, open, rows};
pub use error::XlsxError;

/// The largest spreadsheet, in bytes.
pub const LARGEST_FILE: u64 = 50 << 20;

#[cfg(test)]
pub(crate) use tests::{reader as test_reader, sheet as test_sheet, workbook as test_workbook};

#[cfg(test)]
mod tests;
