//! `…/einstellungen/schliessung`: when a whole centre is closed besides public holidays, looked at before it is saved.

use axum::{
    extract::State,
    http::Uri,
    response::{IntoResponse, Redirect, Response},
};
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{CentreSession, StaffForm, TeamSession, path_in, render},
};

use super::{
    around::{Head, House, Part, asked, back, date, path, segment, unreadable},
    look::{Look, Step, Wanted, status},
    say::{Say, Wrong},
    settings::save,
    words,
};
use crate::{
    availability::{Closure, DayTime, LocalRange},
    service::Proposal,
    setting::{CentreProblem, CentreSetting, ListProblem},
    web::AppState,
};

/// The page that takes one away, below the centre's.
const REMOVAL: &str = "einstellungen/schliessung/entfernen";

/// A closure or an absence as it is typed: days, and hours if it is not whole days.
pub(super) struct SentClosure<'a> {
    pub(super) von: &'a str,
    pub(super) bis: &'a str,
    pub(super) von_zeit: &'a str,
    pub(super) bis_zeit: &'a str,
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
    range: RangeView,
    remove_href: String,
}

/// Closures by time.
pub(super) fn lines(closures: &[Closure], visit: &Visit, centre: &str) -> Vec<ClosureLine> {
    let mut closures: Vec<_> = closures.iter().collect();
    closures.sort_by_key(|one| (one.range.from, one.range.to));
    closures
        .into_iter()
        .map(|one| ClosureLine {
            range: RangeView::of(&one.range),
            remove_href: format!("{}?welche={}", path_in(visit, &path(centre, REMOVAL)), segment(&one.id)),
        })
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

impl SentClosure<'_> {
    /// The stretch that was typed. Without an end it is one day.
    pub(super) fn read(&self) -> Result<LocalRange, Wrong> {
        let mut wrong = Wrong::default();
        let day = |text: &str| date(text).ok_or_else(|| Say::new("desk-booking-wrong-date"));
        let first = wrong.take("von", day(self.von));
        let last = if self.bis.is_empty() { first } else { wrong.take("bis", day(self.bis)) };
        let hour = |text: &str| match text {
            "" => Ok(None),
            text => text.parse::<DayTime>().map(Some).map_err(|_| Say::new("desk-booking-wrong-time")),
        };
        let from = wrong.take("von_zeit", hour(self.von_zeit)).flatten();
        let to = wrong.take("bis_zeit", hour(self.bis_zeit)).flatten();
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

/// The form of a new closure as it is typed.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    stand: i64,
    /// On the button that saves what was looked at.
    speichern: String,
    /// The mark of what was looked at.
    gesehen: String,
    von: String,
    bis: String,
    von_zeit: String,
    bis_zeit: String,
}

#[derive(Serialize)]
struct ClosurePage<'a> {
    head: Head,
    settings_href: String,
    action: String,
    text: &'a Sent,
    wrong: &'a Wrong,
    look: Option<Look>,
}

/// Shows an empty form.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    (team, _manager): (TeamSession, CentreSession),
) -> Result<Response, PageError> {
    let house = House::of(&app, team.centre_id()).await?;
    let setting = app.booking().centre_setting(&house.centre.id).await.map_err(unreadable)?;
    let sent = Sent { stand: setting.revision, ..Sent::default() };
    show(&app, &visit, (&team, &house), (&sent, &Wrong::default(), None))
}

/// Shows what it would do, or saves it.
pub(super) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    (team, manager): (TeamSession, CentreSession),
    StaffForm(sent): StaffForm<Sent>,
) -> Result<Response, PageError> {
    let house = House::of(&app, team.centre_id()).await?;
    let typed =
        SentClosure { von: &sent.von, bis: &sent.bis, von_zeit: &sent.von_zeit, bis_zeit: &sent.bis_zeit };
    let range = match typed.read() {
        Ok(range) => range,
        Err(wrong) => return show(&app, &visit, (&team, &house), (&sent, &wrong, None)),
    };
    let mut setting = app.booking().centre_setting(&house.centre.id).await.map_err(unreadable)?;
    let is_there = setting.value.closures.iter().any(|one| one.range == range);
    if is_there {
        return Ok(back(&visit, &house.centre.id, "einstellungen", "schliessung"));
    }
    let detail = format!("{} - {}", range.from, range.to);
    setting.value.closures.push(Closure { id: app.ids().next(app.clock()), range: range.clone() });
    if matches!(setting.value.check(), Err(CentreProblem::Closures(ListProblem::TooMany))) {
        return Err(PageError::BadRequest);
    }
    let look = Look::at_change(&app, &visit, &house, (&Proposal::Centre(&setting.value), 0)).await?;
    let mark = look.mark(&range)?;
    let wanted = Wanted { save: &sent.speichern, seen: &sent.gesehen, revision: sent.stand };
    if let Step::Look(remark) = wanted.step(&mark, setting.revision) {
        let seen = Sent { gesehen: mark, stand: setting.revision, ..sent };
        return show(&app, &visit, (&team, &house), (&seen, &Wrong::default(), Some(look.with(remark))));
    }
    save(&app, &visit, (&team, &manager, &house), (&setting, "booking.closure-added", &detail, "schliessung"))
        .await
}

