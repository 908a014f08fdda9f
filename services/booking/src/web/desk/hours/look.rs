//! What a change of hours would do, before it is saved; and what tells one such look from another.

use data_encoding::HEXLOWER;
use jiff::ToSpan;
use serde::Serialize;
use sha2::{Digest, Sha256};
use webkit::{error::PageError, pages::Visit};

use super::Kept;
use crate::{
    availability::local_date,
    setting::Hours,
    slots::Change,
    web::{
        AppState,
        desk::{
            around::{Row, unreadable},
            overview::GapLine,
            say::Say,
            words::{self, DayTimes},
        },
    },
};

/// How far ahead a preview looks.
pub(crate) const PREVIEW_DAYS: i64 = 8 * 7;
/// Days of each kind that are shown with their times.
const SHOWN: usize = 14;

/// The times that come and go, and the appointments that would not fit any more.
#[derive(Serialize)]
pub(super) struct Look {
    /// The same for the same hours with the same conflicts: what is saved is what was seen.
    pub(super) seen: String,
    /// Whether it is not what was seen before.
    pub(super) changed: bool,
    weeks: i64,
    added: Times,
    removed: Times,
    conflicts: Vec<GapLine>,
}

#[derive(Serialize)]
struct Times {
    count: usize,
    days: Vec<DayTimes<Say>>,
    more_days: usize,
}

impl Look {
    /// At what these hours would do.
    pub(super) async fn at(
        app: &AppState,
        visit: &Visit,
        kept: &Kept,
        new: &Hours,
    ) -> Result<Self, PageError> {
        let now = app.clock().now();
        let today = local_date(now);
        let days = (today, today.saturating_add(PREVIEW_DAYS.days()));
        let (centre, resource) = (&kept.house.centre, &kept.resource.value);
        let preview = app.booking().preview_hours(centre, resource, (&kept.hours, new), days).await;
        let preview = preview.map_err(unreadable)?;
        let mut conflicts = Vec::new();
        let mut seen = Sha256::new();
        seen.update(serde_json::to_vec(new).map_err(PageError::internal)?);
        for conflict in &preview.conflicts {
            seen.update(&conflict.appointment.id);
            let appointment = app.booking().appointment_at(&centre.id, &conflict.appointment.id).await;
            let row: Row = match appointment {
                Ok(appointment) => kept.house.row(&appointment, visit, now),
                Err(crate::BookingError::NotFound) => continue,
                Err(error) => return Err(unreadable(error)),
            };
            conflicts.push(GapLine { row, reason: words::reason(conflict.reason) });
        }
        Ok(Self {
            seen: HEXLOWER.encode(&seen.finalize()),
            changed: false,
            weeks: PREVIEW_DAYS / 7,
            added: Times::of(&preview.added),
            removed: Times::of(&preview.removed),
            conflicts,
        })
    }
}

impl Times {
    fn of(changes: &[Change]) -> Self {
        let mut days = words::by_day(changes.iter().map(|one| (one.span.from, words::clock(one.span.from))));
        let more_days = days.len().saturating_sub(SHOWN);
        days.truncate(SHOWN);
        Self { count: changes.len(), days, more_days }
    }
}
