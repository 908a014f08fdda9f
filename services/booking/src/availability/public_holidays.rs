//! Whether a centre is closed on public holidays.

use std::collections::BTreeSet;

use contracts::directory::LandKey;
use holidays::Extent;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Which public holidays close a centre.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(default, deny_unknown_fields)]
pub struct PublicHolidays {
    /// Whether public holidays close it at all; they do unless somebody says otherwise.
    pub closed: bool,
    /// The Land whose law holds; none if nobody knows, and then no holiday closes the centre.
    #[schema(value_type = Option<String>, example = "09")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub land: Option<LandKey>,
    /// Codes of holidays ("corpus-christi") that hold in some municipalities of the Land only, this centre's among them.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub municipal: BTreeSet<String>,
}

impl Default for PublicHolidays {
    fn default() -> Self {
        Self { closed: true, land: None, municipal: BTreeSet::new() }
    }
}

/// What is wrong with what somebody says of holidays.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum HolidayProblem {
    /// Holidays are to close it, and nobody knows by which law.
    #[error("expected the key of a Land, 01 to 16")]
    NoLand,
    /// No municipality of the Land has such a holiday.
    #[error("no municipality of the Land has this holiday")]
    NotMunicipal,
}

impl PublicHolidays {
    /// Says what is wrong with it; the first thing if there are several.
    pub fn check(&self) -> Result<(), HolidayProblem> {
        let is_land = |land: LandKey| ("01"..="16").contains(&land.as_str());
        if !self.land.map_or(!self.closed, is_land) {
            return Err(HolidayProblem::NoLand);
        }
        self.unknown().map_or(Ok(()), |_| Err(HolidayProblem::NotMunicipal))
    }

    /// A holiday that it names although no municipality of its Land has it.
    ///
    /// The laws of one year are asked: which municipalities keep a holiday of their own has not changed since 2019.
    fn unknown(&self) -> Option<&str> {
        let of_land = self.land.map(|land| holidays::of_year(land, 2026)).unwrap_or_default();
        let known = |code: &str| {
            let mut municipal = of_land.iter().filter(|holiday| holiday.extent == Extent::Municipalities);
            municipal.any(|holiday| holiday.name.code() == code)
        };
        self.municipal.iter().map(String::as_str).find(|code| !known(code))
    }

    /// Whether the centre is closed on this day for a holiday.
    pub fn close(&self, day: Date) -> bool {
        self.between(day, day).contains(&day)
    }

    /// All days from `first` to `last`, both included, on which the centre is closed for a holiday.
    pub fn between(&self, first: Date, last: Date) -> BTreeSet<Date> {
        let Some(land) = self.land.filter(|_| self.closed) else { return BTreeSet::new() };
        (first.year()..=last.year())
            .flat_map(|year| holidays::of_year(land, year))
            .filter(|holiday| (first..=last).contains(&holiday.date))
            .filter(|holiday| match holiday.extent {
                Extent::Land => true,
                Extent::Municipalities => self.municipal.contains(holiday.name.code()),
            })
            .map(|holiday| holiday.date)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_centre_is_closed_by_the_law_of_its_land_unless_it_says_otherwise() {
        let saxony = PublicHolidays { land: Some("14".parse().unwrap()), ..PublicHolidays::default() };
        assert!(saxony.close(date(2026, 11, 18)) && !saxony.close(date(2026, 11, 19)));
        assert!(!PublicHolidays { closed: false, ..saxony.clone() }.close(date(2026, 11, 18)));
        assert!(!PublicHolidays { land: None, ..saxony }.close(date(2026, 11, 18)));
    }

    #[test]
    fn a_holiday_of_some_municipalities_closes_only_who_names_it() {
        let bavaria = PublicHolidays { land: Some("09".parse().unwrap()), ..PublicHolidays::default() };
        assert!(!bavaria.close(date(2026, 8, 8)));
        let augsburg = PublicHolidays { municipal: ["peace-of-augsburg".into()].into(), ..bavaria.clone() };
        assert!(augsburg.close(date(2026, 8, 8)) && !augsburg.close(date(2026, 8, 15)));
        // A code that means nothing in the Land closes nothing.
        let elsewhere = PublicHolidays { municipal: ["womens-day".into()].into(), ..bavaria };
        assert!(!elsewhere.close(date(2026, 3, 8)));
        assert_eq!((augsburg.unknown(), elsewhere.unknown()), (None, Some("womens-day")));
        let nowhere = PublicHolidays { land: None, ..augsburg };
        assert_eq!(nowhere.unknown(), Some("peace-of-augsburg"), "without a Land nothing is known");
    }

    #[test]
    fn who_closes_on_holidays_says_by_which_law() {
        let unsaid = PublicHolidays::default();
        assert_eq!(unsaid.check(), Err(HolidayProblem::NoLand));
        assert_eq!(PublicHolidays { closed: false, ..unsaid.clone() }.check(), Ok(()));
        let bavaria = PublicHolidays { land: Some("09".parse().unwrap()), ..unsaid.clone() };
        assert_eq!(bavaria.check(), Ok(()));
        let nowhere = PublicHolidays { land: Some("17".parse().unwrap()), ..unsaid };
        assert_eq!(nowhere.check(), Err(HolidayProblem::NoLand));
        let everywhere = PublicHolidays { municipal: ["new-year".into()].into(), ..bavaria };
        assert_eq!(everywhere.check(), Err(HolidayProblem::NotMunicipal));
    }

    #[test]
    fn holidays_are_found_across_the_end_of_the_year() {
        let hessen = PublicHolidays { land: Some("06".parse().unwrap()), ..PublicHolidays::default() };
        let days = hessen.between(date(2026, 12, 26), date(2027, 1, 1));
        assert_eq!(days, [date(2026, 12, 26), date(2027, 1, 1)].into());
    }
}
