//! What every event carries, whoever makes it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// An event with its place in its producer's log.
///
/// Consumers read by `sequence` and are idempotent by `id`: an event may come more than once, never out of order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Envelope<E> {
    /// The event's own id.
    pub id: String,
    /// Position in the producer's log; grows, may have gaps.
    pub sequence: i64,
    /// When the change was made.
    pub at: Timestamp,
    /// What happened.
    pub event: E,
}
