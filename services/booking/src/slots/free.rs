//! The computation: sets of ticks are cut out of one another, and what is left is free.

use std::{collections::BTreeMap, ops::Range};

use contracts::directory::Mode;
use jiff::{Timestamp, civil::Date};

use super::{
    Candidate, Load, Question, Resource, Slot, Taken,
    choose::{lot, turn},
    ticks::TickSet,
};
use crate::{
    Span, Tick,
    availability::{Absence, LocalDay, Modes, local_date},
};

/// The free times, by begin. For times of an offer that [`check`](crate::availability::OfferTimes::check) refuses the
/// answer may be none at all.
pub fn slots<'a>(question: &Question<'a>) -> Vec<Slot<'a>> {
    let Some(window) = Window::of(question) else { return Vec::new() };
    let closed = window.closed(question);
    let people: Vec<_> =
        question.resources.iter().map(|resource| Person::of(question, &window, &closed, resource)).collect();
    let rooms = Rooms::of(question, &window);
    let mut begins = TickSet::none(window.frame.clone());
    people.iter().for_each(|person| person.add_begins(&mut begins));
    begins.remove(window.frame.start..window.earliest);

    let mut found = Vec::new();
    let mut begins = begins.iter().peekable();
    for day in &window.days[..window.bookable] {
        let ticks = day.ticks();
        let booked = question.booked.get(&day.date).copied().unwrap_or(0);
        let places = question.times.limit_per_day.map_or(u16::MAX, |limit| limit.saturating_sub(booked));
        let mut loads = None;
        while let Some(begin) = begins.next_if(|begin| *begin < ticks.end) {
            if places == 0 || begin < ticks.start {
                continue;
            }
            let loads = loads.get_or_insert_with(|| loads_by_turn(question, &people, day.date));
            found.extend(slot(question, day, begin, places, &Free { people: &people, loads, rooms: &rooms }));
        }
    }
    found
}

/// What is asked for, as days and ticks.
struct Window {
    /// The days asked for, and two more for what begins on the last and ends after it.
    days: Vec<LocalDay>,
    /// How many of them can be booked.
    bookable: usize,
    /// The first tick that leaves the notice; a whole one.
    earliest: i64,
    /// All ticks that can matter: the days, and room for the buffers.
    frame: Range<i64>,
    /// Length of the appointment and its buffers, in ticks.
    before: i64,
    length: i64,
    after: i64,
}

impl Window {
    fn of(question: &Question<'_>) -> Option<Self> {
        let times = question.times;
        let (before, length, after) =
            (times.buffer_before.ticks(), times.length.ticks(), times.buffer_after.ticks());
        if length == 0 || times.step.ticks() == 0 || times.capacity == 0 {
            return None;
        }
        let today = local_date(question.now);
        let horizon = jiff::Span::new().days(i64::from(times.horizon_days));
        let (first, last) = (question.from.max(today), question.to.min(today.saturating_add(horizon)));
        let one = jiff::Span::new().days(1);
        let mut days: Vec<_> = first.series(one).take_while(|day| *day <= last).map(LocalDay::of).collect();
        let bookable = days.len();
        days.extend(last.series(one).skip(1).take(2).map(LocalDay::of));
        let (opening, closing) = (days.first()?.ticks().start, days.last()?.ticks().end);
        let earliest = question.now.saturating_add(times.notice()).unwrap_or(Timestamp::MAX);
        let begun = Tick::of(earliest);
        Some(Self {
            days,
            bookable: if first <= last { bookable } else { return None },
            earliest: if begun.start() < earliest { begun.0 + 1 } else { begun.0 },
            frame: opening - before - length..closing + after + length,
            before,
            length,
            after,
        })
    }

    fn none(&self) -> TickSet {
        TickSet::none(self.frame.clone())
    }

    /// When the whole centre is closed.
    fn closed(&self, question: &Question<'_>) -> TickSet {
        let mut closed = self.none();
        for closure in question.closures {
            closed.insert(touched(closure.range.span()));
        }
        if let (Some(first), Some(last)) = (self.days.first(), self.days.last()) {
            let holidays = question.holidays.between(first.date, last.date);
            let days = self.days.iter().filter(|day| holidays.contains(&day.date));
            days.for_each(|day| closed.insert(day.ticks()));
        }
        closed
    }

    /// The begins at which all of an appointment lies in `open`.
    fn inside(&self, open: &TickSet) -> TickSet {
        open.runs(self.length)
    }

    /// The begins at which nothing of an appointment with its buffers lies in `claimed`.
    fn outside(&self, claimed: &TickSet) -> TickSet {
        let runs = claimed.complement().runs(self.before + self.length + self.after);
        runs.later_by(usize::try_from(self.before).unwrap_or(0))
    }
}

