//! A directory of invented centres in real places: for trying the product out, for benches and for judged queries.
//!
//! Owns no real name. The same seed gives the same centres, number by number: asking for more only adds to the end.

mod areas;
mod build;
mod dice;
mod hours;
mod kinds;
mod offers;
mod towns;
mod words;

use contracts::directory::Centre;
use jiff::civil::{Date, date};
use search_index::place::Gazetteer;

use towns::Towns;

/// The source that every invented centre names.
pub const SOURCE: &str = "demo";

/// The seed of the directory shown by `make run` and in the documentation.
pub const SEED: u64 = 1;

/// How many centres that directory has.
pub const COUNT: usize = 1_600;

/// The day [`centres`] takes for today.
pub const REFERENCE_DAY: Date = date(2026, 11, 1);

/// `count` invented centres in the bundled places, the same in every run. Made one at a time: a million need no more
/// memory than one.
///
/// Days (confirmed on, closures) lie around [`REFERENCE_DAY`]; see [`centres_on`] for another day.
pub fn centres(seed: u64, count: usize) -> impl Iterator<Item = Centre> {
    centres_on(seed, count, REFERENCE_DAY)
}

/// Like [`centres`], with days relative to `today`.
pub fn centres_on(seed: u64, count: usize, today: Date) -> impl Iterator<Item = Centre> {
    centres_in(&Gazetteer::bundled(), seed, count, today)
}

/// Like [`centres_on`], in the places of another gazetteer. An empty one gives no centres.
pub fn centres_in(
    gazetteer: &Gazetteer,
    seed: u64,
    count: usize,
    today: Date,
) -> impl Iterator<Item = Centre> + use<> {
    let towns = Towns::of(gazetteer);
    let count = if towns.is_empty() { 0 } else { count };
    (0..count).map(move |number| build::centre(&towns, seed, number, today))
}

#[cfg(test)]
mod tests;