fn show(
    app: &AppState,
    visit: &Visit,
    (team, house): (&TeamSession, &House),
    (sent, wrong, look): (&Sent, &Wrong, Option<Look>),
) -> Result<Response, PageError> {
    let status = status(wrong, look.as_ref());
    let id = &house.centre.id;
    let context = ClosurePage {
        head: Head::new(app, visit, team, house, Part::Settings),
        settings_href: path_in(visit, &path(id, "einstellungen")),
        action: path_in(visit, &path(id, "einstellungen/schliessung")),
        text: sent,
        wrong,
        look,
    };
    let html = render(app.pages(), visit, team, "booking/desk-closure.html", &context)?;
    Ok((status, html).into_response())
}

/// Which one is to be taken away.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Removed {
    stand: i64,
    /// The mark of what was looked at.
    gesehen: String,
    welche: String,
}

#[derive(Serialize)]
struct RemovalPage<'a> {
    head: Head,
    settings_href: String,
    action: String,
    stand: i64,
    seen: String,
    id: &'a str,
    range: RangeView,
    look: Look,
}

/// Asks before it is taken away.
pub(super) async fn get_removal(
    State(app): State<AppState>,
    visit: Visit,
    uri: Uri,
    (team, _manager): (TeamSession, CentreSession),
) -> Result<Response, PageError> {
    let house = House::of(&app, team.centre_id()).await?;
    let removed: Removed = asked(&uri);
    let mut setting = app.booking().centre_setting(&house.centre.id).await.map_err(unreadable)?;
    let Some(closure) = taken_out(&mut setting.value, &removed.welche) else {
        // it is gone already
        let settings = path_in(&visit, &path(&house.centre.id, "einstellungen"));
        return Ok(Redirect::to(&settings).into_response());
    };
    let look = Look::at_change(&app, &visit, &house, (&Proposal::Centre(&setting.value), 0)).await?;
    ask(&app, &visit, (&team, &house), (&closure, setting.revision, look))
}

/// Takes a closure out of what is set.
fn taken_out(setting: &mut CentreSetting, id: &str) -> Option<Closure> {
    let at = setting.closures.iter().position(|one| one.id == id)?;
    Some(setting.closures.remove(at))
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
    let Some(closure) = taken_out(&mut setting.value, &removed.welche) else {
        // it is gone already: the form was sent twice
        return Ok(back(&visit, &house.centre.id, "einstellungen", "schliessung-entfernt"));
    };
    let look = Look::at_change(&app, &visit, &house, (&Proposal::Centre(&setting.value), 0)).await?;
    let wanted = Wanted { save: "1", seen: &removed.gesehen, revision: removed.stand };
    if let Step::Look(remark) = wanted.step(&look.mark(&closure.id)?, setting.revision) {
        return ask(&app, &visit, (&team, &house), (&closure, setting.revision, look.with(remark)));
    }
    let change = (&setting, "booking.closure-removed", "", "schliessung-entfernt");
    save(&app, &visit, (&team, &manager, &house), change).await
}

fn ask(
    app: &AppState,
    visit: &Visit,
    (team, house): (&TeamSession, &House),
    (closure, revision, look): (&Closure, i64, Look),
) -> Result<Response, PageError> {
    let id = &house.centre.id;
    let status = look.status();
    let context = RemovalPage {
        head: Head::new(app, visit, team, house, Part::Settings),
        settings_href: path_in(visit, &path(id, "einstellungen")),
        action: path_in(visit, &path(id, REMOVAL)),
        stand: revision,
        seen: look.mark(&closure.id)?,
        id: &closure.id,
        range: RangeView::of(&closure.range),
        look,
    };
    let html = render(app.pages(), visit, team, "booking/desk-closure-removal.html", &context)?;
    Ok((status, html).into_response())
}
