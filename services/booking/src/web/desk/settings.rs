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
    closures::{ClosureLine, SentClosure, lines},
    look::{Look, status},
    overview::{GapLine, gap_lines},
    resources::{ResourceLine, SentRoom},
    say::{Say, Wrong},
};
use crate::{
    BookingError,
    availability::{HolidayProblem, PublicHolidays},
    setting::{CentreProblem, CentreSetting},
    store::Revised,
    web::AppState,
};

const DONE: [(&str, &str); 5] = [
    ("gespeichert", "desk-booking-done-saved"),
    ("schliessung", "desk-booking-done-closure"),
    ("schliessung-entfernt", "desk-booking-done-closure-removed"),
    ("raum", "desk-booking-done-room"),
    ("buchbar", "desk-booking-done-resource"),
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
    feiertage: String,
    land: String,
    gemeinde: Vec<String>,
    mail: String,
}

/// Which of the page's forms was sent, and what was wrong in it.
#[derive(Default)]
pub(super) struct Shown {
    pub(super) sent: Option<Sent>,
    pub(super) closure: SentClosure,
    pub(super) look: Option<Look>,
    pub(super) room: SentRoom,
    pub(super) wrong: Wrong,
    pub(super) done: Option<&'static str>,
}

#[derive(Serialize)]
struct SettingsPage<'a> {
    head: Head,
    done: Option<&'static str>,
    action: String,
    own_action: Option<String>,
    text: &'a Sent,
    wrong: &'a Wrong,
    laender: Vec<Choice>,
    municipal: Vec<HolidayTick>,
    closures: Vec<ClosureLine>,
    closure: &'a SentClosure,
    look: Option<Look>,
    people: Vec<ResourceLine>,
    rooms: Vec<ResourceLine>,
    room: &'a SentRoom,
    offers: Vec<OfferLine>,
    gaps: Vec<GapLine>,
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

/// Saves what holds for all offers.
pub(super) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    (team, manager): (TeamSession, CentreSession),
    StaffForm(sent): StaffForm<Sent>,
) -> Result<Response, PageError> {
    let house = House::of(&app, team.centre_id()).await?;
    let centre = &house.centre;
    let mut setting = app.booking().centre_setting(&centre.id).await.map_err(unreadable)?;
    if setting.revision != sent.stand {
        return stop(&app, &visit, &team, &house, (Stop::Saved, "einstellungen"));
    }
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
        // closures have a form of their own
        Ok(()) | Err(CentreProblem::Closures(_) | CentreProblem::Closure(..)) => {}
    }
    if !wrong.is_empty() {
        return show(&app, &visit, (&team, &house), Shown { sent: Some(sent), wrong, ..Shown::default() })
            .await;
    }
    save(&app, &visit, (&team, &manager, &house), (&setting, "booking.centre-set", "", "gespeichert")).await
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
        feiertage: String::from(if setting.value.holidays.closed { "1" } else { "" }),
        land: setting.value.holidays.land.map(|land| land.as_str().to_owned()).unwrap_or_default(),
        gemeinde: setting.value.holidays.municipal.iter().cloned().collect(),
        mail: setting.value.mail.clone().unwrap_or_default(),
    });
    let word = |id: &str| app.pages().catalogue().plain(visit.lang, id);
    let none = Choice { value: String::new(), text: word("desk-booking-land-none") };
    let laender = LAENDER.map(|(key, id)| Choice { value: key.to_owned(), text: word(id) });
    let changed = shown.look.as_ref().is_some_and(|look| look.changed);
    let context = SettingsPage {
        head: Head::new(app, visit, team, house, Part::Settings),
        done: shown.done,
        action: path_in(visit, &path(id, "einstellungen")),
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
        closures: lines(&setting.value.closures),
        closure: &shown.closure,
        look: shown.look,
        people: house.counsellors().into_iter().map(|one| ResourceLine::of(one, visit, id)).collect(),
        rooms: house.rooms().into_iter().map(|one| ResourceLine::of(one, visit, id)).collect(),
        room: &shown.room,
        offers,
        gaps: gap_lines(&gaps, house, visit, app.clock().now()),
    };
    let html = render(app.pages(), visit, team, "booking/desk-settings.html", &context)?;
    let status = status(&shown.wrong, changed);
    Ok((status, html).into_response())
}
