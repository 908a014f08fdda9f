//! From the rows of a table to a gazetteer.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use contracts::directory::{DistrictKey, LandKey, Postcode};

use super::{
    Gazetteer, PlaceKind, PlaceRow, Point, PostcodeInfo, bundled, fold,
    lands::{DistrictSort, bare_district, label_and_sort, land_name},
    names::{Entry, Id, NameIndex},
};

/// What is gathered of one postcode before sizes of towns are known.
#[derive(Default)]
struct Gathered {
    towns: Vec<Id>,
    municipalities: BTreeSet<contracts::directory::MunicipalityKey>,
    districts: BTreeSet<DistrictKey>,
    lands: BTreeSet<LandKey>,
    points: Vec<Point>,
}

pub(super) fn gazetteer(rows: Vec<PlaceRow>, attribution: &'static str) -> Gazetteer {
    let mut towns = Towns::default();
    let mut gathered: BTreeMap<Postcode, Gathered> = BTreeMap::new();
    let mut district_names: HashMap<DistrictKey, (String, DistrictSort)> = HashMap::new();
    for mut row in rows {
        row.district = row.district.or(row.municipality.map(|key| key.district()));
        row.land = row.land.or(row.district.map(|key| key.land()));
        let here = gathered.entry(row.postcode).or_default();
        here.municipalities.extend(row.municipality);
        here.districts.extend(row.district);
        here.lands.extend(row.land);
        here.points.extend(row.point.filter(|point| point.lat.is_finite() && point.lon.is_finite()));
        if let Some(key) = row.district {
            district_names.entry(key).or_insert_with(|| name_of_district(key, row.district_name.as_deref()));
        }
        let town = towns.add(&row);
        if !here.towns.contains(&town) {
            here.towns.push(town);
        }
    }
    let mut entries = towns.entries;
    let postcodes: Vec<PostcodeInfo> =
        gathered.into_iter().map(|(postcode, here)| finish(postcode, here, &entries)).collect();
    let municipalities = (0..).zip(&entries).filter_map(|(id, entry)| Some((entry.municipality?, id))).fold(
        HashMap::new(),
        |mut largest: HashMap<_, Id>, (key, id)| {
            let best = largest.entry(key).or_insert(id);
            if entries[id as usize].weight() > entries[*best as usize].weight() {
                *best = id;
            }
            largest
        },
    );
    add_parts(&mut entries, &postcodes);
    add_districts(&mut entries, &postcodes, &district_names);
    add_lands(&mut entries, &postcodes);
    let aliases: HashMap<Box<str>, &'static str> = bundled::aliases()
        .map(|(alias, target)| (fold::key(&fold::words(alias)).into_boxed_str(), target))
        .collect();
    let names = NameIndex::build(&entries, aliases.keys().map(|key| &**key));
    let mut gazetteer = Gazetteer {
        postcodes,
        entries,
        names,
        aliases,
        districts: district_names,
        municipalities,
        by_size: Vec::new(),
        attribution,
    };
    gazetteer.by_size = by_size(&gazetteer);
    gazetteer
}

/// Whole towns with a point, the biggest first.
fn by_size(gazetteer: &Gazetteer) -> Vec<(Id, Point)> {
    let is_town = |entry: &Entry| entry.kind == PlaceKind::Town && entry.part_of.is_none();
    let mut ids: Vec<Id> =
        (0..).zip(&gazetteer.entries).filter(|(_, entry)| is_town(entry)).map(|(id, _)| id).collect();
    gazetteer.biggest_first(&mut ids);
    ids.into_iter()
        .filter_map(|id| Some((id, gazetteer.middle_of(&gazetteer.entry(id).postcodes)?)))
        .collect()
}

/// Towns while they are gathered.
#[derive(Default)]
struct Towns {
    entries: Vec<Entry>,
    /// By folded name and region.
    known: HashMap<(String, String), Id>,
}

impl Towns {
    /// The town of a row, with the row's postcode added to it.
    fn add(&mut self, row: &PlaceRow) -> Id {
        // Towns in Lusatia carry their Sorbian name behind a dash.
        let mut names = row.name.split(" - ").map(str::trim).filter(|name| !name.is_empty());
        let name = names.next().unwrap_or_default();
        let words = fold::words(name);
        let region = match (row.municipality, row.district, row.land) {
            (Some(key), _, _) => key.to_string(),
            (None, Some(key), _) => key.to_string(),
            (None, None, Some(key)) => key.to_string(),
            (None, None, None) => "0".to_owned(),
        };
        let id = *self.known.entry((fold::strict_key(&words), region.clone())).or_insert_with(|| {
            let id = Id::try_from(self.entries.len()).unwrap_or(Id::MAX);
            self.entries.push(Entry {
                kind: PlaceKind::Town,
                name: name.to_owned(),
                part_of: None,
                alternates: names.map(str::to_owned).collect(),
                words,
                region,
                municipality: row.municipality,
                district: row.district,
                land: row.land,
                postcodes: Vec::new(),
            });
            id
        });
        let postcodes = &mut self.entries[id as usize].postcodes;
        if let Err(at) = postcodes.binary_search(&row.postcode) {
            postcodes.insert(at, row.postcode);
        }
        id
    }
}

