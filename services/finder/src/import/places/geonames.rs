//! GeoNames: country, postcode, place, then name and code of three levels, latitude, longitude, accuracy.

use contracts::directory::{DistrictKey, Postcode};
use search_index::place::{PlaceRow, Point};

use super::{
    Outcome, PlaceProblem, RowProblem,
    cells::{key, text},
};
use crate::outline::in_germany;

/// Columns up to the longitude; the accuracy is not needed.
const COLUMNS: usize = 11;

/// Whether a line is one of this table: a country of two letters, then a postcode, and enough columns.
pub(super) fn looks_like(line: &str) -> bool {
    let mut cells = line.split('\t');
    let is_country = |cell: &str| cell.len() == 2 && cell.bytes().all(|byte| byte.is_ascii_uppercase());
    cells.next().is_some_and(is_country) && cells.count() + 1 >= COLUMNS
}

pub(super) fn row(line: &str, row: u64) -> Outcome {
    let problem =
        |column, value: &str, problem| Outcome::Problem(RowProblem::new(row, column, value, problem));
    let cells: Vec<&str> = line.split('\t').collect();
    let [country, postcode, place, _, land_code, _, _, district_name, district, lat, lon, ..] =
        cells.as_slice()
    else {
        return problem("", line, PlaceProblem::TooFewColumns);
    };
    // Companies that get mail in bulk have a postcode of their own; their Land is a number, not letters ("BW").
    if *country != "DE" || (!land_code.is_empty() && land_code.bytes().all(|byte| byte.is_ascii_digit())) {
        return Outcome::LeftOut;
    }
    let Some(code) = key::<Postcode>(postcode, 5, 1) else {
        return problem("postal code", postcode, PlaceProblem::NotAPostcode);
    };
    let Some(name) = text(place) else { return problem("place name", place, PlaceProblem::NameMissing) };
    let key: Option<DistrictKey> = key(district, 5, 1);
    let point = point(lat, lon);
    let found = PlaceRow {
        postcode: code,
        name,
        municipality: None,
        district: key,
        district_name: key.and_then(|_| text(district_name)),
        land: key.map(|key| key.land()),
        point,
    };
    if key.is_none() {
        let problem = RowProblem::new(row, "admin code3", district, PlaceProblem::NotADistrictKey);
        return Outcome::Repaired(found, problem);
    }
    if point.is_none() && !(lat.trim().is_empty() && lon.trim().is_empty()) {
        let problem =
            RowProblem::new(row, "latitude, longitude", &format!("{lat}, {lon}"), PlaceProblem::PointOutside);
        return Outcome::Repaired(found, problem);
    }
    Outcome::Row(found)
}

/// A point in Germany.
fn point(lat: &str, lon: &str) -> Option<Point> {
    let point = Point { lat: lat.trim().parse().ok()?, lon: lon.trim().parse().ok()? };
    in_germany(point.lat, point.lon).then_some(point)
}
