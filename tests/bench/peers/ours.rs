//! Our own engine, asked exactly as the finder asks it.

use std::time::{Duration, Instant};

use contracts::directory::Centre;
use search_index::search::{Filters, IndexBuilder, Lexicon, Request, SearchIndex};
use tempfile::TempDir;

use super::{Engine, Outcome, peer::LIMIT, suite::Judged};

/// An index of the directory.
pub(crate) struct Ours {
    index: SearchIndex,
    index_time: Duration,
    filters: Filters,
    _folder: TempDir,
}

impl Ours {
    /// Indexes the centres in a folder of its own.
    pub(crate) fn index(centres: &[Centre]) -> Outcome<Self> {
        let folder = tempfile::tempdir()?;
        let lexicon = Lexicon::bundled();
        let started = Instant::now();
        let mut builder = IndexBuilder::create(&folder.path().join("index"), lexicon)?;
        for centre in centres {
            builder.add(centre)?;
        }
        let index = builder.finish(1)?;
        Ok(Self { index, index_time: started.elapsed(), filters: Filters::default(), _folder: folder })
    }
}

impl Engine for Ours {
    fn name(&self) -> String {
        "search-index".to_owned()
    }

    fn setup(&self) -> &'static str {
        "as the finder uses it: whole answer with reasons, totals and other help nearby, not only ten ids"
    }

    fn index_time(&self) -> Duration {
        self.index_time
    }

    fn answer(&mut self, query: &Judged) -> Outcome<(Vec<String>, Duration)> {
        let request = Request {
            words: &query.words,
            places: &query.places,
            filters: &self.filters,
            offset: 0,
            limit: LIMIT,
        };
        let started = Instant::now();
        let answer = self.index.search(&request)?;
        let spent = started.elapsed();
        Ok((answer.hits.into_iter().map(|hit| hit.card.external_id).collect(), spent))
    }
}
