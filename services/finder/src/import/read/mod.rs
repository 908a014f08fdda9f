//! From files to drafts of centres: every row becomes part of a draft or is rejected with a reason.

mod assemble;
mod bzga;
mod delimited;
mod document;
mod encoding;
mod error;
mod findings;
mod onlineberatung;
mod record;
mod splitter;
mod spreadsheet;

use std::{
    collections::{BTreeSet, HashMap},
    io::{Cursor, Read},
};

pub use error::ReadError;
pub(crate) use findings::Findings;
use findings::lost_rows;
pub(crate) use record::Record;
use search_index::place::Gazetteer;

use super::{
    draft::CentreDraft,
    finding::{RowError, RowNote, Spot},
    hsds,
    input::{InputFile, Limits},
    map::Mapper,
    problem::Problem,
    profile::{Format, Profile},
    progress::{Progress, Stage},
    xlsx::XlsxReader,
};

/// What reading needs to know beside the files.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'a> {
    /// The table of places, to check postcodes and to find points and towns.
    pub places: &'a Gazetteer,
    /// Ids of all topics there are.
    pub topics: &'a BTreeSet<String>,
    /// Where spreadsheets are read; without it they are refused.
    pub spreadsheets: Option<&'a XlsxReader>,
    /// How much is read at most.
    pub limits: &'a Limits,
}

/// What came out of reading.
#[derive(Debug, Default)]
pub struct Reading {
    /// One for every centre that can be imported, in the order of the files.
    pub drafts: Vec<CentreDraft>,
    /// Rows, or values of joined rows, that cannot be used, with the reason.
    pub rejected: Vec<RowError>,
    /// Values that were repaired or left out.
    pub repaired: Vec<RowNote>,
    /// External ids whose rows were rejected: they are in the files, so their centres are not missing.
    pub rejected_ids: BTreeSet<String>,
    /// Rows of all files.
    pub rows_read: u64,
}

impl Reading {
    /// How many rows were lost though nobody meant to leave them out.
    pub fn rows_lost(&self) -> u64 {
        lost_rows(&self.rejected)
    }
}

/// Reads files with a profile.
///
/// # Errors
/// A [`ReadError`] when a file as a whole cannot be read; single rows that cannot be used are in the answer.
pub fn read(
    files: Vec<InputFile>,
    profile: &Profile,
    around: &Surroundings<'_>,
    progress: &dyn Progress,
) -> Result<Reading, ReadError> {
    let mut findings = Findings::default();
    let mut tables = Vec::new();
    let mut drafts = Vec::new();
    let files_count = files.len() as u64;
    for (number, file) in files.into_iter().enumerate() {
        progress.step(Stage::Reading, number as u64, files_count);
        match content(file, profile, around, &mut findings)? {
            Content::Table(records) => tables.push(records),
            Content::Drafts(more) => drafts.extend(more),
        }
    }
    progress.step(Stage::Reading, files_count, files_count);
    if profile.format != Format::HsdsJson {
        let records = assemble::assemble(profile, tables, &mut findings)?;
        let total = records.len() as u64;
        let mut mapper = Mapper::new(profile, around, &mut findings);
        for (number, record) in records.iter().enumerate() {
            if number % 256 == 0 {
                progress.step(Stage::Mapping, number as u64, total);
            }
            mapper.record(record);
        }
        progress.step(Stage::Mapping, total, total);
        drafts = mapper.finish();
    }
    let drafts = without_repeated_ids(drafts, &mut findings);
    Ok(Reading {
        drafts,
        rejected: findings.rejected,
        repaired: findings.repaired,
        rejected_ids: findings.rejected_ids,
        rows_read: findings.rows,
    })
}

enum Content {
    Table(Vec<Record>),
    Drafts(Vec<CentreDraft>),
}

fn content(
    file: InputFile,
    profile: &Profile,
    around: &Surroundings<'_>,
    findings: &mut Findings,
) -> Result<Content, ReadError> {
    let (name, mut bytes) = file.into_parts();
    let mut start = Vec::new();
    (&mut bytes)
        .take(64)
        .read_to_end(&mut start)
        .map_err(|problem| ReadError::Io { file: name.clone(), problem })?;
    let is_zip = start.starts_with(b"PK\x03\x04");
    let is_json =
        start.iter().find(|byte| !byte.is_ascii_whitespace()).is_some_and(|byte| matches!(byte, b'[' | b'{'));
    let bytes = Cursor::new(start).chain(bytes);
    let limits = around.limits;
    Ok(match profile.format {
        Format::Xlsx | Format::Table if is_zip || profile.format == Format::Xlsx => {
            Content::Table(spreadsheet::read(&name, bytes, &profile.table, around, findings)?)
        }
        Format::Onlineberatung if is_json => {
            Content::Table(onlineberatung::read(&name, bytes, limits, findings)?)
        }
        Format::BzgaXml => Content::Table(bzga::read(&name, bytes, limits, findings)?),
        Format::HsdsJson => Content::Drafts(hsds::read(&name, bytes, profile, around, findings)?),
        _ => Content::Table(delimited::read(&name, bytes, &profile.table, limits, findings)?),
    })
}

/// The first of two records with the same id wins; which one is right nobody here can tell.
fn without_repeated_ids(drafts: Vec<CentreDraft>, findings: &mut Findings) -> Vec<CentreDraft> {
    let mut first: HashMap<String, (String, u64)> = HashMap::with_capacity(drafts.len());
    let mut kept = Vec::with_capacity(drafts.len());
    for draft in drafts {
        let id = draft.external_id().to_owned();
        if let Some((first_file, first_row)) = first.get(&id) {
            let problem = Problem::DuplicateId { first_file: first_file.clone(), first_row: *first_row };
            findings.reject(Spot::new(draft.file(), draft.row(), "", &id), problem);
            continue;
        }
        first.insert(id, (draft.file().to_owned(), draft.row()));
        kept.push(draft);
    }
    kept
}
