//! What is refused, and how.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use chat::{Limits, Patience};
use contracts::talk::{Entry, TalkRole};
use serde_json::{Value, json};
use tokio_tungstenite::tungstenite::{Error, Message};
use tower::ServiceExt;

use crate::house::{House, entry, entry_at, signed};

#[tokio::test]
async fn a_ticket_opens_one_socket() {
    let house = House::open().await;
    let ticket = house.ticket(&entry("room", "seeker", TalkRole::Seeker)).await;
    let hello = json!({"say": "hello", "version": 1, "ticket": ticket});
    let mut first = house.open_socket().await;
    first.say(hello.clone()).await;
    assert_eq!(first.next().await["hear"], "inside");
    let mut second = house.open_socket().await;
    second.say(hello).await;
    assert_eq!(second.over().await, "ticket");
    first.say(json!({"say": "beat"})).await;
    assert_eq!(first.next().await, json!({"hear": "beat"}), "the one who is in stays");
}

#[tokio::test]
async fn a_right_that_opens_nothing_is_explained_and_not_repeated() {
    let house = House::open().await;
    let right = |entry: &Entry| json!({"entry": signed(entry)}).to_string();
    let seeker = |opens, closes| entry_at("room", "seeker", TalkRole::Seeker, opens, closes);
    let good = right(&seeker(-60, 60));
    for (body, status, kind) in [
        (good.replace("\"}", "x\"}"), StatusCode::FORBIDDEN, "forged-entry"),
        (json!({"entry": "geheim"}).to_string(), StatusCode::FORBIDDEN, "forged-entry"),
        (right(&seeker(60, 120)), StatusCode::TOO_EARLY, "room-not-open"),
        (right(&seeker(-120, -60)), StatusCode::GONE, "room-closed"),
        (json!({"entry": "geheim", "more": 1}).to_string(), StatusCode::BAD_REQUEST, "bad-body"),
        (String::from("geheim"), StatusCode::BAD_REQUEST, "bad-body"),
        ("geheim".repeat(1_000), StatusCode::PAYLOAD_TOO_LARGE, "payload-too-large"),
    ] {
        let (answered, problem) = house.ask(body).await;
        assert_eq!((answered, &problem["type"]), (status, &json!(format!("/api/problems/{kind}"))));
        assert!(!problem.to_string().contains("geheim"), "{problem}");
    }
    assert_eq!(house.ask(good).await.0, StatusCode::CREATED);
}

#[tokio::test]
async fn only_pages_of_this_site_open_sockets() {
    let house = House::open().await;
    assert!(house.socket("https://hilfe.example", None).await.is_ok());
    for origin in ["https://evil.example", "null", "https://hilfe.example.evil.example"] {
        let Err(Error::Http(answer)) = house.socket(origin, None).await else { panic!("{origin} is let in") };
        assert_eq!(answer.status(), StatusCode::FORBIDDEN.as_u16());
    }
    let request = Request::get("/api/v1/talk/socket").header(header::ORIGIN, "https://hilfe.example");
    let answer = house.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
    assert_eq!(answer.status(), StatusCode::UPGRADE_REQUIRED);
}

#[tokio::test]
async fn a_network_has_only_so_many_sockets() {
    let house = House::open().await;
    let here = Some("192.0.2.7");
    let mut open = Vec::new();
    for _ in 0..3 {
        open.push(house.socket("https://hilfe.example", here).await.unwrap());
    }
    let Err(Error::Http(answer)) = house.socket("https://hilfe.example", here).await else {
        panic!("one more")
    };
    assert_eq!(answer.status(), StatusCode::TOO_MANY_REQUESTS.as_u16());
    assert!(answer.headers().contains_key("retry-after"));
    assert!(house.socket("https://hilfe.example", Some("198.51.100.1")).await.is_ok(), "another network");
}

