//! The real directory of one association, where the folder with it is at hand. Never part of the project.

use std::path::PathBuf;

use super::harness::{Installation, Server};

fn data() -> Option<PathBuf> {
    let folder = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../../shared/data"));
    let there = folder.join("caritas_agencies.tsv").exists();
    if !there {
        println!("SKIPPED: the real directory is not at hand (../shared/data/caritas_agencies.tsv)");
    }
    there.then_some(folder)
}

/// The first hit for words and a place.
fn first(server: &Server, words: &str, place: &str) -> serde_json::Value {
    let answer = server.search(words, place, "");
    assert_eq!(answer["place"]["kind"], "resolved", "{place}: {}", answer["place"]);
    answer["hits"].get(0).cloned().unwrap_or_else(|| panic!("no hit for {words} in {place}"))
}

#[test]
fn every_row_is_imported_or_rejected_with_a_reason_and_searches_answer_sensibly() {
    let Some(folder) = data() else { return };
    let installation = Installation::new();
    let (agencies, ranges) =
        (folder.join("caritas_agencies.tsv"), folder.join("caritas_postcode_ranges.tsv"));
    let summary = installation.succeed(&[
        "import",
        "centres",
        agencies.to_str().unwrap(),
        ranges.to_str().unwrap(),
        "--profile",
        "caritas",
        "--json",
    ]);
    let summary: serde_json::Value = serde_json::from_str(&summary).unwrap();
    let count = |name: &str| summary[name].as_u64().unwrap_or_else(|| panic!("{name} in {summary}"));
    assert!(count("new") > 1_000, "{summary}");
    let rejected: std::collections::BTreeSet<u64> = summary["rejected"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|error| error["file"].as_str().unwrap().contains("agencies"))
        .map(|error| error["row"].as_u64().unwrap())
        .collect();
    assert_eq!(count("new") + rejected.len() as u64, 1_138, "no row is lost silently");

    let server = installation.serve();
    let schulden = first(&server, "schulden", "79100");
    assert_eq!(
        (&schulden["responsible"], &schulden["topics"][0]),
        (&true.into(), &"debt".into()),
        "{schulden}"
    );
    let sucht = first(&server, "Suchtberatung", "Bonn");
    assert_eq!((&sucht["responsible"], &sucht["topics"][0]), (&true.into(), &"addiction".into()), "{sucht}");
    assert_eq!(first(&server, "Alkohol", "53359")["topics"][0], "addiction");
    assert_eq!(first(&server, "Spielsucht", "Osnabrück")["topics"][0], "addiction");
    assert_eq!(first(&server, "debt", "Konstanz")["topics"][0], "debt");
}
