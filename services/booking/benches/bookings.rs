//! How many bookings a second are durable, for one caller and for many at once, and how long the slowest of a hundred waits; and
//! whether a crowd that wants the same times ever gets one of them twice.
//!
//! A booking is all of it: the free times of the day, what she says sealed under keys that are synced, the hold, the
//! claims, the row, its mails, committed. `BOOKINGS_SECONDS` says how long each row is measured, `BOOKINGS_ATTEMPTS` how
//! often the crowd tries (a million for the figure in the papers), `BOOKINGS_FOLDER` on which file system; without it, on that
//! of the build.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement prints, and stops where something is wrong"
)]

#[path = "../tests/house/mod.rs"]
mod house;
mod sync;

use std::{
    env,
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use booking::{
    BookingError, Span,
    appointment::Appointment,
    contact::{Contact, Typed},
    receipt,
    service::NewBooking,
    setting::{Asks, NameAsked},
    store::{self, Booked, Hold, Place, Store},
};
use contracts::directory::Mode;
use house::{CENTRE, House, TALK, at, sqlite_in, start};
use jiff::{SignedDuration, Timestamp};
use kernel::{Lang, Personal, Secret};
use rand::{RngExt, SeedableRng, rngs::StdRng};
use storekit::testing::Scratch;

const CALLERS: [usize; 3] = [1, 8, 32];
const COUNSELLORS: usize = 10;
/// The crowd wants the same times: so many counsellors, so many quarters of an hour.
const WANTED: (usize, i64) = (3, 200);
const CROWD: usize = 32;
/// So many each of them keeps; for another one she gives one back.
const KEPT: usize = 6;

fn number(name: &str, otherwise: u64) -> u64 {
    env::var(name).ok().and_then(|number| number.parse().ok()).unwrap_or(otherwise)
}

#[tokio::main]
async fn main() {
    let near = env::var("BOOKINGS_FOLDER").unwrap_or_else(|_| env!("CARGO_TARGET_TMPDIR").to_owned());
    let folder = tempfile::tempdir_in(near).unwrap();
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let build = if cfg!(debug_assertions) { "debug build: these are no figures" } else { "release build" };
    println!("{build}, {cores} cores, callers, program and database on the same machine");
    println!("one fdatasync of this file system: {}", sync::bare_sync(folder.path()));
    println!("SQLite: WAL, synchronous=FULL, one writer. PostgreSQL: its defaults, fsync on, Unix socket.");
    println!("each booking seals a contact and an address (two keys, synced) and queues four mails\n");

    let seconds = Duration::from_secs(number("BOOKINGS_SECONDS", 5));
    for engine in ["SQLite", "PostgreSQL"] {
        for callers in CALLERS {
            let data = folder.path().join(format!("{engine}-{callers}"));
            std::fs::create_dir(&data).unwrap();
            let (address, _scratch) = database(engine, &data).await;
            measure(engine, &data, &address, callers, seconds).await;
        }
    }
    println!();
    let attempts = number("BOOKINGS_ATTEMPTS", 20_000);
    for engine in ["SQLite", "PostgreSQL"] {
        let data = folder.path().join(format!("{engine}-crowd"));
        std::fs::create_dir(&data).unwrap();
        let (address, _scratch) = database(engine, &data).await;
        crowd(engine, &data, &address, attempts).await;
    }
}

/// Each caller has a thread of its own.
fn on_its_own<T: Send + 'static>(
    caller: impl AsyncFnOnce() -> T + Send + 'static,
) -> tokio::task::JoinHandle<T> {
    let runtime = tokio::runtime::Handle::current();
    tokio::task::spawn_blocking(move || runtime.block_on(caller()))
}

async fn database(engine: &str, data: &Path) -> (String, Option<Scratch>) {
    if engine == "SQLite" {
        return (sqlite_in(data), None);
    }
    let scratch = Scratch::postgres().await;
    (scratch.address().to_owned(), Some(scratch))
}

