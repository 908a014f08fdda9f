//! Recurrence rules: which days a series falls on.
//!
//! Understood are the parts that calendars of people use: FREQ from DAILY to YEARLY, INTERVAL, COUNT, UNTIL, BYDAY, BYMONTHDAY,
//! BYMONTH, BYSETPOS and WKST. A rule is expanded period by period, and each day of a period is asked whether it fits.

use jiff::{
    ToSpan,
    civil::{Date, Weekday},
};

use super::{Budget, BusyProblem, when::When};

/// A recurrence rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Rule {
    pub(super) frequency: Frequency,
    pub(super) interval: i32,
    pub(super) count: Option<u32>,
    pub(super) until: Option<When>,
    pub(super) days: Vec<Day>,
    pub(super) month_days: Vec<i8>,
    pub(super) months: Vec<i8>,
    positions: Vec<i16>,
    week_start: Weekday,
}

/// How long a period of a rule is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Frequency {
    Daily,
    Weekly,
    Monthly,
    Yearly,
}

/// `MO`, `2MO` or `-1FR`: each such weekday, or only the n-th of its month or year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) nth: Option<i16>,
    pub(super) weekday: Weekday,
}

impl Rule {
    /// # Errors
    /// [`BusyProblem::NotUnderstood`] naming the part that is not.
    pub(super) fn parse(text: &str) -> Result<Self, BusyProblem> {
        let wrong = || BusyProblem::not_understood("RRULE", text);
        let mut frequency = None;
        let mut rule = Self {
            frequency: Frequency::Daily,
            interval: 1,
            count: None,
            until: None,
            days: Vec::new(),
            month_days: Vec::new(),
            months: Vec::new(),
            positions: Vec::new(),
            week_start: Weekday::Monday,
        };
        for part in text.split(';').filter(|part| !part.trim().is_empty()) {
            let not = || BusyProblem::not_understood("RRULE", part);
            let (name, value) = part.trim().split_once('=').ok_or_else(not)?;
            let value = value.to_ascii_uppercase();
            match name.to_ascii_uppercase().as_str() {
                "FREQ" => frequency = Some(Frequency::parse(&value).ok_or_else(not)?),
                "INTERVAL" => rule.interval = numbers(&value, 1..=10_000).and_then(one).ok_or_else(not)?,
                "COUNT" => rule.count = Some(numbers(&value, 1..=1_000_000).and_then(one).ok_or_else(not)?),
                "UNTIL" => rule.until = Some(When::parse(&value).ok_or_else(not)?),
                "BYDAY" => {
                    rule.days = value.split(',').map(Day::parse).collect::<Option<_>>().ok_or_else(not)?
                }
                "BYMONTHDAY" => rule.month_days = numbers(&value, -31..=31).ok_or_else(not)?,
                "BYMONTH" => rule.months = numbers(&value, 1..=12).ok_or_else(not)?,
                "BYSETPOS" => rule.positions = numbers(&value, -366..=366).ok_or_else(not)?,
                "WKST" => rule.week_start = weekday(&value).ok_or_else(not)?,
                _ => return Err(not()),
            }
        }
        rule.frequency = frequency.ok_or_else(wrong)?;
        let counts_days = rule.days.iter().any(|day| day.nth.is_some());
        let short = matches!(rule.frequency, Frequency::Daily | Frequency::Weekly);
        if (short && counts_days) || (rule.frequency == Frequency::Weekly && !rule.month_days.is_empty()) {
            return Err(wrong());
        }
        Ok(rule)
    }

    /// Calls `each` with the days of the series after its first day, in order, until that says stop. Nothing before
    /// `from` needs to be told, and nothing after `to` is; with a COUNT all days are, since they have to be counted.
    ///
    /// # Errors
    /// [`BusyProblem::TooManyDates`] when the budget is spent, or what `each` returns.
    pub(super) fn days_after(
        &self,
        first: Date,
        (from, to): (Date, Date),
        budget: &mut Budget,
        mut each: impl FnMut(Date) -> Result<bool, BusyProblem>,
    ) -> Result<(), BusyProblem> {
        let mut index = if self.count.is_some() { 0 } else { self.periods_before(first, from) };
        while let Some((begin, last)) = self.period(first, index) {
            if begin > to {
                return Ok(());
            }
            budget.spend()?;
            let mut fitting = Vec::new();
            let mut next = Some(begin);
            while let Some(day) = next.filter(|day| *day <= last) {
                budget.spend()?;
                // A whole month that does not fit is not looked at day by day.
                next = if self.fits_month(day, first) { Some(day) } else { Some(day.last_of_month()) }
                    .and_then(|day| day.tomorrow().ok());
                if self.fits(day, first) {
                    fitting.push(day);
                }
            }
            for day in self.chosen(fitting) {
                if day > to || (day > first && !each(day)?) {
                    return Ok(());
                }
            }
            index += 1;
        }
        Ok(())
    }

    /// A number of whole periods that end before `day`.
    fn periods_before(&self, first: Date, day: Date) -> i64 {
        let days = first.until(day).map_or(0, |span| i64::from(span.get_days()));
        let longest = match self.frequency {
            Frequency::Daily => 1,
            Frequency::Weekly => 7,
            Frequency::Monthly => 31,
            Frequency::Yearly => 366,
        };
        (days / (longest * i64::from(self.interval)) - 2).max(0)
    }

