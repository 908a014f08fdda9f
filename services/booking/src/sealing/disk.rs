//! What the key folder needs of a disk: a seam, so that tests can cut the power between any two steps.

use std::{
    collections::HashMap,
    fs::{self, DirBuilder, File, OpenOptions, Permissions, TryLockError},
    io,
    os::unix::fs::{DirBuilderExt, FileExt, OpenOptionsExt, PermissionsExt},
    path::{Path, PathBuf},
    sync::{Arc, Mutex, PoisonError},
};

use zeroize::Zeroizing;

const LOCK: &str = "lock";
const OWN_FOLDER: u32 = 0o700;
const OWN_FILE: u32 = 0o600;

/// An entry of the folder.
pub(super) struct Entry {
    pub(super) name: String,
    /// Not a folder, link, socket.
    pub(super) is_file: bool,
}

/// One folder of files. A write may be lost or torn until `sync` of its file, an entry until `sync_folder`.
pub(super) trait Disk: Send + Sync + 'static {
    fn list(&self) -> io::Result<Vec<Entry>>;
    /// None if there is no such file.
    fn length(&self, name: &str) -> io::Result<Option<u64>>;
    fn read_at(&self, name: &str, at: u64, into: &mut [u8]) -> io::Result<()>;
    fn create(&self, name: &str) -> io::Result<()>;
    fn write_at(&self, name: &str, at: u64, bytes: &[u8]) -> io::Result<()>;
    fn shorten(&self, name: &str, length: u64) -> io::Result<()>;
    fn sync(&self, name: &str) -> io::Result<()>;
    fn rename(&self, from: &str, to: &str) -> io::Result<()>;
    fn remove(&self, name: &str) -> io::Result<()>;
    fn sync_folder(&self) -> io::Result<()>;

    /// The whole file.
    fn read(&self, name: &str) -> io::Result<Zeroizing<Vec<u8>>> {
        let length = self.length(name)?.ok_or(io::ErrorKind::NotFound)?;
        let mut bytes = Zeroizing::new(vec![0; usize::try_from(length).map_err(io::Error::other)?]);
        self.read_at(name, 0, &mut bytes)?;
        Ok(bytes)
    }
}

/// A folder of this machine, held by this process alone.
pub(super) struct LocalDisk {
    folder: PathBuf,
    open: Mutex<HashMap<String, Arc<File>>>,
    _lock: File,
}

/// Why a folder cannot be had.
pub(super) enum Refused {
    /// Another process has it.
    InUse,
    Io(io::Error),
}

impl From<io::Error> for Refused {
    fn from(problem: io::Error) -> Self {
        Self::Io(problem)
    }
}

impl LocalDisk {
    /// Makes the folder if there is none, closes it to others, and locks it.
    pub(super) fn at(folder: &Path) -> Result<Self, Refused> {
        DirBuilder::new().recursive(true).mode(OWN_FOLDER).create(folder)?;
        fs::set_permissions(folder, Permissions::from_mode(OWN_FOLDER))?;
        let lock = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .mode(OWN_FILE)
            .open(folder.join(LOCK))?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(Refused::InUse),
            Err(TryLockError::Error(problem)) => return Err(problem.into()),
        }
        if let Some(parent) = folder.parent().filter(|parent| !parent.as_os_str().is_empty()) {
            File::open(parent)?.sync_all()?;
        }
        Ok(Self { folder: folder.to_owned(), open: Mutex::default(), _lock: lock })
    }

    fn file(&self, name: &str) -> io::Result<Arc<File>> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(file) = open.get(name) {
            return Ok(Arc::clone(file));
        }
        let file = Arc::new(OpenOptions::new().read(true).write(true).open(self.folder.join(name))?);
        file.set_permissions(Permissions::from_mode(OWN_FILE))?;
        open.insert(name.to_owned(), Arc::clone(&file));
        Ok(file)
    }

    fn close(&self, name: &str) {
        self.open.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
    }
}

impl Disk for LocalDisk {
    fn list(&self) -> io::Result<Vec<Entry>> {
        let mut entries = Vec::new();
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            if name != LOCK {
                entries.push(Entry { name, is_file: entry.file_type()?.is_file() });
            }
        }
        entries.sort_by(|one, other| one.name.cmp(&other.name));
        Ok(entries)
    }

    fn length(&self, name: &str) -> io::Result<Option<u64>> {
        match self.file(name) {
            Ok(file) => Ok(Some(file.metadata()?.len())),
            Err(problem) if problem.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(problem) => Err(problem),
        }
    }

    fn read_at(&self, name: &str, at: u64, into: &mut [u8]) -> io::Result<()> {
        self.file(name)?.read_exact_at(into, at)
    }

    fn create(&self, name: &str) -> io::Result<()> {
        let path = self.folder.join(name);
        OpenOptions::new().write(true).create_new(true).mode(OWN_FILE).open(path).map(drop)
    }

    fn write_at(&self, name: &str, at: u64, bytes: &[u8]) -> io::Result<()> {
        self.file(name)?.write_all_at(bytes, at)
    }

    fn shorten(&self, name: &str, length: u64) -> io::Result<()> {
        self.file(name)?.set_len(length)
    }

    fn sync(&self, name: &str) -> io::Result<()> {
        self.file(name)?.sync_data()
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        self.close(from);
        self.close(to);
        fs::rename(self.folder.join(from), self.folder.join(to))
    }

    fn remove(&self, name: &str) -> io::Result<()> {
        self.close(name);
        fs::remove_file(self.folder.join(name))
    }

    fn sync_folder(&self) -> io::Result<()> {
        File::open(&self.folder)?.sync_all()
    }
}
