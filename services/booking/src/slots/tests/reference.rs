//! The same answer the slow way: every tick is asked what the clock on the wall shows then, and every rule, absence and
//! claim is asked about that tick. Shares nothing with the computation but the question.

use std::collections::{BTreeMap, BTreeSet};

use contracts::directory::{Mode, Weekday};
use holidays::Extent;
use jiff::{
    SignedDuration, Timestamp, ToSpan, Unit,
    civil::{Date, DateTime},
    tz::TimeZone,
};

use crate::{
    availability::{Absence, LocalRange, Nth, Pattern, Rule},
    slots::{Question, Resource, Room},
};

/// A slot in plain words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PlainSlot {
    pub(super) begin: Timestamp,
    pub(super) end: Timestamp,
    pub(super) shown: String,
    /// 1 or 2 if the clock shows the time twice.
    pub(super) occurrence: Option<u8>,
    /// By counsellor: modes, places, whether a group is joined.
    pub(super) candidates: BTreeMap<String, (BTreeSet<Mode>, u16, bool)>,
    pub(super) rooms: BTreeSet<String>,
    pub(super) places: u16,
}

const TICK: SignedDuration = SignedDuration::from_mins(5);

struct Moments {
    ticks: Vec<Timestamp>,
    local: Vec<DateTime>,
}

pub(super) fn slots(question: &Question<'_>) -> Vec<PlainSlot> {
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    let times = question.times;
    let today = question.now.to_zoned(zone.clone()).date();
    let horizon = today.saturating_add(i64::from(times.horizon_days).days());
    let begin = question.from.saturating_sub(3.days()).to_zoned(TimeZone::UTC).unwrap().timestamp();
    let end = question.to.saturating_add(5.days()).to_zoned(TimeZone::UTC).unwrap().timestamp();
    let mut moments = Moments { ticks: Vec::new(), local: Vec::new() };
    let mut at = begin;
    while at < end {
        moments.ticks.push(at);
        moments.local.push(at.to_zoned(zone.clone()).datetime());
        at += TICK;
    }
    let length = usize::from(times.length.get() / 5);
    let (before, after) =
        (usize::from(times.buffer_before.get() / 5), usize::from(times.buffer_after.get() / 5));

    let closed: Vec<_> =
        (0..moments.ticks.len()).map(|tick| holiday(question, moments.local[tick].date())).collect();
    let mut closed = closed;
    question.closures.iter().for_each(|closure| close(&moments, &closure.range, &mut closed));
    let people: Vec<_> =
        question.resources.iter().map(|resource| Met::of(question, &moments, &closed, resource)).collect();
    let rooms: Vec<_> = question
        .rooms
        .iter()
        .filter(|room| times.rooms.contains(&room.id))
        .map(|room| (room, usable(question, &moments, room)))
        .collect();

    let mut found = Vec::new();
    for tick in 0..moments.ticks.len() {
        let (instant, local) = (moments.ticks[tick], moments.local[tick]);
        let day = local.date();
        let early = instant.duration_since(question.now) < times.notice();
        if day < question.from || day > question.to || day < today || day > horizon || early {
            continue;
        }
        let booked = question.booked.get(&day).copied().unwrap_or(0);
        let places = times.limit_per_day.map_or(u16::MAX, |limit| limit.saturating_sub(booked));
        if places == 0 {
            continue;
        }
        let (claim, meeting) = (tick - before..tick + length + after, tick..tick + length);
        let free_rooms: BTreeSet<String> = rooms
            .iter()
            .filter(|(_, (there, claimed))| {
                meeting.clone().all(|tick| there[tick]) && !claim.clone().any(|tick| claimed[tick] > 0)
            })
            .map(|(room, _)| room.id.clone())
            .collect();
        let mut candidates = BTreeMap::new();
        for met in &people {
            let joined = question.taken.get(&met.resource.id).and_then(|taken| {
                taken.sessions.iter().find(|session| {
                    session.span.from == instant
                        && session.span.to == instant + TICK * i32::try_from(length).unwrap()
                        && session.seats > 0
                        && session.seats < times.capacity
                        && claim.clone().all(|tick| met.claimed[tick] <= session.seats)
                })
            });
            let mut can = BTreeSet::new();
            let mut joins = false;
            let mut left = times.capacity;
            let meetings = question.taken.get(&met.resource.id).and_then(|taken| taken.meetings.get(&day));
            let limit = times.limit_per_counsellor;
            for mode in Mode::ALL {
                if !times.modes.contains(mode) || question.mode.is_some_and(|wanted| wanted != mode) {
                    continue;
                }
                let covered = meeting.clone().all(|tick| met.there[&mode][tick]);
                if !covered {
                    continue;
                }
                if let Some(session) = joined {
                    joins = true;
                    left = times.capacity - session.seats;
                    let room = times.rooms.is_empty() || session.room.is_some() || !free_rooms.is_empty();
                    if mode != Mode::InPerson || room {
                        can.insert(mode);
                    }
                    continue;
                }
                let step = met.resource.rules.iter().any(|rule| {
                    let since = minute(local) - minute_of(rule.from);
                    met.falling[&day].contains(&rule)
                        && holds(rule, question.offer, mode, local)
                        && since % i32::from(times.step.get()) == 0
                });
                let free = claim.clone().all(|tick| met.claimed[tick] == 0 && !met.busy[tick]);
                let rested = limit.is_none_or(|limit| meetings.copied().unwrap_or(0) < limit);
                let room = times.rooms.is_empty() || !free_rooms.is_empty();
                if step && free && rested && (mode != Mode::InPerson || room) {
                    can.insert(mode);
                }
            }
            if !can.is_empty() {
                candidates.insert(met.resource.id.clone(), (can, left, joins));
            }
        }
        if candidates.is_empty() {
            continue;
        }
        let seats: u16 = candidates.values().map(|(_, left, _)| *left).sum();
        let twin = (tick.saturating_sub(40)..tick + 40)
            .find(|other| *other != tick && moments.local[*other] == local);
        found.push(PlainSlot {
            begin: instant,
            end: instant + TICK * i32::try_from(length).unwrap(),
            shown: local.strftime("%Y-%m-%d %H:%M").to_string(),
            occurrence: twin.map(|other| if other > tick { 1 } else { 2 }),
            candidates,
            rooms: free_rooms,
            places: seats.min(places),
        });
    }
    found
}

