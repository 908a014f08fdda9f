//! `GET /api/v1/search`: ranked centres for words and a place.

use axum::{Json, extract::State, http::StatusCode};
use contracts::directory::Mode;
use kernel::{Lang, Personal};
use search_index::{
    place::{Place, Resolution},
    search::Filters,
};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use webkit::{problem::Problem, query::StrictQuery};

use super::hit::Hit;
use crate::{
    app::AppState,
    ask::{AskError, Outcome, Question, ask},
    web::is_known_language,
};

/// Longest `words` and `place`, in characters.
const LONGEST_TEXT: usize = 500;
/// Longest language tag (BCP 47, 4.4.1).
const LONGEST_TAG: usize = 35;
/// Most hits on a page.
const MOST_PER_PAGE: usize = 100;
/// Last page that is answered.
const LAST_PAGE: usize = 100_000;

/// What can be asked. Parameters that are not in this list are refused; empty ones count as not given.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub(super) struct Params {
    /// The need in any words: an offer, a centre's name, a problem in everyday language.
    #[param(max_length = 500, example = "Schulden")]
    words: Option<String>,
    /// Where: a postcode, part of one, a town, a district.
    #[param(max_length = 500, example = "79100")]
    place: Option<String>,
    /// Only offers of this topic or a narrower one, see `/api/v1/topics`.
    topic: Option<String>,
    /// Only offers in one of these ways, separated by commas: in_person, phone, video, chat.
    mode: Option<String>,
    /// Only offers in this language of counselling, as a BCP 47 tag.
    #[param(max_length = 35, example = "tr")]
    language: Option<String>,
    /// Only centres a wheelchair gets into: true or false.
    wheelchair: Option<String>,
    /// Only centres at most this far from the place, in km: above 0, at most 1000. Needs a place.
    radius_km: Option<String>,
    /// Page of results, from 1.
    page: Option<String>,
    /// Hits on a page: 1 to 100, 10 unless told.
    per_page: Option<String>,
    /// Language of the answer's words: de or en.
    lang: Option<String>,
}

/// The answer.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct SearchAnswer {
    /// How many centres are hits in all.
    total: usize,
    /// The page answered.
    page: usize,
    /// What the place was taken for.
    place: PlaceAnswer,
    /// The hits of this page, best first, each centre once with its best offer.
    hits: Vec<Hit>,
    /// Centres responsible for or near the place that match none of the words; first page only.
    other_help_nearby: Vec<Hit>,
}

/// What the place was taken for.
#[derive(Debug, Serialize, ToSchema)]
struct PlaceAnswer {
    /// `resolved`: one place; `ambiguous`: several of this name, hits are around any of them; `unknown`: no such place,
    /// hits are without a place; `none`: no place was given.
    kind: &'static str,
    /// The place searched around, when resolved.
    name: Option<String>,
    /// Ambiguous: the places of this name. Resolved: less likely places of this name. Unknown: similar names.
    choices: Vec<PlaceChoice>,
}

/// A place to choose.
#[derive(Debug, Serialize, ToSchema)]
struct PlaceChoice {
    /// Its name.
    name: String,
    /// What tells it apart ("Landkreis Bautzen, Sachsen").
    detail: String,
    /// The value of `place` that means exactly this one.
    value: String,
}

/// Searches for centres.
#[utoipa::path(
    get, path = "/api/v1/search", params(Params), tag = "finder",
    responses(
        (status = 200, body = SearchAnswer),
        (status = 400, description = "A parameter is unknown, repeated or out of its range.", body = Problem, content_type = "application/problem+json"),
        (status = 503, description = "The index is not ready yet.", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(super) async fn get(
    State(app): State<AppState>,
    StrictQuery(params): StrictQuery<Params>,
) -> Result<Json<SearchAnswer>, Problem> {
    let (question, page) = validated(params, &app)?;
    let outcome = ask(app.live(), question).await.map_err(problem)?;
    Ok(Json(SearchAnswer::new(outcome, page)))
}

fn validated(params: Params, app: &AppState) -> Result<(Question, usize), Problem> {
    let page = number("page", params.page, 1, LAST_PAGE, 1)?;
    let per_page = number("per_page", params.per_page, 1, MOST_PER_PAGE, 10)?;
    let place = text("place", params.place)?;
    let radius_km = radius(params.radius_km)?;
    if let Some(lang) = given(params.lang) {
        lang.parse::<Lang>().map_err(|_| bad("lang", "expected de or en"))?;
    }
    let topic = given(params.topic);
    if topic.as_ref().is_some_and(|topic| app.live().lexicon().topic(topic).is_none()) {
        return Err(bad("topic", "no such topic; /api/v1/topics lists them"));
    }
    let question = Question {
        words: Personal::new(text("words", params.words)?),
        place: Personal::new(place),
        filters: Filters {
            topic,
            modes: modes(params.mode)?,
            language: language(params.language)?,
            wheelchair: flag("wheelchair", params.wheelchair)?,
            radius_km,
        },
        offset: (page - 1) * per_page,
        limit: per_page,
    };
    Ok((question, page))
}

fn bad(parameter: &str, expected: &str) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "bad-value", "Wrong value", format!("{parameter}: {expected}"))
        .about(parameter)
}

