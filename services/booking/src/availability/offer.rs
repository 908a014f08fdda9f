//! The times an offer asks for.

use std::collections::BTreeSet;

use jiff::SignedDuration;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Minutes, Modes};

/// How many days ahead an offer can be booked at most.
pub const LONGEST_HORIZON: u16 = 366;
/// Most places of a meeting, and most meetings or bookings of a day that a limit can name.
pub const MOST_PLACES: u16 = 500;

/// How long the appointments of an offer are, when they may begin and how many there may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OfferTimes {
    /// Length of the appointment itself.
    pub length: Minutes,
    /// Time claimed before it.
    #[serde(default)]
    pub buffer_before: Minutes,
    /// Time claimed after it.
    #[serde(default)]
    pub buffer_after: Minutes,
    /// Time from one possible begin to the next, counted on the local clock from the begin of the rule.
    pub step: Minutes,
    /// Least time from booking to begin, in minutes of elapsed time.
    #[serde(default)]
    pub notice_minutes: u32,
    /// Last local day that can be booked, counted from today; 0 is today only.
    #[schema(maximum = 366)]
    pub horizon_days: u16,
    /// How it can take place.
    pub modes: Modes,
    /// Places of one meeting; 1 for a talk in private.
    #[serde(default = "one")]
    #[schema(minimum = 1, maximum = 500)]
    pub capacity: u16,
    /// Most meetings a counsellor has on a local day, of all offers, for this offer still to be booked with her. A group is
    /// one meeting, and more may join it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 500)]
    pub limit_per_counsellor: Option<u16>,
    /// Most bookings of this offer on a local day, with all counsellors together.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(minimum = 1, maximum = 500)]
    pub limit_per_day: Option<u16>,
    /// Rooms, of which one must be free for a meeting in person; empty if none is needed.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub rooms: BTreeSet<String>,
}

/// What is wrong with the times of an offer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OfferProblem {
    /// The appointment has no length.
    #[error("the appointment has no length")]
    NoLength,
    /// There is no time from one begin to the next.
    #[error("the step is zero")]
    NoStep,
    /// There is no way for it to take place.
    #[error("no mode is chosen")]
    NoMode,
    /// Nobody can take part.
    #[error("the capacity is zero")]
    NoPlace,
    /// More than [`MOST_PLACES`] can take part.
    #[error("the capacity is larger than 500")]
    TooManyPlaces,
    /// It can be booked further ahead than [`LONGEST_HORIZON`].
    #[error("the horizon is longer than a year")]
    HorizonTooLong,
    /// Notice is so long that no day of the horizon is left.
    #[error("the notice is longer than the horizon")]
    NoticeBeyondHorizon,
    /// The limit per counsellor lets nobody in, or is more than [`MOST_PLACES`].
    #[error("expected a limit from 1 to 500")]
    LimitPerCounsellor,
    /// The limit per day, likewise.
    #[error("expected a limit from 1 to 500")]
    LimitPerDay,
}

impl OfferTimes {
    /// Says what is wrong with them; the first thing if there are several.
    pub fn check(&self) -> Result<(), OfferProblem> {
        let reach = (u32::from(self.horizon_days) + 1) * 24 * 60;
        let problems = [
            (self.length == Minutes::NONE, OfferProblem::NoLength),
            (self.step == Minutes::NONE, OfferProblem::NoStep),
            (self.modes.is_empty(), OfferProblem::NoMode),
            (self.capacity == 0, OfferProblem::NoPlace),
            (self.horizon_days > LONGEST_HORIZON, OfferProblem::HorizonTooLong),
            (self.notice_minutes >= reach, OfferProblem::NoticeBeyondHorizon),
            (self.capacity > MOST_PLACES, OfferProblem::TooManyPlaces),
            (is_no_limit(self.limit_per_counsellor), OfferProblem::LimitPerCounsellor),
            (is_no_limit(self.limit_per_day), OfferProblem::LimitPerDay),
        ];
        problems.into_iter().find(|(found, _)| *found).map_or(Ok(()), |(_, problem)| Err(problem))
    }

    /// Least time from booking to begin.
    pub fn notice(&self) -> SignedDuration {
        SignedDuration::from_mins(i64::from(self.notice_minutes))
    }
}

fn is_no_limit(limit: Option<u16>) -> bool {
    limit.is_some_and(|limit| !(1..=MOST_PLACES).contains(&limit))
}

const fn one() -> u16 {
    1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn talk() -> OfferTimes {
        serde_json::from_str(r#"{"length":60,"step":30,"horizon_days":60,"modes":["phone"]}"#).unwrap()
    }

    #[test]
    fn times_of_an_offer_are_stored_as_a_document_and_unknown_fields_refused() {
        assert_eq!(talk().capacity, 1);
        let text = serde_json::to_string(&talk()).unwrap();
        assert_eq!(serde_json::from_str::<OfferTimes>(&text).unwrap(), talk());
        let unknown = text.replace("\"step\"", "\"colour\":1,\"step\"");
        assert!(serde_json::from_str::<OfferTimes>(&unknown).is_err());
    }

    #[test]
    fn every_fault_of_an_offer_has_a_name() {
        assert_eq!(talk().check(), Ok(()));
        let faults = [
            (OfferTimes { length: Minutes::NONE, ..talk() }, OfferProblem::NoLength),
            (OfferTimes { step: Minutes::NONE, ..talk() }, OfferProblem::NoStep),
            (OfferTimes { modes: Modes::NONE, ..talk() }, OfferProblem::NoMode),
            (OfferTimes { capacity: 0, ..talk() }, OfferProblem::NoPlace),
            (OfferTimes { horizon_days: 367, ..talk() }, OfferProblem::HorizonTooLong),
            (
                OfferTimes { horizon_days: 0, notice_minutes: 1440, ..talk() },
                OfferProblem::NoticeBeyondHorizon,
            ),
            (OfferTimes { capacity: 501, ..talk() }, OfferProblem::TooManyPlaces),
            (OfferTimes { limit_per_day: Some(0), ..talk() }, OfferProblem::LimitPerDay),
            (OfferTimes { limit_per_day: Some(501), ..talk() }, OfferProblem::LimitPerDay),
            (OfferTimes { limit_per_counsellor: Some(0), ..talk() }, OfferProblem::LimitPerCounsellor),
        ];
        for (times, problem) in faults {
            assert_eq!(times.check(), Err(problem));
        }
    }
}
