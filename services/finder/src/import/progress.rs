//! How far a long piece of work is.

/// What is being done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Stage {
    /// Reading files; counted in files.
    Reading,
    /// Turning rows into centres; counted in rows.
    Mapping,
    /// Comparing with the directory; counted in centres.
    Comparing,
    /// Writing to the directory; counted in centres.
    Applying,
    /// Writing an export or looking through the directory; counted in centres.
    Walking,
}

/// Somebody who wants to know.
pub trait Progress: Send + Sync {
    /// `done` of `total` are done; a total of 0 means that nobody knows.
    fn step(&self, stage: Stage, done: u64, total: u64);
}

/// Nobody wants to know.
#[derive(Debug, Clone, Copy, Default)]
pub struct Silent;

impl Progress for Silent {
    fn step(&self, _stage: Stage, _done: u64, _total: u64) {}
}
