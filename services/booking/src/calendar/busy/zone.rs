//! Time zones of foreign calendars: by their name in the database, by Microsoft's names, or as the calendar explains them.

use std::collections::HashMap;

use jiff::{
    civil::DateTime,
    tz::{Offset, TimeZone},
};

use super::{
    BusyProblem, excerpt,
    parts::{Observance, Zone},
    rule::{Frequency, Rule},
    when,
};

/// Where the project's calendars live.
const HOME: &str = "Europe/Berlin";

/// The zones of one calendar, each looked up once.
pub(super) struct Zones<'a> {
    explained: &'a [Zone],
    home: TimeZone,
    known: HashMap<String, TimeZone>,
}

impl<'a> Zones<'a> {
    pub(super) fn new(explained: &'a [Zone]) -> Result<Self, BusyProblem> {
        let home = TimeZone::get(HOME).map_err(|_| BusyProblem::UnknownZone(HOME.to_owned()))?;
        Ok(Self { explained, home, known: HashMap::new() })
    }

    /// Of times that name none.
    pub(super) fn home(&self) -> TimeZone {
        self.home.clone()
    }

    pub(super) fn get(&mut self, name: Option<&str>) -> Result<TimeZone, BusyProblem> {
        let Some(name) = name else { return Ok(self.home()) };
        if let Some(zone) = self.known.get(name) {
            return Ok(zone.clone());
        }
        let explained = || self.explained.iter().find(|zone| zone.name == name).and_then(as_explained);
        let zone = in_database(name)
            .or_else(|| windows(name).and_then(in_database))
            .or_else(explained)
            .ok_or_else(|| BusyProblem::UnknownZone(excerpt(name)))?;
        self.known.insert(name.to_owned(), zone.clone());
        Ok(zone)
    }
}

/// Some programs put a path of their own before the name: `/example.org/20050809_1/Europe/Berlin`.
fn in_database(name: &str) -> Option<TimeZone> {
    if name.len() > 200 || !name.is_ascii() {
        return None;
    }
    let parts: Vec<_> = name.split('/').filter(|part| !part.is_empty()).collect();
    if !name.starts_with('/') {
        return TimeZone::get(name).ok();
    }
    (1..=3).rev().filter(|count| *count <= parts.len()).find_map(|count| {
        let end = parts[parts.len() - count..].join("/");
        TimeZone::get(&end).ok()
    })
}

/// The zone as its newest offsets and rules describe it, for all years.
///
/// Times before the rule last changed may be off by an hour; they lie in the past.
fn as_explained(zone: &Zone) -> Option<TimeZone> {
    let newest = |daylight| {
        let of_kind = zone.observances.iter().filter(move |one| one.daylight == daylight);
        of_kind.max_by_key(|one| when::local(&one.start))
    };
    let standard = newest(false).or_else(|| newest(true))?;
    let offset = seconds(&standard.to)?;
    let Some(daylight) = newest(true).filter(|one| one.daylight && one.rule.is_some() && !standard.daylight)
    else {
        return Offset::from_seconds(offset).ok().map(TimeZone::fixed);
    };
    // As POSIX writes zones, where offsets count westwards.
    let (standard_west, daylight_west) = (clock(-offset), clock(-seconds(&daylight.to)?));
    let (begin, end) = (change(daylight)?, change(standard)?);
    TimeZone::posix(&format!("AAA{standard_west}BBB{daylight_west},{begin},{end}")).ok()
}

/// `M3.5.0/02:00:00`: when an offset begins, out of a yearly rule by month and weekday.
fn change(one: &Observance) -> Option<String> {
    let start: DateTime = when::local(&one.start)?;
    let rule = Rule::parse(one.rule.as_deref()?).ok()?;
    let ([month], [day]) = (rule.months.as_slice(), rule.days.as_slice()) else { return None };
    let week = match day.nth {
        Some(-1) => 5,
        Some(nth @ 1..=4) => nth,
        _ => return None,
    };
    if rule.frequency != Frequency::Yearly || rule.interval != 1 || !rule.month_days.is_empty() {
        return None;
    }
    let weekday = day.weekday.to_sunday_zero_offset();
    Some(format!("M{month}.{week}.{weekday}/{}", start.time().strftime("%H:%M:%S")))
}

