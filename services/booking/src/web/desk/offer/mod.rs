//! `/arbeitsplatz/termine/{centre}/angebote/{offer}`: whether and how an offer can be booked.
//!
//! What changes times is looked at before it is saved; texts and questions are saved at once.

mod form;

use axum::{
    extract::{Path, State},
    http::Uri,
    response::{IntoResponse, Response},
};
use contracts::directory::{Mode, Offer};
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{CentreSession, StaffForm, TeamSession, done, path_in, render},
};

use self::form::{Differs, Sent};
use super::{
    around::{Head, House, Part, Stop, Tick, back, path, segment, stop, trail, unreadable},
    look::{Look, Step, Wanted, status},
    one::InPath,
    say::Wrong,
    words,
};
use crate::{
    BookingError,
    service::Proposal,
    setting::LONGEST_TEXT,
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
    longest_text: usize,
    look: Option<Look>,
    /// What somebody else saved meanwhile, where it is not what was typed.
    differs: Vec<Differs>,
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
    let shown = Shown { done: done(&uri, &DONE), ..Shown::default() };
    show(&app, &visit, (&team, &house, offer), &sent, shown)
}

/// Shows what it would do, or saves it.
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
        Err(wrong) => {
            let shown = Shown { wrong, ..Shown::default() };
            return show(&app, &visit, (&team, &house, offer), &sent, shown);
        }
    };
    let bookable = !sent.buchbar.is_empty();
    let tail = format!("angebote/{}", segment(&offer.id));
    let (saved, was_bookable) = app.booking().offer_setting(offer).await.map_err(unreadable)?;
    if saved.revision > 0 && saved.value == value && was_bookable == bookable {
        // the form was sent twice
        return Ok(back(&visit, &house.centre.id, &tail, "gespeichert"));
    }
    // a change of texts moves no time: there is nothing to look at, unless somebody else saved
    let is_stale = sent.stand != saved.revision;
    if is_stale || saved.value.times != value.times || was_bookable != bookable {
        let horizon = saved.value.times.horizon_days.max(value.times.horizon_days);
        let proposal = Proposal::Offer { offer_id: &offer.id, setting: &value, bookable };
        let look = Look::at_change(&app, &visit, &house, (&proposal, horizon)).await?;
        let mark = look.mark(&(&value, bookable))?;
        let wanted = Wanted { save: &sent.speichern, seen: &sent.gesehen, revision: sent.stand };
        if let Step::Look(remark) = wanted.step(&mark, saved.revision) {
            let differs =
                if is_stale { Sent::of(&saved, was_bookable).differs_from(&sent) } else { Vec::new() };
            let seen = sent.looked_at(mark, saved.revision);
            let shown = Shown { look: Some(look.with(remark)), differs, ..Shown::default() };
            return show(&app, &visit, (&team, &house, offer), &seen, shown);
        }
    }
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

/// What stands on the page besides the form.
#[derive(Default)]
struct Shown {
    wrong: Wrong,
    done: Option<&'static str>,
    look: Option<Look>,
    differs: Vec<Differs>,
}

fn show(
    app: &AppState,
    visit: &Visit,
    (team, house, offer): (&TeamSession, &House, &Offer),
    sent: &Sent,
    Shown { wrong, done, look, differs }: Shown,
) -> Result<Response, PageError> {
    let status = status(&wrong, look.as_ref());
    let ticked = |list: &[String], value: &str| list.iter().any(|one| one == value);
    let context = OfferPage {
        head: Head::new(app, visit, team, house, Part::Settings),
        done,
        offer: &offer.name,
        link: offer.link.as_deref().and_then(web_link),
        settings_href: path_in(visit, &path(&house.centre.id, "einstellungen")),
        action: path_in(visit, &path(&house.centre.id, &format!("angebote/{}", segment(&offer.id)))),
        text: sent,
        wrong: &wrong,
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
        longest_text: LONGEST_TEXT,
        look,
        differs,
    };
    let html = render(app.pages(), visit, team, "booking/desk-offer.html", &context)?;
    Ok((status, html).into_response())
}