/// A counsellor, tick by tick.
struct Met<'a> {
    resource: &'a Resource,
    /// The rules that fall on a day.
    falling: BTreeMap<Date, Vec<&'a Rule>>,
    there: BTreeMap<Mode, Vec<bool>>,
    claimed: Vec<u16>,
    busy: Vec<bool>,
}

impl<'a> Met<'a> {
    fn of(question: &Question<'_>, moments: &Moments, closed: &[bool], resource: &'a Resource) -> Self {
        let mut away = closed.to_vec();
        resource.absences.iter().for_each(|absence| close(moments, &absence.range, &mut away));
        let dates: BTreeSet<Date> = moments.local.iter().map(|local| local.date()).collect();
        let falling: BTreeMap<Date, Vec<&Rule>> = dates
            .into_iter()
            .map(|date| (date, resource.rules.iter().filter(|rule| falls(rule, date)).collect()))
            .collect();
        let there = Mode::ALL.map(|mode| {
            let by_rule = |local: &DateTime| {
                falling[&local.date()].iter().any(|rule| holds(rule, question.offer, mode, *local))
            };
            let there = moments.local.iter().zip(&away).map(|(local, away)| !away && by_rule(local));
            (mode, there.collect())
        });
        let calendar = question.taken.get(&resource.id).map(|taken| taken.busy.clone()).unwrap_or_default();
        let busy =
            |begin: &Timestamp| calendar.iter().any(|span| span.from < *begin + TICK && *begin < span.to);
        Self {
            resource,
            there: there.into(),
            falling,
            claimed: claimed(question, moments, &resource.id),
            busy: moments.ticks.iter().map(busy).collect(),
        }
    }
}

fn usable(question: &Question<'_>, moments: &Moments, room: &Room) -> (Vec<bool>, Vec<u16>) {
    let mut away = vec![false; moments.ticks.len()];
    room.absences.iter().for_each(|absence: &Absence| close(moments, &absence.range, &mut away));
    (away.into_iter().map(|away| !away).collect(), claimed(question, moments, &room.id))
}

fn claimed(question: &Question<'_>, moments: &Moments, id: &str) -> Vec<u16> {
    let claims = question.taken.get(id).map(|taken| taken.ticks.clone()).unwrap_or_default();
    let mut seats = BTreeMap::new();
    for (tick, count) in claims {
        let most = seats.entry(tick.start()).or_insert(count);
        *most = count.max(*most);
    }
    moments.ticks.iter().map(|at| seats.get(at).copied().unwrap_or(0)).collect()
}

