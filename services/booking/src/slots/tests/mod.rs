//! What is promised of slots, against the slow reference and by example.

mod examples;
mod reference;
mod world;

use std::collections::{BTreeMap, BTreeSet};

use contracts::directory::Mode;
use jiff::{SignedDuration, ToSpan};
use proptest::{
    prelude::{ProptestConfig, prop_assert, prop_assert_eq, proptest},
    strategy::{Strategy, ValueTree},
    test_runner::TestRunner,
};
use reference::PlainSlot;
use world::{World, rule, worlds};

use super::{Appointment, Question, Slot, days_with_slots, preview, slots};
use crate::{
    Span,
    availability::{Minutes, Occurrence, PublicHolidays},
};

fn plain(slots: &[Slot<'_>]) -> Vec<PlainSlot> {
    let candidates = |slot: &Slot<'_>| {
        let known = slot.candidates.iter().map(|candidate| {
            let modes: BTreeSet<Mode> = candidate.modes.iter().collect();
            (candidate.resource.to_owned(), (modes, candidate.seats_left, candidate.joins))
        });
        known.collect::<BTreeMap<_, _>>()
    };
    let plain = slots.iter().map(|slot| PlainSlot {
        begin: slot.span.from,
        end: slot.span.to,
        shown: format!("{} {}", slot.date, slot.time),
        occurrence: slot.ambiguous.map(|which| if which == Occurrence::First { 1 } else { 2 }),
        candidates: candidates(slot),
        rooms: slot.rooms.iter().map(|room| (*room).to_owned()).collect(),
        places: slot.seats_left,
    });
    plain.collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn free_times_are_those_that_the_slow_reference_finds(world in worlds()) {
        let question = world.question();
        prop_assert_eq!(plain(&slots(&question)), reference::slots(&question));
    }

    #[test]
    fn slots_come_in_order_and_their_candidates_in_turn(world in worlds()) {
        let question = world.question();
        let found = slots(&question);
        prop_assert!(found.windows(2).all(|pair| pair[0].span.from < pair[1].span.from));
        for slot in &found {
            let burden = |at: usize| {
                let candidate = &slot.candidates[at];
                (!candidate.joins, candidate.load.day, candidate.load.week)
            };
            prop_assert!((1..slot.candidates.len()).all(|at| burden(at - 1) <= burden(at)));
            let modes: BTreeSet<_> = slot.candidates.iter().flat_map(|candidate| candidate.modes.iter()).collect();
            prop_assert_eq!(modes, slot.modes.iter().collect::<BTreeSet<_>>());
            for mode in Mode::ALL {
                prop_assert_eq!(slot.choose(mode).is_some(), slot.modes.contains(mode));
            }
        }
        let mut shuffled = world.clone();
        shuffled.resources.reverse();
        shuffled.rooms.reverse();
        prop_assert_eq!(slots(&shuffled.question()), found, "the order of the question does not matter");
    }

    #[test]
    fn nobody_is_offered_while_her_own_calendar_says_she_is_busy(world in worlds()) {
        for slot in &slots(&world.question()) {
            let claim = Span {
                from: slot.span.from - world.times.buffer_before.duration(),
                to: slot.span.to + world.times.buffer_after.duration(),
            };
            // a group that has begun takes place anyway, and may be what her calendar shows
            for candidate in slot.candidates.iter().filter(|candidate| !candidate.joins) {
                let taken = world.taken.get(candidate.resource);
                let mut busy = taken.into_iter().flat_map(|taken| &taken.busy);
                prop_assert!(!busy.any(|span| span.overlaps(&claim)), "{} at {}", candidate.resource, slot.span.from);
            }
        }
    }

    #[test]
    fn days_are_told_once_and_all_of_them_page_by_page(world in worlds(), count in 1usize..4) {
        let question = world.question();
        let found = slots(&question);
        let (mut told, mut from) = (Vec::new(), None);
        loop {
            let page = days_with_slots(&found, from, count);
            prop_assert!(page.days.len() == count || page.next.is_none());
            prop_assert!(page.days.iter().all(|day| day.slots.iter().all(|slot| slot.date == day.date)));
            told.extend(page.days.iter().flat_map(|day| day.slots.to_vec()));
            from = page.next;
            if from.is_none() { break; }
        }
        prop_assert_eq!(told, found);
    }

    #[test]
    fn a_rule_falls_on_the_days_one_counts_out_by_hand(
        rule in rule(jiff::civil::date(2026, 11, 20)),
        first in 0i64..800,
    ) {
        let first = jiff::civil::date(2026, 9, 1) + first.days();
        for day in first.series(1.day()).take(40) {
            prop_assert_eq!(rule.falls_on(day), reference::falls(&rule, day), "{}", day);
        }
    }

    #[test]
    fn a_preview_tells_what_comes_what_goes_and_whom_it_leaves_uncovered(
        world in worlds(),
        change in (rule(jiff::civil::date(2026, 11, 20)), 0usize..8),
        appointments in proptest::collection::vec((0i64..1440, 1i64..24, 0usize..3, 0usize..4), 0..12),
    ) {
        let mut changed = world.clone();
        changed.resources[0].rules.truncate(change.1);
        changed.resources[0].rules.push(crate::availability::Rule { valid_from: world.from, ..change.0 });
        if change.1 % 2 == 0 {
            changed.closures.clear();
            changed.resources[0].absences.clear();
            changed.rooms.iter_mut().for_each(|room| room.absences.clear());
        }
        let (old, new) = (world.question(), changed.question());
        let begin = world.from.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp();
        let appointments: Vec<_> = appointments.into_iter().enumerate().map(|(number, (at, length, who, mode))| {
            let span = Span::lasting(begin + SignedDuration::from_mins(at * 5), SignedDuration::from_mins(length * 5));
            let resource = ["ada", "bea", "nobody"][who].to_owned();
            let room = world.rooms.get(number % 3).map(|room| room.id.clone());
            Appointment { id: number.to_string(), offer: "talk".into(), resource, room, span, mode: Mode::ALL[mode] }
        }).collect();
        let told = preview(&old, &new, &appointments);

        let times = |question: &Question<'_>| {
            let slots = reference::slots(question).into_iter();
            slots.flat_map(|slot| {
                slot.candidates.into_iter().flat_map(move |(who, (modes, _, _))| {
                    modes.into_iter().map(move |mode| (slot.begin, who.clone(), mode))
                })
            }).collect::<BTreeSet<_>>()
        };
        let single = |changes: &[super::Change]| {
            changes.iter().flat_map(|change| {
                change.modes.iter().map(|mode| (change.span.from, change.resource.clone(), mode))
            }).collect::<BTreeSet<_>>()
        };
        let (before, after) = (times(&old), times(&new));
        prop_assert_eq!(single(&told.added), after.difference(&before).cloned().collect());
        prop_assert_eq!(single(&told.removed), before.difference(&after).cloned().collect());
        let uncovered: BTreeSet<_> = appointments.iter()
            .filter(|appointment| reference::covered(&old, appointment) && !reference::covered(&new, appointment))
            .map(|appointment| appointment.id.clone()).collect();
        prop_assert_eq!(told.conflicts.iter().map(|conflict| conflict.appointment.id.clone()).collect::<BTreeSet<_>>(), uncovered);
    }
}

