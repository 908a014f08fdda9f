//! The index: built from records into a generation folder, opened, swapped.
//!
//! Owns the layout and the life cycle on disk; knows nothing of queries.

mod about;
mod area;
mod builder;
mod columns;
mod concepts;
mod documents;
mod entry;
mod error;
mod grid;
mod home;
mod open;
mod schema;
mod sphere;
mod terms;

pub(crate) use area::{covering_area, place_terms};
pub use builder::IndexBuilder;
pub(crate) use columns::{Columns, WHEELCHAIR, mode_flag};
pub(crate) use concepts::ConceptList;
pub(crate) use documents::{language_concept, primary};
pub(crate) use entry::Entry;
pub use error::IndexError;
pub use home::IndexHome;
pub use open::SearchIndex;
pub(crate) use schema::Fields;
pub(crate) use sphere::{chord2_of_km, km_between, on_sphere};
pub(crate) use terms::{Reader, Reading, TermKind, town_words};