#[tokio::test]
async fn what_makes_no_sense_ends_the_socket_and_nothing_else() {
    let house = House::open().await;
    let (mut host, mut seeker) = house.conversation("room").await;
    let text = |say: Value| Message::text(say.to_string());
    let send = |n: Value, body: &str| text(json!({"say": "send", "n": n, "kind": "message", "body": body}));
    let nonsense = [
        Message::binary(b"{\"say\":\"beat\"}".to_vec()),
        Message::text(""),
        Message::text("beat"),
        Message::text("[".repeat(60_000)),
        Message::text("x".repeat(200_000)),
        text(json!({"say": "shout"})),
        text(json!({"say": "beat", "more": 1})),
        text(json!({"say": "hello", "version": 1, "ticket": ""})),
        text(json!({"say": "knock", "letter": "A".repeat(16_388)})),
        text(json!({"say": "knock", "letter": "<b>!"})),
        text(json!({"say": "seen", "upto": 99})),
        text(json!({"say": "lock", "locked": true})),
        text(json!({"say": "end"})),
        text(json!({"say": "remove", "member": host.member(), "ban": true})),
        text(json!({"say": "decline", "member": host.member(), "letter": ""})),
        send(json!(3), ""),
        send(json!(0), ""),
        send(json!(-1), ""),
        send(json!(1), &"A".repeat(90_004)),
        send(json!(1), "ä"),
        send(json!(1), "AAA"),
    ];
    let resume = seeker.resume();
    for message in nonsense {
        seeker.send(message.clone()).await;
        assert_eq!(seeker.over().await, "protocol", "{message:.80}");
        seeker = house.come_with(&entry("room", "seeker", TalkRole::Seeker), resume.clone()).await;
        assert_eq!(seeker.inside["resumed"], true, "she may come back after {message:.80}");
    }
    seeker.write(1, "MQ==").await;
    assert_eq!(host.messages(1).await, ["MQ=="]);
}

#[tokio::test]
async fn the_first_word_is_hello() {
    let house = House::open().await;
    let ticket = house.ticket(&entry("room", "seeker", TalkRole::Seeker)).await;
    let hello = |version: Value, ticket: &str| json!({"say": "hello", "version": version, "ticket": ticket});
    for (said, why) in [
        (json!({"say": "beat"}), "protocol"),
        (hello(json!("1"), &ticket), "protocol"),
        (hello(json!(2), &ticket), "version"),
        (hello(json!(1), "geheim"), "ticket"),
    ] {
        let mut browser = house.open_socket().await;
        browser.say(said).await;
        assert_eq!(browser.over().await, why);
    }
    let mut browser = house.open_socket().await;
    browser.say(hello(json!(1), &ticket)).await;
    assert_eq!(browser.next().await["hear"], "inside", "another version uses no ticket up");
}

#[tokio::test]
async fn who_says_too_much_at_once_waits_and_goes_on() {
    let house = House::open().await;
    let mut seeker = house.come("room", "seeker", TalkRole::Seeker).await;
    for _ in 0..400 {
        seeker.say(json!({"say": "beat"})).await;
    }
    assert_eq!(seeker.over().await, "too_fast");
    let again = house.come_with(&entry("room", "seeker", TalkRole::Seeker), seeker.resume()).await;
    assert_eq!(again.inside["resumed"], true);
}

#[tokio::test]
async fn who_says_nothing_is_not_waited_for() {
    let milliseconds = std::time::Duration::from_millis;
    let patience = Patience { hello: milliseconds(100), beat: milliseconds(200), dead: milliseconds(2_000) };
    let house = House::with(Limits { patience, ..Limits::default() }).await;
    let mut silent = house.open_socket().await;
    assert_eq!(silent.over().await, "protocol", "it has not said hello");
    let mut host = house.come("room", "host", TalkRole::Host).await;
    // it does not read, and so does not answer when it is asked whether it is there
    let seeker = house.come("room", "seeker", TalkRole::Seeker).await;
    let gone = host.until(|heard| heard["member"] == seeker.member() && heard["connected"] == false).await;
    assert_eq!(gone["hear"], "person", "her place is kept for a while");
}
