//! What lies among the keys, read past the program.

use std::{collections::BTreeSet, fs, path::Path};

use crate::rows::Row;

/// See `sealing::slot`.
const SLOT: usize = 64;
const KEY: u8 = 1;

/// Where a key lies: day, slot.
pub(crate) type Place = (String, i64);

/// Rows whose key is gone.
pub(crate) fn lost(data: &Path, found: &[Row]) -> Vec<String> {
    let alive = alive(&data.join("keys/booking"));
    let lost = found.iter().flat_map(|row| named(row).map(move |place| (row, place)));
    let lost = lost.filter(|(_, place)| !alive.contains(place));
    lost.map(|(row, place)| format!("the key of {} at {place:?} is gone", row.id)).collect()
}

/// Keys that no row knows of: of what was cancelled, of where somebody was before, of what came to nothing.
pub(crate) fn orphans(data: &Path, found: &[Row]) -> Vec<Place> {
    let named: BTreeSet<_> = found.iter().flat_map(named).collect();
    alive(&data.join("keys/booking")).difference(&named).cloned().collect()
}

fn named(row: &Row) -> impl Iterator<Item = Place> {
    let contact = row.contact_day.clone().zip(row.contact_slot);
    let notify = row.notify_day.clone().zip(row.notify_slot);
    contact.into_iter().chain(notify).chain(row.note_day.clone().zip(row.note_slot))
}

fn alive(folder: &Path) -> BTreeSet<Place> {
    let mut alive = BTreeSet::new();
    for entry in fs::read_dir(folder).unwrap().flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let Some(day) = name.strip_suffix(".keys") else { continue };
        let bytes = fs::read(entry.path()).unwrap();
        let slots = (0..).zip(bytes.chunks(SLOT));
        let keys = slots.filter(|(_, slot)| slot[0] == KEY);
        alive.extend(keys.map(|(slot, _)| (day.to_owned(), slot)));
    }
    alive
}
