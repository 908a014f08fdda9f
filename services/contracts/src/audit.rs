//! The trail of what staff did: who, what, when. Never a word about a person seeking help.

use async_trait::async_trait;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::staff::Actor;

/// One action of a member of staff, written in the transaction that carried it out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditEntry {
    /// The entry's id, time-ordered.
    pub id: String,
    /// When it happened.
    pub at: Timestamp,
    /// Who did it.
    pub actor: Actor,
    /// What was done, as a dotted code ("centre.edited"); pages say it with the message `audit-centre-edited`.
    pub action: String,
    /// What it was done to: the kind ("centre", "person", "import"), its id and its name at that time.
    pub object: AuditObject,
    /// What else is worth knowing, in codes and public names only ("fields: name, phone"); never a secret.
    pub detail: String,
}

/// What an action was done to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuditObject {
    /// "centre", "person", "import", "session", …
    pub kind: String,
    /// Its id.
    pub id: String,
    /// Its name at that time.
    pub name: String,
}

/// A service's trail cannot be read at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the trail cannot be read at the moment")]
pub struct TrailUnavailable;

/// The trail of one service. The page that shows it asks every service and merges by time.
#[async_trait]
pub trait AuditTrail: Send + Sync {
    /// Up to `limit` entries before (`before`: time and id of the last one seen), newest first.
    async fn entries(
        &self,
        before: Option<(Timestamp, String)>,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, TrailUnavailable>;
}
