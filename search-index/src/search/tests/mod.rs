//! The engine as a whole.

mod behaviour;
mod filters;
mod generated;
mod life_cycle;
mod properties;
mod reference;

use super::{
    SearchIndex,
    testing::{centre, index, offer, range},
};

/// Three centres: responsible and far, near, and near with something else.
fn small() -> (tempfile::TempDir, SearchIndex) {
    let mut debt = offer("o1", "Schuldnerberatung", &["debt"]);
    debt.areas = vec![range("79100", "79117")];
    index(&[
        centre("far", "Caritas Freiburg", "79110", Some((48.10, 7.85)), vec![debt]),
        centre(
            "near",
            "Diakonie",
            "79100",
            Some((48.00, 7.85)),
            vec![offer("o2", "Schuldnerberatung", &["debt"])],
        ),
        centre(
            "other",
            "Haus Linde",
            "79100",
            Some((48.00, 7.85)),
            vec![offer("o3", "Suchtberatung", &["addiction"])],
        ),
    ])
}
