//! `/arbeitsplatz/termine/{centre}/zeiten`: when a counsellor can be met and a room be used. She keeps it herself, or the
//! manager does; rooms have no hours of their own, only times at which they are blocked.
//!
//! A change is shown before it is made: which times come, which go, and which appointments would no longer fit. Those stay;
//! people settle them.

pub(super) mod absence;
pub(super) mod remove;
pub(super) mod rule;

use std::collections::BTreeSet;

use axum::{
    extract::{Path, State},
    http::Uri,
    response::{IntoResponse, Redirect, Response},
};
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{Member, StaffForm, TeamSession, done, path_in, render},
};

use super::{
    around::{Head, House, Part, Stop, back, path, segment, stop, trail, unreadable},
    closures::RangeView,
    look::Look,
    one::InPath,
    overview::{GapLine, gap_lines},
    resources::{ResourcePath, kind},
    say::Say,
    words,
};
use crate::{
    BookingError,
    availability::{Absence, Nth, Pattern, Rule},
    service::Proposal,
    setting::{Hours, HoursProblem, ListProblem},
    store::{Resource, ResourceKind, Revised},
    web::AppState,
};

const DONE: [(&str, &str); 7] = [
    ("eingetragen", "desk-booking-done-entered"),
    ("regel", "desk-booking-done-rule"),
    ("regel-entfernt", "desk-booking-done-rule-removed"),
    ("abwesenheit", "desk-booking-done-absence"),
    ("abwesenheit-entfernt", "desk-booking-done-absence-removed"),
    ("sperrzeit", "desk-booking-done-block"),
    ("sperrzeit-entfernt", "desk-booking-done-block-removed"),
];

/// A counsellor or a room whose hours the person may keep.
pub(crate) struct Kept {
    pub(crate) house: House,
    pub(crate) resource: Revised<Resource>,
    pub(crate) hours: Hours,
    /// Whether they are her own.
    own: bool,
}

impl Kept {
    /// The counsellor or room in the address, if the person is her or manages the centre.
    pub(crate) async fn of(
        app: &AppState,
        team: &TeamSession,
        path: InPath<ResourcePath>,
    ) -> Result<Self, PageError> {
        let Ok(Path(ResourcePath { resource })) = path else { return Err(PageError::NotFound) };
        let house = House::of(app, team.centre_id()).await?;
        let resource = house.resource(&resource).ok_or(PageError::NotFound)?.clone();
        let own = match &resource.value.kind {
            ResourceKind::Counsellor(person) => *person == team.identity().person_id,
            ResourceKind::Room => false,
        };
        if !own && team.manager().is_none() {
            return Err(PageError::NotFound);
        }
        let hours = app.booking().hours_of(&resource.value).map_err(unreadable)?;
        Ok(Self { house, resource, hours, own })
    }

    fn rule(&self, id: &str) -> Option<&Rule> {
        self.hours.rules.iter().find(|rule| rule.id == id)
    }

    /// The same, if it is a counsellor.
    async fn counsellor(
        app: &AppState,
        team: &TeamSession,
        path: InPath<ResourcePath>,
    ) -> Result<Self, PageError> {
        let kept = Self::of(app, team, path).await?;
        if kept.is_room() { Err(PageError::NotFound) } else { Ok(kept) }
    }

    pub(crate) fn is_room(&self) -> bool {
        self.resource.value.kind == ResourceKind::Room
    }

    /// How the page afterwards is told that an absence was added or removed.
    fn done(&self, removed: bool) -> &'static str {
        match (self.is_room(), removed) {
            (false, false) => "abwesenheit",
            (false, true) => "abwesenheit-entfernt",
            (true, false) => "sperrzeit",
            (true, true) => "sperrzeit-entfernt",
        }
    }

    /// The part of the centre's pages it belongs to.
    fn part(&self) -> Part {
        if self.is_room() { Part::Settings } else { Part::Hours }
    }

    /// At what other hours would do.
    async fn look(&self, (app, visit): (&AppState, &Visit), new: &Hours) -> Result<Look, PageError> {
        let proposal = Proposal::Hours { resource_id: &self.resource.value.id, hours: new };
        Look::at_change(app, visit, &self.house, (&proposal, 0)).await
    }

    /// The address of her page, or of one below it, without the language's prefix and the centre.
    fn tail(&self, below: &str) -> String {
        let separator = if below.is_empty() { "" } else { "/" };
        format!("zeiten/{}{separator}{below}", segment(&self.resource.value.id))
    }

    fn href(&self, visit: &Visit, below: &str) -> String {
        path_in(visit, &path(&self.house.centre.id, &self.tail(below)))
    }

    /// Saves other hours over the revision that was on the screen.
    async fn save(
        &self,
        (app, visit, team): (&AppState, &Visit, &TeamSession),
        (revision, hours): (i64, &Hours),
        (action, detail, done): (&str, &str, &str),
    ) -> Result<Response, PageError> {
        if let Err(HoursProblem::Rules(problem) | HoursProblem::Absences(problem)) = hours.check()
            && problem == ListProblem::TooMany
        {
            return Err(PageError::BadRequest);
        }
        let value = self.resource.value.clone();
        let line = trail(app, team, action, (kind(&value), &value.id, &value.name), detail);
        match app.booking().save_resource(Revised { revision, value }, Some(hours), &line).await {
            Ok(()) => Ok(back(visit, &self.house.centre.id, &self.tail(""), done)),
            Err(BookingError::Changed) => stop(app, visit, team, &self.house, (Stop::Saved, &self.tail(""))),
            Err(error) => Err(unreadable(error)),
        }
    }
}

