//! Generated centres: around nights on which the clocks change, leap days and the ends of years.

use std::collections::{BTreeMap, BTreeSet};

use contracts::directory::{Mode, Weekday};
use jiff::{
    SignedDuration, Timestamp, ToSpan,
    civil::{Date, date},
};
use proptest::{
    collection::{btree_map, btree_set, vec},
    option,
    prelude::{Just, Strategy, any, prop_oneof},
    sample::select,
};

use crate::{
    Span, Tick,
    availability::{
        Absence, Closure, DayTime, LocalRange, Minutes, Modes, Nth, OfferTimes, Pattern, PublicHolidays, Rule,
    },
    slots::{Question, Resource, Room, Session, Taken},
};

/// All that a question refers to.
#[derive(Debug, Clone)]
pub(super) struct World {
    pub(super) times: OfferTimes,
    pub(super) resources: Vec<Resource>,
    pub(super) rooms: Vec<Room>,
    pub(super) closures: Vec<Closure>,
    pub(super) holidays: PublicHolidays,
    pub(super) taken: BTreeMap<String, Taken>,
    pub(super) booked: BTreeMap<Date, u16>,
    pub(super) now: Timestamp,
    pub(super) mode: Option<Mode>,
    pub(super) from: Date,
    pub(super) to: Date,
}

impl World {
    pub(super) fn question(&self) -> Question<'_> {
        Question {
            offer: "talk",
            times: &self.times,
            resources: &self.resources,
            rooms: &self.rooms,
            closures: &self.closures,
            holidays: &self.holidays,
            taken: &self.taken,
            booked: &self.booked,
            now: self.now,
            mode: self.mode,
            from: self.from,
            to: self.to,
        }
    }
}

/// Days around which something can go wrong, and two ordinary ones.
const DAYS: [Date; 12] = [
    date(2026, 10, 25),
    date(2027, 3, 28),
    date(2027, 10, 31),
    date(2028, 3, 26),
    date(2028, 10, 29),
    date(2028, 2, 29),
    date(2026, 12, 31),
    date(2028, 12, 31),
    date(2027, 5, 6),
    date(2027, 5, 27),
    date(2026, 11, 25),
    date(2027, 7, 14),
];

pub(super) fn worlds() -> impl Strategy<Value = World> {
    (select(&DAYS[..]), 0i64..4, 0i64..5).prop_flat_map(|(pivot, before, length)| {
        let from = pivot - before.days();
        let to = from + length.days();
        let midnight = from.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp();
        let claims = (vec(taken(from), 5), vec(vec(session(from), 0..8), 3));
        (
            times(),
            vec(resource(from), 1..=3),
            claims,
            centre(from),
            btree_map(day(from), 0u16..4, 0..3),
            presents(midnight),
        )
            .prop_map(
                move |(
                    times,
                    mut resources,
                    (claims, sessions),
                    (rooms, closures, holidays),
                    booked,
                    asked,
                )| {
                    let names = ["ada", "bea", "cem"];
                    resources.iter_mut().zip(names).for_each(|(resource, name)| resource.id = name.into());
                    let mut taken: BTreeMap<String, Taken> =
                        names.into_iter().chain(["red", "blue"]).map(str::to_owned).zip(claims).collect();
                    if times.capacity > 1 {
                        for (name, sessions) in names.iter().zip(sessions) {
                            let taken = taken.entry((*name).to_owned()).or_default();
                            sessions.into_iter().for_each(|session| hold(&times, taken, session));
                        }
                    }
                    let (now, mode) = asked;
                    World { times, resources, rooms, closures, holidays, taken, booked, now, mode, from, to }
                },
            )
    })
}

