//! The index and the gazetteer that are searched right now, swapped as a whole when the directory changes.
//!
//! A search always sees one complete index: while a new one is built, the old one answers.

use std::{path::PathBuf, sync::Arc, time::Duration};

use arc_swap::ArcSwapOption;
use contracts::directory::Centre;
use search_index::{
    place::Gazetteer,
    search::{IndexError, IndexHome, Lexicon, SearchIndex},
};
use tokio::sync::{Mutex, mpsc};

use crate::store::{Store, StoreError};

/// How often the directory is asked whether it has changed.
const LOOK_EVERY: Duration = Duration::from_millis(300);
/// How many centres are read from the store at a time.
const BATCH: u32 = 500;
/// How many batches are read ahead of the builder.
const AHEAD: usize = 4;

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
        let (gazetteer, index) =
            tokio::try_join!(gazetteer(self.store.as_ref()), self.open_or_build(revision))?;
        self.show(index, gazetteer);
        Ok(())
    }

    /// Builds the index anew whatever is there, and answers how many centres it holds.
    pub async fn rebuild(&self) -> Result<usize, LiveError> {
        let _one_at_a_time = self.building.lock().await;
        let revision = self.store.revision().await?;
        let (gazetteer, index) = tokio::try_join!(gazetteer(self.store.as_ref()), self.build(revision))?;
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

    async fn open_or_build(&self, revision: i64) -> Result<SearchIndex, LiveError> {
        let (home, lexicon) = (self.home(), self.lexicon.clone());
        match on_a_thread(move || home.open_current(lexicon)).await?? {
            Some(index) if index.revision() == revision => Ok(index),
            _ => self.build(revision).await,
        }
    }

    /// Reads the directory in batches while a thread builds the index of those read before.
    ///
    /// A change during the reading is caught by the next look, because the revision was read before.
    async fn build(&self, revision: i64) -> Result<SearchIndex, LiveError> {
        let (sender, batches) = mpsc::channel(AHEAD);
        let (home, lexicon) = (self.home(), self.lexicon.clone());
        let built = on_a_thread(move || built_of(&home, lexicon, batches, revision));
        let (built, read) = tokio::join!(built, self.read(sender));
        read?;
        built?
    }

    async fn read(&self, batches: mpsc::Sender<Batch>) -> Result<(), LiveError> {
        let mut after: Option<String> = None;
        loop {
            let centres = self.store.centres_after(after.as_deref(), BATCH).await?;
            after = centres.last().map(|last| last.id.clone());
            let batch = if after.is_some() { Batch::Centres(centres) } else { Batch::End };
            // Nobody takes it when the builder has failed, and then its error is the one to tell.
            if batches.send(batch).await.is_err() || after.is_none() {
                return Ok(());
            }
        }
    }
}

/// What the reading of the directory hands to the builder.
enum Batch {
    Centres(Vec<Centre>),
    /// That was all. Without it the reading has failed, and what was built must not be searched.
    End,
}

fn built_of(
    home: &IndexHome,
    lexicon: Arc<Lexicon>,
    mut batches: mpsc::Receiver<Batch>,
    revision: i64,
) -> Result<SearchIndex, LiveError> {
    let mut builder = home.begin(lexicon)?;
    loop {
        match batches.blocking_recv() {
            Some(Batch::Centres(centres)) => centres.iter().try_for_each(|centre| builder.add(centre))?,
            Some(Batch::End) => break,
            None => return Err(LiveError::Interrupted),
        }
    }
    let index = builder.finish(revision)?;
    home.make_current(&index)?;
    Ok(index)
}

/// The places searched in: the operator's table if there is one, the bundled one otherwise.
pub async fn gazetteer(store: &dyn Store) -> Result<Arc<Gazetteer>, LiveError> {
    let table = store.places().await?;
    on_a_thread(move || match table {
        Some(table) => Arc::new(Gazetteer::from_rows(table.rows)),
        None => Gazetteer::bundled(),
    })
    .await
}

/// Does what takes a moment where it keeps no request waiting.
async fn on_a_thread<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> Result<T, LiveError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| LiveError::Interrupted)
}

#[cfg(test)]
mod tests;
