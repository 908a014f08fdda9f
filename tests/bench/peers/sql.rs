//! The fragments of SQL that SQLite and PostgreSQL share.

use super::document::Where;

/// Expressions for the points of a place, whose numbers are parameters from `$first` on: x, y, z and the reach.
#[derive(Debug)]
pub(crate) struct Distance {
    /// The square of the chord to the nearest point; NULL without coordinates.
    pub(crate) far: String,
    /// Whether any point reaches as far.
    pub(crate) within: String,
}

impl Distance {
    /// `least` is the database's function for the smallest of its arguments.
    pub(crate) fn new(place: &Where, first: usize, least: &str) -> Self {
        let square = |point: usize| {
            let at = first + 4 * point;
            let (x, y, z) = (at, at + 1, at + 2);
            format!("((o.x-${x})*(o.x-${x})+(o.y-${y})*(o.y-${y})+(o.z-${z})*(o.z-${z}))")
        };
        let points = place.points.len();
        let squares: Vec<String> = (0..points).map(square).collect();
        let within: Vec<String> = squares
            .iter()
            .enumerate()
            .map(|(point, square)| format!("{square} <= ${}", first + 4 * point + 3))
            .collect();
        let far = match squares.as_slice() {
            [] => "o.x".to_owned(),
            [one] => one.clone(),
            several => format!("{least}({})", several.join(", ")),
        };
        let within = if points == 0 { "1 = 0".to_owned() } else { within.join(" OR ") };
        Self { far, within: format!("COALESCE({within}, 1 = 0)") }
    }
}
