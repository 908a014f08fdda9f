//! The promises about slots, one example each.

use std::collections::BTreeMap;

use contracts::directory::{Mode, Weekday};
use jiff::civil::{Date, date};

use super::World;
use crate::{
    Span, Tick,
    availability::{
        Absence, Closure, LocalRange, Minutes, Modes, Occurrence, OfferTimes, Pattern, PublicHolidays, Rule,
    },
    slots::{Appointment, Resource, Room, Session, Taken, Uncovered, days_with_slots, preview, slots},
};

/// Talks of an hour, every hour, with one counsellor who can be met on a weekday in these hours.
fn world(weekday: Weekday, hours: (&str, &str), window: (&str, &str)) -> World {
    let (from, to): (Date, Date) = (window.0.parse().unwrap(), window.1.parse().unwrap());
    World {
        times: OfferTimes {
            length: Minutes::new(60).unwrap(),
            buffer_before: Minutes::NONE,
            buffer_after: Minutes::NONE,
            step: Minutes::new(60).unwrap(),
            notice_minutes: 0,
            horizon_days: 60,
            modes: Modes::all(),
            capacity: 1,
            limit_per_counsellor: None,
            limit_per_day: None,
            rooms: [].into(),
        },
        resources: vec![counsellor("ada", weekday, hours, from)],
        rooms: Vec::new(),
        closures: Vec::new(),
        holidays: PublicHolidays::default(),
        taken: BTreeMap::new(),
        booked: BTreeMap::new(),
        now: from.yesterday().unwrap().to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp(),
        mode: None,
        from,
        to,
    }
}

fn counsellor(id: &str, weekday: Weekday, hours: (&str, &str), from: Date) -> Resource {
    let rule = Rule {
        id: "rule".into(),
        offers: [].into(),
        modes: Modes::all(),
        pattern: Pattern::Weekly { every: 1, weekday },
        from: hours.0.parse().unwrap(),
        to: hours.1.parse().unwrap(),
        valid_from: from,
        valid_until: None,
        except: [].into(),
    };
    Resource { id: id.into(), rules: vec![rule], ..Resource::default() }
}

/// Sunday mornings.
pub(super) fn sundays(from: &str, to: &str) -> World {
    world(Weekday::Sunday, ("09:00", "12:00"), (from, to))
}

/// Monday 23 November 2026, nine to twelve: slots at 9, 10 and 11, that is 8, 9 and 10 in UTC.
fn monday() -> World {
    world(Weekday::Monday, ("09:00", "12:00"), ("2026-11-23", "2026-11-23"))
}

fn begins(world: &World) -> Vec<String> {
    let slots = slots(&world.question());
    slots.iter().map(|slot| slot.time.to_string()).collect()
}

fn span(from: &str, to: &str) -> Span {
    Span { from: from.parse().unwrap(), to: to.parse().unwrap() }
}

fn claim(world: &mut World, who: &str, claimed: Span, seats: u16) {
    let taken = world.taken.entry(who.to_owned()).or_default();
    taken.ticks.extend(claimed.ticks().map(|tick| (tick, seats)));
}

fn night(day: &str) -> World {
    let mut world = world(Weekday::Sunday, ("01:30", "04:00"), (day, day));
    world.times.length = Minutes::new(30).unwrap();
    world.times.step = Minutes::new(30).unwrap();
    world
}

#[test]
fn half_past_two_is_not_offered_when_the_clocks_skip_it() {
    let night = night("2027-03-28");
    assert_eq!(begins(&night), ["01:30", "03:00", "03:30"]);
}

#[test]
fn both_half_past_two_are_offered_and_told_apart_when_the_clocks_repeat_it() {
    let night = night("2026-10-25");
    let question = night.question();
    let slots = slots(&question);
    let told: Vec<_> = slots
        .iter()
        .map(|slot| (slot.time.to_string(), slot.ambiguous, slot.span.from.to_string()))
        .collect();
    let (first, second) = (Some(Occurrence::First), Some(Occurrence::Second));
    let expected = [
        ("01:30", None, "2026-10-24T23:30:00Z"),
        ("02:00", first, "2026-10-25T00:00:00Z"),
        ("02:30", first, "2026-10-25T00:30:00Z"),
        ("02:00", second, "2026-10-25T01:00:00Z"),
        ("02:30", second, "2026-10-25T01:30:00Z"),
        ("03:00", None, "2026-10-25T02:00:00Z"),
        ("03:30", None, "2026-10-25T02:30:00Z"),
    ];
    assert_eq!(told, expected.map(|(time, which, begin)| (time.to_owned(), which, begin.to_owned())));
}

