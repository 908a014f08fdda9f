//! How well duplicates are told from neighbours, on the labelled pairs.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test stops at what it does not expect")]

#[path = "../benches/duplicates/labelled.rs"]
mod labelled;

#[test]
fn proposals_are_right_and_few_duplicates_are_missed() {
    for half in ["tuning", "held-out"] {
        let pairs = labelled::read(half);
        assert!(pairs.pairs.len() >= 100, "{half} has pairs enough to say something");
        let measured = labelled::measure(&pairs);
        println!("{half}: {measured}");
        assert!(measured.precision() >= 0.95, "{half}: {measured}");
        assert!(measured.recall() >= 0.85, "{half}: {measured}");
        assert!(measured.unlabelled.len() <= 3, "{half}: {measured}");
    }
}

#[test]
fn the_labelled_pairs_are_two_records_each_and_both_labels_are_common() {
    for half in ["tuning", "held-out"] {
        let labelled = labelled::read(half);
        assert_eq!(labelled.centres.len(), 2 * labelled.pairs.len());
        let same = labelled.pairs.values().filter(|(same, _)| *same).count();
        assert!((40..=60).contains(&(100 * same / labelled.pairs.len())));
        assert!(labelled.pairs.values().all(|(_, kind)| !kind.is_empty()));
    }
}
