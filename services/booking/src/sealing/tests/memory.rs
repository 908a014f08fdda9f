//! A disk in memory that forgets what was not synced when the power goes.

use std::{
    collections::BTreeMap,
    io::{self, ErrorKind},
    sync::{Arc, Mutex},
};

use rand::{RngExt, rngs::StdRng};

use crate::sealing::{
    KeyFolder,
    disk::{Disk, Entry},
};

/// The disk; clones are the same disk.
#[derive(Clone, Default)]
pub(crate) struct Memory(Arc<Mutex<Inside>>);

#[derive(Default)]
struct Inside {
    files: Vec<File>,
    names: BTreeMap<String, usize>,
    /// Names as they were at the last sync of the folder, and what changed since, in order.
    synced_names: BTreeMap<String, usize>,
    renames: Vec<BTreeMap<String, usize>>,
    /// So many changes work; the next one is torn, and nothing works after it.
    fuse: Option<u64>,
    changes: u64,
    dead: bool,
    full: bool,
    /// The file that cannot be written.
    refused: Option<String>,
    syncs: Syncs,
}

/// What a sync does.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) enum Syncs {
    #[default]
    Work,
    /// They say that they cannot.
    Fail,
    /// They say that all is well and do nothing: a program that forgets to sync files behaves like this.
    FilesLie,
    /// The same for the folder.
    FolderLies,
}

#[derive(Clone, Default)]
struct File {
    bytes: Vec<u8>,
    synced: Vec<u8>,
    pending: Vec<Change>,
}

#[derive(Clone)]
enum Change {
    Write { at: usize, bytes: Vec<u8> },
    Shorten(usize),
}

impl Change {
    fn apply(&self, to: &mut Vec<u8>) {
        match self {
            Self::Write { at, bytes } => {
                to.resize(to.len().max(at + bytes.len()), 0);
                to[*at..at + bytes.len()].copy_from_slice(bytes);
            }
            Self::Shorten(length) => to.truncate(*length),
        }
    }
}

impl Memory {
    /// The power goes at the change after `changes` more.
    pub(super) fn cut_after(&self, changes: u64) {
        self.0.lock().unwrap().fuse = Some(changes);
    }

    /// Changes made so far.
    pub(super) fn changes(&self) -> u64 {
        self.0.lock().unwrap().changes
    }

    /// Whether files can still grow.
    pub(super) fn set_full(&self, full: bool) {
        self.0.lock().unwrap().full = full;
    }

    /// From now on this file cannot be written, and every other one can.
    pub(crate) fn refuse(&self, name: Option<&str>) {
        self.0.lock().unwrap().refused = name.map(str::to_owned);
    }

    /// A folder of keys on this disk.
    pub(crate) fn folder(&self) -> KeyFolder {
        KeyFolder::on(Box::new(self.clone())).unwrap().0
    }

    /// What syncs do from now on.
    pub(super) fn set_syncs(&self, syncs: Syncs) {
        self.0.lock().unwrap().syncs = syncs;
    }

    /// All files as the program sees them.
    pub(super) fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let inside = self.0.lock().unwrap();
        inside.names.iter().map(|(name, file)| (name.clone(), inside.files[*file].bytes.clone())).collect()
    }

    /// Puts a file there, synced.
    pub(super) fn put(&self, name: &str, bytes: &[u8]) {
        let mut inside = self.0.lock().unwrap();
        let file = inside.files.len();
        inside.files.push(File { bytes: bytes.to_vec(), synced: bytes.to_vec(), pending: Vec::new() });
        inside.names.insert(name.to_owned(), file);
        inside.synced_names.insert(name.to_owned(), file);
    }

    /// The disk as it may be after the power went: of each file what was synced and any of the later writes, each of them whole
    /// or torn; of the names those of the last sync or of any moment after it.
    pub(super) fn after_power_cut(&self, rng: &mut StdRng) -> Self {
        let inside = self.0.lock().unwrap();
        let mut moments = vec![inside.synced_names.clone()];
        moments.extend(inside.renames.iter().cloned());
        let names = moments.swap_remove(rng.random_range(0..moments.len()));
        let after = Self::default();
        for (name, file) in names {
            let file = &inside.files[file];
            let mut bytes = file.synced.clone();
            for change in &file.pending {
                match (rng.random_range(0..3), change) {
                    (0, _) => {}
                    (1, Change::Write { at, bytes: written }) => {
                        let torn = written[..rng.random_range(0..=written.len())].to_vec();
                        Change::Write { at: *at, bytes: torn }.apply(&mut bytes);
                    }
                    (_, change) => change.apply(&mut bytes),
                }
            }
            after.put(&name, &bytes);
        }
        after
    }
}