fn given(value: Option<String>) -> Option<String> {
    value.filter(|value| !value.is_empty())
}

fn text(name: &str, value: Option<String>) -> Result<String, Problem> {
    let value = value.unwrap_or_default();
    if value.chars().count() > LONGEST_TEXT {
        return Err(bad(name, "at most 500 characters"));
    }
    Ok(value)
}

fn number(
    name: &str,
    value: Option<String>,
    least: usize,
    most: usize,
    default: usize,
) -> Result<usize, Problem> {
    let Some(value) = given(value) else { return Ok(default) };
    match value.parse() {
        Ok(number) if (least..=most).contains(&number) => Ok(number),
        _ => Err(bad(name, &format!("expected a whole number from {least} to {most}"))),
    }
}

fn radius(value: Option<String>) -> Result<Option<f64>, Problem> {
    let Some(value) = given(value) else { return Ok(None) };
    match value.parse::<f64>() {
        Ok(km) if km > 0.0 && km <= 1_000.0 => Ok(Some(km)),
        _ => Err(bad("radius_km", "expected a number above 0 and at most 1000")),
    }
}

fn flag(name: &str, value: Option<String>) -> Result<bool, Problem> {
    match given(value).as_deref() {
        None | Some("false") => Ok(false),
        Some("true") => Ok(true),
        Some(_) => Err(bad(name, "expected true or false")),
    }
}

fn modes(value: Option<String>) -> Result<Vec<Mode>, Problem> {
    let Some(value) = given(value) else { return Ok(Vec::new()) };
    let mode = |code: &str| Mode::from_code(code.trim());
    value
        .split(',')
        .map(mode)
        .collect::<Option<_>>()
        .ok_or_else(|| bad("mode", "expected in_person, phone, video or chat"))
}

fn language(value: Option<String>) -> Result<Option<String>, Problem> {
    let Some(tag) = given(value).map(|tag| tag.to_ascii_lowercase()) else { return Ok(None) };
    // Of "pt-br" the engine understands "pt", so that one is enough.
    let known = is_known_language(&tag) || tag.split('-').next().is_some_and(is_known_language);
    let plausible =
        tag.len() <= LONGEST_TAG && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if known && plausible {
        Ok(Some(tag))
    } else {
        Err(bad("language", "expected a language tag such as tr"))
    }
}

fn problem(error: AskError) -> Problem {
    match error {
        AskError::NotReady | AskError::Interrupted => Problem::of_status(StatusCode::SERVICE_UNAVAILABLE),
        AskError::Index(error) => super::fault(&error),
    }
}

impl SearchAnswer {
    fn new(outcome: Outcome, page: usize) -> Self {
        let answer = outcome.answer;
        Self {
            total: answer.total,
            page,
            place: PlaceAnswer::from(outcome.resolution),
            hits: answer.hits.into_iter().map(Hit::from).collect(),
            other_help_nearby: answer.other_help.into_iter().map(Hit::from).collect(),
        }
    }
}

impl From<Resolution> for PlaceAnswer {
    fn from(resolution: Resolution) -> Self {
        let (kind, name, choices) = match resolution {
            Resolution::None => ("none", None, Vec::new()),
            Resolution::Resolved { place, others } => ("resolved", Some(place.name), others),
            Resolution::Ambiguous(places) => ("ambiguous", None, places),
            Resolution::Unknown { similar } => ("unknown", None, similar),
        };
        Self { kind, name, choices: choices.into_iter().map(PlaceChoice::from).collect() }
    }
}

impl From<Place> for PlaceChoice {
    fn from(place: Place) -> Self {
        Self { name: place.name, detail: place.detail, value: place.query }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_nobody_knows_is_refused_and_a_regional_one_is_its_main_language() {
        let read = |tag: &str| language(Some(tag.to_owned())).map_err(|problem| problem.status);
        assert_eq!(read("TR"), Ok(Some("tr".to_owned())));
        assert_eq!(read("pt-BR"), Ok(Some("pt-br".to_owned())));
        assert_eq!(read(""), Ok(None));
        for unknown in ["xx", "klingon", "-", "tr&words=x", "de-\"x\""] {
            assert_eq!(read(unknown), Err(400), "{unknown}");
        }
    }
}
