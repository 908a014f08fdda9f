//! Which records are compared at all.
//!
//! Records that share a key are compared. A key that many share (a carrier's web host, a district of a big town) is not
//! compared all with all but in the order of names with the next few, so the work grows with the number of records.

use std::{
    collections::{HashMap, hash_map::DefaultHasher},
    hash::{Hash, Hasher},
};

use super::features::Features;

/// Up to here all records of a key are compared with each other.
const WHOLE: usize = 32;

/// In greater blocks, how many following records each is compared with.
const WINDOW: usize = 10;

/// Half the side of a square on the map, in degrees of latitude: 150 m.
const SQUARE: f64 = 0.00135;

/// Pairs of positions to compare, each once, the smaller first.
pub(super) fn pairs(records: &[Features]) -> Vec<(u32, u32)> {
    let rank = ranks(records);
    let mut keyed: Vec<(u64, u32)> = Vec::new();
    for (at, record) in (0u32..).zip(records) {
        keys(record, &mut |key| keyed.push((key, at)));
    }
    keyed.sort_unstable_by_key(|&(key, at)| (key, rank[at as usize], at));
    keyed.dedup();
    let mut found = Vec::new();
    for block in keyed.chunk_by(|one, other| one.0 == other.0) {
        let reach = if block.len() <= WHOLE { WHOLE } else { WINDOW };
        for (at, &(_, one)) in block.iter().enumerate() {
            for &(_, other) in block.iter().skip(at + 1).take(reach) {
                found.push((one.min(other), one.max(other)));
            }
        }
        // Neighbours share many keys; without this the list would hold each of them that often.
        if found.len() > 4_000_000 {
            tidy(&mut found);
        }
    }
    tidy(&mut found);
    found
}

fn tidy(found: &mut Vec<(u32, u32)>) {
    found.sort_unstable();
    found.dedup();
}

/// The place of every record in the order of names, so that equal and similar names lie side by side.
fn ranks(records: &[Features]) -> Vec<u32> {
    let mut order: Vec<u32> = (0u32..).take(records.len()).collect();
    let name = |at: u32| {
        let record = &records[at as usize];
        (&record.name.marks, record.services, &record.name.plain, &record.id)
    };
    order.sort_by(|one, other| name(*one).cmp(&name(*other)));
    let mut rank = vec![0; records.len()];
    for (place, at) in (0u32..).zip(order) {
        rank[at as usize] = place;
    }
    rank
}

/// Calls `emit` with every key of a record.
fn keys(record: &Features, emit: &mut impl FnMut(u64)) {
    if let Some(phone) = &record.phone {
        emit(key("phone", &phone.digits));
        if let Some(exchange) = &phone.exchange {
            emit(key("phone", exchange));
        }
    }
    if let Some(mail) = &record.mail {
        emit(key("mail", mail));
    }
    if let Some((host, page)) = &record.site {
        emit(key("page", page));
        emit(key("host", (host, &record.place.postcode)));
    }
    let place = &record.place;
    if place.has_street() {
        emit(key("street", (&place.postcode, &place.street)));
        emit(key("house", (&place.postcode, place.street.get(..3), place.house.map(|house| house.0))));
    }
    if let Some(point) = record.point {
        squares(point, emit);
    }
    let town = place.town.first();
    for mark in record.name.marks.iter().chain(&record.carrier.marks) {
        // The first letters survive most slips.
        let start: String = mark.chars().take(4).collect();
        emit(key("mark", (town, &start)));
        emit(key("mark", (&place.postcode, &start)));
    }
    // Names without a word of their own are told by who and what.
    for bit in bits(record.services) {
        emit(key("service", (town, record.carriers, bit)));
        emit(key("service", (&place.postcode, bit)));
    }
    emit(key("name", (town, &record.name.plain)));
}

/// Four squares, each shifted by half a side: two points within half a side share at least one.
fn squares((lat, lon): (f64, f64), emit: &mut impl FnMut(u64)) {
    // One width for all of Germany, the one of its north, where degrees of longitude are narrowest.
    let wide = SQUARE / 0.57;
    for shift in [(0.0, 0.0), (0.5, 0.0), (0.0, 0.5), (0.5, 0.5)] {
        let cell = |degrees: f64, side: f64, by: f64| (degrees / side + by).floor() as i64;
        let shifts = (shift.0 > 0.0, shift.1 > 0.0);
        emit(key("square", (shifts, cell(lat, 2.0 * SQUARE, shift.0), cell(lon, 2.0 * wide, shift.1))));
    }
}

fn bits(set: u32) -> impl Iterator<Item = u32> {
    (0..32).filter(move |bit| set & (1 << bit) != 0)
}

/// A key as a number. Two keys that happen to be equal cost a comparison and nothing else.
fn key(kind: &str, value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    kind.hash(&mut hasher);
    value.hash(&mut hasher);
    hasher.finish()
}

/// How often a contact stands in one list.
#[derive(Debug, Default)]
pub(super) struct Often<'a>(HashMap<(&'a str, &'a str), u32>);

impl<'a> Often<'a> {
    /// Counts what `of` gives of every record.
    pub(super) fn count(records: &'a [Features], of: impl Fn(&'a Features) -> Option<&'a str>) -> Self {
        let mut counts = HashMap::new();
        for record in records {
            if let Some(value) = of(record) {
                *counts.entry((record.source.as_str(), value)).or_default() += 1;
            }
        }
        Self(counts)
    }

    /// Whether the two have one value, and a third centre in a list of theirs has it too.
    pub(super) fn elsewhere(
        &self,
        own: Option<&str>,
        its: Option<&str>,
        one: &Features,
        other: &Features,
    ) -> bool {
        let Some(value) = own.filter(|_| own == its) else { return false };
        let both = 1 + u32::from(one.source == other.source);
        let more = |record: &Features| {
            self.0.get(&(record.source.as_str(), value)).is_some_and(|times| *times > both)
        };
        more(one) || more(other)
    }
}
