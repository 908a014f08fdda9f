//! Whose residents an invented offer is responsible for.

use contracts::directory::{Area, PostcodeRange};

use super::{
    dice::Dice,
    towns::{Town, Towns},
};

/// The areas of the offers of a centre.
pub(super) fn areas(towns: &Towns, town: &Town, own_district: bool, dice: &mut Dice) -> Vec<Area> {
    if own_district && let Some(district) = town.district {
        return vec![Area::District(district)];
    }
    match (dice.below(100), town.municipality, town.district) {
        (0..30, _, Some(district)) => vec![Area::District(district)],
        (30..48, Some(municipality), _) => vec![Area::Municipality(municipality)],
        (48..49, _, Some(district)) => vec![Area::Land(district.land())],
        (49..57, ..) => Vec::new(),
        _ => ranges(&towns.neighbours(town), town, dice),
    }
}

/// One to three ranges of postcodes of the district, one of them around the centre.
fn ranges(neighbours: &[contracts::directory::Postcode], town: &Town, dice: &mut Dice) -> Vec<Area> {
    let home = neighbours.binary_search(&town.postcode).unwrap_or(0);
    let mut areas = vec![run(neighbours, home, dice)];
    for _ in 0..dice.below(3) {
        areas.push(run(neighbours, dice.below(neighbours.len()), dice));
    }
    areas.sort();
    areas.dedup();
    areas
}

fn run(neighbours: &[contracts::directory::Postcode], around: usize, dice: &mut Dice) -> Area {
    let first = around.saturating_sub(dice.below(5));
    let last = (around + dice.below(5)).min(neighbours.len() - 1);
    // Postcodes of a district can lie in two regions of the country's numbering; a range across both would be huge.
    let region = |at: usize| &neighbours[at].as_str()[..2];
    let first = (first..=around).find(|&at| region(at) == region(around)).unwrap_or(around);
    let last = (around..=last).rev().find(|&at| region(at) == region(around)).unwrap_or(around);
    Area::Postcodes(PostcodeRange::between(neighbours[first], neighbours[last]))
}
