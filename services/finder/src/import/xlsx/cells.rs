//! The cells of a workbook, streamed row by row.

use std::io::Cursor;

use calamine::{DataRef, Reader, Xlsx};

use super::{XlsxError, precheck::precheck};

/// Rows and columns that are read.
const ROWS: u32 = 100_000;
const COLUMNS: u32 = 200;
/// The text of all cells, in bytes: a small file can repeat one long text in every cell.
const MOST_TEXT: u64 = 128 << 20;

/// A workbook that was checked.
pub(crate) type Book = Xlsx<Cursor<Vec<u8>>>;

/// Opens a workbook after a look at its container.
pub(crate) fn open(bytes: Vec<u8>) -> Result<Book, XlsxError> {
    precheck(&bytes)?;
    calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(damaged)
}

/// The names of all sheets, and the one asked for.
pub(crate) fn choose(book: &Book, sheet: Option<&str>) -> Result<(Vec<String>, String), XlsxError> {
    let names = book.sheet_names();
    let name = chosen(&names, sheet)?;
    Ok((names, name))
}

/// Passes on every row that is not empty, with its number as the spreadsheet shows it.
pub(crate) fn rows(
    book: &mut Book,
    sheet: &str,
    pass: &mut dyn FnMut(u64, Vec<String>) -> Result<(), XlsxError>,
) -> Result<(), XlsxError> {
    let mut cells = book.worksheet_cells_reader(sheet).map_err(damaged)?;
    let (mut number, mut row) = (0u64, Vec::new());
    let mut length = 0u64;
    while let Some(cell) = cells.next_cell().map_err(damaged)? {
        let (line, column) = cell.get_position();
        let text = text(cell.get_value());
        if text.is_empty() {
            continue;
        }
        if line >= ROWS || column >= COLUMNS {
            return Err(XlsxError::TooFar { row: u64::from(line) + 1, column: u64::from(column) + 1 });
        }
        if u64::from(line) + 1 != number {
            flush(number, &mut row, pass)?;
            number = u64::from(line) + 1;
        }
        length += text.len() as u64 + 3;
        if length > MOST_TEXT {
            return Err(XlsxError::TooMuchText { limit: MOST_TEXT });
        }
        let column = usize::try_from(column).unwrap_or(0);
        if row.len() <= column {
            row.resize(column + 1, String::new());
        }
        row[column] = text;
    }
    flush(number, &mut row, pass)
}

fn flush(
    number: u64,
    row: &mut Vec<String>,
    pass: &mut dyn FnMut(u64, Vec<String>) -> Result<(), XlsxError>,
) -> Result<(), XlsxError> {
    if row.is_empty() { Ok(()) } else { pass(number, std::mem::take(row)) }
}

/// The sheet of this name, the n-th for `#n`, the first when nothing is asked for.
fn chosen(names: &[String], sheet: Option<&str>) -> Result<String, XlsxError> {
    let Some(sheet) = sheet else { return names.first().cloned().ok_or(XlsxError::NotXlsx) };
    let by_name = names.iter().find(|name| name.as_str() == sheet);
    let by_number = || names.get(sheet.strip_prefix('#')?.parse::<usize>().ok()?.checked_sub(1)?);
    let missing = || XlsxError::NoSuchSheet { sheet: sheet.to_owned(), known: names.join(", ") };
    by_name.or_else(by_number).cloned().ok_or_else(missing)
}

/// A cell as text. Whole numbers have no decimals: postcodes and phone numbers are stored as numbers.
fn text(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty | DataRef::Error(_) => String::new(),
        DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(value) => value.to_string(),
        DataRef::DateTime(at) => {
            let (year, month, day, hour, minute, ..) = at.to_ymd_hms_milli();
            if at.as_f64() < 1.0 {
                format!("{hour:02}:{minute:02}")
            } else if (hour, minute) == (0, 0) {
                format!("{year:04}-{month:02}-{day:02}")
            } else {
                format!("{year:04}-{month:02}-{day:02} {hour:02}:{minute:02}")
            }
        }
    }
}

fn damaged(problem: impl std::fmt::Display) -> XlsxError {
    XlsxError::Damaged { problem: problem.to_string().chars().take(200).collect() }
}
