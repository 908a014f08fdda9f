//! `/arbeitsplatz/termine/{centre}/einstellungen`: what holds for all offers, and the way to the settings of each.

use axum::{
    extract::State,
    http::Uri,
    response::{IntoResponse, Response},
};
use contracts::directory::LandKey;
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{CentreSession, StaffForm, TeamSession, done, path_in, render},
};

use super::{
    around::{Choice, Head, House, Part, Stop, back, path, segment, stop, trail, unreadable},
    closures::{ClosureLine, lines},
    look::{Look, Step, Wanted, status},
    open_hours::OpenLine,
    overview::{GapLine, gap_lines},
    resources::{ResourceLine, SentRoom},
    say::{Say, Wrong},
};
use crate::{
    BookingError,
    availability::{HolidayProblem, PublicHolidays},
    service::Proposal,
    setting::{CentreProblem, CentreSetting},
    store::Revised,
    web::AppState,
};

const DONE: [(&str, &str); 8] = [
    ("gespeichert", "desk-booking-done-saved"),
    ("an", "desk-booking-done-on"),
    ("aus", "desk-booking-done-off"),
    ("schliessung", "desk-booking-done-closure"),
    ("schliessung-entfernt", "desk-booking-done-closure-removed"),
    ("raum", "desk-booking-done-room"),
    ("buchbar", "desk-booking-done-resource"),
    ("sprechstunde", "desk-open-done"),
];

/// The Länder by their key, in the order of the key.
const LAENDER: [(&str, &str); 16] = [
    ("01", "desk-booking-land-01"),
    ("02", "desk-booking-land-02"),
    ("03", "desk-booking-land-03"),
    ("04", "desk-booking-land-04"),
    ("05", "desk-booking-land-05"),
    ("06", "desk-booking-land-06"),
    ("07", "desk-booking-land-07"),
    ("08", "desk-booking-land-08"),
    ("09", "desk-booking-land-09"),
    ("10", "desk-booking-land-10"),
    ("11", "desk-booking-land-11"),
    ("12", "desk-booking-land-12"),
    ("13", "desk-booking-land-13"),
    ("14", "desk-booking-land-14"),
    ("15", "desk-booking-land-15"),
    ("16", "desk-booking-land-16"),
];

/// Holidays that the laws leave to some municipalities.
const MUNICIPAL: [(&str, &str); 3] = [
    ("peace-of-augsburg", "desk-booking-holiday-peace-of-augsburg"),
    ("assumption", "desk-booking-holiday-assumption"),
    ("corpus-christi", "desk-booking-holiday-corpus-christi"),
];

/// The form of what holds for all offers.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    stand: i64,
    /// On the button that saves what was looked at.
    speichern: String,
    /// The mark of what was looked at.
    gesehen: String,
    feiertage: String,
    land: String,
    gemeinde: Vec<String>,
    mail: String,
}

/// Which of the page's forms was sent, and what was wrong in it.
#[derive(Default)]
pub(super) struct Shown {
    pub(super) sent: Option<Sent>,
    pub(super) room: SentRoom,
    pub(super) look: Option<Look>,
    pub(super) wrong: Wrong,
    pub(super) done: Option<&'static str>,
}

#[derive(Serialize)]
struct SettingsPage<'a> {
    head: Head,
    done: Option<&'static str>,
    action: String,
    /// Whether nothing can be booked online, whatever is set for an offer.
    paused: bool,
    stand: i64,
    own_action: Option<String>,
    text: &'a Sent,
    wrong: &'a Wrong,
    laender: Vec<Choice>,
    municipal: Vec<HolidayTick>,
    closures: Vec<ClosureLine>,
    open_hours: Vec<OpenLine>,
    people: Vec<ResourceLine>,
    rooms: Vec<ResourceLine>,
    room: &'a SentRoom,
    offers: Vec<OfferLine>,
    gaps: Vec<GapLine>,
    look: Option<Look>,
}

#[derive(Serialize)]
struct HolidayTick {
    value: &'static str,
    text: &'static str,
    checked: bool,
}

