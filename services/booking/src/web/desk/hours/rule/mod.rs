//! `…/zeiten/{resource}/regel`: a time at which the counsellor can be met, new or changed, looked at before it is saved.

mod form;

use axum::{
    extract::State,
    http::Uri,
    response::{IntoResponse, Response},
};
use contracts::directory::Mode;
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{StaffForm, TeamSession, render},
};

use self::form::Sent;
use super::{Kept, NTH, RuleLine, key, nth_code, rule_line};
use crate::{
    availability::{Modes, Rule, local_date},
    setting::Hours,
    web::{
        AppState,
        desk::{
            around::{Choice, Head, Part, Tick, asked, back, unreadable, weekdays},
            look::{Look, Step, Wanted, status},
            one::InPath,
            resources::ResourcePath,
            say::Wrong,
            words,
        },
    },
};

/// Which rule is to be changed; none for a new one.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Which {
    regel: String,
}

#[derive(Serialize)]
struct RulePage<'a> {
    head: Head,
    name: &'a str,
    /// The rule as it is saved, if it is.
    saved: Option<RuleLine>,
    here: String,
    action: String,
    text: Sent,
    wrong: &'a Wrong,
    patterns: Vec<Choice>,
    weekdays: Vec<Choice>,
    every: Vec<Choice>,
    nth: Vec<Choice>,
    modes: Vec<ModeTick>,
    offers: Vec<Tick>,
    look: Option<Look>,
}

#[derive(Serialize)]
struct ModeTick {
    value: &'static str,
    text: &'static str,
    checked: bool,
}

/// Shows a form: empty, or with a rule in it.
pub(in crate::web::desk) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    uri: Uri,
    team: TeamSession,
    resource: InPath<ResourcePath>,
) -> Result<Response, PageError> {
    let kept = Kept::counsellor(&app, &team, resource).await?;
    let which: Which = asked(&uri);
    if !which.regel.is_empty() {
        let rule = kept.rule(&which.regel).ok_or(PageError::NotFound)?;
        let sent = Sent::of(rule, kept.resource.revision);
        return show(&app, &visit, &team, &kept, (sent, &Wrong::default(), None));
    }
    let sent = Sent {
        stand: kept.resource.revision,
        schluessel: app.ids().next(app.clock()),
        muster: String::from("woche"),
        wochentag: String::from("1"),
        alle: String::from("1"),
        welcher: String::from("first"),
        von: String::from("09:00"),
        bis: String::from("12:00"),
        art: modes_set(&app, &kept).await?.iter().map(|mode| mode.code().to_owned()).collect(),
        gilt_ab: local_date(app.clock().now()).to_string(),
        ..Sent::default()
    };
    show(&app, &visit, &team, &kept, (sent, &Wrong::default(), None))
}

/// Shows what it would do, or saves it.
pub(in crate::web::desk) async fn post(
    State(app): State<AppState>,
    visit: Visit,
    team: TeamSession,
    resource: InPath<ResourcePath>,
    StaffForm(sent): StaffForm<Sent>,
) -> Result<Response, PageError> {
    let kept = Kept::counsellor(&app, &team, resource).await?;
    let rule = match sent.read(&kept, key(&sent.schluessel)?) {
        Ok(rule) => rule,
        Err(wrong) => return show(&app, &visit, &team, &kept, (sent, &wrong, None)),
    };
    let known = kept.rule(&rule.id);
    if known == Some(&rule) {
        // the form was sent twice
        return Ok(back(&visit, &kept.house.centre.id, &kept.tail(""), "regel"));
    }
    let action = if known.is_some() { "booking.rule-changed" } else { "booking.rule-added" };
    let detail = format!("{}-{}", rule.from, rule.to);
    let new = with(&kept.hours, rule.clone());
    let look = kept.look((&app, &visit), &new).await?;
    let mark = look.mark(&rule)?;
    let wanted = Wanted { save: &sent.speichern, seen: &sent.gesehen, revision: sent.stand };
    match wanted.step(&mark, kept.resource.revision) {
        Step::Save => kept.save((&app, &visit, &team), (sent.stand, &new), (action, &detail, "regel")).await,
        Step::Look(remark) => {
            let seen = Sent { gesehen: mark, stand: kept.resource.revision, ..sent };
            show(&app, &visit, &team, &kept, (seen, &Wrong::default(), Some(look.with(remark))))
        }
    }
}

