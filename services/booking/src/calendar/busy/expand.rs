//! From what a calendar says to spans.

use std::collections::{HashMap, HashSet};

use jiff::{
    Timestamp, ToSpan,
    civil::{Date, DateTime},
    tz::TimeZone,
};

use super::{
    Budget, BusyProblem,
    parts::{Event, Parts, Value},
    rule::Rule,
    when::{Length, When},
    zone::Zones,
};
use crate::Span;

/// All busy spans that touch `window`, in no order.
///
/// # Errors
/// [`BusyProblem`] when something is not understood or too much.
pub(super) fn spans(parts: &Parts, window: Span) -> Result<Vec<Span>, BusyProblem> {
    let mut work =
        Work { zones: Zones::new(&parts.zones)?, budget: Budget::new(), window, found: Vec::new() };
    let mut replaced: HashMap<&str, Dates> = HashMap::new();
    for event in &parts.events {
        if let Some(date) = &event.replaces {
            work.collect(date, "RECURRENCE-ID", replaced.entry(&event.uid).or_default())?;
        }
    }
    for value in &parts.busy {
        work.periods(value, "FREEBUSY")?;
    }
    let nothing = Dates::default();
    for event in parts.events.iter().filter(|event| !event.free) {
        let replaced = if event.replaces.is_none() { replaced.get(event.uid.as_str()) } else { None };
        work.event(event, replaced.unwrap_or(&nothing))?;
    }
    Ok(work.found)
}

struct Work<'a> {
    zones: Zones<'a>,
    budget: Budget,
    window: Span,
    found: Vec<Span>,
}

/// Dates of a series that do not count: by their instant, or by their day.
#[derive(Default)]
struct Dates {
    instants: HashSet<Timestamp>,
    days: HashSet<Date>,
}

impl Dates {
    fn contain(&self, at: Timestamp, local: DateTime) -> bool {
        self.instants.contains(&at) || self.days.contains(&local.date())
    }
}

