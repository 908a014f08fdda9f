//! What a change of availability would do, before it is saved.

use std::collections::{BTreeMap, BTreeSet};

use contracts::directory::Mode;
use jiff::ToSpan;

use super::{Question, slots};
use crate::{
    Span,
    availability::{Modes, local_date},
};

/// An appointment that exists, as far as it matters whether availability covers it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Appointment {
    /// Its id.
    pub id: String,
    /// Id of its offer.
    pub offer: String,
    /// Id of its counsellor.
    pub resource: String,
    /// Id of its room.
    pub room: Option<String>,
    /// When it is, without buffers.
    pub span: Span,
    /// How it takes place.
    pub mode: Mode,
}

/// What a change would do. Nothing of it is done by looking at it, and a conflict is for people to resolve: no change of
/// availability ever moves or cancels an appointment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preview {
    /// Times that could be booked newly, by begin and counsellor.
    pub added: Vec<Change>,
    /// Times that could not be booked any more.
    pub removed: Vec<Change>,
    /// Appointments that were covered before the change and would not be after it, by begin.
    pub conflicts: Vec<Conflict>,
}

/// A time of a counsellor that comes or goes.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// The time.
    pub span: Span,
    /// Whose it is.
    pub resource: String,
    /// In which modes it comes or goes.
    pub modes: Modes,
}

/// An appointment that a change leaves outside of all availability.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conflict {
    /// The appointment.
    pub appointment: Appointment,
    /// Why it is not covered.
    pub reason: Uncovered,
}

/// Why an appointment is not covered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Uncovered {
    /// The counsellor is not among those asked about.
    NoCounsellor,
    /// No rule of hers says that she can be met then, for this offer and in this mode.
    NoRule,
    /// She is away.
    Absence,
    /// Its room cannot be used.
    Room,
    /// The centre is closed.
    Closure,
    /// It is a public holiday on which the centre is closed.
    PublicHoliday,
    /// The offer does not take place in this mode.
    OtherMode,
    /// The offer takes longer or shorter.
    OtherLength,
    /// The offer does not take place in this room, or in none.
    OtherRoom,
    /// The group is smaller.
    NoSeat,
}

/// What it would do to go from `old` to `new`. Free times are compared within the window of the questions; appointments
/// wherever they are.
pub fn preview(old: &Question<'_>, new: &Question<'_>, appointments: &[Appointment]) -> Preview {
    let (before, after) = (times(old), times(new));
    let mut conflicts: Vec<_> = appointments
        .iter()
        .filter(|appointment| uncovered(old, appointment).is_none())
        .filter_map(|appointment| {
            let reason = uncovered(new, appointment)?;
            Some(Conflict { appointment: appointment.clone(), reason })
        })
        .collect();
    conflicts.sort_by(|one, other| {
        let key = |conflict: &Conflict| (conflict.appointment.span, conflict.appointment.id.clone());
        key(one).cmp(&key(other))
    });
    Preview { added: missing(&after, &before), removed: missing(&before, &after), conflicts }
}

/// Why an appointment lies outside of all availability; `None` if it lies inside. What is claimed or busy, notice,
/// horizon and steps do not matter here.
pub fn uncovered(question: &Question<'_>, appointment: &Appointment) -> Option<Uncovered> {
    let span = appointment.span;
    let Some(resource) = question.resources.iter().find(|resource| resource.id == appointment.resource)
    else {
        return Some(Uncovered::NoCounsellor);
    };
    let (first, last) = (local_date(span.from), local_date(span.to));
    let holidays = question.holidays.between(first, last);
    let mut on = first.series(1.day()).take_while(|day| *day <= last);
    let holiday = on.any(|day| {
        let whole = crate::availability::LocalRange::days(day, day).span();
        holidays.contains(&day) && whole.overlaps(&span)
    });
    if holiday {
        return Some(Uncovered::PublicHoliday);
    }
    if question.closures.iter().any(|closure| closure.range.span().overlaps(&span)) {
        return Some(Uncovered::Closure);
    }
    if resource.absences.iter().any(|absence| absence.range.span().overlaps(&span)) {
        return Some(Uncovered::Absence);
    }
    let room = appointment.room.as_ref().and_then(|id| question.rooms.iter().find(|room| room.id == *id));
    if room.is_some_and(|room| room.absences.iter().any(|absence| absence.range.span().overlaps(&span))) {
        return Some(Uncovered::Room);
    }
    let rules =
        resource.rules.iter().filter(|rule| rule.allows(appointment.mode) && rule.serves(&appointment.offer));
    let open: BTreeSet<Span> = rules.flat_map(|rule| rule.spans(first, last)).collect();
    // In order of begin, each stretch carries on where those before it end.
    let reached = open.into_iter().fold(span.from, |reached, stretch| {
        if stretch.from <= reached { reached.max(stretch.to) } else { reached }
    });
    (reached < span.to).then_some(Uncovered::NoRule)
}

fn times(question: &Question<'_>) -> BTreeMap<(Span, String), Modes> {
    let slots = slots(question);
    let candidates =
        slots.iter().flat_map(|slot| slot.candidates.iter().map(|candidate| (slot.span, candidate)));
    candidates.map(|(span, candidate)| ((span, candidate.resource.to_owned()), candidate.modes)).collect()
}

/// What is in `these` but not in `those`.
fn missing(these: &BTreeMap<(Span, String), Modes>, those: &BTreeMap<(Span, String), Modes>) -> Vec<Change> {
    let changes = these.iter().map(|((span, resource), modes)| {
        let known = those.get(&(*span, resource.clone())).copied().unwrap_or(Modes::NONE);
        Change { span: *span, resource: resource.clone(), modes: modes.without(known) }
    });
    changes.filter(|change| !change.modes.is_empty()).collect()
}
