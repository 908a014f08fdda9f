//! Imports: what goes in comes out, whole or not at all, and only one of two wins.

use contracts::directory::Centre;
use finder::store::{RecordState, SourceSummary, StoreError, body_hash};
use storekit::testing::Scratch;

use crate::samples::{SOURCE, at, centre, import, store};

async fn a_centre_comes_back_as_it_was(scratch: Scratch) {
    let store = store(&scratch).await;
    let saved = centre(1);
    assert_eq!(store.apply_import(&import("run", 0, vec![saved.clone()])).await, Ok(1));
    let found = Some(saved.clone());
    assert_eq!(store.centre_by_id(&saved.id).await.unwrap(), found);
    assert_eq!(store.centre_by_slug(&saved.slug).await.unwrap(), found);
    assert_eq!(store.centre_by_external(SOURCE, "A/1").await.unwrap(), found);
    assert_eq!(store.centre_by_external("other", "A/1").await.unwrap(), None);
    assert_eq!(store.centre_by_id("' OR 1=1 --").await.unwrap(), None);
    let keys = store.keys_of_source(SOURCE).await.unwrap();
    assert_eq!(keys.len(), 1);
    assert_eq!(keys[0].body_hash, body_hash(&saved).unwrap());
    assert_eq!((keys[0].slug.as_str(), keys[0].external_id.as_str()), ("beratung-1", "A/1"));
}

async fn an_empty_directory_answers_with_nothing(scratch: Scratch) {
    let store = store(&scratch).await;
    store.ping().await.unwrap();
    assert_eq!(store.revision().await, Ok(0));
    assert_eq!(store.count().await, Ok(0));
    assert_eq!(store.centres_after(None, 10).await, Ok(vec![]));
    assert_eq!(store.keys_of_source(SOURCE).await, Ok(vec![]));
    assert_eq!(store.slugs().await, Ok(vec![]));
    assert_eq!(store.sources().await, Ok(vec![]));
    assert_eq!(store.import_runs(5).await, Ok(vec![]));
    assert_eq!(store.events_after(0, 5).await, Ok(vec![]));
    assert_eq!(store.places().await, Ok(None));
}

async fn a_second_import_changes_adds_and_removes(scratch: Scratch) {
    let store = store(&scratch).await;
    store.apply_import(&import("first", 0, (1..=3).map(centre).collect())).await.unwrap();
    let renamed = Centre { name: String::from("Neuer Name"), ..centre(2) };
    let mut change = import("second", 3, vec![renamed.clone(), centre(4)]);
    change.removed = vec![centre(1).id];
    change.run.applied_at = at(120);
    assert_eq!(store.apply_import(&change).await, Ok(6));
    assert_eq!(store.centres_after(None, 10).await, Ok(vec![renamed, centre(3), centre(4)]));
    assert_eq!(store.slugs().await.unwrap(), ["beratung-1", "beratung-2", "beratung-3", "beratung-4"]);
    let runs = store.import_runs(10).await.unwrap();
    assert_eq!(runs, [change.run.clone(), import("first", 0, (1..=3).map(centre).collect()).run]);
    assert_eq!(store.import_runs(1).await.unwrap(), [change.run]);
    let summary = SourceSummary { source: SOURCE.to_owned(), centres: 3, imported_at: Some(at(120)) };
    assert_eq!(store.sources().await.unwrap(), [summary]);
}

async fn a_record_that_comes_back_is_the_same_centre(scratch: Scratch) {
    let store = store(&scratch).await;
    store.apply_import(&import("first", 0, vec![centre(1)])).await.unwrap();
    let mut gone = import("second", 1, vec![]);
    gone.removed = vec![centre(1).id];
    store.apply_import(&gone).await.unwrap();
    assert_eq!((store.count().await, store.centre_by_slug("beratung-1").await), (Ok(0), Ok(None)));
    let keys = store.keys_of_source(SOURCE).await.unwrap();
    assert!(!keys[0].present && store.sources().await.unwrap()[0].centres == 0);
    // nobody else gets its address meanwhile, and nobody can remove it twice
    let heir = import("third", 2, vec![Centre { slug: centre(1).slug, ..centre(2) }]);
    let refused = store.apply_import(&heir).await.unwrap_err();
    assert!(
        matches!(&refused, StoreError::NotUnique { constraint } if constraint.contains("slug")),
        "{refused}"
    );
    gone.run.id = String::from("fourth");
    gone.expected_revision = 2;
    let refused = store.apply_import(&gone).await.unwrap_err();
    assert_eq!(refused, StoreError::Missing { table: "centre", row: centre(1).id });
    store.apply_import(&import("fifth", 2, vec![centre(1)])).await.unwrap();
    assert_eq!(store.centres_after(None, 10).await, Ok(vec![centre(1)]));
}