/// Marks the ticks from the first one that shows the begin or later, to the last one before the end.
fn close(moments: &Moments, range: &LocalRange, closed: &mut [bool]) {
    let Some(first) = moments.local.iter().position(|local| *local >= range.from) else { return };
    let last_before = moments.local.iter().rposition(|local| *local < range.to).map_or(0, |tick| tick + 1);
    let last_at = moments.local.iter().rposition(|local| *local == range.to).unwrap_or(0);
    for closed in closed.iter_mut().take(last_before.max(last_at)).skip(first) {
        *closed = true;
    }
}

/// Whether a rule that falls on the day holds at this time of it.
fn holds(rule: &Rule, offer: &str, mode: Mode, local: DateTime) -> bool {
    let serves = rule.offers.is_empty() || rule.offers.iter().any(|served| served == offer);
    serves && rule.modes.contains(mode) && (minute_of(rule.from)..minute_of(rule.to)).contains(&minute(local))
}

fn minute(local: DateTime) -> i32 {
    i32::from(local.hour()) * 60 + i32::from(local.minute())
}

fn minute_of(time: crate::availability::DayTime) -> i32 {
    i32::from(time.hour()) * 60 + i32::from(time.minute())
}

/// Whether a rule holds on a day: counts it out as a person with a calendar would.
pub(super) fn falls(rule: &Rule, day: Date) -> bool {
    if day < rule.valid_from || rule.valid_until.is_some_and(|last| day > last) || rule.except.contains(&day)
    {
        return false;
    }
    match rule.pattern {
        Pattern::Once { date } => date == day,
        Pattern::Weekly { every, weekday } => {
            let mut monday = rule.valid_from;
            while monday.weekday() != jiff::civil::Weekday::Monday {
                monday = monday.yesterday().unwrap();
            }
            let ahead = Weekday::ALL.iter().position(|name| *name == weekday).unwrap();
            let mut turn = monday + i64::try_from(ahead).unwrap().days();
            while turn < day {
                turn += i64::from(every).weeks();
            }
            turn == day
        }
        Pattern::Monthly { nth, weekday } => {
            let first = day.first_of_month();
            let named: Vec<_> = first
                .series(1.day())
                .take_while(|other| other.month() == first.month())
                .filter(|other| Weekday::of(*other) == weekday)
                .collect();
            let meant = match nth {
                Nth::First => named.first(),
                Nth::Second => named.get(1),
                Nth::Third => named.get(2),
                Nth::Fourth => named.get(3),
                Nth::Fifth => named.get(4),
                Nth::Last => named.last(),
            };
            meant == Some(&day)
        }
    }
}

fn holiday(question: &Question<'_>, day: Date) -> bool {
    let (true, Some(land)) = (question.holidays.closed, question.holidays.land) else { return false };
    let municipal = || {
        let mut parts = holidays::of_year(land, day.year()).into_iter();
        parts.any(|holiday| {
            holiday.date == day
                && holiday.extent == Extent::Municipalities
                && question.holidays.municipal.contains(holiday.name.code())
        })
    };
    holidays::on(land, day).is_some() || municipal()
}

/// Whether an appointment lies inside the times of its counsellor, minute by minute of UTC.
pub(super) fn covered(question: &Question<'_>, appointment: &crate::slots::Appointment) -> bool {
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    let from = (appointment.span.from - SignedDuration::from_hours(72)).round(Unit::Hour).unwrap();
    let ticks = (0..8 * 288).map(|tick| from + TICK * tick).collect::<Vec<_>>();
    let local = ticks.iter().map(|at| at.to_zoned(zone.clone()).datetime()).collect();
    let moments = Moments { ticks, local };
    let mut closed: Vec<_> = moments.local.iter().map(|local| holiday(question, local.date())).collect();
    question.closures.iter().for_each(|closure| close(&moments, &closure.range, &mut closed));
    let resource = question.resources.iter().find(|resource| resource.id == appointment.resource);
    resource.is_some_and(|resource| {
        resource.absences.iter().for_each(|absence| close(&moments, &absence.range, &mut closed));
        let room = question.rooms.iter().filter(|room| appointment.room.as_ref() == Some(&room.id));
        let absences = room.flat_map(|room| &room.absences);
        absences.for_each(|absence| close(&moments, &absence.range, &mut closed));
        let inside = |at: &Timestamp| appointment.span.from <= *at && *at < appointment.span.to;
        let during = (0..moments.ticks.len()).filter(|tick| inside(&moments.ticks[*tick]));
        let met = |tick: usize| {
            let local = moments.local[tick];
            let holds = |rule: &Rule| {
                falls(rule, local.date()) && holds(rule, &appointment.offer, appointment.mode, local)
            };
            !closed[tick] && resource.rules.iter().any(holds)
        };
        during.into_iter().all(met)
    })
}
