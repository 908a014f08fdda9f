//! The form of a rule: what is typed, what it means, and what is wrong with it.

use std::collections::BTreeSet;

use contracts::directory::{Mode, Weekday};
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::{
    availability::{DayTime, Pattern, Rule, RuleProblem},
    web::desk::{
        around::date,
        hours::{Kept, NTH, nth_code},
        say::{Say, Wrong},
    },
};

/// The form as it is typed.
#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
pub(in crate::web::desk) struct Sent {
    pub(super) stand: i64,
    /// On the button that saves what was looked at.
    pub(super) speichern: String,
    /// The mark of what was looked at.
    pub(super) gesehen: String,
    /// The rule's id, new or known.
    pub(super) schluessel: String,
    pub(super) muster: String,
    pub(super) wochentag: String,
    pub(super) alle: String,
    pub(super) welcher: String,
    pub(super) tag: String,
    pub(super) von: String,
    pub(super) bis: String,
    pub(super) art: Vec<String>,
    pub(super) angebot: Vec<String>,
    pub(super) gilt_ab: String,
    pub(super) gilt_bis: String,
    pub(super) ausser: String,
}

impl Sent {
    /// A rule as it would have been typed.
    pub(super) fn of(rule: &Rule, revision: i64) -> Self {
        let number = |weekday: Weekday| {
            let place = Weekday::ALL.iter().position(|one| *one == weekday).unwrap_or(0);
            (place + 1).to_string()
        };
        let form = Self { wochentag: number(Weekday::Monday), alle: String::from("1"), ..Self::default() };
        let form = match rule.pattern {
            Pattern::Weekly { every, weekday } => Self {
                muster: String::from("woche"),
                wochentag: number(weekday),
                alle: every.to_string(),
                ..form
            },
            Pattern::Monthly { nth, weekday } => Self {
                muster: String::from("monat"),
                wochentag: number(weekday),
                welcher: nth_code(nth).to_owned(),
                ..form
            },
            Pattern::Once { date } => Self { muster: String::from("einmal"), tag: date.to_string(), ..form },
        };
        let except: Vec<_> = rule.except.iter().map(|day| day.strftime("%d.%m.%Y").to_string()).collect();
        Self {
            stand: revision,
            schluessel: rule.id.clone(),
            von: rule.from.to_string(),
            // a time field cannot say 24:00
            bis: if rule.to == DayTime::END_OF_DAY { String::from("00:00") } else { rule.to.to_string() },
            art: rule.modes.iter().map(|mode| mode.code().to_owned()).collect(),
            angebot: rule.offers.iter().cloned().collect(),
            gilt_ab: rule.valid_from.to_string(),
            gilt_bis: rule.valid_until.map(|day| day.to_string()).unwrap_or_default(),
            ausser: except.join(", "),
            ..form
        }
    }

    /// The rule, or everything that is wrong with it.
    pub(super) fn read(&self, kept: &Kept, id: String) -> Result<Rule, Wrong> {
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
        // an offer that left the directory stays with the rule that had it, or the rule would be one for all
        let kept_offers = kept.rule(&id).map(|rule| rule.offers.clone()).unwrap_or_default();
        let offers = kept.house.centre.offers.iter().map(|offer| offer.id.clone()).chain(kept_offers);
        let rule = Rule {
            offers: offers.filter(|offer| self.angebot.contains(offer)).collect(),
            id,
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
    fn a_rule_is_typed_as_it_is_read() {
        let rule: Rule = serde_json::from_value(serde_json::json!({
            "id": "r", "modes": ["phone"], "pattern": {"monthly": {"nth": "third", "weekday": "friday"}},
            "from": "20:00", "to": "24:00", "valid_from": "2026-11-23", "except": ["2026-12-18", "2027-01-15"]
        }))
        .unwrap();
        let form = Sent::of(&rule, 4);
        assert_eq!((form.stand, form.bis.as_str(), form.wochentag.as_str()), (4, "00:00", "5"));
        assert_eq!(form.ausser, "18.12.2026, 15.01.2027");
        assert_eq!(days(&form.ausser).unwrap(), rule.except);
    }

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
