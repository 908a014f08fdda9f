//! Places: what a person types under "Wo?" becomes postcodes, official keys and a point.
//!
//! Owns the table of places, its names in all the ways people write them, and what a name means when several places
//! carry it. Knows nothing of centres. A [`Gazetteer`] never changes; a new table makes a new one.

mod among;
mod build;
mod bundled;
mod expand;
mod fold;
mod gazetteer;
mod lands;
mod link;
mod matching;
mod model;
mod names;
mod neighbours;
mod point;
mod postcode;
mod resolve;
mod similar;
mod successor;
mod suggest;

pub use among::Among;
pub use gazetteer::Gazetteer;
pub use lands::{district_label, land_name};
pub use link::{Fixed, RawPostcode, link};
pub use model::{Place, PlaceKind, PlaceRow, Point, PostcodeInfo, Resolution, Suggestion};

#[cfg(test)]
mod tests;
