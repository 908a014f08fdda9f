//! Hits and centres on the outline map, as the map component draws it.

use contracts::directory::{Coordinates, LocationBasis};
use search_index::{
    place::{Place, Point},
    search::Hit,
};
use serde::Serialize;

/// A drawing in the units of the view box `0 0 width height`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct MapView {
    /// Width of the view box.
    pub width: f64,
    /// Height of the view box.
    pub height: f64,
    /// Outlines of the Länder as SVG path data.
    pub land: Vec<String>,
    /// The centres.
    pub points: Vec<MapPoint>,
    /// The place searched around.
    pub place: Option<MapPlace>,
}

/// A centre on the map.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct MapPoint {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
    /// Its number in the list beside the map.
    pub number: Option<usize>,
    /// Its name.
    pub label: String,
}

/// The place searched around.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct MapPlace {
    /// From the left.
    pub x: f64,
    /// From the top.
    pub y: f64,
    /// Its name.
    pub label: String,
}

/// The hits of one page around a place; `first` is the number of the first hit. `None` when no hit has coordinates.
pub(crate) fn map_of_hits(_hits: &[Hit], _place: Option<&Place>, _first: usize) -> Option<MapView> {
    None
}

/// One centre; `None` without coordinates.
pub(crate) fn map_of_centre(_name: &str, _coordinates: Option<&Coordinates>) -> Option<MapView> {
    None
}

/// Whether a point is exact only to the area of its postcode.
pub(crate) const fn is_approximate(coordinates: &Coordinates) -> bool {
    matches!(coordinates.basis, LocationBasis::Postcode)
}
const _: Option<Point> = None;
