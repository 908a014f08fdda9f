//! Coming to an open consultation hour: when there is one, what it opens, and how often.

use std::sync::Arc;

use axum::http::{StatusCode, header};
use contracts::{
    booking::OpenDoors,
    talk::{Entry, TalkRole, signing_key},
};
use kernel::{Lang, ServerKey};
use serde_json::json;
use webkit::networks::Per;

use super::{
    guard::limits,
    house::{Answer, House, OFFER, at},
    talk::Closed,
};
use crate::guard::Limits;

const PAGE: &str = "/sprechen/centre";
/// Monday, ten minutes into the hour.
const OPEN: &str = "2026-11-23T13:10:00Z";

/// A centre that can be talked to on Mondays from two to four, and Christmas Day, which is a Friday.
async fn house(limits: Limits) -> House {
    let house = House::open_with(limits).await;
    house.booking().talk_in(Arc::new(Closed::default()));
    let hours = json!([{"day": "monday", "from": "14:00", "to": "16:00"}, {"day": "friday", "from": "10:00", "to": "11:00"}]);
    let holidays = json!({"closed": true, "land": "08"});
    house.set_centre(&json!({"open_hours": hours, "holidays": holidays})).await;
    house
}

fn entry_in(answer: &Answer, prefix: &str, now: &str) -> Entry {
    let way = answer.headers[header::LOCATION].to_str().unwrap();
    let fragment = way.strip_prefix(&format!("{prefix}/gespraech#")).expect("in her language, behind the #");
    let entry = fragment.split_once('~').unwrap().0;
    Entry::read(entry, &signing_key(&ServerKey::new([7; 32])), at(now)).unwrap()
}

#[tokio::test]
async fn while_it_is_open_everybody_gets_a_room_of_her_own_in_the_queue_of_the_centre() {
    let house = house(limits()).await;
    house.clock.set(at(OPEN));
    let mut entries = Vec::new();
    for lang in Lang::ALL {
        let prefix = lang.path_prefix();
        let page = house.get(&format!("{prefix}{PAGE}")).await.expect(StatusCode::OK);
        assert!(page.text.contains(&format!("action=\"{prefix}{PAGE}\"")), "{}", page.text);
        let answer = house.post(&format!("{prefix}{PAGE}"), &[]).await.expect(StatusCode::SEE_OTHER);
        entries.push(entry_in(&answer, prefix, OPEN));
    }
    for entry in &entries {
        assert_eq!(entry.role, TalkRole::Seeker);
        assert_eq!(entry.phone.as_deref(), Some("+4976112345"));
        assert_eq!(entry.queue, entries[0].queue);
        assert!(!entry.queue.as_ref().expect("it waits in the queue").0.contains("centre"));
        assert_eq!(entry.closes, at("2026-11-23T15:30:00Z").as_second(), "half an hour after the end");
    }
    assert_ne!((&entries[0].room, &entries[0].seat), (&entries[1].room, &entries[1].seat));
}

#[tokio::test]
async fn while_it_is_closed_the_page_says_when_it_opens_and_whom_to_call() {
    let house = house(limits()).await;
    for (now, day) in [
        ("2026-11-23T12:59:00Z", "Montag, 23. November 2026"),
        ("2026-11-23T15:00:00Z", "Freitag, 27. November 2026"),
        // Christmas Day is a Friday, and so is New Year's Day
        ("2026-12-25T09:30:00Z", "Montag, 28. Dezember 2026"),
    ] {
        house.clock.set(at(now));
        for answer in [
            house.get(PAGE).await.expect(StatusCode::OK),
            house.post(PAGE, &[]).await.expect(StatusCode::CONFLICT),
        ] {
            assert!(answer.text.contains(day), "{now}: {}", answer.text);
            assert!(answer.text.contains("tel:+4976112345"));
            assert!(!answer.text.contains("method=\"post\""), "there is no way in");
            assert!(!answer.headers.contains_key(header::LOCATION));
        }
        assert_eq!(house.booking().open("centre").await, Ok(None));
    }
}

#[tokio::test]
async fn a_centre_that_is_unknown_or_has_no_hours_has_no_such_page() {
    let house = house(limits()).await;
    house.clock.set(at(OPEN));
    for wrong in ["/sprechen/other", "/sprechen/%00", "/sprechen/%ff", "/sprechen/rat-und-tat"] {
        house.get(wrong).await.expect(StatusCode::NOT_FOUND);
        house.post(wrong, &[]).await.expect(StatusCode::NOT_FOUND);
    }
    assert_eq!(house.booking().open("other").await, Ok(None));
    house.set_centre(&json!({})).await;
    house.get(PAGE).await.expect(StatusCode::NOT_FOUND);
    house.post(PAGE, &[]).await.expect(StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn pages_about_appointments_lead_there_only_while_it_is_open() {
    let house = house(limits()).await;
    for (now, open) in [("2026-11-23T12:59:00Z", false), (OPEN, true), ("2026-11-23T15:00:00Z", false)] {
        house.clock.set(at(now));
        for page in [format!("/termin/{OFFER}"), format!("/termin/{OFFER}/zeiten?art=phone")] {
            let answer = house.get(&page).await.expect(StatusCode::OK);
            assert_eq!(answer.text.contains("href=\"/sprechen/centre\""), open, "{now} {page}");
        }
        assert_eq!(house.booking().open("centre").await.unwrap().is_some(), open);
    }
}

#[tokio::test]
async fn a_network_that_comes_too_often_reads_how_long_to_wait_and_others_still_come() {
    let few = Limits { walk_ins_an_hour: Per { near: 2, wide: 10 }, ..limits() };
    for lang in Lang::ALL {
        let house = house(few.clone()).await;
        house.clock.set(at(OPEN));
        let page = format!("{}{PAGE}", lang.path_prefix());
        for _ in 0..2 {
            house.post_from("203.0.113.77", &page, &[]).await.expect(StatusCode::SEE_OTHER);
        }
        let refused = house.post_from("203.0.113.77", &page, &[]).await.expect(StatusCode::TOO_MANY_REQUESTS);
        assert!(refused.headers.contains_key(header::RETRY_AFTER));
        assert!(refused.text.contains("tel:+4976112345"), "{}", refused.text);
        assert!(refused.text.contains(&format!("action=\"{page}\"")));
        house.post_from("2001:db8:77::1", &page, &[]).await.expect(StatusCode::SEE_OTHER);
    }
}