#[test]
fn an_appointment_across_the_change_lasts_as_long_as_any_other() {
    let mut night = night("2027-03-28");
    night.times.length = Minutes::new(90).unwrap();
    let slots = slots(&night.question()).into_iter().map(|slot| slot.span).collect::<Vec<_>>();
    // 01:30 to 04:00 by the clock is an hour and a half.
    assert_eq!(slots, [span("2027-03-28T00:30:00Z", "2027-03-28T02:00:00Z")]);
}

#[test]
fn a_leap_day_has_slots_like_any_other_day() {
    let leap = world(Weekday::Tuesday, ("09:00", "10:00"), ("2028-02-28", "2028-03-01"));
    let found = slots(&leap.question()).into_iter().map(|slot| slot.date).collect::<Vec<_>>();
    assert_eq!(found, [date(2028, 2, 29)]);
}

#[test]
fn an_appointment_on_new_years_eve_may_end_in_the_new_year_if_the_rules_go_on() {
    let mut eve = world(Weekday::Thursday, ("22:30", "24:00"), ("2026-12-31", "2026-12-31"));
    assert_eq!(begins(&eve), ["22:30"]);
    let more = counsellor("ada", Weekday::Friday, ("00:00", "01:00"), date(2026, 12, 31));
    eve.resources[0].rules.extend(more.rules);
    assert_eq!(begins(&eve), ["22:30", "23:30"]);
}

#[test]
fn notice_is_elapsed_time_even_when_the_clocks_change() {
    let mut sundays = sundays("2026-10-25", "2026-10-25");
    sundays.times.notice_minutes = 24 * 60;
    // 9:00 on the day before is 25 hours before 9:00, so that 24 hours end at 8:00.
    sundays.now = "2026-10-24T09:00:00+02:00".parse().unwrap();
    assert_eq!(begins(&sundays), ["09:00", "10:00", "11:00"]);
    sundays.now = "2026-10-24T10:00:00+02:00".parse().unwrap();
    assert_eq!(begins(&sundays), ["09:00", "10:00", "11:00"]);
    sundays.now = "2026-10-24T10:00:01+02:00".parse().unwrap();
    assert_eq!(begins(&sundays), ["10:00", "11:00"]);
}

#[test]
fn the_horizon_is_counted_in_local_days() {
    let mut monday = monday();
    monday.times.horizon_days = 1;
    // 0:30 on Sunday in Berlin, still Saturday in UTC.
    monday.now = "2026-11-21T23:30:00Z".parse().unwrap();
    assert_eq!(begins(&monday).len(), 3);
    monday.now = "2026-11-21T22:30:00Z".parse().unwrap();
    assert_eq!(begins(&monday).len(), 0);
}

#[test]
fn buffers_may_hang_over_availability_but_not_over_a_claim() {
    let mut monday = monday();
    (monday.times.buffer_before, monday.times.buffer_after) =
        (Minutes::new(30).unwrap(), Minutes::new(30).unwrap());
    assert_eq!(begins(&monday), ["09:00", "10:00", "11:00"]);
    // Something else until 8:35 touches the time before 9:00; something from 12:30 touches nothing.
    claim(&mut monday, "ada", span("2026-11-23T07:00:00Z", "2026-11-23T07:35:00Z"), 1);
    claim(&mut monday, "ada", span("2026-11-23T11:30:00Z", "2026-11-23T12:00:00Z"), 1);
    assert_eq!(begins(&monday), ["10:00", "11:00"]);
}

#[test]
fn absence_closure_and_holiday_take_times_away_and_busy_calendars_too() {
    let morning = |from: &str, to: &str| LocalRange { from: from.parse().unwrap(), to: to.parse().unwrap() };
    let mut away = monday();
    let range = morning("2026-11-23T09:57", "2026-11-23T10:01");
    away.resources[0].absences.push(Absence { id: "a".into(), range: range.clone() });
    assert_eq!(begins(&away), ["11:00"]);
    let mut closed = monday();
    closed.closures.push(Closure { id: "c".into(), range });
    assert_eq!(begins(&closed), ["11:00"]);
    let mut busy = monday();
    let calendar = vec![span("2026-11-23T09:59:59Z", "2026-11-23T10:00:01Z")];
    busy.taken.insert("ada".into(), Taken { busy: calendar, ..Taken::default() });
    assert_eq!(begins(&busy), ["09:00"]);
    let mut repentance = world(Weekday::Wednesday, ("09:00", "12:00"), ("2026-11-18", "2026-11-18"));
    repentance.holidays.land = Some("14".parse().unwrap());
    assert_eq!(begins(&repentance), [] as [&str; 0]);
    repentance.holidays.land = Some("09".parse().unwrap());
    assert_eq!(begins(&repentance).len(), 3);
    let mut corpus_christi = world(Weekday::Thursday, ("09:00", "12:00"), ("2027-05-27", "2027-05-27"));
    corpus_christi.holidays.land = Some("14".parse().unwrap());
    assert_eq!(begins(&corpus_christi).len(), 3);
    corpus_christi.holidays.municipal = ["corpus-christi".to_owned()].into();
    assert_eq!(begins(&corpus_christi), [] as [&str; 0]);
}

