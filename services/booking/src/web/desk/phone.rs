//! `/arbeitsplatz/termine/{centre}/neu`: an appointment for somebody who calls or stands at the desk.
//!
//! The centre is freer than seekers are: notice, horizon and a switched off online booking do not hold here, a certain
//! counsellor can be chosen, and nobody has to agree afterwards.

use axum::{
    extract::State,
    http::{StatusCode, Uri},
    response::{IntoResponse, Response},
};
use contracts::directory::Mode;
use kernel::{Lang, Personal, Secret};
use mailkit::MailAddress;
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{StaffForm, TeamSession, path_in, render},
};
use zeroize::Zeroize;

use super::{
    around::{Choice, Head, House, Part, Row, asked, date, instant, path, segment, signature, unreadable},
    change::{DAYS, TimeChoice, mode_choices, time_choices},
    say::{Say, Wrong},
    words::{self, DayTimes},
};
use crate::{
    BookingError,
    availability::local_date,
    contact::{Contact, Field, FieldProblem, Typed},
    service::{Bookable, NewBooking},
    setting::Asks,
    store::Resource,
    web::{AppState, seek::link as link_to},
};

/// Whoever is free takes it.
const ANYBODY: &str = "alle";

/// What was chosen so far.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Chosen {
    angebot: String,
    art: String,
    /// A counsellor, or [`ANYBODY`]; without it the person herself, if she can be booked.
    wer: String,
    ab: String,
    zeit: String,
}

/// What was chosen, and what was typed for a time that is not to be had any more.
struct Choosing<'a> {
    chosen: Chosen,
    typed: Option<&'a Sent>,
    status: StatusCode,
}

/// The last form. What a seeker said is wiped when it is done.
#[derive(Default, Deserialize, Zeroize)]
#[serde(default)]
pub(super) struct Sent {
    form: String,
    /// Set while another time is looked for with what was typed: nothing is booked yet.
    weiter: String,
    angebot: String,
    art: String,
    wer: String,
    ab: String,
    zeit: String,
    /// The language the person is written to in.
    sprache: String,
    name: String,
    telefon: String,
    mail: String,
}

#[derive(Serialize)]
struct ChoosePage<'a> {
    head: Head,
    action: String,
    offers: Vec<Choice>,
    offer: String,
    modes: Vec<Choice>,
    mode: String,
    people: Vec<Choice>,
    who: String,
    from: String,
    chosen: bool,
    days: Vec<DayTimes<TimeChoice>>,
    /// The next day with free times.
    next: Option<String>,
    /// Where a chosen time leads, but for the time itself.
    link: String,
    /// What was typed already: it goes on in the bodies of forms, in no address.
    sent: Option<SentView<'a>>,
    /// The time that was wanted was given to somebody else.
    taken: bool,
}

#[derive(Serialize)]
struct DetailsPage<'a> {
    head: Head,
    action: String,
    back_href: String,
    offer_name: &'a str,
    mode_name: &'static str,
    /// The counsellor, if a certain one was chosen.
    who: Option<&'a str>,
    day: Say,
    time: Say,
    languages: [Choice; 2],
    sent: SentView<'a>,
    wrong: &'a Wrong,
}

/// The form as it goes back to whoever typed it, in this answer alone.
#[derive(Serialize)]
struct SentView<'a> {
    form: &'a str,
    angebot: &'a str,
    art: &'a str,
    wer: &'a str,
    zeit: &'a str,
    sprache: &'a str,
    name: &'a str,
    telefon: &'a str,
    mail: &'a str,
}

#[derive(Serialize)]
struct ReceiptPage<'a> {
    head: Head,
    row: Row,
    code: &'a str,
    pin: &'a str,
    link: String,
    mails: bool,
    texts: [&'a str; 3],
}

/// Offer, mode and counsellor, then a time, then who it is for.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    uri: Uri,
    team: TeamSession,
) -> Result<Response, PageError> {
    let house = House::of(&app, team.centre_id()).await?;
    let choosing = Choosing { chosen: asked(&uri), typed: None, status: StatusCode::OK };
    choose(&app, &visit, (&team, &house), choosing).await
}

