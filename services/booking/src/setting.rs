//! What a centre sets: for itself, for each offer, and the hours of each counsellor and room.

use serde::{Deserialize, Serialize};

use crate::availability::{Absence, Closure, OfferProblem, OfferTimes, PublicHolidays, Rule, RuleProblem};

/// Longest time what a seeker said may outlive her appointment, in hours.
pub const LONGEST_GRACE: u8 = 24;
/// Most reminders of one appointment.
const MOST_REMINDERS: usize = 3;
/// Earliest reminder, in hours before the appointment.
const EARLIEST_REMINDER: u16 = 14 * 24;
/// Longest text for seekers, in characters.
pub const LONGEST_TEXT: usize = 1_000;

/// What a centre sets for all its offers.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CentreSetting {
    /// Which public holidays close it.
    pub holidays: PublicHolidays,
    /// When it is closed besides.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub closures: Vec<Closure>,
    /// Where the calendar file of each booking, change and cancellation goes; nowhere without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mail: Option<String>,
}

/// What a centre sets for an offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
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
    pub reminders: Vec<u16>,
    /// How many hours after its end an appointment is forgotten: 0 to [`LONGEST_GRACE`].
    #[serde(default)]
    pub grace_hours: u8,
    /// How many minutes after a cancellation the time can be booked again.
    #[serde(default)]
    pub release_minutes: u16,
    /// Whether seekers may ask to be told when an earlier time becomes free.
    #[serde(default = "yes")]
    pub waiting_list: bool,
    /// What to bring, how to get in: shown on the receipt.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub bring: String,
}

const fn yes() -> bool {
    true
}

/// How a booking becomes an appointment.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Agreement {
    /// At once.
    #[default]
    Instant,
    /// When the centre agrees. The time is kept free meanwhile.
    Centre,
}

/// What a seeker is asked.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
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

/// Which name is asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
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
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Hours {
    /// Her rules; a room has none.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    /// When not, although a rule says so.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub absences: Vec<Absence>,
}

/// What is wrong with a setting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SettingProblem {
    /// The times.
    #[error(transparent)]
    Times(#[from] OfferProblem),
    /// A rule.
    #[error(transparent)]
    Rule(#[from] RuleProblem),
    /// A range that ends before it begins.
    #[error("a time ends before it begins")]
    Range,
    /// Too many reminders, or one too early or at the appointment itself.
    #[error("up to three reminders, from one hour to fourteen days before")]
    Reminders,
    /// The grace is too long.
    #[error("what a seeker said may be kept for at most a day")]
    Grace,
    /// A text is too long.
    #[error("the text is too long")]
    Text,
    /// The mail address is none.
    #[error("this is no mail address")]
    Mail,
}

impl CentreSetting {
    /// Says what is wrong with it; the first thing if there are several.
    ///
    /// # Errors
    /// [`SettingProblem`].
    pub fn check(&self) -> Result<(), SettingProblem> {
        if self.closures.iter().any(|closure| closure.range.check().is_err()) {
            return Err(SettingProblem::Range);
        }
        match &self.mail {
            Some(mail) if mailkit::MailAddress::parse(mail).is_err() => Err(SettingProblem::Mail),
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
        if self.grace_hours > LONGEST_GRACE {
            return Err(SettingProblem::Grace);
        }
        if self.bring.chars().count() > LONGEST_TEXT {
            return Err(SettingProblem::Text);
        }
        Ok(())
    }
}

impl Hours {
    /// Says what is wrong with them; the first thing if there are several.
    ///
    /// # Errors
    /// [`SettingProblem`].
    pub fn check(&self) -> Result<(), SettingProblem> {
        for rule in &self.rules {
            rule.check()?;
        }
        if self.absences.iter().any(|absence| absence.range.check().is_err()) {
            return Err(SettingProblem::Range);
        }
        Ok(())
    }
}