fn clock(seconds: i32) -> String {
    let sign = if seconds < 0 { "-" } else { "" };
    let size = seconds.abs();
    format!("{sign}{:02}:{:02}:{:02}", size / 3600, size / 60 % 60, size % 60)
}

/// `+0100` or `-013000` in seconds.
fn seconds(offset: &str) -> Option<i32> {
    let (sign, digits) = match offset.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    if !matches!(digits.len(), 4 | 6) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let two = |at: usize| digits.get(at..at + 2).map_or(Some(0), |two| two.parse::<i32>().ok());
    Some(sign * (two(0)? * 3600 + two(2)? * 60 + two(4)?))
}

/// The names Windows gives to zones, as Outlook and Exchange write them.
const WINDOWS: [(&str, &str); 33] = [
    ("W. Europe Standard Time", "Europe/Berlin"),
    ("Romance Standard Time", "Europe/Paris"),
    ("Central Europe Standard Time", "Europe/Budapest"),
    ("Central European Standard Time", "Europe/Warsaw"),
    ("GMT Standard Time", "Europe/London"),
    ("Greenwich Standard Time", "Atlantic/Reykjavik"),
    ("FLE Standard Time", "Europe/Kyiv"),
    ("GTB Standard Time", "Europe/Bucharest"),
    ("E. Europe Standard Time", "Europe/Chisinau"),
    ("Kaliningrad Standard Time", "Europe/Kaliningrad"),
    ("Russian Standard Time", "Europe/Moscow"),
    ("Belarus Standard Time", "Europe/Minsk"),
    ("Turkey Standard Time", "Europe/Istanbul"),
    ("Israel Standard Time", "Asia/Jerusalem"),
    ("Egypt Standard Time", "Africa/Cairo"),
    ("South Africa Standard Time", "Africa/Johannesburg"),
    ("Morocco Standard Time", "Africa/Casablanca"),
    ("Syria Standard Time", "Asia/Damascus"),
    ("Arabic Standard Time", "Asia/Baghdad"),
    ("Arab Standard Time", "Asia/Riyadh"),
    ("Iran Standard Time", "Asia/Tehran"),
    ("Afghanistan Standard Time", "Asia/Kabul"),
    ("India Standard Time", "Asia/Kolkata"),
    ("China Standard Time", "Asia/Shanghai"),
    ("Tokyo Standard Time", "Asia/Tokyo"),
    ("AUS Eastern Standard Time", "Australia/Sydney"),
    ("Eastern Standard Time", "America/New_York"),
    ("Central Standard Time", "America/Chicago"),
    ("Mountain Standard Time", "America/Denver"),
    ("Pacific Standard Time", "America/Los_Angeles"),
    ("E. South America Standard Time", "America/Sao_Paulo"),
    ("tzone://Microsoft/Utc", "UTC"),
    ("Coordinated Universal Time", "UTC"),
];

fn windows(name: &str) -> Option<&'static str> {
    WINDOWS.iter().find(|(theirs, _)| *theirs == name).map(|(_, zone)| *zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_windows_name_leads_to_a_zone() {
        for (name, zone) in WINDOWS {
            assert!(in_database(zone).is_some(), "{name}");
        }
    }

    #[test]
    fn names_behind_a_path_are_found() {
        for name in ["/example.org/20050809_1/Europe/Berlin", "/x/America/Argentina/Salta", "/a/UTC"] {
            assert!(in_database(name).is_some(), "{name}");
        }
        for name in ["", "/", "Elsewhere", "../../etc/passwd", "/etc/passwd"] {
            assert!(in_database(name).is_none(), "{name}");
        }
    }

    #[test]
    fn offsets_are_read_to_the_second() {
        assert_eq!(seconds("+0100"), Some(3_600));
        assert_eq!(seconds("-013015"), Some(-5_415));
        for wrong in ["", "0100", "+1", "+01:00", "+ä10", "+01000"] {
            assert_eq!(seconds(wrong), None, "{wrong}");
        }
    }
}
