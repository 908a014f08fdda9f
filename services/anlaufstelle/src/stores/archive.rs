//! A backup: lines of JSON, packed with gzip, sealed with age. Only who has the key of a recipient can read it.
//!
//! ```text
//! {"form":1,"program":"0.1.0"}
//! {"service":"booking","versions":[1,2]}
//! {"table":"offer","columns":[["centre_id","text"],["id","text"]]}
//! ["c","o"]                                  one row; bytes are {"b":"base64"}, numbers {"f":"0.5"}
//! {"rows":1,"sum":"…"}                       ends a table
//! {"end":true}                               ends the backup: without it, it was cut off
//! ```

use std::io::{self, BufRead, BufReader, Read, Write};

use data_encoding::BASE64;
use flate2::{Compression, read::GzDecoder, write::GzEncoder};
use serde::{Deserialize, Serialize};
use storekit::{
    Database, MigrationError, Service, StoreError,
    transfer::{Checksum, Column, Kind, Reading, Table, Value, Writing},
};

use super::{
    Place,
    carry::{Carried, CarryError, compare},
};

/// The form of a backup; a later form gets the next number.
const FORM: u32 = 1;
/// Most bytes of one line: a document of the directory has at most a million.
const LONGEST: u64 = 64 * 1024 * 1024;
/// Tables that are not kept: whoever signed out since would be signed in again, and links that worked once would work once more.
const LEFT_OUT: [(&str, &str); 2] = [("accounts", "session"), ("accounts", "password_reset")];

