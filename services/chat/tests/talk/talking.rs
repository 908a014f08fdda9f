//! People who talk, whose networks break, and whose server goes away.

use std::{sync::Arc, time::Duration};

use axum::http::StatusCode;
use chat::{Limits, room};
use contracts::talk::{RoomId, Rooms, TalkRole};
use jiff::SignedDuration;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::house::{House, entry, signed};

#[tokio::test]
async fn two_people_exchange_what_only_they_can_read() {
    let house = House::open().await;
    let (mut host, mut seeker) = house.conversation("room").await;
    let mut guest = house.come("room", "guest", TalkRole::Guest).await;
    for n in 1..=3 {
        seeker.write(n, &format!("c2Vla2VyLT{n}=")).await;
        host.write(n + 1, &format!("aG9zdC0t{n}A==")).await;
    }
    assert_eq!(host.messages(3).await, ["c2Vla2VyLT1=", "c2Vla2VyLT2=", "c2Vla2VyLT3="]);
    assert_eq!(seeker.messages(3).await, ["aG9zdC0t1A==", "aG9zdC0t2A==", "aG9zdC0t3A=="]);
    let letter = json!({"say": "send", "n": 5, "to": guest.member(), "kind": "letter", "body": "d2FpdA=="});
    host.say(letter).await;
    assert_eq!(guest.messages(1).await, ["d2FpdA=="], "who waits gets her letter, and nothing of the group");
    assert_eq!(guest.inside["people"].as_array().unwrap().len(), 2, "who waits sees the host and herself");
}

#[tokio::test]
async fn a_cut_socket_loses_nothing_in_either_direction() {
    let house = House::open().await;
    let (mut host, mut seeker) = house.conversation("room").await;
    seeker.write(1, "MQ==").await;
    assert_eq!(host.messages(1).await, ["MQ=="]);
    let resume = seeker.break_off();
    for (n, body) in [(2, "YQ=="), (3, "Yg=="), (4, "Yw==")] {
        host.write(n, body).await;
    }
    host.until(|heard| heard["hear"] == "taken" && heard["n"] == 4).await;
    let mut seeker = house.come_with(&entry("room", "seeker", TalkRole::Seeker), resume).await;
    assert_eq!((&seeker.inside["resumed"], &seeker.inside["taken"]), (&json!(true), &json!(1)));
    seeker.write(1, "MQ==").await;
    seeker.write(2, "Mg==").await;
    assert_eq!(seeker.messages(3).await, ["YQ==", "Yg==", "Yw=="]);
    assert_eq!(host.messages(1).await, ["Mg=="], "what was said twice is heard once");
    let resume = seeker.break_off();
    let mut seeker = house.come_with(&entry("room", "seeker", TalkRole::Seeker), resume).await;
    host.write(5, "ZA==").await;
    assert_eq!(seeker.messages(1).await, ["ZA=="], "what had arrived does not come again");
}

#[tokio::test]
async fn a_reload_takes_the_place_of_the_older_page() {
    let house = House::open().await;
    let (mut host, mut seeker) = house.conversation("room").await;
    let (member, again) = (seeker.member(), house.come("room", "seeker", TalkRole::Seeker).await);
    assert_eq!(seeker.over().await, "elsewhere");
    assert_eq!(host.until(|heard| heard["hear"] == "gone").await["member"], member);
    assert_eq!(again.inside["resumed"], false);
    let known = host.until(|heard| heard["member"] == again.member()).await;
    assert_eq!((&known["known"], &known["standing"]), (&json!(true), &json!("waiting")));
    let forged = json!({"member": host.member(), "secret": again.inside["secret"], "seen": 0});
    let other = house.come_with(&entry("room", "host", TalkRole::Host), forged).await;
    assert_eq!(other.inside["resumed"], false, "nobody goes on as somebody without her proof");
}

#[tokio::test]
async fn who_does_not_read_makes_others_wait_and_loses_nothing() {
    let limits = room::Limits { things: 40, ahead_things: 4, ..room::Limits::default() };
    let house = House::with_room(limits).await;
    let (mut host, mut seeker) = house.conversation("room").await;
    let body = |n: u32| format!("{n:08}").repeat(1_000);
    for n in 2..=60 {
        host.write(n, &body(n)).await;
    }
    let full = host.until(|heard| heard["hear"] == "full").await["n"].as_u64().unwrap();
    assert!((30..=42).contains(&full), "{full}: as much as the ring holds was taken");
    let news = house.chat.news(&[RoomId("room".into())]).await.unwrap();
    assert_eq!(news[&RoomId("room".into())].inside, 2);
    let mut next = 2;
    let mut is_sent_again = false;
    while next <= 60 {
        assert_eq!(seeker.messages(1).await, [body(next)], "each once, in order");
        next += 1;
        let seen = seeker.seen;
        seeker.say(json!({"say": "seen", "upto": seen})).await;
        if !is_sent_again && next > 30 {
            host.until(|heard| heard["hear"] == "space").await;
            for n in u32::try_from(full).unwrap()..=60 {
                host.write(n, &body(n)).await;
            }
            is_sent_again = true;
        }
    }
}

