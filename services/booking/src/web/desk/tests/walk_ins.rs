//! The queue of the open consultation hour at the workplace.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use axum::http::StatusCode;
use contracts::talk::{
    Entry, QueueId, RoomId, RoomNews, Rooms, RoomsUnavailable, Seat, TalkRole, Waiter, signing_key,
};
use kernel::ServerKey;

use super::desk::{A, Desk, Form, at, desk};

/// Friday, ten minutes into the hour.
const OPEN: &str = "2026-11-20T09:10:00Z";
const TALKS: &str = "/arbeitsplatz/termine/a/gespraeche";
const TAKE: &str = "/arbeitsplatz/termine/a/gespraeche/annehmen";

/// Three who wait in one queue, and who has looked at which.
#[derive(Default)]
struct Waiting {
    rooms: Mutex<Vec<&'static str>>,
    attended: Mutex<Vec<QueueId>>,
}

#[async_trait]
impl Rooms for Waiting {
    async fn news(&self, _rooms: &[RoomId]) -> Result<HashMap<RoomId, RoomNews>, RoomsUnavailable> {
        Ok(HashMap::new())
    }

    async fn revoke(&self, _room: &RoomId, _seat: Option<&Seat>) -> Result<(), RoomsUnavailable> {
        Ok(())
    }

    async fn queue(&self, _queue: &QueueId) -> Result<Vec<Waiter>, RoomsUnavailable> {
        let rooms = self.rooms.lock().unwrap();
        let since = at("2026-11-20T09:03:00Z");
        Ok(rooms.iter().map(|room| Waiter { room: RoomId((*room).into()), since }).collect())
    }

    async fn attend(&self, queue: &QueueId) -> Result<(), RoomsUnavailable> {
        self.attended.lock().unwrap().push(queue.clone());
        Ok(())
    }
}

async fn open() -> (Desk, Arc<Waiting>) {
    let desk = desk().await;
    let rooms = Arc::new(Waiting::default());
    desk.booking.talk_in(rooms.clone());
    let address = format!("{A}/einstellungen/sprechstunde");
    let form = Form::default().with("stand", desk.form("eva", &address, &address).await.text("stand"));
    let form = form.with("tag", "5").with("von", "10:00").with("bis", "12:00");
    desk.done("eva", &address, &form).await;
    desk.set_clock(OPEN);
    (desk, rooms)
}

fn entry(way: &str, now: &str) -> Entry {
    let fragment = way.strip_prefix("/arbeitsplatz/gespraech#").expect("behind the #");
    let right = fragment.split_once('~').unwrap().0;
    Entry::read(right, &signing_key(&ServerKey::new([7; 32])), at(now)).unwrap()
}

#[tokio::test]
async fn the_queue_is_shown_while_the_hour_is_on_and_who_looks_attends() {
    let (desk, rooms) = open().await;
    let page = desk.page("berta", TALKS).await;
    assert!(page.contains("Offene Sprechstunde") && page.contains("Gerade wartet niemand"), "{page}");
    assert!(!page.contains(TAKE) || !page.contains(&format!("action=\"{TAKE}\"")), "there is nobody to take");
    *rooms.rooms.lock().unwrap() = vec!["one", "two"];
    let page = desk.page("berta", TALKS).await;
    assert!(page.contains("2 Personen warten") && page.contains("seit 7 Minuten"), "{page}");
    assert!(page.contains("data-waiting=\"2\"") && page.contains(&format!("action=\"{TAKE}\"")), "{page}");
    let attended = rooms.attended.lock().unwrap().clone();
    assert_eq!(attended.len(), 2);
    assert_eq!(attended[0], attended[1]);
    let (status, _) = desk.get("other", TALKS).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert_eq!(rooms.attended.lock().unwrap().len(), 2, "another centre's counsellor does not attend");
}

#[tokio::test]
async fn two_counsellors_who_press_at_once_get_two_people_and_a_third_nobody() {
    let (desk, rooms) = open().await;
    *rooms.rooms.lock().unwrap() = vec!["one", "two"];
    let form = Form::default();
    let (berta, carl) = tokio::join!(desk.done("berta", TAKE, &form), desk.done("carl", TAKE, &form));
    let mut taken = [entry(&berta, OPEN), entry(&carl, OPEN)];
    taken.sort_by(|one, other| one.room.cmp(&other.room));
    assert_eq!(taken.each_ref().map(|entry| entry.room.0.as_str()), ["one", "two"]);
    assert!(taken.iter().all(|entry| entry.role == TalkRole::Host && entry.queue.is_some()));
    assert_ne!(taken[0].seat, taken[1].seat);
    let (status, page) = desk.post("eva", TAKE, &form).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("Es wartet niemand mehr"), "{page}");
    assert_eq!(entry(&desk.done("berta", TAKE, &form).await, OPEN).room, entry(&berta, OPEN).room);
}

#[tokio::test]
async fn nobody_takes_people_of_another_centre() {
    let (desk, rooms) = open().await;
    *rooms.rooms.lock().unwrap() = vec!["one"];
    for who in ["other", "lisa"] {
        let (status, _) = desk.post(who, TAKE, &Form::default()).await;
        assert!(status.is_client_error(), "{who}: {status}");
    }
    assert_eq!(entry(&desk.done("carl", TAKE, &Form::default()).await, OPEN).room.0, "one");
}

#[tokio::test]
async fn who_still_waits_when_the_hour_is_over_is_not_lost() {
    let (desk, rooms) = open().await;
    let late = "2026-11-20T11:05:00Z";
    desk.set_clock(late);
    assert!(!desk.page("berta", TALKS).await.contains("Gerade wartet niemand"));
    *rooms.rooms.lock().unwrap() = vec!["one"];
    assert!(desk.page("berta", TALKS).await.contains("Eine Person wartet"));
    let taken = entry(&desk.done("berta", TAKE, &Form::default()).await, late);
    assert_eq!(taken.closes, at("2026-11-20T11:35:00Z").as_second());
}
