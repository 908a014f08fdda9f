//! Busy times out of a calendar that somebody else wrote.
//!
//! The text is read line by line and only what decides about time is looked at. Own code and not the `icalendar` crate,
//! whose reader builds a tree of everything by recursion; and not the `rrule` crate, which brings a second time zone
//! database and cannot be held to a budget over a whole file. Whatever is not understood is an error that says what it
//! was: a guess would offer times that are taken.

mod expand;
mod lines;
mod parts;
mod rule;
mod when;
mod zone;

use jiff::SignedDuration;

use crate::Span;

/// Longest calendar in bytes.
pub const LARGEST: usize = 5 * 1024 * 1024;

/// Longest stretch that busy times are read for.
pub const WINDOW: SignedDuration = SignedDuration::from_hours(400 * 24);

/// Most components (events, alarms, time zones and their parts) of a calendar.
const COMPONENTS: usize = 20_000;

/// How deep components may lie in each other; a calendar needs three.
const DEPTH: usize = 8;

/// Days looked at while recurring events of one calendar are expanded, and times found: what bounds the work.
const BUDGET: u32 = 4_000_000;

/// Why the busy times of a calendar could not be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BusyProblem {
    /// Larger than [`LARGEST`].
    #[error("the calendar is too large")]
    TooLarge,
    /// It does not begin as a calendar does: a sign-in page, perhaps.
    #[error("this is no calendar")]
    NoCalendar,
    /// It ends before its end.
    #[error("the calendar is cut off")]
    CutOff,
    /// More components than any calendar has, or nested deeper.
    #[error("the calendar has too many entries")]
    TooManyEntries,
    /// Recurring events with more dates than can be looked at.
    #[error("the calendar has too many recurring dates")]
    TooManyDates,
    /// A property has a value that is not understood: the property, and the beginning of the value.
    #[error("{property} is not understood: {value}")]
    NotUnderstood {
        /// Its name.
        property: &'static str,
        /// The beginning of its value, in printable characters.
        value: String,
    },
    /// A time zone that is neither known nor explained: its name's beginning.
    #[error("the time zone is not known: {0}")]
    UnknownZone(String),
    /// The window is longer than [`WINDOW`], a fault of the program that asked.
    #[error("busy times are read for at most 400 days")]
    Window,
}

impl BusyProblem {
    fn not_understood(property: &'static str, value: &str) -> Self {
        Self::NotUnderstood { property, value: excerpt(value) }
    }
}

/// When the owner of this calendar is busy inside of `window`: in ascending order, merged, cut to the window.
///
/// Free, transparent and cancelled events do not count. All-day events and times without a zone are times of
/// Europe/Berlin.
///
/// # Errors
/// [`BusyProblem`]; no part of the calendar is used then.
pub fn read(calendar: &[u8], window: Span) -> Result<Vec<Span>, BusyProblem> {
    read_but(calendar, window, |_| false)
}

/// The same without the events whose UID is `ours`: what she has with us is known already and must not count twice.
///
/// # Errors
/// [`BusyProblem`]; no part of the calendar is used then.
pub fn read_but(
    calendar: &[u8],
    window: Span,
    ours: impl Fn(&str) -> bool,
) -> Result<Vec<Span>, BusyProblem> {
    if calendar.len() > LARGEST {
        return Err(BusyProblem::TooLarge);
    }
    if window.to.duration_since(window.from) > WINDOW {
        return Err(BusyProblem::Window);
    }
    let mut parts = parts::read(&String::from_utf8_lossy(calendar))?;
    parts.events.retain(|event| !ours(&event.uid));
    Ok(merged(expand::spans(&parts, window)?, window))
}

fn merged(mut spans: Vec<Span>, window: Span) -> Vec<Span> {
    spans.sort_unstable();
    let mut merged: Vec<Span> = Vec::new();
    for span in spans {
        let (from, to) = (span.from.max(window.from), span.to.min(window.to));
        match merged.last_mut() {
            _ if from >= to => {}
            Some(last) if from <= last.to => last.to = last.to.max(to),
            _ => merged.push(Span { from, to }),
        }
    }
    merged
}

/// What is shown of a value: enough to find it, nothing that could turn a page around.
fn excerpt(value: &str) -> String {
    super::text::clean_line(value, 60)
}

/// What the work on one calendar may still cost.
struct Budget(u32);

impl Budget {
    fn new() -> Self {
        Self(BUDGET)
    }

    fn spend(&mut self) -> Result<(), BusyProblem> {
        self.0 = self.0.checked_sub(1).ok_or(BusyProblem::TooManyDates)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests;
