//! What the library does wrong when datagrams are lost, and what the engine does about it.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use contracts::media::{CallSay, Source};
use rtc::rtp_transceiver::rtp_sender::RtpCodecKind::{Audio, Video};
use sfu::{Way, Weather};

use crate::{
    client::{Client, wait},
    engine, engine_in,
    talking::{gather, talk},
    weather::{Chosen, Rain},
};

/// All but the handshake of the clients: they have the library's defect too, and no guard.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn all_connect_when_every_fifth_datagram_is_lost() {
    let rain = Rain::new(20, None, 7);
    let engine = engine_in(Chosen(move |way, peer, datagram: &[u8]| {
        let theirs = way == Way::In && matches!(datagram.first(), Some(20..=25));
        theirs || rain.passes(way, peer, datagram)
    }));
    for round in 0..4 {
        let clients = gather(&engine, &format!("room{round}"), 2).await;
        wait("all four connections", || {
            clients.iter().all(|client| {
                let seen = client.seen.lock().unwrap();
                seen.up && seen.down
            })
        })
        .await;
        for client in clients {
            client.leave().await;
        }
    }
    engine.shut_down().await;
}

/// Datagrams that were lost, and to whom they were going.
type Lost = Vec<(SocketAddr, Vec<u8>)>;

/// The first part of each flight of the engine is lost, the rest and everything of the others arrives: then the library forgets
/// its timer, and nothing is ever sent again but by the guard.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_lost_part_of_a_handshake_is_sent_again() {
    let lost: Arc<Mutex<Lost>> = Arc::default();
    let repeated = Arc::new(AtomicU32::new(0));
    let (remembers, counts) = (Arc::clone(&lost), Arc::clone(&repeated));
    let engine = engine_in(Chosen(move |way, peer, datagram: &[u8]| {
        if way == Way::In || datagram.first() != Some(&22) {
            return true;
        }
        let mut lost = remembers.lock().unwrap();
        let thing = (peer, datagram.to_vec());
        if lost.contains(&thing) {
            counts.fetch_add(1, Ordering::Relaxed);
            return true;
        }
        lost.push(thing);
        false
    }));
    let clients = gather(&engine, "room", 2).await;
    talk(&clients, 20).await;
    assert!(repeated.load(Ordering::Relaxed) >= 4, "each of four handshakes repeated something");
    assert!(clients.iter().all(|client| client.seen.lock().unwrap().failed.is_empty()));
    engine.shut_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_lost_on_the_way_to_the_engine_is_asked_for_and_comes_once() {
    let sent_again = Arc::new(AtomicU32::new(0));
    let lost = Arc::new(AtomicU32::new(0));
    let (again, drops) = (Arc::clone(&sent_again), Arc::clone(&lost));
    // every tenth picture on its way in
    let engine = engine_in(Chosen(move |way, _, datagram: &[u8]| {
        if way == Way::Out || datagram.len() < 400 || datagram.first() < Some(&128) {
            return true;
        }
        match datagram[1] & 0x7f {
            97 => {
                again.fetch_add(1, Ordering::Relaxed);
                true
            }
            96 => {
                !datagram[3].is_multiple_of(10) || {
                    drops.fetch_add(1, Ordering::Relaxed);
                    false
                }
            }
            _ => true,
        }
    }));
    let clients = gather(&engine, "room", 2).await;
    talk(&clients, 300).await;
    let (again, lost) = (sent_again.load(Ordering::Relaxed), lost.load(Ordering::Relaxed));
    assert!(lost > 20, "{lost}");
    assert!(again <= lost * 3 + 10, "{again} retransmissions of {lost} packets");
    let mut numbers: Vec<u16> =
        clients[0].got(2, Video).iter().map(|packet| packet.header.sequence_number).collect();
    let repaired = numbers.iter().filter(|number| (**number).to_be_bytes()[1].is_multiple_of(10)).count();
    assert!(
        repaired * 20 > numbers.len(),
        "repaired pictures are forwarded: {repaired} of {}",
        numbers.len()
    );
    let all = numbers.len();
    numbers.sort_unstable();
    numbers.dedup();
    assert_eq!(numbers.len(), all, "nothing came twice");
    engine.shut_down().await;
}

/// The library says that a track opened again after every new description; whoever believes it sends everything twice.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_description_and_a_new_way_forward_nothing_twice() {
    let engine = engine();
    let mut clients = gather(&engine, "room", 2).await;
    talk(&clients, 20).await;
    for _ in 0..3 {
        clients[0].up.restart_ice().await.unwrap();
        clients[0].offer().await;
        assert!(clients[1].leg.say(CallSay::Restart {}));
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    clients[0].show(Source::Screen, false).await;
    wait("a line for the screen", || clients[1].seen.lock().unwrap().forwards.len() == 3).await;
    let before = clients[1].count(1, Audio);
    talk(&clients, before + 100).await;
    let numbers: Vec<u16> =
        clients[1].got(1, Audio).iter().map(|packet| packet.header.sequence_number).collect();
    let mut once = numbers.clone();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), numbers.len(), "a packet came twice");
    let forwards = clients[1].seen.lock().unwrap().forwards.clone();
    let mut lines: Vec<_> = forwards.iter().map(|line| (line.from, line.source)).collect();
    lines.sort_unstable();
    lines.dedup();
    assert_eq!((lines.len(), forwards.len()), (3, 3), "one line for each source");
    engine.shut_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_is_never_secured_is_told() {
    // the way is found, but nothing of the handshake arrives
    let engine = engine_in(Chosen(|_, _, datagram: &[u8]| datagram.first() < Some(&20)));
    let mut client = Client::join(&*engine, "room", 1).await;
    client.show(Source::Microphone, false).await;
    wait("the word that it failed", || !client.seen.lock().unwrap().failed.is_empty()).await;
    assert_eq!(engine.census().connections, 1, "only the one that was not offered yet is left");
    engine.shut_down().await;
}