#[derive(Serialize)]
struct OfferLine {
    name: String,
    bookable: bool,
    href: String,
}

/// Shows what is set.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    uri: Uri,
    (team, _manager): (TeamSession, CentreSession),
) -> Result<Response, PageError> {
    let house = House::of(&app, team.centre_id()).await?;
    let shown = Shown { done: done(&uri, &DONE), ..Shown::default() };
    show(&app, &visit, (&team, &house), shown).await
}

/// Shows what it would do, or saves what holds for all offers.
pub(super) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    (team, manager): (TeamSession, CentreSession),
    StaffForm(sent): StaffForm<Sent>,
) -> Result<Response, PageError> {
    let house = House::of(&app, team.centre_id()).await?;
    let centre = &house.centre;
    let mut setting = app.booking().centre_setting(&centre.id).await.map_err(unreadable)?;
    let saved = setting.value.clone();
    let mut wrong = Wrong::default();
    let land: Option<LandKey> = sent.land.parse().ok();
    setting.value.holidays = PublicHolidays {
        closed: !sent.feiertage.is_empty(),
        land,
        municipal: sent.gemeinde.iter().cloned().collect(),
    };
    let mail = sent.mail.trim();
    setting.value.mail = (!mail.is_empty()).then(|| mail.to_owned());
    match setting.value.check() {
        Err(CentreProblem::Holidays(HolidayProblem::NoLand)) => {
            wrong.at("land", Say::new("desk-booking-wrong-land"));
        }
        Err(CentreProblem::Holidays(HolidayProblem::NotMunicipal)) => {
            wrong.at("gemeinde", Say::new("desk-booking-wrong-holiday"));
        }
        Err(CentreProblem::Mail) => wrong.at("mail", Say::new("desk-booking-wrong-mail")),
        // closures and open hours have forms of their own
        Ok(())
        | Err(CentreProblem::Closures(_) | CentreProblem::Closure(..) | CentreProblem::OpenHours(_)) => {}
    }
    if !wrong.is_empty() {
        return show(&app, &visit, (&team, &house), Shown { sent: Some(sent), wrong, ..Shown::default() })
            .await;
    }
    if setting.value == saved {
        // the form was sent twice
        return Ok(back(&visit, &centre.id, "einstellungen", "gespeichert"));
    }
    // another address moves no time: there is nothing to look at, unless somebody else saved
    if setting.value.holidays != saved.holidays || sent.stand != setting.revision {
        let look = Look::at_change(&app, &visit, &house, (&Proposal::Centre(&setting.value), 0)).await?;
        let mark = look.mark(&(&setting.value.holidays, &setting.value.mail))?;
        let wanted = Wanted { save: &sent.speichern, seen: &sent.gesehen, revision: sent.stand };
        if let Step::Look(remark) = wanted.step(&mark, setting.revision) {
            let seen = Sent { gesehen: mark, stand: setting.revision, ..sent };
            let shown = Shown { sent: Some(seen), look: Some(look.with(remark)), ..Shown::default() };
            return show(&app, &visit, (&team, &house), shown).await;
        }
    }
    save(&app, &visit, (&team, &manager, &house), (&setting, "booking.centre-set", "", "gespeichert")).await
}

/// The form that switches booking on or off.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Switched {
    stand: i64,
    /// `an` or `aus`.
    buchung: String,
}

/// Lets seekers book, or not. What is booked stays either way.
pub(super) async fn post_switch(
    State(app): State<AppState>,
    visit: Visit,
    (team, manager): (TeamSession, CentreSession),
    StaffForm(switched): StaffForm<Switched>,
) -> Result<Response, PageError> {
    let house = House::of(&app, team.centre_id()).await?;
    let mut setting = app.booking().centre_setting(&house.centre.id).await.map_err(unreadable)?;
    let (paused, action, done) = match switched.buchung.as_str() {
        "an" => (false, "booking.switched-on", "an"),
        "aus" => (true, "booking.switched-off", "aus"),
        _ => return Err(PageError::BadRequest),
    };
    if setting.value.paused == paused {
        return Ok(back(&visit, &house.centre.id, "einstellungen", done));
    }
    if setting.revision != switched.stand {
        return stop(&app, &visit, &team, &house, (Stop::Saved, "einstellungen"));
    }
    setting.value.paused = paused;
    save(&app, &visit, (&team, &manager, &house), (&setting, action, "", done)).await
}

