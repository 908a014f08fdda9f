//! Taking possession of the folder: locking it, reading which slots hold keys, cleaning what a crash left.

use std::{collections::BTreeMap, io, path::Path};

use jiff::{Timestamp, civil::Date};

use super::{
    day::{Day, Holder},
    disk::{Disk, LocalDisk, Refused},
    folder::KeyFolder,
    identity::{IDENTITY, NEXT_IDENTITY},
    round::file_of,
    slot::{Content, KeyPlace, SLOT},
};

/// The latest time that was believed, as text.
pub(super) const HEARTBEAT: &str = "heartbeat";
/// The heartbeat on its way.
pub(super) const NEXT_HEARTBEAT: &str = "heartbeat.next";

/// What was found in the folder.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Found {
    /// Keys, due ones included.
    pub keys: usize,
    /// Slots that an interrupted write had left, now zero.
    pub torn: usize,
    /// Slots of another program or version: they open nothing and go with their day.
    pub foreign: usize,
    /// Names of what does not belong there. It is left alone; somebody should look.
    pub strangers: Vec<String>,
    /// The heartbeat cannot be read: how long the process was off is not known.
    pub heartbeat_unreadable: bool,
}

/// Why there is no key folder.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// Another process has it: two servers must not run on one data folder.
    #[error("the key folder is in use by another process")]
    InUse,
    /// It cannot be made, read or written.
    #[error("the key folder cannot be used: {0}")]
    Io(#[from] io::Error),
}

impl KeyFolder {
    /// Takes possession of the folder at `path`, made if there is none, for as long as the value lives. Call
    /// [`KeyFolder::destroy_due`] before the first request is answered.
    pub fn at(path: &Path) -> Result<(Self, Found), FolderError> {
        let disk = LocalDisk::at(path).map_err(|refused| match refused {
            Refused::InUse => FolderError::InUse,
            Refused::Io(problem) => FolderError::Io(problem),
        })?;
        Ok(Self::on(Box::new(disk))?)
    }

    /// Takes possession of a disk.
    pub(super) fn on(disk: Box<dyn Disk>) -> io::Result<(Self, Found)> {
        let mut found = Found::default();
        let mut days = BTreeMap::new();
        let mut heartbeat = None;
        for entry in disk.list()? {
            match (entry.name.as_str(), day_named(&entry.name), entry.is_file) {
                (HEARTBEAT, _, true) => {
                    heartbeat = parse_heartbeat(&disk.read(HEARTBEAT)?);
                    found.heartbeat_unreadable = heartbeat.is_none();
                }
                (NEXT_HEARTBEAT | NEXT_IDENTITY, _, true) => disk.remove(&entry.name)?,
                (IDENTITY, _, true) => {}
                (_, Some(day), true) => {
                    let slots = recover_day(&*disk, day, &mut found)?;
                    days.insert(day, slots);
                }
                _ => found.strangers.push(entry.name),
            }
        }
        // A crash may have left entries that are not synced.
        disk.sync_folder()?;
        Ok((Self::new(disk, days, heartbeat), found))
    }
}

fn recover_day(disk: &dyn Disk, day: Date, found: &mut Found) -> io::Result<Day> {
    let name = file_of(day);
    let bytes = disk.read(&name)?;
    let mut slots = Day::default();
    let (whole, rest) = bytes.as_chunks::<SLOT>();
    let mut torn = false;
    for (slot, bytes) in (0..).zip(whole) {
        let place = KeyPlace { day, slot };
        slots.found(match Content::read(place, bytes) {
            Content::Free => Holder::Nobody,
            Content::Key(key) => {
                found.keys += 1;
                Holder::Alive { mark: key.mark, due: key.due }
            }
            Content::Torn => {
                disk.write_at(&name, place.offset(), &[0; SLOT])?;
                found.torn += 1;
                torn = true;
                Holder::Nobody
            }
            Content::Foreign => {
                found.foreign += 1;
                Holder::Foreign
            }
        });
    }
    if rest.iter().any(|byte| *byte != 0) {
        disk.write_at(&name, (whole.len() * SLOT) as u64, &vec![0; rest.len()])?;
        found.torn += 1;
        torn = true;
    }
    if torn {
        disk.sync(&name)?;
    }
    Ok(slots)
}

/// The day of a key file's name, written exactly as we write it.
fn day_named(name: &str) -> Option<Date> {
    let day = name.strip_suffix(".keys")?.parse().ok()?;
    (file_of(day) == name).then_some(day)
}

fn parse_heartbeat(bytes: &[u8]) -> Option<Timestamp> {
    std::str::from_utf8(bytes).ok()?.trim_end().parse().ok()
}
