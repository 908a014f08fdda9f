//! A map as data for a template.

use std::sync::LazyLock;

use contracts::directory::LandKey;
use geo::{BoundingRect, Coord, Intersects, LineString, MultiPoint, Rect, Simplify};
use search_index::place::{Gazetteer, Point};
use serde::Serialize;

use super::{
    clip::clip,
    germany::TOPOLOGY,
    path::{add_ring, whole},
    project::to_plane,
    scale::{ScaleBar, bar},
    topo::{Topology, ring},
    window::Window,
};

/// Path data of the whole country may have this many bytes.
const COUNTRY_BYTES: usize = 10_000;
/// Path data of a map around some points.
const AROUND_BYTES: usize = 3_500;
/// How far a simplified border may be from the true one at first, in units of the view box.
const FIRST_TOLERANCE: f64 = 0.9;
/// Coarser than this it is not made for the bytes' sake, in units.
const COARSEST: f64 = 60.0;
/// Each step of detail is this much coarser than the one before.
const COARSER: f64 = 1.4;
/// The finest step, in km a point may be off; the outline itself is not finer.
const FINEST_KM: f64 = 0.05;
/// There is no coarser step than this, in km.
const COARSEST_KM: f64 = 100.0;
/// Towns named on a map at most.
const TOWNS: usize = 6;
/// Room a town's name needs, in units: half its width and its height.
const NAME_ROOM: (f64, f64) = (75.0, 26.0);
/// Points further away than this from Germany's middle are mistakes and not shown, in km.
const FURTHEST_KM: f64 = 700.0;

/// How a map is asked for.
#[derive(Debug, Clone, Copy)]
pub struct MapView;

/// A map: numbers and path data in units of its view box, y downwards.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MapSvg {
    /// Value of the `viewBox` attribute.
    pub view_box: String,
    /// Width in units.
    pub width: i32,
    /// Height in units.
    pub height: i32,
    /// The Länder in view, as shapes to fill (`fill-rule: evenodd`) and stroke; cut lines lie outside the view.
    pub lands: Vec<LandShape>,
    /// The numbered points, in the order given; points that cannot be in Germany are left out.
    pub points: Vec<MapPoint>,
    /// The place searched around.
    pub place: Option<MapSpot>,
    /// Names of towns to find one's way by, not overlapping; the biggest first.
    pub towns: Vec<MapTown>,
    /// How long some km are.
    pub scale_bar: ScaleBar,
}

/// A Land on a map.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LandShape {
    /// Its official key.
    pub key: LandKey,
    /// Its name.
    pub name: String,
    /// SVG path data.
    pub path: String,
}

/// A spot on a map.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct MapSpot {
    /// Units from the left.
    pub x: i32,
    /// Units from the top.
    pub y: i32,
}

/// A numbered point on a map.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct MapPoint {
    /// Units from the left.
    pub x: i32,
    /// Units from the top.
    pub y: i32,
    /// The number that also stands in the list of hits.
    pub label_number: u32,
}

/// A town's name on a map.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MapTown {
    /// Units from the left, of the town's middle.
    pub x: i32,
    /// Units from the top.
    pub y: i32,
    /// The name.
    pub name: String,
}

impl MapView {
    /// All of Germany, without points.
    pub fn germany() -> MapSvg {
        let outline = TOPOLOGY.as_ref();
        let all: MultiPoint = outline
            .map(|outline| outline.arcs.iter().flatten().copied().collect())
            .unwrap_or_else(|| MultiPoint::new(Vec::new()));
        let bounds = all.bounding_rect().unwrap_or(Rect::new((-300.0, -460.0), (310.0, 420.0)));
        draw(&Window::over(grown(bounds, 0.01)), &[], None, COUNTRY_BYTES)
    }

    /// The part of Germany that shows all points and the place; all of it if there are none. Each point comes with the
    /// number to show at it.
    pub fn around(points: &[(u32, Point)], place: Option<Point>) -> MapSvg {
        let points: Vec<(u32, Coord<f64>)> =
            points.iter().filter_map(|(number, point)| Some((*number, in_plane(*point)?))).collect();
        let place = place.and_then(in_plane);
        let shown: Vec<Coord<f64>> = points.iter().map(|(_, point)| *point).chain(place).collect();
        match Window::around(&shown) {
            Some(window) => draw(&window, &points, place, AROUND_BYTES),
            None => Self::germany(),
        }
    }

    /// The same with the names of a few big towns.
    pub fn around_with_towns(points: &[(u32, Point)], place: Option<Point>, gazetteer: &Gazetteer) -> MapSvg {
        let mut map = Self::around(points, place);
        let shown: Vec<Coord<f64>> =
            points.iter().map(|(_, point)| *point).chain(place).filter_map(in_plane).collect();
        if let Some(window) = Window::around(&shown) {
            map.towns = towns(&window, gazetteer);
        }
        map
    }
}

fn in_plane(point: Point) -> Option<Coord<f64>> {
    let spot = to_plane(point.lat, point.lon);
    (spot.x.hypot(spot.y) < FURTHEST_KM).then_some(spot)
}

