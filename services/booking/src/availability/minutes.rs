//! Lengths of time in whole ticks.

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Minutes that make whole ticks: a multiple of five, at most a day.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, ToSchema,
)]
#[serde(try_from = "u16", into = "u16")]
#[schema(multiple_of = 5, maximum = 1440)]
pub struct Minutes(u16);

/// Why a number of minutes cannot be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MinutesProblem {
    /// It is no multiple of five.
    #[error("expected a multiple of five minutes")]
    NotOnFiveMinutes,
    /// It is longer than a day.
    #[error("expected at most 24 hours")]
    LongerThanADay,
}

impl Minutes {
    /// No time at all.
    pub const NONE: Self = Self(0);

    /// So many minutes.
    pub const fn new(minutes: u16) -> Result<Self, MinutesProblem> {
        if minutes > 24 * 60 {
            return Err(MinutesProblem::LongerThanADay);
        }
        if !minutes.is_multiple_of(5) {
            return Err(MinutesProblem::NotOnFiveMinutes);
        }
        Ok(Self(minutes))
    }

    /// The number.
    pub const fn get(self) -> u16 {
        self.0
    }

    /// The same as elapsed time.
    pub fn duration(self) -> SignedDuration {
        SignedDuration::from_mins(i64::from(self.0))
    }

    pub(crate) fn ticks(self) -> i64 {
        i64::from(self.0 / 5)
    }
}

impl TryFrom<u16> for Minutes {
    type Error = MinutesProblem;

    fn try_from(minutes: u16) -> Result<Self, MinutesProblem> {
        Self::new(minutes)
    }
}

impl From<Minutes> for u16 {
    fn from(minutes: Minutes) -> Self {
        minutes.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_make_whole_ticks() {
        assert_eq!(Minutes::new(45).unwrap().ticks(), 9);
        assert_eq!(Minutes::new(1440).unwrap().duration(), SignedDuration::from_hours(24));
        assert_eq!(Minutes::new(44), Err(MinutesProblem::NotOnFiveMinutes));
        assert_eq!(Minutes::new(1445), Err(MinutesProblem::LongerThanADay));
        assert!(serde_json::from_str::<Minutes>("44").is_err());
    }
}
