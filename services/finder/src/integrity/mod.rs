//! The integrity report: what in the directory is missing, old or does not fit together.
//!
//! Owns no repair. It reads the directory once, counts, and names a few examples for each kind, so that somebody knows
//! where to begin.

mod areas;
mod checks;
mod duplicates;
mod message;
mod report;

use std::{
    collections::{BTreeMap, BTreeSet},
    panic::resume_unwind,
};

use contracts::directory::Centre;
use jiff::civil::Date;
use search_index::place::Gazetteer;

pub use report::{Example, Finding, Kind, Report, Severity};

use crate::{
    duplicates::{Candidate, KeptApart},
    import::{Progress, Stage},
    store::{Store, StoreError},
};

/// Examples named for each kind when nobody asks for more.
pub const EXAMPLES: usize = 10;

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

/// The report, and the pairs of records that may be one centre.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Survey {
    /// The report.
    pub report: Report,
    /// The pairs, those that somebody keeps apart left out.
    pub pairs: Vec<Candidate>,
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
    Ok(survey(store, measure, EXAMPLES, progress).await?.report)
}

/// Checks the whole directory, naming up to `examples` centres for each kind.
///
/// # Errors
/// What the store says when it does not answer.
pub async fn survey(
    store: &dyn Store,
    measure: &Measure<'_>,
    examples: usize,
    progress: &dyn Progress,
) -> Result<Survey, StoreError> {
    let total = store.count().await?;
    let mut inspector = Inspector::new(*measure).naming(examples);
    let mut last: Option<String> = None;
    loop {
        let page = store.centres_after(last.as_deref(), PAGE).await?;
        let Some(end) = page.last() else { break };
        last = Some(end.id.clone());
        page.iter().for_each(|centre| inspector.centre(centre));
        progress.step(Stage::Walking, inspector.centres, total);
    }
    let kept = store.kept_apart().await?;
    let kept: KeptApart = kept.into_iter().map(|pair| (pair.centre_a, pair.centre_b)).collect();
    // Comparing takes a second with many centres; others must not wait for it.
    let records = std::mem::take(&mut inspector.twins.records);
    let compared = tokio::task::spawn_blocking(move || records.pairs(&kept)).await;
    let pairs = compared.unwrap_or_else(|panic| resume_unwind(panic.into_panic()));
    Ok(inspector.finish(pairs))
}

/// Looks at centres one after the other and counts.
#[derive(Debug)]
pub struct Inspector<'a> {
    measure: Measure<'a>,
    examples: usize,
    centres: u64,
    offers: u64,
    found: BTreeMap<Kind, (u64, Vec<Example>)>,
    twins: duplicates::Twins,
}

impl<'a> Inspector<'a> {
    /// An inspector that has seen nothing yet.
    pub fn new(measure: Measure<'a>) -> Self {
        Self {
            measure,
            examples: EXAMPLES,
            centres: 0,
            offers: 0,
            found: BTreeMap::new(),
            twins: duplicates::Twins::default(),
        }
    }

    /// The same inspector, naming so many centres for each kind.
    #[must_use]
    pub fn naming(mut self, examples: usize) -> Self {
        self.examples = examples;
        self
    }

    /// Looks at a centre.
    pub fn centre(&mut self, centre: &Centre) {
        self.centres += 1;
        self.offers += centre.offers.len() as u64;
        for (kind, detail) in checks::of(centre, &self.measure) {
            self.add(
                kind,
                Example {
                    centre_id: centre.id.clone(),
                    source: centre.source.clone(),
                    external_id: centre.external_id.clone(),
                    name: centre.name.clone(),
                    detail,
                },
            );
        }
        self.twins.add(centre);
    }

    fn add(&mut self, kind: Kind, example: Example) {
        let (count, examples) = self.found.entry(kind).or_default();
        *count += 1;
        if examples.len() < self.examples {
            examples.push(example);
        }
    }

    /// What was found, with pairs that nobody has decided on yet.
    pub fn report(self) -> Report {
        let pairs = self.twins.records.pairs(&KeptApart::default());
        self.finish(pairs).report
    }

    fn finish(mut self, pairs: Vec<Candidate>) -> Survey {
        for example in self.twins.examples(&pairs) {
            self.add(Kind::Duplicate, example);
        }
        let findings = Kind::ALL.into_iter().filter_map(|kind| {
            let (count, examples) = self.found.remove(&kind)?;
            Some(Finding { kind, severity: kind.severity(), count, examples })
        });
        let report = Report { findings: findings.collect(), centres: self.centres, offers: self.offers };
        Survey { report, pairs }
    }
}

#[cfg(test)]
mod tests;
