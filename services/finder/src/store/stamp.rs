//! Who does something to the directory, and when.

use contracts::{
    audit::{AuditEntry, AuditObject},
    staff::Actor,
};
use jiff::Timestamp;
use kernel::{Clock, Ids};

/// The author and the time of one change. Its id makes the ids of the change's events and of its entry in the trail, so
/// the same change carried out twice is found by the database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stamp {
    /// The change's id.
    pub id: String,
    /// Who does it.
    pub actor: Actor,
    /// When.
    pub at: Timestamp,
}

impl Stamp {
    /// A stamp for something done now.
    pub fn new(actor: Actor, ids: &dyn Ids, clock: &dyn Clock) -> Self {
        Self { id: ids.next(clock), actor, at: clock.now() }
    }

    /// The entry in the trail.
    pub(super) fn entry(&self, action: &str, object: AuditObject, detail: String) -> AuditEntry {
        AuditEntry {
            id: self.id.clone(),
            at: self.at,
            actor: self.actor.clone(),
            action: action.to_owned(),
            object,
            detail,
        }
    }
}
