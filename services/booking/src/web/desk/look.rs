//! What a change would do, looked at before it is saved.
//!
//! What is saved is what was looked at: the form carries the revision and a mark of the change and of the conflicts that were
//! on the screen. If somebody saved or booked meanwhile, or something was typed after looking, it is looked at once more
//! and nothing typed is lost.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use data_encoding::HEXLOWER;
use jiff::ToSpan;
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
    appointment::Appointment, availability::local_date, service::Proposal, slots::Change, web::AppState,
};

/// How many weeks ahead is looked at least.
const WEEKS: u16 = 8;
/// Days of each kind that are shown with their times.
const SHOWN: usize = 14;

/// The times that come and go, and the appointments that would not fit any more.
#[derive(Serialize)]
pub(super) struct Look {
    weeks: u16,
    /// Why this is shown although somebody wanted to save.
    remark: Option<&'static str>,
    added: Times,
    removed: Times,
    conflicts: Vec<GapLine>,
    /// The appointments of the conflicts.
    #[serde(skip)]
    concerned: Vec<String>,
}

#[derive(Serialize)]
struct Times {
    count: usize,
    days: Vec<DayTimes<Say>>,
    more_days: usize,
}

/// A change that somebody wants, as her form brings it.
#[derive(Clone, Copy)]
pub(super) struct Wanted<'a> {
    /// What is on the button that was pressed; empty for looking.
    pub(super) save: &'a str,
    /// The mark of what was looked at.
    pub(super) seen: &'a str,
    /// The revision that was looked at.
    pub(super) revision: i64,
}

/// What is to be done with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Step {
    /// Save it: it was looked at.
    Save,
    /// Look at it, with a remark if it was to be saved.
    Look(Option<&'static str>),
}

impl Wanted<'_> {
    /// What is to be done, when the change has this mark and is made over this revision.
    pub(super) fn step(&self, mark: &str, revision: i64) -> Step {
        match self.save {
            _ if self.revision != revision => Step::Look(Some("desk-booking-look-stale")),
            "" => Step::Look(None),
            _ if self.seen != mark => Step::Look(Some("desk-booking-look-typed")),
            _ => Step::Save,
        }
    }
}

/// How a page with a form answers: something is wrong in it, it shows a look, or nothing happened yet.
pub(super) fn status(wrong: &Wrong, look: Option<&Look>) -> StatusCode {
    match look {
        _ if !wrong.is_empty() => StatusCode::UNPROCESSABLE_ENTITY,
        Some(look) => look.status(),
        None => StatusCode::OK,
    }
}

/// The mark of a change and of the appointments it would leave out: the same look, the same mark.
fn mark(change: &impl Serialize, concerned: &[String]) -> Result<String, PageError> {
    let text = serde_json::to_vec(&(change, concerned)).map_err(PageError::internal)?;
    Ok(HEXLOWER.encode(&Sha256::digest(text)[..16]))
}

impl Look {
    /// How a page answers that shows it: somebody who wanted to save is told that nothing was saved.
    pub(super) const fn status(&self) -> StatusCode {
        if self.remark.is_some() { StatusCode::CONFLICT } else { StatusCode::OK }
    }

    /// What tells this look at a change from another.
    pub(super) fn mark(&self, change: &impl Serialize) -> Result<String, PageError> {
        mark(change, &self.concerned)
    }

    /// The same with a remark on why nothing was saved.
    pub(super) fn with(mut self, remark: Option<&'static str>) -> Self {
        self.remark = remark;
        self
    }

    /// At what a change would do, some weeks ahead and at least as far as can be booked.
    pub(super) async fn at_change(
        app: &AppState,
        visit: &Visit,
        house: &House,
        (proposal, horizon_days): (&Proposal<'_>, u16),
    ) -> Result<Self, PageError> {
        let now = app.clock().now();
        let today = local_date(now);
        let weeks = horizon_days.div_ceil(7).max(WEEKS);
        let days = (today, today.saturating_add(i64::from(weeks).weeks()));
        let centre = &house.centre;
        let preview = app.booking().preview(centre, proposal, days).await.map_err(unreadable)?;
        let concerned = preview.conflicts.iter().map(|one| one.appointment.id.clone()).collect();
        let coming = match preview.conflicts.is_empty() {
            true => Vec::new(),
            false => app.booking().coming(&centre.id).await.map_err(unreadable)?,
        };
        let coming: BTreeMap<&str, &Appointment> = coming.iter().map(|one| (one.id.as_str(), one)).collect();
        let conflicts = preview.conflicts.iter().filter_map(|conflict| {
            let appointment = coming.get(conflict.appointment.id.as_str())?;
            Some(GapLine { row: house.row(appointment, visit, now), reason: words::reason(conflict.reason) })
        });
        Ok(Self {
            weeks,
            remark: None,
            added: Times::of(&preview.added),
            removed: Times::of(&preview.removed),
            conflicts: conflicts.collect(),
            concerned,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_looked_at_is_saved() {
        let wanted = |save, seen, revision| Wanted { save, seen, revision }.step("mark", 3);
        assert_eq!(wanted("", "", 3), Step::Look(None));
        assert_eq!(wanted("", "mark", 3), Step::Look(None));
        assert_eq!(wanted("1", "mark", 3), Step::Save);
        for stale in [wanted("1", "mark", 2), wanted("", "", 2)] {
            assert_eq!(stale, Step::Look(Some("desk-booking-look-stale")));
        }
        for seen in ["", "other"] {
            assert_eq!(wanted("1", seen, 3), Step::Look(Some("desk-booking-look-typed")));
        }
        let of = |change: u8, concerned: &str| mark(&change, &[concerned.to_owned()]).unwrap();
        assert_eq!(of(1, "a"), of(1, "a"));
        assert_ne!(of(1, "a"), of(2, "a"));
        assert_ne!(of(1, "a"), of(1, "b"), "somebody booked meanwhile");
    }
}