/// Gives a group its claims, unless it would meet another.
fn hold(times: &OfferTimes, taken: &mut Taken, (begin, seats, room): (Timestamp, u16, bool)) {
    let span = Span::lasting(begin, times.length.duration());
    let claim =
        Span { from: begin - times.buffer_before.duration(), to: span.to + times.buffer_after.duration() };
    let ticks: BTreeSet<Tick> = claim.ticks().collect();
    let padded = |other: &Session| Span {
        from: other.span.from - times.buffer_before.duration(),
        to: other.span.to + times.buffer_after.duration(),
    };
    if !taken.sessions.iter().any(|other| padded(other).overlaps(&claim)) {
        taken.ticks.retain(|(tick, _)| !ticks.contains(tick));
        taken.ticks.extend(ticks.into_iter().map(|tick| (tick, seats)));
        taken.sessions.push(Session { span, seats, room: room.then(|| "red".to_owned()) });
    }
}

fn times() -> impl Strategy<Value = OfferTimes> {
    let minutes =
        |choices: &'static [u16]| select(choices).prop_map(|minutes| Minutes::new(minutes).unwrap());
    let lengths = (
        minutes(&[5, 15, 30, 45, 60, 90, 180]),
        minutes(&[0, 5, 20]),
        minutes(&[0, 10, 30]),
        minutes(&[5, 15, 20, 30, 45, 60]),
    );
    let reach = (select(&[0u32, 0, 7, 120, 1_440, 2_883][..]), select(&[0u16, 2, 7, 30, 30, 30][..]));
    let limits = (
        select(&[1u16, 3][..]),
        option::weighted(0.3, 1u16..4),
        option::weighted(0.3, 1u16..6),
        any::<bool>(),
    );
    (lengths, reach, modes(), limits).prop_map(|(lengths, reach, modes, limits)| OfferTimes {
        length: lengths.0,
        buffer_before: lengths.1,
        buffer_after: lengths.2,
        step: lengths.3,
        notice_minutes: reach.0,
        horizon_days: reach.1,
        modes,
        capacity: limits.0,
        limit_per_counsellor: limits.1,
        limit_per_day: limits.2,
        rooms: if limits.3 { ["red".into(), "blue".into()].into() } else { BTreeSet::new() },
    })
}

fn modes() -> impl Strategy<Value = Modes> {
    btree_set(select(&Mode::ALL[..]), 1..=4).prop_map(|modes| modes.into_iter().collect())
}

fn resource(from: Date) -> impl Strategy<Value = Resource> {
    (vec(rule(from), 1..6), absences(from)).prop_map(|(rules, absences)| Resource {
        id: String::new(),
        rules,
        absences,
    })
}

pub(super) fn rule(from: Date) -> impl Strategy<Value = Rule> {
    let weekday = || select(&Weekday::ALL[..]);
    let nth = select(&[Nth::First, Nth::Second, Nth::Third, Nth::Fourth, Nth::Fifth, Nth::Last][..]);
    let pattern = prop_oneof![
        4 => (select(&[1u8, 1, 2, 3, 8][..]), weekday()).prop_map(|(every, weekday)| Pattern::Weekly { every, weekday }),
        1 => (nth, weekday()).prop_map(|(nth, weekday)| Pattern::Monthly { nth, weekday }),
        2 => day(from).prop_map(|date| Pattern::Once { date }),
    ];
    // Nights as often as days: that is when the clocks change.
    let begin = prop_oneof![0i64..48, 0i64..288];
    let hours = (begin, 1i64..120).prop_map(|(begin, length)| {
        let time = |ticks: i64| DayTime::from_ticks(ticks.min(288)).unwrap();
        (time(begin), time(begin + length))
    });
    let offers = select(&["", "", "talk", "other"][..]);
    let validity = (0i64..80, option::weighted(0.2, 0i64..8), btree_set(day(from), 0..2));
    (pattern, hours, offers, modes(), validity).prop_map(
        move |(pattern, (begin, end), offer, modes, validity)| {
            let (ago, until, except) = validity;
            Rule {
                id: "rule".into(),
                offers: if offer.is_empty() { BTreeSet::new() } else { [offer.to_owned()].into() },
                modes,
                pattern,
                from: begin,
                to: end,
                valid_from: from - ago.days() + 2.days(),
                valid_until: until.map(|days| from + days.days()),
                except,
            }
        },
    )
}

