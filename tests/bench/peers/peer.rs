//! What a peer must be able to do, and the application around it that uses it as its experts would.

use std::{
    collections::HashSet,
    time::{Duration, Instant},
};

use serde::Serialize;

use super::{Engine, Outcome, document::Where, expansion::Expansion, suite::Judged, text};

/// How many centres an answer has.
pub(crate) const LIMIT: usize = 10;

/// One way to say a unit: all of these words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Alternative {
    /// Folded words.
    pub(crate) words: Vec<String>,
    /// Whether the last word may be only the beginning of one.
    pub(crate) open: bool,
}

/// One thing asked for: any of its alternatives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Unit(pub(crate) Vec<Alternative>);

/// A search in one step.
#[derive(Debug, Serialize)]
pub(crate) struct Search<'a> {
    /// What is asked for; nothing when only a place was given.
    pub(crate) units: &'a [Unit],
    /// Whether a hit must have all units; then whoever is responsible comes first, and the text decides among equals.
    /// Otherwise any unit will do, and the text decides first. What is not near is ordered by distance either way.
    pub(crate) all: bool,
    /// Where.
    pub(crate) place: &'a Where,
    /// How many centres are wanted at most.
    pub(crate) limit: usize,
}

/// A centre that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Found {
    /// Its external id.
    pub(crate) centre: String,
    /// Whether it is responsible or within reach.
    pub(crate) near: bool,
}

/// An engine that keeps the documents and answers single steps.
pub(crate) trait Peer {
    /// Its name and version.
    fn name(&self) -> String;

    /// How it is set up, in a phrase.
    fn setup(&self) -> &'static str;

    /// How long it took to index the directory.
    fn index_time(&self) -> Duration;

    /// The time of an empty request, which is what reaching the engine costs; `None` when it is not part of the figures.
    fn round_trip(&mut self) -> Outcome<Option<Duration>>;

    /// Words of the directory that were probably meant by words it does not have; `None` for a known word and where
    /// nothing is similar. The last word counts as known when words begin with it. With the time it took.
    fn correct(&mut self, words: &[String]) -> Outcome<(Vec<Option<String>>, Duration)>;

    /// The centres of one step, best first, those that are near before all others; with the time it took.
    fn search(&mut self, search: &Search<'_>) -> Outcome<(Vec<Found>, Duration)>;
}

/// A peer with the application around it.
pub(crate) struct Application<'a> {
    /// The peer.
    pub(crate) peer: &'a mut dyn Peer,
    /// Our concepts as synonyms, or nothing but what was typed.
    pub(crate) expansion: Option<&'a Expansion>,
}

impl Engine for Application<'_> {
    fn name(&self) -> String {
        let with = if self.expansion.is_some() { "our synonyms" } else { "alone" };
        format!("{}, {with}", self.peer.name())
    }

    fn setup(&self) -> &'static str {
        self.peer.setup()
    }

    fn index_time(&self) -> Duration {
        self.peer.index_time()
    }

    /// All words and their synonyms first; where nothing has them all, typing mistakes are corrected once; where fewer
    /// than ten are near, wider needs and then single words fill up the page.
    fn answer(&mut self, query: &Judged) -> Outcome<(Vec<String>, Duration)> {
        let place = Where::new(&query.places);
        let started = Instant::now();
        let mut words = text::typed(&query.words);
        let mut steps = self.steps(&words);
        let mut spent = started.elapsed();
        let mut page = Page::default();
        let mut corrected = false;
        let mut next = 0;
        while let Some((units, all)) = steps.get(next) {
            let limit = if next == 0 { LIMIT } else { 2 * LIMIT };
            let (found, time) = self.peer.search(&Search { units, all: *all, place: &place, limit })?;
            spent += time;
            if next == 0 && found.is_empty() && !corrected && !words.is_empty() {
                corrected = true;
                let (better, time) = self.peer.correct(&words)?;
                spent += time;
                if better.iter().any(Option::is_some) {
                    let started = Instant::now();
                    words =
                        words.into_iter().zip(better).map(|(word, better)| better.unwrap_or(word)).collect();
                    steps = self.steps(&words);
                    spent += started.elapsed();
                    continue;
                }
            }
            page.add(found);
            if page.near.len() >= LIMIT {
                break;
            }
            next += 1;
        }
        Ok((page.finish(), spent))
    }
}

impl Application<'_> {
    fn steps(&self, words: &[String]) -> Vec<(Vec<Unit>, bool)> {
        let mut steps = Vec::new();
        match self.expansion {
            None => {
                let open = |at: usize| at + 1 == words.len();
                let unit = |(at, word): (usize, &String)| {
                    Unit(vec![Alternative { words: vec![word.clone()], open: open(at) }])
                };
                steps.push((words.iter().enumerate().map(unit).collect(), true));
            }
            Some(expansion) => {
                steps.push((expansion.units(words, false), true));
                let wider = expansion.units(words, true);
                if wider != steps[0].0 {
                    steps.push((wider, true));
                }
            }
        }
        if let Some((units, _)) = steps.last()
            && units.len() > 1
        {
            steps.push((units.clone(), false));
        }
        steps
    }
}

/// The answer as it fills up.
#[derive(Debug, Default)]
struct Page {
    seen: HashSet<String>,
    near: Vec<String>,
    far: Vec<String>,
}

impl Page {
    fn add(&mut self, found: Vec<Found>) {
        for Found { centre, near } in found {
            if self.seen.insert(centre.clone()) {
                if near { self.near.push(centre) } else { self.far.push(centre) }
            }
        }
    }

    fn finish(mut self) -> Vec<String> {
        self.near.append(&mut self.far);
        self.near.truncate(LIMIT);
        self.near
    }
}
