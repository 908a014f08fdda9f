//! `/arbeitsplatz/termine/{centre}/kalender`: her appointments in her own calendar, and her own calendar's busy times here.
//!
//! A feed is hers, for all her centres; the secret of it is shown once. A calendar is connected for one centre. Its address
//! is shown to nobody again, not to her either; a manager sees that there is one and can disconnect it.

pub(super) mod busy;
pub(super) mod feed;

use axum::{
    extract::State,
    http::{StatusCode, Uri},
    response::{IntoResponse, Redirect, Response},
};
use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{Member, TeamSession, done, path_in, render},
};

use self::feed::{FeedView, KindChoice, Told};
use super::{
    around::{Head, House, Part, path, unreadable},
    overview::{GapLine, gap_lines},
    say::{Say, Wrong},
    words,
};
use crate::{
    Span,
    availability::local_date,
    calendar::Trouble,
    service::Misfit,
    store::{BusySource, Resource, Revised},
    web::AppState,
};

const DONE: [(&str, &str); 3] = [
    ("beendet", "desk-calendar-done-ended"),
    ("verbunden", "desk-calendar-done-connected"),
    ("getrennt", "desk-calendar-done-removed"),
];
/// How far ahead busy times are counted.
const WEEKS: i64 = 4;

/// What is particular about one showing of the page.
#[derive(Default)]
struct Shown {
    done: Option<&'static str>,
    told: Option<Told>,
    wrong: Wrong,
}

#[derive(Serialize)]
struct CalendarPage {
    head: Head,
    done: Option<&'static str>,
    wrong: Wrong,
    told: Option<Told>,
    feed: Option<FeedView>,
    kinds: Vec<KindChoice>,
    /// Whether she is a counsellor here; only then there is anything to connect.
    own: bool,
    calendar: Option<CalendarLine>,
    /// Whether this installation reads calendars.
    reads: bool,
    gaps: Vec<GapLine>,
    others: Vec<CalendarLine>,
    here: String,
    hours_href: String,
}

/// A connected calendar.
#[derive(Serialize)]
struct CalendarLine {
    resource: String,
    name: String,
    /// Where it lies; for its owner only.
    host: Option<String>,
    read: Moment,
    failing: Option<FailingLine>,
    count: usize,
    weeks: i64,
}

#[derive(Serialize)]
struct FailingLine {
    since: Moment,
    problem: &'static str,
}

/// An instant as a day and a time.
#[derive(Serialize)]
pub(super) struct Moment {
    day: Say,
    time: Say,
}

impl Moment {
    fn of(at: Timestamp) -> Self {
        Self { day: words::short_day(local_date(at)), time: words::clock(at) }
    }
}

/// Shows both.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    uri: Uri,
    team: TeamSession,
) -> Result<Response, PageError> {
    let house = House::of(&app, team.centre_id()).await?;
    let shown = Shown { done: done(&uri, &DONE), ..Shown::default() };
    show(&app, &visit, (&team, &house), shown).await
}

/// Back to the page, which says that she has to enter herself first.
fn not_entered(visit: &Visit, house: &House) -> Response {
    Redirect::to(&path_in(visit, &path(&house.centre.id, "kalender"))).into_response()
}

async fn show(
    app: &AppState,
    visit: &Visit,
    (team, house): (&TeamSession, &House),
    shown: Shown,
) -> Result<Response, PageError> {
    let store = app.booking().store();
    let (now, centre) = (app.clock().now(), house.centre.id.as_str());
    let own = house.own(team);
    let busy = store.busy(centre, Span::lasting(now, SignedDuration::from_hours(24 * 7 * WEEKS))).await;
    let busy = busy.map_err(unreadable)?;
    let line = |source: &BusySource, resource: &Revised<Resource>, host: Option<String>| CalendarLine {
        resource: source.resource_id.clone(),
        name: resource.value.name.clone(),
        host,
        read: Moment::of(source.read_at),
        failing: source.failing.as_ref().map(|failing| FailingLine {
            since: Moment::of(failing.since),
            problem: Trouble::from_code(&failing.problem).unwrap_or(Trouble::Refused).message(),
        }),
        count: busy.iter().filter(|(resource, _)| *resource == source.resource_id).count(),
        weeks: WEEKS,
    };
    let (mut calendar, mut others) = (None, Vec::new());
    for resource in house.counsellors() {
        let is_own = own.is_some_and(|own| own.value.id == resource.value.id);
        if !is_own && team.manager().is_none() {
            continue;
        }
        let Some(source) = store.calendar(&resource.value.id).await.map_err(unreadable)? else { continue };
        if is_own {
            calendar = Some(line(&source, resource, app.booking().calendar_host(&source)));
        } else {
            others.push(line(&source, resource, None));
        }
    }
    let feed = store.feed(&team.identity().person_id).await.map_err(unreadable)?;
    let status = if shown.wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let context = CalendarPage {
        head: Head::new(app, visit, team, house, Part::Calendar),
        done: shown.done,
        wrong: shown.wrong,
        told: shown.told,
        kinds: feed::kinds(feed.as_ref()),
        feed: feed.as_ref().map(FeedView::of),
        own: own.is_some(),
        calendar,
        reads: app.booking().fetches_calendars(),
        gaps: match own {
            Some(own) => busy_gaps(app, visit, house, (&own.value.id, now)).await?,
            None => Vec::new(),
        },
        others,
        here: path_in(visit, &path(centre, "kalender")),
        hours_href: path_in(visit, &path(centre, "zeiten")),
    };
    Ok((status, render(app.pages(), visit, team, "booking/desk-calendar.html", &context)?).into_response())
}

/// The appointments of a counsellor that her own calendar speaks against.
async fn busy_gaps(
    app: &AppState,
    visit: &Visit,
    house: &House,
    (resource, now): (&str, Timestamp),
) -> Result<Vec<GapLine>, PageError> {
    let mut coming = app.booking().coming(&house.centre.id).await.map_err(unreadable)?;
    coming.retain(|one| one.resource_id == resource);
    let mut gaps = app.booking().gaps(&coming).await.map_err(unreadable)?;
    gaps.retain(|gap| gap.reason == Misfit::Busy);
    Ok(gap_lines(&gaps, house, visit, now))
}
