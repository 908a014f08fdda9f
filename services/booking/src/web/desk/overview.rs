//! `/arbeitsplatz/termine`: the centres of the person, and who comes when at one of them.

use axum::{
    extract::State,
    http::Uri,
    response::{IntoResponse, Redirect, Response},
};
use jiff::{Timestamp, ToSpan, civil::Date};
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{Need, SignedIn, TeamSession, done, path_in, render},
};

use super::{
    around::{Choice, Head, House, Part, Row, asked, date, path, segment, unreadable},
    say::Say,
    week::{Month, Team, Week},
    words::{self, DayTimes},
};
use crate::{
    Span,
    appointment::Appointment,
    availability::{LocalRange, local_date},
    store::{Resource, Revised},
    web::AppState,
};

/// What a change can have done, as pages with a list say it.
const DONE: [(&str, &str); 1] = [("abgesagt", "desk-booking-done-cancelled")];
/// Days of the list.
const DAYS: i64 = 14;

#[derive(Serialize)]
struct CentresPage {
    centres: Vec<CentreLine>,
}

#[derive(Serialize)]
struct CentreLine {
    name: String,
    place: String,
    href: String,
}

/// Her centres; the one, if it is only one.
pub(super) async fn get_centres(
    State(app): State<AppState>,
    visit: Visit,
    person: SignedIn,
) -> Result<Response, PageError> {
    if !person.meets(Need::Team) {
        return Err(PageError::NotFound);
    }
    let mut centres = Vec::new();
    for id in person.own_centres() {
        if let Some(centre) = app.booking().store().kept_centre(&id).await.map_err(unreadable)? {
            centres.push(CentreLine {
                place: format!("{} {}", centre.address.postcode, centre.address.city),
                href: path_in(&visit, &path(&id, "")),
                name: centre.name,
            });
        }
    }
    if let [only] = centres.as_slice() {
        return Ok(Redirect::to(&only.href).into_response());
    }
    centres.sort_by(|one, other| one.name.cmp(&other.name));
    Ok(render(app.pages(), &visit, &person, "booking/desk-centres.html", &CentresPage { centres })?
        .into_response())
}

/// How the appointments are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum View {
    List,
    Day,
    Team,
    Week,
    Month,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Asked {
    ansicht: String,
    ab: String,
    wer: String,
}

#[derive(Serialize)]
struct ListPage {
    head: Head,
    done: Option<&'static str>,
    setup_href: Option<String>,
    hours_href: Option<String>,
    title: Say,
    waiting: Vec<Waiting>,
    gaps: Vec<GapLine>,
    views: Vec<ViewLink>,
    view: &'static str,
    from: String,
    people: Vec<Choice>,
    who: String,
    previous: String,
    today: String,
    next: String,
    days: Vec<DayTimes<Row>>,
    team: Option<Team>,
    week: Option<Week>,
    month: Option<Month>,
}

#[derive(Serialize)]
struct ViewLink {
    href: String,
    text: String,
    current: bool,
    count: Option<usize>,
}

/// A request that nobody has answered.
#[derive(Serialize)]
struct Waiting {
    row: Row,
    /// How long already.
    since: Option<Say>,
    /// Whether it has to be answered now.
    urgent: bool,
}

/// An appointment that does not fit the times any more.
#[derive(Serialize)]
pub(super) struct GapLine {
    pub(super) row: Row,
    pub(super) reason: &'static str,
}

