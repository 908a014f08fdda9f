//! The integrity report: what in the directory is missing, old or does not fit together.
//!
//! Owns no repair. It reads the directory once, counts, and names a few examples for each kind, so that somebody knows
//! where to begin.

mod areas;
mod checks;
mod duplicates;
mod message;
mod report;

use std::collections::{BTreeMap, BTreeSet};

use contracts::directory::Centre;
use jiff::civil::Date;
use search_index::place::Gazetteer;

pub use report::{Example, Finding, Kind, Report, Severity};

use crate::{
    import::{Progress, Stage},
    store::{Store, StoreError},
};

/// Examples named for each kind.
const EXAMPLES: usize = 10;

/// Centres read at a time.
const PAGE: u32 = 500;

/// What the directory is checked against.
#[derive(Debug, Clone, Copy)]
pub struct Measure<'a> {
    /// The table of places.
    pub places: &'a Gazetteer,
    /// Ids of all topics.
    pub topics: &'a BTreeSet<String>,
    /// Today, to tell old confirmations.
    pub today: Date,
}

/// Checks the whole directory.
///
/// # Errors
/// What the store says when it does not answer.
pub async fn check(
    store: &dyn Store,
    measure: &Measure<'_>,
    progress: &dyn Progress,
) -> Result<Report, StoreError> {
    let total = store.count().await?;
    let mut inspector = Inspector::new(*measure);
    let mut last: Option<String> = None;
    loop {
        let page = store.centres_after(last.as_deref(), PAGE).await?;
        let Some(end) = page.last() else { break };
        last = Some(end.id.clone());
        page.iter().for_each(|centre| inspector.centre(centre));
        progress.step(Stage::Walking, inspector.centres, total);
    }
    Ok(inspector.report())
}

/// Looks at centres one after the other and counts.
#[derive(Debug)]
pub struct Inspector<'a> {
    measure: Measure<'a>,
    centres: u64,
    offers: u64,
    found: BTreeMap<Kind, (u64, Vec<Example>)>,
    addresses: duplicates::Addresses,
}

impl<'a> Inspector<'a> {
    /// An inspector that has seen nothing yet.
    pub fn new(measure: Measure<'a>) -> Self {
        Self {
            measure,
            centres: 0,
            offers: 0,
            found: BTreeMap::new(),
            addresses: duplicates::Addresses::default(),
        }
    }

    /// Looks at a centre.
    pub fn centre(&mut self, centre: &Centre) {
        self.centres += 1;
        self.offers += centre.offers.len() as u64;
        for (kind, detail) in checks::of(centre, &self.measure) {
            self.add(kind, centre, detail);
        }
        for twin in self.addresses.add(centre) {
            self.add(Kind::Duplicate, centre, twin);
        }
    }

    fn add(&mut self, kind: Kind, centre: &Centre, detail: String) {
        let (count, examples) = self.found.entry(kind).or_default();
        *count += 1;
        if examples.len() < EXAMPLES {
            examples.push(Example {
                centre_id: centre.id.clone(),
                source: centre.source.clone(),
                external_id: centre.external_id.clone(),
                name: centre.name.clone(),
                detail,
            });
        }
    }

    /// What was found.
    pub fn report(mut self) -> Report {
        let findings = Kind::ALL.into_iter().filter_map(|kind| {
            let (count, examples) = self.found.remove(&kind)?;
            Some(Finding { kind, severity: kind.severity(), count, examples })
        });
        Report { findings: findings.collect(), centres: self.centres, offers: self.offers }
    }
}

#[cfg(test)]
mod tests;
