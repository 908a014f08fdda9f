//! The directory's log, for services that keep a copy of it.

use std::sync::Arc;

use async_trait::async_trait;
use contracts::directory::{DirectoryEvent, LogUnavailable};
use kernel::Envelope;

use crate::store::Store;

/// The log of a directory.
#[derive(Clone)]
pub struct DirectoryLog(Arc<dyn Store>);

impl DirectoryLog {
    /// The log in a directory.
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self(store)
    }
}

#[async_trait]
impl contracts::directory::DirectoryLog for DirectoryLog {
    async fn after(
        &self,
        sequence: i64,
        limit: u32,
    ) -> Result<Vec<Envelope<DirectoryEvent>>, LogUnavailable> {
        self.0.events_after(sequence, limit).await.map_err(|error| {
            tracing::warn!(%error, "the directory did not answer a question about its log");
            LogUnavailable
        })
    }
}
