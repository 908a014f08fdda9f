//! Guards cells against spreadsheets that would compute them.

use std::borrow::Cow;

/// The cell with `'` before it if a spreadsheet would take it for a formula. The import takes it off again.
pub fn guarded(cell: &str) -> Cow<'_, str> {
    // A cell that looks guarded already gets one more, so that taking one off gives back what was there.
    if computes(cell.trim_start_matches('\'')) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// Whether a spreadsheet would compute it. Some programs drop spaces and look at what comes after them, some take the
/// wide forms of East Asian keyboards for the plain ones.
fn computes(cell: &str) -> bool {
    cell.starts_with(['\t', '\r', '\n'])
        || cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}
