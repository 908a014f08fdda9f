//! How many districts and municipalities of a postcode the bundled table knows, measured against another source.

use std::collections::{BTreeMap, BTreeSet};

use super::*;

/// Precision and recall over all pairs of a postcode and a key.
fn measure(
    ours: &BTreeMap<String, BTreeSet<String>>,
    theirs: &BTreeMap<String, BTreeSet<String>>,
) -> (f64, f64) {
    let (mut both, mut only_ours, mut only_theirs) = (0_u32, 0_u32, 0_u32);
    let count = |n: usize| u32::try_from(n).unwrap();
    for (postcode, theirs) in theirs {
        let Some(ours) = ours.get(postcode) else { continue };
        both += count(ours.intersection(theirs).count());
        only_ours += count(ours.difference(theirs).count());
        only_theirs += count(theirs.difference(ours).count());
    }
    (f64::from(both) / f64::from(both + only_ours), f64::from(both) / f64::from(both + only_theirs))
}

#[test]
fn a_postcode_knows_its_districts_and_municipalities() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared/data/plz_ags_osm_2022.tsv");
    let Ok(table) = std::fs::read_to_string(path) else {
        println!("SKIPPED: the comparison table plz_ags_osm_2022.tsv is not here");
        return;
    };
    let (mut districts, mut municipalities) =
        (BTreeMap::<_, BTreeSet<_>>::new(), BTreeMap::<_, BTreeSet<_>>::new());
    for line in table.lines().skip(1) {
        let (postcode, key) = line.split('\t').next().zip(line.split('\t').nth(1)).unwrap();
        districts.entry(postcode.to_owned()).or_default().insert(key[..5].to_owned());
        municipalities.entry(postcode.to_owned()).or_default().insert(key.to_owned());
    }
    // The other table is younger: keys that were replaced since count as their successors.
    let replaced = ["03152", "03156", "16056"];
    let ours = |pick: fn(&super::super::PostcodeInfo) -> Vec<String>| -> BTreeMap<String, BTreeSet<String>> {
        let current = |info| pick(info).into_iter().filter(|key| !replaced.contains(&&key[..5])).collect();
        Gazetteer::bundled().postcodes().map(|info| (info.postcode.to_string(), current(info))).collect()
    };
    let (precision, recall) = measure(&ours(|info| keys(&info.districts)), &districts);
    println!("districts: precision {precision:.4}, recall {recall:.4}");
    assert!(precision > 0.997 && recall > 0.985, "districts: precision {precision:.4}, recall {recall:.4}");
    let (precision, recall) = measure(&ours(|info| keys(&info.municipalities)), &municipalities);
    println!("municipalities: precision {precision:.4}, recall {recall:.4}");
    assert!(
        precision > 0.97 && recall > 0.60,
        "municipalities: precision {precision:.4}, recall {recall:.4}"
    );
}

#[test]
fn a_postcode_on_a_border_expands_to_all_it_lies_in() {
    for (postcode, lands) in [
        ("12529", &["11", "12"][..]),
        ("22113", &["01", "02"]),
        ("69412", &["06", "08"]),
        ("89081", &["08", "09"]),
    ] {
        assert_eq!(keys(&place(postcode).lands), lands, "{postcode}");
    }
    assert_eq!(keys(&place("19273").municipalities), ["03355009", "03355049"]);
    assert_eq!(keys(&place("19273").districts), ["03355", "13076"]);
    assert!(place("54636").name.ends_with('…'));
}

#[test]
fn keys_before_and_after_a_reform_stand_side_by_side() {
    assert_eq!(keys(&place("Göttingen").districts), ["03152", "03159"]);
    assert_eq!(keys(&place("37073").districts), ["03152", "03159"]);
    assert_eq!(keys(&place("99817").districts), ["16056", "16063"]);
    assert_eq!(keys(&place("99817").municipalities), ["16056000", "16063105"]);
}
