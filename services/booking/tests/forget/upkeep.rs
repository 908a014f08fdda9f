//! Deleted rows leave the files of the database as well.

use std::{fs, path::Path, time::Duration};

use jiff::{SignedDuration, ToSpan, tz::TimeZone};
use storekit::{Database, testing::Scratch};

use crate::house::{CENTRE, House, TALK, at, start};

fn log_of(data: &Path) -> u64 {
    fs::metadata(data.join("booking.db-wal")).map_or(0, |file| file.len())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_round_empties_the_log_and_one_that_is_being_read_is_tried_again() {
    let data = tempfile::tempdir().unwrap();
    let house = House::in_folder(data.path(), start()).await;
    house.furnish(1).await;
    let booked = house.book(TALK, "form", "2026-12-03T09:00:00Z", Some("anna@example.org")).await.appointment;
    assert!(log_of(data.path()) > 0);
    house.clock.set(booked.span.to);

    let Database::Sqlite(file) = &house.database else { panic!("this is SQLite") };
    let mut reader = file.readers().begin().await.unwrap();
    let seen: i64 =
        sqlx::query_scalar("SELECT count(*) FROM appointment").fetch_one(&mut *reader).await.unwrap();
    assert_eq!(seen, 1);
    let forgotten = house.forget().await;
    assert!(forgotten.appointments == 1 && !forgotten.log_emptied);
    assert!(log_of(data.path()) > 0);

    // somebody is booked meanwhile: the attempt holds nobody up for long
    house.book(TALK, "other", "2026-12-10T09:00:00Z", None).await;
    reader.rollback().await.unwrap();
    let forgotten = house.forget().await;
    assert!(forgotten.appointments == 0 && forgotten.log_emptied);
    assert_eq!(log_of(data.path()), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_ends_within_the_round_does_not_put_it_off() {
    let data = tempfile::tempdir().unwrap();
    let house = House::in_folder(data.path(), start()).await;
    house.furnish(1).await;
    let Database::Sqlite(file) = &house.database else { panic!("this is SQLite") };
    let mut reader = file.readers().begin().await.unwrap();
    let _: i64 = sqlx::query_scalar("SELECT count(*) FROM resource").fetch_one(&mut *reader).await.unwrap();
    house.book(TALK, "form", "2026-12-03T09:00:00Z", None).await;
    let ends = async {
        tokio::time::sleep(Duration::from_millis(300)).await;
        reader.rollback().await.unwrap();
    };
    let (forgotten, ()) = tokio::join!(house.forget(), ends);
    assert!(forgotten.log_emptied);
}

#[tokio::test(flavor = "multi_thread")]
async fn remains_are_cleared_once_a_night_on_both_engines() {
    let data = tempfile::tempdir().unwrap();
    for scratch in [Scratch::sqlite(), Scratch::postgres().await] {
        let folder = data.path().join(if scratch.is_sqlite() { "sqlite" } else { "postgres" });
        let house = House::open(&folder, scratch.address(), at("2026-11-22T22:00:00Z")).await;
        house.furnish(1).await;
        house.book(TALK, "form", "2026-12-03T09:00:00Z", None).await;
        let first = house.booking.clear_remains(None).await.unwrap();
        // an hour and a half after midnight it is the same night still, at three another one
        house.pass(SignedDuration::from_mins(150));
        assert_eq!(house.booking.clear_remains(Some(first)).await.unwrap(), first);
        house.pass(SignedDuration::from_mins(90));
        let second = house.booking.clear_remains(Some(first)).await.unwrap();
        assert_eq!(second, first.tomorrow().unwrap());
        // counts go after 400 days: in the night after the seventh of January a year later
        for (now, left) in [("2028-01-07T12:00:00Z", 1), ("2028-01-08T12:00:00Z", 0)] {
            house.clock.set(at(now));
            house.booking.clear_remains(None).await.unwrap();
            let (from, to) = (at(now).to_zoned(TimeZone::UTC).date().saturating_sub(800.days()), first);
            let counts = house.booking.store().tally(CENTRE, from, to.saturating_add(60.days())).await;
            assert_eq!(counts.unwrap().len(), left, "{now}");
        }
    }
}
