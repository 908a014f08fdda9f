//! Forgetting by clocks that are right, late, early and wrong.

use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use super::appointment::{MONDAY, Receipt, at, book, furnished, keys};
use crate::harness::{Installation, Server};

/// What is due is gone so long after its time at most.
const LIMIT: SignedDuration = SignedDuration::from_secs(60);
/// A round of forgetting comes every half minute; a start does not take so long.
const BEFORE_THE_FIRST_ROUND: Duration = Duration::from_secs(25);
const TWO_ROUNDS: Duration = Duration::from_secs(75);
/// What is written already, another thread reads.
const SOON: Duration = Duration::from_secs(5);
const CLOCK_IS_WRONG: &str = "the clock jumped";

fn seconds(count: i64) -> SignedDuration {
    SignedDuration::from_secs(count)
}

/// Somebody has booked, with a contact and an address: two keys.
fn booked(installation: &Installation, server: &Server) -> Receipt {
    let contact = json!({ "name": "Kim", "phone": "0761 12345" });
    let receipt = book(server, "6f1c0f5e-2a43-4f0e-9a53-0d2e1f3b4c5d", &contact, "kim@example.org");
    assert_eq!(receipt.look(server).status, 200);
    assert_eq!(keys(&installation.data()).len(), 2);
    receipt
}

fn far_away() -> Timestamp {
    at("2099-06-01T12:00:00Z")
}

#[test]
fn an_appointment_is_gone_within_a_minute_of_its_end() {
    let installation = furnished();
    let server = installation.serve();
    let receipt = booked(&installation, &server);
    let clock = installation.clock();
    clock.set(receipt.end - seconds(8));
    assert_eq!(receipt.look(&server).status, 200, "not before its end");
    assert!(!keys(&installation.data()).is_empty(), "what she said opens until then");

    let late = || clock.now().duration_since(receipt.end);
    let (mut keys_late, mut row_late) = (None, None);
    server.wait_until("keys and row are gone", TWO_ROUNDS, || {
        // as often as one network may ask
        std::thread::sleep(Duration::from_millis(200));
        if keys_late.is_none() && keys(&installation.data()).is_empty() {
            keys_late = Some(late());
        }
        if row_late.is_none() {
            let asked = late();
            match receipt.look(&server).status {
                200 => assert!(asked < SignedDuration::ZERO, "it opens after its end"),
                410 => {}
                // nothing is known of this code any more
                401 => row_late = Some(late()),
                other => panic!("{other}"),
            }
        }
        keys_late.is_some() && row_late.is_some()
    });
    let (keys_late, row_late) = (keys_late.unwrap(), row_late.unwrap());
    println!("after the end the keys were gone in {keys_late:#}, the row in {row_late:#}");
    assert!(keys_late >= SignedDuration::ZERO && keys_late <= LIMIT && row_late <= LIMIT);
    clock.set(receipt.end + SignedDuration::from_hours(16));
    let over = receipt.look(&server);
    assert_eq!((over.status, over.json()["type"].as_str()), (410, Some("/api/problems/over")));
}

#[test]
fn a_machine_that_was_off_has_forgotten_before_it_answers() {
    let installation = furnished();
    let server = installation.serve();
    let receipt = booked(&installation, &server);
    drop(server);
    assert_eq!(keys(&installation.data()).len(), 2);
    installation.clock().set(receipt.end + SignedDuration::from_hours(3 * 24));
    let begun = Instant::now();
    let server = installation.serve();
    assert!(keys(&installation.data()).is_empty());
    assert_eq!(receipt.look(&server).status, 410);
    assert!(begun.elapsed() < BEFORE_THE_FIRST_ROUND, "it was not a later round");
    server.wait_until("it is told", SOON, || server.has_logged("forgotten what was due"));
}

#[test]
fn a_clock_that_leaps_to_2099_destroys_nothing() {
    let installation = furnished();
    let server = installation.serve();
    let receipt = booked(&installation, &server);
    let (clock, before) = (installation.clock(), keys(&installation.data()));
    clock.set(far_away());
    server.wait_until("the leap is told", TWO_ROUNDS, || server.has_logged(CLOCK_IS_WRONG));
    assert_eq!(keys(&installation.data()), before);
    assert_eq!(receipt.look(&server).status, 200, "pages do not go by it either");
    clock.set(at(MONDAY) + seconds(60));
    assert_eq!(receipt.look(&server).status, 200, "set right, it opens again");
    drop(server);

    clock.set(far_away());
    let server = installation.serve();
    server
        .wait_until("the wrong clock is told at a start as well", SOON, || server.has_logged(CLOCK_IS_WRONG));
    assert_eq!(keys(&installation.data()), before);
    drop(server);

    clock.set(at(MONDAY) + seconds(120));
    let server = installation.serve();
    assert_eq!(receipt.look(&server).status, 200);
    // what she said and her address open: both are sealed anew for another time, and she is told of it
    let moved = receipt.move_on(&server);
    assert_eq!(moved.status, 200, "{}", moved.body);
    let after = keys(&installation.data());
    assert!(after.len() == 2 && after.iter().all(|key| !before.contains(key)), "{} keys", after.len());
    server.wait_until("a mail to her", Duration::from_secs(20), || {
        server.mails().iter().any(|mail| mail["to"] == "kim@example.org")
    });
    drop(server);

    // an administrator says that it really is that late
    clock.set(far_away());
    installation.succeed(&["clock", "--confirm"]);
    assert_eq!(keys(&installation.data()).len(), 2);
    let server = installation.serve();
    assert!(keys(&installation.data()).is_empty());
    assert_eq!(receipt.look(&server).status, 410);
}

#[test]
fn a_clock_that_is_set_back_by_a_year_delays_nothing() {
    let installation = furnished();
    let server = installation.serve();
    let receipt = booked(&installation, &server);
    drop(server);
    // the last time that was believed lies shortly before the end
    let clock = installation.clock();
    clock.set(receipt.end - seconds(10));
    drop(installation.serve());
    assert!(!keys(&installation.data()).is_empty());
    clock.set(receipt.end - SignedDuration::from_hours(365 * 24));
    let begun = Instant::now();
    let server = installation.serve();
    server.wait_until("the wrong clock is told", SOON, || server.has_logged(CLOCK_IS_WRONG));
    assert!(!keys(&installation.data()).is_empty(), "nor does it hasten anything");
    assert_eq!(receipt.look(&server).status, 200);
    server.wait_until("the keys are gone", TWO_ROUNDS, || keys(&installation.data()).is_empty());
    assert_ne!(receipt.look(&server).status, 200);
    // at most ten seconds were left when the process began
    let late = begun.elapsed().saturating_sub(Duration::from_secs(10));
    println!("a year back, the keys were gone {late:?} after the end by the believed time");
    assert!(late <= Duration::from_secs(60));
}

#[test]
fn a_second_program_on_the_same_data_is_refused_and_says_why() {
    let installation = furnished();
    let server = installation.serve();
    let second = [
        "serve",
        "--listen",
        "127.0.0.1:0",
        "--metrics-listen",
        "127.0.0.1:0",
        "--engine-listen",
        "127.0.0.1:0",
        "--relay-listen",
        "127.0.0.1:0",
    ];
    let refused = installation.run(&second);
    let said = String::from_utf8_lossy(&refused.stderr);
    assert!(!refused.status.success());
    assert!(said.contains("belongs to another running program"), "{said}");
    assert!(!String::from_utf8_lossy(&refused.stdout).contains("listening on"));
    assert_eq!(server.get("/readyz").status, 200, "the first one goes on");
}
