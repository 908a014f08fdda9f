//! A mail tells what is so when it leaves, not what was so when it was queued.

use booking::service::By;
use contracts::directory::Mode;
use jiff::SignedDuration;
use kernel::Lang;
use mailkit::{Author, Intent};

use crate::{
    house::{ASK, House, TALK, at, berta, send_all, start},
    post,
};

const ANNA: &str = "anna@example.org";
const WHEN: &str = "2026-12-03T09:00:00Z";

/// Whether the author would write this mail now.
async fn writes(house: &House, id: &str, version: u32, kind: &str) -> bool {
    let intent = Intent::now(format!("{id}/{version}/{kind}"), kind, id, Lang::En, start());
    house.author().write(&intent).await.unwrap().is_some()
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_sent_after_a_cancellation() {
    let post = post().await;
    let house = &post.house;
    let mailer = house.mailer_to(&post.sink);
    let booked = house.book(TALK, "form", WHEN, Some(ANNA)).await.appointment;
    house.booking.cancel(&booked, By::Seeker, None).await.unwrap();
    assert_eq!(send_all(&mailer).await.sent, 2, "the cancellation, to both");
    house.clock.set(at("2026-12-03T08:00:00Z"));
    assert_eq!(send_all(&mailer).await.tried(), 0, "and no reminder");
    // a worker that had its row already asks as well
    for kind in ["confirmed", "reminder", "centre-confirmed", "moved"] {
        assert!(
            !writes(house, &booked.id, 0, kind).await && !writes(house, &booked.id, 1, kind).await,
            "{kind}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_mail_needs_its_state_and_its_version() {
    let post = post().await;
    let house = &post.house;
    let all = ["requested", "confirmed", "moved", "cancelled", "cancelled-by-centre", "reminder"];
    let told = async |id: &str, version: u32| {
        let mut told = Vec::new();
        for kind in all {
            let to_centre = format!("centre-{kind}");
            let (hers, theirs) = (writes(house, id, version, kind).await, kind != "reminder");
            assert!(!theirs || writes(house, id, version, &to_centre).await == hers, "{kind}");
            if hers {
                told.push(kind);
            }
        }
        told
    };
    let nothing: [&str; 0] = [];
    let asked = house.book(ASK, "form", WHEN, Some(ANNA)).await.appointment;
    assert_eq!(told(&asked.id, 0).await, ["requested", "moved"]);
    assert_eq!(told(&asked.id, 1).await, nothing);
    let bookable = house.bookable(ASK).await;
    let agreed = house.booking.confirm(&bookable, &asked, &berta()).await.unwrap();
    assert_eq!(told(&asked.id, 0).await, nothing);
    assert_eq!(told(&asked.id, 1).await, ["confirmed", "moved", "reminder"]);
    let later = at("2026-12-03T10:00:00Z");
    let moved = house.booking.move_to(&bookable, &agreed, Mode::Chat, later, By::Seeker).await.unwrap();
    assert_eq!(told(&asked.id, 1).await, nothing);
    assert_eq!(told(&asked.id, 2).await, ["confirmed", "moved", "reminder"]);
    house.booking.cancel(&moved, By::Staff(&berta()), None).await.unwrap();
    assert_eq!(told(&asked.id, 2).await, nothing);
    assert_eq!(told(&asked.id, 3).await, ["cancelled", "cancelled-by-centre"]);
    assert_eq!(told("nobody", 0).await, nothing);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_written_once_it_has_begun_or_the_address_is_forgotten() {
    let post = post().await;
    let house = &post.house;
    let booked = house.book(TALK, "form", WHEN, Some(ANNA)).await.appointment;
    let silent = house.book(TALK, "silent", WHEN, None).await.appointment;
    assert!(writes(house, &booked.id, 0, "confirmed").await);
    assert!(
        !writes(house, &silent.id, 0, "confirmed").await
            && writes(house, &silent.id, 0, "centre-confirmed").await
    );
    house.clock.set(at(WHEN));
    for kind in ["confirmed", "reminder", "centre-confirmed"] {
        assert!(!writes(house, &booked.id, 0, kind).await, "{kind}");
    }
    house.clock.set(at(WHEN) + SignedDuration::from_mins(30));
    assert_eq!(house.forget().await.appointments, 2);
    assert!(!writes(house, &booked.id, 0, "confirmed").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kind_nobody_knows_is_a_fault_and_says_nothing() {
    let post = post().await;
    let intent = Intent::now("a/0/newsletter", "newsletter", "a", Lang::De, start());
    let fault = post.house.author().write(&intent).await.unwrap_err();
    assert_eq!(fault.to_string(), "the mail cannot be written: a kind of mail that is not known");
}
