//! Hits and centres on the outline map, as the map component draws it.

use contracts::directory::{Coordinates, LocationBasis};
use search_index::{
    place::{Gazetteer, Place, Point},
    search::Hit,
};
use serde::Serialize;

use crate::outline::{self, MapSvg, MapTown};

/// A single point would be drawn without anything around it: two corners that are not shown keep the view wide.
const FRAME: u32 = 0;
/// How far the corners are from the centre, in degrees: about 40 km each way.
const FRAME_LAT: f64 = 0.36;
const FRAME_LON: f64 = 0.56;

/// A drawing in the units of the view box `0 0 width height`.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct MapView {
    width: i32,
    height: i32,
    /// Outlines of the Länder as SVG path data.
    land: Vec<String>,
    towns: Vec<MapTown>,
    points: Vec<PointView>,
    place: Option<PlaceView>,
    scale: ScaleView,
}

/// A centre on the map.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct PointView {
    x: i32,
    y: i32,
    /// Its number in the list beside the map.
    number: Option<u32>,
    label: String,
}

/// The place searched around.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct PlaceView {
    x: i32,
    y: i32,
    label: String,
}

/// How long some km are.
#[derive(Debug, Clone, PartialEq, Serialize)]
struct ScaleView {
    km: u32,
    length: i32,
}

/// The hits of one page around a place; `first` is the number of the first hit. `None` when no hit has coordinates:
/// a map without a centre on it tells nothing.
pub(crate) fn map_of_hits(
    hits: &[Hit],
    place: Option<&Place>,
    first: usize,
    gazetteer: &Gazetteer,
) -> Option<MapView> {
    let numbered = (u32::try_from(first).unwrap_or(u32::MAX)..).zip(hits);
    let spots: Vec<(u32, Point, &str)> = numbered
        .filter_map(|(number, hit)| {
            Some((number, point(hit.card.coordinates.as_ref()?), hit.card.centre_name.as_str()))
        })
        .collect();
    let points: Vec<(u32, Point)> = spots.iter().map(|(number, point, _)| (*number, *point)).collect();
    if points.is_empty() {
        return None;
    }
    let drawing =
        outline::MapView::around_with_towns(&points, place.and_then(|place| place.point), gazetteer);
    let label = |number: u32| {
        let spot = spots.iter().find(|(other, ..)| *other == number);
        (Some(number), spot.map_or(String::new(), |(_, _, name)| (*name).to_owned()))
    };
    Some(MapView::of(drawing, place.map(|place| place.name.as_str()), label))
}

/// One centre with the towns around it; `None` without coordinates or when they cannot be in Germany.
pub(crate) fn map_of_centre(
    name: &str,
    coordinates: Option<&Coordinates>,
    gazetteer: &Gazetteer,
) -> Option<MapView> {
    let centre = point(coordinates?);
    let corner = |lat: f64, lon: f64| (FRAME, Point { lat: centre.lat + lat, lon: centre.lon + lon });
    let points = [(1, centre), corner(FRAME_LAT, FRAME_LON), corner(-FRAME_LAT, -FRAME_LON)];
    let mut drawing = outline::MapView::around_with_towns(&points, None, gazetteer);
    drawing.points.retain(|point| point.label_number != FRAME);
    (!drawing.points.is_empty()).then(|| MapView::of(drawing, None, |_| (None, name.to_owned())))
}

/// Whether a point is exact only to the area of its postcode.
pub(crate) const fn is_approximate(coordinates: &Coordinates) -> bool {
    matches!(coordinates.basis, LocationBasis::Postcode)
}

fn point(coordinates: &Coordinates) -> Point {
    Point { lat: coordinates.lat, lon: coordinates.lon }
}

impl MapView {
    fn of(drawing: MapSvg, place: Option<&str>, label: impl Fn(u32) -> (Option<u32>, String)) -> Self {
        Self {
            width: drawing.width,
            height: drawing.height,
            land: drawing.lands.into_iter().map(|land| land.path).collect(),
            towns: drawing.towns,
            points: drawing
                .points
                .iter()
                .map(|point| {
                    let (number, label) = label(point.label_number);
                    PointView { x: point.x, y: point.y, number, label }
                })
                .collect(),
            place: drawing.place.zip(place).map(|(spot, label)| PlaceView {
                x: spot.x,
                y: spot.y,
                label: label.to_owned(),
            }),
            scale: ScaleView { km: drawing.scale_bar.km, length: drawing.scale_bar.length },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::samples;

    #[test]
    fn points_carry_the_numbers_of_the_list_and_the_place_is_named() {
        let mut hidden = samples::hit();
        hidden.card.coordinates = None;
        let hits = [samples::hit(), hidden, samples::hit()];
        let map = map_of_hits(&hits, Some(&samples::place()), 11, &Gazetteer::bundled()).unwrap();
        let numbers: Vec<_> = map.points.iter().map(|point| point.number).collect();
        assert_eq!(numbers, [Some(11), Some(13)], "a centre without coordinates keeps its number to itself");
        assert_eq!(map.points[0].label, "Rat und Tat Freiburg");
        assert_eq!(map.place.unwrap().label, "79100 Freiburg im Breisgau");
        assert!(!map.land.is_empty());
    }

    #[test]
    fn without_coordinates_there_is_no_map() {
        let mut hit = samples::hit();
        hit.card.coordinates = None;
        assert!(map_of_hits(&[hit], Some(&samples::place()), 1, &Gazetteer::bundled()).is_none());
        assert!(map_of_centre("Haus", None, &Gazetteer::bundled()).is_none());
    }

    #[test]
    fn a_centre_is_the_only_point_on_its_map() {
        let centre = samples::centre();
        let map = map_of_centre(&centre.name, centre.coordinates.as_ref(), &Gazetteer::bundled()).unwrap();
        let labels: Vec<_> = map.points.iter().map(|point| (point.number, point.label.as_str())).collect();
        assert_eq!(labels, [(None, "Rat und Tat Freiburg")]);
        assert!(map.scale.km >= 10, "wide enough to find one's way: {} km", map.scale.km);
    }

    #[test]
    fn a_map_stays_small() {
        let hits = vec![samples::hit(); 10];
        let map = map_of_hits(&hits, Some(&samples::place()), 1, &Gazetteer::bundled()).unwrap();
        let bytes = serde_json::to_string(&map).unwrap().len();
        assert!(bytes < 6_000, "{bytes} bytes");
    }
}
