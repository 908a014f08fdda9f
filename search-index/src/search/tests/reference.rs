//! The engine against the plain reading of its rules.

use contracts::directory::{Area, Centre, Mode};
use proptest::{prelude::*, test_runner::Config};

use super::generated::{centres, places};
use crate::{
    place::Place,
    search::{
        Filters, Request,
        rank::{Around, Filter, Reference},
        testing::{index, postcode_place},
    },
};

const QUERIES: [&str; 16] = [
    "",
    "schulden",
    "Sucht",
    "Beratung",
    "Hilfe",
    "Suchtberatung und Schulden",
    "alkohol räumung pfändung",
    "Schudlen Alkhol",
    "Glücksspiel obdachlos Sozialberatung Schulden Jugendliche",
    "Wohnungsnot",
    "Linde",
    "Haus Caritas SKM",
    "schuldn",
    "Geldsorgen Diakonie",
    "qqqqqqqqqq",
    "Sprechstunde kostenlos",
];

fn filters() -> impl Strategy<Value = Filters> {
    let topic = prop::option::weighted(0.2, prop::sample::select(vec!["debt", "addiction", "social"]));
    let modes = prop_oneof![
        3 => Just(Vec::new()),
        1 => prop::sample::subsequence(Mode::ALL.to_vec(), 1..3),
    ];
    let radius = prop::option::weighted(0.2, 1.0..80.0f64);
    (topic, modes, radius).prop_map(|(topic, modes, radius_km)| Filters {
        topic: topic.map(str::to_owned),
        modes,
        radius_km,
        ..Filters::default()
    })
}

/// Places as they are typed, and one that stretches over many postcodes.
fn anywhere() -> impl Strategy<Value = Vec<Place>> {
    let wide = (0.0..120.0f64).prop_map(|radius_km| {
        let mut place = postcode_place("79100", Some((48.1, 8.0)));
        place.postcodes = (79_000..79_400).map(|number: u32| number.to_string().parse().unwrap()).collect();
        place.radius_km = radius_km;
        vec![place]
    });
    let unknown = Just(vec![postcode_place("99999", None)]);
    prop_oneof![4 => places(), 1 => wide, 1 => unknown]
}

fn agree(centres: &[Centre], searches: &[(&str, Vec<Place>, Filters, usize)]) -> Result<(), TestCaseError> {
    let (_dir, index) = index(centres);
    for (words, places, filters, keep) in searches {
        let units = index.units(words).unwrap();
        let around = Around::all(&index, places).unwrap();
        let filter = Filter::new(&index, filters).unwrap();
        let reference = Reference::new(&index, &units, &around, &filter);
        let mut scratch = index.scratch();
        let near = index.near(&around);
        let ranking = index.ranking(&units, (&around, &near), &filter, *keep, &mut scratch).unwrap();
        index.put_back(scratch);
        prop_assert_eq!(&ranking, &reference.ranking(*keep), "{} {:?} {:?} {}", words, places, filters, keep);
        let request = Request { words, places, filters, offset: 0, limit: *keep };
        let answer = index.search(&request).unwrap();
        prop_assert_eq!(answer.total, ranking.total);
        let other = if units.is_empty() { Vec::new() } else { reference.other_help(10) };
        let shown: Vec<&str> = answer.other_help.iter().map(|hit| hit.card.offer_id.as_str()).collect();
        let all: Vec<&str> = centres.iter().flat_map(|c| &c.offers).map(|offer| offer.id.as_str()).collect();
        let expected: Vec<&str> = other.into_iter().map(|offer| all[offer]).collect();
        prop_assert_eq!(shown, expected, "{} {:?} {:?}", words, places, filters);
    }
    Ok(())
}

proptest! {
    #![proptest_config(Config { cases: 24, failure_persistence: None, max_shrink_iters: 100, ..Config::default() })]

    /// Hundreds of offers, so that sets are many words long and lists are kept in either form.
    #[test]
    fn the_engine_ranks_as_the_rules_say(
        mut centres in centres(1..260),
        nationwide in 0..4usize,
        searches in prop::collection::vec(
            (prop::sample::select(QUERIES.to_vec()), anywhere(), filters(), 0..40usize),
            12,
        ),
    ) {
        for centre in centres.iter_mut().take(nationwide) {
            centre.offers[0].areas = vec![Area::Nationwide];
        }
        agree(&centres, &searches)?;
    }
}