/// Why a backup cannot be made or read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ArchiveError {
    /// A store could not do it.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The file could not be read or written.
    #[error("the file cannot be read or written: {0}")]
    Io(#[from] io::Error),
    /// The key does not open it.
    #[error("this key does not open the backup, or the file is none")]
    Key,
    /// It ends in the middle.
    #[error("the backup is damaged, or ends in the middle")]
    CutOff,
    /// It says something that is not understood.
    #[error("the backup is damaged: {0}")]
    Damaged(&'static str),
    /// A newer program made it.
    #[error("a newer version of this program made the backup: {0}")]
    Newer(String),
    /// What was written is not what was read.
    #[error("the table {0} did not arrive as it stands in the backup")]
    Different(String),
}

impl From<CarryError> for ArchiveError {
    fn from(error: CarryError) -> Self {
        match error {
            CarryError::Store(error) => Self::Store(error),
            CarryError::Different(table) => Self::Different(table),
        }
    }
}

impl From<MigrationError> for ArchiveError {
    fn from(error: MigrationError) -> Self {
        Self::Newer(error.to_string())
    }
}

/// How much was packed or unpacked.
#[derive(Debug, Default)]
pub(crate) struct Packed {
    /// Tables with their rows, by service.
    pub(crate) services: Vec<(&'static str, Vec<Carried>)>,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged, deny_unknown_fields)]
enum Line {
    Begin { form: u32, program: String },
    Service { service: String, versions: Vec<i64> },
    Table { table: String, columns: Vec<(String, ColumnKind)> },
    Row(Vec<Cell>),
    Sum { rows: u64, sum: String },
    End { end: bool },
}

#[derive(Clone, Copy, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum ColumnKind {
    Text,
    Integer,
    Real,
    Bytes,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Cell {
    Null(()),
    Integer(i64),
    Text(String),
    Real { f: String },
    Bytes { b: String },
}

/// Packs everything of these stores for whoever holds a key of `recipients`.
pub(crate) async fn pack(
    places: &[Place],
    recipients: &[age::x25519::Recipient],
    into: impl Write,
) -> Result<Packed, ArchiveError> {
    let recipients = recipients.iter().map(|recipient| recipient as &dyn age::Recipient);
    let sealed = age::Encryptor::with_recipients(recipients).map_err(|_| ArchiveError::Key)?;
    let mut lines = GzEncoder::new(sealed.wrap_output(into)?, Compression::default());
    let program = env!("CARGO_PKG_VERSION").to_owned();
    write(&mut lines, &Line::Begin { form: FORM, program })?;
    let mut packed = Packed::default();
    for place in places {
        let database = place.open().await?;
        let tables = pack_service(&place.service, &database, &mut lines).await?;
        packed.services.push((place.service.name, tables));
    }
    write(&mut lines, &Line::End { end: true })?;
    lines.finish()?.finish()?;
    Ok(packed)
}

async fn pack_service(
    service: &Service,
    database: &Database,
    lines: &mut impl Write,
) -> Result<Vec<Carried>, ArchiveError> {
    let mut reading = Reading::begin(database).await?;
    let versions = reading.versions().await?;
    write(lines, &Line::Service { service: service.name.to_owned(), versions })?;
    let mut carried = Vec::new();
    for table in reading.tables().await? {
        if LEFT_OUT.contains(&(service.name, table.name.as_str())) {
            continue;
        }
        let columns = table.columns.iter().map(|column| (column.name.clone(), column.kind.into())).collect();
        write(lines, &Line::Table { table: table.name.clone(), columns })?;
        let mut sum = Checksum::default();
        reading
            .rows(&table, async |row| -> Result<(), ArchiveError> {
                sum.add(&row);
                write(lines, &Line::Row(row.into_iter().map(Cell::from).collect()))
            })
            .await?;
        write(lines, &Line::Sum { rows: sum.rows(), sum: sum.sum() })?;
        carried.push(Carried { table: table.name, rows: sum.rows() });
    }
    Ok(carried)
}

fn write(lines: &mut impl Write, line: &Line) -> Result<(), ArchiveError> {
    serde_json::to_writer(&mut *lines, line).map_err(io::Error::from)?;
    Ok(lines.write_all(b"\n")?)
}

/// A backup that is being read.
pub(crate) struct Archive<R: Read> {
    lines: BufReader<GzDecoder<age::stream::StreamReader<R>>>,
    next: Option<Line>,
}

impl<R: Read> Archive<R> {
    /// Opens a backup with a key.
    pub(crate) fn open(from: R, key: &age::x25519::Identity) -> Result<Self, ArchiveError> {
        let sealed = age::Decryptor::new(from).map_err(|_| ArchiveError::Key)?;
        let opened = sealed.decrypt(std::iter::once(key as &dyn age::Identity));
        let lines = BufReader::new(GzDecoder::new(opened.map_err(|_| ArchiveError::Key)?));
        let mut archive = Self { lines, next: None };
        match archive.take()? {
            Line::Begin { form: FORM, .. } => Ok(archive),
            Line::Begin { program, .. } => Err(ArchiveError::Newer(program)),
            _ => Err(ArchiveError::Damaged("it does not begin as a backup")),
        }
    }

    fn take(&mut self) -> Result<Line, ArchiveError> {
        if let Some(line) = self.next.take() {
            return Ok(line);
        }
        let mut text = Vec::new();
        // what the seal or the packing refuses was changed or cut off
        (&mut self.lines).take(LONGEST).read_until(b'\n', &mut text).map_err(|_| ArchiveError::CutOff)?;
        if text.last() != Some(&b'\n') {
            return Err(ArchiveError::CutOff);
        }
        serde_json::from_slice(&text).map_err(|_| ArchiveError::Damaged("a line is not understood"))
    }
}

/// Unpacks a backup into stores that have nothing, and brings them up to date. What fails leaves nothing behind.
pub(crate) async fn unpack<R: Read>(
    mut archive: Archive<R>,
    places: &[Place],
) -> Result<Packed, ArchiveError> {
    let mut opened = Vec::new();
    let unpacked = unpack_all(&mut archive, places, &mut opened).await;
    if unpacked.is_err() {
        for database in opened {
            database.remove().await?;
        }
    }
    unpacked
}

async fn unpack_all<R: Read>(
    archive: &mut Archive<R>,
    places: &[Place],
    opened: &mut Vec<Database>,
) -> Result<Packed, ArchiveError> {
    let mut packed = Packed::default();
    loop {
        match archive.take()? {
            Line::End { .. } if packed.services.len() == places.len() => return Ok(packed),
            Line::Service { service, versions } => {
                let place = places
                    .iter()
                    .find(|place| place.service.name == service)
                    .ok_or(ArchiveError::Damaged("it holds a service that does not exist"))?;
                let then = place.service.with(&versions)?;
                let database = Database::open(&place.address, &then).await?;
                opened.push(database.clone());
                let carried = unpack_service(archive, &database).await?;
                // what came after the backup was made
                place.open().await?;
                packed.services.push((place.service.name, carried));
            }
            _ => return Err(ArchiveError::Damaged("something is missing in it")),
        }
    }
}

async fn unpack_service<R: Read>(
    archive: &mut Archive<R>,
    database: &Database,
) -> Result<Vec<Carried>, ArchiveError> {
    let mut writing = Writing::begin(database).await?;
    let mut sums = Vec::new();
    loop {
        let (name, columns) = match archive.take()? {
            Line::Table { table, columns } => (table, columns),
            other => {
                archive.next = Some(other);
                break;
            }
        };
        let columns = columns.into_iter().map(|(name, kind)| Column { name, kind: kind.into() }).collect();
        let table = Table { name, columns };
        let mut sum = Checksum::default();
        loop {
            match archive.take()? {
                Line::Row(cells) if cells.len() == table.columns.len() => {
                    let row = cells.into_iter().map(Value::try_from).collect::<Result<Vec<_>, _>>()?;
                    sum.add(&row);
                    writing.row(&table, row).await?;
                }
                Line::Sum { rows, sum: expected } if rows == sum.rows() && expected == sum.sum() => break,
                _ => return Err(ArchiveError::Damaged("rows of a table are missing")),
            }
        }
        sums.push((table, sum));
    }
    writing.commit().await?;
    Ok(compare(database, sums).await?)
}

impl From<Kind> for ColumnKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Text => Self::Text,
            Kind::Integer => Self::Integer,
            Kind::Real => Self::Real,
            Kind::Bytes => Self::Bytes,
        }
    }
}

