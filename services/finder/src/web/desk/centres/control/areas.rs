//! Areas of responsibility: ticked names, and postcodes as text.

use std::collections::BTreeSet;

use contracts::directory::{Area, PostcodeRange};
use serde_json::Value;

use super::Wrong;
use crate::{
    import::field::{
        area::{Part, ranges},
        text::limit,
    },
    web::{
        desk::centres::{around::Around, sent::Sent},
        say::Say,
    },
};

pub(super) const NAMES: [&str; 2] = ["gebiet", "plz"];

pub(super) fn write(value: &Value, sent: &mut Sent) {
    let areas: Vec<Area> = serde_json::from_value(value.clone()).unwrap_or_default();
    let mut postcodes = Vec::new();
    for area in &areas {
        match (area, kinds(area)) {
            (_, Some(code)) => sent.put("gebiet", code),
            (Area::Postcodes(range), None) => postcodes.push(written(*range)),
            _ => {}
        }
    }
    sent.put("plz", postcodes.join("; "));
}

/// The code of an area that is ticked; `None` for postcodes.
pub(in super::super) fn kinds(area: &Area) -> Option<String> {
    match area {
        Area::Postcodes(_) => None,
        Area::Municipality(key) => Some(format!("gemeinde:{key}")),
        Area::District(key) => Some(format!("kreis:{key}")),
        Area::Land(key) => Some(format!("land:{key}")),
        Area::Nationwide => Some(String::from("bund")),
    }
}

fn written(range: PostcodeRange) -> String {
    if range.first == range.last {
        range.first.to_string()
    } else {
        format!("{}-{}", range.first, range.last)
    }
}

fn ticked(code: &str) -> Option<Area> {
    if code == "bund" {
        return Some(Area::Nationwide);
    }
    let (kind, key) = code.split_once(':')?;
    match kind {
        "gemeinde" => key.parse().ok().map(Area::Municipality),
        "kreis" => key.parse().ok().map(Area::District),
        "land" => key.parse().ok().map(Area::Land),
        _ => None,
    }
}

/// The areas that were ticked and typed. A key must be known, or be among those the offer has now.
pub(in super::super) fn read_areas(
    sent: &Sent,
    now: &Value,
    around: &Around<'_>,
) -> Result<Vec<Area>, Vec<Wrong>> {
    let held: Vec<Area> = serde_json::from_value(now.clone()).unwrap_or_default();
    let places = &around.places;
    let known = |area: &Area| match area {
        Area::Municipality(key) => places.municipality_name(*key).is_some(),
        Area::District(key) => places.district_name(*key).is_some(),
        Area::Land(key) => places.land_name(*key).is_some(),
        Area::Postcodes(_) | Area::Nationwide => true,
    };
    let mut areas: BTreeSet<Area> =
        sent.all("gebiet").filter_map(ticked).filter(|area| known(area) || held.contains(area)).collect();
    let mut wrong = Vec::new();
    for part in ranges(sent.one("plz")) {
        match part {
            Part::Range(range) | Part::Turned(range, _) => drop(areas.insert(Area::Postcodes(range))),
            Part::Wrong(text) => {
                let shown: String = text.chars().take(40).collect();
                wrong.push(Wrong::new("plz", Say::new("desk-centre-plz-wrong").with("text", shown)));
            }
        }
    }
    if areas.len() > limit::AREAS {
        wrong.push(Wrong::new("plz", Say::new("desk-centre-too-many").with("count", limit::AREAS)));
    }
    wrong.truncate(1);
    if wrong.is_empty() { Ok(areas.into_iter().collect()) } else { Err(wrong) }
}

pub(super) fn normal(sent: &Sent) -> Vec<String> {
    let mut codes: Vec<String> = sent.all("gebiet").map(str::to_owned).collect();
    codes.sort_unstable();
    codes.dedup();
    let parts = sent.one("plz").split([';', ',', '|', '\n']).map(str::trim).filter(|part| !part.is_empty());
    codes.push(parts.collect::<Vec<_>>().join(";"));
    codes
}
