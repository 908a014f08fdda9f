//! The finder's part of the trail of what staff did.

use std::sync::Arc;

use async_trait::async_trait;
use contracts::audit::{AuditEntry, AuditTrail, TrailUnavailable};
use jiff::Timestamp;

use crate::store::Store;

/// The trail of the directory.
#[derive(Clone)]
pub struct DirectoryTrail(Arc<dyn Store>);

impl DirectoryTrail {
    /// The trail in a directory.
    pub fn new(store: Arc<dyn Store>) -> Self {
        Self(store)
    }
}

#[async_trait]
impl AuditTrail for DirectoryTrail {
    async fn entries(
        &self,
        before: Option<(Timestamp, String)>,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, TrailUnavailable> {
        let before = before.as_ref().map(|(at, id)| (*at, id.as_str()));
        self.0.audit_entries(before, limit).await.map_err(|error| {
            tracing::warn!(%error, "the directory did not answer a question about the trail");
            TrailUnavailable
        })
    }
}
