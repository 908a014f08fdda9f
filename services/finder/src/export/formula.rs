//! Guards cells against spreadsheets that would compute them.

use std::borrow::Cow;

/// The cell with `'` before it if a spreadsheet would take it for a formula. The import takes it off again.
pub fn guarded(cell: &str) -> Cow<'_, str> {
    // Some programs drop spaces and look at what comes after them.
    let dangerous = cell.starts_with(['\t', '\r', '\n'])
        || cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
        || (cell.starts_with('\'') && cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']));
    if dangerous { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}
