//! When somebody can be met: rules in local time, absences, closures, holidays, and the times an offer asks for.
//!
//! Owns what staff set and how it turns into stretches of UTC. Refuses to know what is booked: that is for `slots`.
//! Local time is Europe/Berlin throughout. A rule says "Mondays from nine to twelve" and means the clock on the wall:
//! the series keeps its local time when the clocks change, a time that the change skips is not there, and a time that
//! it repeats is there twice.

mod absence;
mod berlin;
mod daytime;
mod minutes;
mod modes;
mod offer;
mod open_hours;
mod public_holidays;
mod rule;
mod schema;

pub use absence::{Absence, Closure, LocalRange, RangeProblem};
pub(crate) use berlin::LocalDay;
pub use berlin::{Occurrence, berlin, is_day_of_ours, local_date};
pub use daytime::{DayTime, DayTimeProblem};
pub use minutes::{Minutes, MinutesProblem};
pub use modes::Modes;
pub use offer::{LONGEST_HORIZON, MOST_PLACES, OfferProblem, OfferTimes};
pub(crate) use open_hours::check as check_open_hours;
pub use open_hours::{MOST_OPEN_HOURS, OpenHour, OpenHoursProblem, OpenNow, open_now};
pub use public_holidays::{HolidayProblem, PublicHolidays};
pub use rule::{Nth, Pattern, Rule, RuleProblem};
