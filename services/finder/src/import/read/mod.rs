//! From files to drafts of centres: every row becomes part of a draft or is rejected with a reason.

mod assemble;
mod bzga;
mod child;
mod delimited;
mod document;
mod encoding;
mod error;
mod findings;
mod header;
mod intake;
mod onlineberatung;
mod piece;
mod reader;
mod record;
mod sniff;
mod splitter;
mod spreadsheet;
mod wire;

use std::{
    collections::{BTreeSet, HashMap},
    io::{self, Read as _},
};

pub use child::read_child_main;
pub use error::ReadError;
pub(crate) use findings::Findings;
use findings::lost_rows;
use intake::Intake;
use piece::{Order, Sink};
#[cfg(test)]
pub(crate) use reader::CHILD_MARK;
pub use reader::{CHILD_COMMAND, FileReader};
pub(crate) use record::Record;
use search_index::place::Gazetteer;
pub use sniff::{Sniffed, SniffedColumn, Told, sniff};

use super::{
    draft::CentreDraft,
    finding::{RowError, RowNote, Spot},
    input::{InputFile, Limits},
    problem::Problem,
    profile::Profile,
    progress::{Progress, Stage},
};

/// What reading needs to know beside the files.
#[derive(Debug, Clone, Copy)]
pub struct Surroundings<'a> {
    /// The table of places, to check postcodes and to find points and towns.
    pub places: &'a Gazetteer,
    /// Ids of all topics there are.
    pub topics: &'a BTreeSet<String>,
    /// The limited process that reads files. Without it they are read here, and spreadsheets are refused.
    pub child: Option<&'a FileReader>,
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
    let mut intake = Intake::new(profile, around, progress);
    let files_count = files.len() as u64;
    for (number, file) in files.into_iter().enumerate() {
        progress.step(Stage::Reading, number as u64, files_count);
        let (name, content) = file.into_parts();
        let order = Order {
            file: name.clone(),
            format: profile.format,
            table: profile.table.clone(),
            limits: *around.limits,
            find_header: false,
        };
        intake.begin(name);
        apart(&order, content, around.child, &mut |piece| intake.piece(piece, &mut findings))?;
        intake.end();
    }
    let drafts = intake.finish(&mut findings)?;
    let drafts = without_repeated_ids(drafts, &mut findings);
    Ok(Reading {
        drafts,
        rejected: findings.rejected,
        repaired: findings.repaired,
        rejected_ids: findings.rejected_ids,
        rows_read: findings.rows,
    })
}

/// Takes a file apart in the limited process, or here when there is none: a workbook is refused then.
fn apart(
    order: &Order,
    mut content: Box<dyn io::Read + Send>,
    child: Option<&FileReader>,
    sink: &mut Sink<'_>,
) -> Result<(), ReadError> {
    if let Some(child) = child {
        return child.take_apart(order, content, sink);
    }
    let mut start = Vec::new();
    (&mut content).take(4).read_to_end(&mut start).map_err(|problem| ReadError::io(&order.file, &problem))?;
    if piece::is_zip(&start) {
        return Err(ReadError::Unavailable { file: order.file.clone() });
    }
    piece::take_apart(order, io::Cursor::new(start).chain(content), sink)
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

#[cfg(test)]
mod tests;
