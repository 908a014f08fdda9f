//! Times at which nobody can be met although a rule says so.

use jiff::civil::{Date, DateTime};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::berlin::{hull, is_day_of_ours};
use crate::Span;

/// A stretch of local time, the end not included. Where the clocks are changed it means the longest stretch it can
/// mean: somebody who is away until 02:30 is away until the second 02:30.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LocalRange {
    /// The first moment.
    #[schema(value_type = String, example = "2026-12-24T00:00:00")]
    pub from: DateTime,
    /// The first moment after it.
    #[schema(value_type = String, example = "2027-01-02T00:00:00")]
    pub to: DateTime,
}

/// What is wrong with a range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum RangeProblem {
    /// It ends when it begins, or before.
    #[error("the end is not after the begin")]
    EndsBeforeItBegins,
    /// It begins or ends between two multiples of five minutes.
    #[error("expected times at a multiple of five minutes")]
    NotOnFiveMinutes,
    /// It lies outside of the years that can be meant.
    #[error("expected a day from 2000 to 2199")]
    NoSuchYear,
}

impl LocalRange {
    /// Whole days, both included; on the last day of the calendar it ends with that day's midnight.
    pub fn days(first: Date, last: Date) -> Self {
        let after = last.tomorrow().unwrap_or(last);
        Self { from: first.at(0, 0, 0, 0), to: after.at(0, 0, 0, 0) }
    }

    /// Says what is wrong with it.
    pub fn check(&self) -> Result<(), RangeProblem> {
        let ends = [self.from, self.to];
        let whole = |at: &DateTime| at.minute() % 5 == 0 && at.second() == 0 && at.subsec_nanosecond() == 0;
        let problems = [
            (!ends.iter().all(|at| is_day_of_ours(at.date())), RangeProblem::NoSuchYear),
            (!ends.iter().all(whole), RangeProblem::NotOnFiveMinutes),
            (self.to <= self.from, RangeProblem::EndsBeforeItBegins),
        ];
        problems.into_iter().find(|(found, _)| *found).map_or(Ok(()), |(_, problem)| Err(problem))
    }

    /// The stretch of UTC; an empty one if the range is empty.
    pub fn span(&self) -> Span {
        hull(self.from, self.to)
    }
}

/// A time at which a counsellor is away or a room cannot be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Absence {
    /// Its id: letters, digits, `-` and `_`. Whoever adds it makes it up.
    #[schema(max_length = 60)]
    pub id: String,
    /// From when until when.
    pub range: LocalRange,
}

/// A time at which the whole centre is closed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Closure {
    /// Its id: letters, digits, `-` and `_`. Whoever adds it makes it up.
    #[schema(max_length = 60)]
    pub id: String,
    /// From when until when.
    pub range: LocalRange,
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn whole_days_go_from_local_midnight_to_local_midnight() {
        let days = LocalRange::days(date(2026, 10, 24), date(2026, 10, 25));
        assert_eq!(days.span().from.to_string(), "2026-10-23T22:00:00Z");
        assert_eq!(days.span().to.to_string(), "2026-10-25T23:00:00Z");
        assert_eq!(days.check(), Ok(()));
        let backwards = LocalRange::days(date(2026, 10, 25), date(2026, 10, 24));
        assert_eq!(backwards.check(), Err(RangeProblem::EndsBeforeItBegins));
        let odd = LocalRange { to: date(2026, 10, 25).at(9, 3, 0, 0), ..days.clone() };
        assert_eq!(odd.check(), Err(RangeProblem::NotOnFiveMinutes));
        let long_ago = LocalRange { from: date(1999, 12, 31).at(0, 0, 0, 0), ..days };
        assert_eq!(long_ago.check(), Err(RangeProblem::NoSuchYear));
    }
}
