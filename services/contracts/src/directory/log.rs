//! The directory's log, for services that keep a copy.

use async_trait::async_trait;
use kernel::Envelope;

use super::DirectoryEvent;

/// The log cannot be read at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the directory's log cannot be read at the moment")]
pub struct LogUnavailable;

/// What happened to the directory, in order. Implemented by the finder.
#[async_trait]
pub trait DirectoryLog: Send + Sync {
    /// Up to `limit` events after this sequence.
    async fn after(&self, sequence: i64, limit: u32)
    -> Result<Vec<Envelope<DirectoryEvent>>, LogUnavailable>;
}
