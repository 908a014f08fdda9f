//! XLSX: the rows of one sheet.

use std::io::Read;

use super::{
    ReadError,
    header::find_header,
    piece::{Order, Piece, Seen, Sink},
};
use crate::import::{
    finding::{RowError, Spot},
    input::read_bounded,
    problem::Problem,
    xlsx::{self, LARGEST_FILE, XlsxError},
};

/// How many rows are looked at to find the header.
const LOOKED_AT: usize = 30;

/// Reads one sheet.
pub(super) fn read(order: &Order, content: impl Read, sink: &mut Sink<'_>) -> Result<(), ReadError> {
    let file = &order.file;
    let limit = order.limits.document_bytes.min(LARGEST_FILE);
    let bytes = read_bounded(content, limit)
        .map_err(|problem| ReadError::io(file, &problem))?
        .ok_or_else(|| ReadError::TooLarge { file: file.clone(), limit })?;
    let refuse = |problem| ReadError::Spreadsheet { file: file.clone(), problem };
    let mut book = xlsx::open(bytes).map_err(refuse)?;
    let (sheets, sheet) = xlsx::choose(&book, order.table.sheet.as_deref()).map_err(refuse)?;
    let mut rows =
        Rows { order, seen: Seen { sheets, ..Seen::default() }, width: None, count: 0, first: Vec::new() };
    rows.seen.sheet = Some(sheet.clone());
    let mut stopped = None;
    let outcome = xlsx::rows(&mut book, &sheet, &mut |number, cells| {
        rows.row(number, cells, sink).map_err(|error| {
            stopped = Some(error);
            XlsxError::GaveUp
        })
    });
    if let Some(error) = stopped {
        return Err(error);
    }
    outcome.map_err(refuse)?;
    rows.end(sink)
}

struct Rows<'a> {
    order: &'a Order,
    seen: Seen,
    /// Columns of the header, once it was met.
    width: Option<usize>,
    count: u64,
    /// Rows that wait until the header is found among them.
    first: Vec<(u64, Vec<String>)>,
}

impl Rows<'_> {
    fn row(&mut self, number: u64, cells: Vec<String>, sink: &mut Sink<'_>) -> Result<(), ReadError> {
        if number <= self.order.table.skip_lines || cells.iter().all(|cell| cell.trim().is_empty()) {
            return Ok(());
        }
        if self.width.is_none() && self.order.find_header {
            self.first.push((number, cells));
            if self.first.len() < LOOKED_AT {
                return Ok(());
            }
            return self.settle(sink);
        }
        self.pass(number, cells, sink)
    }

    /// The header is among the rows kept: what is before it is skipped.
    fn settle(&mut self, sink: &mut Sink<'_>) -> Result<(), ReadError> {
        let first = std::mem::take(&mut self.first);
        let header = find_header(first.iter().map(|(_, cells)| cells.as_slice()));
        for (number, cells) in first.into_iter().skip(header) {
            self.pass(number, cells, sink)?;
        }
        Ok(())
    }

    fn pass(&mut self, number: u64, mut cells: Vec<String>, sink: &mut Sink<'_>) -> Result<(), ReadError> {
        let Some(width) = self.width else {
            self.seen.skip_lines =
                if self.order.find_header { number.saturating_sub(1) } else { self.order.table.skip_lines };
            self.width = Some(cells.len());
            sink(Piece::Seen(self.seen.clone()))?;
            return sink(Piece::Columns(cells));
        };
        self.count += 1;
        // Sheets end their rows where the last value is.
        if let Some(stray) = cells.iter().skip(width).find(|cell| !cell.trim().is_empty()) {
            let problem = Problem::FieldCount { expected: width, found: cells.len() };
            let spot = Spot::new(&self.order.file, number, "", stray);
            return sink(Piece::Rejected(RowError { spot, problem }));
        }
        cells.resize(width, String::new());
        sink(Piece::Row(number, cells))
    }

    fn end(mut self, sink: &mut Sink<'_>) -> Result<(), ReadError> {
        self.settle(sink)?;
        if self.width.is_none() {
            return Err(ReadError::Empty { file: self.order.file.clone() });
        }
        sink(Piece::Rows(self.count))
    }
}