async fn measure(engine: &str, data: &Path, address: &str, callers: usize, seconds: Duration) {
    let house = Arc::new(House::open(data, address, start()).await);
    house.furnish(COUNSELLORS).await;
    let begun = Instant::now();
    let people: Vec<_> = (0..callers)
        .map(|caller| {
            let house = Arc::clone(&house);
            on_its_own(async move || {
                let mut dice = StdRng::seed_from_u64(caller as u64);
                let (mut times, mut taken) = (Vec::new(), 0u64);
                for number in 0.. {
                    if begun.elapsed() >= seconds {
                        break;
                    }
                    let wish = wish(&format!("form-{caller}-{number}"), some_time(&mut dice));
                    let one = Instant::now();
                    let bookable = house.booking.bookable(TALK).await.unwrap();
                    match house.booking.book(&bookable, wish).await {
                        Ok(_) => times.push(one.elapsed()),
                        Err(BookingError::Taken) => taken += 1,
                        Err(error) => panic!("{error}"),
                    }
                }
                (times, taken)
            })
        })
        .collect();
    let (mut times, mut taken) = (Vec::new(), 0);
    for person in people {
        let (hers, refused) = person.await.unwrap();
        times.extend(hers);
        taken += refused;
    }
    let took = begun.elapsed();
    times.sort_unstable();
    assert!(!times.is_empty(), "nobody was booked");
    println!(
        "{engine:<10} {callers:>2} callers: {:>5.0} durable bookings/s, median {:>6.1} ms, p99 {:>6.1} ms ({} booked, {taken} refused)",
        times.len() as f64 / took.as_secs_f64(),
        times[times.len() / 2].as_secs_f64() * 1_000.0,
        times[times.len() * 99 / 100].as_secs_f64() * 1_000.0,
        times.len(),
    );
}

fn wish(form: &str, start: Timestamp) -> NewBooking {
    let typed = Typed { name: String::from("Kim Beispiel"), ..Typed::default() };
    NewBooking {
        form: Secret::new(form.to_owned()),
        mode: Mode::InPerson,
        start,
        lang: Lang::De,
        contact: Contact::check(&typed, Asks { name: NameAsked::Pseudonym, ..Asks::default() }).ok(),
        remind: Some(Personal::new(String::from("kim@example.org"))),
    }
}

/// A weekday within a year, a quarter of an hour of it.
fn some_time(dice: &mut StdRng) -> Timestamp {
    let (week, day) = (dice.random_range(0..50), dice.random_range(0..5));
    // summer or winter, it is between eight and six
    at("2026-11-30T07:00:00Z")
        + SignedDuration::from_hours(24 * (7 * week + day))
        + SignedDuration::from_mins(15 * dice.random_range(0..34))
}

/// Everybody wants the same times and gives some back, so that they are wanted again.
async fn crowd(engine: &str, data: &Path, address: &str, attempts: u64) {
    let house = Arc::new(House::open(data, address, start()).await);
    house.furnish(WANTED.0).await;
    let begun = Instant::now();
    let people: Vec<_> = (0..CROWD)
        .map(|person| {
            let house = Arc::clone(&house);
            let tries = attempts / CROWD as u64 + u64::from((person as u64) < attempts % CROWD as u64);
            on_its_own(async move || insist(house.booking.store(), person, tries).await)
        })
        .collect();
    let mut all = Outcomes::default();
    for person in people {
        let hers = person.await.unwrap();
        all.won += hers.won;
        all.refused += hers.refused;
        all.deadlocks += hers.deadlocks;
    }
    let took = begun.elapsed();
    let Outcomes { won, refused, deadlocks } = all;
    assert_eq!(won + refused + deadlocks, attempts, "every attempt has an outcome");
    let overlaps = overlaps(house.booking.store()).await;
    println!(
        "{engine:<10} {CROWD} callers, {attempts} attempts at {} times: {won} won, {refused} refused, {deadlocks} deadlocks, {overlaps} overlaps, {:.0} attempts/s",
        WANTED.0 * usize::try_from(WANTED.1).unwrap(),
        attempts as f64 / took.as_secs_f64(),
    );
    assert_eq!(overlaps, 0, "somebody was booked twice");
}

