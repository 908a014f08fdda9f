//! Rules: when somebody can be met, again and again.

use std::collections::BTreeSet;

use contracts::directory::{Mode, Weekday};
use jiff::civil::{Date, date};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{DayTime, LocalDay, Modes, is_day_of_ours, schema};
use crate::{Span, Tick};

/// A time at which a counsellor can be met, as a pattern of local days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Rule {
    /// Its id: letters, digits, `-` and `_`. Whoever adds it makes it up.
    #[schema(max_length = 60)]
    pub id: String,
    /// Ids of the offers it serves; empty for all that the counsellor has.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub offers: BTreeSet<String>,
    /// How she can be met then.
    pub modes: Modes,
    /// On which days.
    pub pattern: Pattern,
    /// From when on these days, by the local clock.
    pub from: DayTime,
    /// Until when, not included.
    pub to: DayTime,
    /// The first day it holds. Its ISO week is the first of those that "every n weeks" counts.
    #[schema(value_type = String, format = Date)]
    pub valid_from: Date,
    /// The last day it holds; without one it holds until further notice.
    #[schema(value_type = Option<String>, format = Date)]
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_until: Option<Date>,
    /// Days on which it does not hold.
    #[schema(value_type = Vec<String>, example = json!(["2026-12-24"]))]
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub except: BTreeSet<Date>,
}

/// Days that come again, or one that does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Pattern {
    /// A weekday, every so many weeks.
    Weekly {
        /// Weeks from one to the next: 1 to 8. Counted on through the years, whether they have 52 weeks or 53.
        #[schema(minimum = 1, maximum = 8)]
        every: u8,
        /// The day.
        #[schema(schema_with = schema::weekday)]
        weekday: Weekday,
    },
    /// A certain one among the weekdays of its name in a month.
    Monthly {
        /// Which one. A month without a fifth is left out.
        nth: Nth,
        /// The day.
        #[schema(schema_with = schema::weekday)]
        weekday: Weekday,
    },
    /// A single day.
    Once {
        /// The day.
        #[schema(value_type = String, format = Date)]
        date: Date,
    },
}

/// Which of the four or five weekdays of the same name in a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
#[expect(missing_docs, reason = "the names say it")]
pub enum Nth {
    First,
    Second,
    Third,
    Fourth,
    Fifth,
    Last,
}

/// What is wrong with a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RuleProblem {
    /// There is no way to meet.
    #[error("no mode is chosen")]
    NoMode,
    /// The end of the time is not after its begin.
    #[error("the time ends before it begins")]
    EndsBeforeItBegins,
    /// The weeks from one to the next are not 1 to 8.
    #[error("expected every 1 to 8 weeks")]
    WeeksOutOfRange,
    /// The last day lies before the first.
    #[error("the rule ends before it begins to hold")]
    ExpiresBeforeItHolds,
    /// Its single day lies outside of its validity, or is excepted.
    #[error("the rule holds on no day")]
    NeverHolds,
    /// It begins or ends to hold outside of the years that can be meant.
    #[error("expected a day from 2000 to 2199")]
    NoSuchYear,
}

impl Rule {
    /// Says what is wrong with it; the first thing if there are several.
    pub fn check(&self) -> Result<(), RuleProblem> {
        let weeks = match self.pattern {
            Pattern::Weekly { every, .. } => (1..=8).contains(&every),
            Pattern::Monthly { .. } | Pattern::Once { .. } => true,
        };
        let never = match self.pattern {
            Pattern::Once { date } => !self.falls_on(date),
            Pattern::Weekly { .. } | Pattern::Monthly { .. } => false,
        };
        let mut days = self.valid_until.into_iter().chain([self.valid_from]);
        let problems = [
            (self.modes.is_empty(), RuleProblem::NoMode),
            (!days.all(is_day_of_ours), RuleProblem::NoSuchYear),
            (self.to <= self.from, RuleProblem::EndsBeforeItBegins),
            (!weeks, RuleProblem::WeeksOutOfRange),
            (self.valid_until.is_some_and(|last| last < self.valid_from), RuleProblem::ExpiresBeforeItHolds),
            (never, RuleProblem::NeverHolds),
        ];
        problems.into_iter().find(|(found, _)| *found).map_or(Ok(()), |(_, problem)| Err(problem))
    }

    /// Whether it holds on this local day.
    pub fn falls_on(&self, day: Date) -> bool {
        let valid = day >= self.valid_from && self.valid_until.is_none_or(|last| day <= last);
        valid && self.pattern.falls_on(day, self.valid_from) && !self.except.contains(&day)
    }

    /// Whether somebody can be met by it for this offer.
    pub fn serves(&self, offer: &str) -> bool {
        self.offers.is_empty() || self.offers.contains(offer)
    }

