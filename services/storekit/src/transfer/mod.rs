//! Carrying everything of a service from one database to another, or to a file and back, whatever their engines.
//!
//! Both engines have the same tables with the same columns (a test compares them), of four kinds: text, whole numbers,
//! numbers and bytes. So a row is the same here as there, and whether everything arrived can be counted and summed up.

mod catalogue;
mod checksum;
mod read;
mod write;

pub use self::{
    catalogue::{Column, Kind, Table, holds_something},
    checksum::Checksum,
    read::Reading,
    write::Writing,
};

/// One value of a row.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// No value.
    Null,
    /// A text.
    Text(String),
    /// A whole number.
    Integer(i64),
    /// A number.
    Real(f64),
    /// Bytes.
    Bytes(Vec<u8>),
}

#[cfg(test)]
mod tests;
