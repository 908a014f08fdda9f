//! The tables that come with the program.

use std::{
    collections::HashMap,
    sync::{Arc, LazyLock},
};

use contracts::directory::DistrictKey;

use super::{Gazetteer, PlaceRow, Point, build};

static PLACES: &str = include_str!("../../data/places/places_de.tsv");
static DISTRICTS: &str = include_str!("../../data/places/districts_de.tsv");
static ALIASES: &str = include_str!("../../data/places/aliases.tsv");
static PARTS: &str = include_str!("../../data/places/parts.tsv");
const ATTRIBUTION: &str = "Postleitzahlen: © OpenStreetMap contributors (ODbL 1.0); Schlüssel: © GeoBasis-DE / BKG 2016 (GeoNutzV), verändert";

static GAZETTEER: LazyLock<Arc<Gazetteer>> =
    LazyLock::new(|| Arc::new(build::gazetteer(rows().collect(), ATTRIBUTION)));
static DISTRICT_NAMES: LazyLock<HashMap<DistrictKey, &'static str>> = LazyLock::new(|| {
    cells(DISTRICTS).filter_map(|[key, name]: [&'static str; 2]| Some((key.parse().ok()?, name))).collect()
});

pub(super) fn gazetteer() -> Arc<Gazetteer> {
    Arc::clone(&GAZETTEER)
}

/// The rows of the bundled table.
pub(super) fn rows() -> impl Iterator<Item = PlaceRow> {
    cells(PLACES).filter_map(|[postcode, name, municipality, district, lat, lon]: [&'static str; 6]| {
        let district: Option<DistrictKey> = district.parse().ok();
        Some(PlaceRow {
            postcode: postcode.parse().ok()?,
            name: name.to_owned(),
            municipality: municipality.parse().ok(),
            district,
            district_name: None,
            land: district.map(|key| key.land()),
            point: lat.parse().ok().zip(lon.parse().ok()).map(|(lat, lon)| Point { lat, lon }),
        })
    })
}

/// The name of a district in the bundled table, whatever table is in use.
pub(super) fn district_name(key: DistrictKey) -> Option<&'static str> {
    DISTRICT_NAMES.get(&key).copied()
}

/// Other names of places and the text they stand for.
pub(super) fn aliases() -> impl Iterator<Item = (&'static str, &'static str)> {
    cells(ALIASES).map(|[alias, target, _language]: [&'static str; 3]| (alias, target))
}

/// Parts of towns: name, town, postcodes separated by spaces.
pub(super) fn parts() -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    cells(PARTS).map(|[name, town, postcodes]: [&'static str; 3]| (name, town, postcodes))
}

/// The cells of a table with comment lines and one line of headings; shorter rows are filled up.
fn cells<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()).skip(1).map(|line| {
        let mut row = [""; N];
        for (cell, value) in row.iter_mut().zip(line.split('\t')) {
            *cell = value;
        }
        row
    })
}