    /// Whether somebody can be met by it in this mode.
    pub fn allows(&self, mode: Mode) -> bool {
        self.modes.contains(mode)
    }

    /// Its stretches of UTC on the local days from `first` to `last`, both included, in order of time. They hold exactly
    /// the instants at which the local clock shows a time of the rule on a day of the rule.
    pub fn spans(&self, first: Date, last: Date) -> Vec<Span> {
        let days =
            first.max(self.valid_from).series(jiff::Span::new().days(1)).take_while(|day| *day <= last);
        let mut spans: Vec<Span> = Vec::new();
        for day in days.filter(|day| self.falls_on(*day)) {
            for ticks in LocalDay::of(day).between(self.from, self.to) {
                let span = Span { from: Tick(ticks.start).start(), to: Tick(ticks.end).start() };
                match spans.last_mut() {
                    Some(before) if before.to == span.from => before.to = span.to,
                    _ => spans.push(span),
                }
            }
        }
        spans
    }
}

impl Pattern {
    /// Whether it falls on a day, if "every n weeks" counts from the ISO week of `anchor`.
    fn falls_on(self, day: Date, anchor: Date) -> bool {
        match self {
            Self::Weekly { every, weekday } => {
                let weeks = || iso_weeks_since_1970(day) - iso_weeks_since_1970(anchor);
                Weekday::of(day) == weekday && every > 0 && (every == 1 || weeks() % i64::from(every) == 0)
            }
            Self::Monthly { nth, weekday } => Weekday::of(day) == weekday && nth.is(day),
            Self::Once { date } => day == date,
        }
    }
}

impl Nth {
    /// Whether a day is this one of its weekday's name in its month.
    fn is(self, day: Date) -> bool {
        let place = (day.day() - 1) / 7;
        match self {
            Self::First => place == 0,
            Self::Second => place == 1,
            Self::Third => place == 2,
            Self::Fourth => place == 3,
            Self::Fifth => place == 4,
            Self::Last => day.day() + 7 > day.days_in_month(),
        }
    }
}

