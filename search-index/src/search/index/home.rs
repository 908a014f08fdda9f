//! The life cycle on disk: generations side by side, one of them current, swapped in one step.

use std::{
    fs::{self, File},
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{IndexBuilder, IndexError, SearchIndex};
use crate::search::lexicon::Lexicon;

const CURRENT: &str = "current";
const PREFIX: &str = "generation-";

/// The folder a finder keeps its index in.
///
/// Every build gets a generation folder of its own; the file `current` names the one to open. Files of a generation
/// that is still in use stay readable after they are deleted.
#[derive(Debug, Clone)]
pub struct IndexHome {
    dir: PathBuf,
}

impl IndexHome {
    /// The home in this folder, which is made when it is first needed.
    pub fn new(dir: impl Into<PathBuf>) -> Self {
        Self { dir: dir.into() }
    }

    /// Opens the current index. `None` means it must be built: there is none, it is damaged, or it was made by other
    /// rules of analysis or another lexicon.
    ///
    /// # Errors
    /// The folder is there but cannot be read.
    pub fn open_current(&self, lexicon: Arc<Lexicon>) -> Result<Option<SearchIndex>, IndexError> {
        let name = match fs::read_to_string(self.dir.join(CURRENT)) {
            Ok(name) => name,
            Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::InvalidData) => {
                return Ok(None);
            }
            Err(source) => return Err(self.storage(source)),
        };
        match number(name.trim()) {
            Some(_) => SearchIndex::open(&self.dir.join(name.trim()), lexicon),
            None => Ok(None),
        }
    }

    /// Whether the index is the one `current` names: another process may have made a newer one.
    pub fn is_current(&self, index: &SearchIndex) -> bool {
        let named = fs::read_to_string(self.dir.join(CURRENT)).unwrap_or_default();
        index.dir().file_name().is_some_and(|own| own == named.trim())
    }

    /// Begins a new generation beside the current one.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn begin(&self, lexicon: Arc<Lexicon>) -> Result<IndexBuilder, IndexError> {
        fs::create_dir_all(&self.dir).map_err(|source| self.storage(source))?;
        let mut next = self.generations()?.into_iter().max().unwrap_or(0) + 1;
        loop {
            let dir = self.dir.join(folder(next));
            match fs::create_dir(&dir) {
                Ok(()) => return IndexBuilder::create(&dir, lexicon),
                // Another process has begun one at the same moment.
                Err(error) if error.kind() == ErrorKind::AlreadyExists => next += 1,
                Err(source) => return Err(self.storage(source)),
            }
        }
    }

    /// Makes a finished index the current one in one step and deletes the generations before it.
    ///
    /// Later generations stay: another process may be building them.
    ///
    /// # Errors
    /// The index is from elsewhere, or the folder cannot be written; the former index then stays current.
    pub fn make_current(&self, index: &SearchIndex) -> Result<(), IndexError> {
        let dir = index.dir();
        let generation = dir.file_name().and_then(|name| name.to_str()).and_then(number);
        let (Some(generation), true) = (generation, dir.parent() == Some(self.dir.as_path())) else {
            return Err(IndexError::NotFromHere { home: self.dir.clone() });
        };
        let unfinished = self.dir.join(format!("{CURRENT}.{generation}"));
        let mut file = File::create(&unfinished).map_err(|source| self.storage(source))?;
        file.write_all(folder(generation).as_bytes())
            .and_then(|()| file.sync_all())
            .and_then(|()| sync_folder(dir))
            .and_then(|()| fs::rename(&unfinished, self.dir.join(CURRENT)))
            .and_then(|()| sync_folder(&self.dir))
            .map_err(|source| self.storage(source))?;
        for old in self.generations()?.into_iter().filter(|&old| old < generation) {
            if let Err(error) = fs::remove_dir_all(self.dir.join(folder(old))) {
                tracing::warn!(index.generation = old, %error, "an old search index could not be deleted");
            }
        }
        Ok(())
    }

    fn generations(&self) -> Result<Vec<u64>, IndexError> {
        let entries = fs::read_dir(&self.dir).map_err(|source| self.storage(source))?;
        Ok(entries.flatten().filter_map(|entry| number(entry.file_name().to_str()?)).collect())
    }

    fn storage(&self, source: std::io::Error) -> IndexError {
        IndexError::Storage { path: self.dir.clone(), source }
    }
}

fn folder(generation: u64) -> String {
    format!("{PREFIX}{generation}")
}

fn number(folder: &str) -> Option<u64> {
    folder.strip_prefix(PREFIX)?.parse().ok()
}

fn sync_folder(dir: &Path) -> std::io::Result<()> {
    File::open(dir)?.sync_all()
}
