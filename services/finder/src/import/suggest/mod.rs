//! Which column is which field: suggested from headings and values, shown to a person, turned into a profile.

mod from_profile;
mod look;
mod mapping;
mod profile;
mod target;
mod words;

pub use from_profile::{fits, mapping_of};
pub use mapping::{ColumnChoice, Mapping};
pub use target::{Part, Target};

use super::{Sniffed, SniffedColumn};
use look::{UNMISTAKABLE, looks_like};

/// From here on a suggestion is made.
const ENOUGH: f64 = 0.5;

/// What a column probably is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Suggestion {
    /// The field.
    pub target: Target,
    /// How sure it is, from 0 to 1.
    pub confidence: f64,
}

/// What each column of a file probably is, in order; `None` for columns nobody can tell.
pub fn suggest(sniffed: &Sniffed) -> Vec<Option<Suggestion>> {
    let mut candidates: Vec<(usize, Suggestion)> = Vec::new();
    for (place, column) in sniffed.columns.iter().enumerate() {
        candidates.extend(scores(column).into_iter().map(|suggestion| (place, suggestion)));
    }
    // The surest first; of equals the one further left.
    candidates.sort_by(|(a_place, a), (b_place, b)| {
        b.confidence.total_cmp(&a.confidence).then(a_place.cmp(b_place)).then(a.target.cmp(&b.target))
    });
    let mut taken: Vec<Option<Suggestion>> = vec![None; sniffed.columns.len()];
    for (place, suggestion) in candidates {
        let others: Vec<usize> = (0..taken.len())
            .filter(|other| taken[*other].is_some_and(|found| found.target == suggestion.target))
            .collect();
        let free = others.is_empty()
            || others.iter().all(|other| {
                goes_beside(suggestion.target, &sniffed.columns[*other], &sniffed.columns[place])
            });
        if taken[place].is_none() && free {
            taken[place] = Some(suggestion);
        }
    }
    taken
}

/// Everything a column may be, with at least [`ENOUGH`] confidence.
fn scores(column: &SniffedColumn) -> Vec<Suggestion> {
    let mut scores: Vec<Suggestion> = words::sound(&column.name)
        .into_iter()
        .map(|(target, sound)| {
            let confidence = match looks_like(column, target) {
                Some(look) if look < 0.5 => sound * (0.2 + look * 0.6),
                Some(look) => sound * (0.9 + look * 0.1),
                None => sound * 0.95,
            };
            Suggestion { target, confidence }
        })
        .collect();
    for target in UNMISTAKABLE {
        let look = looks_like(column, *target).unwrap_or(0.0);
        if look > 0.8 && column.values.len() >= 2 && !scores.iter().any(|score| score.target == *target) {
            scores.push(Suggestion { target: *target, confidence: 0.55 * look });
        }
    }
    scores.retain(|score| score.confidence >= ENOUGH);
    scores
}

/// Whether two columns fill one field together: street and number, area code and number, texts.
fn goes_beside(target: Target, first: &SniffedColumn, second: &SniffedColumn) -> bool {
    let has = |column: &SniffedColumn, word: &str| words::fold(&column.name).contains(word);
    let one = |word: &str| has(first, word) != has(second, word);
    match target {
        Target::Street => one("hausnummer") || one("hausnr") || one("haus nr") || one("house number"),
        Target::Phone => one("vorwahl"),
        Target::Description | Target::OfferDescription | Target::AccessFacts | Target::Directions => true,
        _ => false,
    }
}

impl Mapping {
    /// The mapping that is suggested for a file.
    pub fn suggested(sniffed: &Sniffed) -> Self {
        let suggestions = suggest(sniffed);
        let columns = sniffed.columns.iter().zip(suggestions).map(|(column, suggestion)| ColumnChoice {
            name: column.name.clone(),
            target: suggestion.map(|suggestion| suggestion.target),
            ..ColumnChoice::default()
        });
        let mut mapping = Self::empty(sniffed);
        mapping.columns = columns.collect();
        mapping.group = repeats(sniffed, &mapping);
        mapping
    }
}

/// Whether ids come more than once, so that a row is an offer and not a centre.
fn repeats(sniffed: &Sniffed, mapping: &Mapping) -> bool {
    let id = mapping.columns.iter().position(|column| column.target == Some(Target::ExternalId));
    let has_offers = mapping.columns.iter().any(|column| column.target == Some(Target::OfferName));
    id.and_then(|place| sniffed.columns.get(place))
        .is_some_and(|column| has_offers && !column.more && (column.values.len() as u64) < column.filled)
}

#[cfg(test)]
mod tests;
