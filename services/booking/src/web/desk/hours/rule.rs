//! `…/zeiten/{resource}/regel`: a new time at which the counsellor can be met, looked at before it is saved.

use std::collections::BTreeSet;

use axum::{
    extract::State,
    response::{IntoResponse, Response},
};
use contracts::directory::{Mode, Weekday};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{StaffForm, TeamSession, render},
};

use super::{Kept, NTH, key, nth_code};
use crate::{
    availability::{DayTime, Modes, Pattern, Rule, RuleProblem, local_date},
    setting::Hours,
    web::{
        AppState,
        desk::{
            around::{Choice, Head, Part, Stop, Tick, back, date, stop, unreadable},
            look::{Look, status},
            one::InPath,
            resources::ResourcePath,
            say::{Say, Wrong},
            words,
        },
    },
};

/// The form as it is typed.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::web::desk) struct Sent {
    stand: i64,
    /// Set once the preview was seen.
    speichern: String,
    /// Which preview was seen.
    gesehen: String,
    schluessel: String,
    muster: String,
    wochentag: String,
    alle: String,
    welcher: String,
    tag: String,
    von: String,
    bis: String,
    art: Vec<String>,
    angebot: Vec<String>,
    gilt_ab: String,
    gilt_bis: String,
    ausser: String,
}

#[derive(Serialize)]
struct RulePage<'a> {
    head: Head,
    name: &'a str,
    here: String,
    action: String,
    text: &'a Sent,
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

/// Shows an empty form.
pub(in crate::web::desk) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    team: TeamSession,
    resource: InPath<ResourcePath>,
) -> Result<Response, PageError> {
    let kept = Kept::counsellor(&app, &team, resource).await?;
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
    show(&app, &visit, &team, &kept, (&sent, &Wrong::default(), None))
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
        Err(wrong) => return show(&app, &visit, &team, &kept, (&sent, &wrong, None)),
    };
    let mut new: Hours = kept.hours.clone();
    if new.rules.iter().any(|one| one.id == rule.id) {
        // the form was sent twice
        let (centre, tail) = (&kept.house.centre.id, kept.tail(""));
        return Ok(back(&visit, centre, &tail, "regel"));
    }
    if sent.stand != kept.resource.revision {
        return stop(&app, &visit, &team, &kept.house, (Stop::Saved, &kept.tail("")));
    }
    let detail = format!("{}-{}", rule.from, rule.to);
    new.rules.push(rule);
    if let Some(look) = kept.unseen((&app, &visit), &new, (&sent.speichern, &sent.gesehen)).await? {
        return show(&app, &visit, &team, &kept, (&sent, &Wrong::default(), Some(look)));
    }
    let change = ("booking.rule-added", detail.as_str(), "regel");
    kept.save((&app, &visit, &team), (sent.stand, &new), change).await
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
    (sent, wrong, look): (&Sent, &Wrong, Option<Look>),
) -> Result<Response, PageError> {
    let word = |id: &str| app.pages().catalogue().plain(visit.lang, id);
    let choice = |value: &str, id: &str| Choice { value: value.to_owned(), text: word(id) };
    let weekday = |number: usize| {
        let mut args = fluent_bundle::FluentArgs::new();
        args.set("weekday", number);
        app.pages().catalogue().text(visit.lang, "desk-booking-weekday", &args).unwrap_or_default()
    };
    let changed = look.as_ref().is_some_and(|look| look.changed);
    let context = RulePage {
        head: Head::new(app, visit, team, &kept.house, Part::Hours),
        name: &kept.resource.value.name,
        here: kept.href(visit, ""),
        action: kept.href(visit, "regel"),
        text: sent,
        wrong,
        patterns: vec![
            choice("woche", "desk-booking-pattern-weekly"),
            choice("monat", "desk-booking-pattern-monthly"),
            choice("einmal", "desk-booking-pattern-once"),
        ],
        weekdays: (1..=7).map(|number| Choice { value: number.to_string(), text: weekday(number) }).collect(),
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
            .collect(),
        look,
    };
    let html = render(app.pages(), visit, team, "booking/desk-rule.html", &context)?;
    Ok((status(wrong, changed), html).into_response())
}

