//! From which day to which day something is asked for.

use jiff::{ToSpan, civil::Date};
use serde::Deserialize;
use utoipa::IntoParams;
use webkit::problem::Problem;

use crate::{
    api::answer::wrong,
    availability::{LONGEST_HORIZON, is_day_of_ours},
};

/// Days of an address.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Days {
    /// First local day, as `2026-11-23`.
    from: Option<String>,
    /// Last local day, included; at most 366 days after the first.
    to: Option<String>,
}

impl Days {
    /// The first and the last day; `first` and so many days after it if nobody says otherwise.
    pub(super) fn read(&self, first: Date, days: i64) -> Result<(Date, Date), Problem> {
        let from = day(self.from.as_deref(), "from")?.unwrap_or(first);
        let to = day(self.to.as_deref(), "to")?.unwrap_or_else(|| from.saturating_add(days.days()));
        if to < from || to > from.saturating_add(i64::from(LONGEST_HORIZON).days()) {
            return Err(wrong("to", "Expected a day from the first one on, at most 366 days after it."));
        }
        Ok((from, to))
    }
}

fn day(text: Option<&str>, parameter: &'static str) -> Result<Option<Date>, Problem> {
    let Some(day) = crate::api::slots::day(text, parameter)? else { return Ok(None) };
    if is_day_of_ours(day) {
        Ok(Some(day))
    } else {
        Err(wrong(parameter, "Expected a day from 2000 to 2199."))
    }
}
