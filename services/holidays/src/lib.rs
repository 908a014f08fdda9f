//! Public holidays of the sixteen Länder, computed from their laws.
//!
//! Owns the dates; what a holiday means for opening hours or appointments is decided by who asks. Sundays and
//! "silent days" that are working days are not holidays here.

use contracts::directory::LandKey;
use jiff::{
    ToSpan,
    civil::{Date, date},
};

/// A public holiday.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Holiday {
    /// The day.
    pub date: Date,
    /// Which one it is.
    pub name: Name,
    /// Where in the Land it holds.
    pub extent: Extent,
}

/// Where in a Land a holiday holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Extent {
    /// Everywhere.
    Land,
    /// In some municipalities only, which the Land's law names; a centre has to say whether it is one of them.
    Municipalities,
}

/// The holidays there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Name {
    NewYear,
    Epiphany,
    WomensDay,
    GoodFriday,
    EasterSunday,
    EasterMonday,
    LabourDay,
    LiberationDay,
    Ascension,
    WhitSunday,
    WhitMonday,
    CorpusChristi,
    UprisingOf1953,
    PeaceOfAugsburg,
    Assumption,
    ChildrensDay,
    GermanUnity,
    Reformation,
    AllSaints,
    Repentance,
    ChristmasDay,
    SecondChristmasDay,
}

impl Name {
    /// The name's code, for message ids ("good-friday").
    pub const fn code(self) -> &'static str {
        match self {
            Self::NewYear => "new-year",
            Self::Epiphany => "epiphany",
            Self::WomensDay => "womens-day",
            Self::GoodFriday => "good-friday",
            Self::EasterSunday => "easter-sunday",
            Self::EasterMonday => "easter-monday",
            Self::LabourDay => "labour-day",
            Self::LiberationDay => "liberation-day",
            Self::Ascension => "ascension",
            Self::WhitSunday => "whit-sunday",
            Self::WhitMonday => "whit-monday",
            Self::CorpusChristi => "corpus-christi",
            Self::UprisingOf1953 => "uprising-of-1953",
            Self::PeaceOfAugsburg => "peace-of-augsburg",
            Self::Assumption => "assumption",
            Self::ChildrensDay => "childrens-day",
            Self::GermanUnity => "german-unity",
            Self::Reformation => "reformation",
            Self::AllSaints => "all-saints",
            Self::Repentance => "repentance",
            Self::ChristmasDay => "christmas-day",
            Self::SecondChristmasDay => "second-christmas-day",
        }
    }
}

/// The holidays of a Land in a year, by date. The laws are those in force since 2019; earlier years may differ.
pub fn of_year(land: LandKey, year: i16) -> Vec<Holiday> {
    let mut days: Vec<Holiday> = RULES
        .iter()
        .filter_map(|rule| {
            let extent = rule.extent(land.as_str(), year)?;
            Some(Holiday { date: rule.day.in_year(year), name: rule.name, extent })
        })
        .collect();
    days.sort();
    days
}

/// The holiday on a day, if it is one everywhere in the Land.
pub fn on(land: LandKey, day: Date) -> Option<Holiday> {
    of_year(land, day.year())
        .into_iter()
        .find(|holiday| holiday.date == day && holiday.extent == Extent::Land)
}

/// When in the year a holiday lies.
enum Day {
    /// On a fixed date: month, day.
    Fixed(i8, i8),
    /// Days after Easter Sunday.
    Easter(i32),
    /// The Wednesday before 23 November.
    Repentance,
}

/// Which holiday lies where, and whose law says so.
struct Rule {
    name: Name,
    day: Day,
    /// Keys of the Länder where it holds everywhere; empty for all.
    lands: &'static [&'static str],
    /// Keys of the Länder where it holds in some municipalities.
    parts: &'static [&'static str],
    /// The first year, per law of the Land; 0 for long before this program.
    since: &'static [(&'static str, i16)],
    /// Only in this year.
    once: Option<i16>,
}

impl Rule {
    const fn everywhere(name: Name, day: Day) -> Self {
        Self { name, day, lands: &[], parts: &[], since: &[], once: None }
    }

    const fn only_in(name: Name, day: Day, lands: &'static [&'static str]) -> Self {
        Self { name, day, lands, parts: &[], since: &[], once: None }
    }

    fn extent(&self, land: &str, year: i16) -> Option<Extent> {
        let begun = self.since.iter().all(|&(key, first)| key != land || year >= first);
        if !begun || self.once.is_some_and(|only| only != year) {
            return None;
        }
        if self.parts.contains(&land) {
            return Some(Extent::Municipalities);
        }
        let everywhere = self.lands.is_empty() && self.parts.is_empty();
        (everywhere || self.lands.contains(&land)).then_some(Extent::Land)
    }
}

