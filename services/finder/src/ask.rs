//! One search from beginning to end: what was typed becomes a place, units and ranked hits. Pages and API both ask here.

use std::sync::Arc;

use kernel::Personal;
use search_index::{
    place::{Place, Resolution},
    search::{Answer, Filters, IndexError, Request},
};

use crate::live::{Live, Snapshot};

/// What a person asks. It cannot be printed.
pub struct Question {
    /// What was typed under "Womit".
    pub words: Personal<String>,
    /// What was typed under "Wo".
    pub place: Personal<String>,
    /// What to leave out.
    pub filters: Filters,
    /// How many centres to skip.
    pub offset: usize,
    /// How many to answer at most.
    pub limit: usize,
}

/// What was understood and found.
pub struct Outcome {
    /// What the place was taken for.
    pub resolution: Resolution,
    /// Whether the place was found among the words because nothing was typed under "Wo".
    pub place_from_words: bool,
    /// The hits. For an ambiguous name every centre counts with the place that suits it best.
    pub answer: Answer,
    /// What was searched, for names of districts, topics and neighbours.
    pub snapshot: Arc<Snapshot>,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum AskError {
    /// The first index is still being built.
    #[error("the index is not ready yet")]
    NotReady,
    /// The index could not be read.
    #[error("the index cannot be searched: {0}")]
    Index(#[from] IndexError),
    /// The search was cut off while the process was ending.
    #[error("the search was interrupted")]
    Interrupted,
}

/// Searches on a thread for work that takes time, so that other requests go on.
pub async fn ask(live: &Live, question: Question) -> Result<Outcome, AskError> {
    let snapshot = live.snapshot().ok_or(AskError::NotReady)?;
    tokio::task::spawn_blocking(move || answer(snapshot, &question))
        .await
        .map_err(|_| AskError::Interrupted)?
}

fn answer(snapshot: Arc<Snapshot>, question: &Question) -> Result<Outcome, AskError> {
    let typed = question.place.expose().trim();
    let is_need = |word: &str| snapshot.lexicon.knows(word);
    let among =
        if typed.is_empty() { snapshot.gazetteer.among(question.words.expose(), is_need) } else { None };
    let place_from_words = among.is_some();
    let (words, resolution) = match among {
        Some(among) => (among.words, among.place),
        None => (question.words.expose().clone(), snapshot.gazetteer.resolve(typed)),
    };
    let words = Personal::new(words);
    let request = Request {
        words: words.expose(),
        places: places_of(&resolution),
        filters: &question.filters,
        offset: question.offset,
        limit: question.limit,
    };
    let answer = snapshot.index.search(&request)?;
    Ok(Outcome { resolution, place_from_words, answer, snapshot })
}

/// The places to search around.
pub fn places_of(resolution: &Resolution) -> &[Place] {
    match resolution {
        Resolution::None | Resolution::Unknown { .. } => &[],
        Resolution::Resolved { place, .. } => std::slice::from_ref(place.as_ref()),
        Resolution::Ambiguous(places) => places,
    }
}
