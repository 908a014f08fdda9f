use kernel::{FixedClock, SeededIds};

use super::*;
use crate::demo;

fn reading(count: usize) -> Reading {
    let drafts = demo::centres(1, count).map(|centre| {
        let mut draft = CentreDraft::new("a.csv", 2, centre.clone());
        centre.offers.iter().for_each(|offer| {
            draft.add(&offer.name, contracts::directory::Offer { id: String::new(), ..offer.clone() })
        });
        draft
    });
    Reading { drafts: drafts.collect(), rows_read: count as u64, ..Reading::default() }
}

fn planned(count: usize, stored: &[StoredKey]) -> Plan {
    let clock = FixedClock::at("2026-11-22T08:00:00Z".parse().unwrap());
    let slugs = Slugs::new(stored.iter().map(|key| key.slug.clone()));
    plan(&mut reading(count), "demo", stored, slugs, PlanOptions::default(), &SeededIds::new(4), &clock)
        .unwrap()
}

fn stored(centres: &[Centre]) -> Vec<StoredKey> {
    let key = |centre: &Centre| StoredKey {
        id: centre.id.clone(),
        external_id: centre.external_id.clone(),
        slug: centre.slug.clone(),
        body_hash: body_hash(centre).unwrap(),
    };
    centres.iter().map(key).collect()
}

#[test]
fn a_plan_on_its_own_outcome_is_empty() {
    let first = planned(60, &[]);
    assert_eq!((first.new.len(), first.changes_anything()), (60, true));
    let second = planned(60, &stored(&first.new));
    assert_eq!((second.unchanged, second.changes_anything(), second.missing.len()), (60, false, 0));
}

#[test]
fn offers_keep_their_ids_and_no_two_share_one() {
    let first = planned(60, &[]);
    let again = planned(
        60,
        &stored(
            &first.new.iter().map(|centre| Centre { name: "x".into(), ..centre.clone() }).collect::<Vec<_>>(),
        ),
    );
    assert_eq!(again.changed.len(), 60);
    let ids = |centres: &[Centre]| {
        centres.iter().flat_map(|centre| &centre.offers).map(|offer| offer.id.clone()).collect::<Vec<_>>()
    };
    assert_eq!(ids(&first.new), ids(&again.changed));
    let unique: std::collections::HashSet<_> = ids(&first.new).into_iter().collect();
    assert_eq!(unique.len(), ids(&first.new).len());
}

#[test]
fn losses_within_the_threshold_are_no_refusal() {
    let first = planned(10, &[]);
    let keys = stored(&first.new);
    let clock = FixedClock::at("2026-11-22T08:00:00Z".parse().unwrap());
    for (kept, refused) in [(8, false), (7, true)] {
        let options = PlanOptions { withdraw_missing: true, ..PlanOptions::default() };
        let plan =
            plan(&mut reading(kept), "demo", &keys, Slugs::default(), options, &SeededIds::new(4), &clock)
                .unwrap();
        assert_eq!(!plan.refusals.is_empty(), refused, "{kept} of 10");
    }
}
