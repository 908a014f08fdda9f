//! What an import does with possible duplicates: it moves records between centres and notes pairs that are not the same,
//! in the transaction of the import.

use contracts::{directory::Centre, staff::Actor};
use finder::store::{Apart, ImportChange, Move, Regroup, Seat, Stamp, StoreError};
use storekit::testing::Scratch;

use crate::samples::{at, centre, import, store};

fn other(number: u32) -> Centre {
    let named = centre(number);
    Centre {
        id: format!("other-{number}"),
        external_id: format!("B/{number}"),
        slug: format!("andere-{number}"),
        offers: Vec::new(),
        ..named
    }
}

fn stamp(id: &str) -> Stamp {
    let actor = Actor { person_id: "anna".into(), name: "Anna".into() };
    Stamp { id: id.to_owned(), actor, at: at(90) }
}

fn seat(centre: &str, priority: i64) -> Seat {
    Seat { centre_id: centre.to_owned(), priority }
}

/// Centre 1 becomes part of the other one.
fn joining() -> Regroup {
    let own_id = centre(1).id;
    let (from, to) = (seat(&own_id, 0), seat(&other(1).id, 1));
    Regroup {
        centre_id: other(1).id,
        centre_name: "Leitet".into(),
        other_name: "Geht auf".into(),
        moves: vec![Move { own_id, from, to }],
    }
}

fn deciding(run: &str, revision: i64, saved: Vec<Centre>) -> ImportChange {
    let apart = vec![Apart::noted(other(1).id, centre(2).id)];
    ImportChange { regrouped: vec![joining()], apart, ..import(run, revision, saved) }
}

async fn an_import_merges_and_keeps_apart_and_remembers_it(scratch: Scratch) {
    let store = store(&scratch).await;
    store.apply_import(&import("before", 0, vec![other(1)])).await.unwrap();
    store.apply_import(&deciding("run", 1, vec![centre(1), centre(2)])).await.unwrap();
    let one = store.centre_by_id(&centre(1).id).await.unwrap().unwrap();
    assert_eq!((one.id.as_str(), store.count().await), ("other-1", Ok(2)));
    assert_eq!(store.centre_by_slug(&centre(1).slug).await.unwrap(), Some(one));
    assert_eq!(store.import_moves("run").await.unwrap(), joining().moves);
    assert_eq!(store.import_aparts("run").await.unwrap(), [Apart::noted(other(1).id, centre(2).id)]);
    let apart = store.kept_apart().await.unwrap();
    assert_eq!((apart.len(), apart[0].at), (1, at(60)));
    let mut said: Vec<String> =
        store.audit_entries(None, 9).await.unwrap().into_iter().map(|entry| entry.action).collect();
    said.sort();
    assert_eq!(said, ["centre.kept-apart", "centre.merged", "import.applied", "import.applied"]);
    // An event for the one centre, none for the record that became part of it.
    let events = store.events_after(1, 9).await.unwrap();
    assert_eq!(events.len(), 2, "{events:?}");

    let back = Regroup { moves: joining().moves.into_iter().map(Move::back).collect(), ..joining() };
    let apart = vec![Apart { noted: false, ..Apart::noted(other(1).id, centre(2).id) }];
    let erased = vec![centre(1).id, centre(2).id];
    let revision = store.revision().await.unwrap();
    let taken_back =
        ImportChange { regrouped: vec![back], apart, erased, ..import("back", revision, Vec::new()) };
    store.apply_import(&taken_back).await.unwrap();
    assert_eq!(store.centres_after(None, 9).await.unwrap(), [other(1)]);
    assert_eq!(store.kept_apart().await.unwrap(), []);

    store.prune_import_changes(at(1_000)).await.unwrap();
    assert_eq!(store.import_moves("run").await.unwrap(), []);
    assert_eq!(store.import_aparts("run").await.unwrap(), []);
}

async fn what_somebody_decided_meanwhile_stops_the_whole_import(scratch: Scratch) {
    let store = store(&scratch).await;
    store.apply_import(&import("before", 0, vec![other(1), centre(1), centre(3)])).await.unwrap();
    store.keep_apart(&centre(1).id, &other(1).id, &stamp("apart")).await.unwrap();
    let conflict = Err(StoreError::Conflict { expected: 3, found: 3 });
    assert_eq!(store.apply_import(&deciding("run", 3, vec![centre(2)])).await, conflict);
    store.forget_apart(&centre(1).id, &other(1).id, &stamp("again")).await.unwrap();
    // A record that sits elsewhere by now is not moved.
    let mut elsewhere = deciding("run", 3, vec![centre(2)]);
    elsewhere.regrouped[0].moves[0].from = seat(&centre(3).id, 1);
    assert_eq!(store.apply_import(&elsewhere).await, conflict);
    assert_eq!((store.count().await, store.revision().await), (Ok(3), Ok(3)));
    assert_eq!(store.import_run("run").await.unwrap(), None, "nothing of it is there");
    assert_eq!(store.kept_apart().await.unwrap(), []);
    store.apply_import(&deciding("run", 3, vec![centre(2)])).await.unwrap();
}

async fn a_pair_that_is_apart_already_is_none_of_the_runs_doing(scratch: Scratch) {
    let store = store(&scratch).await;
    store.apply_import(&import("before", 0, vec![other(1), centre(2)])).await.unwrap();
    store.keep_apart(&centre(2).id, &other(1).id, &stamp("apart")).await.unwrap();
    store.apply_import(&deciding("run", 2, vec![centre(1)])).await.unwrap();
    assert_eq!(store.import_aparts("run").await.unwrap(), []);
    assert_eq!(store.kept_apart().await.unwrap()[0].actor.person_id, "anna");
}

crate::on_both_engines! {
    an_import_merges_and_keeps_apart_and_remembers_it
    what_somebody_decided_meanwhile_stops_the_whole_import
    a_pair_that_is_apart_already_is_none_of_the_runs_doing
}