#[test]
fn a_group_is_joined_until_it_is_full_and_shares_its_time_with_nobody() {
    let mut group = monday();
    group.times.capacity = 3;
    group.times.step = Minutes::new(30).unwrap();
    let begun = span("2026-11-23T08:00:00Z", "2026-11-23T09:00:00Z");
    claim(&mut group, "ada", begun, 2);
    let session = Session { span: begun, seats: 2, room: None };
    group.taken.get_mut("ada").unwrap().sessions.push(session);
    let places = |world: &World| {
        let slots = slots(&world.question());
        slots.iter().map(|slot| (slot.time.to_string(), slot.seats_left)).collect::<Vec<_>>()
    };
    // Nothing at 9:30, in the middle of the group.
    let expected = [("09:00", 1), ("10:00", 3), ("10:30", 3), ("11:00", 3)];
    assert_eq!(places(&group), expected.map(|(time, left)| (time.to_owned(), left)));
    claim(&mut group, "ada", begun, 3);
    group.taken.get_mut("ada").unwrap().sessions[0].seats = 3;
    assert_eq!(places(&group)[0].0, "10:00");
    // Somebody who talks in private is no group.
    group.taken.get_mut("ada").unwrap().sessions.clear();
    assert_eq!(places(&group)[0].0, "10:00");
}

#[test]
fn a_meeting_in_person_needs_a_room_and_a_call_does_not() {
    let mut monday = monday();
    monday.times.rooms = ["red".to_owned()].into();
    monday.rooms = ["red", "blue"].map(|id| Room { id: id.into(), absences: Vec::new() }).into();
    claim(&mut monday, "red", span("2026-11-23T08:30:00Z", "2026-11-23T08:35:00Z"), 1);
    let question = monday.question();
    let found = slots(&question);
    assert_eq!(found[0].modes, Modes::all().without(Modes::only(Mode::InPerson)));
    assert_eq!((found[1].modes, found[1].rooms.clone()), (Modes::all(), vec!["red"]));
    let in_person = World { mode: Some(Mode::InPerson), ..monday.clone() };
    assert_eq!(begins(&in_person), ["10:00", "11:00"]);
}

#[test]
fn a_counsellor_who_has_enough_that_day_is_left_in_peace_and_so_is_the_offer() {
    let mut monday = monday();
    monday.resources.push(counsellor("bea", Weekday::Monday, ("09:00", "12:00"), monday.from));
    monday.times.limit_per_counsellor = Some(2);
    let meetings = BTreeMap::from([(date(2026, 11, 23), 2)]);
    monday.taken.insert("ada".into(), Taken { meetings, ..Taken::default() });
    let question = monday.question();
    let free = slots(&question);
    assert!(free.len() == 3 && free.iter().all(|slot| slot.choose(Mode::Phone) == Some("bea")));
    assert!(free.iter().all(|slot| slot.candidates.len() == 1));
    monday.times.limit_per_day = Some(4);
    monday.booked = [(date(2026, 11, 23), 4)].into();
    assert_eq!(begins(&monday).len(), 0);
}

#[test]
fn the_week_decides_among_those_who_have_as_much_that_day_and_the_last_week_does_not_count() {
    let mut monday = monday();
    monday.resources.push(counsellor("bea", Weekday::Monday, ("09:00", "12:00"), monday.from));
    let friday = BTreeMap::from([(date(2026, 11, 27), 1)]);
    let last_week = BTreeMap::from([(date(2026, 11, 22), 9)]);
    for (busy, idle) in [("ada", "bea"), ("bea", "ada")] {
        let taken = |meetings: &BTreeMap<_, _>| Taken { meetings: meetings.clone(), ..Taken::default() };
        monday.taken = [(busy.to_owned(), taken(&friday)), (idle.to_owned(), taken(&last_week))].into();
        let question = monday.question();
        assert!(slots(&question).iter().all(|slot| slot.choose(Mode::Chat) == Some(idle)));
    }
}

