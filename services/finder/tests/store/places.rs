//! The table of places is replaced whole.

use contracts::directory::DirectoryEvent;
use finder::store::{PlaceTable, PlacesChange, StoreError};
use search_index::place::{PlaceRow, Point};
use storekit::testing::Scratch;

use crate::samples::{at, centre, import, store};

fn full(number: u32) -> PlaceRow {
    PlaceRow {
        postcode: format!("{number:05}").parse().unwrap(),
        name: format!("Ort {number}"),
        municipality: Some("08311000".parse().unwrap()),
        district: Some("08311".parse().unwrap()),
        district_name: Some(String::from("Stadtkreis Freiburg")),
        land: Some("08".parse().unwrap()),
        point: Some(Point { lat: 47.9990077, lon: 7.8421043 }),
    }
}

fn bare(number: u32) -> PlaceRow {
    PlaceRow {
        municipality: None,
        district: None,
        district_name: None,
        land: None,
        point: None,
        ..full(number)
    }
}

fn change(id: &str, rows: Vec<PlaceRow>) -> PlacesChange {
    PlacesChange { id: id.to_owned(), rows, notice: format!("© Quelle von {id}"), at: at(5) }
}

async fn a_new_table_replaces_the_old_one_whole(scratch: Scratch) {
    let store = store(&scratch).await;
    let first = change("first", (0..2_500).map(full).collect());
    assert_eq!(store.replace_places(&first).await, Ok(1));
    // the order of the file is kept, a postcode may come several times
    let second = change("second", vec![bare(79_100), full(1_067), bare(79_100)]);
    assert_eq!(store.replace_places(&second).await, Ok(2));
    let expected = PlaceTable { notice: second.notice, at: at(5), rows: second.rows };
    assert_eq!(store.places().await, Ok(Some(expected)));
    let events = store.events_after(0, 10).await.unwrap();
    let kinds: Vec<_> = events.into_iter().map(|event| event.event).collect();
    assert_eq!(kinds, [DirectoryEvent::PlacesReplaced, DirectoryEvent::PlacesReplaced]);
}

async fn new_places_move_the_directory(scratch: Scratch) {
    let store = store(&scratch).await;
    store.replace_places(&change("places", vec![full(1)])).await.unwrap();
    let planned_before = store.apply_import(&import("run", 0, vec![centre(1)])).await;
    assert_eq!(planned_before, Err(StoreError::Conflict { expected: 0, found: 1 }));
}

async fn a_refused_table_leaves_the_old_one(scratch: Scratch) {
    let store = store(&scratch).await;
    store.replace_places(&change("first", vec![full(1)])).await.unwrap();
    let nowhere = PlaceRow { point: Some(Point { lat: 147.0, lon: 7.0 }), ..full(2) };
    let refused = store.replace_places(&change("second", vec![full(3), nowhere])).await.unwrap_err();
    assert!(matches!(refused, StoreError::Refused { .. }), "{refused}");
    assert_eq!(store.places().await.unwrap().unwrap().rows, [full(1)]);
    assert_eq!(store.revision().await, Ok(1));
}

/// Notice and rows are read by two statements; a replacement between them must not mix two tables.
async fn a_reader_never_sees_half_a_table(scratch: Scratch) {
    let store = store(&scratch).await;
    store.replace_places(&change("0", vec![full(0)])).await.unwrap();
    let writer = {
        let store = store.clone();
        tokio::spawn(async move {
            for n in 1..40u32 {
                store.replace_places(&change(&n.to_string(), (0..=n).map(full).collect())).await.unwrap();
            }
        })
    };
    while !writer.is_finished() {
        let table = store.places().await.unwrap().unwrap();
        assert_eq!(table.notice, format!("© Quelle von {}", table.rows.len() - 1));
    }
    writer.await.unwrap();
}

crate::on_both_engines! {
    a_new_table_replaces_the_old_one_whole
    new_places_move_the_directory
    a_refused_table_leaves_the_old_one
    a_reader_never_sees_half_a_table
}
