//! How many bookings a second can have their keys synced, two keys each, for one caller and for many at once, and how
//! long the slowest of a hundred waits. Prints what one bare fdatasync costs here, to compare. The folder is made
//! on the file system of the build unless `SEALING_BENCH_FOLDER` names another.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a measurement prints, and stops where something is wrong"
)]

mod sync;

use std::{
    env,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use booking::sealing::{KeyFolder, Plain, Purpose};
use jiff::{SignedDuration, Timestamp};
use kernel::Personal;

const FOR: Duration = Duration::from_secs(3);
/// Appointments lie within so many days.
const DAYS: usize = 30;

fn main() {
    let near = env::var("SEALING_BENCH_FOLDER").unwrap_or_else(|_| env!("CARGO_TARGET_TMPDIR").to_owned());
    let folder = tempfile::tempdir_in(near).unwrap();
    println!("one fdatasync: {}", sync::bare_sync(folder.path()));
    for callers in [1, 8, 32, 64] {
        measure(&folder.path().join(callers.to_string()), callers);
    }
}

fn measure(folder: &Path, callers: usize) {
    let (keys, _) = KeyFolder::at(folder).unwrap();
    let begin: Timestamp = "2026-11-23T12:00:00Z".parse().unwrap();
    let start = Instant::now();
    let mut times: Vec<Duration> = thread::scope(|scope| {
        let callers: Vec<_> = (0..callers)
            .map(|caller| {
                let keys = &keys;
                scope.spawn(move || {
                    let value = Personal::new(vec![b'x'; 200]);
                    let mut times = Vec::new();
                    while start.elapsed() < FOR {
                        let day = (caller * 7 + times.len() * 11) % DAYS;
                        let due = begin + SignedDuration::from_hours(24 * i64::try_from(day).unwrap());
                        let record = format!("{caller}-{}", times.len());
                        let plains = [Purpose::Contact, Purpose::Notify].map(|purpose| Plain {
                            purpose,
                            due,
                            value: &value,
                        });
                        let one = Instant::now();
                        keys.seal(&record, &plains).unwrap();
                        times.push(one.elapsed());
                    }
                    times
                })
            })
            .collect();
        callers.into_iter().flat_map(|caller| caller.join().unwrap()).collect()
    });
    let took = start.elapsed();
    times.sort_unstable();
    println!(
        "{callers:>3} callers, {DAYS} days: {:.0} bookings/s of two keys, median {:?}, p99 {:?}",
        times.len() as f64 / took.as_secs_f64(),
        times[times.len() / 2],
        times[times.len() * 99 / 100],
    );
}
