//! Searches people make, on real centres. Skipped with a line where that data is not beside the project.
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test stops where something is wrong, and says when it skips"
)]

#[path = "../benches/real/mod.rs"]
mod real;

use search_index::{
    place::{Gazetteer, Place, Resolution},
    search::{Answer, Filters, IndexBuilder, Lexicon, Request},
};

fn places(text: &str) -> Vec<Place> {
    match Gazetteer::bundled().resolve(text) {
        Resolution::Resolved { place, .. } => vec![*place],
        Resolution::Ambiguous(places) => places,
        Resolution::None | Resolution::Unknown { .. } => Vec::new(),
    }
}

#[test]
fn searches_on_real_centres_answer_sensibly() {
    let Some(centres) = real::centres() else {
        println!("SKIPPED: the real test data is not beside the project");
        return;
    };
    let dir = tempfile::tempdir().unwrap();
    let mut builder = IndexBuilder::create(dir.path(), Lexicon::bundled()).unwrap();
    centres.iter().for_each(|centre| builder.add(centre).unwrap());
    let index = builder.finish(1).unwrap();
    assert!(index.len_centres() > 200, "{}", index.len_centres());
    let ask = |words: &str, places: &[Place]| -> Answer {
        let filters = Filters::default();
        index.search(&Request { words, places, filters: &filters, offset: 0, limit: 10 }).unwrap()
    };
    for (words, place, topic) in [
        ("schulden", "79100", "debt"),
        ("Suchtberatung", "Bonn", "addiction"),
        ("Alkohol", "53359", "addiction"),
        ("Spielsucht", "Osnabrück", "addiction"),
        ("debt", "Konstanz", "debt"),
    ] {
        let places = places(place);
        assert!(!places.is_empty(), "{place}");
        let answer = ask(words, &places);
        let best = answer.hits.first().unwrap_or_else(|| panic!("nothing for {words} in {place}"));
        println!(
            "{words} in {place}: {} ({}), responsible {}, {:.0} km, {} hits, because {:?}",
            best.card.centre_name,
            best.card.address.city,
            best.responsible,
            best.distance_km.unwrap_or(f64::NAN),
            answer.total,
            best.reasons
        );
        assert!(best.card.topics.iter().any(|t| t == topic), "{words} in {place}: {:?}", best.card.topics);
        let responsible_exists = answer.hits.iter().any(|hit| hit.responsible);
        assert_eq!(best.responsible, responsible_exists, "{words} in {place}");
        assert!(best.responsible || best.distance_km.is_some_and(|km| km < 100.0), "{words} in {place}");
    }
}
