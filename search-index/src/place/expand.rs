//! From a place that was found to everything a search needs of it.

use std::collections::BTreeSet;

use contracts::directory::{DistrictKey, MunicipalityKey};

use super::{
    Gazetteer, Place, PlaceKind, Point, PostcodeInfo,
    lands::land_name,
    matching::Found,
    names::{Entry, Id},
    successor,
};

/// How many towns stand in the name of a postcode.
const NAMED_TOWNS: usize = 2;

impl Gazetteer {
    /// A town, part of a town, district or Land.
    pub(super) fn place(&self, id: Id) -> Place {
        let entry = self.entry(id);
        let infos: Vec<&PostcodeInfo> =
            entry.postcodes.iter().filter_map(|code| self.postcode(*code)).collect();
        let infos = || infos.iter().copied();
        let mut municipalities: BTreeSet<MunicipalityKey> = entry.municipality.into_iter().collect();
        if municipalities.is_empty() {
            let all = infos().flat_map(|info| &info.municipalities).filter(|key| within(entry, **key));
            municipalities = sorted(all.copied()).into_iter().collect();
        }
        let mut districts: BTreeSet<DistrictKey> = match (entry.kind, entry.municipality, entry.district) {
            (PlaceKind::District, _, Some(key)) => [key].into(),
            (_, Some(key), _) => [key.district()].into(),
            _ => {
                let all = infos().flat_map(|info| info.districts.iter().copied());
                sorted(all.filter(|key| entry.kind != PlaceKind::Land || Some(key.land()) == entry.land))
                    .into_iter()
                    .collect()
            }
        };
        successor::add(&mut municipalities, &mut districts);
        let lands: BTreeSet<_> = if entry.kind == PlaceKind::Land {
            entry.land.into_iter().collect()
        } else {
            districts.iter().map(DistrictKey::land).collect()
        };
        let (point, radius_km) = stretch(infos().filter_map(|info| info.point));
        Place {
            kind: entry.kind,
            name: self.shown_name(entry),
            detail: self.detail(entry),
            query: self.query_for(id),
            postcodes: entry.postcodes.clone(),
            municipalities: municipalities.into_iter().collect(),
            districts: districts.into_iter().collect(),
            lands: lands.into_iter().collect(),
            point,
            radius_km,
        }
    }

    /// A postcode with all it lies in.
    pub(super) fn postcode_place(&self, info: &PostcodeInfo) -> Place {
        let mut name = info.postcode.to_string();
        if !info.names.is_empty() {
            name.push(' ');
            name.push_str(&info.names[..info.names.len().min(NAMED_TOWNS)].join(", "));
        }
        if info.names.len() > NAMED_TOWNS {
            name.push_str(" …");
        }
        let districts = info.districts.iter().filter(|key| !is_superseded(key, &info.districts, self));
        let mut detail: Vec<&str> = districts.filter_map(|key| self.district_name(*key)).collect();
        detail.extend(info.lands.iter().filter_map(|key| land_name(*key)));
        detail.dedup();
        Place {
            kind: PlaceKind::Postcode,
            name,
            detail: detail.join(", "),
            query: info.postcode.to_string(),
            postcodes: vec![info.postcode],
            municipalities: info.municipalities.clone(),
            districts: info.districts.clone(),
            lands: info.lands.clone(),
            point: info.point,
            radius_km: 0.0,
        }
    }

    /// All postcodes that begin with these digits; `None` if there is none.
    pub(super) fn postcode_part(&self, digits: &str) -> Option<Place> {
        let infos = self.postcodes_beginning_with(digits);
        if infos.is_empty() {
            return None;
        }
        let lands = sorted(infos.iter().flat_map(|info| info.lands.iter().copied()));
        let (point, radius_km) = stretch(infos.iter().filter_map(|info| info.point));
        Some(Place {
            kind: PlaceKind::PostcodePart,
            name: format!("{digits}…"),
            detail: lands.iter().filter_map(|key| land_name(*key)).collect::<Vec<_>>().join(", "),
            query: digits.to_owned(),
            postcodes: infos.iter().map(|info| info.postcode).collect(),
            municipalities: sorted(infos.iter().flat_map(|info| info.municipalities.iter().copied())),
            districts: sorted(infos.iter().flat_map(|info| info.districts.iter().copied())),
            lands,
            point,
            radius_km,
        })
    }

    /// The postcodes that begin with these digits, ascending.
    pub(super) fn postcodes_beginning_with(&self, digits: &str) -> &[PostcodeInfo] {
        let start = self.postcodes.partition_point(|info| info.postcode.as_str() < digits);
        let rest = &self.postcodes[start..];
        &rest[..rest.partition_point(|info| info.postcode.as_str().starts_with(digits))]
    }

    /// The name as pages show it.
    pub(super) fn shown_name(&self, entry: &Entry) -> String {
        match &entry.part_of {
            Some(town) => format!("{} ({town})", entry.name),
            None => entry.name.clone(),
        }
    }

    /// District and Land, as far as they say more than the name.
    pub(super) fn detail(&self, entry: &Entry) -> String {
        let district = entry.district.filter(|_| entry.kind == PlaceKind::Town);
        let district =
            district.and_then(|key| self.district_name(key)).filter(|name| !name.starts_with("Stadt "));
        let land = entry.land.filter(|_| entry.kind != PlaceKind::Land).and_then(land_name);
        district.into_iter().chain(land.filter(|name| *name != entry.name)).collect::<Vec<_>>().join(", ")
    }

    /// The shortest text that means exactly this place.
    pub(super) fn query_for(&self, id: Id) -> String {
        let entry = self.entry(id);
        let means_it = |text: &String| matches!(self.find(text), Found::One { id: found, .. } if found == id);
        let mut tries = vec![entry.name.clone()];
        if let Some(town) = &entry.part_of {
            tries.push(format!("{}, {town}", entry.name));
        }
        if let Some(name) = entry.district.and_then(|key| self.district_name(key)) {
            tries.push(format!("{}, {name}", entry.name));
        }
        let last = format!("{}, {}", entry.name, entry.region);
        tries.into_iter().find(means_it).unwrap_or(last)
    }
}

/// Each key once, ascending; much faster than a tree for the thousands of a Land.
fn sorted<K: Ord>(keys: impl Iterator<Item = K>) -> Vec<K> {
    let mut keys: Vec<K> = keys.collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn within(entry: &Entry, key: MunicipalityKey) -> bool {
    match entry.kind {
        PlaceKind::District => Some(key.district()) == entry.district,
        PlaceKind::Land => Some(key.district().land()) == entry.land,
        _ => true,
    }
}

/// Whether a district's key is only there as the forerunner or successor of one the table names.
fn is_superseded(key: &DistrictKey, all: &[DistrictKey], gazetteer: &Gazetteer) -> bool {
    !gazetteer.districts.contains_key(key) && all.iter().any(|other| gazetteer.districts.contains_key(other))
}

/// The middle of some points and how far they reach from it, in km.
fn stretch(points: impl Iterator<Item = Point> + Clone) -> (Option<Point>, f64) {
    let Some(middle) = Point::middle(points.clone()) else { return (None, 0.0) };
    (Some(middle), points.map(|point| middle.distance_km(point)).fold(0.0, f64::max))
}
