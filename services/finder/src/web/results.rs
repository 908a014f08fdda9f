//! What the result page shows, worked out from a search and its answer without any I/O.

use std::{collections::HashMap, sync::Arc};

use contracts::{booking::NextFree, directory::Mode};
use jiff::civil::DateTime;
use kernel::Lang;
use search_index::{
    Lexicon,
    place::{Gazetteer, Place, Resolution},
    search::{Answer, Field, Hit},
};
use serde::Serialize;

use super::{
    filter::FilterView,
    link,
    query::{PER_PAGE, RADII, SearchQuery},
    say::Say,
    view::{
        HitContext, HitView, MapView, PageLink, PlaceLink, hit_view, map_of_hits, page_links, place_label,
        place_links,
    },
};

/// How many centres stand under "other help": enough to choose from, few enough to read.
const OTHER_HELP: usize = 5;

/// Topics with which somebody may be in danger now.
const URGENT: [&str; 2] = ["crisis", "violence"];

/// What was asked, by whom it does not matter.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    /// The search.
    pub query: &'a SearchQuery,
    /// Names of topics.
    pub lexicon: &'a Arc<Lexicon>,
    /// The local time in Germany.
    pub now: DateTime,
    /// The language of the page.
    pub lang: Lang,
}

/// What was found.
pub(crate) struct Found {
    /// What the place was taken for.
    pub resolution: Resolution,
    /// Whether the place was found among the words.
    pub place_from_words: bool,
    /// The hits of the page asked for.
    pub answer: Answer,
    /// How many centres advise by phone or online, counted only when nothing near fits.
    pub remote: usize,
    /// Places around, likewise.
    pub neighbours: Vec<Place>,
    /// The places searched, for names on the map.
    pub gazetteer: Arc<Gazetteer>,
    /// The next free times of the offers found.
    pub free: HashMap<String, NextFree>,
}

/// The context of `search.html`.
#[derive(Serialize)]
pub(crate) struct SearchPage {
    title: Say,
    heading: Say,
    form: FormView,
    filter: FilterView,
    outcome: OutcomeView,
}

/// What stands in the fields; the input is always kept.
#[derive(Serialize)]
struct FormView {
    words: String,
    place: String,
    topic: String,
    modes: Vec<&'static str>,
    language: String,
    wheelchair: bool,
    radius_km: String,
    /// What the search form carries along unseen: the filters.
    kept: Vec<Hidden>,
}

/// A hidden field.
#[derive(Serialize)]
pub(super) struct Hidden {
    name: &'static str,
    value: String,
}

#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
enum OutcomeView {
    /// Nothing was entered.
    Empty,
    /// Several places carry the name.
    Choose { name: String, choices: Vec<PlaceLink> },
    /// No place carries the name.
    Unknown { similar: Vec<PlaceLink>, anywhere: Option<String> },
    /// Hits, or none.
    Hits(Box<HitsView>),
}

#[derive(Serialize)]
struct HitsView {
    count: Option<Say>,
    place: Option<String>,
    /// The place as it was typed, where it was only guessed at.
    guessed_from: Option<String>,
    hits: Vec<HitView>,
    other_help: Vec<HitView>,
    /// The search sounds like danger: the crisis lines stand before the hits, which may be closed or far away.
    urgent: bool,
    /// Everything found is far away.
    far: bool,
    /// Something is near, but nobody is responsible.
    nobody_responsible: bool,
    remote: Option<RemoteView>,
    neighbours: Vec<PlaceLink>,
    others: Vec<PlaceLink>,
    map: Option<MapView>,
    none: NoneView,
    page: usize,
    pages: usize,
    first: usize,
    links: Vec<PageLink>,
    previous: Option<String>,
    next: Option<String>,
}

/// How many centres advise by phone or online.
#[derive(Serialize)]
struct RemoteView {
    count: usize,
    href: String,
}

/// Ways on when there are no hits.
#[derive(Serialize)]
struct NoneView {
    without_filters: Option<String>,
    without_words: Option<String>,
    wider: Option<WiderView>,
}

#[derive(Serialize)]
struct WiderView {
    km: u32,
    href: String,
}

impl SearchPage {
    /// Ways of counselling that need no journey.
    pub(crate) const REMOTE: [Mode; 3] = [Mode::Phone, Mode::Video, Mode::Chat];

    /// The page when nothing was entered.
    pub(crate) fn empty(asked: &Asked<'_>) -> Self {
        Self::with(asked, Say::new("search-title-form"), Say::new("search-title-form"), OutcomeView::Empty)
    }

