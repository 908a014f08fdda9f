//! `/arbeitsplatz/termine/{centre}/angebote/{offer}`: whether and how an offer can be booked.

use axum::{
    extract::{Path, State},
    http::{StatusCode, Uri},
    response::{IntoResponse, Response},
};
use contracts::directory::{Mode, Offer};
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{CentreSession, StaffForm, TeamSession, done, path_in, render},
};

use super::{
    around::{Head, House, Part, Stop, Tick, back, path, segment, stop, trail, unreadable},
    one::InPath,
    say::{Say, Wrong},
    words,
};
use crate::{
    BookingError,
    availability::{LONGEST_HORIZON, MOST_PLACES, Minutes, OfferProblem, OfferTimes},
    setting::{
        Agreement, Asked, Asks, LONGEST_GRACE, LONGEST_RELEASE, LONGEST_TEXT, NameAsked, OfferSetting,
        SettingProblem,
    },
    store::Revised,
    web::{
        AppState,
        seek::{Link, web_link},
    },
};

const DONE: [(&str, &str); 1] = [("gespeichert", "desk-booking-done-saved")];

/// The offer in an address.
#[derive(Deserialize)]
pub(super) struct OfferPath {
    offer: String,
}

/// The form as it is typed.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Sent {
    stand: i64,
    buchbar: String,
    zusage: String,
    art: Vec<String>,
    laenge: String,
    puffer_vor: String,
    puffer_nach: String,
    schritt: String,
    vorlauf: String,
    horizont: String,
    plaetze: String,
    grenze_person: String,
    grenze_tag: String,
    raum: Vec<String>,
    name: String,
    mail: String,
    telefon: String,
    anliegen: String,
    erinnerungen: String,
    frist: String,
    freigabe: String,
    warteliste: String,
    mitbringen: String,
}

#[derive(Serialize)]
struct OfferPage<'a> {
    head: Head,
    done: Option<&'static str>,
    offer: &'a str,
    /// Where the directory leads for this offer: perhaps to a booking system of the centre's own.
    link: Option<Link>,
    settings_href: String,
    action: String,
    text: &'a Sent,
    wrong: &'a Wrong,
    modes: Vec<ModeTick>,
    rooms: Vec<Tick>,
    nobody: bool,
}

#[derive(Serialize)]
struct ModeTick {
    value: &'static str,
    text: &'static str,
    checked: bool,
}

/// Shows what is set.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    uri: Uri,
    (team, _manager): (TeamSession, CentreSession),
    offer: InPath<OfferPath>,
) -> Result<Response, PageError> {
    let house = House::of(&app, team.centre_id()).await?;
    let offer = named(&house, offer)?;
    let (setting, bookable) = app.booking().offer_setting(offer).await.map_err(unreadable)?;
    let sent = Sent::of(&setting, bookable);
    show(&app, &visit, (&team, &house, offer), (&sent, &Wrong::default(), done(&uri, &DONE)))
}

/// Saves it.
pub(super) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    (team, manager): (TeamSession, CentreSession),
    offer: InPath<OfferPath>,
    StaffForm(sent): StaffForm<Sent>,
) -> Result<Response, PageError> {
    let house = House::of(&app, team.centre_id()).await?;
    let offer = named(&house, offer)?;
    let value = match sent.read(&house) {
        Ok(value) => value,
        Err(wrong) => return show(&app, &visit, (&team, &house, offer), (&sent, &wrong, None)),
    };
    let bookable = !sent.buchbar.is_empty();
    let tail = format!("angebote/{}", segment(&offer.id));
    let action = if bookable { "booking.offer-set" } else { "booking.offer-closed" };
    let line = trail(&app, &manager, action, ("offer", &offer.id, &offer.name), "");
    let setting = Revised { revision: sent.stand, value };
    match app.booking().save_offer_setting(&house.centre.id, &offer.id, bookable, &setting, &line).await {
        Ok(()) => Ok(back(&visit, &house.centre.id, &tail, "gespeichert")),
        Err(BookingError::Changed) => stop(&app, &visit, &team, &house, (Stop::Saved, &tail)),
        Err(error) => Err(unreadable(error)),
    }
}

fn named(house: &House, path: InPath<OfferPath>) -> Result<&Offer, PageError> {
    let Ok(Path(OfferPath { offer })) = path else { return Err(PageError::NotFound) };
    house.offer(&offer).ok_or(PageError::NotFound)
}