async fn a_run_remembers_what_it_did_to_each_record(scratch: Scratch) {
    let store = store(&scratch).await;
    store.apply_import(&import("first", 0, vec![centre(1), centre(2)])).await.unwrap();
    let renamed = Centre { name: String::from("Neuer Name"), ..centre(2) };
    let mut change = import("second", 2, vec![renamed.clone(), centre(3)]);
    change.removed = vec![centre(1).id];
    store.apply_import(&change).await.unwrap();
    let state = |body: &Centre, present| Some(RecordState { body: body.clone(), present });
    let changes = store.import_changes("second", None, 2).await.unwrap();
    let more = store.import_changes("second", Some(&changes[1].external_id), 2).await.unwrap();
    let told: Vec<_> =
        changes.into_iter().chain(more).map(|change| (change.own_id, change.before, change.after)).collect();
    assert_eq!(
        told,
        [
            (centre(1).id, state(&centre(1), true), state(&centre(1), false)),
            (centre(2).id, state(&centre(2), true), state(&renamed, true)),
            (centre(3).id, None, state(&centre(3), true)),
        ]
    );
    assert_eq!(store.import_run("second").await, Ok(Some(change.run)));
    assert_eq!(store.import_run("third").await, Ok(None));
    assert_eq!(store.prune_import_changes(at(60)).await, Ok(0));
    assert_eq!(store.prune_import_changes(at(61)).await, Ok(5));
    assert_eq!(
        (store.import_changes("second", None, 9).await, store.import_runs(9).await.unwrap().len()),
        (Ok(vec![]), 2)
    );
}

async fn ids_are_read_in_pages_by_bytes(scratch: Scratch) {
    let store = store(&scratch).await;
    let ids = ["B", "Z", "a", "b-1", "b_1", "z", "Ä", "ä"];
    let centres =
        (1..=8).rev().zip(ids.iter().rev()).map(|(n, id)| Centre { id: (*id).to_owned(), ..centre(n) });
    store.apply_import(&import("run", 0, centres.collect())).await.unwrap();
    let mut read: Vec<String> = Vec::new();
    loop {
        let page = store.centres_after(read.last().map(String::as_str), 3).await.unwrap();
        assert!(page.len() <= 3);
        if page.is_empty() {
            break;
        }
        read.extend(page.into_iter().map(|centre| centre.id));
    }
    assert_eq!(read, ids);
}

async fn a_moved_directory_refuses_the_import(scratch: Scratch) {
    let store = store(&scratch).await;
    store.apply_import(&import("first", 0, vec![centre(1)])).await.unwrap();
    let late = store.apply_import(&import("late", 0, vec![centre(2)])).await;
    assert_eq!(late, Err(StoreError::Conflict { expected: 0, found: 1 }));
    assert_eq!(store.count().await, Ok(1));
    assert_eq!(store.import_runs(10).await.unwrap().len(), 1);
}

async fn an_import_that_changes_nothing_leaves_only_its_record(scratch: Scratch) {
    let store = store(&scratch).await;
    assert_eq!(store.apply_import(&import("empty", 0, vec![])).await, Ok(0));
    assert_eq!(store.import_runs(10).await.unwrap().len(), 1);
    assert_eq!(store.events_after(0, 10).await, Ok(vec![]));
    let known = SourceSummary { source: SOURCE.to_owned(), centres: 0, imported_at: Some(at(60)) };
    assert_eq!(store.sources().await.unwrap(), [known]);
}

async fn a_taken_slug_takes_everything_back(scratch: Scratch) {
    let store = store(&scratch).await;
    store.apply_import(&import("first", 0, vec![centre(1)])).await.unwrap();
    let mut saved: Vec<Centre> = (2..3_000).map(centre).collect();
    saved.push(Centre { slug: centre(1).slug, ..centre(3_000) });
    let mut change = import("second", 1, saved);
    let refused = store.apply_import(&change).await.unwrap_err();
    assert!(
        matches!(&refused, StoreError::NotUnique { constraint } if constraint.contains("slug")),
        "{refused}"
    );
    assert_eq!((store.count().await, store.revision().await), (Ok(1), Ok(1)));
    assert_eq!(store.events_after(1, 10).await, Ok(vec![]));
    assert_eq!(store.import_runs(10).await.unwrap().len(), 1);
    change.saved.pop();
    assert_eq!(store.apply_import(&change).await, Ok(2_999));
}

async fn a_taken_external_id_is_told(scratch: Scratch) {
    let store = store(&scratch).await;
    store.apply_import(&import("first", 0, vec![centre(1)])).await.unwrap();
    let twin = Centre { external_id: centre(1).external_id, ..centre(2) };
    let refused = store.apply_import(&import("second", 1, vec![twin])).await.unwrap_err();
    assert!(
        matches!(&refused, StoreError::NotUnique { constraint } if constraint.contains("external_id")),
        "{refused}"
    );
}

