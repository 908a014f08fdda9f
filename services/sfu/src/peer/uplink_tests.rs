use bytes::Bytes;
use rtc::{
    interceptor::AttributedPacket,
    rtcp::transport_feedbacks::transport_layer_nack::TransportLayerNack,
    shared::{TransportContext, TransportMessage},
};

use super::*;

const OFFER: &str = "v=0\r\na=ice-ufrag:abcd\r\nm=video 9 X 120 121\r\na=mid:1\r\na=sendonly\r\n\
    a=extmap:4 urn:ietf:params:rtp-hdrext:sdes:mid\r\n\
    a=extmap:10 urn:ietf:params:rtp-hdrext:sdes:rtp-stream-id\r\n\
    a=extmap:11 urn:ietf:params:rtp-hdrext:sdes:repaired-rtp-stream-id\r\n\
    a=rtpmap:120 VP8/90000\r\na=rtpmap:121 rtx/90000\r\na=fmtp:121 apt=120\r\na=rid:q send\r\na=rid:f send\r\n";

fn agreed() -> (Up, Chain) {
    let up = Up::default();
    up.agree(&sdp::Description::read(OFFER).unwrap().lines);
    let chain = up.chain();
    (up, chain)
}

fn packet(
    ssrc: u32,
    sequence: u16,
    payload_type: u8,
    extensions: &[(u8, &'static str)],
    payload: &[u8],
) -> rtp::Packet {
    let mut header =
        rtp::Header { version: 2, ssrc, sequence_number: sequence, payload_type, ..rtp::Header::default() };
    for (id, value) in extensions {
        header.set_extension(*id, Bytes::from_static(value.as_bytes())).unwrap();
    }
    rtp::Packet { header, payload: Bytes::copy_from_slice(payload) }
}

fn read(chain: &mut Chain, now: Instant, packet: rtp::Packet) {
    let message = AttributedPacket::new(Packet::Rtp(packet));
    chain.handle_read(TransportMessage { now, transport: TransportContext::default(), message }).unwrap();
}

fn taken(up: &Up) -> Vec<(String, Option<String>, u32, u16, u8)> {
    let mut arrived = Vec::new();
    up.take(&mut arrived);
    let told = |one: Arrived| {
        let header = one.packet.header;
        let layer = one.layer.map(|layer| layer.to_string());
        (one.line.to_string(), layer, header.ssrc, header.sequence_number, header.payload_type)
    };
    arrived.into_iter().map(told).collect()
}

/// Runs the chain's clock and counts how often each packet was asked for again.
fn asked(chain: &mut Chain, from: Instant, milliseconds: u64) -> HashMap<u16, u32> {
    let mut asked = HashMap::new();
    for step in 0..milliseconds / 10 {
        chain.handle_timeout(from + Duration::from_millis(step * 10)).unwrap();
        while let Some(written) = chain.poll_write() {
            let Packet::Rtcp(packets) = written.message.packet else { continue };
            for nack in packets.iter().filter_map(|one| one.as_any().downcast_ref::<TransportLayerNack>()) {
                for sequence in nack.nacks.iter().flat_map(|pair| pair.packet_list()) {
                    *asked.entry(sequence).or_default() += 1;
                }
            }
        }
    }
    asked
}

#[test]
fn layers_are_known_after_their_names_are_left_out_and_the_description_was_renewed() {
    let (up, mut chain) = agreed();
    let now = Instant::now();
    read(&mut chain, now, packet(1, 1, 120, &[], &[0; 9]));
    assert_eq!(taken(&up), [], "nobody knows what it is");
    read(&mut chain, now, packet(1, 2, 120, &[(4, "1"), (10, "q")], &[0; 9]));
    read(&mut chain, now, packet(1, 3, 120, &[], &[0; 9]));
    up.agree(&sdp::Description::read(OFFER).unwrap().lines);
    read(&mut chain, now, packet(1, 4, 120, &[], &[0; 9]));
    let numbers: Vec<u16> = taken(&up).into_iter().map(|one| one.3).collect();
    assert_eq!(numbers, [2, 3, 4]);
    assert_eq!(up.stream_of("1", Some("q")), Some(1));
    read(&mut chain, now, packet(1, 5, 99, &[], &[0; 9]));
    assert_eq!(taken(&up), [], "another codec");
}

#[test]
fn a_retransmission_takes_its_place_and_is_not_asked_for_again() {
    let (up, mut chain) = agreed();
    let now = Instant::now();
    for sequence in (0..40).filter(|sequence| ![20, 25].contains(sequence)) {
        read(&mut chain, now, packet(1, sequence, 120, &[(4, "1"), (10, "f")], &[0; 9]));
    }
    taken(&up);
    read(&mut chain, now, packet(2, 700, 121, &[(4, "1"), (11, "f")], &[0, 20, 1, 2, 3]));
    assert_eq!(taken(&up), [("1".into(), Some("f".into()), 1, 20, 120)]);
    read(&mut chain, now, packet(2, 701, 121, &[], &[0, 20, 1, 2, 3]));
    assert_eq!(taken(&up), [], "whoever was asked twice answers twice");
    read(&mut chain, now, packet(2, 702, 121, &[], &[]));
    assert_eq!(taken(&up), [], "only padding");
    let asked = asked(&mut chain, now, 5_000);
    assert_eq!(asked.get(&20), None);
    assert_eq!(asked.get(&25), Some(&u32::from(ASKED)), "limited, however long it stays away");
}

#[test]
fn a_flood_of_streams_ends_somewhere() {
    let (up, mut chain) = agreed();
    for ssrc in 0..10_000 {
        read(&mut chain, Instant::now(), packet(ssrc, 1, 120, &[(4, "1"), (10, "q")], &[0; 9]));
    }
    assert_eq!(taken(&up).len(), MOST_STREAMS);
}
