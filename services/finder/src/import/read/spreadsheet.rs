//! XLSX, read by a limited process of its own.

use std::{io::Read, sync::Arc};

use super::{
    Findings, ReadError, Surroundings,
    record::{Header, Record},
};
use crate::import::{
    finding::Spot,
    input::read_bounded,
    problem::Problem,
    profile::Table,
    xlsx::{Row, XlsxError},
};

/// Reads one sheet.
pub(super) fn read(
    file: &str,
    content: impl Read,
    settings: &Table,
    around: &Surroundings<'_>,
    findings: &mut Findings,
) -> Result<Vec<Record>, ReadError> {
    let owned = || file.to_owned();
    let limit = around.limits.document_bytes.min(crate::import::xlsx::LARGEST_FILE);
    let bytes = read_bounded(content, limit)
        .map_err(|problem| ReadError::Io { file: owned(), problem })?
        .ok_or_else(|| ReadError::TooLarge { file: owned(), limit })?;
    let refuse = |problem| ReadError::Spreadsheet { file: owned(), problem };
    let reader = around.spreadsheets.ok_or_else(|| refuse(XlsxError::Unavailable))?;
    let mut rows = reader.rows(&bytes, settings.sheet.as_deref()).map_err(refuse)?;
    rows.retain(|row: &Row| {
        row.number > settings.skip_lines && row.cells.iter().any(|cell| !cell.trim().is_empty())
    });
    let mut rows = rows.into_iter();
    let names = rows.next().ok_or_else(|| ReadError::Empty { file: owned() })?.cells;
    let header = Arc::new(Header::new(file, names, false));
    let width = header.names().len();
    let mut records = Vec::new();
    for row in rows {
        findings.rows += 1;
        let mut cells = row.cells;
        // Sheets end their rows where the last value is.
        if let Some(stray) = cells.iter().skip(width).find(|cell| !cell.trim().is_empty()) {
            let problem = Problem::FieldCount { expected: width, found: cells.len() };
            findings.reject(Spot::new(file, row.number, "", stray), problem);
            continue;
        }
        cells.resize(width, String::new());
        records.push(Record::new(Arc::clone(&header), row.number, cells));
    }
    Ok(records)
}
