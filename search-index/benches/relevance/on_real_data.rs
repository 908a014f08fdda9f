//! Everyday phrasings at random postcodes on real centres: does the first hit do the right thing, and near enough?
//!
//! Grades: the right kind of counselling and responsible 3, within 25 km 2, else among the nearest ten 1.

use contracts::directory::{Area, Centre};
use search_index::{
    place::{Gazetteer, Place, Resolution},
    search::{Filters, IndexBuilder, Lexicon, Request},
};

use crate::{grades::km, metrics::Metrics, real, synthetic::Sequence};

const POSTCODES: usize = 300;
const PHRASINGS: [(&str, &str); 30] = [
    ("schulden", "debt"),
    ("Schuldnerberatung", "debt"),
    ("Schuldnerberatungsstelle", "debt"),
    ("ich bin pleite", "debt"),
    ("Privatinsolvenz", "debt"),
    ("mein Konto ist gepfändet", "debt"),
    ("Inkasso", "debt"),
    ("Schludnerberatung", "debt"),
    ("schuldn", "debt"),
    ("Ueberschuldung", "debt"),
    ("Strom abgestellt", "debt"),
    ("debt", "debt"),
    ("borç", "debt"),
    ("долги", "debt"),
    ("Suchtberatung", "addiction"),
    ("süchtig", "addiction"),
    ("Alkohol", "addiction"),
    ("ich trinke zu viel", "addiction"),
    ("kiffen", "addiction"),
    ("Spielsucht", "addiction"),
    ("zocken", "addiction"),
    ("Drogenberatung", "addiction"),
    ("MPU", "addiction"),
    ("Magersucht", "addiction"),
    ("Suchtbertung", "addiction"),
    ("suchtber", "addiction"),
    ("gambling", "addiction"),
    ("alkolik", "addiction"),
    ("Allgemeine Sozialberatung", "social"),
    ("Hartz 4", "social"),
];

/// Prints the figures; says so where the data is missing.
pub(crate) fn print() {
    let Some(centres) = real::centres() else {
        println!("real centres: SKIPPED, the data is not beside the project");
        return;
    };
    let dir = tempfile::tempdir().expect("a temporary folder");
    let mut builder = IndexBuilder::create(dir.path(), Lexicon::bundled()).expect("a new index");
    for centre in &centres {
        builder.add(centre).expect("room for a centre");
    }
    let index = builder.finish(1).expect("a finished index");
    let gazetteer = Gazetteer::bundled();
    let postcodes: Vec<String> = gazetteer.postcodes().map(|info| info.postcode.to_string()).collect();
    let mut sequence = Sequence::new(41);
    let (mut sum, mut count) = (Metrics::default(), 0.0);
    for _ in 0..POSTCODES {
        let Resolution::Resolved { place, .. } =
            gazetteer.resolve(&postcodes[sequence.below(postcodes.len())])
        else {
            continue;
        };
        for (words, topic) in PHRASINGS {
            let grades = grades(&centres, topic, &place);
            let places = [(*place).clone()];
            let filters = Filters::default();
            let request = Request { words, places: &places, filters: &filters, offset: 0, limit: 10 };
            let answer = index.search(&request).expect("an answer");
            let number = |id: &str| centres.iter().position(|centre| centre.id == id).unwrap_or(usize::MAX);
            let got: Vec<f64> = answer.hits.iter().map(|hit| grades[number(&hit.card.centre_id)]).collect();
            sum = sum.plus(Metrics::of(&got, &grades));
            count += 1.0;
        }
    }
    let mean = sum.over(count);
    println!(
        "real centres ({} centres, {count} queries): nDCG@10 {:.4}, success@1 {:.4}, MRR {:.4}, zero {:.4}",
        centres.len(),
        mean.ndcg,
        mean.success,
        mean.mrr,
        mean.zero
    );
}

fn grades(centres: &[Centre], topic: &str, place: &Place) -> Vec<f64> {
    let right = |centre: &Centre| centre.offers.iter().any(|offer| offer.topics.iter().any(|t| t == topic));
    let mut near: Vec<(f64, usize)> =
        centres.iter().enumerate().filter(|(_, c)| right(c)).map(|(at, c)| (km(c, place), at)).collect();
    near.sort_by(|a, b| a.0.total_cmp(&b.0));
    let nearest: Vec<usize> = near.iter().take(10).map(|&(_, at)| at).collect();
    let responsible = |centre: &Centre| {
        centre.offers.iter().flat_map(|offer| &offer.areas).any(|area| match area {
            Area::Postcodes(range) => place.postcodes.iter().any(|&postcode| range.contains(postcode)),
            _ => false,
        })
    };
    let grade = |(at, centre): (usize, &Centre)| match () {
        () if !right(centre) => 0.0,
        () if responsible(centre) => 3.0,
        () if km(centre, place) <= 25.0 => 2.0,
        () if nearest.contains(&at) => 1.0,
        () => 0.0,
    };
    centres.iter().enumerate().map(grade).collect()
}
