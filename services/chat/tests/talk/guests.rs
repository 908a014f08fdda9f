//! Links that are good for one browser: who comes first holds them, wherever she asks.

use axum::http::StatusCode;
use contracts::talk::{Entry, Rooms, TalkRole};
use serde_json::{Value, json};

use crate::house::{Browser, House, entry, entry_at, signed};

const FIRST: &str = "the-first-browser-0";
const SECOND: &str = "the-second-browser";

/// A link that can be opened until so many seconds from now.
pub(crate) fn link(room: &str, until: i64) -> Entry {
    let once = entry_at(room, "guest", TalkRole::Guest, until, 3_600).opens;
    Entry { once: Some(once), ..entry(room, "guest", TalkRole::Guest) }
}

/// Comes with a link as this browser; without a name it does not say which it is.
pub(crate) async fn open(house: &House, link: &Entry, holder: Option<&str>) -> Browser {
    let (status, answer) = house.ask(json!({"entry": signed(link), "holder": holder}).to_string()).await;
    assert_eq!(status, StatusCode::CREATED, "{answer}");
    house.come_by(answer["ticket"].as_str().unwrap(), Value::Null).await
}

#[tokio::test]
async fn the_first_browser_holds_a_link_and_a_second_one_hears_that_it_is_used() {
    let house = House::open().await;
    let (mut host, _seeker) = house.conversation("room").await;
    let link = link("room", 1_800);
    assert_eq!(open(&house, &link, None).await.inside["why"], "used");
    let mut guest = open(&house, &link, Some(FIRST)).await;
    assert_eq!((&guest.inside["hear"], &guest.inside["role"]), (&json!("inside"), &json!("guest")));
    assert_eq!(
        open(&house, &link, Some(SECOND)).await.inside,
        json!({"hear": "over", "why": "used", "letter": null})
    );
    guest.say(json!({"say": "knock", "letter": "Z3Vlc3Q="})).await;
    host.until(|heard| heard["letter"] == "Z3Vlc3Q=").await;
    let again = open(&house, &link, Some(FIRST)).await;
    assert_eq!(again.inside["hear"], "inside", "a page that was loaded anew");
    assert_eq!(guest.over().await, "elsewhere");
}

#[tokio::test]
async fn a_link_that_nobody_opened_in_time_or_that_was_withdrawn_opens_nothing() {
    let house = House::open().await;
    assert_eq!(open(&house, &link("late", -1), Some(FIRST)).await.inside["why"], "used");
    let withdrawn = link("room", 1_800);
    let mut guest = open(&house, &withdrawn, Some(FIRST)).await;
    house.chat.revoke(&withdrawn.room, Some(&withdrawn.seat)).await.unwrap();
    assert_eq!(guest.over().await, "revoked");
    let asked = json!({"entry": signed(&withdrawn), "holder": FIRST}).to_string();
    assert_eq!(house.ask(asked).await.0, StatusCode::GONE);
    let host = house.come("room", "host", TalkRole::Host).await;
    assert_eq!(host.inside["hear"], "inside", "nobody else's right ends by it");
}

#[tokio::test]
async fn a_guest_has_no_power_over_the_room() {
    let house = House::open().await;
    let (host, _seeker) = house.conversation("room").await;
    for say in [
        json!({"say": "lock", "locked": true}),
        json!({"say": "end"}),
        json!({"say": "remove", "member": host.member(), "ban": false}),
        json!({"say": "decline", "member": host.member(), "letter": "bGV0dGVy"}),
    ] {
        let mut guest = open(&house, &link("room", 1_800), Some(FIRST)).await;
        guest.say(say).await;
        assert_eq!(guest.over().await, "protocol");
    }
    let mut guest = open(&house, &link("room", 1_800), Some(FIRST)).await;
    guest.say(json!({"say": "send", "n": 1, "kind": "message", "body": "aaaa"})).await;
    guest.until(|heard| heard["why"] == "not_allowed").await;
}

#[tokio::test]
async fn what_no_page_makes_by_chance_is_not_taken_for_a_browser() {
    let house = House::open().await;
    for holder in ["", "geheim", "geheim-geheim-geheim!", &"x".repeat(65)] {
        let asked = json!({"entry": signed(&link("room", 60)), "holder": holder}).to_string();
        let (status, problem) = house.ask(asked).await;
        assert_eq!((status, &problem["pointer"]), (StatusCode::BAD_REQUEST, &json!("/holder")));
        assert!(!problem.to_string().contains("geheim"), "{problem}");
    }
}