impl Sent {
    /// The rule, or everything that is wrong with it.
    fn read(&self, kept: &Kept, id: String) -> Result<Rule, Wrong> {
        let mut wrong = Wrong::default();
        let no_date = || Say::new("desk-booking-wrong-date");
        let day = |text: &str| date(text).ok_or_else(no_date);
        let time = |text: &str| text.parse::<DayTime>().map_err(|_| Say::new("desk-booking-wrong-time"));
        let from = wrong.take("von", time(&self.von)).unwrap_or(DayTime::MIDNIGHT);
        // a time field cannot say 24:00; midnight as an end means it
        let to = match self.bis.as_str() {
            "00:00" => DayTime::END_OF_DAY,
            text => wrong.take("bis", time(text)).unwrap_or(DayTime::END_OF_DAY),
        };
        let weekday = self.wochentag.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        let weekday = weekday.and_then(|at| Weekday::ALL.get(at).copied()).unwrap_or(Weekday::Monday);
        let once = self.muster == "einmal";
        let single = if once { wrong.take("tag", day(&self.tag)) } else { None };
        let pattern = match (self.muster.as_str(), single) {
            ("monat", _) => {
                let nth = NTH.into_iter().find(|nth| nth_code(*nth) == self.welcher);
                Pattern::Monthly { nth: nth.unwrap_or(NTH[0]), weekday }
            }
            ("einmal", Some(date)) => Pattern::Once { date },
            _ => Pattern::Weekly { every: self.alle.parse().unwrap_or(0), weekday },
        };
        let valid_from = match single {
            Some(single) => Some(single),
            None if once => None,
            None => wrong.take("gilt_ab", day(&self.gilt_ab)),
        };
        let valid_until = match self.gilt_bis.as_str() {
            "" => None,
            _ if once => None,
            text => wrong.take("gilt_bis", day(text)),
        };
        let except: Option<BTreeSet<Date>> =
            if once { Some(BTreeSet::new()) } else { wrong.take("ausser", days(&self.ausser)) };
        let (Some(valid_from), Some(except), true) = (valid_from, except, wrong.is_empty()) else {
            return Err(wrong);
        };
        let offers = kept.house.centre.offers.iter().map(|offer| offer.id.clone());
        let rule = Rule {
            id,
            offers: offers.filter(|offer| self.angebot.contains(offer)).collect(),
            modes: self.art.iter().filter_map(|code| Mode::from_code(code)).collect(),
            pattern,
            from,
            to,
            valid_from,
            valid_until,
            except,
        };
        match rule.check() {
            Ok(()) => Ok(rule),
            Err(problem) => {
                let (at, id) = match problem {
                    RuleProblem::NoMode => ("art", "desk-booking-wrong-mode"),
                    RuleProblem::EndsBeforeItBegins => ("bis", "desk-booking-wrong-range"),
                    RuleProblem::WeeksOutOfRange => ("alle", "desk-booking-wrong-every"),
                    RuleProblem::ExpiresBeforeItHolds => ("gilt_bis", "desk-booking-wrong-range"),
                    RuleProblem::NeverHolds => ("tag", "desk-booking-wrong-date"),
                    RuleProblem::NoSuchYear => ("gilt_ab", "desk-booking-wrong-date"),
                };
                wrong.at(at, Say::new(id));
                Err(wrong)
            }
        }
    }
}

/// Days as they are typed: one after the other, as 24.12.2026 or 2026-12-24.
fn days(text: &str) -> Result<BTreeSet<Date>, Say> {
    let parts = text.split([',', ';', ' ', '\n', '\r']).filter(|part| !part.is_empty());
    let read = |part: &str| {
        date(part).or_else(|| {
            let mut numbers = part.split('.').map(str::parse::<i16>);
            let (day, month, year) = (numbers.next()?.ok()?, numbers.next()?.ok()?, numbers.next()?.ok()?);
            let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
            (numbers.next().is_none() && (2000..=2199).contains(&year)).then_some(date)
        })
    };
    parts.map(|part| read(part).ok_or_else(|| Say::new("desk-booking-wrong-dates"))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_can_be_typed_as_people_write_them() {
        let found = days("24.12.2026, 2026-12-31\n1.1.2027").unwrap();
        let found: Vec<_> = found.iter().map(ToString::to_string).collect();
        assert_eq!(found, ["2026-12-24", "2026-12-31", "2027-01-01"]);
        for wrong in ["24.12.", "31.2.2027", "morgen", "1.1.27", "1.1.2027.1"] {
            assert!(days(wrong).is_err(), "{wrong}");
        }
    }
}