/// Saves the centre's document and leads back to the page.
pub(super) async fn save(
    app: &AppState,
    visit: &Visit,
    (team, manager, house): (&TeamSession, &CentreSession, &House),
    (setting, action, detail, done): (&Revised<CentreSetting>, &str, &str, &str),
) -> Result<Response, PageError> {
    let centre = &house.centre;
    let line = trail(app, manager, action, ("centre", &centre.id, &centre.name), detail);
    match app.booking().save_centre_setting(&centre.id, setting, &line).await {
        Ok(()) => Ok(back(visit, &centre.id, "einstellungen", done)),
        Err(BookingError::Changed) => stop(app, visit, team, house, (Stop::Saved, "einstellungen")),
        Err(error) => Err(unreadable(error)),
    }
}

/// The page, with what was typed where something was wrong.
pub(super) async fn show(
    app: &AppState,
    visit: &Visit,
    (team, house): (&TeamSession, &House),
    shown: Shown,
) -> Result<Response, PageError> {
    let status = status(&shown.wrong, shown.look.as_ref());
    let id = &house.centre.id;
    let setting = app.booking().centre_setting(id).await.map_err(unreadable)?;
    let coming = app.booking().coming(id).await.map_err(unreadable)?;
    let gaps = app.booking().gaps(&coming).await.map_err(unreadable)?;
    let mut offers = Vec::new();
    for offer in &house.centre.offers {
        offers.push(OfferLine {
            name: offer.name.clone(),
            bookable: app.booking().offer_setting(offer).await.map_err(unreadable)?.1,
            href: path_in(visit, &path(id, &format!("angebote/{}", segment(&offer.id)))),
        });
    }
    let sent = shown.sent.unwrap_or_else(|| Sent {
        stand: setting.revision,
        speichern: String::new(),
        gesehen: String::new(),
        feiertage: String::from(if setting.value.holidays.closed { "1" } else { "" }),
        land: setting.value.holidays.land.map(|land| land.as_str().to_owned()).unwrap_or_default(),
        gemeinde: setting.value.holidays.municipal.iter().cloned().collect(),
        mail: setting.value.mail.clone().unwrap_or_default(),
    });
    let word = |id: &str| app.pages().catalogue().plain(visit.lang, id);
    let none = Choice { value: String::new(), text: word("desk-booking-land-none") };
    let laender = LAENDER.map(|(key, id)| Choice { value: key.to_owned(), text: word(id) });
    let context = SettingsPage {
        head: Head::new(app, visit, team, house, Part::Settings),
        done: shown.done,
        action: path_in(visit, &path(id, "einstellungen")),
        paused: setting.value.paused,
        stand: setting.revision,
        own_action: house.own(team).is_none().then(|| path_in(visit, &path(id, "zeiten"))),
        wrong: &shown.wrong,
        laender: std::iter::once(none).chain(laender).collect(),
        municipal: MUNICIPAL
            .iter()
            .map(|(value, text)| HolidayTick {
                value,
                text,
                checked: sent.gemeinde.iter().any(|one| one == value),
            })
            .collect(),
        text: &sent,
        closures: lines(&setting.value.closures, visit, id),
        open_hours: setting.value.open_hours.iter().map(OpenLine::of).collect(),
        people: house.counsellors().into_iter().map(|one| ResourceLine::of(one, visit, id)).collect(),
        rooms: house.rooms().into_iter().map(|one| ResourceLine::of(one, visit, id)).collect(),
        room: &shown.room,
        offers,
        gaps: gap_lines(&gaps, house, visit, app.clock().now()),
        look: shown.look,
    };
    let html = render(app.pages(), visit, team, "booking/desk-settings.html", &context)?;
    Ok((status, html).into_response())
}
