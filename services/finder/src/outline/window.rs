//! The part of the plane a map shows.

use geo::{Coord, Rect};

/// Longer side of every map in units of its view box.
pub(super) const LONGER_SIDE: f64 = 600.0;
/// A map is at least this wide and high, in km.
const SMALLEST_KM: f64 = 16.0;
/// Room around the outermost points, as a share of the extent.
const MARGIN: f64 = 0.12;
/// How much longer one side may be than the other.
const SLENDEREST: f64 = 1.5;

/// What is shown and how it is scaled.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Window {
    /// Shown part of the plane, in km.
    pub(super) bounds: Rect,
    /// Units per km.
    pub(super) scale: f64,
}

impl Window {
    /// Around some points of the plane; `None` without points.
    pub(super) fn around(points: &[Coord<f64>]) -> Option<Self> {
        let first = *points.first()?;
        let (mut min, mut max) = (first, first);
        for point in points {
            min = Coord { x: min.x.min(point.x), y: min.y.min(point.y) };
            max = Coord { x: max.x.max(point.x), y: max.y.max(point.y) };
        }
        let longer = (max.x - min.x).max(max.y - min.y);
        let side = |from: f64, to: f64| {
            let length = ((to - from) + 2.0 * MARGIN * longer)
                .max(SMALLEST_KM)
                .max(longer * (1.0 + 2.0 * MARGIN) / SLENDEREST);
            ((from + to - length) / 2.0, (from + to + length) / 2.0)
        };
        let (x, y) = (side(min.x, max.x), side(min.y, max.y));
        Some(Self::over(Rect::new(Coord { x: x.0, y: y.0 }, Coord { x: x.1, y: y.1 })))
    }

    /// Over a part of the plane.
    pub(super) fn over(bounds: Rect) -> Self {
        Self { bounds, scale: LONGER_SIDE / bounds.width().max(bounds.height()) }
    }

    /// Width and height in units.
    pub(super) fn size(&self) -> (f64, f64) {
        ((self.bounds.width() * self.scale).round(), (self.bounds.height() * self.scale).round())
    }

    /// From km to units.
    pub(super) fn place(&self, point: Coord<f64>) -> Coord<f64> {
        let corner = self.bounds.min();
        Coord { x: (point.x - corner.x) * self.scale, y: (point.y - corner.y) * self.scale }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_point_stands_in_the_middle_of_a_small_map() {
        let window = Window::around(&[Coord { x: 3.0, y: 4.0 }]).unwrap();
        assert_eq!(window.size(), (600.0, 600.0));
        assert_eq!(window.place(Coord { x: 3.0, y: 4.0 }), Coord { x: 300.0, y: 300.0 });
    }

    #[test]
    fn far_points_fit_with_room_around_them_and_the_map_is_never_a_ribbon() {
        let window = Window::around(&[Coord { x: 0.0, y: 0.0 }, Coord { x: 300.0, y: 0.0 }]).unwrap();
        let (width, height) = window.size();
        assert_eq!(width, 600.0);
        assert!(height >= 399.0);
        assert!(window.place(Coord { x: 0.0, y: 0.0 }).x > 30.0);
        assert_eq!(Window::around(&[]), None);
    }
}