/// A counsellor and the begins she is free for.
struct Person<'a> {
    resource: &'a Resource,
    taken: Option<&'a Taken>,
    /// Per mode, begins of appointments that nobody shares.
    alone: Vec<(Mode, TickSet)>,
    /// Groups that can be joined, by begin: in which modes, how many seats are left, and the room they have.
    groups: BTreeMap<i64, Group<'a>>,
}

struct Group<'a> {
    modes: Modes,
    seats_left: u16,
    room: Option<&'a str>,
}

impl<'a> Person<'a> {
    fn of(question: &Question<'a>, window: &Window, closed: &TickSet, resource: &'a Resource) -> Self {
        let taken = question.taken.get(&resource.id);
        let mut away = closed.clone();
        absent(&mut away, &resource.absences);
        let mut busy = window.none();
        if let Some(taken) = taken {
            claimed(&mut busy, taken);
            taken.busy.iter().for_each(|span| busy.insert(touched(*span)));
        }
        let free = window.outside(&busy);

        let mut person = Self { resource, taken, alone: Vec::new(), groups: BTreeMap::new() };
        let wanted =
            question.mode.map_or(question.times.modes, |mode| question.times.modes & Modes::only(mode));
        for mode in wanted.iter() {
            let (mut open, mut begins) = (window.none(), window.none());
            for rule in resource.rules.iter().filter(|rule| rule.allows(mode) && rule.serves(question.offer))
            {
                for (at, day) in window.days.iter().enumerate().filter(|(_, day)| rule.falls_on(day.date)) {
                    day.between(rule.from, rule.to).for_each(|ticks| open.insert(ticks));
                    if at < window.bookable {
                        let steps = day.every(question.times.step.ticks(), rule.from, rule.to);
                        steps.for_each(|tick| begins.insert(tick..tick + 1));
                    }
                }
            }
            open.subtract(&away);
            let open = window.inside(&open);
            person.find_groups(question, window, mode, &open);
            begins.intersect(&open);
            begins.intersect(&free);
            person.alone.push((mode, begins));
        }
        person
    }

    /// Groups that have begun to fill, that she can still hold, and that have a place.
    fn find_groups(&mut self, question: &Question<'_>, window: &Window, mode: Mode, open: &TickSet) {
        let Some(taken) = self.taken else { return };
        let capacity = question.times.capacity;
        for session in taken.sessions.iter().filter(|session| (1..capacity).contains(&session.seats)) {
            let begin = Tick::of(session.span.from).0;
            let whole = Span::lasting(Tick(begin).start(), question.times.length.duration()) == session.span;
            let claim = begin - window.before..begin + window.length + window.after;
            let ours = |(tick, seats): &(Tick, u16)| !claim.contains(&tick.0) || *seats <= session.seats;
            if whole && open.contains(begin) && taken.ticks.iter().all(ours) {
                let group = Group {
                    modes: Modes::NONE,
                    seats_left: capacity - session.seats,
                    room: session.room.as_deref(),
                };
                let group = self.groups.entry(begin).or_insert(group);
                group.modes = group.modes.with(Modes::only(mode));
            }
        }
    }

    fn add_begins(&self, begins: &mut TickSet) {
        self.alone.iter().for_each(|(_, alone)| begins.unite(alone));
        self.groups.keys().for_each(|begin| begins.insert(*begin..*begin + 1));
    }

    fn modes_alone(&self, begin: i64) -> Modes {
        self.alone.iter().filter(|(_, begins)| begins.contains(begin)).map(|(mode, _)| *mode).collect()
    }

    fn meetings(&self, day: Date) -> u16 {
        self.taken.and_then(|taken| taken.meetings.get(&day)).copied().unwrap_or(0)
    }

    fn load(&self, day: Date) -> Load<'a> {
        let monday = day.saturating_sub(jiff::Span::new().days(day.weekday().to_monday_zero_offset()));
        let week = monday.saturating_add(jiff::Span::new().days(6));
        let meetings = self.taken.map(|taken| taken.meetings.range(monday..=week));
        let week = meetings.into_iter().flatten().map(|(_, count)| u32::from(*count)).sum();
        Load { resource: &self.resource.id, day: self.meetings(day), week }
    }
}

/// The rooms of the offer and the begins they are free for.
struct Rooms<'a> {
    needed: bool,
    free: Vec<(&'a str, TickSet)>,
}

