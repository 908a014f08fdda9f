//! Times of day in steps of five minutes.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize, de::Error as _};
use utoipa::ToSchema;

/// What the clock on the wall shows, in whole five minutes, `00:00` to `24:00`. The last is the end of a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, ToSchema)]
#[schema(value_type = String, example = "08:30")]
pub struct DayTime(u16);

/// Why a text is no time of day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum DayTimeProblem {
    /// It is not of the form `08:30`, or past `24:00`.
    #[error("expected a time from 00:00 to 24:00")]
    NotATime,
    /// The minutes are no multiple of five.
    #[error("expected a multiple of five minutes")]
    NotOnFiveMinutes,
}

impl DayTime {
    /// The first moment of a day.
    pub const MIDNIGHT: Self = Self(0);
    /// The end of a day, `24:00`.
    pub const END_OF_DAY: Self = Self(24 * 60);

    /// The time `hour:minute`.
    pub fn new(hour: u16, minute: u16) -> Result<Self, DayTimeProblem> {
        if hour > 24 || minute > 59 || (hour == 24 && minute > 0) {
            return Err(DayTimeProblem::NotATime);
        }
        if !minute.is_multiple_of(5) {
            return Err(DayTimeProblem::NotOnFiveMinutes);
        }
        Ok(Self(hour * 60 + minute))
    }

    /// The hour, 0 to 24.
    pub const fn hour(self) -> u16 {
        self.0 / 60
    }

    /// The minute, 0 to 55.
    pub const fn minute(self) -> u16 {
        self.0 % 60
    }

    /// Ticks that the clock has run since midnight, on a day without a change.
    pub(crate) fn ticks(self) -> i64 {
        i64::from(self.0 / 5)
    }

    pub(crate) fn from_ticks(ticks: i64) -> Option<Self> {
        u16::try_from(ticks).ok().filter(|ticks| *ticks <= 24 * 12).map(|ticks| Self(ticks * 5))
    }
}

impl FromStr for DayTime {
    type Err = DayTimeProblem;

    fn from_str(text: &str) -> Result<Self, DayTimeProblem> {
        let number = |digits: &str| {
            let two = digits.len() == 2 && digits.bytes().all(|digit| digit.is_ascii_digit());
            two.then(|| digits.parse().ok()).flatten().ok_or(DayTimeProblem::NotATime)
        };
        let (hour, minute) = text.split_once(':').ok_or(DayTimeProblem::NotATime)?;
        Self::new(number(hour)?, number(minute)?)
    }
}

impl fmt::Display for DayTime {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:02}:{:02}", self.hour(), self.minute())
    }
}

impl Serialize for DayTime {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for DayTime {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_of_day_is_hours_and_five_minutes_and_ends_at_twenty_four() {
        for right in ["00:00", "08:05", "23:55", "24:00"] {
            assert_eq!(right.parse::<DayTime>().unwrap().to_string(), right);
        }
        for wrong in ["", "8:00", "08:0", "24:05", "25:00", "08:60", "0８:00", "+8:00", "08:00:00", "08.00"]
        {
            assert_eq!(wrong.parse::<DayTime>(), Err(DayTimeProblem::NotATime), "{wrong:?}");
        }
        assert_eq!("08:03".parse::<DayTime>(), Err(DayTimeProblem::NotOnFiveMinutes));
        assert_eq!(DayTime::END_OF_DAY.to_string(), "24:00");
    }
}
