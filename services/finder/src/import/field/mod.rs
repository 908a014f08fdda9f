//! Single values: text as people write it becomes a checked value, or nothing.
//!
//! Pure functions without a word about files, so that every one can be tested and fuzzed alone.

pub mod area;
pub mod contact;
pub mod day;
pub mod hours;
pub mod language;
pub mod point;
pub mod text;
pub mod word;
