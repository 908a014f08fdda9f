//! When a whole centre is closed besides public holidays.

use axum::{extract::State, response::Response};
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{CentreSession, StaffForm, TeamSession},
};

use super::{
    around::{House, back, date, unreadable},
    look::Look,
    say::{Say, Wrong},
    settings::{Shown, save, show},
    words,
};
use crate::{
    availability::{Closure, DayTime, LocalRange},
    setting::{CentreProblem, ListProblem},
    web::AppState,
};

/// The form of a closure or of an absence: days, and hours if it is not whole days.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct SentClosure {
    pub(super) von: String,
    pub(super) bis: String,
    pub(super) von_zeit: String,
    pub(super) bis_zeit: String,
    /// Set once the preview was seen, and which it was.
    pub(super) speichern: String,
    pub(super) gesehen: String,
}

/// The form that takes one away.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Removed {
    welche: String,
}

/// A stretch of local time in words.
#[derive(Debug, Serialize)]
pub(super) struct RangeView {
    from: Say,
    to: Say,
    from_time: Option<String>,
    to_time: Option<String>,
}

/// A closure in a list.
#[derive(Serialize)]
pub(super) struct ClosureLine {
    id: String,
    range: RangeView,
}

/// Closures by time.
pub(super) fn lines(closures: &[Closure]) -> Vec<ClosureLine> {
    let mut closures: Vec<_> = closures.iter().collect();
    closures.sort_by_key(|one| (one.range.from, one.range.to));
    closures
        .into_iter()
        .map(|one| ClosureLine { id: one.id.clone(), range: RangeView::of(&one.range) })
        .collect()
}

impl RangeView {
    /// Whole days without times, other stretches with them.
    pub(super) fn of(range: &LocalRange) -> Self {
        let midnight = jiff::civil::Time::midnight();
        let whole = range.from.time() == midnight && range.to.time() == midnight;
        let last =
            if whole { range.to.date().yesterday().unwrap_or(range.to.date()) } else { range.to.date() };
        let time = |at: jiff::civil::DateTime| (!whole).then(|| format!("{}:{:02}", at.hour(), at.minute()));
        Self {
            from: words::short_day(range.from.date()),
            to: words::short_day(last),
            from_time: time(range.from),
            to_time: time(range.to),
        }
    }
}

impl SentClosure {
    /// The stretch that was typed. Without an end it is one day.
    pub(super) fn read(&self) -> Result<LocalRange, Wrong> {
        let mut wrong = Wrong::default();
        let day = |text: &str| date(text).ok_or_else(|| Say::new("desk-booking-wrong-date"));
        let first = wrong.take("von", day(&self.von));
        let last = if self.bis.is_empty() { first } else { wrong.take("bis", day(&self.bis)) };
        let hour = |text: &str| match text {
            "" => Ok(None),
            text => text.parse::<DayTime>().map(Some).map_err(|_| Say::new("desk-booking-wrong-time")),
        };
        let from = wrong.take("von_zeit", hour(&self.von_zeit)).flatten();
        let to = wrong.take("bis_zeit", hour(&self.bis_zeit)).flatten();
        let (Some(first), Some(last), true) = (first, last, wrong.is_empty()) else { return Err(wrong) };
        let whole = LocalRange::days(first, last);
        let at = |day: jiff::civil::Date, time: DayTime| {
            let (hour, minute) = (i8::try_from(time.hour()), i8::try_from(time.minute()));
            match (hour, minute) {
                (Ok(hour @ 0..=23), Ok(minute)) => day.at(hour, minute, 0, 0),
                _ => day.tomorrow().unwrap_or(day).at(0, 0, 0, 0),
            }
        };
        let range = LocalRange {
            from: from.map_or(whole.from, |time| at(first, time)),
            to: to.map_or(whole.to, |time| at(last, time)),
        };
        if range.check().is_err() {
            let field = if first == last && to.is_some() { "bis_zeit" } else { "bis" };
            wrong.at(field, Say::new("desk-booking-wrong-range"));
            return Err(wrong);
        }
        Ok(range)
    }
}

/// Shows what one more would do, or adds it.
pub(super) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    (team, manager): (TeamSession, CentreSession),
    StaffForm(closure): StaffForm<SentClosure>,
) -> Result<Response, PageError> {
    let house = House::of(&app, team.centre_id()).await?;
    let range = match closure.read() {
        Ok(range) => range,
        Err(wrong) => {
            let shown = Shown { closure, wrong, ..Shown::default() };
            return show(&app, &visit, (&team, &house), shown).await;
        }
    };
    let mut setting = app.booking().centre_setting(&house.centre.id).await.map_err(unreadable)?;
    let is_there = setting.value.closures.iter().any(|one| one.range == range);
    if is_there {
        return Ok(back(&visit, &house.centre.id, "einstellungen", "schliessung"));
    }
    let detail = format!("{} - {}", range.from, range.to);
    let old = setting.value.closures.clone();
    setting.value.closures.push(Closure { id: app.ids().next(app.clock()), range });
    if matches!(setting.value.check(), Err(CentreProblem::Closures(ListProblem::TooMany))) {
        return Err(PageError::BadRequest);
    }
    let look = Look::at_closures(&app, &visit, &house, (&old, &setting.value.closures)).await?;
    if let Some(look) = look.unless_seen((&closure.speichern, &closure.gesehen)) {
        let shown = Shown { closure, look: Some(look), ..Shown::default() };
        return show(&app, &visit, (&team, &house), shown).await;
    }
    save(&app, &visit, (&team, &manager, &house), (&setting, "booking.closure-added", &detail, "schliessung"))
        .await
}

/// Takes one away.
pub(super) async fn post_removal(
    State(app): State<AppState>,
    visit: Visit,
    (team, manager): (TeamSession, CentreSession),
    StaffForm(removed): StaffForm<Removed>,
) -> Result<Response, PageError> {
    let house = House::of(&app, team.centre_id()).await?;
    let mut setting = app.booking().centre_setting(&house.centre.id).await.map_err(unreadable)?;
    setting.value.closures.retain(|one| one.id != removed.welche);
    let change = (&setting, "booking.closure-removed", "", "schliessung-entfernt");
    save(&app, &visit, (&team, &manager, &house), change).await
}
