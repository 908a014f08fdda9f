//! Where in a document something cannot be set, as a problem.

use webkit::problem::Problem;

use super::answer::unusable;
use crate::{
    availability::{HolidayProblem, OfferProblem, RangeProblem, RuleProblem},
    setting::{CentreProblem, HoursProblem, ListProblem, SettingProblem, Text},
};

/// What is wrong with the setting of an offer.
pub(super) fn offer(problem: SettingProblem) -> Problem {
    let field = match problem {
        SettingProblem::Times(problem) => match problem {
            OfferProblem::NoLength => "times/length",
            OfferProblem::NoStep => "times/step",
            OfferProblem::NoMode => "times/modes",
            OfferProblem::NoPlace | OfferProblem::TooManyPlaces => "times/capacity",
            OfferProblem::HorizonTooLong => "times/horizon_days",
            OfferProblem::NoticeBeyondHorizon => "times/notice_minutes",
            OfferProblem::LimitPerCounsellor => "times/limit_per_counsellor",
            OfferProblem::LimitPerDay => "times/limit_per_day",
        },
        SettingProblem::Reminders => "reminders",
        SettingProblem::Release => "release_minutes",
        SettingProblem::Grace => "grace_hours",
        SettingProblem::Text(Text::Bring) => "bring",
        SettingProblem::Text(Text::Arrival) => "arrival",
        SettingProblem::Text(Text::Data) => "data",
    };
    unusable(format!("/setting/{field}"), problem.to_string())
}

/// What is wrong with the setting of a centre.
pub(super) fn centre(problem: CentreProblem) -> Problem {
    let pointer = match problem {
        CentreProblem::Closures(problem) => in_list("/closures", problem),
        CentreProblem::Closure(at, problem) => format!("/closures/{at}/range{}", in_range(problem)),
        CentreProblem::Holidays(HolidayProblem::NoLand) => String::from("/holidays/land"),
        CentreProblem::Holidays(HolidayProblem::NotMunicipal) => String::from("/holidays/municipal"),
        CentreProblem::OpenHours(_) => String::from("/open_hours"),
        CentreProblem::Mail => String::from("/mail"),
    };
    unusable(pointer, problem.to_string())
}

/// What is wrong with hours.
pub(super) fn hours(problem: HoursProblem) -> Problem {
    let pointer = match problem {
        HoursProblem::Rules(problem) => in_list("/rules", problem),
        HoursProblem::Absences(problem) => in_list("/absences", problem),
        HoursProblem::Absence(at, problem) => format!("/absences/{at}/range{}", in_range(problem)),
        HoursProblem::Rule(at, problem) => {
            let field = match problem {
                RuleProblem::NoMode => "/modes",
                RuleProblem::EndsBeforeItBegins => "/to",
                RuleProblem::WeeksOutOfRange => "/pattern/weekly/every",
                RuleProblem::ExpiresBeforeItHolds => "/valid_until",
                RuleProblem::NeverHolds => "/pattern/once/date",
                RuleProblem::NoSuchYear => "",
            };
            format!("/rules/{at}{field}")
        }
    };
    unusable(pointer, problem.to_string())
}

fn in_list(list: &str, problem: ListProblem) -> String {
    match problem {
        ListProblem::TooMany => list.to_owned(),
        ListProblem::Id(at) => format!("{list}/{at}/id"),
    }
}

const fn in_range(problem: RangeProblem) -> &'static str {
    match problem {
        RangeProblem::EndsBeforeItBegins => "/to",
        RangeProblem::NotOnFiveMinutes | RangeProblem::NoSuchYear => "",
    }
}
