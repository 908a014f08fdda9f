//! Rooms on several nodes, with a real bus: wherever somebody comes, she comes into her room.

use std::{sync::Arc, time::Duration};

use axum::http::StatusCode;
use buskit::Bus;
use chat::{
    Limits,
    nodes::{NodeId, RoomsElsewhere, Settings, routes},
};
use contracts::talk::{Entry, QueueId, RoomId, Rooms, Seat, TalkRole};
use kernel::SystemClock;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::{
    bus::{Nats, eventually},
    guests,
    house::{Browser, House, entry, key, signed},
};

/// Nodes of one installation, and its booking, which is elsewhere.
struct Town {
    nats: Nats,
    nodes: Vec<House>,
    rooms: RoomsElsewhere,
}

async fn node(name: &str, bus: Bus) -> House {
    let house = House::with(Limits::default()).await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let settings = Settings {
        name: name.parse().unwrap(),
        address: listener.local_addr().unwrap().to_string(),
        bus,
        key: key(),
        patience: Duration::ZERO,
    };
    house.chat.join(settings).await.unwrap();
    let router = routes(house.chat.clone());
    tokio::spawn(webkit::serve::serve(listener, router, std::future::pending()));
    house
}

impl Town {
    async fn of(names: &[&str]) -> Self {
        let nats = Nats::start();
        let rooms = RoomsElsewhere::over(nats.bus().await, &key(), Arc::new(SystemClock)).await.unwrap();
        let mut nodes = Vec::new();
        for name in names {
            nodes.push(node(name, nats.bus().await).await);
        }
        let town = Self { nats, nodes, rooms };
        town.knows(names.len()).await;
        town
    }

    async fn knows(&self, nodes: usize) {
        eventually("all nodes are known", || async { self.rooms.nodes() == nodes }).await;
        // and to each other, a beat later
        tokio::time::sleep(Duration::from_millis(1_200)).await;
    }

    fn at(&self, name: &str) -> &House {
        let is_it = |house: &&House| house.chat.name().is_some_and(|known| known.as_str() == name);
        self.nodes.iter().find(is_it).unwrap()
    }

    /// A room that goes to this node.
    async fn room_at(&self, name: &str) -> String {
        for number in 0..200 {
            let room = format!("room-{name}-{number}");
            if owner(&self.nodes[0].ticket(&entry(&room, "nobody", TalkRole::Guest)).await) == name {
                return room;
            }
        }
        panic!("{name} gets nothing");
    }
}

/// The node a ticket names.
fn owner(ticket: &str) -> String {
    ticket.split_once('.').unwrap().0.to_owned()
}

async fn talk(host: &mut Browser, seeker: &mut Browser) {
    let commit = json!({"say": "commit", "n": 1, "after": {"generation": 1, "epoch": 0}, "body": "",
        "admit": [{"member": seeker.member(), "welcome": "d2VsY29tZQ=="}], "remove": []});
    seeker.say(json!({"say": "knock", "letter": "bGV0dGVy"})).await;
    host.until(|heard| heard["letter"] == "bGV0dGVy").await;
    host.say(commit).await;
    host.until(|heard| heard["hear"] == "taken").await;
    seeker.until(|heard| heard["welcome"] == true).await;
}

async fn hear_each_other(host: &mut Browser, seeker: &mut Browser, n: u32) {
    let (one, other) = (format!("aG9zdC0t{n}A=="), format!("c2Vla2VyLT{n}="));
    host.write(n + 1, &one).await;
    assert_eq!(seeker.messages(1).await, [one]);
    seeker.write(n, &other).await;
    assert_eq!(host.messages(1).await, [other]);
}