impl From<ColumnKind> for Kind {
    fn from(kind: ColumnKind) -> Self {
        match kind {
            ColumnKind::Text => Self::Text,
            ColumnKind::Integer => Self::Integer,
            ColumnKind::Real => Self::Real,
            ColumnKind::Bytes => Self::Bytes,
        }
    }
}

impl From<Value> for Cell {
    fn from(value: Value) -> Self {
        match value {
            Value::Null => Self::Null(()),
            Value::Text(text) => Self::Text(text),
            Value::Integer(number) => Self::Integer(number),
            // written so that it is read as the same number
            Value::Real(number) => Self::Real { f: number.to_string() },
            Value::Bytes(bytes) => Self::Bytes { b: BASE64.encode(&bytes) },
        }
    }
}

impl TryFrom<Cell> for Value {
    type Error = ArchiveError;

    fn try_from(cell: Cell) -> Result<Self, ArchiveError> {
        Ok(match cell {
            Cell::Null(()) => Self::Null,
            Cell::Text(text) => Self::Text(text),
            Cell::Integer(number) => Self::Integer(number),
            Cell::Real { f } => {
                Self::Real(f.parse().map_err(|_| ArchiveError::Damaged("a number is not understood"))?)
            }
            Cell::Bytes { b } => {
                let bytes = BASE64.decode(b.as_bytes());
                Self::Bytes(bytes.map_err(|_| ArchiveError::Damaged("bytes are not understood"))?)
            }
        })
    }
}

#[cfg(test)]
mod tests;
