//! Which municipality each town of a postcode belongs to, when a table has one key for a postcode but all its towns.
//!
//! The bundled table was made this way: the key of a postcode is that of the municipality its middle lies in, its towns
//! come from another list. Each town is given the municipality of its name, in the same district if there is one, else
//! the nearest. A town no municipality is named after keeps the postcode's own district.

use std::collections::HashMap;

use contracts::directory::{DistrictKey, MunicipalityKey, Postcode};

use super::{PlaceRow, Point, fold};

/// How far the middle of a municipality may be from the middle of a postcode that reaches into it, in km.
const REACH_KM: f64 = 28.0;
/// How much nearer, in km, a municipality of another district must be than one of the postcode's own.
const OTHER_DISTRICT_KM: f64 = 12.0;
/// The same for another Land: postcodes hardly ever cross its border.
const OTHER_LAND_KM: f64 = 22.0;

/// One postcode with all its towns, but the keys of its middle only.
#[derive(Debug, Clone, PartialEq)]
pub struct RawPostcode {
    /// The postcode.
    pub postcode: Postcode,
    /// All towns in it.
    pub towns: Vec<String>,
    /// The municipality its middle lies in.
    pub municipality: MunicipalityKey,
    /// That municipality's name.
    pub municipality_name: String,
    /// Its middle.
    pub point: Point,
}

/// Where a town lies, said by hand because its name cannot tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fixed {
    /// In this municipality.
    Municipality(MunicipalityKey),
    /// In this district; the municipality is not known.
    District(DistrictKey),
}

/// In place of a town's name: all towns of the postcode that nothing else tells of.
const OTHERS: &str = "*";

/// Makes one row of each town of each postcode and finds out the town's municipality.
///
/// `fixed` says what names and nearness cannot, by postcode and town; the town `*` stands for all others of the
/// postcode. A pair of a known postcode with a town that is not listed there adds the town.
pub fn link(raw: &[RawPostcode], fixed: &HashMap<(Postcode, String), Fixed>) -> Vec<PlaceRow> {
    let known = Known::gather(raw);
    let mut rows = Vec::new();
    for here in raw {
        let own = key_of(&here.municipality_name);
        let mut towns = here.towns.clone();
        let is_new = |town: &str| town != OTHERS && !here.towns.iter().any(|known| known == town);
        let mut added: Vec<&String> = fixed
            .keys()
            .filter(|(code, town)| *code == here.postcode && is_new(town))
            .map(|(_, town)| town)
            .collect();
        added.sort_unstable();
        towns.extend(added.into_iter().cloned());
        if towns.is_empty() {
            towns.push(here.municipality_name.clone());
        }
        let by_hand = |town: &str| fixed.get(&(here.postcode, town.to_owned())).copied();
        let found: Vec<Option<MunicipalityKey>> = towns
            .iter()
            .map(|town| match by_hand(town) {
                Some(Fixed::Municipality(key)) => Some(key),
                Some(Fixed::District(_)) => None,
                None if key_of(town) == own => Some(here.municipality),
                None => known.nearest(here, town),
            })
            .collect();
        // A lone town under a key of another name is a municipality that was renamed or merged since.
        let is_lone = towns.len() == 1 && by_hand(&towns[0]).is_none();
        let default = match by_hand(OTHERS) {
            Some(Fixed::District(key)) => key,
            _ => default_district(here.municipality.district(), &found),
        };
        for (town, municipality) in towns.into_iter().zip(found) {
            let municipality = municipality.or(is_lone.then_some(here.municipality));
            let district = match (municipality, by_hand(&town)) {
                (Some(key), _) => key.district(),
                (None, Some(Fixed::District(key))) => key,
                (None, _) => default,
            };
            rows.push(PlaceRow {
                postcode: here.postcode,
                name: town,
                municipality,
                district: Some(district),
                district_name: None,
                land: Some(district.land()),
                point: Some(here.point),
            });
        }
    }
    rows
}

/// The district of towns nobody knows: the middle's, unless all towns that are known lie in one other.
fn default_district(own: DistrictKey, found: &[Option<MunicipalityKey>]) -> DistrictKey {
    let mut known = found.iter().flatten().map(MunicipalityKey::district);
    match known.next() {
        Some(first) if first != own && known.all(|key| key == first) => first,
        _ => own,
    }
}

/// Municipalities by folded name.
struct Known(HashMap<String, Vec<(MunicipalityKey, Point)>>);

