//! What a file is taken apart into, and the order to do so. Both cross the border to the limited process.

use std::io::Read;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{Findings, ReadError, Record, bzga, delimited, onlineberatung, spreadsheet};
use crate::import::{
    finding::{RowError, RowNote},
    hsds,
    input::Limits,
    profile::{Format, Table},
};

/// What is to be read, and how.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Order {
    /// The file's name, for messages.
    pub(crate) file: String,
    /// What kind of file it is said to be.
    pub(crate) format: Format,
    /// How it is said to be written.
    pub(crate) table: Table,
    /// How much is read.
    pub(crate) limits: Limits,
    /// Look for the header of a table instead of taking the first line.
    pub(crate) find_header: bool,
}

/// A piece of a file, in the order they come.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Piece {
    /// How the file turned out to be written.
    Seen(Seen),
    /// How many rows or records there will be.
    Total(u64),
    /// The columns of a table; its rows follow.
    Columns(Vec<String>),
    /// A row of a table: its number and its cells.
    Row(u64, Vec<String>),
    /// A record of a document: its number and its fields.
    Record(u64, Vec<(String, String)>),
    /// A service of an HSDS document with all that belongs to it: its number and the pointer to it.
    Service(u64, String, Value),
    /// Something that cannot be used.
    Rejected(RowError),
    /// Something that was repaired.
    Repaired(RowNote),
    /// How many rows were looked at, those that cannot be used among them; the last piece.
    Rows(u64),
}

/// How a file turned out to be written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Seen {
    /// The character set of a table.
    pub(crate) encoding: Option<String>,
    /// The delimiter of a table: one character or "tab".
    pub(crate) delimiter: Option<String>,
    /// The sheets of a workbook.
    pub(crate) sheets: Vec<String>,
    /// The one that is read.
    pub(crate) sheet: Option<String>,
    /// Lines before the header.
    pub(crate) skip_lines: u64,
}

/// Where pieces go.
pub(crate) type Sink<'a> = dyn FnMut(Piece) -> Result<(), ReadError> + 'a;

/// Whether the bytes begin like a ZIP container, which is what a workbook is.
pub(crate) fn is_zip(start: &[u8]) -> bool {
    start.starts_with(b"PK\x03\x04")
}

/// Takes a file apart. Everything that touches hostile bytes happens in here.
pub(crate) fn take_apart(
    order: &Order,
    mut content: impl Read,
    sink: &mut Sink<'_>,
) -> Result<(), ReadError> {
    let mut start = Vec::new();
    (&mut content)
        .take(64)
        .read_to_end(&mut start)
        .map_err(|problem| ReadError::io(&order.file, &problem))?;
    let zip = is_zip(&start);
    let json =
        start.iter().find(|byte| !byte.is_ascii_whitespace()).is_some_and(|byte| matches!(byte, b'[' | b'{'));
    let content = std::io::Cursor::new(start).chain(content);
    match order.format {
        Format::Xlsx | Format::Table if zip || order.format == Format::Xlsx => {
            spreadsheet::read(order, content, sink)
        }
        Format::Onlineberatung if json => {
            records(sink, |findings| onlineberatung::read(&order.file, content, &order.limits, findings))
        }
        Format::BzgaXml => {
            records(sink, |findings| bzga::read(&order.file, content, &order.limits, findings))
        }
        Format::HsdsJson => services(order, content, sink),
        _ => delimited::read(order, content, sink),
    }
}

fn records(
    sink: &mut Sink<'_>,
    read: impl FnOnce(&mut Findings) -> Result<Vec<Record>, ReadError>,
) -> Result<(), ReadError> {
    let mut findings = Findings::default();
    let records = read(&mut findings)?;
    findings.rejected.into_iter().try_for_each(|error| sink(Piece::Rejected(error)))?;
    findings.repaired.into_iter().try_for_each(|note| sink(Piece::Repaired(note)))?;
    sink(Piece::Total(records.len() as u64))?;
    for record in records {
        let row = record.row;
        sink(Piece::Record(row, record.into_fields()))?;
    }
    sink(Piece::Rows(findings.rows))
}

fn services(order: &Order, content: impl Read, sink: &mut Sink<'_>) -> Result<(), ReadError> {
    let services = hsds::services(&order.file, content, &order.limits)?;
    let total = services.len() as u64;
    sink(Piece::Total(total))?;
    for (number, (pointer, service)) in services.into_iter().enumerate() {
        sink(Piece::Service(number as u64 + 1, pointer, service))?;
    }
    sink(Piece::Rows(total))
}
