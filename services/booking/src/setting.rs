//! What a centre sets: for itself, for each offer, and the hours of each counsellor and room.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::availability::{
    Absence, Closure, HolidayProblem, OfferProblem, OfferTimes, OpenHour, OpenHoursProblem, PublicHolidays,
    RangeProblem, Rule, RuleProblem, check_open_hours,
};

/// Longest time what a seeker said may outlive her appointment, in hours.
pub const LONGEST_GRACE: u8 = 24;
/// Most reminders of one appointment.
const MOST_REMINDERS: usize = 3;
/// Earliest reminder, in hours before the appointment.
const EARLIEST_REMINDER: u16 = 14 * 24;
/// Longest text for seekers, in characters.
pub const LONGEST_TEXT: usize = 500;
/// Longest time until what was cancelled can be booked again: a day, in minutes.
pub const LONGEST_RELEASE: u16 = 24 * 60;
/// Most rules, absences or closures somebody can have: more is a mistake.
const MOST_ENTRIES: usize = 200;
/// Longest id of a rule, an absence or a closure.
const LONGEST_ID: usize = 60;

/// What a centre sets for all its offers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct CentreSetting {
    /// Whether seekers can book nothing at all for now, whatever is set for its offers. What is booked stays.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub paused: bool,
    /// Which public holidays close it.
    pub holidays: PublicHolidays,
    /// When it is closed besides.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub closures: Vec<Closure>,
    /// When anybody can talk to the centre by chat without an appointment.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 30)]
    pub open_hours: Vec<OpenHour>,
    /// Where the calendar file of each booking, change and cancellation goes; nowhere without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail: Option<String>,
}

/// What a centre sets for an offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OfferSetting {
    /// Length, notice, modes, limits.
    pub times: OfferTimes,
    /// Who agrees.
    #[serde(default)]
    pub agreement: Agreement,
    /// What a seeker is asked.
    #[serde(default)]
    pub asks: Asks,
    /// Hours before the appointment at which somebody who wants it is reminded by mail.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[schema(max_items = 3)]
    pub reminders: Vec<u16>,
    /// How many hours after its end an appointment is forgotten.
    #[serde(default)]
    #[schema(maximum = 24)]
    pub grace_hours: u8,
    /// How many minutes after a cancellation the time can be booked again.
    #[serde(default)]
    #[schema(maximum = 1440)]
    pub release_minutes: u16,
    /// Whether seekers may ask to be told when an earlier time becomes free.
    #[serde(default = "yes")]
    pub waiting_list: bool,
    /// What to bring: shown on the receipt, like the two texts after it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[schema(max_length = 500)]
    pub bring: String,
    /// How to get there, for appointments in person.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[schema(max_length = 500)]
    pub arrival: String,
    /// What the centre itself does with what it hears and notes.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[schema(max_length = 500)]
    pub data: String,
}

const fn yes() -> bool {
    true
}

/// How a booking becomes an appointment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Agreement {
    /// At once.
    #[default]
    Instant,
    /// When the centre agrees. The time is kept free meanwhile.
    Centre,
}

/// What a seeker is asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Asks {
    /// How she wants to be called.
    pub name: NameAsked,
    /// A mail address for the counsellor.
    pub mail: Asked,
    /// A phone number.
    pub phone: Asked,
    /// What it is about, in her own words.
    pub note: bool,
}

impl Asks {
    /// What somebody is asked who calls or stands at the desk, whatever seekers are asked online.
    pub const AT_THE_DESK: Self =
        Self { name: NameAsked::Pseudonym, mail: Asked::No, phone: Asked::IfWanted, note: false };
}

/// Which name is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum NameAsked {
    /// None.
    Nothing,
    /// Any name she likes, or none.
    #[default]
    Pseudonym,
    /// First and last name.
    Full,
}

/// Whether something is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// No.
    #[default]
    No,
    /// If she wants.
    IfWanted,
    /// It must be given.
    Needed,
}

