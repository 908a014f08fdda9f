//! Inventing the directory.

use contracts::directory::{
    Address, Area, Centre, Contacts, Coordinates, LocationBasis, Mode, Offer, OpeningHours, Postcode,
    PostcodeRange,
};
use search_index::place::{Gazetteer, PostcodeInfo};

use super::{
    Directory,
    dice::Dice,
    needs::{ALL, Need, need},
};

const CARRIERS: [&str; 12] = [
    "Brückenschlag e. V.",
    "Lichtblick gGmbH",
    "Verein Neue Wege",
    "Zuversicht e. V.",
    "Regenbogenhaus gGmbH",
    "Soziale Dienste Mitte",
    "Ankerplatz e. V.",
    "Kreisverband Hilfe im Alltag",
    "Kompass gGmbH",
    "Stiftung Morgenrot",
    "Haus am Markt e. V.",
    "Netzwerk Miteinander",
];
const GROUPS: [&str; 5] = ["Erwachsene", "Jugendliche", "Frauen", "Männer", "Familien"];
const OFFER_TEXTS: [&str; 3] = [
    "Kostenlos und vertraulich, auf Wunsch anonym.",
    "Termine nach Vereinbarung, offene Sprechstunde am Dienstag.",
    "Wir hören zu und suchen gemeinsam nach einem Weg.",
];
/// Names of offers that say a second need aloud.
const SAID_TOO: [(&str, &str); 3] =
    [("Insolvenz", "insolvency"), ("Drogen", "drugs"), ("Jugend- und Drogen", "drugs")];

/// A directory of `count` centres, the same every time.
pub(crate) fn directory(gazetteer: &Gazetteer, count: usize) -> Directory {
    let postcodes: Vec<&PostcodeInfo> =
        gazetteer.postcodes().filter(|info| info.point.is_some() && !info.names.is_empty()).collect();
    let mut directory = Directory { centres: Vec::with_capacity(count), serves: Vec::with_capacity(count) };
    for number in 0..count {
        let (centre, serves) = centre(number, &postcodes);
        directory.centres.push(centre);
        directory.serves.push(serves);
    }
    directory
}

fn centre(number: usize, postcodes: &[&PostcodeInfo]) -> (Centre, Vec<Vec<&'static str>>) {
    let mut dice = Dice::new(number as u64 + 1);
    let at = dice.below(postcodes.len());
    let home = postcodes[at];
    let wanted = match dice.below(100) {
        0..60 => 1,
        60..88 => 2,
        _ => 3,
    };
    let mut chosen: Vec<&'static Need> = Vec::new();
    while chosen.len() < wanted {
        let need = any_need(&mut dice);
        if chosen.iter().all(|known| known.id != need.id) {
            chosen.push(need);
        }
    }
    let town = home.names.first().cloned().unwrap_or_default();
    let carrier = *dice.pick(&CARRIERS);
    let name = match chosen.first().map_or(&[][..], |need| need.centres) {
        [] => format!("{carrier} {town}"),
        names if dice.chance(45) => format!("{} {town}", dice.pick(names)),
        _ if dice.chance(30) => format!("Beratungszentrum {town}"),
        _ => format!("{carrier} {town}"),
    };
    let (offers, serves) = chosen
        .iter()
        .enumerate()
        .map(|(place, need)| offer(&format!("{number}-{place}"), need, home, (postcodes, at), &mut dice))
        .unzip();
    let coordinates = home.point.filter(|_| !dice.chance(3)).map(|point| Coordinates {
        lat: point.lat + 0.02 * dice.swing(),
        lon: point.lon + 0.03 * dice.swing(),
        basis: LocationBasis::Given,
    });
    // A text about others: a trap for engines that take every mention for an offer.
    let description = dice.chance(35).then(|| {
        let (one, other) = (any_need(&mut dice), any_need(&mut dice));
        format!(
            "Wir arbeiten eng mit {} und {} am Ort zusammen.",
            dice.pick(one.offers),
            dice.pick(other.offers)
        )
    });
    let centre = Centre {
        id: format!("centre-{number}"),
        source: "judged".to_owned(),
        external_id: format!("J{number}"),
        slug: format!("judged-{number}"),
        name,
        carrier: Some(carrier.to_owned()),
        association: None,
        description,
        address: Address { street: None, extra: None, postcode: home.postcode, city: town },
        coordinates,
        contacts: Contacts::default(),
        opening: OpeningHours::default(),
        access: contracts::directory::Access::default(),
        languages: vec!["de".to_owned()],
        confirmed_on: None,
        offers,
    };
    (centre, serves)
}