fn show(
    app: &AppState,
    visit: &Visit,
    (team, house, offer): (&TeamSession, &House, &Offer),
    (sent, wrong, done): (&Sent, &Wrong, Option<&'static str>),
) -> Result<Response, PageError> {
    let ticked = |list: &[String], value: &str| list.iter().any(|one| one == value);
    let context = OfferPage {
        head: Head::new(app, visit, team, house, Part::Settings),
        done,
        offer: &offer.name,
        link: offer.link.as_deref().and_then(web_link),
        settings_href: path_in(visit, &path(&house.centre.id, "einstellungen")),
        action: path_in(visit, &path(&house.centre.id, &format!("angebote/{}", segment(&offer.id)))),
        text: sent,
        wrong,
        modes: Mode::ALL
            .into_iter()
            .map(|mode| ModeTick {
                value: mode.code(),
                text: words::mode(mode),
                checked: ticked(&sent.art, mode.code()),
            })
            .collect(),
        rooms: house
            .rooms()
            .into_iter()
            .filter(|room| room.value.active || ticked(&sent.raum, &room.value.id))
            .map(|room| Tick {
                value: room.value.id.clone(),
                text: room.value.name.clone(),
                hint: None,
                checked: ticked(&sent.raum, &room.value.id),
            })
            .collect(),
        nobody: !house.counsellors().iter().any(|one| one.value.active),
    };
    let html = render(app.pages(), visit, team, "booking/desk-offer.html", &context)?;
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, html).into_response())
}

impl Sent {
    fn of(setting: &Revised<OfferSetting>, bookable: bool) -> Self {
        let OfferSetting {
            times,
            agreement,
            asks,
            reminders,
            grace_hours,
            release_minutes,
            waiting_list,
            bring,
        } = &setting.value;
        let limit = |limit: Option<u16>| limit.map(|limit| limit.to_string()).unwrap_or_default();
        let flag = |on: bool| String::from(if on { "1" } else { "" });
        let hours: Vec<String> = reminders.iter().map(ToString::to_string).collect();
        Self {
            stand: setting.revision,
            buchbar: flag(bookable),
            zusage: agreement_code(*agreement).to_owned(),
            art: times.modes.iter().map(|mode| mode.code().to_owned()).collect(),
            laenge: times.length.get().to_string(),
            puffer_vor: times.buffer_before.get().to_string(),
            puffer_nach: times.buffer_after.get().to_string(),
            schritt: times.step.get().to_string(),
            vorlauf: times.notice_minutes.div_ceil(60).to_string(),
            horizont: times.horizon_days.to_string(),
            plaetze: times.capacity.to_string(),
            grenze_person: limit(times.limit_per_counsellor),
            grenze_tag: limit(times.limit_per_day),
            raum: times.rooms.iter().cloned().collect(),
            name: name_code(asks.name).to_owned(),
            mail: asked_code(asks.mail).to_owned(),
            telefon: asked_code(asks.phone).to_owned(),
            anliegen: flag(asks.note),
            erinnerungen: hours.join(", "),
            frist: grace_hours.to_string(),
            freigabe: release_minutes.to_string(),
            warteliste: flag(*waiting_list),
            mitbringen: bring.clone(),
        }
    }

    /// The setting, or everything that is wrong with it.
    fn read(&self, house: &House) -> Result<OfferSetting, Wrong> {
        let mut wrong = Wrong::default();
        let length = wrong.take("laenge", minutes(&self.laenge)).unwrap_or_default();
        let buffer_before = wrong.take("puffer_vor", minutes(&self.puffer_vor)).unwrap_or_default();
        let buffer_after = wrong.take("puffer_nach", minutes(&self.puffer_nach)).unwrap_or_default();
        let step = wrong.take("schritt", minutes(&self.schritt)).unwrap_or_default();
        let mut get = |at, text: &str, most| wrong.take(at, number(text, most)).unwrap_or_default();
        let notice = get("vorlauf", &self.vorlauf, LONGEST_HORIZON * 24);
        let horizon_days = get("horizont", &self.horizont, LONGEST_HORIZON);
        let capacity = get("plaetze", &self.plaetze, MOST_PLACES);
        let grace = get("frist", &self.frist, u16::from(LONGEST_GRACE));
        let release_minutes = get("freigabe", &self.freigabe, LONGEST_RELEASE);
        let mut limit =
            |at, text: &str| if text.trim().is_empty() { None } else { Some(get(at, text, MOST_PLACES)) };
        let limit_per_counsellor = limit("grenze_person", &self.grenze_person);
        let limit_per_day = limit("grenze_tag", &self.grenze_tag);
        let reminders = wrong.take("erinnerungen", hours(&self.erinnerungen)).unwrap_or_default();
        let rooms = house.rooms().into_iter().map(|room| room.value.id.clone());
        let setting = OfferSetting {
            times: OfferTimes {
                length,
                buffer_before,
                buffer_after,
                step,
                notice_minutes: u32::from(notice) * 60,
                horizon_days,
                modes: self.art.iter().filter_map(|code| Mode::from_code(code)).collect(),
                capacity,
                limit_per_counsellor,
                limit_per_day,
                rooms: rooms.filter(|room| self.raum.contains(room)).collect(),
            },
            agreement: if self.zusage == "centre" { Agreement::Centre } else { Agreement::Instant },
            asks: Asks {
                name: match self.name.as_str() {
                    "nothing" => NameAsked::Nothing,
                    "full" => NameAsked::Full,
                    _ => NameAsked::Pseudonym,
                },
                mail: asked_of(&self.mail),
                phone: asked_of(&self.telefon),
                note: !self.anliegen.is_empty(),
            },
            reminders,
            grace_hours: u8::try_from(grace).unwrap_or(0),
            release_minutes,
            waiting_list: !self.warteliste.is_empty(),
            bring: self.mitbringen.trim().replace("\r\n", "\n"),
        };
        // a field that could not be read is not judged a second time
        if let Err(problem) = setting.check()
            && (wrong.is_empty() || !matches!(problem, SettingProblem::Times(_)))
        {
            let (at, say) = said(problem);
            wrong.at(at, say);
        }
        if wrong.is_empty() { Ok(setting) } else { Err(wrong) }
    }
}

