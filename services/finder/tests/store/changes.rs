//! The log of changes: whoever replays it has the directory.

use std::collections::BTreeMap;

use contracts::directory::{Centre, DirectoryEvent};
use storekit::testing::Scratch;

use crate::samples::{at, centre, import, store};

async fn the_log_replayed_is_the_directory(scratch: Scratch) {
    let store = store(&scratch).await;
    store.apply_import(&import("first", 0, (1..=20).map(centre).collect())).await.unwrap();
    let renamed = (5..=8).map(|n| Centre { name: String::from("neu"), ..centre(n) });
    let mut second = import("second", 20, renamed.collect());
    second.removed = (1..=3).map(|n| centre(n).id).collect();
    store.apply_import(&second).await.unwrap();

    let mut copy: BTreeMap<String, Centre> = BTreeMap::new();
    let mut cursor = 0;
    loop {
        let page = store.events_after(cursor, 6).await.unwrap();
        let Some(last) = page.last() else { break };
        let sequences: Vec<i64> = page.iter().map(|event| event.sequence).collect();
        assert_eq!(sequences, (cursor + 1..=last.sequence).collect::<Vec<_>>());
        cursor = last.sequence;
        for envelope in page {
            assert_eq!(envelope.at, at(60));
            match envelope.event {
                DirectoryEvent::CentreSaved { centre } => drop(copy.insert(centre.id.clone(), *centre)),
                DirectoryEvent::CentreRemoved { centre_id } => assert!(copy.remove(&centre_id).is_some()),
                DirectoryEvent::PlacesReplaced => panic!("no places were replaced"),
            }
        }
    }
    assert_eq!(cursor, store.revision().await.unwrap());
    assert_eq!(copy.into_values().collect::<Vec<_>>(), store.centres_after(None, 100).await.unwrap());
}

async fn every_event_has_an_id_of_its_own(scratch: Scratch) {
    let store = store(&scratch).await;
    store.apply_import(&import("first", 0, (1..=5).map(centre).collect())).await.unwrap();
    let changed = (1..=5).map(|n| Centre { name: String::from("neu"), ..centre(n) }).collect();
    store.apply_import(&import("second", 5, changed)).await.unwrap();
    let mut ids: Vec<String> =
        store.events_after(0, 100).await.unwrap().into_iter().map(|event| event.id).collect();
    assert_eq!(ids.len(), 10);
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), 10);
}

crate::on_both_engines! {
    the_log_replayed_is_the_directory
    every_event_has_an_id_of_its_own
}
