//! Booking's part of the trail of what staff did.

use async_trait::async_trait;
use contracts::audit::{AuditEntry, AuditTrail, TrailUnavailable};
use jiff::Timestamp;

use crate::service::Booking;

#[async_trait]
impl AuditTrail for Booking {
    async fn entries(
        &self,
        before: Option<(Timestamp, String)>,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, TrailUnavailable> {
        let before = before.as_ref().map(|(at, id)| (*at, id.as_str()));
        self.store().audit_entries(before, limit).await.map_err(|error| {
            tracing::warn!(%error, "booking did not answer a question about the trail");
            TrailUnavailable
        })
    }
}
