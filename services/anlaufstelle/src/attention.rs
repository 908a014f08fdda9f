//! What of the directory waits on the start page of staff.

use accounts::web::{Attention, AttentionSource};
use async_trait::async_trait;
use contracts::staff::StaffIdentity;
use finder::{app::AppState, web::desk::waiting_for};

/// The directory's part.
pub(crate) struct OfDirectory(pub(crate) AppState);

#[async_trait]
impl AttentionSource for OfDirectory {
    async fn for_person(&self, person: &StaffIdentity) -> Vec<Attention> {
        let waiting = waiting_for(&self.0, person).await.into_iter();
        waiting.map(|one| Attention { href: one.href, text: one.text, count: one.count }).collect()
    }
}