/// What became of attempts.
#[derive(Default)]
struct Outcomes {
    won: u64,
    refused: u64,
    /// The program tries these again.
    deadlocks: u64,
}

async fn insist(store: &dyn Store, person: usize, tries: u64) -> Outcomes {
    let mut dice = StdRng::seed_from_u64(person as u64);
    let mut outcomes = Outcomes::default();
    let mut hers = Vec::new();
    for number in 0..tries {
        match attempt(store, &mut dice, &format!("{person}-{number}")).await {
            Ok(Booked::New(appointment)) => {
                outcomes.won += 1;
                hers.push(appointment);
                if hers.len() > KEPT {
                    give_back(store, hers.swap_remove(dice.random_range(0..hers.len()))).await;
                }
            }
            Ok(other) => panic!("{other:?}"),
            Err(BookingError::Taken) => outcomes.refused += 1,
            Err(error) if error.is_worth_another_try() => outcomes.deadlocks += 1,
            Err(error) => panic!("{error}"),
        }
    }
    outcomes
}

async fn give_back(store: &dyn Store, appointment: Appointment) {
    let change = store::Cancellation {
        id: appointment.id,
        version: appointment.version,
        release_at: None,
        note: None,
        mails: Vec::new(),
        audit: None,
    };
    let given_back = store.cancel(&change, start()).await;
    assert!(given_back.is_ok() || given_back.is_err_and(|error| error.is_worth_another_try()));
}

async fn attempt(store: &dyn Store, dice: &mut StdRng, name: &str) -> Result<Booked, BookingError> {
    let from = at("2026-12-01T00:00:00Z") + SignedDuration::from_mins(15 * dice.random_range(0..WANTED.1));
    let span = Span::lasting(from, SignedDuration::from_mins(15 * dice.random_range(1..4)));
    let hash = |what: &str| receipt::hash(&Secret::new(format!("{name} {what}")));
    let place = Place {
        resource_id: format!("counsellor-{}", dice.random_range(0..WANTED.0)),
        room_id: dice.random_bool(0.2).then(|| String::from("room-1")),
        span,
        claimed: span,
        capacity: 1,
        limits: None,
    };
    let hold = Hold {
        id: format!("appointment-{name}"),
        form_hash: hash("form"),
        centre_id: CENTRE.to_owned(),
        offer_id: TALK.to_owned(),
        place,
        mode: Mode::InPerson,
        lang: Lang::De,
        until: start() + SignedDuration::from_mins(5),
        forget_at: span.to,
    };
    let booking = store::NewBooking {
        to_be_confirmed: false,
        code_mac: hash("code"),
        pin_mac: hash("pin"),
        link_hash: hash("link"),
        contact: None,
        notify: None,
        mails: Vec::new(),
        audit: None,
        hold,
    };
    store.book(&booking, start()).await
}

/// Pairs of appointments that want the same counsellor or room at the same time, found without looking at the claims.
async fn overlaps(store: &dyn Store) -> usize {
    let all = Span { from: at("2026-11-01T00:00:00Z"), to: at("2027-01-31T00:00:00Z") };
    let mut taken: Vec<(String, Span)> = Vec::new();
    for appointment in store.of_centre(CENTRE, all).await.unwrap() {
        if matches!(appointment.state, booking::appointment::State::Cancelled { .. }) {
            continue;
        }
        taken.extend(appointment.room_id.map(|room| (room, appointment.span)));
        taken.push((appointment.resource_id, appointment.span));
    }
    taken.sort();
    taken.windows(2).filter(|two| two[0].0 == two[1].0 && two[0].1.overlaps(&two[1].1)).count()
}
