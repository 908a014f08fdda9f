//! What lies among the keys, read past the program.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::Path,
};

use crate::rows::Row;

/// See `sealing::slot`.
const SLOT: usize = 64;
const KEY: u8 = 1;

/// Where a key lies: day, slot.
type Place = (String, i64);

/// Rows whose key is gone, and keys that no row knows of: of what was cancelled, of where somebody was before, of what came to
/// nothing. To be asked after a start, which mends what a kill left between two steps.
pub(crate) fn astray(data: &Path, found: &[Row]) -> Vec<String> {
    let named: BTreeMap<Place, &str> =
        found.iter().flat_map(|row| named(row).map(move |place| (place, row.id.as_str()))).collect();
    let alive = alive(&data.join("keys/booking"));
    let lost = named.iter().filter(|(place, _)| !alive.contains(*place));
    let lost = lost.map(|(place, id)| format!("the key of {id} at {place:?} is gone"));
    let unnamed = alive.iter().filter(|place| !named.contains_key(*place));
    lost.chain(unnamed.map(|place| format!("the key at {place:?} opens nothing that is there"))).collect()
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