impl Inside {
    /// Whether a change works; the last one before the end happens and fails all the same.
    fn change(&mut self) -> io::Result<()> {
        self.alive()?;
        self.changes += 1;
        match &mut self.fuse {
            Some(0) => {
                self.dead = true;
                Ok(())
            }
            Some(left) => {
                *left -= 1;
                Ok(())
            }
            None => Ok(()),
        }
    }

    fn alive(&self) -> io::Result<()> {
        if self.dead { Err(ErrorKind::BrokenPipe.into()) } else { Ok(()) }
    }

    fn file(&mut self, name: &str) -> io::Result<&mut File> {
        let file = *self.names.get(name).ok_or(ErrorKind::NotFound)?;
        Ok(&mut self.files[file])
    }

    fn renamed(&mut self) -> io::Result<()> {
        self.renames.push(self.names.clone());
        self.alive()
    }
}

impl Disk for Memory {
    fn list(&self) -> io::Result<Vec<Entry>> {
        let inside = self.0.lock().unwrap();
        inside.alive()?;
        Ok(inside.names.keys().map(|name| Entry { name: name.clone(), is_file: true }).collect())
    }

    fn length(&self, name: &str) -> io::Result<Option<u64>> {
        let mut inside = self.0.lock().unwrap();
        inside.alive()?;
        Ok(inside.file(name).ok().map(|file| file.bytes.len() as u64))
    }

    fn read_at(&self, name: &str, at: u64, into: &mut [u8]) -> io::Result<()> {
        let mut inside = self.0.lock().unwrap();
        inside.alive()?;
        let at = usize::try_from(at).unwrap();
        let bytes =
            inside.file(name)?.bytes.get(at..at + into.len()).ok_or(ErrorKind::UnexpectedEof)?.to_vec();
        into.copy_from_slice(&bytes);
        Ok(())
    }

    fn create(&self, name: &str) -> io::Result<()> {
        let mut inside = self.0.lock().unwrap();
        inside.change()?;
        assert!(!inside.names.contains_key(name), "{name} is there already");
        let file = inside.files.len();
        inside.files.push(File::default());
        inside.names.insert(name.to_owned(), file);
        inside.renamed()
    }

    fn write_at(&self, name: &str, at: u64, bytes: &[u8]) -> io::Result<()> {
        let mut inside = self.0.lock().unwrap();
        inside.change()?;
        if inside.refused.as_deref() == Some(name) {
            return Err(ErrorKind::PermissionDenied.into());
        }
        let at = usize::try_from(at).unwrap();
        let full = inside.full;
        let file = inside.file(name)?;
        let grows = at + bytes.len() > file.bytes.len();
        // A full disk takes a part.
        let taken = if full && grows { bytes.len() / 3 } else { bytes.len() };
        let change = Change::Write { at, bytes: bytes[..taken].to_vec() };
        change.apply(&mut file.bytes);
        file.pending.push(change);
        if full && grows {
            return Err(ErrorKind::StorageFull.into());
        }
        inside.alive()
    }

    fn shorten(&self, name: &str, length: u64) -> io::Result<()> {
        let mut inside = self.0.lock().unwrap();
        inside.change()?;
        let file = inside.file(name)?;
        let change = Change::Shorten(usize::try_from(length).unwrap());
        change.apply(&mut file.bytes);
        file.pending.push(change);
        inside.alive()
    }

    fn sync(&self, name: &str) -> io::Result<()> {
        let mut inside = self.0.lock().unwrap();
        inside.change()?;
        // The power goes before the sync does anything.
        inside.alive()?;
        match inside.syncs {
            Syncs::Work | Syncs::FolderLies => {}
            Syncs::Fail => return Err(ErrorKind::Other.into()),
            Syncs::FilesLie => return Ok(()),
        }
        let file = inside.file(name)?;
        file.synced.clone_from(&file.bytes);
        file.pending.clear();
        Ok(())
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        let mut inside = self.0.lock().unwrap();
        inside.change()?;
        let file = inside.names.remove(from).ok_or(ErrorKind::NotFound)?;
        inside.names.insert(to.to_owned(), file);
        inside.renamed()
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        let mut inside = self.0.lock().unwrap();
        inside.change()?;
        inside.names.remove(name).ok_or(ErrorKind::NotFound)?;
        inside.renamed()
    }

    fn sync_folder(&self) -> io::Result<()> {
        let mut inside = self.0.lock().unwrap();
        inside.change()?;
        inside.alive()?;
        match inside.syncs {
            Syncs::Work | Syncs::FilesLie => {}
            Syncs::Fail => return Err(ErrorKind::Other.into()),
            Syncs::FolderLies => return Ok(()),
        }
        inside.synced_names = inside.names.clone();
        inside.renames.clear();
        Ok(())
    }
}