fn day(from: Date) -> impl Strategy<Value = Date> {
    (-1i64..7).prop_map(move |after| from + after.days())
}

fn range(from: Date) -> impl Strategy<Value = LocalRange> {
    let whole = (day(from), 0i64..2).prop_map(|(first, more)| LocalRange::days(first, first + more.days()));
    let part = (day(from), 0i64..288, 1i64..100).prop_map(|(day, begin, length)| {
        let begin = day.at(0, 0, 0, 0) + (begin * 5).minutes();
        LocalRange { from: begin, to: begin + (length * 5).minutes() }
    });
    prop_oneof![1 => whole, 3 => part]
}

fn absences(from: Date) -> impl Strategy<Value = Vec<Absence>> {
    vec(range(from).prop_map(|range| Absence { id: "away".into(), range }), 0..3)
}

fn instant(from: Date) -> impl Strategy<Value = Timestamp> {
    let midnight = from.to_zoned(jiff::tz::TimeZone::UTC).unwrap().timestamp();
    (-60i64..6 * 96).prop_map(move |quarter| midnight + SignedDuration::from_mins(15 * quarter))
}

fn busy(from: Date) -> impl Strategy<Value = Span> {
    // Other calendars keep to no ticks.
    (instant(from), 0i64..900, 1i64..20_000).prop_map(|(begin, late, seconds)| {
        Span::lasting(begin + SignedDuration::from_secs(late), SignedDuration::from_secs(seconds))
    })
}

fn taken(from: Date) -> impl Strategy<Value = Taken> {
    let claims = vec((instant(from), 1i64..12, 1u16..3), 0..24);
    (claims, btree_map(day(from), 0u16..4, 0..6), vec(busy(from), 0..3)).prop_map(
        |(claims, meetings, busy)| {
            let ticks = claims.into_iter().flat_map(|(begin, length, seats)| {
                let first = Tick::of(begin).0;
                (first..first + length).map(move |tick| (Tick(tick), seats))
            });
            Taken { ticks: ticks.collect(), sessions: Vec::new(), meetings, busy }
        },
    )
}

fn session(from: Date) -> impl Strategy<Value = (Timestamp, u16, bool)> {
    (instant(from), 1u16..4, any::<bool>())
}

fn centre(from: Date) -> impl Strategy<Value = (Vec<Room>, Vec<Closure>, PublicHolidays)> {
    let rooms = ["red", "blue", "green"]
        .map(|id| absences(from).prop_map(move |absences| Room { id: id.to_owned(), absences }));
    let closures = vec(range(from).prop_map(|range| Closure { id: "closed".into(), range }), 0..2);
    let holidays = (
        proptest::bool::weighted(0.4),
        option::weighted(0.8, select(&["09", "14", "16", "05", "11"][..])),
        any::<bool>(),
    );
    let holidays = holidays.prop_map(|(closed, land, municipal)| PublicHolidays {
        closed,
        land: land.map(|key| key.parse().unwrap()),
        municipal: if municipal { ["corpus-christi".to_owned()].into() } else { BTreeSet::new() },
    });
    (rooms.prop_map(Vec::from), closures, holidays)
}

fn presents(midnight: Timestamp) -> impl Strategy<Value = (Timestamp, Option<Mode>)> {
    // Mostly some hours or days before the window, by the second; sometimes in it.
    let ago = prop_oneof![3 => 0i64..300_000, 1 => -200_000i64..0, 1 => Just(0)];
    (ago, option::weighted(0.3, select(&Mode::ALL[..])))
        .prop_map(move |(ago, mode)| (midnight - SignedDuration::from_secs(ago), mode))
}