async fn the_same_run_is_not_applied_twice(scratch: Scratch) {
    let store = store(&scratch).await;
    store.apply_import(&import("run", 0, vec![centre(1)])).await.unwrap();
    let changed = Centre { name: String::from("anders"), ..centre(1) };
    for saved in [vec![changed], vec![]] {
        let again = store.apply_import(&import("run", 1, saved)).await.unwrap_err();
        assert!(matches!(again, StoreError::NotUnique { .. }), "{again}");
    }
    assert_eq!(store.centre_by_id(&centre(1).id).await, Ok(Some(centre(1))));
}

async fn an_id_stays_with_its_record(scratch: Scratch) {
    let store = store(&scratch).await;
    store.apply_import(&import("first", 0, vec![centre(1)])).await.unwrap();
    let other_record = Centre { external_id: String::from("B/9"), ..centre(1) };
    let refused = store.apply_import(&import("second", 1, vec![other_record])).await.unwrap_err();
    assert!(matches!(refused, StoreError::Refused { .. }), "{refused}");
    let mut of_other_source = import("third", 1, vec![Centre { source: String::from("other"), ..centre(1) }]);
    of_other_source.run.source = String::from("other");
    let refused = store.apply_import(&of_other_source).await.unwrap_err();
    assert!(matches!(refused, StoreError::Refused { .. }), "{refused}");
    let mut removal = import("fourth", 1, vec![]);
    removal.run.source = String::from("other");
    removal.removed = vec![centre(1).id];
    let refused = store.apply_import(&removal).await.unwrap_err();
    assert_eq!(refused, StoreError::Missing { table: "centre", row: centre(1).id });
    assert_eq!(store.centres_after(None, 10).await, Ok(vec![centre(1)]));
}

async fn what_makes_no_sense_is_refused(scratch: Scratch) {
    let store = store(&scratch).await;
    let foreign = Centre { source: String::from("other"), ..centre(1) };
    let empty_slug = Centre { slug: String::new(), ..centre(1) };
    for saved in [vec![foreign], vec![centre(1), centre(1)], vec![empty_slug]] {
        let refused = store.apply_import(&import("run", 0, saved)).await.unwrap_err();
        assert!(matches!(refused, StoreError::Refused { .. }), "{refused}");
    }
    assert_eq!((store.count().await, store.revision().await), (Ok(0), Ok(0)));
}

async fn of_imports_at_the_same_time_one_wins(scratch: Scratch) {
    const RIVALS: u32 = 8;
    let store = store(&scratch).await;
    // half of them through connections of their own, as another process would
    let other = crate::samples::store(&scratch).await;
    let rivals: Vec<_> = (0..RIVALS)
        .map(|rival| {
            let store = if rival % 2 == 0 { store.clone() } else { other.clone() };
            let saved = (0..50).map(|n| centre(rival * 100 + n)).collect();
            tokio::spawn(async move { store.apply_import(&import(&format!("run {rival}"), 0, saved)).await })
        })
        .collect();
    let mut won = 0;
    for rival in rivals {
        match rival.await.unwrap() {
            Ok(revision) => {
                assert_eq!(revision, 50);
                won += 1;
            }
            Err(lost) => assert_eq!(lost, StoreError::Conflict { expected: 0, found: 50 }),
        }
    }
    assert_eq!(won, 1);
    assert_eq!((store.count().await, store.revision().await), (Ok(50), Ok(50)));
}

async fn a_reopened_directory_is_the_same(scratch: Scratch) {
    let first = store(&scratch).await;
    first.apply_import(&import("run", 0, vec![centre(1)])).await.unwrap();
    first.close().await;
    assert!(matches!(first.ping().await, Err(StoreError::Unavailable { .. })));
    let second = store(&scratch).await;
    assert_eq!(second.centres_after(None, 10).await, Ok(vec![centre(1)]));
    assert_eq!(second.revision().await, Ok(1));
    assert_eq!(second.apply_import(&import("next", 1, vec![centre(2)])).await, Ok(2));
}

crate::on_both_engines! {
    a_centre_comes_back_as_it_was
    an_empty_directory_answers_with_nothing
    a_second_import_changes_adds_and_removes
    a_record_that_comes_back_is_the_same_centre
    a_run_remembers_what_it_did_to_each_record
    ids_are_read_in_pages_by_bytes
    a_moved_directory_refuses_the_import
    an_import_that_changes_nothing_leaves_only_its_record
    a_taken_slug_takes_everything_back
    a_taken_external_id_is_told
    the_same_run_is_not_applied_twice
    an_id_stays_with_its_record
    what_makes_no_sense_is_refused
    of_imports_at_the_same_time_one_wins
    a_reopened_directory_is_the_same
}
