//! Every page with sample data in every language; anything undefined is an error.

use std::{collections::BTreeSet, sync::Arc};

use axum::http::Uri;
use jiff::civil::{DateTime, date};
use kernel::Lang;
use minijinja::value::Serde;
use search_index::{
    Lexicon,
    place::{Gazetteer, Resolution},
};
use webkit::{
    assets::Assets,
    catalogue::Catalogue,
    error::ErrorContext,
    pages::{Ingredients, Pages, Visit},
};

use crate::{
    site::{Conciliation, Operator, Site},
    web::{
        centre::{CentrePage, Names, Report},
        query::SearchQuery,
        results::{Asked, Found, SearchPage},
        samples,
        start::StartPage,
        text::{AccessibilityPage, Bare, ImprintPage, operator_phone},
        topic::TopicPage,
        view::{date_in_words, featured_topics, mail_with_subject},
    },
};

/// A Monday at ten in the morning.
pub(super) const NOW: DateTime = date(2026, 11, 23).at(10, 0, 0, 0);

/// A page with a sample of what it shows.
pub(super) struct Sample {
    pub(super) name: &'static str,
    pub(super) template: &'static str,
    pub(super) path: &'static str,
    pub(super) context: minijinja::Value,
}

/// An installation that has been filled in.
pub(in crate::web) fn full_site() -> Site {
    Site {
        demo: true,
        operator: Some(Operator {
            name: "Verein Beispiel e. V.".into(),
            address: vec!["Musterstraße 1".into(), "12345 Beispielstadt".into()],
            represented_by: Some("Erika Beispiel".into()),
            email: "post@verein.example".into(),
            phone: Some("0123 456789".into()),
            data_protection_email: Some("datenschutz@verein.example".into()),
            data_protection_authority: Some("Landesbeauftragte für Datenschutz".into()),
        }),
        feedback_email: Some("rueckmeldung@verein.example".into()),
        conciliation: Some(Conciliation {
            name: "Schlichtungsstelle".into(),
            url: "https://schlichtung.example".into(),
        }),
        ..Site::default()
    }
}

/// The pages of an installation.
pub(in crate::web) fn pages(site: &Site) -> Pages {
    let mut messages = webkit::shared::messages();
    messages.extend(crate::web::messages());
    let mut templates = webkit::shared::templates();
    templates.extend(crate::web::templates());
    let ingredients = Ingredients {
        templates,
        catalogue: Arc::new(Catalogue::new(&messages).unwrap()),
        assets: Assets::embedded().unwrap(),
        site: minijinja::Value::from(Serde(site)),
        langs: Lang::ALL.to_vec(),
    };
    Pages::new(ingredients).unwrap()
}

/// Renders a sample in a language.
pub(super) fn rendered(pages: &Pages, sample: &Sample, lang: Lang) -> String {
    let path = if sample.path == "/" && !lang.path_prefix().is_empty() { "" } else { sample.path };
    let uri: Uri = format!("{}{path}", lang.path_prefix()).parse().unwrap();
    pages
        .render(&Visit::to(&uri), sample.template, &sample.context)
        .unwrap_or_else(|error| panic!("{} in {lang}: {error}", sample.name))
}

fn search(name: &'static str, lang: Lang, query: &SearchQuery, found: Option<&Found>) -> Sample {
    let lexicon = Lexicon::bundled();
    let asked = Asked { query, lexicon: &lexicon, now: NOW, lang };
    let page = match found {
        Some(found) => SearchPage::of(&asked, found),
        None => SearchPage::empty(&asked),
    };
    let context = minijinja::Value::from(Serde(page));
    Sample { name, template: "search.html", path: "/suche?words=Schulden&place=79100", context }
}