#[derive(Serialize)]
struct OwnPage {
    head: Head,
    action: String,
    others: Vec<Other>,
}

#[derive(Serialize)]
struct Other {
    name: String,
    active: bool,
    href: String,
}

/// Leads to her own hours, or offers to begin.
pub(super) async fn get_own(
    State(app): State<AppState>,
    visit: Visit,
    team: TeamSession,
) -> Result<Response, PageError> {
    let house = House::of(&app, team.centre_id()).await?;
    let id = &house.centre.id;
    let href = |resource: &Revised<Resource>| {
        path_in(&visit, &path(id, &format!("zeiten/{}", segment(&resource.value.id))))
    };
    if let (Some(own), None) = (house.own(&team), team.manager()) {
        return Ok(Redirect::to(&href(own)).into_response());
    }
    let others = if team.manager().is_some() { house.counsellors() } else { Vec::new() };
    let context = OwnPage {
        head: Head::new(&app, &visit, &team, &house, Part::Hours),
        action: if house.own(&team).is_none() { path_in(&visit, &path(id, "zeiten")) } else { String::new() },
        others: others
            .into_iter()
            .map(|one| Other { name: one.value.name.clone(), active: one.value.active, href: href(one) })
            .collect(),
    };
    Ok(render(app.pages(), &visit, &team, "booking/desk-own.html", &context)?.into_response())
}

/// A form without fields.
#[derive(Deserialize)]
pub(super) struct Nothing {}

/// Makes her a counsellor who can be booked. Asking twice changes nothing.
pub(super) async fn post_own(
    State(app): State<AppState>,
    visit: Visit,
    team: TeamSession,
    StaffForm(_): StaffForm<Nothing>,
) -> Result<Response, PageError> {
    let house = House::of(&app, team.centre_id()).await?;
    let identity = team.identity();
    if house.own(&team).is_none() {
        let value = Resource {
            id: app.ids().next(app.clock()),
            centre_id: house.centre.id.clone(),
            kind: ResourceKind::Counsellor(identity.person_id.clone()),
            name: identity.name.chars().take(100).collect(),
            active: true,
            body: String::new(),
        };
        let line = trail(&app, &team, "booking.counsellor-added", ("counsellor", &value.id, &value.name), "");
        let hours = Hours::default();
        match app.booking().save_resource(Revised { revision: 0, value }, Some(&hours), &line).await {
            // somebody sent the same form a moment ago
            Ok(()) | Err(BookingError::Changed) => {}
            Err(error) => return Err(unreadable(error)),
        }
    }
    let house = House::of(&app, team.centre_id()).await?;
    let own = house.own(&team).ok_or(PageError::NotFound)?;
    Ok(back(&visit, &house.centre.id, &format!("zeiten/{}", segment(&own.value.id)), "eingetragen"))
}

#[derive(Serialize)]
struct HoursPage {
    head: Head,
    done: Option<&'static str>,
    name: String,
    own: bool,
    room: bool,
    active: bool,
    rules: Vec<RuleLine>,
    absences: Vec<AbsenceLine>,
    gaps: Vec<GapLine>,
    add_rule: String,
    add_absence: String,
    bookable: bool,
}

/// A rule in a list.
#[derive(Serialize)]
pub(super) struct RuleLine {
    pattern: Say,
    from: String,
    to: String,
    modes: Vec<&'static str>,
    offers: Vec<String>,
    valid_from: Say,
    valid_until: Option<Say>,
    except: Vec<Say>,
    change_href: String,
    remove_href: String,
}

