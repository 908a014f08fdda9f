//! The real lists, where they are at hand. They are no part of the project.

use std::path::PathBuf;

use contracts::directory::Area;

use super::*;
use crate::import::profile::bundled;

fn data(name: &str) -> Option<InputFile> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data").join(name);
    let file = InputFile::open(&path).ok();
    if file.is_none() {
        println!("SKIPPED: the real list {name} is not at hand");
    }
    file
}

#[test]
fn every_row_of_the_real_list_is_imported_or_rejected_with_a_reason() {
    let (Some(agencies), Some(ranges)) = (data("caritas_agencies.tsv"), data("caritas_postcode_ranges.tsv"))
    else {
        return;
    };
    let reading = read_files(&bundled("caritas").unwrap(), vec![agencies, ranges]).unwrap();
    let rejected: BTreeSet<u64> = reading
        .rejected
        .iter()
        .filter(|error| error.spot.file == "caritas_agencies.tsv")
        .map(|error| error.spot.row)
        .collect();
    assert_eq!(reading.rows_read, 1_138 + 13_610);
    assert_eq!(reading.drafts.len() + rejected.len(), 1_138, "no row is lost without a word");
    assert!(reading.drafts.len() > 1_050, "{} centres", reading.drafts.len());
    for draft in &reading.drafts {
        assert!(draft.body().offers.iter().all(|offer| !offer.topics.is_empty()), "{}", draft.external_id());
    }
    let turned = reading.repaired.iter().filter(|note| note.repair == Repair::RangeTurned).count();
    let count = |code: &str| reading.rejected.iter().filter(|error| error.problem.code() == code).count();
    let codes: BTreeSet<&str> = reading.rejected.iter().map(|error| error.problem.code()).collect();
    println!("{} centres, {} rows rejected, {turned} ranges turned", reading.drafts.len(), rejected.len());
    for code in codes {
        println!("  {code}: {}", count(code));
    }
    let bonn = reading.drafts.iter().find(|draft| draft.external_id() == "0").unwrap().body();
    assert_eq!(bonn.address.city, "Bonn");
    let contains =
        |area: &Area| matches!(area, Area::Postcodes(range) if range.contains("53111".parse().unwrap()));
    assert!(bonn.offers[0].areas.iter().any(contains));
}