/// When a counsellor can be met or a room be used.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Hours {
    /// Her rules; a room has none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    /// When not, although a rule says so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub absences: Vec<Absence>,
}

/// A text of the centre's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Text {
    /// See [`OfferSetting::bring`].
    Bring,
    /// See [`OfferSetting::arrival`].
    Arrival,
    /// See [`OfferSetting::data`].
    Data,
}

/// What is wrong with what a centre sets for an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SettingProblem {
    /// The times.
    #[error(transparent)]
    Times(#[from] OfferProblem),
    /// Too many reminders, one twice, or one too early or at the appointment itself.
    #[error("up to three different reminders, from one hour to fourteen days before")]
    Reminders,
    /// The time until it can be booked again is too long.
    #[error("what was cancelled can be booked again after a day at the latest")]
    Release,
    /// The grace is too long.
    #[error("what a seeker said may be kept for at most a day")]
    Grace,
    /// A text is too long.
    #[error("the text is too long")]
    Text(Text),
}

/// What is wrong with what a centre sets for all its offers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CentreProblem {
    /// The list of closures.
    #[error(transparent)]
    Closures(#[from] ListProblem),
    /// A closure, by its place.
    #[error("{1}")]
    Closure(usize, RangeProblem),
    /// Public holidays.
    #[error(transparent)]
    Holidays(#[from] HolidayProblem),
    /// Open consultation hours.
    #[error(transparent)]
    OpenHours(#[from] OpenHoursProblem),
    /// The mail address is none.
    #[error("this is no mail address")]
    Mail,
}

/// What is wrong with hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HoursProblem {
    /// The list of rules.
    #[error(transparent)]
    Rules(ListProblem),
    /// The list of absences.
    #[error(transparent)]
    Absences(ListProblem),
    /// A rule, by its place.
    #[error("{1}")]
    Rule(usize, RuleProblem),
    /// An absence, by its place.
    #[error("{1}")]
    Absence(usize, RangeProblem),
}

/// What is wrong with a list of rules, absences or closures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ListProblem {
    /// More than 200.
    #[error("more than 200 entries")]
    TooMany,
    /// What can be no id, or is the id of an entry before it, by its place.
    #[error("expected an id of its own, of up to 60 letters, digits, `-` and `_`")]
    Id(usize),
}

impl CentreSetting {
    /// Says what is wrong with it; the first thing if there are several.
    ///
    /// # Errors
    /// [`CentreProblem`].
    pub fn check(&self) -> Result<(), CentreProblem> {
        check_list(self.closures.iter().map(|closure| closure.id.as_str()))?;
        for (at, closure) in self.closures.iter().enumerate() {
            closure.range.check().map_err(|problem| CentreProblem::Closure(at, problem))?;
        }
        self.holidays.check()?;
        check_open_hours(&self.open_hours)?;
        match &self.mail {
            Some(mail) if mailkit::MailAddress::parse(mail).is_err() => Err(CentreProblem::Mail),
            _ => Ok(()),
        }
    }
}

impl OfferSetting {
    /// Says what is wrong with it; the first thing if there are several.
    ///
    /// # Errors
    /// [`SettingProblem`].
    pub fn check(&self) -> Result<(), SettingProblem> {
        self.times.check()?;
        let too_early_or_late = |hours: &u16| *hours == 0 || *hours > EARLIEST_REMINDER;
        if self.reminders.len() > MOST_REMINDERS || self.reminders.iter().any(too_early_or_late) {
            return Err(SettingProblem::Reminders);
        }
        let mut twice = self.reminders.clone();
        twice.sort_unstable();
        if twice.windows(2).any(|pair| pair[0] == pair[1]) {
            return Err(SettingProblem::Reminders);
        }
        if self.release_minutes > LONGEST_RELEASE {
            return Err(SettingProblem::Release);
        }
        if self.grace_hours > LONGEST_GRACE {
            return Err(SettingProblem::Grace);
        }
        let texts = [(&self.bring, Text::Bring), (&self.arrival, Text::Arrival), (&self.data, Text::Data)];
        match texts.into_iter().find(|(text, _)| text.chars().count() > LONGEST_TEXT) {
            Some((_, which)) => Err(SettingProblem::Text(which)),
            None => Ok(()),
        }
    }
}

