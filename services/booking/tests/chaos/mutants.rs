//! Programs with a fault built in: the proof must see it.

use std::path::Path;

use sqlx::{Connection, SqliteConnection};

use crate::{
    child,
    house::{House, TALK, at, sqlite_in, start},
    ledger::Ledger,
    note_until, proof, set_up,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_booking_that_is_acknowledged_too_early_is_caught() {
    let data = tempfile::tempdir().unwrap();
    proof::move_in(data.path()).await;
    let mut ledger = Ledger::default();
    let mut command = set_up(std::process::Command::new(std::env::current_exe().unwrap()), data.path(), 1);
    let early = command.env(child::FAULT, "early").spawn().unwrap();
    note_until(early, &mut ledger, |_, line| line.starts_with("booked "));
    let faults = proof::faults(data.path(), &mut ledger).await;
    assert!(faults.iter().any(|fault| fault.ends_with("is lost")), "{faults:#?}");
}

/// Eight people want the same time of five counsellors, all at once. Answers how many were told that they have it.
async fn crowd(data: &Path) -> (usize, Vec<String>) {
    let house = House::in_folder(data, start()).await;
    let mut ledger = Ledger::default();
    let mut people = Vec::new();
    for number in 0..8 {
        let form = format!("crowd-{number}");
        ledger.note(&format!("booking {form} ."));
        let (booking, bookable) = (house.booking.clone(), house.bookable(TALK).await);
        let wish = child::wish(&form, at("2027-01-06T09:00:00Z"));
        people.push(tokio::spawn(async move { booking.book(&bookable, wish).await.is_ok() }));
    }
    let mut booked = 0;
    for person in people {
        booked += usize::from(person.await.unwrap());
    }
    drop(house);
    (booked, proof::faults(data, &mut ledger).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn claims_that_are_not_unique_are_caught() {
    let data = tempfile::tempdir().unwrap();
    proof::move_in(data.path()).await;
    assert_eq!(
        crowd(data.path()).await,
        (5, Vec::new()),
        "the key of claims lets one in for each counsellor"
    );

    let data = tempfile::tempdir().unwrap();
    proof::move_in(data.path()).await;
    let mut connection = SqliteConnection::connect(&sqlite_in(data.path())).await.unwrap();
    for statement in [
        "CREATE TABLE keyless AS SELECT resource_id, tick, seat, appointment_id, session FROM claim",
        "DROP TABLE claim",
        "ALTER TABLE keyless RENAME TO claim",
    ] {
        sqlx::query(statement).execute(&mut connection).await.unwrap();
    }
    connection.close().await.unwrap();
    let (booked, faults) = crowd(data.path()).await;
    assert!(booked > 5 && faults.iter().any(|fault| fault.contains("overlaps")), "{booked} {faults:#?}");
}
