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
    plan(&mut reading(count), "demo", stored, slugs, &PlanOptions::default(), &SeededIds::new(4), &clock)
        .unwrap()
}

fn stored(centres: &[Centre]) -> Vec<StoredKey> {
    let key = |centre: &Centre| StoredKey {
        id: centre.id.clone(),
        centre_id: centre.id.clone(),
        external_id: centre.external_id.clone(),
        slug: centre.slug.clone(),
        body_hash: body_hash(centre).unwrap(),
        present: true,
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
    let changed: Vec<Centre> = again.changed.into_iter().map(|changed| changed.centre).collect();
    assert_eq!(ids(&first.new), ids(&changed));
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
            plan(&mut reading(kept), "demo", &keys, Slugs::default(), &options, &SeededIds::new(4), &clock)
                .unwrap();
        assert_eq!(!plan.refusals.is_empty(), refused, "{kept} of 10");
    }
}

#[test]
fn most_of_a_list_changing_is_stopped_except_in_a_short_list() {
    for (count, refused) in [(19, false), (40, true)] {
        let first = planned(count, &[]);
        let other: Vec<Centre> =
            first.new.iter().map(|centre| Centre { name: "x".into(), ..centre.clone() }).collect();
        let again = planned(count, &stored(&other));
        assert_eq!(again.refusals.is_empty(), !refused, "{count}");
    }
}

#[test]
fn a_withdrawn_record_comes_back_under_its_id_and_is_not_missed_meanwhile() {
    let first = planned(5, &[]);
    let mut keys = stored(&first.new);
    keys[0].present = false;
    let again = planned(5, &keys);
    assert_eq!((again.new.len(), again.unchanged, &again.new[0].id), (1, 4, &first.new[0].id));
    keys.iter_mut().for_each(|key| key.present = false);
    assert!(planned(3, &keys).missing.is_empty());
}