/// An absence in a list.
#[derive(Serialize)]
pub(super) struct AbsenceLine {
    range: RangeView,
    remove_href: String,
}

/// Shows the hours of a counsellor, or when a room is blocked.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    uri: Uri,
    team: TeamSession,
    resource: InPath<ResourcePath>,
) -> Result<Response, PageError> {
    let kept = Kept::of(&app, &team, resource).await?;
    let now = app.clock().now();
    let mut coming = app.booking().coming(&kept.house.centre.id).await.map_err(unreadable)?;
    let id = &kept.resource.value.id;
    coming.retain(|one| one.resource_id == *id || one.room_id.as_ref() == Some(id));
    let gaps = app.booking().gaps(&coming).await.map_err(unreadable)?;
    let mut bookable = false;
    for offer in &kept.house.centre.offers {
        bookable |= app.booking().offer_setting(offer).await.map_err(unreadable)?.1;
    }
    let mut absences: Vec<&Absence> = kept.hours.absences.iter().collect();
    absences.sort_by_key(|one| one.range.from);
    let context = HoursPage {
        head: Head::new(&app, &visit, &team, &kept.house, kept.part()),
        done: done(&uri, &DONE),
        name: kept.resource.value.name.clone(),
        own: kept.own,
        room: kept.is_room(),
        active: kept.resource.value.active,
        rules: kept.hours.rules.iter().map(|rule| rule_line(rule, &kept, &visit)).collect(),
        absences: absences.into_iter().map(|absence| absence_line(absence, &kept, &visit)).collect(),
        gaps: gap_lines(&gaps, &kept.house, &visit, now),
        add_rule: kept.href(&visit, "regel"),
        add_absence: kept.href(&visit, "abwesenheit"),
        bookable,
    };
    Ok(render(app.pages(), &visit, &team, "booking/desk-hours.html", &context)?.into_response())
}

fn rule_line(rule: &Rule, kept: &Kept, visit: &Visit) -> RuleLine {
    let names = |ids: &BTreeSet<String>| {
        ids.iter().filter_map(|id| kept.house.offer(id)).map(|offer| offer.name.clone()).collect()
    };
    RuleLine {
        pattern: pattern(rule.pattern),
        from: rule.from.to_string(),
        to: rule.to.to_string(),
        modes: words::modes(rule.modes),
        offers: names(&rule.offers),
        valid_from: words::short_day(rule.valid_from),
        valid_until: rule.valid_until.map(words::short_day),
        except: rule.except.iter().map(|day| words::short_day(*day)).collect(),
        change_href: format!("{}?regel={}", kept.href(visit, "regel"), segment(&rule.id)),
        remove_href: format!("{}?regel={}", kept.href(visit, "entfernen"), segment(&rule.id)),
    }
}

fn absence_line(absence: &Absence, kept: &Kept, visit: &Visit) -> AbsenceLine {
    AbsenceLine {
        range: RangeView::of(&absence.range),
        remove_href: format!("{}?abwesenheit={}", kept.href(visit, "entfernen"), segment(&absence.id)),
    }
}

/// On which days a rule holds, in words.
fn pattern(pattern: Pattern) -> Say {
    let day = |weekday| {
        let place = contracts::directory::Weekday::ALL.iter().position(|one| *one == weekday).unwrap_or(0);
        i64::try_from(place).unwrap_or(0) + 1
    };
    match pattern {
        Pattern::Weekly { every: 1, weekday } => {
            Say::new("desk-booking-rule-weekly").number("weekday", day(weekday))
        }
        Pattern::Weekly { every, weekday } => {
            Say::new("desk-booking-rule-every").number("weekday", day(weekday)).number("every", every)
        }
        Pattern::Monthly { nth, weekday } => {
            Say::new("desk-booking-rule-monthly").number("weekday", day(weekday)).text("nth", nth_code(nth))
        }
        Pattern::Once { date } => words::day(date),
    }
}

/// The key of a form, which becomes the id of what it adds: sending it twice adds it once.
fn key(typed: &str) -> Result<String, PageError> {
    let is_key = (1..=60).contains(&typed.len())
        && typed.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if is_key { Ok(typed.to_owned()) } else { Err(PageError::BadRequest) }
}

const NTH: [Nth; 6] = [Nth::First, Nth::Second, Nth::Third, Nth::Fourth, Nth::Fifth, Nth::Last];

const fn nth_code(nth: Nth) -> &'static str {
    match nth {
        Nth::First => "first",
        Nth::Second => "second",
        Nth::Third => "third",
        Nth::Fourth => "fourth",
        Nth::Fifth => "fifth",
        Nth::Last => "last",
    }
}
