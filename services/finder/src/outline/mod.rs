//! The outline of Germany: whether a coordinate can be right, in which Land it lies, and maps small enough to stand
//! inside a page.
//!
//! Owns the bundled outline and the geometry of maps. Knows no HTML: a map is numbers and SVG path data. No tile, no
//! map library, no other origin.

mod clip;
mod germany;
mod map;
mod path;
mod project;
mod scale;
mod topo;
mod window;

pub use germany::{in_germany, land_of};
pub use map::{LandShape, MapPoint, MapSpot, MapSvg, MapTown, MapView};
pub use scale::ScaleBar;

/// Whose data the outline is, to be shown beside a map.
pub const ATTRIBUTION: &str = "© GeoBasis-DE / BKG 2016 (GeoNutzV), verändert";