/// Number of the week, Monday first, counted without regard to years.
fn iso_weeks_since_1970(day: Date) -> i64 {
    let monday = date(1969, 12, 29);
    day.duration_since(monday).as_hours().div_euclid(7 * 24)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(pattern: Pattern, from: &str, to: &str, valid_from: Date) -> Rule {
        Rule {
            id: "r".into(),
            offers: BTreeSet::new(),
            modes: Modes::all(),
            pattern,
            from: from.parse().unwrap(),
            to: to.parse().unwrap(),
            valid_from,
            valid_until: None,
            except: BTreeSet::new(),
        }
    }

    fn weekly(every: u8, weekday: Weekday, valid_from: Date) -> Rule {
        rule(Pattern::Weekly { every, weekday }, "09:00", "12:00", valid_from)
    }

    fn days(rule: &Rule, first: Date, last: Date) -> Vec<String> {
        let days = first.series(jiff::Span::new().days(1)).take_while(|day| *day <= last);
        days.filter(|day| rule.falls_on(*day)).map(|day| day.to_string()).collect()
    }

    #[test]
    fn a_weekly_rule_keeps_its_local_time_when_the_clocks_change() {
        let sundays = weekly(1, Weekday::Sunday, date(2026, 10, 1));
        let begins = sundays.spans(date(2026, 10, 18), date(2026, 11, 1));
        let begins: Vec<_> = begins.iter().map(|span| span.from.to_string()).collect();
        assert_eq!(begins, ["2026-10-18T07:00:00Z", "2026-10-25T08:00:00Z", "2026-11-01T08:00:00Z"]);
    }

    #[test]
    fn every_second_week_goes_on_through_a_year_of_53_weeks() {
        let rule = weekly(2, Weekday::Thursday, date(2026, 12, 7));
        let found = days(&rule, date(2026, 12, 1), date(2027, 1, 31));
        // Weeks 50, 52, 1 (after week 53) and 3.
        assert_eq!(found, ["2026-12-10", "2026-12-24", "2027-01-07", "2027-01-21"]);
    }

    #[test]
    fn weeks_are_counted_from_the_week_of_the_first_day_even_if_its_weekday_is_past() {
        let rule = weekly(3, Weekday::Monday, date(2026, 11, 25));
        assert_eq!(days(&rule, date(2026, 11, 1), date(2027, 1, 4)), ["2026-12-14", "2027-01-04"]);
    }

    #[test]
    fn a_month_without_a_fifth_weekday_is_left_out_and_the_last_is_always_there() {
        let monthly = |nth| {
            rule(Pattern::Monthly { nth, weekday: Weekday::Tuesday }, "09:00", "12:00", date(2028, 1, 1))
        };
        let (first, last) = (date(2028, 1, 1), date(2028, 5, 31));
        assert_eq!(days(&monthly(Nth::Fifth), first, last), ["2028-02-29", "2028-05-30"]);
        let lasts = ["2028-01-25", "2028-02-29", "2028-03-28", "2028-04-25", "2028-05-30"];
        assert_eq!(days(&monthly(Nth::Last), first, last), lasts);
        assert_eq!(days(&monthly(Nth::Second), first, date(2028, 2, 29)), ["2028-01-11", "2028-02-08"]);
    }

    #[test]
    fn validity_includes_both_ends_and_exceptions_take_days_out() {
        let mut rule = weekly(1, Weekday::Monday, date(2026, 11, 23));
        rule.valid_until = Some(date(2026, 12, 14));
        rule.except = [date(2026, 12, 7)].into();
        let found = days(&rule, date(2026, 11, 1), date(2027, 1, 31));
        assert_eq!(found, ["2026-11-23", "2026-11-30", "2026-12-14"]);
    }

    #[test]
    fn a_rule_to_the_end_of_the_day_ends_at_midnight() {
        let new_year = rule(Pattern::Once { date: date(2026, 12, 31) }, "22:00", "24:00", date(2026, 12, 1));
        let spans = new_year.spans(date(2026, 12, 30), date(2027, 1, 2));
        assert_eq!(spans.len(), 1);
        assert_eq!(spans[0].to.to_string(), "2026-12-31T23:00:00Z");
    }

    #[test]
    fn spans_hold_both_of_a_repeated_time_and_nothing_of_a_skipped_one() {
        let nights = |from, to| {
            rule(Pattern::Weekly { every: 1, weekday: Weekday::Sunday }, from, to, date(2026, 1, 1))
        };
        assert_eq!(nights("02:00", "03:00").spans(date(2027, 3, 28), date(2027, 3, 28)), []);
        let autumn = nights("02:15", "02:45").spans(date(2026, 10, 25), date(2026, 10, 25));
        assert_eq!(autumn.len(), 2);
        let whole = nights("01:00", "04:00").spans(date(2026, 10, 25), date(2026, 10, 25));
        assert_eq!(whole.len(), 1, "two parts that touch are one");
        assert_eq!(whole[0].to.duration_since(whole[0].from).as_hours(), 4);
    }

    #[test]
    fn every_fault_of_a_rule_has_a_name() {
        let good = weekly(8, Weekday::Friday, date(2026, 11, 1));
        assert_eq!(good.check(), Ok(()));
        let once = Pattern::Once { date: date(2026, 10, 31) };
        let faults = [
            (Rule { modes: Modes::NONE, ..good.clone() }, RuleProblem::NoMode),
            (Rule { to: good.from, ..good.clone() }, RuleProblem::EndsBeforeItBegins),
            (weekly(0, Weekday::Friday, good.valid_from), RuleProblem::WeeksOutOfRange),
            (weekly(9, Weekday::Friday, good.valid_from), RuleProblem::WeeksOutOfRange),
            (
                Rule { valid_until: Some(date(2026, 10, 31)), ..good.clone() },
                RuleProblem::ExpiresBeforeItHolds,
            ),
            (Rule { pattern: once, ..good.clone() }, RuleProblem::NeverHolds),
            (Rule { valid_until: Some(date(2200, 1, 1)), ..good.clone() }, RuleProblem::NoSuchYear),
        ];
        for (rule, problem) in faults {
            assert_eq!(rule.check(), Err(problem));
        }
    }

    #[test]
    fn a_rule_is_a_document_and_unknown_fields_are_refused() {
        let text = r#"{"id":"r1","offers":["o1"],"modes":["in_person","phone"],
            "pattern":{"weekly":{"every":2,"weekday":"monday"}},"from":"08:00","to":"24:00",
            "valid_from":"2026-11-23","valid_until":"2027-11-23","except":["2026-12-21"]}"#;
        let read: Rule = serde_json::from_str(text).unwrap();
        assert_eq!(read.to, DayTime::END_OF_DAY);
        assert!(
            read.serves("o1") && !read.serves("o2") && read.allows(Mode::Phone) && !read.allows(Mode::Chat)
        );
        let written = serde_json::to_string(&read).unwrap();
        assert_eq!(serde_json::from_str::<Rule>(&written).unwrap(), read);
        for wrong in [
            text.replace("\"id\"", "\"colour\":1,\"id\""),
            text.replace("\"every\"", "\"colour\":1,\"every\""),
            text.replace("08:00", "08:02"),
            text.replace("phone", "pigeon"),
        ] {
            assert!(serde_json::from_str::<Rule>(&wrong).is_err(), "{wrong}");
        }
        let monthly = r#"{"monthly":{"nth":"last","weekday":"friday"}}"#;
        assert!(serde_json::from_str::<Pattern>(monthly).is_ok());
        assert!(serde_json::from_str::<Pattern>(&monthly.replace("last", "sixth")).is_err());
    }
}
