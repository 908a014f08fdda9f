//! The filters of the result page: what can be chosen and what is chosen.

use std::sync::Arc;

use minijinja::value::{Serde, Value};
use serde::Serialize;

use super::{
    link,
    query::SearchQuery,
    results::{Asked, Hidden, hidden},
    say::Say,
    view::{language_name, language_options, mode_in_words, topic_options},
};

/// What the filter form needs.
#[derive(Serialize)]
pub(super) struct FilterView {
    /// Words and place, which the form carries along.
    hidden: Vec<Hidden>,
    /// What can be chosen, listed only when a page asks: while nothing is chosen the form is the same on every page.
    topics: Value,
    languages: Value,
    active: Vec<ActiveFilter>,
    /// The same search without filters; `None` when nothing would be left of it.
    clear: Option<String>,
}

/// A filter that is set.
#[derive(Serialize)]
struct ActiveFilter {
    say: Say,
    /// The same search without it.
    href: String,
}

impl FilterView {
    pub(super) fn new(asked: &Asked<'_>) -> Self {
        let Asked { query, lexicon, lang, .. } = *asked;
        let bare = SearchQuery {
            words: query.words.clone(),
            place: query.place.clone(),
            page: 1,
            ..SearchQuery::default()
        };
        let active = active(asked);
        Self {
            hidden: hidden(&bare),
            topics: listed({
                let lexicon = Arc::clone(lexicon);
                move || topic_options(&lexicon, lang)
            }),
            languages: listed(move || language_options(lang)),
            clear: (!active.is_empty() && !bare.is_empty()).then(|| link::search(lang, &bare)),
            active,
        }
    }
}

fn listed<T: Serialize + Send + Sync + 'static>(
    options: impl Fn() -> Vec<T> + Send + Sync + 'static,
) -> Value {
    Value::make_iterable(move || options().into_iter().map(|option| Value::from(Serde(option))))
}

fn active(asked: &Asked<'_>) -> Vec<ActiveFilter> {
    let Asked { query, lexicon, lang, .. } = *asked;
    let mut all = Vec::new();
    let mut add = |say: Say, without: &dyn Fn(&mut SearchQuery)| {
        all.push(ActiveFilter { say, href: link::search(lang, &query.with(without)) });
    };
    if let Some(topic) = query.topic.as_deref().and_then(|id| lexicon.topic(id)) {
        add(Say::new("filter-active-topic").with("topic", topic.label_in(lang.tag())), &|query| {
            query.topic = None
        });
    }
    for &mode in &query.modes {
        add(mode_in_words(mode), &|query| query.modes.retain(|other| *other != mode));
    }
    if let Some(tag) = &query.language {
        let name = language_name(tag, lang);
        add(Say::new("filter-active-language").with("language", name), &|query| query.language = None);
    }
    if query.wheelchair {
        add(Say::new("filter-wheelchair"), &|query| query.wheelchair = false);
    }
    if let Some(km) = query.radius_km {
        add(Say::new("filter-radius-km").with("km", i64::from(km)), &|query| query.radius_km = None);
    }
    all
}

#[cfg(test)]
mod tests {
    use contracts::directory::Mode;
    use jiff::civil::date;
    use kernel::Lang;
    use search_index::Lexicon;

    use super::*;

    #[test]
    fn the_lists_to_choose_from_are_complete() {
        let query = SearchQuery::default();
        let lexicon = Lexicon::bundled();
        let now = date(2026, 11, 23).at(10, 0, 0, 0);
        let view = FilterView::new(&Asked { query: &query, lexicon: &lexicon, now, lang: Lang::En });
        let listed = |options: &Value, value: &str| {
            let mut options = options.try_iter().unwrap();
            let option = options.find(|option| option.get_attr("value").unwrap().as_str() == Some(value));
            option.map(|option| option.get_attr("text").unwrap().to_string())
        };
        assert_eq!(view.topics.try_iter().unwrap().count(), lexicon.topics().len());
        assert_eq!(listed(&view.languages, "tr").as_deref(), Some("Turkish"));
        assert_eq!(listed(&view.languages, "xx"), None);
    }

    #[test]
    fn each_set_filter_can_be_taken_away_alone() {
        let query = SearchQuery {
            words: "Sucht".into(),
            modes: vec![Mode::Phone, Mode::Chat],
            wheelchair: true,
            page: 4,
            ..SearchQuery::default()
        };
        let lexicon = Lexicon::bundled();
        let now = date(2026, 11, 23).at(10, 0, 0, 0);
        let view = FilterView::new(&Asked { query: &query, lexicon: &lexicon, now, lang: Lang::De });
        let hrefs: Vec<_> = view.active.iter().map(|filter| filter.href.as_str()).collect();
        assert_eq!(
            hrefs,
            [
                "/suche?words=Sucht&mode=chat&wheelchair=true",
                "/suche?words=Sucht&mode=phone&wheelchair=true",
                "/suche?words=Sucht&mode=phone&mode=chat",
            ]
        );
        assert_eq!(view.clear.as_deref(), Some("/suche?words=Sucht"));
    }
}
