//! After the death of a key nothing on the disk opens what it sealed, not even a stale link to its file.

use std::{fs, io, os::unix::fs::PermissionsExt, path::Path};

use super::{
    super::{
        disk::{Disk, Entry, LocalDisk},
        envelope,
    },
    EVENING, KeyFolder, NEXT_DAY, NOON, Purpose, RUNNING, Sealed, at, destroy, seal,
};

/// The mutant: unlinks files, but overwrites nothing.
struct UnlinkOnly(LocalDisk);

impl Disk for UnlinkOnly {
    fn list(&self) -> io::Result<Vec<Entry>> {
        self.0.list()
    }
    fn length(&self, name: &str) -> io::Result<Option<u64>> {
        self.0.length(name)
    }
    fn read_at(&self, name: &str, at: u64, into: &mut [u8]) -> io::Result<()> {
        self.0.read_at(name, at, into)
    }
    fn create(&self, name: &str) -> io::Result<()> {
        self.0.create(name)
    }
    fn write_at(&self, name: &str, at: u64, bytes: &[u8]) -> io::Result<()> {
        let overwrites = self.0.length(name)?.is_some_and(|length| at < length);
        if overwrites && bytes.iter().all(|byte| *byte == 0) {
            Ok(())
        } else {
            self.0.write_at(name, at, bytes)
        }
    }
    fn shorten(&self, name: &str, length: u64) -> io::Result<()> {
        self.0.shorten(name, length)
    }
    fn sync(&self, name: &str) -> io::Result<()> {
        self.0.sync(name)
    }
    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.0.rename(from, to)
    }
    fn remove(&self, name: &str) -> io::Result<()> {
        self.0.remove(name)
    }
    fn sync_folder(&self) -> io::Result<()> {
        self.0.sync_folder()
    }
}

fn local(path: &Path) -> LocalDisk {
    LocalDisk::at(path).unwrap_or_else(|_| panic!("{} can be had", path.display()))
}

/// Seals, cancels one, lets the rest become due, and searches folder and links for keys. How many ciphertexts open.
fn hits(folder: &Path, links: &Path, disk: Box<dyn Disk>) -> usize {
    let keys = KeyFolder::on(disk).unwrap().0;
    let sealed: Vec<(String, Sealed)> = (0..8)
        .map(|number| {
            let record = format!("b{number}");
            let due = if number % 2 == 0 { EVENING } else { NEXT_DAY };
            let sealed = seal(&keys, &record, Purpose::Contact, due, "Ada, 0761 12345").unwrap();
            (record, sealed)
        })
        .collect();
    // Somebody keeps a second link to each file: like a disk on which only the name was removed.
    for day in ["2026-11-23", "2026-11-24"] {
        let name = format!("{day}.keys");
        fs::hard_link(folder.join(&name), links.join(&name)).unwrap();
    }
    assert_eq!(search(&[folder, links], &sealed), 8, "the search finds keys that are alive");
    destroy(&keys, &sealed[1].0, sealed[1].1.place);
    let _ = keys.destroy_due(at(NOON), RUNNING);
    let sweep = keys.destroy_due(at("2026-11-24T10:00:00Z"), std::time::Duration::from_secs(22 * 3600));
    assert_eq!((sweep.destroyed, sweep.files_removed), (7, 2));
    search(&[folder, links], &sealed)
}

/// Tries every 32 bytes of every file as a key.
fn search(folders: &[&Path], sealed: &[(String, Sealed)]) -> usize {
    let files: Vec<Vec<u8>> = folders
        .iter()
        .flat_map(|folder| fs::read_dir(folder).unwrap())
        .map(|entry| fs::read(entry.unwrap().path()).unwrap())
        .collect();
    let opens = |record: &str, sealed: &Sealed| {
        files
            .iter()
            .flat_map(|bytes| bytes.windows(32))
            .filter(|window| window.iter().any(|byte| *byte != 0))
            .any(|window| {
                envelope::open(window.try_into().unwrap(), record, Purpose::Contact, &sealed.bytes).is_some()
            })
    };
    sealed.iter().filter(|(record, sealed)| opens(record, sealed)).count()
}

#[test]
fn after_destruction_no_32_bytes_anywhere_open_anything() {
    let root = tempfile::tempdir().unwrap();
    let (folder, links) = (root.path().join("keys"), root.path().join("links"));
    fs::create_dir(&links).unwrap();
    assert_eq!(hits(&folder, &links, Box::new(local(&folder))), 0);
}

#[test]
fn a_mutant_that_only_unlinks_is_caught() {
    let root = tempfile::tempdir().unwrap();
    let (folder, links) = (root.path().join("keys"), root.path().join("links"));
    fs::create_dir(&links).unwrap();
    assert_eq!(hits(&folder, &links, Box::new(UnlinkOnly(local(&folder)))), 8);
}

#[test]
fn folder_and_files_are_closed_to_others() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("keys");
    fs::create_dir(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    let (keys, _) = KeyFolder::at(&folder).unwrap();
    seal(&keys, "b1", Purpose::Contact, EVENING, "Ada").unwrap();
    let _ = keys.destroy_due(at(NOON), RUNNING);
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder), 0o700);
    let files: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(files.len(), 3, "keys, heartbeat and lock");
    assert!(files.iter().all(|file| mode(file) == 0o600), "{files:?}");
}
