//! Spreadsheets, read in a process of their own.
//!
//! A crafted XLSX can make any reader allocate until the process is ended. So the container is checked first, the cells
//! are streamed, and all of it happens in a child that may use little memory and little time and sees nothing but the
//! bytes it is given. If it dies, the import says so and nothing else happens.

mod child;
mod precheck;
mod reader;
mod wire;

pub use child::xlsx_child_main;
pub use reader::XlsxReader;
pub use wire::{Row, XlsxError};

/// The largest spreadsheet, in bytes.
pub const LARGEST_FILE: u64 = 50 << 20;

/// The name of the hidden command that runs [`xlsx_child_main`].
pub const CHILD_COMMAND: &str = "import-xlsx-child";

#[cfg(test)]
pub(crate) use tests::{reader as test_reader, sheet as test_sheet, workbook as test_workbook};

#[cfg(test)]
mod tests;