/// Sources: the holiday acts of the Länder (FTG BW, FTG BY, FeiertG BE, FTG BB, FeiertG HB, FeiertG HH, HFeiertagsG,
/// FTG MV, NFeiertagsG, FeiertG NW, LFtG RP, SFG SL, SächsSFG, FeiertG LSA, SFTG SH, ThürFGtG) and, for 3 October, the
/// Unification Treaty.
const RULES: &[Rule] = &[
    Rule::everywhere(Name::NewYear, Day::Fixed(1, 1)),
    Rule::only_in(Name::Epiphany, Day::Fixed(1, 6), &["08", "09", "15"]),
    Rule {
        since: &[("11", 2019), ("13", 2023)],
        ..Rule::only_in(Name::WomensDay, Day::Fixed(3, 8), &["11", "13"])
    },
    Rule::everywhere(Name::GoodFriday, Day::Easter(-2)),
    Rule::only_in(Name::EasterSunday, Day::Easter(0), &["12"]),
    Rule::everywhere(Name::EasterMonday, Day::Easter(1)),
    Rule::everywhere(Name::LabourDay, Day::Fixed(5, 1)),
    Rule { once: Some(2020), ..Rule::only_in(Name::LiberationDay, Day::Fixed(5, 8), &["11"]) },
    Rule { once: Some(2025), ..Rule::only_in(Name::LiberationDay, Day::Fixed(5, 8), &["11"]) },
    Rule::everywhere(Name::Ascension, Day::Easter(39)),
    Rule::only_in(Name::WhitSunday, Day::Easter(49), &["12"]),
    Rule::everywhere(Name::WhitMonday, Day::Easter(50)),
    Rule {
        parts: &["14", "16"],
        ..Rule::only_in(Name::CorpusChristi, Day::Easter(60), &["05", "06", "07", "08", "09", "10"])
    },
    Rule { once: Some(2028), ..Rule::only_in(Name::UprisingOf1953, Day::Fixed(6, 17), &["11"]) },
    Rule { parts: &["09"], ..Rule::everywhere(Name::PeaceOfAugsburg, Day::Fixed(8, 8)) },
    Rule { parts: &["09"], ..Rule::only_in(Name::Assumption, Day::Fixed(8, 15), &["10"]) },
    Rule { since: &[("16", 2019)], ..Rule::only_in(Name::ChildrensDay, Day::Fixed(9, 20), &["16"]) },
    Rule::everywhere(Name::GermanUnity, Day::Fixed(10, 3)),
    Rule {
        since: &[("01", 2018), ("02", 2018), ("03", 2018), ("04", 2018)],
        ..Rule::only_in(
            Name::Reformation,
            Day::Fixed(10, 31),
            &["01", "02", "03", "04", "12", "13", "14", "15", "16"],
        )
    },
    Rule::only_in(Name::AllSaints, Day::Fixed(11, 1), &["05", "07", "08", "09", "10"]),
    Rule::only_in(Name::Repentance, Day::Repentance, &["14"]),
    Rule::everywhere(Name::ChristmasDay, Day::Fixed(12, 25)),
    Rule::everywhere(Name::SecondChristmasDay, Day::Fixed(12, 26)),
];

impl Day {
    fn in_year(&self, year: i16) -> Date {
        match *self {
            Self::Fixed(month, day) => date(year, month, day),
            Self::Easter(after) => easter_sunday(year).saturating_add(after.days()),
            Self::Repentance => {
                let last = date(year, 11, 22);
                let past_wednesday = (i32::from(last.weekday().to_monday_zero_offset()) + 5) % 7;
                last.saturating_sub(past_wednesday.days())
            }
        }
    }
}

/// Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876).
fn easter_sunday(year: i16) -> Date {
    let year_number = i32::from(year);
    let (a, b, c) = (year_number % 19, year_number / 100, year_number % 100);
    let (d, e) = (b / 4, b % 4);
    let g = (b - (b + 8) / 25 + 1) / 3;
    let h = (19 * a + b - d - g + 15) % 30;
    let (i, k) = (c / 4, c % 4);
    let l = (32 + 2 * e + 2 * i - h - k) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let after_march_first = h + l - 7 * m + 21;
    date(year, 3, 1).saturating_add(after_march_first.days())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn land(key: &str) -> LandKey {
        key.parse().unwrap()
    }

    fn names(key: &str, year: i16) -> Vec<Name> {
        let days = of_year(land(key), year);
        days.into_iter().filter(|day| day.extent == Extent::Land).map(|day| day.name).collect()
    }

    #[test]
    fn easter_falls_where_the_almanac_says() {
        for (year, month, day) in [
            (2000, 4, 23),
            (2008, 3, 23),
            (2011, 4, 24),
            (2024, 3, 31),
            (2025, 4, 20),
            (2026, 4, 5),
            (2027, 3, 28),
            (2038, 4, 25),
        ] {
            assert_eq!(easter_sunday(year), date(year, month, day));
        }
    }

    #[test]
    fn the_day_of_repentance_is_the_wednesday_before_23_november() {
        for (year, day) in [(2022, 16), (2023, 22), (2024, 20), (2025, 19), (2026, 18), (2027, 17)] {
            assert_eq!(Day::Repentance.in_year(year), date(year, 11, day));
        }
    }

    #[test]
    fn every_land_has_as_many_holidays_as_its_law_names() {
        // Without those that hold in some municipalities only.
        let counts = [
            ("01", 10),
            ("02", 10),
            ("03", 10),
            ("04", 10),
            ("05", 11),
            ("06", 10),
            ("07", 11),
            ("08", 12),
            ("09", 12),
            ("10", 12),
            ("11", 10),
            ("12", 12),
            ("13", 11),
            ("14", 11),
            ("15", 11),
            ("16", 11),
        ];
        for (key, count) in counts {
            assert_eq!(names(key, 2026).len(), count, "Land {key}");
        }
    }

    #[test]
    fn a_holiday_begins_with_its_law() {
        assert!(
            !names("13", 2022).contains(&Name::WomensDay) && names("13", 2023).contains(&Name::WomensDay)
        );
        assert!(
            names("11", 2025).contains(&Name::LiberationDay)
                && !names("11", 2026).contains(&Name::LiberationDay)
        );
    }

    #[test]
    fn what_holds_in_some_places_only_closes_no_centre_by_itself() {
        assert_eq!(on(land("09"), date(2026, 8, 15)), None);
        assert_eq!(on(land("10"), date(2026, 8, 15)).map(|day| day.name), Some(Name::Assumption));
        let parts = of_year(land("14"), 2026).into_iter().filter(|day| day.extent == Extent::Municipalities);
        assert_eq!(parts.map(|day| day.name).collect::<Vec<_>>(), [Name::CorpusChristi]);
    }
}