async fn choose(
    app: &AppState,
    visit: &Visit,
    (team, house): (&TeamSession, &House),
    Choosing { chosen, typed, status }: Choosing<'_>,
) -> Result<Response, PageError> {
    let mut offers = Vec::new();
    for offer in &house.centre.offers {
        if app.booking().offer_setting(offer).await.map_err(unreadable)?.1 {
            offers.push(Choice { value: offer.id.clone(), text: offer.name.clone() });
        }
    }
    let offer = offers.iter().find(|one| one.value == chosen.angebot);
    let offer = offer.or(offers.first().filter(|_| offers.len() == 1)).map(|one| one.value.clone());
    let who = who(house, team, &chosen.wer);
    let bookable = match &offer {
        Some(offer) => bookable(app, offer, &who).await?,
        None => None,
    };
    let mode = Mode::from_code(&chosen.art);
    if let (Some(bookable), Some(mode), Some(start)) = (&bookable, mode, instant(&chosen.zeit)) {
        let typed = |of: fn(&Sent) -> &str| typed.map(of).unwrap_or_default().to_owned();
        let sent = Personal::new(Sent {
            // 148 random bits: nobody guesses the form of somebody else
            form: format!("{}{}", app.ids().next(app.clock()), app.ids().next(app.clock())),
            angebot: bookable.offer.id.clone(),
            art: mode.code().to_owned(),
            wer: who,
            zeit: start.as_second().to_string(),
            sprache: typed(|sent| &sent.sprache),
            name: typed(|sent| &sent.name),
            telefon: typed(|sent| &sent.telefon),
            mail: typed(|sent| &sent.mail),
            ..Sent::default()
        });
        return details(app, visit, (team, house, bookable), (sent.expose(), &Wrong::default()));
    }
    let here = path_in(visit, &path(&house.centre.id, "neu"));
    let (mut days, mut next, mut to) = (Vec::new(), None, String::new());
    if let (Some(bookable), Some(mode)) = (&bookable, mode) {
        let times = app.booking().times(bookable, Some(mode), date(&chosen.ab), DAYS).await;
        let times = times.map_err(unreadable)?;
        to = link(&here, &bookable.offer.id, mode, &who);
        days = time_choices(&times);
        next = times.next.map(|next| next.to_string());
    }
    let context = ChoosePage {
        head: Head::new(app, visit, team, house, Part::Phone),
        action: here,
        modes: match &bookable {
            Some(bookable) => mode_choices(app, visit, bookable),
            None => Mode::ALL
                .into_iter()
                .map(|mode| Choice {
                    value: mode.code().to_owned(),
                    text: app.pages().catalogue().plain(visit.lang, words::mode(mode)),
                })
                .collect(),
        },
        chosen: bookable.is_some() && mode.is_some(),
        people: people(app, visit, house),
        who,
        offers,
        offer: offer.unwrap_or_default(),
        mode: mode.map(|mode| mode.code().to_owned()).unwrap_or_default(),
        from: date(&chosen.ab).unwrap_or_else(|| local_date(app.clock().now())).to_string(),
        days,
        next,
        link: to,
        sent: typed.map(SentView::of),
        taken: status == StatusCode::CONFLICT,
    };
    let html = render(app.pages(), visit, team, "booking/desk-phone.html", &context)?;
    Ok((status, html).into_response())
}

/// Books it and shows what is to be read out. Sending the form again shows the same.
pub(super) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    team: TeamSession,
    StaffForm(sent): StaffForm<Sent>,
) -> Result<Response, PageError> {
    let house = House::of(&app, team.centre_id()).await?;
    let sent = Personal::new(sent);
    let form = sent.expose();
    if !form.weiter.is_empty() {
        let chosen = Chosen { ab: form.ab.clone(), zeit: form.zeit.clone(), ..form.chosen() };
        let choosing = Choosing { chosen, typed: Some(form), status: StatusCode::OK };
        return choose(&app, &visit, (&team, &house), choosing).await;
    }
    // what was typed is not lost with the time
    let taken = || Choosing { chosen: form.chosen(), typed: Some(form), status: StatusCode::CONFLICT };
    let (mode, start) = (Mode::from_code(&form.art), instant(&form.zeit));
    let (Some(mode), Some(start), true) = (mode, start, is_form(&form.form)) else {
        return Err(PageError::BadRequest);
    };
    let is_person = form.wer == ANYBODY || counsellor(&house, &form.wer).is_some();
    if house.offer(&form.angebot).is_none() || !is_person {
        return Err(PageError::BadRequest);
    }
    let Some(bookable) = bookable(&app, &form.angebot, &form.wer).await? else {
        return choose(&app, &visit, (&team, &house), taken()).await;
    };
    let typed =
        Personal::new(Typed { name: form.name.clone(), phone: form.telefon.clone(), ..Typed::default() });
    let mail = form.mail.trim();
    let mut wrong = Wrong::default();
    if !mail.is_empty() && MailAddress::parse(mail).is_err() {
        wrong.at("mail", Say::new("desk-booking-wrong-person-mail"));
    }
    let contact = match Contact::check(typed.expose(), Asks::AT_THE_DESK) {
        Ok(contact) if wrong.is_empty() => contact,
        checked => {
            for (field, problem) in checked.err().unwrap_or_default() {
                let at = if field == Field::Phone { "telefon" } else { "name" };
                let id = match problem {
                    FieldProblem::NoPhone => "desk-booking-wrong-phone",
                    _ => "desk-booking-wrong-person",
                };
                wrong.at(at, Say::new(id));
            }
            return details(&app, &visit, (&team, &house, &bookable), (form, &wrong));
        }
    };
    let booking = NewBooking {
        form: Secret::new(form.form.clone()),
        mode,
        start,
        lang: form.lang(),
        contact: Some(contact),
        remind: (!mail.is_empty()).then(|| Personal::new(mail.to_owned())),
    };
    match app.booking().book_for(&bookable, booking, &signature(&app, &team)).await {
        Ok(reserved) => {
            let (code, pin) = (reserved.receipt.code.shown(), reserved.receipt.pin.shown());
            let (setting, in_person) = (&bookable.setting, mode == Mode::InPerson);
            let context = ReceiptPage {
                head: Head::new(&app, &visit, &team, &house, Part::Phone),
                row: house.row(&reserved.appointment, &visit, app.clock().now()),
                code: code.expose(),
                pin: pin.expose(),
                link: link_to(&app, form.lang(), &reserved.receipt.link),
                mails: reserved.appointment.notify.is_some(),
                texts: [&setting.bring, if in_person { &setting.arrival } else { "" }, &setting.data],
            };
            Ok(render(app.pages(), &visit, &team, "booking/desk-receipt.html", &context)?.into_response())
        }
        Err(BookingError::Taken) => choose(&app, &visit, (&team, &house), taken()).await,
        Err(error) => Err(unreadable(error)),
    }
}