/// The hours with a rule in its place, or at the end.
fn with(hours: &Hours, rule: Rule) -> Hours {
    let mut new = hours.clone();
    match new.rules.iter_mut().find(|one| one.id == rule.id) {
        Some(place) => *place = rule,
        None => new.rules.push(rule),
    }
    new
}

/// The modes in which anything of the centre can be booked; all while nothing is set.
async fn modes_set(app: &AppState, kept: &Kept) -> Result<Modes, PageError> {
    let mut modes = Modes::NONE;
    for offer in &kept.house.centre.offers {
        let (setting, bookable) = app.booking().offer_setting(offer).await.map_err(unreadable)?;
        if bookable {
            modes = modes.with(setting.value.times.modes);
        }
    }
    Ok(if modes.is_empty() { Modes::all() } else { modes })
}

fn show(
    app: &AppState,
    visit: &Visit,
    team: &TeamSession,
    kept: &Kept,
    (sent, wrong, look): (Sent, &Wrong, Option<Look>),
) -> Result<Response, PageError> {
    let word = |id: &str| app.pages().catalogue().plain(visit.lang, id);
    let choice = |value: &str, id: &str| Choice { value: value.to_owned(), text: word(id) };
    let status = status(wrong, look.as_ref());
    let saved = kept.rule(&sent.schluessel);
    let gone = saved.iter().flat_map(|rule| &rule.offers).filter(|id| kept.house.offer(id).is_none());
    let gone = gone.map(|id| Tick {
        value: id.clone(),
        text: word("desk-booking-offer-gone"),
        hint: None,
        checked: sent.angebot.contains(id),
    });
    let context = RulePage {
        head: Head::new(app, visit, team, &kept.house, Part::Hours),
        name: &kept.resource.value.name,
        saved: saved.map(|rule| rule_line(rule, kept, visit)),
        here: kept.href(visit, ""),
        action: kept.href(visit, "regel"),
        wrong,
        patterns: vec![
            choice("woche", "desk-booking-pattern-weekly"),
            choice("monat", "desk-booking-pattern-monthly"),
            choice("einmal", "desk-booking-pattern-once"),
        ],
        weekdays: weekdays(app, visit),
        every: (1..=8u8).map(|n| Choice { value: n.to_string(), text: n.to_string() }).collect(),
        nth: NTH
            .map(|nth| {
                let code = nth_code(nth);
                let id = match nth {
                    crate::availability::Nth::First => "desk-booking-nth-first",
                    crate::availability::Nth::Second => "desk-booking-nth-second",
                    crate::availability::Nth::Third => "desk-booking-nth-third",
                    crate::availability::Nth::Fourth => "desk-booking-nth-fourth",
                    crate::availability::Nth::Fifth => "desk-booking-nth-fifth",
                    crate::availability::Nth::Last => "desk-booking-nth-last",
                };
                choice(code, id)
            })
            .into(),
        modes: Mode::ALL
            .into_iter()
            .map(|mode| ModeTick {
                value: mode.code(),
                text: words::mode(mode),
                checked: sent.art.iter().any(|one| one == mode.code()),
            })
            .collect(),
        offers: kept
            .house
            .centre
            .offers
            .iter()
            .map(|offer| Tick {
                value: offer.id.clone(),
                text: offer.name.clone(),
                hint: None,
                checked: sent.angebot.contains(&offer.id),
            })
            .chain(gone)
            .collect(),
        text: sent,
        look,
    };
    let html = render(app.pages(), visit, team, "booking/desk-rule.html", &context)?;
    Ok((status, html).into_response())
}
