//! Asking an engine all queries and what comes of it.

use std::{collections::BTreeMap, time::Duration};

use super::{
    Engine, Outcome,
    peer::LIMIT,
    suite::{Judged, Kind},
};

/// How often each query is timed after it has been asked once.
const ROUNDS: usize = 5;

/// What an engine did with all queries.
#[derive(Debug)]
pub(crate) struct Report {
    /// The engine.
    pub(crate) name: String,
    /// How it is set up.
    pub(crate) setup: &'static str,
    /// How long it took to index the directory.
    pub(crate) index_time: Duration,
    /// Figures of each kind of query.
    pub(crate) kinds: BTreeMap<Kind, Figures>,
    /// Figures of all queries.
    pub(crate) all: Figures,
}

/// Figures of some queries.
#[derive(Debug, Default)]
pub(crate) struct Figures {
    queries: f64,
    gain: f64,
    first: f64,
    empty: f64,
    times: Vec<Duration>,
}

impl Figures {
    fn add(&mut self, query: &Judged, answer: &[String], times: &[Duration]) {
        self.queries += 1.0;
        self.gain += ndcg(query, answer);
        let best = query.grades.values().copied().max().unwrap_or(0);
        let first = answer.first().and_then(|centre| query.grades.get(centre)).copied().unwrap_or(0);
        self.first += f64::from(u8::from(first == best));
        self.empty += f64::from(u8::from(answer.is_empty()));
        self.times.extend_from_slice(times);
        self.times.sort_unstable();
    }

    /// How many queries these are.
    pub(crate) fn queries(&self) -> f64 {
        self.queries
    }

    /// Mean nDCG@10.
    pub(crate) fn ndcg(&self) -> f64 {
        self.gain / self.queries
    }

    /// Share of queries whose first hit is as good as any.
    pub(crate) fn success(&self) -> f64 {
        self.first / self.queries
    }

    /// Share of queries without any hit.
    pub(crate) fn empty(&self) -> f64 {
        self.empty / self.queries
    }

    /// The time within which `percent` of the answers came, in milliseconds.
    pub(crate) fn percentile_ms(&self, percent: usize) -> f64 {
        let at = (self.times.len() * percent).div_ceil(100).saturating_sub(1);
        self.times.get(at).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    }
}

/// Asks everything once to warm up and to judge, then times every query.
pub(crate) fn measure(engine: &mut dyn Engine, queries: &[Judged]) -> Outcome<Report> {
    let answers: Vec<Vec<String>> =
        queries.iter().map(|query| engine.answer(query).map(|(answer, _)| answer)).collect::<Outcome<_>>()?;
    let mut times = vec![Vec::with_capacity(ROUNDS); queries.len()];
    for _ in 0..ROUNDS {
        for (query, times) in queries.iter().zip(&mut times) {
            times.push(engine.answer(query)?.1);
        }
    }
    let mut kinds: BTreeMap<Kind, Figures> = BTreeMap::new();
    let mut all = Figures::default();
    for ((query, answer), times) in queries.iter().zip(&answers).zip(&times) {
        kinds.entry(query.kind).or_default().add(query, answer, times);
        all.add(query, answer, times);
    }
    Ok(Report { name: engine.name(), setup: engine.setup(), index_time: engine.index_time(), kinds, all })
}

/// Discounted gain of the first ten hits over that of the best possible ten; gain is 2^grade - 1.
fn ndcg(query: &Judged, answer: &[String]) -> f64 {
    let found = answer.iter().map(|centre| query.grades.get(centre).copied().unwrap_or(0));
    let mut ideal: Vec<u8> = query.grades.values().copied().collect();
    ideal.sort_unstable_by(|a, b| b.cmp(a));
    gain(found) / gain(ideal.into_iter())
}

fn gain(grades: impl Iterator<Item = u8>) -> f64 {
    let each = grades
        .take(LIMIT)
        .zip(2_u32..)
        .map(|(grade, rank)| (f64::from(2_u32.pow(u32::from(grade))) - 1.0) / f64::from(rank).log2());
    each.sum()
}
