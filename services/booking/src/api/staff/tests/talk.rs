//! Links for guests and handing over, asked for with a counsellor's own right to a room.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use axum::http::StatusCode;
use contracts::talk::{
    Entry, QueueId, RoomId, RoomNews, Rooms, RoomsUnavailable, Seat, TalkRole, Waiter, signing_key,
};
use jiff::{SignedDuration, Timestamp};
use kernel::ServerKey;
use serde_json::{Value, json};

use super::program::{get, post};
use crate::web::desk::tests::desk::{Desk, Form, open_desk};

const TALK: &str = "/api/v1/staff/talk";
const TALKS: &str = "/arbeitsplatz/termine/a/gespraeche";

/// One waits in the queue of the open hour; what ended is remembered.
#[derive(Default)]
struct OneWaits {
    ended: Mutex<Vec<(RoomId, Option<Seat>)>>,
}

#[async_trait]
impl Rooms for OneWaits {
    async fn news(&self, _rooms: &[RoomId]) -> Result<HashMap<RoomId, RoomNews>, RoomsUnavailable> {
        Ok(HashMap::new())
    }

    async fn revoke(&self, room: &RoomId, seat: Option<&Seat>) -> Result<(), RoomsUnavailable> {
        self.ended.lock().unwrap().push((room.clone(), seat.cloned()));
        Ok(())
    }

    async fn queue(&self, _queue: &QueueId) -> Result<Vec<Waiter>, RoomsUnavailable> {
        Ok(vec![Waiter { room: RoomId("one".into()), since: Timestamp::UNIX_EPOCH }])
    }

    async fn attend(&self, _queue: &QueueId) -> Result<(), RoomsUnavailable> {
        Ok(())
    }
}

/// Berta is in the room "one", with this right.
async fn talking() -> (Desk, Arc<OneWaits>, String) {
    let desk = open_desk().await;
    let rooms = Arc::new(OneWaits::default());
    desk.booking.talk_in(rooms.clone());
    let way = desk.done("berta", &format!("{TALKS}/annehmen"), &Form::default()).await;
    (desk, rooms, right_in(&way))
}

fn right_in(way: &str) -> String {
    let (page, fragment) = way.split_once('#').unwrap();
    assert!(page.ends_with("/gespraech"), "{way}");
    fragment.split_once('~').unwrap().0.to_owned()
}

fn read(desk: &Desk, right: &str) -> Entry {
    Entry::read(right, &signing_key(&ServerKey::new([7; 32])), desk.booking.now()).unwrap()
}

async fn ask(desk: &Desk, who: &str, path: &str, body: Value) -> super::program::Reply {
    post(desk, who, &format!("{TALK}{path}"), &body).await
}

#[tokio::test]
async fn a_host_gets_a_link_for_one_guest_into_her_room() {
    let (desk, _, right) = talking().await;
    let host = read(&desk, &right);
    let answer = ask(&desk, "berta", "/guests", json!({"entry": right})).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    let said = answer.good();
    let link = said["link"].as_str().unwrap();
    assert!(link.starts_with("https://hilfe.example/gespraech#"), "{link}");
    let guest = read(&desk, &right_in(link));
    let until = desk.booking.now() + SignedDuration::from_mins(30);
    let until = until.min(Timestamp::from_second(host.closes).unwrap());
    assert_eq!((guest.role, guest.once), (TalkRole::Guest, Some(until.as_second())));
    assert_eq!((&guest.room, &guest.queue), (&host.room, &host.queue));
    assert_eq!((guest.closes, guest.issued), (host.closes, host.issued), "what ends hers ends this one");
    assert_ne!(guest.seat, host.seat);
    let again = ask(&desk, "berta", "/guests", json!({"entry": right})).await.good();
    assert_ne!(read(&desk, &right_in(again["link"].as_str().unwrap())).seat, guest.seat, "each has a seat");
}

