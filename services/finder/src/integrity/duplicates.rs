//! Records that are probably one centre, as the report counts them.

use std::collections::HashMap;

use contracts::directory::Centre;

use super::Example;
use crate::duplicates::{Advice, Candidate, Duplicates};

/// The centres seen, to be compared, with what the report calls them.
#[derive(Debug, Default)]
pub(super) struct Twins {
    /// What is compared.
    pub(super) records: Duplicates,
    labels: HashMap<String, Label>,
}

#[derive(Debug)]
struct Label {
    source: String,
    external_id: String,
    name: String,
}

impl Twins {
    /// Takes a centre in.
    pub(super) fn add(&mut self, centre: &Centre) {
        self.records.add(centre);
        let (source, external_id) = (centre.source.clone(), centre.external_id.clone());
        self.labels.insert(centre.id.clone(), Label { source, external_id, name: centre.name.clone() });
    }

    /// The pairs that are probably one centre, each under its second.
    pub(super) fn examples(&self, pairs: &[Candidate]) -> Vec<Example> {
        let merge = pairs.iter().filter(|pair| pair.advice == Advice::Merge);
        merge
            .filter_map(|pair| {
                Some(example(pair, self.labels.get(&pair.one)?, self.labels.get(&pair.other)?))
            })
            .collect()
    }
}

fn example(pair: &Candidate, one: &Label, other: &Label) -> Example {
    Example {
        centre_id: pair.other.clone(),
        source: other.source.clone(),
        external_id: other.external_id.clone(),
        name: other.name.clone(),
        detail: format!("{}: {} ({})", one.source, one.name, one.external_id),
    }
}
