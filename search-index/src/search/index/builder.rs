//! Building an index: records in, one segment out.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use contracts::directory::Centre;
use tantivy::{Index, SingleSegmentIndexWriter, directory::MmapDirectory};

use super::{
    Fields, IndexError, Reader, SearchIndex,
    about::{About, analyzer},
    documents::Documents,
};
use crate::search::lexicon::Lexicon;

/// First guess of the memory the writer needs, in bytes; it grows as it must.
const WRITER_MEMORY: usize = 64_000_000;

/// Builds a fresh index from centres; nobody sees it before it is finished.
pub struct IndexBuilder {
    dir: PathBuf,
    lexicon: Arc<Lexicon>,
    fields: Fields,
    writer: SingleSegmentIndexWriter,
    reader: Reader,
    centres: u32,
    offers: u32,
}

impl std::fmt::Debug for IndexBuilder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IndexBuilder")
            .field("dir", &self.dir)
            .field("offers", &self.offers)
            .finish_non_exhaustive()
    }
}

impl IndexBuilder {
    /// Begins an index in an empty folder, which is made if it is missing.
    ///
    /// # Errors
    /// The folder cannot be made or already holds an index.
    pub fn create(dir: &Path, lexicon: Arc<Lexicon>) -> Result<Self, IndexError> {
        fs::create_dir_all(dir).map_err(|source| IndexError::Storage { path: dir.to_owned(), source })?;
        let fields = Fields::new();
        let directory = MmapDirectory::open(dir).map_err(tantivy::TantivyError::from)?;
        let index = Index::builder().schema(fields.schema.clone());
        let writer = index.single_segment_index_writer(directory, WRITER_MEMORY)?;
        let reader = Reader::new(Arc::clone(&lexicon));
        Ok(Self { dir: dir.to_owned(), lexicon, fields, writer, reader, centres: 0, offers: 0 })
    }

    /// Adds a centre with its offers; a centre without an offer is not listed.
    ///
    /// # Errors
    /// The index cannot take it, for instance because the disk is full.
    pub fn add(&mut self, centre: &Centre) -> Result<(), IndexError> {
        if centre.offers.is_empty() {
            return Ok(());
        }
        let Self { lexicon, fields, writer, reader, .. } = self;
        let mut documents = Documents { lexicon, fields, reader };
        for document in documents.of(centre, self.centres)? {
            writer.add_document(document)?;
            self.offers += 1;
        }
        self.centres += 1;
        Ok(())
    }

    /// Finishes the index, makes sure it is on the disk and opens it.
    ///
    /// # Errors
    /// It cannot be written or read back.
    pub fn finish(self, revision: i64) -> Result<SearchIndex, IndexError> {
        let analyzer = analyzer(&self.lexicon);
        self.writer.finalize()?;
        About { analyzer, revision, centres: self.centres, offers: self.offers }.write(&self.dir)?;
        SearchIndex::open(&self.dir, self.lexicon)?
            .ok_or_else(|| IndexError::Damaged("it cannot be read back".to_owned()))
    }
}
