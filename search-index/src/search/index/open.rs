//! An index that can be searched.

use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use tantivy::{
    Index, InvertedIndexReader, ReloadPolicy, TantivyDocument,
    postings::{BlockSegmentPostings, TermInfo},
    schema::{Field, IndexRecordOption, Value},
    store::StoreReader,
};

use super::{
    Columns, Entry, Fields, IndexError,
    about::{About, analyzer},
    concepts::Lists,
};
use crate::search::{lexicon::Lexicon, rank::Scratch};

/// Blocks of entries kept unpacked; a page of ten hits touches about as many.
const CACHED_BLOCKS: usize = 64;

/// An index open for searching. Shared between threads; a search keeps nothing of what it was asked.
pub struct SearchIndex {
    dir: PathBuf,
    about: About,
    pub(crate) lexicon: Arc<Lexicon>,
    pub(crate) fields: Fields,
    pub(crate) columns: Columns,
    lists: Vec<Arc<InvertedIndexReader>>,
    /// The lists of concepts by term.
    pub(super) concepts: HashMap<String, Lists>,
    /// Fields whose words a mistyped word may have been: offers, keywords, and last names of centres.
    pub(crate) guessable: [Field; 3],
    store: StoreReader,
    /// Working memory of searches that are over, wiped.
    pub(crate) idle: Mutex<Vec<Scratch>>,
}

impl std::fmt::Debug for SearchIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SearchIndex")
            .field("dir", &self.dir)
            .field("about", &self.about)
            .finish_non_exhaustive()
    }
}

impl SearchIndex {
    /// Opens a finished generation; `None` when it is unfinished, damaged or made by other rules.
    pub(crate) fn open(dir: &Path, lexicon: Arc<Lexicon>) -> Result<Option<Self>, IndexError> {
        let Some(about) = About::read(dir).filter(|about| about.analyzer == analyzer(&lexicon)) else {
            return Ok(None);
        };
        match Self::open_checked(dir, about, lexicon) {
            Ok(index) => Ok(Some(index)),
            Err(error) => {
                tracing::warn!(%error, "the search index is damaged and will be built anew");
                Ok(None)
            }
        }
    }

    fn open_checked(dir: &Path, about: About, lexicon: Arc<Lexicon>) -> Result<Self, IndexError> {
        let index = Index::open_in_dir(dir)?;
        if let Some(file) = index.validate_checksum()?.into_iter().next() {
            return Err(IndexError::Damaged(format!("the checksum of {} is wrong", file.display())));
        }
        let fields = Fields::new();
        if index.schema() != fields.schema {
            return Err(IndexError::Damaged("the layout is another".to_owned()));
        }
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let searcher = reader.searcher();
        let [segment] = searcher.segment_readers() else {
            return Err(IndexError::Damaged("it is not one segment".to_owned()));
        };
        let columns = Columns::read(segment)?;
        if (columns.centres(), segment.max_doc()) != (about.centres as usize, about.offers) {
            return Err(IndexError::Damaged("records are missing".to_owned()));
        }
        let lists = fields
            .schema
            .fields()
            .map(|(field, entry)| match entry.is_indexed() {
                true => segment.inverted_index(field),
                false => Ok(Arc::new(InvertedIndexReader::empty(IndexRecordOption::Basic))),
            })
            .collect::<tantivy::Result<_>>()?;
        let store = segment.get_store_reader(CACHED_BLOCKS)?;
        let guessable = [fields.offer, fields.keyword, fields.centre_name];
        let idle = Mutex::default();
        let concepts = HashMap::new();
        let mut index = Self {
            dir: dir.to_owned(),
            about,
            lexicon,
            fields,
            columns,
            lists,
            concepts,
            guessable,
            store,
            idle,
        };
        index.concepts = index.concept_lists()?;
        Ok(index)
    }

    /// The revision of the directory this index shows.
    pub fn revision(&self) -> i64 {
        self.about.revision
    }

    /// How many centres it holds.
    pub fn len_centres(&self) -> usize {
        self.about.centres as usize
    }

    /// How many offers it holds.
    pub fn len_offers(&self) -> usize {
        self.about.offers as usize
    }

    /// The lexicon it was made with.
    pub fn lexicon(&self) -> &Arc<Lexicon> {
        &self.lexicon
    }

    pub(crate) fn dir(&self) -> &Path {
        &self.dir
    }

    pub(crate) fn lists(&self, field: Field) -> &InvertedIndexReader {
        &self.lists[field.field_id() as usize]
    }

    /// Where the offers with this term are listed; `None` when there are none.
    pub(crate) fn find(&self, field: Field, term: &str) -> Result<Option<TermInfo>, IndexError> {
        if let Some(list) = self.concept_list(field, term) {
            return Ok(list.info.clone());
        }
        Ok(self.lists(field).terms().get(term)?)
    }

    /// The offers with this term, in blocks.
    pub(crate) fn postings(&self, field: Field, term: &TermInfo) -> Result<BlockSegmentPostings, IndexError> {
        Ok(self.lists(field).read_block_postings_from_terminfo(term, IndexRecordOption::Basic)?)
    }

    /// What is stored of an offer.
    pub(crate) fn entry(&self, offer: u32) -> Result<Entry<'static>, IndexError> {
        let document: TantivyDocument = self.store.get(offer)?;
        let bytes = document.get_first(self.fields.entry).and_then(|value| value.as_bytes());
        let bytes = bytes.ok_or_else(|| IndexError::Damaged(format!("offer {offer} has no entry")))?;
        serde_json::from_slice(bytes).map_err(|error| IndexError::Damaged(format!("offer {offer}: {error}")))
    }
}
