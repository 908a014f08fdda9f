//! The centres by where they are: who is within reach of a place is found without looking at the rest.

/// Cells per degree of latitude: about 11 km each.
const ROWS_PER_DEGREE: f64 = 10.0;
/// Cells around the globe: about as wide as high in the middle of Germany.
const COLUMNS: u32 = 2_400;
/// Added on every side against rounding, in degrees; half a kilometre, and a point is exact to half a metre.
const MARGIN: f64 = 0.005;

/// Where a centre is, with its offers.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Spot {
    /// Its place on the unit sphere.
    pub(crate) point: [f32; 3],
    /// Its first offer.
    pub(crate) first: u32,
    /// The offer after its last one.
    pub(crate) end: u32,
}

/// Spots in cells, cells in rows from south to north.
#[derive(Debug, Default)]
pub(crate) struct Grid {
    /// The cells that hold any spot, each with the number of its first one; ascending.
    cells: Vec<(u32, u32)>,
    spots: Vec<Spot>,
}

impl Grid {
    /// A grid of these spots; those whose place is unknown are in none of its cells.
    pub(crate) fn of(spots: impl Iterator<Item = Spot>) -> Self {
        let known = spots.filter(|spot| spot.point.iter().all(|axis| axis.is_finite()));
        let mut by_cell: Vec<(u32, Spot)> = known.map(|spot| (cell(spot.point), spot)).collect();
        by_cell.sort_unstable_by_key(|(cell, spot)| (*cell, spot.first));
        let mut cells: Vec<(u32, u32)> = Vec::new();
        for (&(cell, _), number) in by_cell.iter().zip(0u32..) {
            if cells.last().is_none_or(|&(known, _)| known != cell) {
                cells.push((cell, number));
            }
        }
        Self { cells, spots: by_cell.into_iter().map(|(_, spot)| spot).collect() }
    }

    /// The spots that may be within a squared chord of a point: all that are, and some around them.
    pub(crate) fn around(&self, point: [f32; 3], chord2: f32) -> impl Iterator<Item = &Spot> {
        reach(point, chord2).into_iter().flat_map(move |(rows, columns)| {
            rows.flat_map(move |row| {
                let from = self.start(row * COLUMNS + columns.start());
                let to = self.start(row * COLUMNS + columns.end() + 1);
                &self.spots[from..to]
            })
        })
    }

    /// The number of the first spot in this cell or after it.
    fn start(&self, cell: u32) -> usize {
        let at = self.cells.partition_point(|&(known, _)| known < cell);
        self.cells.get(at).map_or(self.spots.len(), |&(_, start)| start as usize)
    }
}

type Cells = std::ops::RangeInclusive<u32>;

/// Rows and columns that hold everything within a squared chord of a point; `None` where the point is unknown.
fn reach(point: [f32; 3], chord2: f32) -> Option<(Cells, Cells)> {
    if !point.iter().all(|axis| axis.is_finite()) || chord2.is_nan() {
        return None;
    }
    let (lat, lon) = degrees(point);
    let angle = 2.0 * (f64::from(chord2.max(0.0)).sqrt() / 2.0).min(1.0).asin();
    let by = angle.to_degrees() + MARGIN;
    let rows = row(lat - by)..=row(lat + by);
    // How far a circle stretches to the sides; around a pole or across the date line it is every column.
    let sideways = angle.sin() / lat.to_radians().cos().max(f64::EPSILON);
    let sideways = if angle < 1.0 && sideways < 1.0 { sideways.asin().to_degrees() + MARGIN } else { 360.0 };
    let columns = match (lon - sideways, lon + sideways) {
        (west, east) if west >= -180.0 && east <= 180.0 => column(west)..=column(east),
        _ => 0..=COLUMNS - 1,
    };
    Some((rows, columns))
}

fn cell(point: [f32; 3]) -> u32 {
    let (lat, lon) = degrees(point);
    row(lat) * COLUMNS + column(lon)
}

fn degrees([x, y, z]: [f32; 3]) -> (f64, f64) {
    let lat = f64::from(z).clamp(-1.0, 1.0).asin().to_degrees();
    (lat, f64::from(y).atan2(f64::from(x)).to_degrees())
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..=1800")]
fn row(lat: f64) -> u32 {
    ((lat + 90.0) * ROWS_PER_DEGREE).clamp(0.0, 180.0 * ROWS_PER_DEGREE) as u32
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "clamped to 0..COLUMNS")]
fn column(lon: f64) -> u32 {
    ((lon + 180.0) / 360.0 * f64::from(COLUMNS)).clamp(0.0, f64::from(COLUMNS - 1)) as u32
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::search::index::{chord2_of_km, on_sphere};

    #[expect(clippy::cast_possible_truncation, reason = "as for the columns")]
    fn point((lat, lon): (f64, f64)) -> [f32; 3] {
        on_sphere(lat, lon).map(|axis| axis as f32)
    }

    fn somewhere() -> impl Strategy<Value = (f64, f64)> {
        prop_oneof![
            8 => (47.0..55.5f64, 5.5..15.5f64),
            1 => (-90.0..=90.0f64, -180.0..=180.0f64),
            1 => (47.99..48.01f64, 7.99..8.01f64),
        ]
    }

    proptest! {
        #[test]
        fn nobody_within_reach_is_missed(
            centres in prop::collection::vec(prop::option::weighted(0.95, somewhere()), 0..200),
            middle in somewhere(),
            km in prop_oneof![0.0..60.0f64, 0.0..21_000.0f64],
        ) {
            let points: Vec<[f32; 3]> =
                centres.iter().map(|at| at.map_or([f32::NAN; 3], point)).collect();
            let spot = |(first, &point): (u32, &[f32; 3])| Spot { point, first, end: first + 1 };
            let grid = Grid::of((0u32..).zip(&points).map(spot));
            let (middle, reach) = (point(middle), chord2_of_km(km));
            let within = |point: [f32; 3]| {
                let [x, y, z] = [0, 1, 2].map(|axis| point[axis] - middle[axis]);
                x * x + y * y + z * z <= reach
            };
            let found = grid.around(middle, reach).filter(|spot| within(spot.point));
            let mut found: Vec<u32> = found.map(|spot| spot.first).collect();
            found.sort_unstable();
            let expected: Vec<u32> =
                (0u32..).zip(&points).filter(|(_, point)| within(**point)).map(|(first, _)| first).collect();
            prop_assert_eq!(found, expected);
        }
    }

    #[test]
    fn around_an_unknown_point_is_nobody() {
        let grid = Grid::of([Spot { point: point((48.0, 8.0)), first: 0, end: 1 }].into_iter());
        assert_eq!(grid.around([f32::NAN; 3], 1.0).count(), 0);
        assert_eq!(grid.around(point((48.0, 8.0)), f32::NAN).count(), 0);
        assert_eq!(grid.around(point((48.01, 8.0)), 0.1).count(), 1);
    }

    #[test]
    fn far_away_is_not_looked_at() {
        let grid = Grid::of([Spot { point: point((53.5, 10.0)), first: 0, end: 1 }].into_iter());
        assert_eq!(grid.around(point((48.0, 8.0)), chord2_of_km(25.0)).count(), 0);
    }
}