impl Work<'_> {
    fn event(&mut self, event: &Event, replaced: &Dates) -> Result<(), BusyProblem> {
        let Some(start) = &event.start else { return Ok(()) };
        let (first, zone) = self.when(start, "DTSTART")?;
        let local = match first {
            When::Day(day) => day.to_datetime(jiff::civil::Time::midnight()),
            When::Local(local) => local,
            When::Utc(at) => zone.to_datetime(at),
        };
        let length = self.length(event, first, &zone)?;
        let mut except = Dates::default();
        for value in &event.except_dates {
            self.collect(value, "EXDATE", &mut except)?;
        }
        let left_out = |at: Timestamp, local| except.contain(at, local) || replaced.contain(at, local);

        for value in &event.more_dates {
            self.more_dates(value, length, &left_out)?;
        }
        let Some(at) = first.instant(&zone) else { return Ok(()) };
        if !left_out(at, local) {
            self.add(at, length, &zone)?;
        }
        // A replacement stands for one date, whatever it repeats of its series.
        if event.replaces.is_some() {
            return Ok(());
        }
        for rule in &event.rules {
            self.series(&Rule::parse(rule)?, local, length, &zone, &left_out)?;
        }
        Ok(())
    }

    fn series(
        &mut self,
        rule: &Rule,
        first: DateTime,
        length: Length,
        zone: &TimeZone,
        left_out: &impl Fn(Timestamp, DateTime) -> bool,
    ) -> Result<(), BusyProblem> {
        let reach = length.whole_days().min(7_000_000).days();
        let from = zone.to_datetime(self.window.from).date().saturating_sub(reach);
        let to = zone.to_datetime(self.window.to).date().saturating_add(1.day());
        // The first date counts, whether it fits the rule or not.
        let mut left = rule.count.map(|count| count - 1);
        let mut times = Vec::new();
        rule.days_after(first.date(), (from, to), &mut self.budget, |day| {
            if left == Some(0) {
                return Ok(false);
            }
            left = left.map(|left| left - 1);
            let local = day.to_datetime(first.time());
            let Some(at) = When::Local(local).instant(zone) else { return Ok(false) };
            let over = match rule.until {
                Some(When::Day(last)) => day > last,
                Some(When::Local(last)) => local > last,
                Some(When::Utc(last)) => at > last,
                None => false,
            };
            if !over && day >= from && !left_out(at, local) {
                times.push(at);
            }
            Ok(!over)
        })?;
        times.into_iter().try_for_each(|at| self.add(at, length, zone))
    }

    /// RDATE: dates like the first, or periods of their own.
    fn more_dates(
        &mut self,
        value: &Value,
        length: Length,
        left_out: &impl Fn(Timestamp, DateTime) -> bool,
    ) -> Result<(), BusyProblem> {
        if value.text.contains('/') {
            return self.periods(value, "RDATE");
        }
        let zone = self.zones.get(value.zone.as_deref())?;
        for text in value.text.split(',') {
            self.budget.spend()?;
            let when = When::parse(text.trim()).ok_or_else(|| BusyProblem::not_understood("RDATE", text))?;
            if let Some(at) = when.instant(&zone)
                && !left_out(at, zone.to_datetime(at))
            {
                self.add(at, length, &zone)?;
            }
        }
        Ok(())
    }

    /// `start/end` or `start/length`, parted by commas.
    fn periods(&mut self, value: &Value, property: &'static str) -> Result<(), BusyProblem> {
        let zone = self.zones.get(value.zone.as_deref())?;
        for text in value.text.split(',') {
            self.budget.spend()?;
            let span = text.trim().split_once('/').and_then(|(from, to)| {
                let from = When::parse(from)?.instant(&zone)?;
                let to = match When::parse(to) {
                    Some(to) => to.instant(&zone)?,
                    None => Length::parse(to)?.after(from, &zone)?,
                };
                Some(Span { from, to })
            });
            self.keep(span.ok_or_else(|| BusyProblem::not_understood(property, text))?);
        }
        Ok(())
    }

    fn length(&mut self, event: &Event, first: When, zone: &TimeZone) -> Result<Length, BusyProblem> {
        if let Some(text) = &event.duration {
            return Length::parse(text).ok_or_else(|| BusyProblem::not_understood("DURATION", text));
        }
        let Some(value) = &event.end else {
            return Ok(Length {
                days: i32::from(matches!(first, When::Day(_))),
                rest: jiff::SignedDuration::ZERO,
            });
        };
        let (end, its_zone) = self.when(value, "DTEND")?;
        if let (When::Day(first), When::Day(end)) = (first, end) {
            let days = first.until(end).map_or(0, |span| span.get_days());
            return Ok(Length { days: days.max(1), rest: jiff::SignedDuration::ZERO });
        }
        let from = first.instant(zone).ok_or_else(|| BusyProblem::not_understood("DTSTART", &value.text))?;
        let to = end.instant(&its_zone).ok_or_else(|| BusyProblem::not_understood("DTEND", &value.text))?;
        Ok(Length { days: 0, rest: to.duration_since(from).max(jiff::SignedDuration::ZERO) })
    }

    fn collect(
        &mut self,
        value: &Value,
        property: &'static str,
        dates: &mut Dates,
    ) -> Result<(), BusyProblem> {
        let zone = self.zones.get(value.zone.as_deref())?;
        for text in value.text.split(',').filter(|text| !text.trim().is_empty()) {
            self.budget.spend()?;
            let when = When::parse(text.trim()).ok_or_else(|| BusyProblem::not_understood(property, text))?;
            match when {
                When::Day(day) => _ = dates.days.insert(day),
                When::Local(_) | When::Utc(_) => dates.instants.extend(when.instant(&zone)),
            }
        }
        Ok(())
    }

    fn when(&mut self, value: &Value, property: &'static str) -> Result<(When, TimeZone), BusyProblem> {
        let when =
            When::parse(&value.text).ok_or_else(|| BusyProblem::not_understood(property, &value.text))?;
        let zone = match when {
            When::Day(_) => self.zones.home(),
            When::Local(_) => self.zones.get(value.zone.as_deref())?,
            When::Utc(_) => TimeZone::UTC,
        };
        Ok((when, zone))
    }

    fn add(&mut self, from: Timestamp, length: Length, zone: &TimeZone) -> Result<(), BusyProblem> {
        self.budget.spend()?;
        let to = length.after(from, zone).unwrap_or(Timestamp::MAX);
        self.keep(Span { from, to });
        Ok(())
    }

    fn keep(&mut self, span: Span) {
        if span.overlaps(&self.window) {
            self.found.push(span);
        }
    }
}
