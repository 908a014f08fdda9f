//! What a machine leaves that loses its power in the middle of a write: half a frame in the database's log, half a slot
//! among the keys.

use std::{
    fs::{self, File, OpenOptions},
    os::unix::fs::FileExt,
    path::{Path, PathBuf},
};

use rand::{RngExt, rngs::StdRng};

/// Header and page.
const FRAME: usize = 24 + 4096;
/// A frame stands after the log's own header.
const HEADER: usize = 32;
const SLOT: usize = 64;

/// Tears something, or nothing. Only what nobody had been told was written can be torn.
pub(crate) fn tear(data: &Path, dice: &mut StdRng) {
    if dice.random_bool(0.4) {
        tear_log(&data.join("booking.db-wal"), dice);
    }
    if dice.random_bool(0.4) {
        tear_keys(&data.join("keys/booking"), dice);
    }
}

/// Appends a frame that is garbage, that ends too early, or that stands there a second time.
fn tear_log(log: &Path, dice: &mut StdRng) {
    let Ok(before) = fs::read(log) else { return };
    let earlier = before.get(HEADER..HEADER + FRAME).filter(|_| dice.random_bool(0.5));
    let mut frame = earlier.map_or_else(|| vec![0; FRAME], <[u8]>::to_vec);
    if earlier.is_none() {
        dice.fill(frame.as_mut_slice());
    }
    if dice.random_bool(0.7) {
        frame.truncate(dice.random_range(1..FRAME));
    }
    append(log, &frame);
}

/// Begins a key at the end of a file, or in a slot of it that was free.
fn tear_keys(folder: &Path, dice: &mut StdRng) {
    let files = fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> =
        files.filter(|path| path.extension().is_some_and(|it| it == "keys")).collect();
    files.sort();
    if files.is_empty() {
        return;
    }
    let file = &files[dice.random_range(0..files.len())];
    let mut slot = [0; SLOT];
    dice.fill(slot.as_mut_slice());
    slot[0] = u8::from(dice.random_bool(0.5));
    let slot = &slot[..dice.random_range(2..=SLOT)];
    let bytes = fs::read(file).unwrap();
    let free = bytes.as_chunks::<SLOT>().0.iter().position(|held| *held == [0; SLOT]);
    match free.filter(|_| dice.random_bool(0.5)) {
        Some(free) => write_at(file, free * SLOT, slot),
        None => append(file, slot),
    }
}

fn append(path: &Path, bytes: &[u8]) {
    let end = fs::metadata(path).unwrap().len();
    write_at(path, usize::try_from(end).unwrap(), bytes);
}

fn write_at(path: &Path, at: usize, bytes: &[u8]) {
    let file: File = OpenOptions::new().write(true).open(path).unwrap();
    file.write_all_at(bytes, at as u64).unwrap();
}
