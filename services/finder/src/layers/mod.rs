//! What a centre is made of: the records of the lists it is on, and what people wrote over them.
//!
//! Owns the names of the fields, the rules by which layers become the record that seekers see, and the comparison of two
//! records. It knows no database: the store keeps the layers and calls [`compose`] whenever one of them changes.

mod compose;
mod derive;
mod difference;
mod field;
mod model;
mod part;

pub use compose::compose;
pub use derive::{derive_point, is_derived_point};
pub use difference::{FieldChange, difference};
pub use field::{Field, FieldError, fields};
pub use model::{Composed, Layers, ManualEdit, Origin, Provenance, SourceRecord, Standing};
pub use part::Part;

#[cfg(test)]
mod tests;