fn searches(lang: Lang) -> Vec<Sample> {
    let query =
        SearchQuery { words: "Schulden".into(), place: "79100".into(), page: 1, ..SearchQuery::default() };
    let filtered = SearchQuery::read(
        "words=Schulden&place=79100&topic=debt&mode=phone&language=tr&wheelchair=1&radius_km=5",
    );
    let with = |change: &dyn Fn(&mut Found)| {
        let mut found = samples::found();
        change(&mut found);
        Some(found)
    };
    let far = with(&|found| {
        (found.answer.near, found.answer.any_responsible, found.remote) = (0, false, 3);
        found.answer.hits[0].responsible = false;
        found.neighbours = vec![samples::place()];
    });
    let none = || {
        with(&|found| {
            found.answer.hits.clear();
            (found.answer.total, found.answer.near) = (0, 0);
            found.answer.other_help = vec![samples::hit()];
        })
    };
    let long = with(&|found| {
        (found.answer.total, found.answer.near) = (55, 3);
        found.answer.other_help = vec![samples::hit()];
    });
    let nobody = with(&|found| {
        (found.answer.any_responsible, found.remote) = (false, 1);
        found.answer.hits[0].responsible = false;
    });
    let no_place = with(&|found| found.resolution = Resolution::None);
    let choose =
        with(&|found| found.resolution = Resolution::Ambiguous(vec![samples::place(), samples::place()]));
    let unknown = with(&|found| found.resolution = Resolution::Unknown { similar: vec![samples::place()] });
    let strange = with(&|found| found.resolution = Resolution::Unknown { similar: vec![] });
    let place_only = SearchQuery { place: "79100".into(), page: 1, ..SearchQuery::default() };
    let topic_only = SearchQuery { topic: Some("debt".into()), page: 1, ..SearchQuery::default() };
    let topic_place = SearchQuery { place: "79100".into(), ..topic_only.clone() };
    vec![
        search("search-hits", lang, &query, with(&|_| ()).as_ref()),
        search("search-page-2", lang, &SearchQuery { page: 2, ..query.clone() }, long.as_ref()),
        search("search-filtered-none", lang, &filtered, none().as_ref()),
        search("search-none", lang, &query, none().as_ref()),
        search("search-far", lang, &query, far.as_ref()),
        search("search-nobody-responsible", lang, &query, nobody.as_ref()),
        search("search-no-place", lang, &query, no_place.as_ref()),
        search("search-place-only", lang, &place_only, with(&|_| ()).as_ref()),
        search(
            "search-topic",
            lang,
            &topic_only,
            with(&|found| found.resolution = Resolution::None).as_ref(),
        ),
        search("search-topic-place", lang, &topic_place, with(&|_| ()).as_ref()),
        search("search-choose", lang, &query, choose.as_ref()),
        search("search-unknown", lang, &query, unknown.as_ref()),
        search("search-unknown-strange", lang, &place_only, strange.as_ref()),
        search("search-empty", lang, &SearchQuery::default(), None),
    ]
}

fn centres(lang: Lang) -> Vec<Sample> {
    let (lexicon, gazetteer) = (Lexicon::bundled(), Gazetteer::bundled());
    let free = std::collections::HashMap::new();
    let names = Names { lexicon: &lexicon, gazetteer: &gazetteer, free: &free, open: false, now: NOW, lang };
    let mut bare = samples::centre();
    (bare.carrier, bare.association, bare.description, bare.confirmed_on) = (None, None, None, None);
    (bare.contacts, bare.opening, bare.access) = Default::default();
    bare.coordinates = None;
    bare.languages.clear();
    bare.offers.truncate(1);
    bare.offers[0].areas = vec![contracts::directory::Area::Nationwide];
    bare.offers[0].link = None;
    let mut unlinked = samples::centre();
    unlinked.contacts.phone = Some("über die Zentrale".into());
    let report = || Report {
        href: mail_with_subject("post@verein.example", "Fehler"),
        phone: operator_phone(&full_site()),
    };
    let sample = |name, centre: &contracts::directory::Centre, report| Sample {
        name,
        template: "centre.html",
        path: "/stelle/rat-und-tat-freiburg",
        context: minijinja::Value::from(Serde(CentrePage::new(centre, &names, report))),
    };
    vec![
        sample("centre", &samples::centre(), report()),
        sample("centre-bare", &bare, Report::default()),
        sample("centre-unlinked-phone", &unlinked, report()),
    ]
}

