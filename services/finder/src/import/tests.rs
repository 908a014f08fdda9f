use std::collections::BTreeSet;

use contracts::directory::Centre;
use search_index::{place::Gazetteer, search::Lexicon};

use super::*;

mod formats;
mod history;
mod hostile;
mod real;
mod round_trip;
mod stored;

/// The topics there are.
fn topics() -> BTreeSet<String> {
    Lexicon::bundled().topics().iter().map(|topic| topic.id.clone()).collect()
}

/// Reads files given as (name, content).
fn read_texts(profile: &Profile, files: &[(&str, &str)]) -> Result<Reading, ReadError> {
    let files =
        files.iter().map(|(name, text)| InputFile::from_bytes(*name, text.as_bytes().to_vec())).collect();
    read_here(profile, files)
}

/// Reads files in this process.
fn read_here(profile: &Profile, files: Vec<InputFile>) -> Result<Reading, ReadError> {
    let (places, topics, limits) = (Gazetteer::bundled(), topics(), Limits::default());
    let around = Surroundings { places: &places, topics: &topics, child: None, limits: &limits };
    read(files, profile, &around, &Silent)
}

/// Reads files in the limited process.
fn read_files(profile: &Profile, files: Vec<InputFile>) -> Result<Reading, ReadError> {
    let (places, topics, limits) = (Gazetteer::bundled(), topics(), Limits::default());
    let child = xlsx::test_reader();
    let around = Surroundings { places: &places, topics: &topics, child: Some(&child), limits: &limits };
    read(files, profile, &around, &Silent)
}

/// A profile for small tables: id, name, plz, ort and whatever else the columns say.
fn small(fields: &str, offer: &str) -> Profile {
    let text = format!(
        "title = 'T'\nsource = 'test'\nformat = 'table'\n[centre]\nexternal_id = 'id'\nname = 'name'\npostcode = 'plz'\ncity = 'ort'\n{fields}\n[[offer]]\nname = {{ value = 'Beratung' }}\n{offer}\n"
    );
    Profile::parse("small", &text).unwrap()
}

fn problems(reading: &Reading) -> Vec<(u64, &str, &str)> {
    reading
        .rejected
        .iter()
        .map(|error| (error.spot.row, error.spot.column.as_str(), error.problem.code()))
        .collect()
}

fn repairs(reading: &Reading) -> Vec<(u64, &str, &str)> {
    reading
        .repaired
        .iter()
        .map(|note| (note.spot.row, note.spot.column.as_str(), note.repair.code()))
        .collect()
}

/// The record without what an import gives anew.
fn bare(centre: &Centre) -> Centre {
    let mut centre = centre.clone();
    centre.id.clear();
    centre.slug.clear();
    centre.source.clear();
    centre.offers.iter_mut().for_each(|offer| offer.id.clear());
    centre
}

#[test]
fn profiles_and_the_demo_directory_name_topics_that_exist() {
    let known = topics();
    let of_profiles = profile::BUNDLED.iter().flat_map(|(name, _)| {
        let profile = profile::bundled(name).unwrap();
        let constants =
            profile.offer.into_iter().filter_map(|offer| offer.topics).flat_map(|pick| pick.values);
        let mapped =
            profile.maps.into_iter().filter(|(map, _)| map == "topic").flat_map(|(_, map)| map.into_values());
        let mapped: Vec<String> = mapped.flat_map(|topics| field::text::list(&topics, ";")).collect();
        constants.chain(mapped)
    });
    let of_demo =
        crate::demo::centres(1, 2_000).flat_map(|centre| centre.offers).flat_map(|offer| offer.topics);
    for topic in of_profiles.chain(of_demo) {
        assert!(known.contains(&topic), "{topic}");
    }
}