#[tokio::test]
async fn while_memory_is_short_rooms_take_one_thing_at_a_time() {
    let house = House::with(Limits { all_bytes: 1_000, ..Limits::default() }).await;
    let (mut host, mut seeker) = house.conversation("room").await;
    let seen = seeker.seen;
    seeker.say(json!({"say": "seen", "upto": seen})).await;
    for (n, answer) in [(2, "taken"), (3, "full")] {
        host.write(n, &"A".repeat(2_000)).await;
        host.until(|heard| heard["hear"] == answer && heard["n"] == n).await;
    }
    let (mut other, _) = house.conversation("other").await;
    other.until(|heard| heard["hear"] == "person" && heard["standing"] == "inside").await;
    seeker.messages(1).await;
    let seen = seeker.seen;
    seeker.say(json!({"say": "seen", "upto": seen})).await;
    host.until(|heard| heard["hear"] == "space").await;
    host.write(3, "Mw==").await;
    assert_eq!(seeker.messages(1).await, ["Mw=="]);
}

#[tokio::test]
async fn a_large_file_passes_without_a_break() {
    let house = House::open().await;
    let (mut host, mut seeker) = house.conversation("room").await;
    let part = "A".repeat(90_000);
    let sending = tokio::spawn(async move {
        // a few parts ahead, as pages do it
        for n in 2..=52 {
            host.say(json!({"say": "send", "n": n, "kind": "part", "body": part})).await;
            let taken = n - 5;
            if taken >= 2 {
                host.until(|heard| heard["hear"] == "taken" && heard["n"] == taken).await;
            }
        }
        host
    });
    for _ in 2..=52 {
        assert_eq!(seeker.messages(1).await[0].len(), 90_000);
        let seen = seeker.seen;
        seeker.say(json!({"say": "seen", "upto": seen})).await;
    }
    sending.await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_comes_while_a_room_is_forgotten_finds_one() {
    let empty = SignedDuration::from_millis(1);
    let house = Arc::new(House::with_room(room::Limits { empty, ..room::Limits::default() }).await);
    let mut people = JoinSet::new();
    for who in 0..8 {
        let house = house.clone();
        people.spawn(async move {
            let mut numbers = Vec::new();
            for _ in 0..30 {
                let mut seeker =
                    house.come(&format!("room-{}", who % 4), &who.to_string(), TalkRole::Guest).await;
                numbers.push(seeker.member());
                seeker.say(json!({"say": "leave"})).await;
                assert_eq!(seeker.over().await, "left");
                tokio::time::sleep(Duration::from_millis(who * 3)).await;
            }
            numbers
        });
    }
    let numbers: Vec<u64> = people.join_all().await.concat();
    let rooms = numbers.iter().filter(|number| **number == 1).count();
    assert!(rooms > 4, "{rooms}: a room that nobody is in was never forgotten");
}

#[tokio::test]
async fn a_server_that_goes_away_says_so() {
    let house = House::open().await;
    let (mut host, mut seeker) = house.conversation("room").await;
    let mut other = house.come("other", "seeker", TalkRole::Seeker).await;
    let unused = house.ticket(&entry("room", "guest", TalkRole::Guest)).await;
    let chat = house.chat.clone();
    let down = tokio::spawn(async move { chat.shut_down().await });
    for browser in [&mut host, &mut seeker, &mut other] {
        assert_eq!(browser.over().await, "restart");
    }
    down.await.unwrap();
    assert_eq!(house.chat.sockets(), 0);
    let (status, _) =
        house.ask(json!({"entry": signed(&entry("room", "seeker", TalkRole::Seeker))}).to_string()).await;
    assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE);
    let mut late = house.open_socket().await;
    late.say(json!({"say": "hello", "version": 1, "ticket": unused})).await;
    assert_eq!(late.over().await, "restart");
}

#[tokio::test]
async fn a_cancelled_appointment_closes_its_room() {
    let house = House::open().await;
    let (mut host, mut seeker) = house.conversation("room").await;
    let unused = house.ticket(&entry("room", "guest", TalkRole::Guest)).await;
    house.chat.revoke(&RoomId("room".into()), None).await.unwrap();
    assert_eq!((host.over().await, seeker.over().await), ("revoked".into(), "revoked".into()));
    let right = signed(&entry("room", "seeker", TalkRole::Seeker));
    let (status, problem) = house.ask(json!({"entry": right}).to_string()).await;
    assert_eq!((status, &problem["type"]), (StatusCode::GONE, &json!("/api/problems/appointment-changed")));
    let mut late = house.open_socket().await;
    late.say(json!({"say": "hello", "version": 1, "ticket": unused})).await;
    assert_eq!(late.over().await, "revoked");
    house.conversation("another").await;
}

#[tokio::test]
async fn a_counsellor_sees_that_somebody_waits() {
    let house = House::open().await;
    let room = RoomId("room".into());
    let rooms = [room.clone(), RoomId("empty".into())];
    assert!(house.chat.news(&rooms).await.unwrap().is_empty());
    let mut host = house.come("room", "host", TalkRole::Host).await;
    let mut seeker = house.come("room", "seeker", TalkRole::Seeker).await;
    assert_eq!(house.chat.news(&rooms).await.unwrap()[&room].waiting, 0, "she has not knocked yet");
    seeker.say(json!({"say": "knock", "letter": "bGV0dGVy"})).await;
    host.until(|heard| heard["letter"] == "bGV0dGVy").await;
    let news = house.chat.news(&rooms).await.unwrap();
    assert_eq!((news.len(), news[&room].waiting, news[&room].inside), (1, 1, 0));
    assert!(news[&room].waiting_since.is_some());
    let words = json!({"say": "decline", "member": seeker.member(), "letter": "c29ycnk="});
    host.say(words).await;
    let over: Value = seeker.until(|heard| heard["hear"] == "over").await;
    assert_eq!((&over["why"], &over["letter"]), (&json!("declined"), &json!("c29ycnk=")));
}
