//! What the key folder promises, each with a test that can fail.

mod crash;
mod due;
mod envelope;
mod forensic;
mod memory;
mod model;
mod processes;

pub(crate) use self::memory::Memory;

use std::time::Duration;

use jiff::Timestamp;
use kernel::Personal;

use super::{KeyFolder, KeyPlace, OpenError, Plain, Purpose, SealError, Sealed};

const RUNNING: Duration = Duration::ZERO;
const NOON: &str = "2026-11-23T12:00:00Z";
const EVENING: &str = "2026-11-23T18:00:00Z";
const NEXT_DAY: &str = "2026-11-24T09:00:00Z";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn personal(text: &str) -> Personal<Vec<u8>> {
    Personal::new(text.as_bytes().to_vec())
}

/// Seals one value for a purpose.
fn seal(
    folder: &KeyFolder,
    record: &str,
    purpose: Purpose,
    due: &str,
    text: &str,
) -> Result<Sealed, SealError> {
    let plain = Plain { purpose, due: at(due), value: &personal(text) };
    folder.seal(record, &[plain]).map(|mut sealed| sealed.remove(0))
}

/// Opens a contact; the text, so that it can be compared.
fn open(folder: &KeyFolder, record: &str, sealed: &Sealed) -> Result<String, OpenError> {
    let opened = folder.open(record, Purpose::Contact, sealed.place, &sealed.bytes)?;
    Ok(String::from_utf8(opened.expose().clone()).unwrap())
}

fn destroy(folder: &KeyFolder, record: &str, place: KeyPlace) {
    folder.destroy(record, &[(Purpose::Contact, place)]).unwrap();
}
