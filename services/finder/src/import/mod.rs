//! Import of the directory: lists from associations and Länder become centres.
//!
//! Three steps, each a function of its own: [`read()`] turns files into drafts and findings, [`plan()`] compares them
//! with what is stored, [`import_centres`] does both and applies the difference in one transaction. Nothing here prints
//! or asks; the command line and the browser call the same code. Files are hostile until proven otherwise: every reader
//! is bounded, and spreadsheets are read by a limited process of their own.

pub mod field;
pub mod places;
pub mod profile;
pub mod xlsx;

mod apply;
mod draft;
mod finding;
mod hsds;
mod input;
mod map;
mod message;
mod plan;
mod problem;
mod progress;
mod read;

pub use apply::{ImportError, ImportOrder, Summary, import_centres};
pub use draft::CentreDraft;
pub use finding::{RowError, RowNote, Spot, is_invisible, shown};
pub(crate) use hsds::{AREA_GERMANY, AREA_KEY};
pub use input::{InputFile, Limits};
pub(crate) use map::touches;
pub(crate) use message::words;
pub use plan::{Plan, PlanOptions, Refusal, Slugs, plan};
pub use problem::{Problem, Repair};
pub use profile::{Profile, ProfileError};
pub use progress::{Progress, Silent, Stage};
pub use read::{ReadError, Reading, Surroundings, read};

#[cfg(test)]
mod tests;