/// Where a problem is shown and how it is said.
fn said(problem: SettingProblem) -> (&'static str, Say) {
    let (at, id) = match problem {
        SettingProblem::Times(problem) => match problem {
            OfferProblem::NoLength => ("laenge", "desk-booking-wrong-length"),
            OfferProblem::NoStep => ("schritt", "desk-booking-wrong-step"),
            OfferProblem::NoMode => ("art", "desk-booking-wrong-mode"),
            OfferProblem::NoPlace => ("plaetze", "desk-booking-wrong-place"),
            OfferProblem::TooManyPlaces => return ("plaetze", no_number(MOST_PLACES)),
            OfferProblem::HorizonTooLong => ("horizont", "desk-booking-wrong-horizon"),
            OfferProblem::NoticeBeyondHorizon => ("vorlauf", "desk-booking-wrong-notice"),
            OfferProblem::LimitPerCounsellor => ("grenze_person", "desk-booking-wrong-limit"),
            OfferProblem::LimitPerDay => ("grenze_tag", "desk-booking-wrong-limit"),
        },
        SettingProblem::Reminders => ("erinnerungen", "desk-booking-wrong-reminders"),
        SettingProblem::Release => return ("freigabe", no_number(LONGEST_RELEASE)),
        SettingProblem::Grace => ("frist", "desk-booking-wrong-grace"),
        SettingProblem::Text => {
            let most = i64::try_from(LONGEST_TEXT).unwrap_or(i64::MAX);
            return ("mitbringen", Say::new("desk-booking-wrong-text").number("most", most));
        }
    };
    (at, Say::new(id))
}

fn number(text: &str, most: u16) -> Result<u16, Say> {
    text.trim().parse().ok().filter(|number| *number <= most).ok_or_else(|| no_number(most))
}

fn no_number(most: u16) -> Say {
    Say::new("desk-booking-wrong-number").text("most", most.to_string())
}

fn minutes(text: &str) -> Result<Minutes, Say> {
    let minutes = text.trim().parse().ok().and_then(|minutes| Minutes::new(minutes).ok());
    minutes.ok_or_else(|| Say::new("desk-booking-wrong-minutes"))
}

fn hours(text: &str) -> Result<Vec<u16>, Say> {
    let parts = text.split([',', ';', ' ']).filter(|part| !part.is_empty());
    let hours: Result<Vec<u16>, _> = parts.map(str::parse).collect();
    let mut hours = hours.map_err(|_| Say::new("desk-booking-wrong-reminders"))?;
    hours.sort_unstable_by(|one, other| other.cmp(one));
    hours.dedup();
    Ok(hours)
}

const fn agreement_code(agreement: Agreement) -> &'static str {
    match agreement {
        Agreement::Instant => "instant",
        Agreement::Centre => "centre",
    }
}

const fn name_code(name: NameAsked) -> &'static str {
    match name {
        NameAsked::Nothing => "nothing",
        NameAsked::Pseudonym => "pseudonym",
        NameAsked::Full => "full",
    }
}

const fn asked_code(asked: Asked) -> &'static str {
    match asked {
        Asked::No => "no",
        Asked::IfWanted => "if_wanted",
        Asked::Needed => "needed",
    }
}

fn asked_of(code: &str) -> Asked {
    [Asked::IfWanted, Asked::Needed].into_iter().find(|asked| asked_code(*asked) == code).unwrap_or_default()
}
