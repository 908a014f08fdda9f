//! Makes the bundled table of places from a table of postcodes with one official key each.
//!
//! `cargo run -p search-index --example link_places -- INPUT FIXED OUTPUT_FOLDER`. INPUT is tab-separated with the columns
//! plz, orte (separated by |), `ags_gemeinde`, gemeinde, `kreis_ags`, kreis, land, lat, lon; FIXED has postcode, town and
//! municipality or district key of what the rules cannot know. Writes `places_de.tsv` and `districts_de.tsv`.

use std::{collections::BTreeMap, collections::HashMap, env, error::Error, fmt::Write as _, fs, path::Path};

use contracts::directory::MunicipalityKey;
use search_index::place::{Fixed, Point, RawPostcode, district_label, link};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [input, fixed, folder] = arguments.as_slice() else {
        return Err("usage: link_places INPUT FIXED OUTPUT_FOLDER".into());
    };
    let mut raw = Vec::new();
    let mut districts = BTreeMap::new();
    for line in fs::read_to_string(input)?.lines().skip(1) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [postcode, towns, key, name, district, district_name, _land, lat, lon] = cells.as_slice() else {
            return Err(format!("nine columns expected: {line}").into());
        };
        raw.push(RawPostcode {
            postcode: postcode.parse()?,
            towns: towns.split('|').filter(|town| !town.is_empty()).map(str::to_owned).collect(),
            municipality: key.parse()?,
            municipality_name: (*name).to_owned(),
            point: Point { lat: lat.parse()?, lon: lon.parse()? },
        });
        districts.insert((*district).to_owned(), district_label(district_name));
    }
    let mut known = HashMap::new();
    for line in fs::read_to_string(fixed)?.lines().filter(|line| !line.starts_with('#')).skip(1) {
        let mut cells = line.split('\t');
        let (Some(postcode), Some(town), Some(key)) = (cells.next(), cells.next(), cells.next()) else {
            return Err(format!("three columns expected: {line}").into());
        };
        let fixed = match key.parse::<MunicipalityKey>() {
            Ok(municipality) => {
                // A city that is its own district and holds the middle of no postcode is named nowhere else.
                if key.ends_with("000") {
                    districts
                        .entry(municipality.district().to_string())
                        .or_insert_with(|| format!("Stadt {town}"));
                }
                Fixed::Municipality(municipality)
            }
            Err(_) => Fixed::District(key.parse()?),
        };
        known.insert((postcode.parse()?, town.to_owned()), fixed);
    }
    let mut places = "postcode\tname\tmunicipality\tdistrict\tlat\tlon\n".to_owned();
    let mut previous = None;
    for row in link(&raw, &known) {
        let key = row.municipality.map(|key| key.to_string()).unwrap_or_default();
        let district = row.district.map(|key| key.to_string()).unwrap_or_default();
        // The point belongs to the postcode: its first row carries it.
        let point = row.point.filter(|_| previous != Some(row.postcode));
        let (lat, lon) =
            point.map(|p| (format!("{:.4}", p.lat), format!("{:.4}", p.lon))).unwrap_or_default();
        writeln!(places, "{}\t{}\t{key}\t{district}\t{lat}\t{lon}", row.postcode, row.name)?;
        previous = Some(row.postcode);
    }
    fs::write(Path::new(folder).join("places_de.tsv"), places)?;
    let mut table = "district\tname\n".to_owned();
    for (key, name) in districts {
        writeln!(table, "{key}\t{name}")?;
    }
    fs::write(Path::new(folder).join("districts_de.tsv"), table)?;
    Ok(())
}