impl Known {
    fn gather(raw: &[RawPostcode]) -> Self {
        let mut points: HashMap<MunicipalityKey, (String, Vec<Point>)> = HashMap::new();
        for here in raw {
            let (_, points) = points
                .entry(here.municipality)
                .or_insert_with(|| (key_of(&here.municipality_name), Vec::new()));
            points.push(here.point);
        }
        let mut by_name: HashMap<String, Vec<(MunicipalityKey, Point)>> = HashMap::new();
        for (key, (name, points)) in points {
            for point in points {
                by_name.entry(name.clone()).or_default().push((key, point));
            }
        }
        by_name.values_mut().for_each(|places| places.sort_by_key(|(key, _)| *key));
        Self(by_name)
    }

    /// The municipality of this name near a postcode.
    fn nearest(&self, here: &RawPostcode, town: &str) -> Option<MunicipalityKey> {
        let own = here.municipality.district();
        let places = self.0.get(&key_of(town))?;
        let cost = |(key, point): &(MunicipalityKey, Point)| {
            let km = point.distance_km(here.point);
            let district = key.district();
            let detour = match () {
                () if district == own => 0.0,
                () if district.land() == own.land() => OTHER_DISTRICT_KM,
                () => OTHER_LAND_KM,
            };
            (km + detour, *key)
        };
        let (km, key) = places.iter().map(cost).min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)))?;
        (km <= REACH_KM + OTHER_DISTRICT_KM).then_some(key)
    }
}

/// A name's key, umlauts kept (both lists write them), without what lists add to it in different ways: the Sorbian name, a river or region after a slash or in
/// brackets.
fn key_of(name: &str) -> String {
    let german = name.split(" - ").next().unwrap_or(name);
    let bare = german.split(['/', '(']).next().filter(|bare| !bare.trim().is_empty()).unwrap_or(german);
    fold::strict_key(&fold::words(bare))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(postcode: &str, towns: &[&str], key: &str, name: &str, lat: f64) -> RawPostcode {
        RawPostcode {
            postcode: postcode.parse().unwrap(),
            towns: towns.iter().map(|town| (*town).to_owned()).collect(),
            municipality: key.parse().unwrap(),
            municipality_name: name.to_owned(),
            point: Point { lat, lon: 8.0 },
        }
    }

    fn keys(rows: &[PlaceRow], postcode: &str) -> Vec<(String, String, String)> {
        let text = |key: Option<MunicipalityKey>| key.map(|key| key.to_string()).unwrap_or_default();
        rows.iter()
            .filter(|row| row.postcode.as_str() == postcode)
            .map(|row| (row.name.clone(), text(row.municipality), row.district.unwrap().to_string()))
            .collect()
    }

    fn told(name: &str, municipality: &str, district: &str) -> (String, String, String) {
        (name.to_owned(), municipality.to_owned(), district.to_owned())
    }

    #[test]
    fn a_town_gets_the_municipality_of_its_name_nearby() {
        let table = [
            raw("79098", &["Freiburg im Breisgau"], "08311000", "Freiburg im Breisgau", 48.0),
            // The middle of this one lies in the next village.
            raw("79100", &["Freiburg im Breisgau"], "08315056", "Horben", 47.95),
            raw("79289", &["Horben", "Wittnau"], "08315056", "Horben", 47.9),
        ];
        let rows = link(&table, &HashMap::new());
        assert_eq!(keys(&rows, "79100"), [told("Freiburg im Breisgau", "08311000", "08311")]);
        assert_eq!(keys(&rows, "79289"), [told("Horben", "08315056", "08315"), told("Wittnau", "", "08315")]);
    }

    #[test]
    fn a_far_namesake_is_somebody_else() {
        let table = [
            raw("01001", &["Neustadt", "Berg"], "14001001", "Berg", 51.0),
            raw("80001", &["Neustadt"], "09001001", "Neustadt", 48.0),
        ];
        assert_eq!(keys(&link(&table, &HashMap::new()), "01001")[0], told("Neustadt", "", "14001"));
    }

    #[test]
    fn what_is_said_by_hand_goes_first_and_adds_towns() {
        let table = [raw("12529", &["Schönefeld", "Selchow"], "12061433", "Schönefeld", 52.4)];
        let at = |town: &str| ("12529".parse().unwrap(), town.to_owned());
        let fixed = HashMap::from([
            (at("Berlin"), Fixed::Municipality("11000000".parse().unwrap())),
            (at("*"), Fixed::District("12072".parse().unwrap())),
        ]);
        let rows = keys(&link(&table, &fixed), "12529");
        assert_eq!(
            rows,
            [
                told("Schönefeld", "12061433", "12061"),
                told("Selchow", "", "12072"),
                told("Berlin", "11000000", "11000")
            ]
        );
    }

    #[test]
    fn a_lone_town_keeps_the_key_of_its_postcode() {
        let table = [raw("99428", &["Grammetal"], "16071001", "Nohra", 50.9)];
        assert_eq!(keys(&link(&table, &HashMap::new()), "99428"), [told("Grammetal", "16071001", "16071")]);
    }
}