    /// The page for an answer.
    pub(crate) fn of(asked: &Asked<'_>, found: &Found) -> Self {
        let Asked { query, lang, .. } = *asked;
        match &found.resolution {
            // A place picked out of the words is a guess: it narrows nothing, it is offered beside the hits.
            Resolution::Ambiguous(places) if !found.place_from_words => {
                let outcome = OutcomeView::Choose {
                    name: query.place.clone(),
                    choices: place_links(places, query, lang),
                };
                Self::with(asked, Say::new("search-title-place"), Say::new("search-title-place"), outcome)
            }
            Resolution::Unknown { similar } => {
                let anywhere = query.with(|query| query.place.clear());
                let outcome = OutcomeView::Unknown {
                    similar: place_links(similar, query, lang),
                    anywhere: (!anywhere.is_empty()).then(|| link::search(lang, &anywhere)),
                };
                let heading = Say::new("search-unknown-heading").with("place", query.place.as_str());
                Self::with(asked, Say::new("search-title-place"), heading, outcome)
            }
            _ => Self::hits(asked, found),
        }
    }

    fn hits(asked: &Asked<'_>, found: &Found) -> Self {
        let (place, others): (Option<&Place>, &[Place]) = match &found.resolution {
            Resolution::Resolved { place, others } => (Some(place), others),
            Resolution::Ambiguous(places) => (None, places),
            Resolution::None | Resolution::Unknown { .. } => (None, &[]),
        };
        let view = HitsView::new(asked, found, place, others);
        let heading = heading(asked, place);
        Self::with(asked, Say::new("search-title"), heading, OutcomeView::Hits(Box::new(view)))
    }

    fn with(asked: &Asked<'_>, title: Say, heading: Say, outcome: OutcomeView) -> Self {
        Self { title, heading, form: FormView::new(asked.query), filter: FilterView::new(asked), outcome }
    }
}

fn heading(asked: &Asked<'_>, place: Option<&Place>) -> Say {
    let query = asked.query;
    let topic = query.topic.as_deref().and_then(|id| asked.lexicon.topic(id));
    let topic = topic.map(|topic| topic.label_in(asked.lang.tag()));
    let say = match (query.words.is_empty(), topic, place) {
        (false, _, Some(_)) => Say::new("search-heading-words-place"),
        (false, _, None) => Say::new("search-heading-words"),
        (true, Some(_), Some(_)) => Say::new("search-heading-topic-place"),
        (true, Some(_), None) => Say::new("search-heading-topic"),
        (true, None, Some(_)) => Say::new("search-heading-place"),
        (true, None, None) => Say::new("search-title"),
    };
    let say = match topic {
        Some(topic) if query.words.is_empty() => say.with("topic", topic),
        _ => say.with("words", query.words.as_str()),
    };
    match place {
        Some(place) => say.with("place", place.name.as_str()),
        None => say,
    }
}

impl FormView {
    fn new(query: &SearchQuery) -> Self {
        let unseen = |(name, _): &(&str, String)| !matches!(*name, "words" | "place" | "page");
        Self {
            words: query.words.clone(),
            place: query.place.clone(),
            topic: query.topic.clone().unwrap_or_default(),
            modes: query.modes.iter().map(|mode| mode.code()).collect(),
            language: query.language.clone().unwrap_or_default(),
            wheelchair: query.wheelchair,
            radius_km: query.radius_km.map(|km| km.to_string()).unwrap_or_default(),
            kept: hidden(query).into_iter().filter(|field| unseen(&(field.name, String::new()))).collect(),
        }
    }
}

/// All parameters of a search as hidden fields.
pub(super) fn hidden(query: &SearchQuery) -> Vec<Hidden> {
    query.parameters().into_iter().map(|(name, value)| Hidden { name, value }).collect()
}

