//! The same centre from two sources.

use std::collections::{BTreeSet, HashMap};

use contracts::directory::Centre;

use crate::slug::slugify;

/// Words that say nothing about which centre is meant.
const COMMON: &[&str] = &[
    "beratungsstelle",
    "beratung",
    "fuer",
    "und",
    "der",
    "die",
    "des",
    "e",
    "v",
    "ev",
    "ggmbh",
    "gmbh",
    "im",
    "in",
    "fachstelle",
    "stelle",
];

/// How many of 100 words two names must share to be similar.
const SIMILAR_PERCENT: usize = 60;

/// Centres by address.
#[derive(Debug, Default)]
pub(super) struct Addresses {
    known: HashMap<String, Vec<Seen>>,
}

#[derive(Debug)]
struct Seen {
    source: String,
    label: String,
    words: BTreeSet<String>,
    topics: BTreeSet<String>,
}

impl Addresses {
    /// Takes a centre in; answers centres of other sources that are probably the same.
    pub(super) fn add(&mut self, centre: &Centre) -> Vec<String> {
        // Without a street too many centres of a town would share the address.
        let Some(street) = &centre.address.street else { return Vec::new() };
        let address = format!("{}|{}", centre.address.postcode, slugify(&plain(street)));
        let topics = centre.offers.iter().flat_map(|offer| offer.topics.iter().cloned()).collect();
        let seen = Seen {
            source: centre.source.clone(),
            label: format!("{}: {} ({})", centre.source, centre.name, centre.external_id),
            words: words(&centre.name, &centre.address.city),
            topics,
        };
        let others = self.known.entry(address).or_default();
        let twins = others.iter().filter(|other| other.source != seen.source && similar(other, &seen));
        let twins = twins.map(|other| other.label.clone()).collect();
        others.push(seen);
        twins
    }
}

/// "Str." and "Straße" are the same.
fn plain(street: &str) -> String {
    street.to_lowercase().replace("straße", "str").replace("strasse", "str").replace("str.", "str")
}

fn words(name: &str, city: &str) -> BTreeSet<String> {
    let city = slugify(city);
    let slug = slugify(name);
    let words =
        slug.split('-').filter(|word| !COMMON.contains(word) && !city.split('-').any(|part| part == *word));
    words.map(str::to_owned).collect()
}

/// Names share most of their words; names without a word of their own must share a topic.
fn similar(one: &Seen, other: &Seen) -> bool {
    let shared = one.words.intersection(&other.words).count();
    let fewer = one.words.len().min(other.words.len());
    if fewer == 0 { !one.topics.is_disjoint(&other.topics) } else { shared * 100 >= fewer * SIMILAR_PERCENT }
}
