//! People who came without an appointment, and what they hear of their queue.

use chat::Limits;
use contracts::talk::{Entry, QueueId, RoomId, Rooms, TalkRole};
use serde_json::{Value, json};

use crate::house::{Browser, House, entry};

fn queued(room: &str, seat: &str, role: TalkRole) -> Entry {
    Entry { queue: Some(QueueId("queue".into())), ..entry(room, seat, role) }
}

async fn waits(house: &House, room: &str) -> Browser {
    let mut seeker = house.come_with(&queued(room, "seeker", TalkRole::Seeker), Value::Null).await;
    seeker.say(json!({"say": "knock", "letter": "bGV0dGVy"})).await;
    seeker
}

fn place(ahead: u32, attended: bool) -> impl Fn(&Value) -> bool {
    move |heard| *heard == json!({"hear": "queue", "ahead": ahead, "attended": attended, "minutes": null})
}

#[tokio::test]
async fn who_waits_hears_her_place_and_whether_anybody_looks() {
    let house = House::with(Limits::default()).await;
    let queue = QueueId("queue".into());
    let mut first = waits(&house, "one").await;
    first.until(place(0, false)).await;
    let mut second = waits(&house, "two").await;
    second.until(place(1, false)).await;
    house.chat.attend(&queue).await.unwrap();
    first.until(place(0, true)).await;
    second.until(place(1, true)).await;

    let waiters = house.chat.queue(&queue).await.unwrap();
    let rooms: Vec<_> = waiters.iter().map(|waiter| &waiter.room).collect();
    assert_eq!(rooms, [&RoomId("one".into()), &RoomId("two".into())]);
    assert!(house.chat.queue(&QueueId("other".into())).await.unwrap().is_empty());

    let mut host = house.come_with(&queued("one", "host", TalkRole::Host), Value::Null).await;
    second.until(place(0, true)).await;
    let left = house.chat.queue(&queue).await.unwrap();
    assert_eq!(left.iter().map(|waiter| waiter.room.0.as_str()).collect::<Vec<_>>(), ["two"]);

    // the counsellor goes before she has let her in: she is first again, where she was
    host.say(json!({"say": "leave"})).await;
    second.until(place(1, true)).await;
    first.say(json!({"say": "leave"})).await;
    second.until(place(0, true)).await;
    let only = house.chat.queue(&queue).await.unwrap();
    assert_eq!((only.len(), only[0].room.0.as_str()), (1, "two"));
}

#[tokio::test]
async fn a_reload_keeps_the_place_and_hears_it_again() {
    let house = House::with(Limits::default()).await;
    let mut first = waits(&house, "one").await;
    first.until(place(0, false)).await;
    let mut second = waits(&house, "two").await;
    second.until(place(1, false)).await;
    let resume = first.break_off();
    second.until(place(0, false)).await;
    let mut again = house.come_with(&queued("one", "seeker", TalkRole::Seeker), resume).await;
    again.until(place(0, false)).await;
    second.until(place(1, false)).await;
    let mut reloaded = waits(&house, "one").await;
    reloaded.until(place(0, false)).await;
    second.break_off();
}

#[tokio::test]
async fn who_has_an_appointment_hears_of_no_queue() {
    let house = House::with(Limits::default()).await;
    let mut seeker = house.come("room", "seeker", TalkRole::Seeker).await;
    seeker.say(json!({"say": "knock", "letter": "bGV0dGVy"})).await;
    seeker.say(json!({"say": "beat"})).await;
    loop {
        let heard = seeker.next().await;
        assert_ne!(heard["hear"], "queue");
        if heard["hear"] == "beat" {
            break;
        }
    }
}
