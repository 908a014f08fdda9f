//! What areas cover: postcodes by name, on a map, and which other centres cover them for the same topic.

use std::collections::BTreeSet;

use contracts::directory::{Area, Centre, DistrictKey, LandKey, MunicipalityKey, Offer, Postcode};
use search_index::place::{Gazetteer, Point, PostcodeInfo};
use serde::Serialize;
use webkit::error::PageError;

use super::around::{Around, unreadable};
use crate::{
    outline::{MapSvg, MapTown, MapView},
    web::link,
};

/// Centres read at a time.
const BATCH: u32 = 500;
/// Points drawn at most; more would run together.
const MOST_POINTS: usize = 60;
/// Other centres named at most.
const MOST_OTHERS: usize = 30;

/// Everything areas cover, as far as the table of places knows.
#[derive(Debug, Default)]
pub(super) struct Cover {
    pub(super) postcodes: BTreeSet<Postcode>,
    municipalities: BTreeSet<MunicipalityKey>,
    districts: BTreeSet<DistrictKey>,
    lands: BTreeSet<LandKey>,
    nationwide: bool,
}

impl Cover {
    /// What these areas cover. All of Germany is not listed.
    pub(super) fn of(areas: &[Area], places: &Gazetteer) -> Self {
        let mut cover = Self { nationwide: areas.contains(&Area::Nationwide), ..Self::default() };
        if cover.nationwide || areas.is_empty() {
            return cover;
        }
        let ticked: BTreeSet<&Area> = areas.iter().collect();
        let ranges: Vec<_> = areas
            .iter()
            .filter_map(|area| if let Area::Postcodes(range) = area { Some(*range) } else { None })
            .collect();
        let within = |info: &PostcodeInfo| {
            ranges.iter().any(|range| range.contains(info.postcode))
                || info.municipalities.iter().any(|key| ticked.contains(&Area::Municipality(*key)))
                || info.districts.iter().any(|key| ticked.contains(&Area::District(*key)))
                || info.lands.iter().any(|key| ticked.contains(&Area::Land(*key)))
        };
        for info in places.postcodes().filter(|info| within(info)) {
            cover.postcodes.insert(info.postcode);
            cover.municipalities.extend(&info.municipalities);
            cover.districts.extend(&info.districts);
            cover.lands.extend(&info.lands);
        }
        cover
    }

    /// The postcodes with the names of their places.
    pub(super) fn names<'a>(&'a self, places: &'a Gazetteer) -> impl Iterator<Item = String> {
        self.postcodes.iter().map(|postcode| {
            let names: Option<Vec<String>> =
                places.postcode(*postcode).map(|info| info.names.iter().take(3).cloned().collect());
            format!("{postcode} {}", names.unwrap_or_default().join(", "))
        })
    }

    /// Whether one of these areas reaches into what is covered.
    fn meets(&self, areas: &[Area]) -> bool {
        let covers_anything = self.nationwide || !self.postcodes.is_empty();
        areas.iter().any(|area| match area {
            _ if self.nationwide => true,
            Area::Postcodes(range) => self.postcodes.range(range.first..=range.last).next().is_some(),
            Area::Municipality(key) => self.municipalities.contains(key),
            Area::District(key) => self.districts.contains(key),
            Area::Land(key) => self.lands.contains(key),
            Area::Nationwide => covers_anything,
        })
    }
}

/// Centres that cover the same for the same topic.
#[derive(Debug, Default, Serialize)]
pub(super) struct Others {
    shown: Vec<Other>,
    more: usize,
}

/// One of them.
#[derive(Debug, Serialize)]
struct Other {
    name: String,
    place: String,
    offer: String,
    href: String,
}

/// Looks through the whole directory, a batch at a time.
pub(super) async fn others(
    around: &Around<'_>,
    own: &Centre,
    offer: &Offer,
    cover: &Cover,
) -> Result<Others, PageError> {
    let mut found = Vec::new();
    let mut after: Option<String> = None;
    loop {
        let batch = around.app.store().centres_after(after.as_deref(), BATCH).await.map_err(unreadable)?;
        let Some(last) = batch.last() else { break };
        after = Some(last.id.clone());
        for centre in batch.iter().filter(|centre| centre.id != own.id) {
            let same = |other: &&Offer| {
                other.topics.iter().any(|topic| offer.topics.contains(topic)) && cover.meets(&other.areas)
            };
            found.extend(centre.offers.iter().find(same).map(|other| Other {
                name: centre.name.clone(),
                place: format!("{} {}", centre.address.postcode, centre.address.city),
                offer: other.name.clone(),
                href: link::centre(around.lang, &centre.slug),
            }));
        }
    }
    found.sort_by(|one, other| (&one.name, &one.href).cmp(&(&other.name, &other.href)));
    let more = found.len().saturating_sub(MOST_OTHERS);
    found.truncate(MOST_OTHERS);
    Ok(Others { shown: found, more })
}

/// The covered postcodes as the map component draws them.
#[derive(Debug, Serialize)]
pub(super) struct CoverMap {
    width: i32,
    height: i32,
    land: Vec<String>,
    towns: Vec<MapTown>,
    points: Vec<Dot>,
    place: Option<()>,
    scale: Scale,
}

#[derive(Debug, Serialize)]
struct Dot {
    x: i32,
    y: i32,
    number: Option<u32>,
    label: String,
}

#[derive(Debug, Serialize)]
struct Scale {
    km: u32,
    length: i32,
}

/// Some of the covered postcodes, spread evenly; `None` where there is nothing to draw.
pub(super) fn map(cover: &Cover, places: &Gazetteer) -> Option<CoverMap> {
    let all: Vec<(Postcode, Point)> =
        cover.postcodes.iter().filter_map(|code| Some((*code, places.postcode_point(*code)?))).collect();
    let step = all.len().div_ceil(MOST_POINTS).max(1);
    let some: Vec<(Postcode, Point)> = all.into_iter().step_by(step).collect();
    if some.is_empty() {
        return None;
    }
    let numbered: Vec<(u32, Point)> = (0u32..).zip(&some).map(|(at, (_, point))| (at, *point)).collect();
    let drawing: MapSvg = MapView::around_with_towns(&numbered, None, places);
    let label = |number: u32| {
        let code = usize::try_from(number).ok().and_then(|at| some.get(at));
        code.map_or_else(String::new, |(code, _)| code.to_string())
    };
    let points = drawing.points.iter();
    let points =
        points.map(|dot| Dot { x: dot.x, y: dot.y, number: None, label: label(dot.label_number) }).collect();
    Some(CoverMap {
        width: drawing.width,
        height: drawing.height,
        land: drawing.lands.into_iter().map(|land| land.path).collect(),
        towns: drawing.towns,
        points,
        place: None,
        scale: Scale { km: drawing.scale_bar.km, length: drawing.scale_bar.length },
    })
}
