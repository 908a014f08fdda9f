//! The child: reads a spreadsheet from its standard input and writes its rows to its standard output.

use std::{
    io::{self, BufRead, BufWriter, Cursor, Read, Write},
    process::ExitCode,
};

use calamine::{DataRef, Reader, Xlsx};

use super::{
    LARGEST_FILE,
    precheck::precheck,
    wire::{Answer, BEGIN, MOST_OUTPUT, Request, Row, XlsxError},
};

/// Memory of the child, in bytes of address space.
const MEMORY: u64 = 512 << 20;
/// Computing time of the child, in seconds.
const SECONDS: u64 = 20;
/// Rows and columns that are read.
const ROWS: u32 = 100_000;
const COLUMNS: u32 = 200;

/// What the hidden command runs: limits itself, then serves one request.
///
/// The exit code is a failure only when it could not even answer; a file that cannot be read is an answer.
pub fn xlsx_child_main() -> ExitCode {
    match limit_self().and_then(|()| serve(io::stdin().lock(), io::stdout().lock())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// Gives up what a reader of one file does not need. Done before the first byte is read.
fn limit_self() -> io::Result<()> {
    use rlimit::{Resource, setrlimit};
    setrlimit(Resource::CORE, 0, 0)?;
    setrlimit(Resource::FSIZE, 0, 0)?;
    setrlimit(Resource::CPU, SECONDS, SECONDS)?;
    setrlimit(Resource::AS, MEMORY, MEMORY)
}

fn serve(mut input: impl BufRead, output: impl Write) -> io::Result<()> {
    let mut output = BufWriter::new(output);
    writeln!(output, "\n{BEGIN}")?;
    let mut line = String::new();
    (&mut input).take(4_096).read_line(&mut line)?;
    let mut bytes = Vec::new();
    input.take(LARGEST_FILE + 1).read_to_end(&mut bytes)?;
    let end = match serde_json::from_str::<Request>(&line) {
        Ok(request) if bytes.len() as u64 <= LARGEST_FILE => {
            match rows(bytes, request.sheet.as_deref(), &mut output) {
                Ok(()) => Answer::End,
                Err(error) => Answer::Error(error),
            }
        }
        _ => Answer::Error(XlsxError::NotXlsx),
    };
    send(&mut output, &end)?;
    output.flush()
}

fn rows(bytes: Vec<u8>, sheet: Option<&str>, output: &mut impl Write) -> Result<(), XlsxError> {
    precheck(&bytes)?;
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes)).map_err(damaged)?;
    let names = book.sheet_names();
    let name = chosen(&names, sheet)?;
    let mut cells = book.worksheet_cells_reader(&name).map_err(damaged)?;
    let mut row = Row { number: 0, cells: Vec::new() };
    let mut sent = 0u64;
    while let Some(cell) = cells.next_cell().map_err(damaged)? {
        let (line, column) = cell.get_position();
        let text = text(cell.get_value());
        if text.is_empty() {
            continue;
        }
        if line >= ROWS || column >= COLUMNS {
            return Err(XlsxError::TooFar { row: u64::from(line) + 1, column: u64::from(column) + 1 });
        }
        if u64::from(line) + 1 != row.number {
            flush(&mut row, output)?;
            row.number = u64::from(line) + 1;
        }
        sent += text.len() as u64 + 3;
        if sent > MOST_OUTPUT / 2 {
            return Err(XlsxError::TooMuchText { limit: MOST_OUTPUT / 2 });
        }
        let column = usize::try_from(column).unwrap_or(0);
        if row.cells.len() <= column {
            row.cells.resize(column + 1, String::new());
        }
        row.cells[column] = text;
    }
    flush(&mut row, output)
}

/// The sheet of this name, the n-th for `#n`, the first when nothing is asked for.
fn chosen(names: &[String], sheet: Option<&str>) -> Result<String, XlsxError> {
    let Some(sheet) = sheet else { return names.first().cloned().ok_or(XlsxError::NotXlsx) };
    let by_name = names.iter().find(|name| name.as_str() == sheet);
    let by_number = || names.get(sheet.strip_prefix('#')?.parse::<usize>().ok()?.checked_sub(1)?);
    let missing = || XlsxError::NoSuchSheet { sheet: sheet.to_owned(), known: names.join(", ") };
    by_name.or_else(by_number).cloned().ok_or_else(missing)
}

fn flush(row: &mut Row, output: &mut impl Write) -> Result<(), XlsxError> {
    if row.cells.is_empty() {
        return Ok(());
    }
    let done = Row { number: row.number, cells: std::mem::take(&mut row.cells) };
    // A parent that went away needs no answer.
    send(output, &Answer::Row(done)).map_err(|_| XlsxError::GaveUp)
}

fn send(output: &mut impl Write, answer: &Answer) -> io::Result<()> {
    serde_json::to_writer(&mut *output, answer)?;
    output.write_all(b"\n")
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
