//! Judging: what a centre is worth to somebody with these needs at this place.

use std::collections::HashMap;

use contracts::directory::{Area, Centre};
use search_index::place::Place;

use super::{Directory, needs::need};

/// Within reach: as far as people go to a counselling centre, in km beyond the place's own stretch.
pub(crate) const REACH_KM: f64 = 25.0;
/// How many of the nearest count where nobody is near.
const NEAREST: usize = 10;

/// Grades of all centres worth showing. Without needs the place alone is judged.
///
/// Serving the need and being responsible 3, serving it within reach 2; an offer for the wider need, or only for a
/// special case, one less; where nothing of this is near, the ten nearest that serve the need 1. Whoever asks for two
/// needs gets the better grade of both from a centre that serves both and one less from a centre that serves one.
pub(crate) fn grades(directory: &Directory, needs: &[&str], places: &[Place]) -> HashMap<String, u8> {
    let mut grades: HashMap<usize, u8> = HashMap::new();
    match needs {
        [] => grades = near(directory, None, places),
        [one] => grades = near(directory, Some(one), places),
        several => {
            let each: Vec<_> = several.iter().map(|need| near(directory, Some(need), places)).collect();
            for centre in 0..directory.centres.len() {
                let found: Vec<u8> = each.iter().filter_map(|grades| grades.get(&centre).copied()).collect();
                let best = found.iter().copied().max().unwrap_or(0);
                let grade = if found.len() == each.len() { best } else { best.saturating_sub(1) };
                if grade > 0 {
                    grades.insert(centre, grade);
                }
            }
        }
    }
    grades.into_iter().map(|(centre, grade)| (directory.centres[centre].external_id.clone(), grade)).collect()
}

fn near(directory: &Directory, wanted: Option<&str>, places: &[Place]) -> HashMap<usize, u8> {
    let mut grades = HashMap::new();
    let mut far: Vec<(f64, usize)> = Vec::new();
    for (number, centre) in directory.centres.iter().enumerate() {
        let distance = distance_km(centre, places);
        let within = places.iter().any(|place| is_within_reach(centre, place));
        let mut best = 0;
        for (offer, serves) in centre.offers.iter().zip(&directory.serves[number]) {
            let short_of_it = wanted.map_or(Some(0), |wanted| shortfall(serves, wanted));
            let Some(short) = short_of_it else { continue };
            let responsible = places.iter().any(|place| offer.areas.iter().any(|area| covers(area, place)));
            match (responsible, within) {
                (true, _) => best = best.max(3 - short),
                (false, true) => best = best.max(2 - short),
                (false, false) if short == 0 => far.extend(distance.map(|distance| (distance, number))),
                (false, false) => {}
            }
        }
        if best > 0 {
            grades.insert(number, best);
        }
    }
    if grades.is_empty() {
        far.sort_by(|a, b| a.0.total_cmp(&b.0));
        far.dedup_by_key(|(_, number)| *number);
        grades.extend(far.into_iter().take(NEAREST).map(|(_, number)| (number, 1)));
    }
    grades
}

/// Whether any centre serves exactly this need and is responsible.
pub(crate) fn anybody_responsible(directory: &Directory, wanted: &str, places: &[Place]) -> bool {
    directory.centres.iter().zip(&directory.serves).any(|(centre, serves)| {
        centre.offers.iter().zip(serves).any(|(offer, serves)| {
            shortfall(serves, wanted).is_some()
                && offer.areas.iter().any(|area| places.iter().any(|place| covers(area, place)))
        })
    })
}

/// 0 when the offer serves the need, 1 when it serves only a wider one or only a special case, `None` when neither.
fn shortfall(serves: &[&str], wanted: &str) -> Option<u8> {
    let related =
        |serves: &&str| need(wanted).parents.contains(serves) || need(serves).parents.contains(&wanted);
    if serves.contains(&wanted) { Some(0) } else { serves.iter().any(related).then_some(1) }
}

fn covers(area: &Area, place: &Place) -> bool {
    match area {
        Area::Postcodes(range) => place.postcodes.iter().any(|&postcode| range.contains(postcode)),
        Area::Municipality(key) => place.municipalities.contains(key),
        Area::District(key) => place.districts.contains(key),
        Area::Land(key) => place.lands.contains(key),
        Area::Nationwide => true,
    }
}

fn is_within_reach(centre: &Centre, place: &Place) -> bool {
    distance_km(centre, std::slice::from_ref(place))
        .is_some_and(|distance| distance <= REACH_KM + place.radius_km)
}

fn distance_km(centre: &Centre, places: &[Place]) -> Option<f64> {
    let here = centre.coordinates?;
    places
        .iter()
        .filter_map(|place| place.point)
        .map(|there| haversine_km((here.lat, here.lon), (there.lat, there.lon)))
        .min_by(f64::total_cmp)
}

fn haversine_km(one: (f64, f64), other: (f64, f64)) -> f64 {
    let half = |degrees: f64| (degrees.to_radians() / 2.0).sin().powi(2);
    let across =
        half(other.0 - one.0) + one.0.to_radians().cos() * other.0.to_radians().cos() * half(other.1 - one.1);
    2.0 * 6371.0 * across.sqrt().min(1.0).asin()
}
