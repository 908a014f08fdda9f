//! `GET /api/v1/suggest`: type-ahead for places and words.

use axum::{Json, extract::State, http::StatusCode};
use kernel::Lang;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use webkit::{problem::Problem, query::StrictQuery};

use crate::app::AppState;

/// How many suggestions are made.
const MOST: usize = 8;
/// Longest prefix that is read, in characters; longer ones get no suggestion.
const LONGEST_PREFIX: usize = 80;

/// What can be asked.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Params {
    /// `place` or `words`.
    kind: Kind,
    /// What was typed so far.
    #[serde(default)]
    prefix: String,
    /// Language of the suggestions: de or en.
    lang: Option<String>,
}

/// What is being typed.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Kind {
    /// A place.
    Place,
    /// A need, an offer, a centre.
    Words,
}

/// The suggestions.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Suggestions {
    /// Best first, at most eight.
    suggestions: Vec<Suggestion>,
}

/// One suggestion.
#[derive(Debug, Serialize, ToSchema)]
struct Suggestion {
    /// What to show.
    text: String,
    /// What to put into the field.
    value: String,
    /// What tells it apart from others of the same name.
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<String>,
}

/// Suggests places or words.
#[utoipa::path(
    get, path = "/api/v1/suggest", params(Params), tag = "finder",
    responses(
        (status = 200, body = Suggestions),
        (status = 400, description = "A parameter is unknown, repeated or wrong.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn get(
    State(app): State<AppState>,
    StrictQuery(params): StrictQuery<Params>,
) -> Result<Json<Suggestions>, Problem> {
    let lang = params.lang.as_deref().filter(|lang| !lang.is_empty()).unwrap_or("de");
    let lang: Lang = lang.parse().map_err(|_| {
        Problem::new(StatusCode::BAD_REQUEST, "bad-value", "Wrong value", "lang: expected de or en")
            .about("lang")
    })?;
    let snapshot =
        app.live().snapshot().ok_or_else(|| Problem::of_status(StatusCode::SERVICE_UNAVAILABLE))?;
    let prefix = params.prefix.trim();
    let suggestions = if prefix.is_empty() || prefix.chars().count() > LONGEST_PREFIX {
        Vec::new()
    } else {
        match params.kind {
            Kind::Place => {
                snapshot.gazetteer.suggest(prefix, MOST).into_iter().map(Suggestion::from).collect()
            }
            Kind::Words => {
                let words = snapshot
                    .index
                    .suggest_words(prefix, lang.tag(), MOST)
                    .map_err(|error| super::fault(&error))?;
                words.into_iter().map(Suggestion::from).collect()
            }
        }
    };
    Ok(Json(Suggestions { suggestions }))
}

impl From<search_index::place::Suggestion> for Suggestion {
    fn from(place: search_index::place::Suggestion) -> Self {
        let detail = Some(place.detail).filter(|detail| !detail.is_empty());
        Self { text: place.label, value: place.query, detail }
    }
}

impl From<search_index::search::Suggestion> for Suggestion {
    fn from(words: search_index::search::Suggestion) -> Self {
        Self { value: words.text.clone(), text: words.text, detail: None }
    }
}
