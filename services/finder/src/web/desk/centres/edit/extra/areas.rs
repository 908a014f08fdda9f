//! The areas of an offer: what can be ticked, what is covered, who else covers it.

use std::collections::{BTreeMap, BTreeSet};

use contracts::directory::{Area, Centre, DistrictKey, LandKey, MunicipalityKey};
use serde_json::{Value, json};
use webkit::{error::PageError, staff::CentreSession};

use crate::{
    layers::{Field, Part},
    web::desk::centres::{
        around::Around,
        control::{area_codes, read_areas},
        cover::{Cover, map, others},
        section::Sheet,
        sent::Sent,
    },
};

/// Names offered for what was searched.
const MOST_FOUND: usize = 40;
/// Places listed at most.
const MOST_LISTED: usize = 400;

pub(super) async fn of(
    around: &Around<'_>,
    session: &CentreSession,
    centre: &Centre,
    id: &str,
    sent: &Sent,
    again: bool,
) -> Result<Value, PageError> {
    let offer = centre.offers.iter().find(|offer| offer.id == id).ok_or(PageError::NotFound)?;
    let held = Field::OfferPart(id.to_owned(), Part::Areas).get(centre);
    let areas = read_areas(sent, &held, around).unwrap_or_else(|_| offer.areas.clone());
    let cover = Cover::of(&areas, &around.places);
    // Everybody's entries are read for this: not while somebody only looks for a name.
    let others = if again { None } else { Some(others(around, centre, offer, &cover).await?) };
    let listed: Vec<String> = cover.names(&around.places).take(MOST_LISTED).collect();
    let base = super::path(session.centre_id(), &Sheet::offer(id).tail);
    Ok(json!({
        "offer": offer.name,
        "offer_href": webkit::staff::path_in(&super::visit_of(around), &base),
        "nationwide": areas.contains(&Area::Nationwide),
        "lands": lands(around, &areas),
        "chosen": chosen(around, &areas),
        "search": sent.one("suche"),
        "found": found(around, sent.one("suche"), &areas),
        "searched": sent.one("mehr") == "suche",
        "count": cover.postcodes.len(),
        "more": cover.postcodes.len().saturating_sub(MOST_LISTED),
        "listed": listed,
        "map": map(&cover, &around.places),
        "others": others,
    }))
}

fn tick(area: &Area, text: &str, checked: bool) -> Value {
    json!({ "value": area_codes(area), "text": text, "hint": null, "checked": checked })
}

fn lands(around: &Around<'_>, areas: &[Area]) -> Vec<Value> {
    let keys = (1..=16).filter_map(|number| format!("{number:02}").parse::<LandKey>().ok());
    let named = keys.filter_map(|key| Some((key, around.places.land_name(key)?)));
    named
        .map(|(key, name)| {
            let area = Area::Land(key);
            tick(&area, name, areas.contains(&area))
        })
        .collect()
}

/// Districts and municipalities that are ticked.
fn chosen(around: &Around<'_>, areas: &[Area]) -> Vec<Value> {
    let named = areas.iter().filter_map(|area| match area {
        Area::District(key) => {
            let name = around.places.district_name(*key).map_or_else(|| key.to_string(), str::to_owned);
            Some(tick(area, &name, true))
        }
        Area::Municipality(key) => {
            let name = around.places.municipality_name(*key).map_or_else(|| key.to_string(), str::to_owned);
            Some(tick(area, &around.say("desk-centre-municipality", &[("name", name.into())]), true))
        }
        Area::Postcodes(_) | Area::Land(_) | Area::Nationwide => None,
    });
    named.collect()
}

/// Districts and municipalities whose names contain the text and that are not ticked yet.
fn found(around: &Around<'_>, text: &str, areas: &[Area]) -> Vec<Value> {
    let text = text.trim().to_lowercase();
    if text.chars().count() < 2 {
        return Vec::new();
    }
    let places = &around.places;
    let (mut districts, mut municipalities) = (BTreeSet::<DistrictKey>::new(), BTreeMap::new());
    for info in places.postcodes() {
        districts.extend(&info.districts);
        for key in &info.municipalities {
            municipalities.entry(*key).or_insert_with(|| key.district());
        }
    }
    let fits = |name: &str| name.to_lowercase().contains(&text);
    let districts = districts.into_iter().filter_map(|key| {
        let name = places.district_name(key).filter(|name| fits(name))?;
        Some((Area::District(key), name.to_owned()))
    });
    let municipalities = municipalities.into_iter().filter_map(|(key, district): (MunicipalityKey, _)| {
        let name = places.municipality_name(key).filter(|name| fits(name))?;
        let word = around.say("desk-centre-municipality", &[("name", name.to_owned().into())]);
        let within = places.district_name(district).filter(|district| *district != name);
        let text = within.map_or_else(|| word.clone(), |district| format!("{word}, {district}"));
        Some((Area::Municipality(key), text))
    });
    let mut all: Vec<(Area, String)> =
        districts.chain(municipalities).filter(|(area, _)| !areas.contains(area)).collect();
    // The shortest name is the closest to what was typed.
    all.sort_by_cached_key(|(area, name)| (name.chars().count(), name.clone(), area.clone()));
    all.truncate(MOST_FOUND);
    all.into_iter().map(|(area, name)| tick(&area, &name, false)).collect()
}