/// Every page, in the states that look different.
pub(super) fn all_samples(lang: Lang, site: &Site) -> Vec<Sample> {
    let lexicon = Lexicon::bundled();
    let value = |name, template, path, context| Sample { name, template, path, context };
    let topics = featured_topics(&lexicon, lang);
    let topic = TopicPage { id: "debt".into(), title: "Ich habe Schulden".into(), narrower: topics.clone() };
    let leaf = TopicPage { id: "debt".into(), title: "Ich habe Schulden".into(), narrower: vec![] };
    let accessibility = AccessibilityPage {
        dated: date_in_words(date(2026, 11, 22)),
        feedback_href: site.feedback_email.as_deref().and_then(|address| mail_with_subject(address, "x")),
        operator_phone: operator_phone(site),
    };
    let imprint = ImprintPage { operator_phone: operator_phone(site), places_notice: "© Beispiel".into() };
    let bare = || minijinja::Value::from(Serde(Bare {}));
    let mut all = vec![
        value("start", "start.html", "/", minijinja::Value::from(Serde(StartPage { topics }))),
        value("topic", "topic.html", "/thema/debt", minijinja::Value::from(Serde(topic))),
        value("topic-leaf", "topic.html", "/thema/debt", minijinja::Value::from(Serde(leaf))),
        value("help", "help.html", "/hilfe", bare()),
        value("crisis", "crisis.html", "/krise", bare()),
        value("traces", "traces.html", "/spuren", bare()),
        value("privacy", "privacy.html", "/datenschutz", bare()),
        value("imprint", "imprint.html", "/impressum", minijinja::Value::from(Serde(imprint))),
        value(
            "accessibility",
            "accessibility.html",
            "/barrierefreiheit",
            minijinja::Value::from(Serde(accessibility)),
        ),
    ];
    for status in [400, 404, 405, 413, 414, 429, 500, 503] {
        let context = ErrorContext { status, reference: (status == 500).then(|| "00c0ffee".into()) };
        all.push(value("error", "error.html", "/nirgends", minijinja::Value::from(Serde(context))));
    }
    all.extend(searches(lang));
    all.extend(centres(lang));
    all
}

#[test]
fn every_page_renders_in_every_language_filled_in_or_not() {
    for site in [Site::default(), full_site()] {
        let pages = pages(&site);
        for lang in Lang::ALL {
            for sample in all_samples(lang, &site) {
                let html = rendered(&pages, &sample, lang);
                let name = sample.name;
                assert!(html.contains(&format!("<html lang=\"{lang}\"")), "{name} in {lang}");
                assert_eq!(html.matches("<h1").count(), 1, "{name} in {lang}: one h1");
                for leak in [">none<", "=\"none\"", "undefined", "{{", "{%"] {
                    assert!(!html.contains(leak), "{name} in {lang}: {leak}");
                }
                assert!(
                    html.contains("href=\"https://") || html.contains("/weg"),
                    "{name} in {lang}: quick exit"
                );
            }
        }
    }
}

#[test]
fn every_template_is_covered_by_a_sample_or_included_by_one() {
    let rendered: BTreeSet<_> =
        all_samples(Lang::De, &full_site()).iter().map(|sample| sample.template).collect();
    let templates = crate::web::templates();
    for template in &templates {
        let quoted = format!("\"{}\"", template.name);
        let included = templates.iter().any(|other| other.text.contains(&quoted));
        // Staff pages are rendered behind their guard, by the tests beside them.
        let covered = rendered.contains(template.name.as_str()) || template.name.starts_with("desk/");
        assert!(covered || included, "{}", template.name);
    }
}

#[test]
fn ids_are_unique_and_every_label_and_reference_has_its_target() {
    let site = full_site();
    let pages = pages(&site);
    for sample in all_samples(Lang::De, &site) {
        let html = rendered(&pages, &sample, Lang::De);
        let ids: Vec<_> = super::scan::between(&html, " id=\"", "\"").collect();
        let unique: BTreeSet<_> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len(), "{}: {ids:?}", sample.name);
        for attribute in [" for=\"", " aria-labelledby=\"", " aria-describedby=\"", " href=\"#"] {
            for target in super::scan::between(&html, attribute, "\"").flat_map(str::split_whitespace) {
                assert!(unique.contains(target), "{}: {attribute}{target}", sample.name);
            }
        }
    }
}

#[test]
fn words_of_a_centre_are_marked_as_german_on_english_pages() {
    let site = full_site();
    let pages = pages(&site);
    let samples = all_samples(Lang::En, &site);
    for name in ["search-hits", "centre"] {
        let sample = samples.iter().find(|sample| sample.name == name).unwrap();
        let html = rendered(&pages, sample, Lang::En);
        for own in ["Rat und Tat Freiburg", "Schuldner- und Insolvenzberatung"] {
            let marked = format!("lang=\"de\">{own}");
            assert!(html.contains(&marked), "{name}: {own}");
        }
    }
}

#[test]
fn hostile_words_are_escaped_everywhere() {
    let hostile = "<script>alert(1)</script>\"'&";
    let query =
        SearchQuery { words: hostile.into(), place: hostile.into(), page: 1, ..SearchQuery::default() };
    let pages = pages(&Site::default());
    let resolutions = [
        samples::found().resolution,
        Resolution::Unknown { similar: vec![] },
        Resolution::Ambiguous(vec![samples::place()]),
    ];
    for resolution in resolutions {
        let sample = search("hostile", Lang::De, &query, Some(&Found { resolution, ..samples::found() }));
        let html = rendered(&pages, &sample, Lang::De);
        assert!(!html.contains("<script>alert"), "{html}");
    }
}