#[test]
fn ten_days_that_have_slots_are_told_and_where_to_go_on() {
    let mondays = world(Weekday::Monday, ("09:00", "12:00"), ("2026-11-23", "2027-06-30"));
    let mut long = mondays;
    long.times.horizon_days = 120;
    let question = long.question();
    let found = slots(&question);
    let page = days_with_slots(&found, None, 10);
    assert_eq!((page.days.len(), page.days[9].date, page.days[9].slots.len()), (10, date(2027, 1, 25), 3));
    let rest = days_with_slots(&found, page.next, 10);
    assert_eq!((rest.days[0].date, rest.days.len(), rest.next), (date(2027, 2, 1), 8, None));
}

#[test]
fn a_preview_lists_conflicts_with_their_reason_and_touches_no_appointment() {
    let old = monday();
    let mut new = old.clone();
    new.resources[0].rules[0].from = "10:00".parse().unwrap();
    new.resources[0].rules[0].to = "13:00".parse().unwrap();
    let at = |id: &str, from: &str, to: &str| Appointment {
        id: id.into(),
        offer: "talk".into(),
        resource: "ada".into(),
        room: None,
        span: span(from, to),
        mode: Mode::Phone,
    };
    let booked = [
        at("early", "2026-11-23T08:00:00Z", "2026-11-23T09:00:00Z"),
        at("kept", "2026-11-23T10:00:00Z", "2026-11-23T11:00:00Z"),
        at("never covered", "2026-11-23T05:00:00Z", "2026-11-23T06:00:00Z"),
        at("in a year", "2027-11-22T08:00:00Z", "2027-11-22T09:00:00Z"),
    ];
    let told = preview(&old.question(), &new.question(), &booked);
    let times = |changes: &[crate::slots::Change]| {
        changes.iter().map(|change| change.span.from.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(times(&told.removed), ["2026-11-23T08:00:00Z"]);
    assert_eq!(times(&told.added), ["2026-11-23T11:00:00Z"]);
    let conflicts: Vec<_> =
        told.conflicts.iter().map(|conflict| (conflict.appointment.id.as_str(), conflict.reason)).collect();
    assert_eq!(conflicts, [("early", Uncovered::NoRule), ("in a year", Uncovered::NoRule)]);

    let reasons = |change: fn(&mut World)| {
        let mut new = monday();
        change(&mut new);
        preview(&old.question(), &new.question(), &booked[..1])
            .conflicts
            .first()
            .map(|conflict| conflict.reason)
    };
    assert_eq!(reasons(|_| ()), None);
    assert_eq!(reasons(|world| world.resources.clear()), Some(Uncovered::NoCounsellor));
    assert_eq!(
        reasons(|world| {
            let range = LocalRange::days(date(2026, 11, 23), date(2026, 11, 23));
            world.resources[0].absences.push(Absence { id: "a".into(), range });
        }),
        Some(Uncovered::Absence)
    );
    assert_eq!(
        reasons(|world| {
            let range = LocalRange::days(date(2026, 11, 23), date(2026, 11, 23));
            world.closures.push(Closure { id: "c".into(), range });
        }),
        Some(Uncovered::Closure)
    );
}

#[test]
fn a_question_that_makes_no_sense_has_no_answer_instead_of_a_crash() {
    for change in [
        |world: &mut World| world.times.length = Minutes::NONE,
        |world: &mut World| world.times.step = Minutes::NONE,
        |world: &mut World| world.times.capacity = 0,
        |world: &mut World| world.times.modes = Modes::NONE,
        |world: &mut World| world.resources.clear(),
        |world: &mut World| world.to = date(2026, 11, 22),
        |world: &mut World| (world.from, world.to) = (Date::MAX, Date::MIN),
        |world: &mut World| world.now = jiff::Timestamp::MAX,
        |world: &mut World| {
            world.resources[0].rules[0].pattern = Pattern::Weekly { every: 0, weekday: Weekday::Monday }
        },
    ] {
        let mut odd = monday();
        change(&mut odd);
        assert_eq!(begins(&odd), [] as [&str; 0]);
    }
    let mut all_of_time = monday();
    (all_of_time.from, all_of_time.to) = (Date::MIN, Date::MAX);
    claim(&mut all_of_time, "ada", span("2026-11-23T08:00:00Z", "2026-11-23T08:05:00Z"), 1);
    all_of_time.taken.get_mut("ada").unwrap().ticks.push((Tick(i64::MAX / 2), 1));
    assert_eq!(begins(&all_of_time)[..2], ["10:00", "11:00"]);
}