/// Comes again as browsers do: with the same right, until somebody lets her in.
async fn again(house: &House, right: &Entry) -> Browser {
    for _ in 0..100 {
        let (status, answer) = house.ask(json!({"entry": signed(right)}).to_string()).await;
        if status == StatusCode::CREATED {
            let browser = house.come_by(answer["ticket"].as_str().unwrap(), Value::Null).await;
            if browser.inside["hear"] == "inside" {
                return browser;
            }
        } else {
            assert_eq!(status, StatusCode::SERVICE_UNAVAILABLE, "{answer}");
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
    panic!("nobody lets her in");
}

#[tokio::test]
async fn wherever_somebody_comes_she_comes_into_her_room() {
    let town = Town::of(&["anna", "bert", "cora"]).await;
    for (nth, room) in ["one", "two", "three"].into_iter().enumerate() {
        let at = |step: usize| &town.nodes[(nth + step) % 3];
        // the page, the ticket and the socket of each come to different nodes
        let host = at(0).ticket(&entry(room, "host", TalkRole::Host)).await;
        let seeker = at(1).ticket(&entry(room, "seeker", TalkRole::Seeker)).await;
        assert_eq!(owner(&host), owner(&seeker));
        let mut host = at(1).come_by(&host, Value::Null).await;
        let mut seeker = at(2).come_by(&seeker, Value::Null).await;
        talk(&mut host, &mut seeker).await;
        hear_each_other(&mut host, &mut seeker, 1).await;
        let news = town.rooms.news(&[RoomId(room.into())]).await.unwrap();
        assert_eq!(news[&RoomId(room.into())].inside, 2);

        // she comes back elsewhere and goes on
        let resume = seeker.break_off();
        let ticket = at(1).ticket(&entry(room, "seeker", TalkRole::Seeker)).await;
        let mut seeker = at(0).come_by(&ticket, resume).await;
        assert_eq!(seeker.inside["resumed"], true);
        hear_each_other(&mut host, &mut seeker, 2).await;
        // the room's last word comes through as it is
        host.say(json!({"say": "end"})).await;
        assert_eq!(host.over().await, "ended");
        assert_eq!(seeker.over().await, "ended");
    }
}

#[tokio::test]
async fn many_who_come_at_the_same_moment_come_into_one_room() {
    let town = Town::of(&["anna", "bert", "cora"]).await;
    for round in 0..20 {
        let room = format!("rush-{round}");
        let right = |seat: &str| entry(&room, seat, TalkRole::Seeker);
        let rights = [right("a"), right("b"), right("c"), right("d"), right("e"), right("f")];
        let ask = |nth: usize| town.nodes[nth % 3].ticket(&rights[nth]);
        let (a, b, c, d, e, f) = tokio::join!(ask(0), ask(1), ask(2), ask(3), ask(4), ask(5));
        let owners = [a, b, c, d, e, f].map(|ticket| owner(&ticket));
        assert!(owners.iter().all(|one| *one == owners[0]), "{owners:?}");
    }
}

#[tokio::test]
async fn a_ticket_and_a_listener_for_nodes_open_nothing_by_themselves() {
    let town = Town::of(&["anna", "bert"]).await;
    let room = town.room_at("anna").await;
    let ticket = town.at("bert").ticket(&entry(&room, "seeker", TalkRole::Seeker)).await;
    let mut first = town.at("bert").come_by(&ticket, Value::Null).await;
    first.say(json!({"say": "beat"})).await;
    first.until(|heard| heard["hear"] == "beat").await;
    for node in ["anna", "bert"] {
        let second = town.at(node).come_by(&ticket, Value::Null).await;
        assert_eq!(second.inside["why"], "ticket", "used already");
    }
    for wrong in ["nobody.abc", "anna.", "anna", ".", "bert.bert.bert"] {
        let refused = town.at("bert").come_by(wrong, Value::Null).await;
        assert_eq!(refused.inside["hear"], "over", "{wrong}");
    }
}

/// What holds for rooms here holds for rooms elsewhere.
async fn keeps_the_contract(rooms: &dyn Rooms, houses: &[&House], name: &str) {
    let at = |nth: usize| houses[nth % houses.len()];
    let id = |room: &str| RoomId(format!("{name}-{room}"));
    let queue = QueueId(format!("{name}-queue"));
    let queued = |room: &str, role| Entry { queue: Some(queue.clone()), ..entry(&id(room).0, "seat", role) };
    let mut waiting = Vec::new();
    for (nth, room) in ["one", "two", "three"].into_iter().enumerate() {
        let mut seeker = at(nth).come_with(&queued(room, TalkRole::Seeker), Value::Null).await;
        seeker.say(json!({"say": "knock", "letter": "bGV0dGVy"})).await;
        seeker.until(|heard| heard["hear"] == "queue" && heard["ahead"] == nth).await;
        waiting.push(seeker);
    }
    let order = || async {
        let waiters = rooms.queue(&queue).await.unwrap();
        waiters.into_iter().map(|waiter| waiter.room).collect::<Vec<_>>()
    };
    assert_eq!(order().await, ["one", "two", "three"].map(id));
    rooms.attend(&queue).await.unwrap();
    for seeker in &mut waiting {
        seeker.until(|heard| heard["hear"] == "queue" && heard["attended"] == true).await;
    }
    let asked = ["one", "two", "three", "none"].map(id);
    let news = rooms.news(&asked).await.unwrap();
    assert_eq!(news.len(), 3);
    assert!(news.values().all(|news| (news.waiting, news.inside) == (1, 0)));

    rooms.revoke(&id("two"), None).await.unwrap();
    assert_eq!(waiting[1].over().await, "revoked");
    rooms.revoke(&id("three"), Some(&Seat("seat".into()))).await.unwrap();
    assert_eq!(waiting[2].over().await, "revoked");
    for house in houses {
        for room in ["two", "three"] {
            let right = json!({"entry": signed(&queued(room, TalkRole::Seeker))}).to_string();
            let (status, problem) = house.ask(right).await;
            assert_eq!(
                (status, &problem["type"]),
                (StatusCode::GONE, &json!("/api/problems/appointment-changed"))
            );
        }
    }
    assert_eq!(order().await, [id("one")]);
    waiting[0].say(json!({"say": "leave"})).await;
    assert_eq!(waiting[0].over().await, "left");
    eventually("the room is gone", || async { rooms.news(&asked).await.unwrap().is_empty() }).await;
}

#[tokio::test]
async fn rooms_are_the_same_here_and_elsewhere() {
    let house = House::with(Limits::default()).await;
    keeps_the_contract(&house.chat, &[&house], "here").await;
    let town = Town::of(&["anna", "bert", "cora"]).await;
    let houses: Vec<_> = town.nodes.iter().collect();
    keeps_the_contract(&town.rooms, &houses, "elsewhere").await;
}

#[tokio::test]
async fn without_nodes_rooms_cannot_be_asked_and_what_ended_meanwhile_is_told_later() {
    let town = Town::of(&[]).await;
    let room = RoomId("cancelled".into());
    assert!(town.rooms.news(std::slice::from_ref(&room)).await.is_err());
    assert!(town.rooms.revoke(&room, None).await.is_err());
    let late = node("late", town.nats.bus().await).await;
    let right = json!({"entry": signed(&entry("cancelled", "seeker", TalkRole::Seeker))}).to_string();
    eventually("the node has heard it", || async { late.ask(right.clone()).await.0 == StatusCode::GONE })
        .await;
    // and the next one hears it from that one, should booking have forgotten it
    drop(town.rooms);
    let later = node("later", town.nats.bus().await).await;
    eventually("the next has, too", || async { later.ask(right.clone()).await.0 == StatusCode::GONE }).await;
}

#[tokio::test]
async fn who_talks_on_a_node_that_is_drained_goes_on_elsewhere() {
    let town = Town::of(&["anna", "bert"]).await;
    let room = town.room_at("anna").await;
    let (host, seeker) = (entry(&room, "host", TalkRole::Host), entry(&room, "seeker", TalkRole::Seeker));
    let mut hears_directly = town.at("anna").come_with(&host, Value::Null).await;
    let mut is_led = town.at("bert").come_with(&seeker, Value::Null).await;
    talk(&mut hears_directly, &mut is_led).await;
    let name: NodeId = "anna".parse().unwrap();
    let told = chat::nodes::drain(&town.nats.bus().await, &key(), &SystemClock, &name).await;
    assert!(told);
    assert_eq!(hears_directly.over().await, "restart");
    assert_eq!(is_led.over().await, "restart");
    assert!(!town.at("anna").chat.is_ready());
    // both come again, also by the node that is drained, which still leads people on
    let mut hears_directly = again(town.at("anna"), &host).await;
    let mut is_led = again(town.at("bert"), &seeker).await;
    talk(&mut hears_directly, &mut is_led).await;
    hear_each_other(&mut hears_directly, &mut is_led, 1).await;
    let ticket = town.at("anna").ticket(&entry("another", "seeker", TalkRole::Seeker)).await;
    assert_eq!(owner(&ticket), "bert");
    assert!(
        !chat::nodes::drain(&town.nats.bus().await, &key(), &SystemClock, &"nobody".parse().unwrap()).await
    );
}

#[tokio::test]
async fn without_the_bus_open_rooms_go_on_and_it_is_found_again() {
    let mut town = Town::of(&["anna", "bert"]).await;
    let (here, there) = (town.room_at("anna").await, town.room_at("bert").await);
    let right = entry(&here, "seeker", TalkRole::Seeker);
    let mut host = town.at("anna").come(&here, "host", TalkRole::Host).await;
    let mut seeker = town.at("bert").come_with(&right, Value::Null).await;
    talk(&mut host, &mut seeker).await;
    town.nats.stop();
    hear_each_other(&mut host, &mut seeker, 1).await;
    // a room of its own: as ever. One of another node, or one that nobody knows: later
    let anna = town.at("anna");
    anna.ticket(&right).await;
    for room in [&there, "unknown"] {
        let right = json!({"entry": signed(&entry(room, "seeker", TalkRole::Seeker))}).to_string();
        eventually("it says that it cannot", || async {
            anna.ask(right.clone()).await.0 == StatusCode::SERVICE_UNAVAILABLE
        })
        .await;
    }
    assert!(town.rooms.news(&[RoomId(here.clone())]).await.is_err());
    town.nats.begin();
    eventually("the list is back", || async {
        town.rooms
            .news(&[RoomId(here.clone())])
            .await
            .is_ok_and(|news| news[&RoomId(here.clone())].inside == 2)
    })
    .await;
    again(town.at("anna"), &entry(&there, "seeker", TalkRole::Seeker)).await;
    hear_each_other(&mut host, &mut seeker, 2).await;
}

#[tokio::test]
async fn of_two_rooms_that_came_to_be_while_nodes_were_apart_the_older_stays() {
    let mut town = Town::of(&["bert"]).await;
    let wire = town.nats.wire().await;
    town.nodes.push(node("anna", wire.bus().await).await);
    town.knows(2).await;
    let room = town.room_at("anna").await;
    let (host, seeker) = (entry(&room, "host", TalkRole::Host), entry(&room, "seeker", TalkRole::Seeker));
    let mut old_host = town.at("anna").come_with(&host, Value::Null).await;
    let mut old_seeker = town.at("anna").come_with(&seeker, Value::Null).await;
    talk(&mut old_host, &mut old_seeker).await;
    wire.cut(true);
    eventually("anna is forgotten", || async { town.rooms.nodes() == 1 }).await;
    hear_each_other(&mut old_host, &mut old_seeker, 1).await;
    let guest = entry(&room, "guest", TalkRole::Guest);
    let mut lost = again(town.at("bert"), &guest).await;
    assert_eq!(lost.inside["people"].as_array().unwrap().len(), 1, "a fresh room, and she is alone");
    wire.cut(false);
    assert_eq!(lost.over().await, "restart");
    let mut found = again(town.at("bert"), &guest).await;
    found.say(json!({"say": "knock", "letter": "Z3Vlc3Q="})).await;
    old_host.until(|heard| heard["letter"] == "Z3Vlc3Q=").await;
    hear_each_other(&mut old_host, &mut old_seeker, 2).await;
}

#[tokio::test]
async fn a_link_for_one_browser_is_one_wherever_it_is_opened() {
    let town = Town::of(&["anna", "bert"]).await;
    let room = town.room_at("anna").await;
    let link = guests::link(&room, 1_800);
    let first = guests::open(town.at("bert"), &link, Some("the-first-browser")).await;
    assert_eq!(first.inside["role"], "guest");
    for node in ["anna", "bert"] {
        let second = guests::open(town.at(node), &link, Some("the-second-browser")).await;
        assert_eq!(second.inside["why"], "used", "at {node}");
        let again = guests::open(town.at(node), &link, Some("the-first-browser")).await;
        assert_eq!(again.inside["hear"], "inside", "at {node}");
    }
}
