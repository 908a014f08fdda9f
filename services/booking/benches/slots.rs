//! How long does it take to compute the free times of a large centre? Prints the median and the slow end over 200
//! questions: 20 counsellors with ten rules each, absences, a calendar of their own and full days, four rooms, 60 days
//! across a night on which the clocks change.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a measurement prints, and stops where something is wrong"
)]

use std::{
    collections::BTreeMap,
    hint::black_box,
    time::{Duration, Instant},
};

use booking::{
    Span,
    availability::{
        Absence, Closure, LocalRange, Minutes, Modes, Nth, OfferTimes, Pattern, PublicHolidays, Rule,
    },
    slots::{Question, Resource, Room, Taken, days_with_slots, slots},
};
use contracts::directory::{Mode, Weekday};
use jiff::{
    SignedDuration, Timestamp, ToSpan,
    civil::{Date, date},
};

const TRIES: usize = 200;
const COUNSELLORS: usize = 20;
const DAYS: u16 = 60;
const FIRST: Date = date(2027, 3, 1);

fn offer() -> OfferTimes {
    OfferTimes {
        length: Minutes::new(45).unwrap(),
        buffer_before: Minutes::new(5).unwrap(),
        buffer_after: Minutes::new(10).unwrap(),
        step: Minutes::new(15).unwrap(),
        notice_minutes: 120,
        horizon_days: DAYS,
        modes: Modes::all(),
        capacity: 1,
        limit_per_counsellor: Some(6),
        limit_per_day: Some(60),
        rooms: ["room-0", "room-1", "room-2", "room-3"].map(str::to_owned).into(),
    }
}

/// Mornings and afternoons of the five working days, every second of them every other week or once a month.
fn rules(number: usize) -> Vec<Rule> {
    let rule = |(at, weekday): (usize, Weekday)| {
        let pattern = match (number + at) % 5 {
            0 => Pattern::Weekly { every: 2, weekday },
            1 => Pattern::Monthly { nth: Nth::Last, weekday },
            _ => Pattern::Weekly { every: 1, weekday },
        };
        let (from, to) = if at < 5 { ("08:30", "12:30") } else { ("13:15", "18:00") };
        let modes = if at % 2 == 0 { Modes::all() } else { [Mode::Phone, Mode::Video].into_iter().collect() };
        Rule {
            id: format!("rule-{at}"),
            offers: [].into(),
            modes,
            pattern,
            from: from.parse().unwrap(),
            to: to.parse().unwrap(),
            valid_from: FIRST - 100.days(),
            valid_until: None,
            except: (0..10).map(|week| FIRST + (week * 7 + 3).days()).collect(),
        }
    };
    let week = &Weekday::ALL[..5];
    week.iter().chain(week).copied().enumerate().map(rule).collect()
}

fn counsellor(number: usize) -> Resource {
    let shift = i64::try_from(number).unwrap();
    let absences = (0..10).map(|at| {
        let begin = (FIRST + (at * 6 + shift % 5).days()).at(10, 0, 0, 0);
        Absence { id: format!("absence-{at}"), range: LocalRange { from: begin, to: begin + 3.hours() } }
    });
    Resource { id: format!("counsellor-{number}"), rules: rules(number), absences: absences.collect() }
}

fn noon(day: i64) -> Timestamp {
    (FIRST + day.days()).to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp()
        + SignedDuration::from_hours(12)
}

/// Three appointments with their buffers on every day.
fn taken(shift: usize) -> Taken {
    let late = i64::try_from(shift % 8).unwrap();
    let begins = (0..i64::from(DAYS)).flat_map(|day| {
        [-4, -2, 3]
            .map(|hours| noon(day) + SignedDuration::from_hours(hours) + SignedDuration::from_mins(15 * late))
    });
    let ticks = begins.flat_map(|begin| Span::lasting(begin, SignedDuration::from_hours(1)).ticks());
    let minutes = 90 + i64::try_from(shift).unwrap();
    let busy = (0..i64::from(DAYS)).map(|day| {
        Span::lasting(noon(day) + SignedDuration::from_mins(minutes), SignedDuration::from_mins(50))
    });
    Taken {
        ticks: ticks.map(|tick| (tick, 1)).collect(),
        sessions: Vec::new(),
        meetings: (0..i64::from(DAYS)).map(|day| (FIRST + day.days(), 3)).collect(),
        busy: busy.collect(),
    }
}

fn main() {
    let times = offer();
    let resources: Vec<_> = (0..COUNSELLORS).map(counsellor).collect();
    let rooms: Vec<_> =
        (0..4).map(|room| Room { id: format!("room-{room}"), absences: Vec::new() }).collect();
    let closures: Vec<_> = (0..4)
        .map(|at| {
            let range = LocalRange::days(FIRST + (at * 15).days(), FIRST + (at * 15).days());
            Closure { id: format!("closure-{at}"), range }
        })
        .collect();
    let holidays = PublicHolidays { land: Some("09".parse().unwrap()), ..PublicHolidays::default() };
    let people = resources.iter().enumerate().map(|(number, resource)| (resource.id.clone(), taken(number)));
    let all_taken: BTreeMap<_, _> = people
        .chain(rooms.iter().enumerate().map(|(number, room)| (room.id.clone(), taken(number))))
        .collect();
    let booked = (0..i64::from(DAYS)).map(|day| (FIRST + day.days(), 10)).collect();
    let question = Question {
        offer: "talk",
        times: &times,
        resources: &resources,
        rooms: &rooms,
        closures: &closures,
        holidays: &holidays,
        taken: &all_taken,
        booked: &booked,
        now: noon(-1),
        mode: None,
        from: FIRST,
        to: FIRST + i64::from(DAYS).days(),
    };

    let found = slots(&question);
    let candidates: usize = found.iter().map(|slot| slot.candidates.len()).sum();
    let days = days_with_slots(&found, None, usize::MAX).days.len();
    // nine weeks without Thursdays, two holidays and three closed days
    assert!(days == 30 && candidates > found.len(), "{days} days, {candidates} candidates");
    let mut tries: Vec<Duration> = (0..TRIES)
        .map(|_| {
            let began = Instant::now();
            black_box(slots(black_box(&question)));
            began.elapsed()
        })
        .collect();
    tries.sort_unstable();
    let [median, slow] = [TRIES / 2, TRIES * 99 / 100].map(|place| tries[place].as_secs_f64() * 1_000.0);
    println!(
        "{COUNSELLORS} counsellors, {DAYS} days: {} slots on {days} days, {candidates} candidates",
        found.len()
    );
    println!("median {median:.3} ms, p99 {slow:.3} ms  (goal: less than 20 ms)");
}