/// The reference would be of no use if the generated centres never came to the point. Each of these mutants forgets one
/// thing; among some hundred centres the reference has to catch every one.
#[test]
fn the_reference_catches_whoever_forgets_something() {
    type Mutant = (&'static str, fn(&mut World));
    let mutants: [Mutant; 14] = [
        ("the buffer before", |world| world.times.buffer_before = Minutes::NONE),
        ("the buffer after", |world| world.times.buffer_after = Minutes::NONE),
        ("notice", |world| world.times.notice_minutes = 0),
        ("the horizon", |world| world.times.horizon_days = 60),
        ("absences", |world| world.resources.iter_mut().for_each(|resource| resource.absences.clear())),
        ("absences of rooms", |world| world.rooms.iter_mut().for_each(|room| room.absences.clear())),
        ("busy times", |world| world.taken.values_mut().for_each(|taken| taken.busy.clear())),
        ("closures", |world| world.closures.clear()),
        ("public holidays", |world| world.holidays = PublicHolidays::default()),
        ("claims", |world| world.taken.values_mut().for_each(|taken| taken.ticks.clear())),
        ("groups", |world| world.taken.values_mut().for_each(|taken| taken.sessions.clear())),
        ("rooms", |world| world.times.rooms.clear()),
        ("the limit of a counsellor", |world| world.times.limit_per_counsellor = None),
        ("the limit of a day", |world| world.times.limit_per_day = None),
    ];
    let mut runner = TestRunner::deterministic();
    let strategy = worlds();
    let mut alive = mutants.to_vec();
    for _ in 0..300 {
        let world = strategy.new_tree(&mut runner).unwrap().current();
        let right = reference::slots(&world.question());
        alive.retain(|(_, forget)| {
            let mut mutant = world.clone();
            forget(&mut mutant);
            plain(&slots(&mutant.question())) == right
        });
        if alive.is_empty() {
            break;
        }
    }
    let alive: Vec<_> = alive.iter().map(|(name, _)| *name).collect();
    assert!(alive.is_empty(), "nobody missed {alive:?}");
}

/// A series that counts weeks as 168 hours forgets that the clocks change; the reference knows.
#[test]
fn the_reference_catches_a_series_that_forgets_the_clocks() {
    let world = examples::sundays("2026-10-18", "2026-11-01");
    let question = world.question();
    let right: Vec<_> = reference::slots(&question).into_iter().map(|slot| slot.begin).collect();
    let naive = |begin: jiff::Timestamp, weeks: i64| begin + SignedDuration::from_hours(168 * weeks);
    let per_week = right.len() / 3;
    let mutant: Vec<_> =
        (0..3).flat_map(|weeks| right[..per_week].iter().map(move |begin| naive(*begin, weeks))).collect();
    assert_eq!(mutant.len(), right.len());
    assert_ne!(mutant, right);
    assert_eq!(slots(&question).iter().map(|slot| slot.span.from).collect::<Vec<_>>(), right);
}
