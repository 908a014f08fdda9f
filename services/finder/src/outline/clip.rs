//! Cutting rings to a rectangle, so that a map of a valley does not carry the coast.

use geo::{Coord, Rect};

/// The part of a ring inside a rectangle (Sutherland and Hodgman): edges that leave it run along its border.
pub(super) fn clip(ring: Vec<Coord<f64>>, to: &Rect) -> Vec<Coord<f64>> {
    let (min, max) = (to.min(), to.max());
    let ring = half(ring, |point| point.x - min.x);
    let ring = half(ring, |point| max.x - point.x);
    let ring = half(ring, |point| point.y - min.y);
    half(ring, |point| max.y - point.y)
}

/// Keeps what lies on the side of a line where `depth` is not negative.
fn half(ring: Vec<Coord<f64>>, depth: impl Fn(Coord<f64>) -> f64) -> Vec<Coord<f64>> {
    if ring.iter().all(|point| depth(*point) >= 0.0) {
        return ring;
    }
    let mut kept = Vec::with_capacity(ring.len());
    let Some(mut previous) = ring.last().copied() else { return kept };
    for point in ring {
        let (from, to) = (depth(previous), depth(point));
        if (from >= 0.0) != (to >= 0.0) {
            kept.push(previous + (point - previous) * (from / (from - to)));
        }
        if to >= 0.0 {
            kept.push(point);
        }
        previous = point;
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn square(from: f64, to: f64) -> Vec<Coord<f64>> {
        [(from, from), (to, from), (to, to), (from, to)].map(|(x, y)| Coord { x, y }).to_vec()
    }

    fn window() -> Rect {
        Rect::new(Coord { x: 0.0, y: 0.0 }, Coord { x: 10.0, y: 10.0 })
    }

    #[test]
    fn what_lies_inside_stays_what_lies_outside_goes() {
        assert_eq!(clip(square(2.0, 3.0), &window()), square(2.0, 3.0));
        assert!(clip(square(12.0, 13.0), &window()).is_empty());
        assert!(clip(Vec::new(), &window()).is_empty());
    }

    #[test]
    fn a_ring_around_the_window_becomes_the_window() {
        let mut corners = clip(square(-5.0, 50.0), &window());
        corners.sort_by(|a, b| (a.x, a.y).partial_cmp(&(b.x, b.y)).unwrap());
        corners.dedup();
        assert_eq!(
            corners,
            [(0.0, 0.0), (0.0, 10.0), (10.0, 0.0), (10.0, 10.0)].map(|(x, y)| Coord { x, y })
        );
    }
}
