//! `GET /suche`: the hits for a need and a place, or what helps on when there are none.

use axum::{
    extract::State,
    http::Uri,
    response::{IntoResponse, Response},
};
use kernel::{Lang, Personal};
use search_index::place::{Place, Resolution};
use webkit::{
    error::PageError,
    pages::{Html, Visit},
};

use super::{
    query::{PER_PAGE, SearchQuery},
    results::{Asked, Found, SearchPage},
    view::berlin,
};
use crate::{
    app::AppState,
    ask::{AskError, Outcome, Question, ask},
};

/// How many neighbouring places are offered.
const NEIGHBOURS: usize = 6;

/// Answers a search.
pub(super) async fn get(State(app): State<AppState>, visit: Visit, uri: Uri) -> Result<Response, PageError> {
    let query = understood(SearchQuery::read(uri.query().unwrap_or_default()), &app);
    let page = if query.is_empty() {
        SearchPage::empty(&asked(&query, &app, visit.lang))
    } else {
        found(&query, &app, visit.lang).await?
    };
    Ok(Html(app.pages().render(&visit, "search.html", &page)?).into_response())
}

/// The search without what means nothing here: a topic nobody knows, a distance from nowhere.
fn understood(mut query: SearchQuery, app: &AppState) -> SearchQuery {
    query.topic = query.topic.filter(|topic| app.live().lexicon().topic(topic).is_some());
    if query.place.is_empty() {
        query.radius_km = None;
    }
    query
}

async fn found(query: &SearchQuery, app: &AppState, lang: Lang) -> Result<SearchPage, PageError> {
    let mut query = query.clone();
    let mut outcome = ask(app.live(), question(&query)).await.map_err(unanswered)?;
    let last = outcome.answer.total.div_ceil(PER_PAGE).max(1);
    if query.page > last {
        // A page beyond the end: the directory has become smaller, or somebody tried. The last page is shown.
        query.page = last;
        outcome = ask(app.live(), question(&query)).await.map_err(unanswered)?;
    }
    let place = place_of(&outcome);
    let nothing_near = place.is_some() && (outcome.answer.near == 0 || !outcome.answer.any_responsible);
    let remote = if nothing_near && query.modes.is_empty() {
        let remote = query.with(|query| query.modes = SearchPage::REMOTE.to_vec());
        ask(app.live(), Question { limit: 1, ..question(&remote) }).await.map_err(unanswered)?.answer.total
    } else {
        0
    };
    let neighbours = match place {
        Some(place) if nothing_near => outcome.snapshot.gazetteer.neighbours(place, NEIGHBOURS),
        _ => Vec::new(),
    };
    let hits = outcome.answer.hits.iter().chain(&outcome.answer.other_help);
    let offers: Vec<String> = hits.map(|hit| hit.card.offer_id.clone()).collect();
    let found = Found {
        free: app.next_free(&offers).await,
        resolution: outcome.resolution,
        place_from_words: outcome.place_from_words,
        answer: outcome.answer,
        remote,
        neighbours,
        gazetteer: outcome.snapshot.gazetteer.clone(),
    };
    Ok(SearchPage::of(&asked(&query, app, lang), &found))
}

fn asked<'a>(query: &'a SearchQuery, app: &'a AppState, lang: Lang) -> Asked<'a> {
    Asked { query, lexicon: app.live().lexicon(), now: berlin(app.now()), lang }
}

fn question(query: &SearchQuery) -> Question {
    Question {
        words: Personal::new(query.words.clone()),
        place: Personal::new(query.place.clone()),
        filters: query.filters(),
        offset: query.offset(),
        limit: PER_PAGE,
    }
}

fn place_of(outcome: &Outcome) -> Option<&Place> {
    match &outcome.resolution {
        Resolution::Resolved { place, .. } => Some(place),
        Resolution::None | Resolution::Ambiguous(_) | Resolution::Unknown { .. } => None,
    }
}

fn unanswered(error: AskError) -> PageError {
    match error {
        AskError::NotReady => PageError::Unavailable,
        AskError::Index(_) | AskError::Interrupted => PageError::internal(error),
    }
}
