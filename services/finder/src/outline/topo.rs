//! Reading TopoJSON: borders are stored once, as arcs both neighbours share; so simplified maps have no gaps.

use contracts::directory::LandKey;
use geo::{BoundingRect, Coord, MultiPoint, Rect};
use serde::Deserialize;

use super::project::to_plane;

/// The outline cannot be used.
#[derive(Debug, thiserror::Error)]
pub(super) enum OutlineBroken {
    /// It is not the TopoJSON expected.
    #[error("the outline is no TopoJSON of Länder: {0}")]
    Unreadable(#[from] serde_json::Error),
    /// A ring names an arc that is not there.
    #[error("the outline has no arc {0}")]
    NoSuchArc(i64),
}

/// All borders and what they enclose.
#[derive(Debug)]
pub(super) struct Topology {
    /// Lines in the plane (km).
    pub(super) arcs: Vec<Vec<Coord<f64>>>,
    pub(super) lands: Vec<LandArcs>,
}

/// A Land as rings of arcs.
#[derive(Debug)]
pub(super) struct LandArcs {
    pub(super) key: LandKey,
    pub(super) name: String,
    /// Polygons of rings (the first outside, the others holes).
    pub(super) polygons: Vec<Vec<Ring>>,
}

/// A closed line.
#[derive(Debug)]
pub(super) struct Ring {
    /// Its arcs; a negative number is the arc `!n` backwards.
    pub(super) arcs: Vec<i64>,
    /// What it lies within, however much it is simplified; `None` without points.
    pub(super) bounds: Option<Rect>,
}

#[derive(Deserialize)]
struct File {
    arcs: Vec<Vec<[f64; 2]>>,
    transform: Transform,
    objects: Objects,
}

#[derive(Deserialize)]
struct Transform {
    scale: [f64; 2],
    translate: [f64; 2],
}

#[derive(Deserialize)]
struct Objects {
    laender: Collection,
}

#[derive(Deserialize)]
struct Collection {
    geometries: Vec<Geometry>,
}

#[derive(Deserialize)]
struct Geometry {
    #[serde(flatten)]
    shape: Shape,
    properties: Properties,
}

#[derive(Deserialize)]
#[serde(tag = "type", content = "arcs")]
enum Shape {
    Polygon(Vec<Vec<i64>>),
    MultiPolygon(Vec<Vec<Vec<i64>>>),
}

#[derive(Deserialize)]
struct Properties {
    ags: LandKey,
    name: String,
}

impl Topology {
    /// Reads a quantised TopoJSON with the object `laender`.
    pub(super) fn read(text: &str) -> Result<Self, OutlineBroken> {
        let file: File = serde_json::from_str(text)?;
        let Transform { scale, translate } = file.transform;
        let arcs = file.arcs.into_iter().map(|steps| {
            let (mut x, mut y) = (0.0, 0.0);
            let unfold = |[dx, dy]: [f64; 2]| {
                (x, y) = (x + dx, y + dy);
                to_plane(y * scale[1] + translate[1], x * scale[0] + translate[0])
            };
            steps.into_iter().map(unfold).collect()
        });
        let arcs: Vec<Vec<Coord<f64>>> = arcs.collect();
        let polygons = |land: &Geometry| match &land.shape {
            Shape::Polygon(rings) => vec![rings.clone()],
            Shape::MultiPolygon(polygons) => polygons.clone(),
        };
        let lands = file.objects.laender.geometries.into_iter().map(|land| LandArcs {
            polygons: polygons(&land)
                .into_iter()
                .map(|rings| rings.into_iter().map(|numbers| Ring::new(numbers, &arcs)).collect())
                .collect(),
            key: land.properties.ags,
            name: land.properties.name,
        });
        let topology = Self { lands: lands.collect(), arcs };
        let rings = topology.lands.iter().flat_map(|land| &land.polygons).flatten();
        match rings.flat_map(|ring| &ring.arcs).copied().find(|number| topology.arc(*number).is_none()) {
            Some(missing) => Err(OutlineBroken::NoSuchArc(missing)),
            None => Ok(topology),
        }
    }

    fn arc(&self, number: i64) -> Option<&Vec<Coord<f64>>> {
        self.arcs.get(usize::try_from(if number < 0 { !number } else { number }).ok()?)
    }
}

impl Ring {
    fn new(numbers: Vec<i64>, arcs: &[Vec<Coord<f64>>]) -> Self {
        let bounds = MultiPoint::from(ring(&numbers, arcs)).bounding_rect();
        Self { arcs: numbers, bounds }
    }
}

/// Joins arcs to the points of a ring; the last point of each arc is the first of the next.
pub(super) fn ring(numbers: &[i64], arcs: &[Vec<Coord<f64>>]) -> Vec<Coord<f64>> {
    let mut points: Vec<Coord<f64>> = Vec::new();
    for number in numbers {
        let forward = *number >= 0;
        let index = usize::try_from(if forward { *number } else { !*number }).ok();
        let Some(arc) = index.and_then(|index| arcs.get(index)) else { continue };
        points.pop();
        if forward {
            points.extend(arc);
        } else {
            points.extend(arc.iter().rev());
        }
    }
    points
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARES: &str = r#"{"type":"Topology","transform":{"scale":[0.1,0.1],"translate":[10.0,51.0]},
        "arcs":[[[0,0],[0,10]],[[0,10],[-10,0],[0,-10],[10,0]],[[0,10],[10,0],[0,-10],[-10,0]]],
        "objects":{"laender":{"type":"GeometryCollection","geometries":[
        {"type":"Polygon","arcs":[[0,1]],"properties":{"ags":"01","name":"West","bez":"Land"}},
        {"type":"MultiPolygon","arcs":[[[-1,-3]]],"properties":{"ags":"02","name":"East","bez":"Land"}}]}}}"#;

    #[test]
    fn shared_arcs_run_forwards_and_backwards() {
        let topology = Topology::read(SQUARES).unwrap();
        let west = ring(&topology.lands[0].polygons[0][0].arcs, &topology.arcs);
        assert_eq!(west.first(), west.last());
        assert_eq!(west.len(), 5);
        assert_eq!(topology.lands[1].name, "East");
        let border = ring(&[-1], &topology.arcs);
        assert_eq!(border, topology.arcs[0].iter().rev().copied().collect::<Vec<_>>());
    }

    #[test]
    fn a_missing_arc_is_an_error() {
        let broken = SQUARES.replace("[[0,1]]", "[[0,9]]");
        assert!(matches!(Topology::read(&broken), Err(OutlineBroken::NoSuchArc(9))));
        assert!(matches!(Topology::read("{}"), Err(OutlineBroken::Unreadable(_))));
    }
}
