//! One invented centre from its number.

use contracts::directory::{
    Access, Address, Centre, Contacts, Coordinates, LocationBasis, OpeningHours, Wheelchair,
};
use jiff::{Span, civil::Date};
use uuid::Builder;

use super::{
    SOURCE, areas,
    dice::Dice,
    hours,
    kinds::KINDS,
    offers,
    towns::{Town, Towns},
    words,
};
use crate::slug::slugify;

/// When the first invented record was "made": 2026-01-01, in milliseconds since 1970. Only there to order the ids.
const EPOCH_MILLIS: u64 = 1_767_225_600_000;

/// How many lines of work every district has; they stand first in [`KINDS`].
const EVERYWHERE: usize = 3;

/// The centre with this number. The first ones are the districts' own, kind after kind; the rest is spread by chance.
pub(super) fn centre(towns: &Towns, seed: u64, number: usize, today: Date) -> Centre {
    let mut dice = Dice::new(seed, number as u64);
    let id = ordered_id(number, &mut dice);
    // Every second kind of a district at a time, so that a small directory already covers the whole country.
    let own = number < towns.districts() * EVERYWHERE;
    if !own && dice.chance(2) {
        return online(towns, id, number, today, &mut dice);
    }
    let town = if own { towns.seat(spread(number, towns.districts())) } else { towns.some(&mut dice) };
    let kind = if own { &KINDS[number % EVERYWHERE] } else { dice.weighted(KINDS, |kind| kind.weight) };
    let areas = areas::areas(towns, town, own, &mut dice);
    let (carrier, association) = *dice.pick(words::CARRIERS);
    let name = name(kind.title, town, &mut dice);
    Centre {
        slug: slug(&name, number),
        source: SOURCE.to_owned(),
        external_id: external_id(number),
        carrier: Some(carrier.to_owned()),
        association: dice.chance(85).then(|| association.to_owned()),
        description: Some(format!(
            "{name} ist eine erfundene Stelle zum Ausprobieren. Die Beratung ist kostenlos und vertraulich."
        )),
        address: Address {
            street: Some(format!("{} {}", dice.pick(words::STREETS), 1 + dice.below(120))),
            extra: dice.chance(15).then(|| (*dice.pick(words::EXTRAS)).to_owned()),
            postcode: town.postcode,
            city: town.name.clone(),
        },
        coordinates: coordinates(town, &mut dice),
        contacts: contacts(town, number, &mut dice),
        opening: hours::opening(today, &mut dice),
        access: access(&mut dice),
        languages: languages(&mut dice),
        confirmed_on: confirmed_on(today, &mut dice),
        offers: offers::offers(kind, &areas, &mut dice),
        name,
        id,
    }
}

fn online(towns: &Towns, id: String, number: usize, today: Date, dice: &mut Dice) -> Centre {
    let town = towns.some(dice);
    let name = format!("{}-Beratung im Netz", dice.pick(words::MARKS));
    let (carrier, association) = *dice.pick(words::CARRIERS);
    Centre {
        slug: slug(&name, number),
        source: SOURCE.to_owned(),
        external_id: external_id(number),
        carrier: Some(carrier.to_owned()),
        association: Some(association.to_owned()),
        description: Some(String::from(
            "Eine erfundene Stelle, die nur online und am Telefon berät, bundesweit.",
        )),
        address: Address { street: None, extra: None, postcode: town.postcode, city: town.name.clone() },
        coordinates: None,
        contacts: contacts(town, number, dice),
        opening: OpeningHours {
            note: Some(String::from("Antwort innerhalb von zwei Werktagen")),
            ..hours::opening(today, dice)
        },
        access: Access::default(),
        languages: languages(dice),
        confirmed_on: confirmed_on(today, dice),
        offers: vec![offers::online(dice)],
        name,
        id,
    }
}

/// A version 7 id that sorts by the number of its centre.
fn ordered_id(number: usize, dice: &mut Dice) -> String {
    Builder::from_unix_timestamp_millis(EPOCH_MILLIS + number as u64, &noise(dice)).into_uuid().to_string()
}

/// An id without an order, for offers.
pub(super) fn id(dice: &mut Dice) -> String {
    Builder::from_unix_timestamp_millis(EPOCH_MILLIS, &noise(dice)).into_uuid().to_string()
}

