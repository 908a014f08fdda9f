//! What a change of hours or closures would do, before it is saved; and what tells one such look from another.

use axum::http::StatusCode;
use data_encoding::HEXLOWER;
use jiff::{ToSpan, civil::Date};
use serde::Serialize;
use sha2::{Digest, Sha256};
use webkit::{error::PageError, pages::Visit};

use super::{
    around::{House, unreadable},
    overview::GapLine,
    say::{Say, Wrong},
    words::{self, DayTimes},
};
use crate::{
    BookingError,
    availability::{Closure, LocalRange, local_date},
    setting::Hours,
    slots::{Change, Preview},
    store::Resource,
    web::AppState,
};

/// How far ahead a preview looks.
const AHEAD: i64 = 8 * 7;
/// Days of each kind that are shown with their times.
const SHOWN: usize = 14;

/// The times that come and go, and the appointments that would not fit any more.
#[derive(Serialize)]
pub(super) struct Look {
    /// The same for the same change with the same conflicts: what is saved is what was seen.
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
    /// At what other hours of a counsellor or a room would do.
    pub(super) async fn at_hours(
        app: &AppState,
        visit: &Visit,
        (house, resource): (&House, &Resource),
        (old, new): (&Hours, &Hours),
    ) -> Result<Self, PageError> {
        let preview = app.booking().preview_hours(&house.centre, resource, (old, new), days(app)).await;
        let what = serde_json::to_vec(new).map_err(PageError::internal)?;
        Self::of(app, visit, house, (&preview.map_err(unreadable)?, &what)).await
    }

    /// At what other closures of the centre would do.
    pub(super) async fn at_closures(
        app: &AppState,
        visit: &Visit,
        house: &House,
        (old, new): (&[Closure], &[Closure]),
    ) -> Result<Self, PageError> {
        let preview = app.booking().preview_closures(&house.centre, (old, new), days(app)).await;
        let ranges: Vec<&LocalRange> = new.iter().map(|closure| &closure.range).collect();
        let what = serde_json::to_vec(&ranges).map_err(PageError::internal)?;
        Self::of(app, visit, house, (&preview.map_err(unreadable)?, &what)).await
    }

    async fn of(
        app: &AppState,
        visit: &Visit,
        house: &House,
        (preview, what): (&Preview, &[u8]),
    ) -> Result<Self, PageError> {
        let now = app.clock().now();
        let mut conflicts = Vec::new();
        let mut seen = Sha256::new();
        seen.update(what);
        for conflict in &preview.conflicts {
            seen.update(&conflict.appointment.id);
            let appointment = app.booking().appointment_at(&house.centre.id, &conflict.appointment.id).await;
            let row = match appointment {
                Ok(appointment) => house.row(&appointment, visit, now),
                Err(BookingError::NotFound) => continue,
                Err(error) => return Err(unreadable(error)),
            };
            conflicts.push(GapLine { row, reason: words::reason(conflict.reason) });
        }
        Ok(Self {
            seen: HEXLOWER.encode(&seen.finalize()),
            changed: false,
            weeks: AHEAD / 7,
            added: Times::of(&preview.added),
            removed: Times::of(&preview.removed),
            conflicts,
        })
    }

    /// Nothing where what is to be saved is what was seen; otherwise the look to show.
    pub(super) fn unless_seen(mut self, (save, seen): (&str, &str)) -> Option<Self> {
        if !save.is_empty() && self.seen == seen {
            return None;
        }
        self.changed = !save.is_empty() && !seen.is_empty();
        Some(self)
    }
}

/// How a form with a look at it is answered.
pub(super) fn status(wrong: &Wrong, changed: bool) -> StatusCode {
    match (wrong.is_empty(), changed) {
        (false, _) => StatusCode::UNPROCESSABLE_ENTITY,
        (true, true) => StatusCode::CONFLICT,
        (true, false) => StatusCode::OK,
    }
}

/// The days a preview looks at.
pub(crate) fn days(app: &AppState) -> (Date, Date) {
    let today = local_date(app.clock().now());
    (today, today.saturating_add(AHEAD.days()))
}

impl Times {
    fn of(changes: &[Change]) -> Self {
        let mut days = words::by_day(changes.iter().map(|one| (one.span.from, words::clock(one.span.from))));
        let more_days = days.len().saturating_sub(SHOWN);
        days.truncate(SHOWN);
        Self { count: changes.len(), days, more_days }
    }
}
