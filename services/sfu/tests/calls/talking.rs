//! Two, three and five people send and get each other's sound and pictures.

use std::{sync::Arc, time::Duration};

use contracts::media::{CallFull, CallSay, MediaEngine, Sending, Source};
use contracts::talk::RoomId;
use rtc::rtp_transceiver::rtp_sender::RtpCodecKind::{Audio, Video};

use crate::{
    client::{Client, picture, read, voice, wait},
    engine, settings,
};

/// Everybody speaks and shows herself until everybody got a hundred packets of each.
pub(crate) async fn talk(clients: &[Client], enough: usize) {
    let mut number = 1_000;
    for client in clients {
        client.draw(&clients.iter().map(|other| (other.member, 360)).collect::<Vec<_>>());
    }
    let got = |client: &Client| {
        clients
            .iter()
            .filter(|other| other.member != client.member)
            .all(|other| [Audio, Video].iter().all(|kind| client.count(other.member, *kind) >= enough))
    };
    for _ in 0..4_000 {
        if clients.iter().all(got) {
            return;
        }
        number += 1;
        for client in clients {
            client.send(Source::Microphone, 0, number, false, 60).await;
            client.send(Source::Camera, 0, number, number.is_multiple_of(20), 500).await;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let counts: Vec<_> = clients
        .iter()
        .flat_map(|client| clients.iter().map(move |other| (client, other)))
        .map(|(client, other)| {
            (
                client.member,
                other.member,
                client.count(other.member, Audio),
                client.count(other.member, Video),
            )
        })
        .collect();
    panic!("who, of whom, sounds, pictures: {counts:?}");
}

pub(crate) async fn gather(engine: &Arc<sfu::Engine>, room: &str, people: u32) -> Vec<Client> {
    let mut clients = Vec::new();
    for member in 1..=people {
        let mut client = Client::join(&**engine, room, member).await;
        client.show(Source::Microphone, false).await;
        client.show(Source::Camera, false).await;
        clients.push(client);
    }
    clients
}

/// Of extensions only the engine's own number for reports of arrival is left.
fn only_counted(packet: &rtc::rtp::Packet) {
    let extensions = &packet.header.extensions;
    assert!(extensions.len() <= 1 && extensions.iter().all(|one| one.payload.len() == 2), "{extensions:?}");
}

/// What came is what was sent, each once, under one number.
fn check(client: &Client, from: u32) {
    let sounds = client.got(from, Audio);
    for packet in &sounds {
        let number = packet.header.timestamp / 960;
        assert_eq!(packet.payload, voice(from, number, 60));
        only_counted(packet);
    }
    let mut numbers: Vec<u16> = sounds.iter().map(|packet| packet.header.sequence_number).collect();
    numbers.sort_unstable();
    let all = numbers.len();
    numbers.dedup();
    assert_eq!(numbers.len(), all, "a sound came twice");
    let pictures = client.got(from, Video);
    for packet in &pictures {
        assert_eq!(read(packet).0, 0);
        assert_eq!(
            packet.payload[5..],
            picture(0, read(packet).1, read(packet).1.is_multiple_of(20), 500)[5..]
        );
        only_counted(packet);
    }
}

async fn everybody_gets_everybody(people: u32) {
    let engine = engine();
    let clients = gather(&engine, "room", people).await;
    talk(&clients, 60).await;
    for client in &clients {
        for other in (1..=people).filter(|other| *other != client.member) {
            check(client, other);
        }
        assert_eq!(client.got(client.member, Audio).len(), 0, "nobody hears herself");
        let seen = client.seen.lock().unwrap();
        assert_eq!(seen.forwards.len(), 2 * (people as usize - 1));
        assert!(seen.failed.is_empty() && seen.refused == 0);
    }
    engine.shut_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_get_each_other() {
    everybody_gets_everybody(2).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn three_get_each_other() {
    everybody_gets_everybody(3).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_get_each_other() {
    everybody_gets_everybody(5).await;
}

/// Whoever waits alone is not told that her connection failed because nobody offered her anything.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_was_alone_for_long_is_found() {
    let engine = engine();
    let first = gather(&engine, "room", 1).await;
    tokio::time::sleep(std::time::Duration::from_secs(42)).await;
    let mut second = Client::join(&*engine, "room", 2).await;
    second.show(Source::Microphone, false).await;
    second.show(Source::Camera, false).await;
    let clients: Vec<Client> = first.into_iter().chain([second]).collect();
    talk(&clients, 10).await;
    assert!(clients[0].seen.lock().unwrap().failed.is_empty());
    engine.shut_down().await;
}

/// Another line for the same source, with other numbers, goes on as one stream for those who get it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_source_that_begins_anew_goes_on_in_its_line() {
    let engine = engine();
    let mut clients = gather(&engine, "room", 2).await;
    talk(&clients, 20).await;
    clients[0].again(Source::Microphone).await;
    let before = clients[1].count(1, Audio);
    talk(&clients, before + 50).await;
    let mut numbers: Vec<u16> =
        clients[1].got(1, Audio).iter().map(|packet| packet.header.sequence_number).collect();
    numbers.sort_unstable();
    let gaps = numbers.windows(2).filter(|pair| pair[1] - pair[0] > 10).count();
    assert_eq!(gaps, 0, "numbers go on");
    engine.shut_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rooms_hear_nothing_of_each_other() {
    let engine = engine();
    let one = gather(&engine, "one", 2).await;
    let other = gather(&engine, "other", 2).await;
    talk(&one, 30).await;
    assert_eq!(other[0].count(2, Audio) + other[0].count(1, Audio), 0);
    engine.shut_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn payload_types_are_translated() {
    let engine = engine();
    let mut clients = Vec::new();
    for (member, numbers) in [(1, (120, 100)), (2, (96, 111)), (3, (102, 97))] {
        let mut client = Client::join_with(&*engine, "room", member, numbers).await;
        client.show(Source::Microphone, false).await;
        client.show(Source::Camera, false).await;
        clients.push(client);
    }
    talk(&clients, 30).await;
    for client in &clients {
        for other in (1..=3).filter(|other| *other != client.member) {
            assert!(client.got(other, Audio).iter().all(|packet| packet.header.payload_type == 111));
            assert!(client.got(other, Video).iter().all(|packet| packet.header.payload_type == 96));
        }
    }
    engine.shut_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn pictures_nobody_draws_are_not_forwarded() {
    let engine = engine();
    let clients = gather(&engine, "room", 2).await;
    talk(&clients, 30).await;
    clients[0].draw(&[]);
    let mut settled = None;
    let mut number = 9_000;
    // a few packets may be on their way
    wait("the picture to end while the voice goes on", || {
        let now = (clients[0].count(2, Video), clients[0].count(2, Audio));
        let (since, pictures, sounds) = *settled.get_or_insert((number, now.0, now.1));
        if now.0 != pictures {
            settled = None;
            return false;
        }
        number > since + 50 && now.1 >= sounds + 30 || {
            number += 1;
            send_now(&clients[1], number);
            false
        }
    })
    .await;
    engine.shut_down().await;
}

/// Sends from within a condition.
fn send_now(client: &Client, number: u32) {
    tokio::task::block_in_place(|| {
        tokio::runtime::Handle::current().block_on(async {
            client.send(Source::Microphone, 0, number, false, 60).await;
            client.send(Source::Camera, 0, number, number.is_multiple_of(5), 500).await;
        });
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nonsense_is_refused_and_hurts_nobody() {
    let engine = engine();
    let clients = gather(&engine, "room", 2).await;
    let sends = vec![Sending { mid: "0".into(), source: Source::Camera }];
    let good = clients[0].up.local_description().await.unwrap().sdp;
    let mut damaged: Vec<String> = vec![
        String::new(),
        "v=0".into(),
        "x".repeat(70_000),
        good.replace("a=fingerprint", "a=fingerprunt"),
        good.replace("a=ice-pwd", "a=ice-pwt"),
        good.replace("sendonly", "recvonly"),
        good.replace("m=audio", "m=application"),
        good.replace("SAVPF", ""),
    ];
    let bytes = good.as_bytes();
    for at in (0..bytes.len()).step_by(37) {
        damaged.push(String::from_utf8_lossy(&bytes[..at]).into_owned());
        let mut one = bytes.to_vec();
        one[at] ^= 0x15;
        damaged.push(String::from_utf8_lossy(&one).into_owned());
    }
    let refused = Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let count = Arc::clone(&refused);
    let answered = move |_| {
        count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    };
    let leg = engine.join(&RoomId("room".into()), 9, Box::new(answered)).unwrap();
    let mut said = 0;
    for sdp in damaged {
        said += 1;
        for say in [
            CallSay::Offer { sdp: sdp.clone(), sends: sends.clone() },
            CallSay::Answer { revision: said, sdp },
        ] {
            wait("room in the queue", || leg.say(say.clone())).await;
        }
    }
    wait("words", || refused.load(std::sync::atomic::Ordering::Relaxed) >= said as usize).await;
    drop(leg);
    talk(&clients, 30).await;
    engine.shut_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn no_more_get_in_than_fit() {
    let engine = engine();
    let room = RoomId("room".into());
    let mut legs: Vec<_> =
        (0..8).map(|member| engine.join(&room, member, Box::new(|_| {})).unwrap()).collect();
    assert!(matches!(engine.join(&room, 8, Box::new(|_| {})), Err(CallFull)));
    legs.pop();
    legs.push(engine.join(&room, 9, Box::new(|_| {})).unwrap());
    assert_eq!(engine.census().legs, 8);
    let few = sfu::Settings { most_calls: 1, ..settings() };
    let small = sfu::Engine::start(few).unwrap();
    let _leg = small.join(&room, 1, Box::new(|_| {})).unwrap();
    assert!(matches!(small.join(&RoomId("other".into()), 1, Box::new(|_| {})), Err(CallFull)));
    small.shut_down().await;
    assert!(matches!(small.join(&room, 2, Box::new(|_| {})), Err(CallFull)));
}

#[tokio::test]
async fn who_says_too_much_at_once_is_not_taken() {
    let engine = engine();
    let leg = engine.join(&RoomId("room".into()), 1, Box::new(|_| {})).unwrap();
    // the call has no turn before this one waits
    let taken = (0..1_000).filter(|_| leg.say(CallSay::Draw { pictures: vec![] })).count();
    assert_eq!(taken, 32);
    wait("room again", || leg.say(CallSay::Draw { pictures: vec![] })).await;
}
