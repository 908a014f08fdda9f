//! Files as they come in, never trusted to end.

use std::{
    fmt, fs,
    io::{self, Read},
    path::Path,
};

use serde::{Deserialize, Serialize};

/// A file to import: a name for messages and its bytes.
pub struct InputFile {
    name: String,
    content: Box<dyn Read + Send>,
}

impl InputFile {
    /// A file on disk. Only its last path segment is shown in messages.
    ///
    /// # Errors
    /// What the operating system says when it cannot be opened.
    pub fn open(path: &Path) -> io::Result<Self> {
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        Ok(Self::from_reader(name, fs::File::open(path)?))
    }

    /// Bytes that are already in memory, for example an upload.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self::from_reader(name, io::Cursor::new(bytes))
    }

    /// Any source of bytes.
    pub fn from_reader(name: impl Into<String>, content: impl Read + Send + 'static) -> Self {
        Self { name: name.into(), content: Box::new(content) }
    }

    /// The name shown in messages.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The name and the bytes.
    pub(crate) fn into_parts(self) -> (String, Box<dyn Read + Send>) {
        (self.name, self.content)
    }
}

impl fmt::Debug for InputFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("InputFile").field("name", &self.name).finish_non_exhaustive()
    }
}

/// How much of a file is read at most, in bytes.
#[derive(Debug, Clone, Copy, Serialize, Deserialize)]
pub struct Limits {
    /// A CSV or TSV file.
    pub table_bytes: u64,
    /// One line of it, line breaks within quotes included.
    pub record_bytes: u64,
    /// A JSON, XML or XLSX file.
    pub document_bytes: u64,
    /// Rows of a table, or records of a document.
    pub rows: u64,
    /// Columns of a table.
    pub columns: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            table_bytes: 128 << 20,
            record_bytes: 1 << 20,
            document_bytes: 128 << 20,
            rows: 2_000_000,
            columns: 400,
        }
    }
}

/// Reads a file that must fit into memory whole; `None` when it is longer than `limit` bytes.
pub(crate) fn read_bounded(content: impl Read, limit: u64) -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    content.take(limit.saturating_add(1)).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limit).then_some(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_without_end_is_refused_after_its_limit() {
        assert_eq!(read_bounded(io::repeat(b'x'), 1_000).unwrap(), None);
        assert_eq!(read_bounded(&b"abc"[..], 3).unwrap().unwrap(), b"abc");
    }
}