#[tokio::test]
async fn a_right_that_is_not_hers_gives_nothing() {
    let (desk, rooms, right) = talking().await;
    let said = ask(&desk, "berta", "/guests", json!({"entry": right})).await.good();
    let guest = right_in(said["link"].as_str().unwrap());
    for (who, entry) in [("carl", right.as_str()), ("other", &right), ("berta", &guest), ("berta", "geheim")]
    {
        for (path, body) in [
            ("/guests", json!({"entry": entry})),
            ("/guests/withdrawal", json!({"entry": entry, "guest": guest})),
            ("/handovers/withdrawal", json!({"entry": entry})),
        ] {
            let reply = ask(&desk, who, path, body).await;
            assert_eq!(reply.problem(StatusCode::FORBIDDEN), "not-her-room", "{who} {path}");
        }
    }
    let not_a_link = json!({"entry": right, "guest": right});
    let reply = ask(&desk, "berta", "/guests/withdrawal", not_a_link).await;
    assert_eq!(reply.problem(StatusCode::FORBIDDEN), "not-her-room", "she does not end herself by it");
    assert!(rooms.ended.lock().unwrap().is_empty());
    for (path, body) in [("/guests", json!({"entry": right})), ("/handovers", json!({"entry": right}))] {
        assert_eq!(
            ask(&desk, "lisa", path, body.clone()).await.status,
            StatusCode::NOT_FOUND,
            "no counsellor"
        );
        assert_eq!(ask(&desk, "nobody", path, body).await.status, StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn a_link_is_withdrawn_by_its_seat() {
    let (desk, rooms, right) = talking().await;
    let said = ask(&desk, "berta", "/guests", json!({"entry": right})).await.good();
    let guest = right_in(said["link"].as_str().unwrap());
    let reply = ask(&desk, "berta", "/guests/withdrawal", json!({"entry": right, "guest": guest})).await;
    assert_eq!(reply.status, StatusCode::NO_CONTENT);
    let ended = rooms.ended.lock().unwrap().clone();
    assert_eq!(ended, [(RoomId("one".into()), Some(read(&desk, &guest).seat))]);
}

#[tokio::test]
async fn a_colleague_finds_what_was_handed_over_to_her_and_nobody_else_does() {
    let (desk, _, right) = talking().await;
    let list = get(&desk, "berta", &format!("{TALK}/colleagues")).await.good();
    let carl =
        list.as_array().unwrap().iter().find(|one| one["name"] == "Carl Kollege").expect("Carl is listed");
    assert!(!list.to_string().contains("Berta Beratung"), "not herself: {list}");
    let handover = json!({"entry": right, "colleague": carl["id"]});
    assert_eq!(ask(&desk, "carl", "/handovers", json!({"entry": right, "colleague": "x"})).await.status, 422);
    assert!(!desk.page("carl", TALKS).await.contains("Übergabe von"));
    assert_eq!(ask(&desk, "berta", "/handovers", handover.clone()).await.status, StatusCode::NO_CONTENT);
    let page = desk.page("carl", TALKS).await;
    assert!(page.contains("Übergabe von") && page.contains("Berta Beratung"), "{page}");
    for who in ["eva", "berta"] {
        assert!(!desk.page(who, TALKS).await.contains("Übergabe von"), "{who}");
    }
    let start = page.find(&format!("action=\"{TALKS}/uebergaben/")).unwrap() + "action=\"".len();
    let action = page[start..].split('"').next().unwrap().to_owned();
    let refused = desk.post("eva", &action, &Form::default()).await;
    assert_eq!(refused.0, StatusCode::CONFLICT, "{}", refused.1);
    let taken = right_in(&desk.done("carl", &action, &Form::default()).await);
    let (berta, carl) = (read(&desk, &right), read(&desk, &taken));
    assert_eq!((carl.role, &carl.room, carl.closes), (TalkRole::Host, &berta.room, berta.closes));
    assert_ne!(carl.seat, berta.seat);
    let by_carl = ask(&desk, "carl", "/guests", json!({"entry": taken})).await;
    assert_eq!(by_carl.status, StatusCode::CREATED, "it is his right now, too");

    assert_eq!(
        ask(&desk, "berta", "/handovers/withdrawal", json!({"entry": right})).await.status,
        StatusCode::NO_CONTENT
    );
    assert!(!desk.page("carl", TALKS).await.contains("Übergabe von"));
    assert_eq!(desk.post("carl", &action, &Form::default()).await.0, StatusCode::CONFLICT);
}

#[tokio::test]
async fn what_is_handed_over_is_gone_with_its_room() {
    let (desk, _, right) = talking().await;
    let list = get(&desk, "berta", &format!("{TALK}/colleagues")).await.good();
    let handover = json!({"entry": right, "colleague": list[0]["id"]});
    assert_eq!(ask(&desk, "berta", "/handovers", handover.clone()).await.status, StatusCode::NO_CONTENT);
    desk.set_clock(&Timestamp::from_second(read(&desk, &right).closes).unwrap().to_string());
    assert!(!desk.page("carl", TALKS).await.contains("Übergabe von"));
    let late = ask(&desk, "berta", "/handovers", handover).await;
    assert_eq!(late.problem(StatusCode::FORBIDDEN), "not-her-room");
}