/// Who comes when.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    uri: Uri,
    team: TeamSession,
) -> Result<Response, PageError> {
    let house = House::of(&app, team.centre_id()).await?;
    let Asked { ansicht, ab, wer } = asked(&uri);
    let view = View::of(&ansicht);
    let (now, id) = (app.clock().now(), house.centre.id.clone());
    let today = local_date(now);
    let from = view.begin(date(&ab).unwrap_or(today));
    let who = house.resource(&wer).map(|one| one.value.id.clone()).unwrap_or_default();
    let hers = |one: &Appointment| who.is_empty() || one.resource_id == who;

    let coming = app.booking().coming(&id).await.map_err(unreadable)?;
    let waiting = app.booking().requests(&id, &coming).await.map_err(unreadable)?;
    let gaps = app.booking().gaps(&coming).await.map_err(unreadable)?;
    let (first, last) = view.window(from);
    let mut shown = app.booking().store().of_centre(&id, days(first, last)).await.map_err(unreadable)?;
    shown.retain(hers);

    let link = |view: View, from: Date| {
        let who = if who.is_empty() { String::new() } else { format!("&wer={}", segment(&who)) };
        path_in(&visit, &format!("{}?ansicht={}&ab={from}{who}", path(&id, ""), view.code()))
    };
    let word = |id: &str| app.pages().catalogue().plain(visit.lang, id);
    let setting = app.booking().centre_setting(&id).await.map_err(unreadable)?.value;
    let context = ListPage {
        head: Head::new(&app, &visit, &team, &house, Part::List),
        done: done(&uri, &DONE),
        setup_href: (team.manager().is_some() && !has_bookable(&app, &house).await?)
            .then(|| path_in(&visit, &path(&id, "einstellungen"))),
        hours_href: house
            .own(&team)
            .is_none_or(|own| !own.value.active)
            .then(|| path_in(&visit, &path(&id, "zeiten"))),
        title: view.title(from),
        waiting: waiting
            .into_iter()
            .map(|one| Waiting {
                row: house.row(&one.appointment, &visit, now),
                since: one.since.map(|since| words::waited(since, now)),
                urgent: one.urgent,
            })
            .collect(),
        gaps: gap_lines(&gaps, &house, &visit, now),
        views: View::ALL
            .into_iter()
            .map(|one| ViewLink {
                href: link(one, from),
                text: word(one.name()),
                current: one == view,
                count: None,
            })
            .collect(),
        view: view.code(),
        from: from.to_string(),
        people: std::iter::once(Choice { value: String::new(), text: word("desk-booking-everybody") })
            .chain(
                house
                    .counsellors()
                    .into_iter()
                    .map(|one| Choice { value: one.value.id.clone(), text: one.value.name.clone() }),
            )
            .collect(),
        previous: link(view, view.turned(from, -1)),
        today: link(view, today),
        next: link(view, view.turned(from, 1)),
        days: if view != View::Month {
            words::by_day(shown.iter().map(|one| (one.span.from, house.row(one, &visit, now))))
        } else {
            Vec::new()
        },
        team: (view == View::Team).then(|| {
            let here = |one: &&Revised<Resource>| {
                let id = &one.value.id;
                let comes = shown.iter().any(|appointment| appointment.resource_id == *id);
                if who.is_empty() { one.value.active || comes } else { who == *id }
            };
            let people = house.counsellors().into_iter().filter(here);
            let people = people.map(|one| (one.value.id.clone(), one.value.name.clone())).collect();
            let rows =
                shown.iter().map(|one| (one.resource_id.clone(), one.span.from, house.row(one, &visit, now)));
            Team::of(from, &setting, people, rows)
        }),
        week: (view == View::Week).then(|| {
            let rows = shown.iter().map(|one| (one.span.from, house.row(one, &visit, now)));
            Week::of(from, today, &setting, rows)
        }),
        month: (view == View::Month)
            .then(|| Month::of(from, today, &setting, &shown, |day| link(View::Day, day))),
        who: who.clone(),
    };
    Ok(render(app.pages(), &visit, &team, "booking/desk-list.html", &context)?.into_response())
}

/// Appointments outside of all times, each with the reason.
pub(super) fn gap_lines(
    gaps: &[crate::service::Gap],
    house: &House,
    visit: &Visit,
    now: Timestamp,
) -> Vec<GapLine> {
    gaps.iter()
        .map(|gap| GapLine {
            row: house.row(&gap.appointment, visit, now),
            reason: words::misfit(gap.reason),
        })
        .collect()
}

/// Whether anything of the centre can be booked.
async fn has_bookable(app: &AppState, house: &House) -> Result<bool, PageError> {
    for offer in &house.centre.offers {
        if app.booking().offer_setting(offer).await.map_err(unreadable)?.1 {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Whole local days, both included.
fn days(first: Date, last: Date) -> Span {
    LocalRange::days(first, last).span()
}

impl View {
    const ALL: [Self; 5] = [Self::List, Self::Day, Self::Team, Self::Week, Self::Month];

    fn of(code: &str) -> Self {
        Self::ALL.into_iter().find(|view| view.code() == code).unwrap_or(Self::List)
    }

    const fn code(self) -> &'static str {
        match self {
            Self::List => "liste",
            Self::Day => "tag",
            Self::Team => "team",
            Self::Week => "woche",
            Self::Month => "monat",
        }
    }

    const fn name(self) -> &'static str {
        match self {
            Self::List => "desk-booking-view-list",
            Self::Day => "desk-booking-view-day",
            Self::Team => "desk-booking-view-team",
            Self::Week => "desk-booking-view-week",
            Self::Month => "desk-booking-view-month",
        }
    }

    /// The first day shown when this one is asked for.
    fn begin(self, day: Date) -> Date {
        match self {
            Self::List | Self::Day | Self::Team => day,
            Self::Week => day.saturating_sub(i64::from(day.weekday().to_monday_zero_offset()).days()),
            Self::Month => day.first_of_month(),
        }
    }

    /// The first and the last day shown.
    fn window(self, from: Date) -> (Date, Date) {
        let last = match self {
            Self::List => from.saturating_add((DAYS - 1).days()),
            Self::Day | Self::Team => from,
            Self::Week => from.saturating_add(6.days()),
            Self::Month => from.last_of_month(),
        };
        (from, last)
    }

    /// The page before or after.
    fn turned(self, from: Date, by: i64) -> Date {
        match self {
            Self::List => from.saturating_add((DAYS * by).days()),
            Self::Day | Self::Team => from.saturating_add(by.days()),
            Self::Week => from.saturating_add((7 * by).days()),
            Self::Month => from.saturating_add(by.months()),
        }
    }

    fn title(self, from: Date) -> Say {
        match self {
            Self::List | Self::Day | Self::Team => words::day(from),
            Self::Week => Say::new("desk-booking-week-title")
                .number("week", from.iso_week_date().week())
                .text("year", from.iso_week_date().year().to_string()),
            Self::Month => words::month(from),
        }
    }
}
