//! The files of a lexicon: bundled, or an operator's own.

use std::{fs, io::ErrorKind, path::Path};

use super::LexiconError;

/// The texts of the four files.
pub(super) struct Files {
    /// `topics.toml`
    pub(super) topics: String,
    /// `concepts.toml`
    pub(super) concepts: String,
    /// `compounds.txt`
    pub(super) compounds: String,
    /// `stopwords.txt`
    pub(super) stopwords: String,
}

impl Files {
    /// The files that come with the program.
    pub(super) fn bundled() -> Self {
        Self {
            topics: include_str!("../../../data/topics.toml").to_owned(),
            concepts: include_str!("../../../data/concepts.toml").to_owned(),
            compounds: include_str!("../../../data/compounds.txt").to_owned(),
            stopwords: include_str!("../../../data/stopwords.txt").to_owned(),
        }
    }

    /// The files in a folder; a missing one is the bundled one.
    pub(super) fn in_dir(dir: &Path) -> Result<Self, LexiconError> {
        let bundled = Self::bundled();
        let read = |name: &str, otherwise: String| {
            let path = dir.join(name);
            match fs::read_to_string(&path) {
                Ok(text) => Ok(text),
                Err(error) if error.kind() == ErrorKind::NotFound && dir.is_dir() => Ok(otherwise),
                Err(source) => Err(LexiconError::Unreadable { path, source }),
            }
        };
        Ok(Self {
            topics: read("topics.toml", bundled.topics)?,
            concepts: read("concepts.toml", bundled.concepts)?,
            compounds: read("compounds.txt", bundled.compounds)?,
            stopwords: read("stopwords.txt", bundled.stopwords)?,
        })
    }
}

/// The meaningful lines of a text file with their numbers: without comments (`#`) and blank lines.
pub(super) fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(at, line)| (at + 1, line.split('#').next().unwrap_or_default().trim()))
        .filter(|(_, line)| !line.is_empty())
}

/// The line, counted from 1, in which a byte of the text stands.
pub(super) fn line_at(text: &str, byte: usize) -> usize {
    text.bytes().take(byte).filter(|&b| b == b'\n').count() + 1
}

/// The line, counted from 1, that holds `wanted`; 1 when none does.
pub(super) fn line_with(text: &str, wanted: &str) -> usize {
    text.lines().position(|line| line.contains(wanted)).map_or(1, |at| at + 1)
}