fn any_need(dice: &mut Dice) -> &'static Need {
    let mut left = dice.below(ALL.iter().map(|need| need.share).sum());
    for need in ALL {
        if left < need.share {
            return need;
        }
        left -= need.share;
    }
    &ALL[0]
}

fn offer(
    id: &str,
    special: &'static Need,
    home: &PostcodeInfo,
    around: (&[&PostcodeInfo], usize),
    dice: &mut Dice,
) -> (Offer, Vec<&'static str>) {
    let name = *dice.pick(special.offers);
    let mut serves = vec![special.id];
    let mut keywords: Vec<String> = Vec::new();
    if dice.chance(60) {
        for _ in 0..2 + dice.below(3) {
            keywords.push((*dice.pick(special.keywords)).to_owned());
        }
    }
    for narrower in ALL.iter().filter(|need| need.parents.first() == Some(&special.id)) {
        if SAID_TOO.iter().any(|(said, need)| *need == narrower.id && name.contains(said)) {
            serves.push(narrower.id);
        } else if dice.chance(25) {
            serves.push(narrower.id);
            keywords.extend(narrower.keywords.first().map(|&word| word.to_owned()));
        }
    }
    keywords.sort_unstable();
    keywords.dedup();
    // Many lists know only the wide topic, some none at all.
    let topic = match (special.parents.first(), dice.below(100)) {
        (_, 0..8) => None,
        (Some(wider), 8..38) => Some(need(wider).topic),
        _ => Some(special.topic),
    };
    let offer = Offer {
        id: format!("offer-{id}"),
        name: name.to_owned(),
        description: dice.chance(30).then(|| (*dice.pick(&OFFER_TEXTS)).to_owned()),
        topics: topic.map(str::to_owned).into_iter().collect(),
        leika: None,
        target_groups: dice.chance(20).then(|| (*dice.pick(&GROUPS)).to_owned()).into_iter().collect(),
        keywords,
        languages: Vec::new(),
        modes: vec![Mode::InPerson, *dice.pick(&Mode::ALL)],
        areas: areas(home, around, dice),
        link: None,
    };
    (offer, serves)
}

/// Areas as real lists give them: mostly the own district, many postcode ranges, some nothing.
fn areas(home: &PostcodeInfo, (postcodes, at): (&[&PostcodeInfo], usize), dice: &mut Dice) -> Vec<Area> {
    let districts = || home.districts.iter().copied().map(Area::District);
    let near = |dice: &mut Dice| {
        let to = (at + dice.below(81)).saturating_sub(40).min(postcodes.len() - 1);
        postcodes[to]
    };
    match dice.below(100) {
        0..40 => districts().take(1).collect(),
        40..52 => vec![region(home.postcode)],
        52..62 => {
            let (one, other) = (near(dice), near(dice));
            let apart = near(dice).postcode;
            let range =
                PostcodeRange::between(one.postcode.min(home.postcode), other.postcode.max(home.postcode));
            vec![Area::Postcodes(range), Area::Postcodes(PostcodeRange::between(apart, apart))]
        }
        62..72 => home.municipalities.iter().copied().map(Area::Municipality).collect(),
        72..80 => districts().chain(near(dice).districts.iter().copied().map(Area::District)).collect(),
        80..81 => home.lands.iter().copied().map(Area::Land).collect(),
        _ => Vec::new(),
    }
}

/// All postcodes that share the first three digits.
fn region(postcode: Postcode) -> Area {
    let end = |last: &str| format!("{}{last}", &postcode.as_str()[..3]).parse().unwrap_or(postcode);
    Area::Postcodes(PostcodeRange::between(end("00"), end("99")))
}
