//! What is queued, and its row.

use jiff::{SignedDuration, Timestamp};
use kernel::Lang;

use super::Leased;

/// That somebody is to be told something. Holds no address, no name and no text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Intent {
    /// Unique in the queue; the Message-ID follows from it.
    pub id: String,
    /// What sort of mail, a word of the service's own.
    pub kind: String,
    /// What it is about: the author looks this up before it writes.
    pub object_id: String,
    /// The language to write in.
    pub lang: Lang,
    /// Anything short the author needs besides; forgotten when the mail is given up.
    pub detail: Option<String>,
    /// When it was queued.
    pub created_at: Timestamp,
    /// Not to be sent before.
    pub due_at: Timestamp,
    /// Not to be sent after.
    pub give_up_at: Timestamp,
}

impl Intent {
    /// A mail that is due at once and given up after three days.
    pub fn now(
        id: impl Into<String>,
        kind: impl Into<String>,
        object_id: impl Into<String>,
        lang: Lang,
        now: Timestamp,
    ) -> Self {
        Self {
            id: id.into(),
            kind: kind.into(),
            object_id: object_id.into(),
            lang,
            detail: None,
            created_at: now,
            due_at: now,
            give_up_at: now + SignedDuration::from_hours(72),
        }
    }

    /// Adds a detail.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// Sets another end.
    #[must_use]
    pub fn until(mut self, give_up_at: Timestamp) -> Self {
        self.give_up_at = give_up_at;
        self
    }
}

/// id, kind, object_id, lang, detail, created_at, due_at, give_up_at, attempts
pub(super) type Row = (String, String, String, String, Option<String>, i64, i64, i64, i64);

pub(super) fn leased(row: Row, lease_id: &str) -> Leased {
    let (id, kind, object_id, lang, detail, created_at, due_at, give_up_at, attempts) = row;
    // a language that was taken away meanwhile must not hold up the queue
    let lang = lang.parse().unwrap_or_default();
    let (created_at, due_at, give_up_at) = (time(created_at), time(due_at), time(give_up_at));
    let intent = Intent { id, kind, object_id, lang, detail, created_at, due_at, give_up_at };
    Leased { intent, attempts: u32::try_from(attempts).unwrap_or(u32::MAX), lease_id: lease_id.to_owned() }
}

/// Only a value edited by hand is out of range; it then counts as long past.
pub(super) fn time(microseconds: i64) -> Timestamp {
    Timestamp::from_microsecond(microseconds).unwrap_or_default()
}