impl HitsView {
    fn new(asked: &Asked<'_>, found: &Found, place: Option<&Place>, others: &[Place]) -> Self {
        let Asked { query, now, lang, .. } = *asked;
        let answer = &found.answer;
        let label = place.map(place_label);
        let context = HitContext { place, names: &found.gazetteer, free: &found.free, now, lang };
        let view = |hit| hit_view(hit, context);
        let pages = answer.total.div_ceil(PER_PAGE).max(1);
        let page_href = |number: usize| link::search(lang, &SearchQuery { page: number, ..query.clone() });
        let near = place.is_none() || answer.near > 0;
        Self {
            count: count(answer, place.is_some()),
            place: label.clone(),
            guessed_from: place
                .filter(|place| found.gazetteer.is_guess(&query.place, place) && !query.place.is_empty())
                .map(|_| query.place.clone()),
            hits: answer.hits.iter().map(view).collect(),
            other_help: answer.other_help.iter().take(OTHER_HELP).map(view).collect(),
            urgent: answer.hits.iter().any(|hit| is_urgent(hit, query)),
            far: !near && answer.total > 0,
            nobody_responsible: near && place.is_some() && !answer.any_responsible && answer.total > 0,
            remote: (found.remote > 0).then(|| RemoteView {
                count: found.remote,
                href: link::search(lang, &query.with(|query| query.modes = SearchPage::REMOTE.to_vec())),
            }),
            neighbours: place_links(&found.neighbours, query, lang),
            others: place_links(others, query, lang),
            map: map_of_hits(&answer.hits, place, query.offset() + 1, &found.gazetteer),
            none: NoneView::new(query, place.is_some(), lang),
            page: query.page,
            pages,
            first: query.offset() + 1,
            links: page_links(query.page, pages, page_href),
            previous: (query.page > 1).then(|| page_href(query.page - 1)),
            next: (query.page < pages).then(|| page_href(query.page + 1)),
        }
    }
}

/// Whether a hit is there because of a topic that may mean danger: by the filter, or by the words, not by the place alone.
fn is_urgent(hit: &Hit, query: &SearchQuery) -> bool {
    let asked = query.topic.as_deref().is_some_and(|topic| URGENT.contains(&topic));
    let by_words = hit.reasons.iter().any(|reason| (Field::Topic..Field::Distance).contains(&reason.field));
    asked || (by_words && hit.card.topics.iter().any(|topic| URGENT.contains(&topic.as_str())))
}

/// How many there are, near and far told apart: "3 near you, 52 further away" and never just "55 hits".
fn count(answer: &Answer, has_place: bool) -> Option<Say> {
    let (near, far) = (answer.near, answer.total.saturating_sub(answer.near));
    match (has_place, near, far) {
        _ if answer.total == 0 => None,
        (false, ..) => Some(Say::new("search-count-all").with("total", answer.total)),
        (true, 0, far) => Some(Say::new("search-count-far").with("far", far)),
        (true, near, 0) => Some(Say::new("search-count-near").with("near", near)),
        (true, near, far) => Some(Say::new("search-count-near-far").with("near", near).with("far", far)),
    }
}

