//! Pieces of files become drafts. What can be mapped at once is; only files that are joined are kept until all are there.

use std::sync::Arc;

use super::{
    Findings, ReadError, Surroundings, assemble,
    document::record,
    piece::Piece,
    record::{Header, Record},
};
use crate::import::{
    draft::CentreDraft,
    hsds,
    map::Mapper,
    profile::Profile,
    progress::{Progress, Stage},
};

/// After so many rows somebody is told.
const TOLD_AFTER: u64 = 256;

/// Takes pieces in.
pub(super) struct Intake<'a> {
    profile: &'a Profile,
    progress: &'a dyn Progress,
    mapper: Mapper<'a>,
    services: hsds::Reader<'a>,
    /// Name and header of the file being read.
    file: String,
    header: Option<Arc<Header>>,
    /// Whether its columns were compared with the profile's.
    checked: bool,
    /// Rows of this file, kept while there is something to join.
    kept: Vec<Record>,
    tables: Vec<Vec<Record>>,
    done: u64,
    total: u64,
}

impl<'a> Intake<'a> {
    pub(super) fn new(
        profile: &'a Profile,
        around: &'a Surroundings<'a>,
        progress: &'a dyn Progress,
    ) -> Self {
        Self {
            profile,
            progress,
            mapper: Mapper::new(profile, around),
            services: hsds::Reader::new(around, &profile.source),
            file: String::new(),
            header: None,
            checked: false,
            kept: Vec::new(),
            tables: Vec::new(),
            done: 0,
            total: 0,
        }
    }

    /// A file begins.
    pub(super) fn begin(&mut self, file: String) {
        self.file = file;
        self.header = None;
        self.checked = false;
    }

    /// Takes one piece of it.
    pub(super) fn piece(&mut self, piece: Piece, findings: &mut Findings) -> Result<(), ReadError> {
        match piece {
            Piece::Seen(_) => {}
            Piece::Total(total) => self.total += total,
            Piece::Columns(names) => self.header = Some(Arc::new(Header::new(&self.file, names, false))),
            Piece::Row(row, values) => {
                // A child that sends rows before columns is broken.
                let header = self.header.clone();
                let header = header.ok_or_else(|| ReadError::GaveUp { file: self.file.clone() })?;
                if !self.checked && self.profile.join.is_empty() {
                    assemble::check_columns(self.profile, &header)?;
                    self.checked = true;
                }
                self.record(Record::new(header, row, values), findings);
            }
            Piece::Record(row, fields) => {
                let record = record(&self.file, row, fields);
                self.record(record, findings);
            }
            Piece::Service(row, pointer, service) => {
                self.count();
                self.services.read(&self.file, row, pointer, &service, findings);
            }
            Piece::Rejected(error) => findings.rejected.push(error),
            Piece::Repaired(note) => findings.repaired.push(note),
            Piece::Rows(rows) => findings.rows += rows,
        }
        Ok(())
    }

    /// The file has ended.
    pub(super) fn end(&mut self) {
        self.tables.push(std::mem::take(&mut self.kept));
    }

    /// All files have ended.
    pub(super) fn finish(mut self, findings: &mut Findings) -> Result<Vec<CentreDraft>, ReadError> {
        if !self.profile.join.is_empty() {
            let tables = std::mem::take(&mut self.tables);
            let records = assemble::assemble(self.profile, tables, findings)?;
            (self.done, self.total) = (0, records.len() as u64);
            for record in &records {
                self.count();
                self.mapper.record(record, findings);
            }
        }
        self.progress.step(Stage::Mapping, self.done, self.total.max(self.done));
        let mut drafts = self.mapper.finish();
        drafts.extend(self.services.into_drafts());
        Ok(drafts)
    }

    fn record(&mut self, record: Record, findings: &mut Findings) {
        if self.profile.join.is_empty() {
            self.count();
            self.mapper.record(&record, findings);
        } else {
            self.kept.push(record);
        }
    }

    fn count(&mut self) {
        if self.done.is_multiple_of(TOLD_AFTER) {
            self.progress.step(Stage::Mapping, self.done, self.total);
        }
        self.done += 1;
    }
}