    /// The first and the last day of the period with this index; `None` after the end of time.
    fn period(&self, first: Date, index: i64) -> Option<(Date, Date)> {
        let steps = index.checked_mul(i64::from(self.interval))?;
        match self.frequency {
            Frequency::Daily => {
                let day = first.checked_add(jiff::Span::new().try_days(steps).ok()?).ok()?;
                Some((day, day))
            }
            Frequency::Weekly => {
                let into = i64::from(first.weekday().since(self.week_start));
                let days = jiff::Span::new().try_days(steps.checked_mul(7)?.checked_sub(into)?).ok()?;
                let begin = first.checked_add(days).ok()?;
                Some((begin, begin.checked_add(6.days()).ok()?))
            }
            Frequency::Monthly => {
                let months = jiff::Span::new().try_months(steps).ok()?;
                let begin = first.first_of_month().checked_add(months).ok()?;
                Some((begin, begin.last_of_month()))
            }
            Frequency::Yearly => {
                let years = jiff::Span::new().try_years(steps).ok()?;
                let begin = first.first_of_year().checked_add(years).ok()?;
                Some((begin, begin.last_of_year()))
            }
        }
    }

    fn fits_month(&self, day: Date, first: Date) -> bool {
        if self.months.is_empty() {
            // A yearly rule without any day falls on the first day's date.
            let yearly =
                self.frequency == Frequency::Yearly && self.days.is_empty() && self.month_days.is_empty();
            !yearly || day.month() == first.month()
        } else {
            self.months.contains(&day.month())
        }
    }

    fn fits(&self, day: Date, first: Date) -> bool {
        let in_month = if self.month_days.is_empty() {
            let whole = matches!(self.frequency, Frequency::Monthly | Frequency::Yearly);
            !whole || !self.days.is_empty() || day.day() == first.day()
        } else {
            self.month_days.contains(&day.day())
                || self.month_days.contains(&(day.day() - day.days_in_month() - 1))
        };
        let weekday = if self.days.is_empty() {
            self.frequency != Frequency::Weekly || day.weekday() == first.weekday()
        } else {
            self.days.iter().any(|rule| rule.weekday == day.weekday() && self.is_nth(day, rule.nth))
        };
        self.fits_month(day, first) && in_month && weekday
    }

    /// Whether a day is the n-th of its weekday in its month, or in its year where the rule names no month.
    fn is_nth(&self, day: Date, nth: Option<i16>) -> bool {
        let Some(nth) = nth else { return true };
        let (position, length) = if self.frequency == Frequency::Yearly && self.months.is_empty() {
            (day.day_of_year(), day.days_in_year())
        } else {
            (i16::from(day.day()), i16::from(day.days_in_month()))
        };
        if nth > 0 { (position - 1) / 7 + 1 == nth } else { (length - position) / 7 + 1 == -nth }
    }

    fn chosen(&self, fitting: Vec<Date>) -> Vec<Date> {
        if self.positions.is_empty() {
            return fitting;
        }
        let count = fitting.len();
        let wanted = |index: usize| {
            self.positions.iter().any(|&position| match usize::try_from(position) {
                Ok(position) => position == index + 1,
                Err(_) => usize::from(position.unsigned_abs()) == count - index,
            })
        };
        fitting.into_iter().enumerate().filter(|(index, _)| wanted(*index)).map(|(_, day)| day).collect()
    }
}

impl Frequency {
    fn parse(text: &str) -> Option<Self> {
        match text {
            "DAILY" => Some(Self::Daily),
            "WEEKLY" => Some(Self::Weekly),
            "MONTHLY" => Some(Self::Monthly),
            "YEARLY" => Some(Self::Yearly),
            _ => None,
        }
    }
}

impl Day {
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let (nth, name) = text.split_at_checked(text.len().checked_sub(2)?)?;
        let nth = if nth.is_empty() { None } else { Some(numbers(nth, -53..=53).and_then(one)?) };
        Some(Self { nth, weekday: weekday(name)? })
    }
}

fn weekday(text: &str) -> Option<Weekday> {
    Some(match text {
        "MO" => Weekday::Monday,
        "TU" => Weekday::Tuesday,
        "WE" => Weekday::Wednesday,
        "TH" => Weekday::Thursday,
        "FR" => Weekday::Friday,
        "SA" => Weekday::Saturday,
        "SU" => Weekday::Sunday,
        _ => return None,
    })
}

/// Whole numbers within `allowed`, parted by commas; 0 never has a meaning.
fn numbers<T: TryFrom<i32>>(text: &str, allowed: std::ops::RangeInclusive<i32>) -> Option<Vec<T>> {
    let number = |text: &str| {
        let number: i32 = text.trim().parse().ok()?;
        (number != 0 && allowed.contains(&number)).then(|| T::try_from(number).ok()).flatten()
    };
    text.split(',').map(number).collect()
}

fn one<T>(numbers: Vec<T>) -> Option<T> {
    <[T; 1]>::try_from(numbers).ok().map(|[number]| number)
}
