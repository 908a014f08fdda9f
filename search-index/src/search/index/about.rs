//! What an index says of itself: by which rules it was made and from which state of the directory.

use std::{
    fs::{self, File},
    io::Write,
    path::Path,
};

use serde::{Deserialize, Serialize};

use super::IndexError;
use crate::search::{
    analysis::{ANALYZER_VERSION, STEMMER_VERSION},
    lexicon::Lexicon,
};

const FILE: &str = "about.json";

/// The label of a generation, written last: a generation without it was never finished.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct About {
    /// Rules of analysis, stemmer and lexicon the index was made by.
    pub(crate) analyzer: String,
    /// Revision of the directory it shows.
    pub(crate) revision: i64,
    /// How many centres it holds.
    pub(crate) centres: u32,
    /// How many offers it holds.
    pub(crate) offers: u32,
}

/// The rules an index made now would follow.
pub(crate) fn analyzer(lexicon: &Lexicon) -> String {
    format!("{ANALYZER_VERSION}; {STEMMER_VERSION}; lexicon {}", lexicon.fingerprint())
}

impl About {
    /// Writes the label and makes sure it is on the disk.
    pub(crate) fn write(&self, dir: &Path) -> Result<(), IndexError> {
        let path = dir.join(FILE);
        let storage = |source| IndexError::Storage { path: path.clone(), source };
        let text = serde_json::to_vec(self).map_err(|error| storage(error.into()))?;
        let mut file = File::create(&path).map_err(storage)?;
        file.write_all(&text).and_then(|()| file.sync_all()).map_err(storage)
    }

    /// Reads the label; `None` when there is none or it makes no sense.
    pub(crate) fn read(dir: &Path) -> Option<Self> {
        serde_json::from_slice(&fs::read(dir.join(FILE)).ok()?).ok()
    }
}
