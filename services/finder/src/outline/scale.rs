//! The scale bar of a map.

use serde::Serialize;

use super::path::whole;

/// Lengths a bar may have, in km.
const LENGTHS: [u32; 9] = [1, 2, 5, 10, 20, 50, 100, 200, 500];
/// The bar takes at most this share of the width.
const SHARE: f64 = 0.33;

/// A bar that shows how long some km are.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct ScaleBar {
    /// How many km it stands for.
    pub km: u32,
    /// Its length in units of the view box.
    pub length: i32,
}

/// The longest round bar that fits a map of this width; `scale` in units per km.
pub(super) fn bar(width: f64, scale: f64) -> ScaleBar {
    let fits = |km: &&u32| f64::from(**km) * scale <= SHARE * width;
    let km = LENGTHS.iter().rev().find(fits).copied().unwrap_or(LENGTHS[0]);
    ScaleBar { km, length: whole(f64::from(km) * scale) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_is_round_and_fits() {
        assert_eq!(bar(600.0, 600.0 / 40.0), ScaleBar { km: 10, length: 150 });
        assert_eq!(bar(450.0, 0.68).km, 200);
        assert_eq!(bar(600.0, 600.0).km, 1, "never without a bar");
    }
}