impl NoneView {
    fn new(query: &SearchQuery, has_place: bool, lang: Lang) -> Self {
        let bare = query.with(|query| {
            *query = SearchQuery {
                words: query.words.clone(),
                place: query.place.clone(),
                page: 1,
                ..SearchQuery::default()
            };
        });
        let filtered = bare != query.with(|_| ()) && !bare.is_empty();
        let next_radius = query.radius_km.and_then(|km| RADII.into_iter().find(|wider| *wider > km));
        Self {
            without_filters: filtered.then(|| link::search(lang, &bare)),
            without_words: (has_place && !query.words.is_empty() && !query.place.is_empty()).then(|| {
                link::search(
                    lang,
                    &SearchQuery { place: query.place.clone(), page: 1, ..SearchQuery::default() },
                )
            }),
            wider: next_radius.map(|km| WiderView {
                km,
                href: link::search(lang, &query.with(|query| query.radius_km = Some(km))),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use search_index::search::Reason;
    use serde_json::Value;

    use super::*;
    use crate::web::samples;

    fn page(query: &SearchQuery, found: &Found) -> Value {
        let lexicon = Lexicon::bundled();
        let now = date(2026, 11, 23).at(10, 0, 0, 0);
        let asked = Asked { query, lexicon: &lexicon, now, lang: Lang::De };
        serde_json::to_value(SearchPage::of(&asked, found)).unwrap()
    }

    fn query() -> SearchQuery {
        SearchQuery { words: "Schulden".into(), place: "79100".into(), page: 1, ..SearchQuery::default() }
    }

    #[test]
    fn near_and_far_are_counted_apart() {
        let mut found = samples::found();
        (found.answer.near, found.answer.total) = (3, 55);
        let count = page(&query(), &found)["outcome"]["count"].clone();
        assert_eq!(count["id"], "search-count-near-far");
        assert_eq!((&count["args"]["near"], &count["args"]["far"]), (&3.into(), &52.into()));
    }

    #[test]
    fn when_all_is_far_the_page_says_so_and_offers_ways_on() {
        let mut found = samples::found();
        (found.answer.near, found.answer.any_responsible, found.remote) = (0, false, 4);
        found.neighbours = vec![samples::place()];
        let outcome = &page(&query(), &found)["outcome"];
        assert_eq!((&outcome["far"], &outcome["nobody_responsible"]), (&true.into(), &false.into()));
        assert_eq!(outcome["remote"]["count"], 4);
        assert!(outcome["remote"]["href"].as_str().unwrap().contains("mode=phone&mode=video&mode=chat"));
        assert_eq!(outcome["neighbours"][0]["href"], "/suche?words=Schulden&place=79100");
    }

    #[test]
    fn near_but_not_responsible_is_its_own_case() {
        let mut found = samples::found();
        (found.answer.near, found.answer.any_responsible) = (1, false);
        let outcome = &page(&query(), &found)["outcome"];
        assert_eq!((&outcome["far"], &outcome["nobody_responsible"]), (&false.into(), &true.into()));
    }

    #[test]
    fn words_that_sound_like_danger_bring_the_crisis_lines_first() {
        let mut found = samples::found();
        assert_eq!(page(&query(), &found)["outcome"]["urgent"], false);
        found.answer.hits[0].card.topics = vec!["youth".into(), "crisis".into()];
        found.answer.hits[0].reasons =
            vec![Reason { unit: "nicht mehr leben".into(), field: Field::Keyword, matched: "Krise".into() }];
        assert_eq!(page(&query(), &found)["outcome"]["urgent"], true);
        found.answer.hits[0].reasons[0].field = Field::Distance;
        assert_eq!(page(&query(), &found)["outcome"]["urgent"], false, "it is only near");
        let filtered = SearchQuery { topic: Some("violence".into()), ..query() };
        assert_eq!(page(&filtered, &found)["outcome"]["urgent"], true);
    }

    #[test]
    fn an_ambiguous_place_asks_first_and_keeps_everything_entered() {
        let found = Found { resolution: Resolution::Ambiguous(vec![samples::place()]), ..samples::found() };
        let query = SearchQuery { wheelchair: true, ..query() };
        let page = page(&query, &found);
        assert_eq!(page["outcome"]["kind"], "choose");
        assert!(page["outcome"]["choices"][0]["href"].as_str().unwrap().contains("wheelchair=true"));
        assert_eq!(page["form"]["kept"], serde_json::json!([{"name": "wheelchair", "value": "true"}]));
    }

    #[test]
    fn an_ambiguous_place_picked_out_of_the_words_does_not_stop_the_search() {
        let resolution = Resolution::Ambiguous(vec![samples::place()]);
        let page = page(&query(), &Found { resolution, place_from_words: true, ..samples::found() });
        assert_eq!(page["outcome"]["kind"], "hits");
        assert_eq!(page["outcome"]["others"].as_array().unwrap().len(), 1);
    }

    #[test]
    fn no_hit_offers_to_drop_words_filters_and_distance() {
        let mut found = samples::found();
        found.answer.hits.clear();
        found.answer.total = 0;
        let query = SearchQuery { radius_km: Some(5), language: Some("tr".into()), ..query() };
        let none = page(&query, &found)["outcome"]["none"].clone();
        assert_eq!(none["without_filters"], "/suche?words=Schulden&place=79100");
        assert_eq!(none["without_words"], "/suche?place=79100");
        assert_eq!(none["wider"]["km"], 10);
    }

    #[test]
    fn an_unknown_place_can_be_left_out_only_when_something_remains() {
        let unknown = || Found { resolution: Resolution::Unknown { similar: vec![] }, ..samples::found() };
        assert_eq!(page(&query(), &unknown())["outcome"]["anywhere"], "/suche?words=Schulden");
        let place_only = SearchQuery { place: "Xyz".into(), page: 1, ..SearchQuery::default() };
        assert_eq!(page(&place_only, &unknown())["outcome"]["anywhere"], Value::Null);
    }

    #[test]
    fn pages_are_numbered_through_and_linked() {
        let mut found = samples::found();
        (found.answer.near, found.answer.total) = (55, 55);
        let outcome = page(&SearchQuery { page: 2, ..query() }, &found)["outcome"].clone();
        assert_eq!((&outcome["first"], &outcome["pages"]), (&11.into(), &6.into()));
        assert_eq!(outcome["previous"], "/suche?words=Schulden&place=79100");
        assert_eq!(outcome["next"], "/suche?words=Schulden&place=79100&page=3");
    }

    #[test]
    fn the_title_never_names_what_was_searched() {
        let text = page(&query(), &samples::found())["title"].to_string();
        assert!(!text.contains("Schulden") && !text.contains("79100"), "{text}");
    }
}
