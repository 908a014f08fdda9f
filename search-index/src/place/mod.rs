//! Places: what a person types under "Wo?" becomes postcodes, official keys and a point.

mod model;

pub use model::{Place, PlaceKind, PlaceRow, Point, Resolution};
