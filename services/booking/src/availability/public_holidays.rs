//! Whether a centre is closed on public holidays.

use std::collections::BTreeSet;

use contracts::directory::LandKey;
use holidays::{Extent, Name};
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
    /// Some municipalities have no such holiday of their own.
    #[error("expected codes of holidays that some municipalities have")]
    NotMunicipal,
}

/// Holidays that the laws leave to some municipalities.
const MUNICIPAL: [Name; 3] = [Name::PeaceOfAugsburg, Name::Assumption, Name::CorpusChristi];

impl PublicHolidays {
    /// Says what is wrong with it; the first thing if there are several.
    pub fn check(&self) -> Result<(), HolidayProblem> {
        let is_land = |land: LandKey| ("01"..="16").contains(&land.as_str());
        if !self.land.map_or(!self.closed, is_land) {
            return Err(HolidayProblem::NoLand);
        }
        let is_municipal = |code: &String| MUNICIPAL.iter().any(|name| name.code() == code);
        if self.municipal.iter().all(is_municipal) { Ok(()) } else { Err(HolidayProblem::NotMunicipal) }
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
    fn the_municipal_holidays_are_those_of_the_law() {
        let laender = (1..=16).map(|land| format!("{land:02}").parse().unwrap());
        let found: BTreeSet<_> = laender
            .flat_map(|land| holidays::of_year(land, 2026))
            .filter(|holiday| holiday.extent == Extent::Municipalities)
            .map(|holiday| holiday.name.code())
            .collect();
        assert_eq!(found, MUNICIPAL.iter().map(|name| name.code()).collect());
    }

    #[test]
    fn holidays_are_found_across_the_end_of_the_year() {
        let hessen = PublicHolidays { land: Some("06".parse().unwrap()), ..PublicHolidays::default() };
        let days = hessen.between(date(2026, 12, 26), date(2027, 1, 1));
        assert_eq!(days, [date(2026, 12, 26), date(2027, 1, 1)].into());
    }
}
