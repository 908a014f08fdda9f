//! Whoever goes leaves nothing behind.

use contracts::media::{CallSay, Direction, Source};
use rtc::rtp_transceiver::rtp_sender::RtpCodecKind::Audio;
use sfu::Census;

use crate::{
    client::{Client, wait},
    engine,
    talking::{gather, talk},
};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn after_many_came_and_went_nothing_is_left() {
    let engine = engine();
    for round in 0..12 {
        let clients = gather(&engine, &format!("room{}", round % 3), 3).await;
        if round % 4 == 0 {
            talk(&clients, 5).await;
        }
        assert_eq!(engine.census().legs, 3);
        for client in clients {
            if client.member == 2 {
                assert!(client.leg.say(CallSay::Stop {}));
            }
            client.leave().await;
        }
        wait("nothing to be left", || engine.census() == Census::default()).await;
    }
    engine.shut_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn lines_are_freed_and_used_again() {
    let engine = engine();
    let mut clients = gather(&engine, "room", 2).await;
    talk(&clients, 5).await;
    for guest in 10..16 {
        let mut client = Client::join(&*engine, "room", guest).await;
        client.show(Source::Microphone, false).await;
        wait("a line", || clients[0].seen.lock().unwrap().forwards.len() == 3).await;
        for number in 0..2_000 {
            client.send(Source::Microphone, 0, number, false, 60).await;
            tokio::time::sleep(std::time::Duration::from_millis(10)).await;
            if clients[0].count(guest, Audio) > 5 {
                break;
            }
        }
        assert!(clients[0].count(guest, Audio) > 5, "guest {guest} is heard");
        client.leave().await;
        wait("the line to go", || clients[0].seen.lock().unwrap().forwards.len() == 2).await;
    }
    let sdp = clients[0].down.remote_description().await.unwrap().sdp;
    assert!(sdp.matches("m=audio").count() <= 4, "lines are used again");
    let last = clients.pop().unwrap();
    last.leave().await;
    wait("no line", || clients[0].seen.lock().unwrap().forwards.is_empty()).await;
    engine.shut_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_comes_again_takes_her_own_place() {
    let engine = engine();
    let clients = gather(&engine, "room", 2).await;
    let mut again = Client::join(&*engine, "room", 2).await;
    again.show(Source::Microphone, false).await;
    wait("one line instead of two", || {
        let seen = clients[0].seen.lock().unwrap();
        seen.forwards.len() == 1 && seen.forwards[0].from == 2
    })
    .await;
    wait("two connections each for two people", || engine.census().connections == 4).await;
    assert_ne!(clients[0].seen.lock().unwrap().failed, [Direction::Up]);
    engine.shut_down().await;
}