fn finish(postcode: Postcode, here: Gathered, entries: &[Entry]) -> PostcodeInfo {
    let mut towns = here.towns;
    towns.sort_by_key(|id| std::cmp::Reverse(entries[*id as usize].weight()));
    let mut names: Vec<String> = Vec::new();
    for id in towns {
        let name = &entries[id as usize].name;
        if !name.is_empty() && !names.contains(name) {
            names.push(name.clone());
        }
    }
    let (mut municipalities, mut districts) = (here.municipalities, here.districts);
    super::successor::add(&mut municipalities, &mut districts);
    PostcodeInfo {
        postcode,
        names,
        municipalities: municipalities.into_iter().collect(),
        districts: districts.into_iter().collect(),
        lands: here.lands.into_iter().collect(),
        point: Point::middle(here.points.into_iter()),
    }
}

fn name_of_district(key: DistrictKey, given: Option<&str>) -> (String, DistrictSort) {
    let ours = bundled::district_name(key);
    let (name, sort) =
        label_and_sort(given.filter(|name| !name.trim().is_empty()).or(ours).unwrap_or(key.as_str()));
    // Lists often write just the city's name; the bundled table knows that it is its own district.
    match ours.map(label_and_sort) {
        Some((ours, DistrictSort::City)) if sort == DistrictSort::Rural => (ours, DistrictSort::City),
        _ => (name, sort),
    }
}

/// Parts of towns, as far as the table has their town and postcodes.
fn add_parts(entries: &mut Vec<Entry>, known: &[PostcodeInfo]) {
    let mut towns: HashMap<String, usize> = HashMap::new();
    for (at, entry) in entries.iter().enumerate() {
        let best = towns.entry(fold::key(&entry.words)).or_insert(at);
        if entry.weight() > entries[*best].weight() {
            *best = at;
        }
    }
    let mut parts: Vec<Entry> = Vec::new();
    for (name, town, listed) in bundled::parts() {
        let Some(town) = towns.get(&fold::key(&fold::words(town))).map(|at| &entries[*at]) else { continue };
        let has = |code: &Postcode| known.binary_search_by_key(code, |info| info.postcode).is_ok();
        let mut postcodes: Vec<Postcode> =
            listed.split(' ').filter_map(|code| code.parse().ok()).filter(has).collect();
        postcodes.retain(|code| town.postcodes.binary_search(code).is_ok());
        postcodes.sort_unstable();
        postcodes.dedup();
        let Some(first) = postcodes.first() else { continue };
        let short_town = town.name.split([' ', '/', '(']).next().unwrap_or_default();
        parts.push(Entry {
            kind: PlaceKind::Town,
            name: name.to_owned(),
            part_of: Some(town.name.clone()),
            alternates: [
                format!("{short_town} {name}"),
                format!("{name} {short_town}"),
                format!("{} {name}", town.name),
                format!("{name} {}", town.name),
            ]
            .into(),
            words: fold::words(name),
            region: first.to_string(),
            municipality: town.municipality,
            district: town.district,
            land: town.land,
            postcodes,
        });
    }
    entries.extend(parts);
}

/// Districts of several municipalities; a city that is its own district is already there as a town.
fn add_districts(
    entries: &mut Vec<Entry>,
    postcodes: &[PostcodeInfo],
    names: &HashMap<DistrictKey, (String, DistrictSort)>,
) {
    let mut members: BTreeMap<DistrictKey, Vec<Postcode>> = BTreeMap::new();
    for info in postcodes {
        for district in &info.districts {
            members.entry(*district).or_default().push(info.postcode);
        }
    }
    for (key, postcodes) in members {
        let Some((name, DistrictSort::Rural)) = names.get(&key) else { continue };
        entries.push(Entry {
            kind: PlaceKind::District,
            name: name.clone(),
            part_of: None,
            alternates: Vec::new(),
            words: fold::words(bare_district(name)),
            region: key.to_string(),
            municipality: None,
            district: Some(key),
            land: Some(key.land()),
            postcodes,
        });
    }
}

fn add_lands(entries: &mut Vec<Entry>, postcodes: &[PostcodeInfo]) {
    let mut members: BTreeMap<LandKey, Vec<Postcode>> = BTreeMap::new();
    for info in postcodes {
        for land in &info.lands {
            members.entry(*land).or_default().push(info.postcode);
        }
    }
    for (key, postcodes) in members {
        let Some(name) = land_name(key) else { continue };
        entries.push(Entry {
            kind: PlaceKind::Land,
            name: name.to_owned(),
            part_of: None,
            alternates: Vec::new(),
            words: fold::words(name),
            region: key.to_string(),
            municipality: None,
            district: None,
            land: Some(key),
            postcodes,
        });
    }
}