fn noise(dice: &mut Dice) -> [u8; 10] {
    let (high, low) = (dice.roll().to_be_bytes(), dice.roll().to_be_bytes());
    let mut bytes = [0; 10];
    bytes[..8].copy_from_slice(&high);
    bytes[8..].copy_from_slice(&low[..2]);
    bytes
}

/// Walks the districts in strides, so that neighbouring numbers lie far apart.
fn spread(number: usize, districts: usize) -> usize {
    (number * 181) % districts
}

fn external_id(number: usize) -> String {
    format!("{SOURCE}-{:06}", number + 1)
}

fn slug(name: &str, number: usize) -> String {
    format!("{}-{}", slugify(name), number + 1)
}

fn name(title: &str, town: &Town, dice: &mut Dice) -> String {
    let mark = dice.pick(words::MARKS);
    match dice.below(4) {
        0 => format!("{mark}-{title} {}", town.name),
        1 => format!("{title} {mark}{} {}", dice.pick(words::HOUSES), town.name),
        2 => format!("{mark}{} {}", dice.pick(words::HOUSES), town.name),
        _ => format!("{mark}{} – {title} {}", dice.pick(words::HOUSES), town.name),
    }
}

fn coordinates(town: &Town, dice: &mut Dice) -> Option<Coordinates> {
    let point = town.point?;
    match dice.below(100) {
        0..70 => Some(Coordinates {
            lat: rounded(point.lat + 0.008 * dice.swing()),
            lon: rounded(point.lon + 0.012 * dice.swing()),
            basis: LocationBasis::Given,
        }),
        70..96 => Some(Coordinates { lat: point.lat, lon: point.lon, basis: LocationBasis::Postcode }),
        _ => None,
    }
}

/// Five decimals: about a metre.
fn rounded(degrees: f64) -> f64 {
    (degrees * 100_000.0).round() / 100_000.0
}

fn contacts(town: &Town, number: usize, dice: &mut Dice) -> Contacts {
    let region = usize::from(town.postcode.as_str().as_bytes()[0] - b'0');
    let (prefix, digits) = words::PHONES[region];
    let phone = if dice.chance(8) {
        format!("{}{:02}", words::MOBILE, dice.below(100))
    } else {
        format!("{prefix}{:0digits$}", dice.below(10usize.pow(u32::try_from(digits).unwrap_or(0))))
    };
    Contacts {
        phone: dice.chance(95).then_some(phone),
        fax: dice.chance(20).then(|| format!("{prefix}{:0digits$}", dice.below(1_000))),
        email: dice.chance(85).then(|| format!("stelle-{}@example.org", number + 1)),
        website: dice.chance(75).then(|| format!("https://example.org/stelle-{}", number + 1)),
    }
}

fn access(dice: &mut Dice) -> Access {
    let wheelchair = match dice.below(100) {
        0..52 => Some(Wheelchair::Full),
        52..72 => Some(Wheelchair::Partial),
        72..84 => Some(Wheelchair::No),
        _ => None,
    };
    let steps_fit = wheelchair != Some(Wheelchair::Full);
    let facts = words::FACTS
        .iter()
        .filter(|(_, steps)| (!steps || steps_fit) && (*steps || wheelchair != Some(Wheelchair::No)));
    Access {
        wheelchair,
        facts: facts.filter(|_| dice.chance(25)).map(|(fact, _)| (*fact).to_owned()).collect(),
        directions: dice.chance(35).then(|| (*dice.pick(words::DIRECTIONS)).to_owned()),
    }
}

fn languages(dice: &mut Dice) -> Vec<String> {
    let others = words::LANGUAGES
        .iter()
        .filter(|(_, percent)| dice.chance(*percent))
        .map(|(tag, _)| (*tag).to_owned());
    std::iter::once(String::from("de")).chain(others).collect()
}

fn confirmed_on(today: Date, dice: &mut Dice) -> Option<Date> {
    let days = if dice.chance(85) { dice.below(330) } else { 365 + dice.below(400) };
    dice.chance(95).then(|| today.saturating_sub(Span::new().days(i64::try_from(days).unwrap_or(0))))
}
