use std::collections::BTreeSet;

use contracts::directory::{Area, Contacts, Coordinates, LocationBasis, PostcodeRange};
use jiff::civil::date;
use kernel::Lang;
use search_index::place::Gazetteer;

use super::*;
use crate::demo;

fn topics() -> BTreeSet<String> {
    search_index::search::Lexicon::bundled().topics().iter().map(|topic| topic.id.clone()).collect()
}

fn inspect(centres: &[Centre]) -> Report {
    let topics = topics();
    let measure = Measure { places: &Gazetteer::bundled(), topics: &topics, today: date(2026, 11, 1) };
    let mut inspector = Inspector::new(measure);
    centres.iter().for_each(|centre| inspector.centre(centre));
    inspector.report()
}

/// A centre without a flaw.
fn sound() -> Centre {
    let centre =
        demo::centres(1, 2_000).find(|centre| inspect(std::slice::from_ref(centre)).findings.is_empty());
    centre.expect("the demo directory has sound centres")
}

fn kinds(centres: &[Centre]) -> Vec<Kind> {
    inspect(centres).findings.iter().map(|finding| finding.kind).collect()
}

#[test]
fn every_flaw_is_found_and_named() {
    let range = |first: &str, last: &str| {
        Area::Postcodes(PostcodeRange { first: first.parse().unwrap(), last: last.parse().unwrap() })
    };
    type Harm = (Kind, Box<dyn Fn(&mut Centre)>);
    let harms: Vec<Harm> = vec![
        (
            Kind::NoPhone,
            Box::new(|centre| {
                centre.contacts.phone = None;
                centre.contacts.email = Some("a@example.org".into());
            }),
        ),
        (Kind::NoContact, Box::new(|centre| centre.contacts = Default::default())),
        (Kind::NoCoordinates, Box::new(|centre| centre.coordinates = None)),
        (Kind::NoArea, Box::new(|centre| centre.offers.iter_mut().for_each(|offer| offer.areas.clear()))),
        (Kind::NeverConfirmed, Box::new(|centre| centre.confirmed_on = None)),
        (Kind::ConfirmedLongAgo, Box::new(|centre| centre.confirmed_on = Some(date(2025, 10, 31)))),
        (Kind::UnknownTopic, Box::new(|centre| centre.offers[0].topics.push("gone".into()))),
        (Kind::NoTopic, Box::new(|centre| centre.offers[0].topics.clear())),
        (Kind::UnknownLanguage, Box::new(|centre| centre.languages.push("tlh".into()))),
        (Kind::AreaOfNoPlace, Box::new(move |centre| centre.offers[0].areas = vec![range("00001", "00009")])),
        (
            Kind::AreasOverlap,
            Box::new(move |centre| {
                centre.offers[0].areas = vec![range("79098", "79115"), range("79100", "79100")];
            }),
        ),
        (
            Kind::FarFromPostcode,
            Box::new(|centre| {
                let lat = if centre.coordinates.is_some_and(|point| point.lat > 51.0) { 47.9 } else { 53.5 };
                centre.coordinates = Some(Coordinates { lat, lon: 10.0, basis: LocationBasis::Given });
            }),
        ),
        (Kind::UnknownPostcode, Box::new(|centre| centre.address.postcode = "00001".parse().unwrap())),
    ];
    for (kind, harm) in harms {
        let mut centre = sound();
        harm(&mut centre);
        assert_eq!(kinds(&[centre]), [kind]);
    }
    let mut bare = sound();
    bare.offers.clear();
    assert_eq!(inspect(&[bare]).findings[0].kind, Kind::NoOffer);
}

#[test]
fn the_same_centre_from_two_sources_is_a_duplicate_and_neighbours_are_not() {
    let one = sound();
    let twin = Centre {
        id: "twin".into(),
        source: "other".into(),
        name: format!("Beratungsstelle {}", one.name),
        ..one.clone()
    };
    let report = inspect(&[one.clone(), twin.clone()]);
    assert_eq!(report.findings[0].kind, Kind::Duplicate);
    assert!(report.findings[0].examples[0].detail.contains(&one.name));
    // A neighbour has another name and numbers of its own; one word and one topic in common are not enough.
    let mut neighbour =
        Centre { name: "Ganz etwas anderes".into(), contacts: Contacts::default(), ..twin.clone() };
    neighbour.contacts.phone = Some("09999 1".into());
    let mut elsewhere = Centre { contacts: neighbour.contacts.clone(), ..twin };
    (elsewhere.address.postcode, elsewhere.address.city) = ("99999".parse().unwrap(), "Anderswo".into());
    for other in [neighbour, elsewhere] {
        let found = kinds(&[one.clone(), other]);
        assert!(!found.contains(&Kind::Duplicate), "{found:?}");
    }
}

#[test]
fn the_exit_code_tells_how_bad_it_is() {
    let (mut warning, mut error, mut note) = (sound(), sound(), sound());
    warning.confirmed_on = Some(date(2020, 1, 1));
    error.offers[0].topics.push("gone".into());
    note.confirmed_on = None;
    for (centre, code) in [(sound(), 0), (note, 0), (warning, 1), (error, 2)] {
        assert_eq!(inspect(&[centre]).exit_code(), code);
    }
}

#[test]
fn counts_are_whole_and_examples_few() {
    let many: Vec<_> =
        (0..50).map(|number| Centre { confirmed_on: None, id: number.to_string(), ..sound() }).collect();
    let report = inspect(&many);
    let unconfirmed = report.findings.iter().find(|finding| finding.kind == Kind::NeverConfirmed).unwrap();
    assert_eq!((unconfirmed.count, unconfirmed.examples.len()), (50, EXAMPLES));
}

#[test]
fn every_kind_has_words_in_every_language() {
    for kind in Kind::ALL {
        for lang in Lang::SHIPPED {
            for text in [kind.message(lang), kind.what_to_do(lang)] {
                assert!(!text.starts_with("integrity-") && text.len() > 8, "{lang} {kind:?}: {text}");
            }
        }
        assert_eq!(serde_json::to_value(kind).unwrap(), kind.code());
    }
    let finding = Finding { kind: Kind::NoPhone, severity: Severity::Warning, count: 2, examples: vec![] };
    assert!(finding.message(Lang::De).contains('2'));
}
