//! What is left of seekers: their every word is searched for in every byte an installation leaves on its disk, in many
//! encodings, before and after everything is forgotten; and everything that looks like a key is tried.
//!
//! `FORGET_PEOPLE=1000 cargo test -p booking --test forget` does it with more people.
#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

mod encodings;
#[path = "../house/mod.rs"]
mod house;
mod packed;
mod people;
mod search;
mod stages;
mod trial;
mod upkeep;

use search::{Findings, SealedCopy};
use trial::Trial;

/// How many people the whole search is done with.
fn people() -> usize {
    std::env::var("FORGET_PEOPLE").ok().and_then(|count| count.parse().ok()).unwrap_or(16)
}

/// What two backups hold together.
fn union(one: &[SealedCopy], other: &[SealedCopy]) -> Vec<SealedCopy> {
    let new = other.iter().filter(|copy| !one.contains(copy));
    one.iter().chain(new).cloned().collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_anybody_is_left() {
    let mut trial = Trial::on_sqlite(people());
    trial.stage("book");
    let booked = trial.backup().await;
    let waiting = people().min(booking::waiting::MOST_ENTRIES as usize);
    assert_eq!(booked.len(), people() * 2 + waiting, "a contact and an address each, and one to wait with");
    let found = trial.search(&booked);
    assert!(found.plain.is_empty(), "{:#?}", found.plain);
    assert_eq!(found.opened, booked.len(), "the search finds keys that are alive");

    trial.stage("change");
    let changed = trial.backup().await;
    let everything = union(&booked, &changed);
    let found = trial.search(&everything);
    assert!(found.plain.is_empty(), "{:#?}", found.plain);
    // of every eight four are moved, handed over or cancelled: what was sealed before opens no more, neither does the
    // address after the last mail
    assert_eq!(found.opened, changed.len());
    assert!(changed.len() < booked.len());
    trial.control_finds_what_was_sent();

    trial.stage("day");
    let found = trial.search(&everything);
    assert!(found.plain.is_empty(), "{:#?}", found.plain);
    // the process ended with its first round: what was due by then is gone, what is due later is all there
    let left = trial.backup().await;
    assert_eq!(found.opened, left.len());
    assert!(left.len() < changed.len());

    trial.stage("end");
    assert_eq!(trial.search(&everything), Findings::default());
    assert_eq!(trial.keys_left(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_of_anybody_is_left_on_postgresql() {
    let mut trial = Trial::on_postgres(8).await;
    let mut everything: Vec<SealedCopy> = Vec::new();
    for stage in ["book", "change"] {
        trial.stage(stage);
        trial.dump(stage).await;
        everything = union(&everything, &trial.backup().await);
        let found = trial.search(&everything);
        assert!(found.plain.is_empty() && found.opened > 0, "{:#?}", found.plain);
    }
    trial.stage("end");
    trial.dump("end").await;
    let found = trial.search(&everything);
    assert!(found.plain.is_empty(), "{:#?}", found.plain);
    assert_eq!((found.opened, trial.keys_left()), (0, 0));
    assert!(trial.search_server().is_empty());
}

/// Runs the program with a fault built in and says what the search finds at its end.
async fn with_fault(fault: &str) -> Findings {
    let mut trial = Trial::on_sqlite(2);
    trial.fault = fault.to_owned();
    trial.stage("book");
    let booked = trial.backup().await;
    trial.stage("end");
    trial.search(&booked)
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_fault_the_short_way_finds_nothing() {
    assert_eq!(with_fault("").await, Findings::default());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_column_in_the_clear_is_caught() {
    assert!(!with_fault("column").await.plain.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_mail_that_waits_with_its_text_is_caught() {
    assert!(!with_fault("outbox").await.plain.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hash_of_an_address_is_caught() {
    assert!(!with_fault("hash").await.plain.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_in_the_log_is_caught() {
    assert!(!with_fault("log").await.plain.is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_that_are_only_unlinked_are_caught() {
    let found = with_fault("unlink").await;
    assert!(found.opened == 6 && found.plain.is_empty(), "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_that_outlive_their_rows_are_caught() {
    let found = with_fault("kept").await;
    assert!(found.opened == 6 && found.sealed == 0 && found.plain.is_empty(), "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_that_is_packed_away_is_caught() {
    let found = with_fault("packed").await;
    assert!(found.plain.iter().any(|found| found.contains("gzip")), "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn forgetting_that_does_not_happen_is_caught() {
    let found = with_fault("never").await;
    assert!(found.opened == 6 && found.sealed == 6, "{found:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_of_the_database_that_is_not_emptied_is_caught() {
    let found = with_fault("reader").await;
    assert!(found.opened == 0 && found.sealed > 0, "{found:?}");
}
