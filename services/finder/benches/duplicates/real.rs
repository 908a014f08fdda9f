//! A real list, where it is at hand; it is no part of the project.
//!
//! Its centres have neither street nor phone. It is tried once as it is, and once with every kind of counselling as a
//! list of its own, as associations would hand them over: then a centre that stands in it for two kinds is a duplicate.

use std::{collections::BTreeMap, path::Path};

use contracts::directory::{Address, Centre, Contacts, Offer, OpeningHours};
use finder::duplicates::{Advice, Candidate, Duplicates, KeptApart};

/// Topics of the list's kinds.
const TOPICS: &[(&str, &str)] = &[
    ("0", "addiction"),
    ("1", "crisis"),
    ("2", "pregnancy"),
    ("3", "family"),
    ("4", "health_cure"),
    ("5", "debt"),
    ("6", "social"),
    ("7", "seniors"),
    ("8", "disability"),
    ("9", "youth"),
    ("10", "guardianship"),
    ("11", "offenders"),
    ("14", "youth"),
    ("15", "self_help"),
];

/// Prints how many pairs are proposed, with `all` every one of them.
pub(crate) fn show(all: bool) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data/caritas_agencies.tsv");
    let Ok(text) = std::fs::read_to_string(path) else {
        println!("SKIPPED: the real list is not at hand");
        return;
    };
    for (name, apart) in [("one list", false), ("a list for each kind", true)] {
        let centres: Vec<Centre> = text.lines().skip(1).filter_map(|line| centre(line, apart)).collect();
        let mut duplicates = Duplicates::default();
        centres.iter().for_each(|centre| duplicates.add(centre));
        let candidates = duplicates.pairs(&KeptApart::default());
        let count = |advice: Advice| candidates.iter().filter(|candidate| candidate.advice == advice).count();
        println!(
            "real list of {} centres as {name}: {} to merge, {} to look at, {} to keep apart",
            centres.len(),
            count(Advice::Merge),
            count(Advice::Look),
            count(Advice::KeepApart)
        );
        if all {
            let names: BTreeMap<&str, &Centre> =
                centres.iter().map(|centre| (centre.id.as_str(), centre)).collect();
            candidates.iter().for_each(|candidate| pair(candidate, &names));
        }
    }
}

fn pair(candidate: &Candidate, centres: &BTreeMap<&str, &Centre>) {
    for id in [&candidate.one, &candidate.other] {
        let centre = centres[id.as_str()];
        let topic = &centre.offers[0].topics[0];
        println!("  {} | {} {} | {topic}", centre.name, centre.address.postcode, centre.address.city);
    }
    super::show(candidate);
}

fn centre(line: &str, apart: bool) -> Option<Centre> {
    let cells: Vec<&str> = line.split('\t').collect();
    let &[id, kind, name, postcode, city, ..] = cells.as_slice() else { return None };
    let (_, topic) = TOPICS.iter().find(|(known, _)| *known == kind)?;
    Some(Centre {
        id: id.to_owned(),
        source: if apart { format!("caritas-{kind}") } else { String::from("caritas") },
        external_id: id.to_owned(),
        slug: id.to_owned(),
        name: name.to_owned(),
        carrier: None,
        association: Some(String::from("Deutscher Caritasverband")),
        description: None,
        address: Address {
            street: None,
            extra: None,
            postcode: postcode.parse().ok()?,
            city: city.to_owned(),
        },
        coordinates: None,
        contacts: Contacts::default(),
        opening: OpeningHours::default(),
        access: Default::default(),
        languages: Vec::new(),
        confirmed_on: None,
        offers: vec![Offer {
            id: format!("{id}-offer"),
            name: name.to_owned(),
            description: None,
            topics: vec![(*topic).to_owned()],
            leika: None,
            target_groups: Vec::new(),
            keywords: Vec::new(),
            languages: Vec::new(),
            modes: Vec::new(),
            areas: Vec::new(),
            link: None,
        }],
    })
}
