//! Dates, times and lengths as calendars write them.

use jiff::{
    SignedDuration, Timestamp,
    civil::{Date, DateTime, Time},
    tz::TimeZone,
};

/// A date, or a time that is either UTC or someone's local time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum When {
    Day(Date),
    Local(DateTime),
    Utc(Timestamp),
}

impl When {
    /// `20261123`, `20261123T080000` or `20261123T080000Z`.
    pub(super) fn parse(text: &str) -> Option<Self> {
        if let Some(day) = day(text) {
            return Some(Self::Day(day));
        }
        match text.strip_suffix(['Z', 'z']) {
            Some(text) => local(text)?.to_zoned(TimeZone::UTC).ok().map(|at| Self::Utc(at.timestamp())),
            None => local(text).map(Self::Local),
        }
    }

    /// The first instant it means in a zone. A local time that clocks jump over counts by the offset before, one that
    /// they show twice means the first (RFC 5545, 3.3.5).
    pub(super) fn instant(self, zone: &TimeZone) -> Option<Timestamp> {
        let local = match self {
            Self::Day(day) => day.to_datetime(Time::midnight()),
            Self::Local(local) => local,
            Self::Utc(at) => return Some(at),
        };
        zone.to_ambiguous_timestamp(local).compatible().ok()
    }
}

/// A local time.
pub(super) fn local(text: &str) -> Option<DateTime> {
    let (date, time) = text.split_once(['T', 't'])?;
    let date = day(date)?;
    if time.len() != 6 {
        return None;
    }
    let two = |at: usize| number::<i8>(time.get(at..at + 2)?);
    // A leap second has no place in a calendar; some are written all the same.
    let time = Time::new(two(0)?, two(2)?, two(4)?.min(59), 0).ok()?;
    Some(date.to_datetime(time))
}

fn day(text: &str) -> Option<Date> {
    if text.len() != 8 {
        return None;
    }
    Date::new(number(text.get(..4)?)?, number(text.get(4..6)?)?, number(text.get(6..)?)?).ok()
}

/// Digits only: `parse` alone would take a sign.
fn number<T: std::str::FromStr>(digits: &str) -> Option<T> {
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| digits.parse().ok()).flatten()
}

/// How long an event lasts. Days are days of the calendar, which may have 23 or 25 hours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Length {
    pub(super) days: i32,
    pub(super) rest: SignedDuration,
}

impl Length {
    /// `PT30M`, `P1DT2H`, `P2W`. Negative lengths are none.
    pub(super) fn parse(text: &str) -> Option<Self> {
        let text = text.strip_prefix('+').unwrap_or(text).strip_prefix(['P', 'p'])?;
        if text.is_empty() {
            return None;
        }
        let (date, time) = text.split_once(['T', 't']).unwrap_or((text, ""));
        let days = counted(date, &[('W', 7), ('D', 1)])?;
        let rest = counted(time, &[('H', 3_600), ('M', 60), ('S', 1)])?;
        let days = i32::try_from(days).ok().filter(|days| *days <= 100_000)?;
        Some(Self { days, rest: SignedDuration::from_secs(rest) })
    }

    /// The instant it ends that begins at `from`.
    pub(super) fn after(self, from: Timestamp, zone: &TimeZone) -> Option<Timestamp> {
        let begun = if self.days == 0 {
            from
        } else {
            let days = jiff::Span::new().try_days(self.days).ok()?;
            from.to_zoned(zone.clone()).checked_add(days).ok()?.timestamp()
        };
        begun.checked_add(self.rest).ok()
    }

    /// Not less days than it lasts.
    pub(super) fn whole_days(self) -> i64 {
        i64::from(self.days) + self.rest.as_secs() / 86_400 + 2
    }
}

/// The sum of `1H30M` and the like; each unit at most once and in order, numbers of up to six digits.
fn counted(text: &str, units: &[(char, i64)]) -> Option<i64> {
    let mut sum = 0;
    let mut rest = text;
    for &(unit, worth) in units {
        let end = rest.find(|character: char| !character.is_ascii_digit());
        if let Some(end) = end
            && rest[end..].starts_with([unit, unit.to_ascii_lowercase()])
        {
            let digits = &rest[..end];
            sum += if digits.len() <= 6 { number::<i64>(digits)? * worth } else { return None };
            rest = &rest[end + 1..];
        }
    }
    rest.is_empty().then_some(sum)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_days_and_a_rest() {
        let length = |days, secs| Some(Length { days, rest: SignedDuration::from_secs(secs) });
        assert_eq!(Length::parse("PT1H30M"), length(0, 5_400));
        assert_eq!(Length::parse("P1DT2S"), length(1, 2));
        assert_eq!(Length::parse("+P2W"), length(14, 0));
        assert_eq!(Length::parse("PT0S"), length(0, 0));
        for wrong in ["", "P", "1H", "-PT1H", "PT1M1H", "PT1H1H", "PTH", "P1Y", "PT99999999S", "PT1Hx", "PTä"]
        {
            assert_eq!(Length::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn times_have_one_form() {
        assert!(matches!(When::parse("20261123"), Some(When::Day(_))));
        assert!(matches!(When::parse("20261123T080000"), Some(When::Local(_))));
        assert!(matches!(When::parse("20261123T080060Z"), Some(When::Utc(_))));
        for wrong in
            ["", "2026112", "20261131", "+2261123", "20261123T0800", "20261123T250000", "20261123TäääZ"]
        {
            assert_eq!(When::parse(wrong), None, "{wrong}");
        }
    }
}