impl<'a> Rooms<'a> {
    fn of(question: &Question<'a>, window: &Window) -> Self {
        let named = question.rooms.iter().filter(|room| question.times.rooms.contains(&room.id));
        let free = named.map(|room| {
            let (mut away, mut busy) = (window.none(), window.none());
            absent(&mut away, &room.absences);
            if let Some(taken) = question.taken.get(&room.id) {
                claimed(&mut busy, taken);
            }
            let mut free = window.inside(&away.complement());
            free.intersect(&window.outside(&busy));
            (room.id.as_str(), free)
        });
        Self { needed: !question.times.rooms.is_empty(), free: free.collect() }
    }

    /// The free ones in the order of whose turn it is.
    fn at(&self, begin: i64, day: Date) -> Vec<&'a str> {
        let free = self.free.iter().filter(|(_, begins)| begins.contains(begin));
        let mut free: Vec<_> = free.map(|(id, _)| *id).collect();
        if free.len() > 1 {
            free.sort_by_cached_key(|id| (lot(day, id), *id));
        }
        free
    }
}

/// Everybody and everything that may be free at a begin.
struct Free<'p, 'a> {
    people: &'p [Person<'a>],
    /// Places in `people` and what each has to do, in the order of whose turn it is.
    loads: &'p [(usize, Load<'a>)],
    rooms: &'p Rooms<'a>,
}

fn loads_by_turn<'a>(question: &Question<'a>, people: &[Person<'a>], day: Date) -> Vec<(usize, Load<'a>)> {
    debug_assert_eq!(question.resources.len(), people.len());
    let mut loads: Vec<_> = people.iter().map(|person| person.load(day)).enumerate().collect();
    loads.sort_by_cached_key(|(_, load)| turn(day, load));
    loads
}

fn slot<'a>(
    question: &Question<'a>,
    day: &LocalDay,
    begin: i64,
    places: u16,
    free: &Free<'_, 'a>,
) -> Option<Slot<'a>> {
    let (time, ambiguous) = day.clock_at(begin)?;
    let rooms = free.rooms.at(begin, day.date);
    let candidate = |(at, load): &(usize, Load<'a>)| candidate(question, begin, &free.people[*at], *load);
    let offered = free.loads.iter().filter_map(candidate);
    let seated = offered.filter_map(|(mut candidate, room)| {
        if free.rooms.needed && rooms.is_empty() && room.is_none() {
            candidate.modes = candidate.modes.without(Modes::only(Mode::InPerson));
        }
        (!candidate.modes.is_empty()).then_some(candidate)
    });
    let mut candidates: Vec<_> = seated.collect();
    // Stable: among those who join, and among those who do not, turns stay as they are.
    candidates.sort_by_key(|candidate| !candidate.joins);
    let seats = candidates.iter().fold(0u16, |seats, candidate| seats.saturating_add(candidate.seats_left));
    let modes = candidates.iter().fold(Modes::NONE, |modes, candidate| modes.with(candidate.modes));
    (!candidates.is_empty()).then(|| Slot {
        span: Span::lasting(Tick(begin).start(), question.times.length.duration()),
        date: day.date,
        time,
        ambiguous,
        candidates,
        rooms,
        seats_left: seats.min(places),
        modes,
    })
}

/// A counsellor at a begin, if she is free, and the room her group has.
fn candidate<'a>(
    question: &Question<'a>,
    begin: i64,
    person: &Person<'a>,
    load: Load<'a>,
) -> Option<(Candidate<'a>, Option<&'a str>)> {
    let resource = load.resource;
    if let Some(group) = person.groups.get(&begin) {
        let (modes, seats_left) = (group.modes, group.seats_left);
        return Some((Candidate { resource, modes, seats_left, joins: true, load }, group.room));
    }
    let modes = person.modes_alone(begin);
    let worked_off = question.times.limit_per_counsellor.is_some_and(|limit| load.day >= limit);
    let seats_left = question.times.capacity;
    let free = !modes.is_empty() && !worked_off;
    free.then_some((Candidate { resource, modes, seats_left, joins: false, load }, None))
}

fn absent(away: &mut TickSet, absences: &[Absence]) {
    absences.iter().for_each(|absence| away.insert(touched(absence.range.span())));
}

fn claimed(busy: &mut TickSet, taken: &Taken) {
    let claimed = taken.ticks.iter().filter(|(_, seats)| *seats > 0);
    claimed.for_each(|(tick, _)| busy.insert(tick.0..tick.0 + 1));
}

/// The ticks that a stretch touches.
fn touched(span: Span) -> Range<i64> {
    let mut ticks = Tick::of(span.from).0..Tick::of(span.to).0;
    if Tick(ticks.end).start() < span.to {
        ticks.end += 1;
    }
    if span.to > span.from { ticks } else { ticks.start..ticks.start }
}
