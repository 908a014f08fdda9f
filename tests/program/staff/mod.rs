//! Staff on the running program: they get in by links, prove themselves with two factors, and reach what is theirs.

mod matrix;
pub(crate) mod person;
mod rescue;
