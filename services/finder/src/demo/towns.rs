//! The real places the invented centres stand in.

use std::collections::BTreeMap;

use contracts::directory::{DistrictKey, MunicipalityKey, Postcode};
use search_index::place::{Gazetteer, Point, PostcodeInfo};

use super::dice::Dice;

/// A postcode with what is needed to put a centre there.
#[derive(Debug, Clone)]
pub(super) struct Town {
    pub(super) postcode: Postcode,
    pub(super) name: String,
    pub(super) municipality: Option<MunicipalityKey>,
    pub(super) district: Option<DistrictKey>,
    pub(super) point: Option<Point>,
}

/// All postcodes, by town and by district.
#[derive(Debug)]
pub(super) struct Towns {
    all: Vec<Town>,
    /// Postcodes that share a municipality with many others: cities.
    cities: Vec<usize>,
    /// Where a district's centre stands: the postcode in its largest municipality.
    seats: Vec<usize>,
    by_district: BTreeMap<DistrictKey, Vec<Postcode>>,
}

/// From how many postcodes on a municipality counts as a city.
const CITY: usize = 6;

impl Towns {
    /// Reads every postcode the gazetteer knows.
    pub(super) fn of(gazetteer: &Gazetteer) -> Self {
        let all: Vec<Town> = gazetteer.postcodes().filter_map(town).collect();
        let mut by_municipality: BTreeMap<MunicipalityKey, Vec<usize>> = BTreeMap::new();
        let mut by_district: BTreeMap<DistrictKey, Vec<Postcode>> = BTreeMap::new();
        for (at, town) in all.iter().enumerate() {
            if let Some(key) = town.municipality {
                by_municipality.entry(key).or_default().push(at);
            }
            if let Some(key) = town.district {
                by_district.entry(key).or_default().push(town.postcode);
            }
        }
        let cities =
            by_municipality.values().filter(|members| members.len() >= CITY).flatten().copied().collect();
        let mut largest: BTreeMap<DistrictKey, &Vec<usize>> = BTreeMap::new();
        for (key, members) in &by_municipality {
            let place = largest.entry(key.district()).or_insert(members);
            if members.len() > place.len() {
                *place = members;
            }
        }
        let seats = largest.values().map(|members| members[members.len() / 2]).collect();
        Self { all, cities, seats, by_district }
    }

    /// How many districts there are.
    pub(super) fn districts(&self) -> usize {
        self.seats.len()
    }

    /// The town a district's own centres stand in; `nth` counts districts and starts again at the end.
    pub(super) fn seat(&self, nth: usize) -> &Town {
        &self.all[self.seats[nth % self.seats.len()]]
    }

    /// Some town, a city in half of the cases.
    pub(super) fn some(&self, dice: &mut Dice) -> &Town {
        if !self.cities.is_empty() && dice.chance(50) {
            &self.all[*dice.pick(&self.cities)]
        } else {
            dice.pick(&self.all)
        }
    }

    /// The postcodes of a town's district, ascending; at least its own.
    pub(super) fn neighbours(&self, town: &Town) -> Vec<Postcode> {
        let known = town.district.and_then(|key| self.by_district.get(&key)).cloned().unwrap_or_default();
        if known.is_empty() { vec![town.postcode] } else { known }
    }

    /// Whether there is no postcode at all: an empty table of places.
    pub(super) fn is_empty(&self) -> bool {
        self.seats.is_empty()
    }
}

fn town(info: &PostcodeInfo) -> Option<Town> {
    let municipality = info.municipalities.first().copied();
    Some(Town {
        postcode: info.postcode,
        name: info.names.first()?.clone(),
        municipality,
        district: municipality.map(|key| key.district()).or(info.districts.first().copied()),
        point: info.point,
    })
}
