//! The index and the gazetteer that are searched right now, swapped as a whole when the directory changes.
//!
//! A search always sees one complete index: while a new one is built, the old one answers.

use std::{path::PathBuf, sync::Arc, time::Duration};

use arc_swap::ArcSwapOption;
use search_index::{
    place::Gazetteer,
    search::{IndexError, IndexHome, Lexicon, SearchIndex},
};
use tokio::sync::{Mutex, mpsc};

use crate::store::{Store, StoreError};

/// How often the directory is asked whether it has changed.
const LOOK_EVERY: Duration = Duration::from_millis(300);
/// How many centres are read from the store at a time.
const BATCH: u32 = 2_000;

/// What one search works with: it stays the same for the length of a request.
pub struct Snapshot {
    /// The ranked index.
    pub index: SearchIndex,
    /// The places.
    pub gazetteer: Arc<Gazetteer>,
    /// Topics and words.
    pub lexicon: Arc<Lexicon>,
}

/// Why no index could be made.
#[derive(Debug, thiserror::Error)]
pub enum LiveError {
    /// The directory could not be read.
    #[error("the directory cannot be read: {0}")]
    Store(#[from] StoreError),
    /// The index could not be written or read.
    #[error("the index cannot be built: {0}")]
    Index(#[from] IndexError),
    /// The building thread ended early.
    #[error("the index was not finished")]
    Interrupted,
}

/// The current snapshot and the means to make the next.
pub struct Live {
    current: ArcSwapOption<Snapshot>,
    store: Arc<dyn Store>,
    lexicon: Arc<Lexicon>,
    folder: PathBuf,
    building: Mutex<()>,
}

impl Live {
    /// A finder index kept in `folder`; nothing is opened yet.
    pub fn new(store: Arc<dyn Store>, lexicon: Arc<Lexicon>, folder: PathBuf) -> Arc<Self> {
        Arc::new(Self { current: ArcSwapOption::empty(), store, lexicon, folder, building: Mutex::new(()) })
    }

    /// What to search; `None` until the first index is ready.
    pub fn snapshot(&self) -> Option<Arc<Snapshot>> {
        self.current.load_full()
    }

    /// Topics and words, known before any index is.
    pub fn lexicon(&self) -> &Arc<Lexicon> {
        &self.lexicon
    }

    /// Opens the index on disk if it is of this analyzer and this directory's state, and builds it otherwise.
    pub async fn catch_up(&self) -> Result<(), LiveError> {
        let _one_at_a_time = self.building.lock().await;
        let revision = self.store.revision().await?;
        if let Some(snapshot) = self.snapshot().filter(|snapshot| snapshot.index.revision() == revision) {
            // `reindex` in another process may have made a new one of the same directory.
            if !self.home().is_current(&snapshot.index)
                && let Some(index) = self.home().open_current(self.lexicon.clone())?
                && index.revision() == revision
            {
                self.show(index, snapshot.gazetteer.clone());
            }
            return Ok(());
        }
        let gazetteer = gazetteer(self.store.as_ref()).await?;
        let found = self.home().open_current(self.lexicon.clone())?;
        let index = match found {
            Some(index) if index.revision() == revision => index,
            _ => self.build(revision).await?,
        };
        self.show(index, gazetteer);
        Ok(())
    }

    /// Builds the index anew whatever is there, and answers how many centres it holds.
    pub async fn rebuild(&self) -> Result<usize, LiveError> {
        let _one_at_a_time = self.building.lock().await;
        let revision = self.store.revision().await?;
        let gazetteer = gazetteer(self.store.as_ref()).await?;
        let index = self.build(revision).await?;
        let centres = index.len_centres();
        self.show(index, gazetteer);
        Ok(centres)
    }

    /// Follows the directory until the task is dropped.
    pub async fn follow(self: Arc<Self>) {
        loop {
            tokio::time::sleep(LOOK_EVERY).await;
            if let Err(error) = self.catch_up().await {
                metrics::counter!("finder_index_failures_total").increment(1);
                tracing::error!(error.cause = %error, "the index could not catch up; the old one goes on answering");
                tokio::time::sleep(LOOK_EVERY * 10).await;
            }
        }
    }

    fn home(&self) -> IndexHome {
        IndexHome::new(&self.folder)
    }

    fn show(&self, index: SearchIndex, gazetteer: Arc<Gazetteer>) {
        let centres = index.len_centres();
        tracing::info!(
            index.revision = index.revision(),
            index.centres = centres,
            "a new search index answers from now on"
        );
        #[expect(clippy::cast_precision_loss, reason = "a gauge needs no more than 2^53 centres")]
        metrics::gauge!("finder_index_centres").set(centres as f64);
        self.current.store(Some(Arc::new(Snapshot { index, gazetteer, lexicon: self.lexicon.clone() })));
    }

    /// Reads the directory in batches and feeds them to a thread that builds the index.
    ///
    /// A change during the reading is caught by the next look, because the revision was read before.
    async fn build(&self, revision: i64) -> Result<SearchIndex, LiveError> {
        let (sender, mut batches) = mpsc::channel::<Vec<contracts::directory::Centre>>(2);
        let home = self.home();
        let lexicon = self.lexicon.clone();
        let builder = tokio::task::spawn_blocking(move || -> Result<SearchIndex, IndexError> {
            let mut builder = home.begin(lexicon)?;
            while let Some(batch) = batches.blocking_recv() {
                for centre in &batch {
                    builder.add(centre)?;
                }
            }
            let index = builder.finish(revision)?;
            home.make_current(&index)?;
            Ok(index)
        });
        let mut after: Option<String> = None;
        loop {
            let batch = self.store.centres_after(after.as_deref(), BATCH).await?;
            let Some(last) = batch.last() else { break };
            after = Some(last.id.clone());
            if sender.send(batch).await.is_err() {
                break;
            }
        }
        drop(sender);
        Ok(builder.await.map_err(|_| LiveError::Interrupted)??)
    }
}

/// The places searched in: the operator's table if there is one, the bundled one otherwise.
pub async fn gazetteer(store: &dyn Store) -> Result<Arc<Gazetteer>, StoreError> {
    Ok(match store.places().await? {
        Some(table) => Arc::new(Gazetteer::from_rows(table.rows)),
        None => Gazetteer::bundled(),
    })
}