fn draw(window: &Window, points: &[(u32, Coord<f64>)], place: Option<Coord<f64>>, bytes: usize) -> MapSvg {
    let (width, height) = window.size();
    let scale_bar = bar(width, window.scale);
    let (width, height) = (whole(width), whole(height));
    let at = |point: Coord<f64>| {
        let spot = window.place(point);
        MapSpot { x: whole(spot.x), y: whole(spot.y) }
    };
    MapSvg {
        view_box: format!("0 0 {width} {height}"),
        width,
        height,
        lands: TOPOLOGY.as_ref().map(|outline| shapes(outline, window, bytes)).unwrap_or_default(),
        points: points
            .iter()
            .map(|(number, point)| {
                let MapSpot { x, y } = at(*point);
                MapPoint { x, y, label_number: *number }
            })
            .collect(),
        place: place.map(at),
        towns: Vec::new(),
        scale_bar,
    }
}

/// The Länder in a window, with as much detail as the bytes allow.
fn shapes(outline: &Topology, window: &Window, bytes: usize) -> Vec<LandShape> {
    let mut tolerance = FIRST_TOLERANCE;
    loop {
        let bytes = if tolerance > COARSEST { usize::MAX } else { bytes };
        if let Some(shapes) = shapes_with(outline, window, tolerance, bytes) {
            return shapes;
        }
        tolerance *= COARSER;
    }
}

/// A piece of border in the plane.
type Arc = Vec<Coord<f64>>;

/// The borders in steps of detail, each coarser than the one before: simplifying them anew for every page would cost
/// more than everything else on it.
static DETAIL: LazyLock<Vec<(f64, Vec<Arc>)>> = LazyLock::new(|| {
    let arcs = TOPOLOGY.as_ref().map(|outline| outline.arcs.as_slice()).unwrap_or_default();
    // Borders are simplified arc by arc, so that both neighbours get the same line.
    let simplify = |arc: &Arc, km: f64| LineString::from(arc.clone()).simplify(km).0;
    let steps =
        std::iter::successors(Some(FINEST_KM), |km| Some(km * COARSER)).take_while(|km| *km < COARSEST_KM);
    steps.map(|km| (km, arcs.iter().map(|arc| simplify(arc, km)).collect())).collect()
});

/// The borders with at least this much detail, in km a point may be off.
fn simplified(km: f64) -> &'static [Arc] {
    let fitting = DETAIL.iter().rev().find(|(off, _)| *off <= km).or_else(|| DETAIL.first());
    fitting.map(|(_, arcs)| arcs.as_slice()).unwrap_or_default()
}

/// The same with a tolerance; `None` as soon as there are more bytes than allowed.
fn shapes_with(
    outline: &Topology,
    window: &Window,
    tolerance: f64,
    mut bytes: usize,
) -> Option<Vec<LandShape>> {
    let arcs = simplified(tolerance / window.scale);
    let cut = grown(window.bounds, 0.02);
    let mut shapes = Vec::new();
    for land in &outline.lands {
        let mut path = String::new();
        for around in land.polygons.iter().flatten() {
            if around.bounds.is_some_and(|bounds| bounds.intersects(&cut)) {
                let inside = clip(ring(&around.arcs, arcs), &cut);
                add_ring(&mut path, &inside.into_iter().map(|point| window.place(point)).collect::<Vec<_>>());
            }
        }
        bytes = bytes.checked_sub(path.len())?;
        if !path.is_empty() {
            shapes.push(LandShape { key: land.key, name: land.name.clone(), path });
        }
    }
    Some(shapes)
}

/// The biggest towns in a window whose names do not run into each other or out of the map.
fn towns(window: &Window, gazetteer: &Gazetteer) -> Vec<MapTown> {
    let (width, height) = window.size();
    let mut towns: Vec<MapTown> = Vec::new();
    for (name, point) in gazetteer.towns_by_size() {
        let spot = window.place(to_plane(point.lat, point.lon));
        let (x, y) = (spot.x, spot.y);
        let fits = x > NAME_ROOM.0 && x < width - NAME_ROOM.0 && y > NAME_ROOM.1 && y < height - NAME_ROOM.1;
        let is_free = |town: &MapTown| {
            (f64::from(town.x) - x).abs() > 2.0 * NAME_ROOM.0
                || (f64::from(town.y) - y).abs() > 1.5 * NAME_ROOM.1
        };
        if fits && towns.iter().all(is_free) {
            towns.push(MapTown { x: whole(x), y: whole(y), name: name.to_owned() });
            if towns.len() == TOWNS {
                break;
            }
        }
    }
    towns
}

/// A rectangle grown on all sides by a share of its size.
fn grown(bounds: Rect, share: f64) -> Rect {
    let by = Coord { x: bounds.width() * share, y: bounds.height() * share };
    Rect::new(bounds.min() - by, bounds.max() + by)
}

#[cfg(test)]
mod tests;