impl Sent {
    /// The language the person is written to in, whichever the counsellor reads.
    fn lang(&self) -> Lang {
        Lang::SHIPPED.into_iter().find(|lang| lang.tag() == self.sprache).unwrap_or_default()
    }

    /// What was chosen, without a time.
    fn chosen(&self) -> Chosen {
        Chosen {
            angebot: self.angebot.clone(),
            art: self.art.clone(),
            wer: self.wer.clone(),
            ..Chosen::default()
        }
    }
}

impl<'a> SentView<'a> {
    fn of(sent: &'a Sent) -> Self {
        Self {
            form: &sent.form,
            angebot: &sent.angebot,
            art: &sent.art,
            wer: &sent.wer,
            zeit: &sent.zeit,
            sprache: sent.lang().tag(),
            name: &sent.name,
            telefon: &sent.telefon,
            mail: &sent.mail,
        }
    }
}

/// The key of a form as this page makes it.
fn is_form(text: &str) -> bool {
    text.len() == 72 && text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

/// Whom the address names; the person herself if it names nobody and she can be booked.
fn who(house: &House, team: &TeamSession, asked: &str) -> String {
    let own = || house.own(team).filter(|own| own.value.active);
    match asked {
        "" => own().map_or(ANYBODY, |own| own.value.id.as_str()).to_owned(),
        asked => counsellor(house, asked).map_or(ANYBODY, |one| one.id.as_str()).to_owned(),
    }
}

/// A counsellor who can be booked.
fn counsellor<'a>(house: &'a House, id: &str) -> Option<&'a Resource> {
    let found = house.counsellors().into_iter().find(|one| one.value.active && one.value.id == id);
    found.map(|one| &one.value)
}

/// Anybody, and each counsellor who can be booked.
fn people(app: &AppState, visit: &Visit, house: &House) -> Vec<Choice> {
    let anybody = app.pages().catalogue().plain(visit.lang, "desk-booking-phone-anybody");
    let each = house.counsellors().into_iter().filter(|one| one.value.active);
    std::iter::once(Choice { value: ANYBODY.to_owned(), text: anybody })
        .chain(each.map(|one| Choice { value: one.value.id.clone(), text: one.value.name.clone() }))
        .collect()
}

/// The address of what was chosen.
fn link(here: &str, offer: &str, mode: Mode, who: &str) -> String {
    format!("{here}?angebot={}&art={}&wer={}", segment(offer), mode.code(), segment(who))
}

/// The offer as the centre itself books it.
async fn bookable(app: &AppState, offer: &str, who: &str) -> Result<Option<Bookable>, PageError> {
    match app.booking().kept_open(offer).await {
        Ok(bookable) => {
            let bookable = bookable.at_the_desk().agreed();
            Ok(Some(if who == ANYBODY { bookable } else { bookable.only_with(who) }))
        }
        Err(BookingError::NotFound) => Ok(None),
        Err(error) => Err(unreadable(error)),
    }
}

fn details(
    app: &AppState,
    visit: &Visit,
    (team, house, bookable): (&TeamSession, &House, &Bookable),
    (sent, wrong): (&Sent, &Wrong),
) -> Result<Response, PageError> {
    let start = instant(&sent.zeit).ok_or(PageError::BadRequest)?;
    let mode = Mode::from_code(&sent.art).ok_or(PageError::BadRequest)?;
    let here = path_in(visit, &path(&house.centre.id, "neu"));
    let context = DetailsPage {
        head: Head::new(app, visit, team, house, Part::Phone),
        back_href: link(&here, &sent.angebot, mode, &sent.wer),
        who: counsellor(house, &sent.wer).map(|one| one.name.as_str()),
        action: here,
        offer_name: &bookable.offer.name,
        mode_name: words::mode(mode),
        day: words::day(local_date(start)),
        time: words::clock(start),
        languages: Lang::SHIPPED
            .map(|lang| Choice { value: lang.tag().to_owned(), text: lang.own_name().to_owned() }),
        sent: SentView::of(sent),
        wrong,
    };
    let html = render(app.pages(), visit, team, "booking/desk-phone-details.html", &context)?;
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok((status, html).into_response())
}