impl Hours {
    /// Says what is wrong with them; the first thing if there are several.
    ///
    /// # Errors
    /// [`HoursProblem`].
    pub fn check(&self) -> Result<(), HoursProblem> {
        check_list(self.rules.iter().map(|rule| rule.id.as_str())).map_err(HoursProblem::Rules)?;
        check_list(self.absences.iter().map(|one| one.id.as_str())).map_err(HoursProblem::Absences)?;
        for (at, rule) in self.rules.iter().enumerate() {
            rule.check().map_err(|problem| HoursProblem::Rule(at, problem))?;
        }
        for (at, absence) in self.absences.iter().enumerate() {
            absence.range.check().map_err(|problem| HoursProblem::Absence(at, problem))?;
        }
        Ok(())
    }
}

/// There are not too many, and each has an id of its own.
fn check_list<'a>(mut ids: impl ExactSizeIterator<Item = &'a str>) -> Result<(), ListProblem> {
    if ids.len() > MOST_ENTRIES {
        return Err(ListProblem::TooMany);
    }
    let mut seen = BTreeSet::new();
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    let is_id = |id: &str| (1..=LONGEST_ID).contains(&id.len()) && id.bytes().all(plain);
    ids.position(|id| !is_id(id) || !seen.insert(id)).map_or(Ok(()), |at| Err(ListProblem::Id(at)))
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::availability::LocalRange;

    fn away(id: &str) -> Absence {
        Absence { id: id.into(), range: LocalRange::days(date(2026, 12, 24), date(2026, 12, 31)) }
    }

    #[test]
    fn entries_have_ids_of_their_own_and_there_are_not_too_many() {
        let with = |absences: Vec<Absence>| Hours { rules: Vec::new(), absences };
        assert_eq!(with(vec![away("a"), away("b")]).check(), Ok(()));
        for (ids, at) in [(["a", "a"], 1), (["", "b"], 0), (["a", "b c"], 1)] {
            let found = with(ids.map(away).into()).check();
            assert_eq!(found, Err(HoursProblem::Absences(ListProblem::Id(at))), "{ids:?}");
        }
        let many = with((0..=MOST_ENTRIES).map(|number| away(&number.to_string())).collect());
        assert_eq!(many.check(), Err(HoursProblem::Absences(ListProblem::TooMany)));
        let mut backwards = away("b");
        backwards.range.to = backwards.range.from;
        let problem = RangeProblem::EndsBeforeItBegins;
        assert_eq!(with(vec![away("a"), backwards]).check(), Err(HoursProblem::Absence(1, problem)));
    }

    #[test]
    fn every_fault_of_an_offer_has_a_name() {
        let text = r#"{"times":{"length":60,"step":30,"horizon_days":60,"modes":["phone"]}}"#;
        let good: OfferSetting = serde_json::from_str(text).unwrap();
        assert_eq!(good.check(), Ok(()));
        let reminders = |hours: &[u16]| OfferSetting { reminders: hours.to_vec(), ..good.clone() };
        for (setting, problem) in [
            (reminders(&[0]), SettingProblem::Reminders),
            (reminders(&[337]), SettingProblem::Reminders),
            (reminders(&[1, 2, 3, 4]), SettingProblem::Reminders),
            (reminders(&[24, 2, 24]), SettingProblem::Reminders),
            (OfferSetting { grace_hours: 25, ..good.clone() }, SettingProblem::Grace),
            (OfferSetting { release_minutes: 1_441, ..good.clone() }, SettingProblem::Release),
            (OfferSetting { bring: "x".repeat(501), ..good.clone() }, SettingProblem::Text(Text::Bring)),
        ] {
            assert_eq!(setting.check(), Err(problem));
        }
    }
}
