//! Which layer of a picture goes to whom.

use std::time::Duration;

use contracts::media::Source;
use rtc::rtp_transceiver::rtp_sender::RtpCodecKind::{Audio, Video};

use crate::{
    client::{Client, LAYERS, read},
    engine, engine_in,
    weather::Narrow,
};

/// Sizes of a packet of each layer; at fifty a second they make 80, 240 and 480 kilobits.
const SIZES: [usize; 3] = [200, 600, 1_200];

async fn two(engine: &std::sync::Arc<sfu::Engine>) -> (Client, Client) {
    let mut sends = Client::join(&**engine, "room", 1).await;
    sends.show(Source::Microphone, false).await;
    sends.show(Source::Camera, true).await;
    let mut watches = Client::join(&**engine, "room", 2).await;
    watches.show(Source::Microphone, false).await;
    (sends, watches)
}

/// Sends all layers, with whole pictures now and then, until it is so.
async fn show(sends: &Client, number: &mut u32, what: &str, mut until: impl FnMut() -> bool) {
    for _ in 0..4_000 {
        if until() {
            return;
        }
        *number += 1;
        sends.send(Source::Microphone, 0, *number, false, 60).await;
        for (layer, size) in SIZES.iter().enumerate() {
            sends
                .send(Source::Camera, layer, *number, (*number + layer as u32 * 3).is_multiple_of(12), *size)
                .await;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("shown in vain: {what}");
}

fn newest(watches: &Client, many: usize) -> Vec<usize> {
    watches.got(1, Video).iter().rev().take(many).map(|packet| read(packet).0).collect()
}

fn steady(watches: &Client, layer: usize) -> bool {
    let newest = newest(watches, 10);
    newest.len() == 10 && newest.iter().all(|one| *one == layer)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_layer_follows_the_drawn_height_without_a_gap() {
    let engine = engine();
    let (sends, watches) = two(&engine).await;
    let mut number = 0;
    show(&sends, &mut number, "small before the first word", || steady(&watches, 0)).await;
    for (height, layer) in [(720, 2), (300, 1), (100, 0), (1_080, 2)] {
        watches.draw(&[(1, height)]);
        show(&sends, &mut number, &format!("{height} high"), || steady(&watches, layer)).await;
    }
    let mut packets = watches.got(1, Video);
    packets.sort_by_key(|packet| packet.header.sequence_number);
    for pair in packets.windows(2) {
        let (before, after) = (&pair[0], &pair[1]);
        let step = after.header.sequence_number - before.header.sequence_number;
        if step != 1 {
            continue;
        }
        let (layer, _) = read(after);
        if layer != read(before).0 {
            assert_eq!(after.payload[5] & 1, 0, "a layer begins with a whole picture");
            let height = u16::from_le_bytes([after.payload[13], after.payload[14]]);
            assert_eq!(height, LAYERS[layer].1);
        }
        let id =
            |packet: &rtc::rtp::Packet| u16::from_be_bytes([packet.payload[2], packet.payload[3]]) & 0x7fff;
        assert_eq!(id(after), id(before) + 1, "pictures are numbered without a gap");
        assert_eq!(after.payload[4], before.payload[4].wrapping_add(1));
        let ticks = after.header.timestamp.wrapping_sub(before.header.timestamp);
        assert!(ticks > 0 && ticks < 90_000 * 30, "time goes on: {ticks}");
    }
    let most = packets
        .windows(2)
        .filter(|pair| pair[1].header.sequence_number - pair[0].header.sequence_number != 1);
    assert_eq!(most.count(), 0, "packets are numbered without a gap");
    engine.shut_down().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn on_a_narrow_way_pictures_are_held_and_sound_goes_on() {
    let weather = Narrow::default();
    let engine = engine_in(weather.clone());
    let (sends, watches) = two(&engine).await;
    let mut number = 0;
    watches.draw(&[(1, 720)]);
    show(&sends, &mut number, "the best at first", || steady(&watches, 2)).await;
    weather.set(400_000);
    show(&sends, &mut number, "less on a narrow way", || {
        let newest = newest(&watches, 10);
        newest.len() == 10 && newest.iter().all(|layer| *layer < 2)
    })
    .await;
    weather.set(70_000);
    let held = |watches: &Client| watches.seen.lock().unwrap().held.clone();
    show(&sends, &mut number, "held back", || held(&watches) == [(1, Source::Camera)]).await;
    let (sounds, from) = (watches.count(1, Audio), number);
    show(&sends, &mut number, "sound goes on", || watches.count(1, Audio) > sounds + 50).await;
    let lost = f64::from(number - from) - 50.0;
    assert!(lost < f64::from(number - from) * 0.5, "sound comes through: 50 of {}", number - from);
    weather.set(0);
    show(&sends, &mut number, "back on a wide way", || {
        held(&watches).is_empty() && newest(&watches, 1) == [2]
    })
    .await;
    engine.shut_down().await;
}
