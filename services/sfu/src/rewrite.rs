//! Makes one stream out of the layers of a picture: numbers and times go on without a gap when the layer changes.

use std::time::Instant;

use rtc::rtp::{Header, Packet};

use crate::vp8;

/// The numbers of one stream to one receiver.
#[derive(Debug)]
pub(crate) struct Rewriter {
    ssrc: u32,
    payload_type: u8,
    /// Ticks of its clock per second.
    clock: u32,
    last: Option<Last>,
    sequence: u16,
    timestamp: u32,
    picture: u16,
    tl0: u8,
    /// The first packet of the layer that is forwarded; older ones belong to nothing that was sent.
    from: u16,
}

/// The newest that was sent.
#[derive(Debug, Clone, Copy)]
struct Last {
    sequence: u16,
    timestamp: u32,
    picture: u16,
    tl0: u8,
    at: Instant,
}

/// Whether `a` comes after `b` in numbers that begin anew after the largest.
fn after(a: u16, b: u16) -> bool {
    a != b && a.wrapping_sub(b) < 0x8000
}

impl Rewriter {
    pub(crate) fn new(ssrc: u32, payload_type: u8, clock: u32) -> Self {
        let none = (0, 0, 0, 0, 0);
        let (sequence, timestamp, picture, tl0, from) = none;
        Self { ssrc, payload_type, clock, last: None, sequence, timestamp, picture, tl0, from }
    }

    pub(crate) fn ssrc(&self) -> u32 {
        self.ssrc
    }

    /// The number under which the receiver knows the codec, from her description.
    pub(crate) fn set_payload_type(&mut self, payload_type: u8) {
        self.payload_type = payload_type;
    }

    /// From this packet on another layer is forwarded, or the same one again after a pause.
    pub(crate) fn begin(&mut self, now: Instant, header: &Header, picture: Option<&vp8::Descriptor>) {
        self.from = header.sequence_number;
        let Some(last) = self.last else { return };
        let passed = now.saturating_duration_since(last.at).as_micros();
        let ticks =
            u32::try_from(passed * u128::from(self.clock) / 1_000_000 % (1 << 32)).unwrap_or(0).max(1);
        self.sequence = last.sequence.wrapping_add(1).wrapping_sub(header.sequence_number);
        self.timestamp = last.timestamp.wrapping_add(ticks).wrapping_sub(header.timestamp);
        if let Some(number) = picture.and_then(|picture| picture.picture) {
            self.picture = last.picture.wrapping_add(1).wrapping_sub(number);
        }
        if let Some(tl0) = picture.and_then(|picture| picture.tl0) {
            self.tl0 = last.tl0.wrapping_add(1).wrapping_sub(tl0);
        }
    }

    /// The packet as the receiver gets it: without header extensions, under her numbers. `None` if it is older than what was
    /// forwarded of this layer.
    pub(crate) fn write(
        &mut self,
        now: Instant,
        packet: &Packet,
        picture: Option<&vp8::Descriptor>,
    ) -> Option<Packet> {
        let heard = &packet.header;
        if after(self.from, heard.sequence_number) {
            return None;
        }
        let sequence_number = heard.sequence_number.wrapping_add(self.sequence);
        let timestamp = heard.timestamp.wrapping_add(self.timestamp);
        let number =
            picture.and_then(|picture| picture.picture).unwrap_or(0).wrapping_add(self.picture) & 0x7fff;
        let tl0 = picture.and_then(|picture| picture.tl0).unwrap_or(0).wrapping_add(self.tl0);
        if self.last.is_none_or(|last| after(sequence_number, last.sequence)) {
            self.last = Some(Last { sequence: sequence_number, timestamp, picture: number, tl0, at: now });
            // what is half a circle behind would look as if it were ahead
            if heard.sequence_number.wrapping_sub(self.from) > 0x4000 {
                self.from = heard.sequence_number.wrapping_sub(0x2000);
            }
        }
        let payload = match picture {
            Some(picture) => picture.write(&packet.payload, number, tl0),
            None => packet.payload.clone(),
        };
        let header = Header {
            version: 2,
            marker: heard.marker,
            payload_type: self.payload_type,
            sequence_number,
            timestamp,
            ssrc: self.ssrc,
            ..Header::default()
        };
        Some(Packet { header, payload })
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use bytes::Bytes;
    use proptest::prelude::*;

    use super::*;

    fn packet(sequence_number: u16, timestamp: u32, picture: u16, tl0: u8) -> Packet {
        let [high, low] = (picture | 0x8000).to_be_bytes();
        let header = Header {
            version: 2,
            sequence_number,
            timestamp,
            ssrc: 1,
            payload_type: 120,
            ..Header::default()
        };
        Packet { header, payload: Bytes::from(vec![0x90, 0xc0, high, low, tl0, 0x00, 0xaa]) }
    }

    fn sent(
        rewriter: &mut Rewriter,
        now: Instant,
        packet: &Packet,
        begins: bool,
    ) -> Option<(u16, u32, u16, u8)> {
        let picture = vp8::read(&packet.payload).unwrap();
        if begins {
            rewriter.begin(now, &packet.header, Some(&picture));
        }
        let written = rewriter.write(now, packet, Some(&picture))?;
        assert_eq!((written.header.ssrc, written.header.payload_type), (7, 96));
        let picture = vp8::read(&written.payload).unwrap();
        Some((
            written.header.sequence_number,
            written.header.timestamp,
            picture.picture.unwrap(),
            picture.tl0.unwrap(),
        ))
    }

    #[test]
    fn a_change_of_layers_leaves_no_gap() {
        let start = Instant::now();
        let mut rewriter = Rewriter::new(7, 96, 90_000);
        assert_eq!(
            sent(&mut rewriter, start, &packet(65_534, 100, 0x7ffe, 254), true),
            Some((65_534, 100, 0x7ffe, 254))
        );
        let next = start + Duration::from_millis(33);
        assert_eq!(sent(&mut rewriter, next, &packet(65_535, 3_070, 0x7fff, 255), false).unwrap().0, 65_535);
        let later = next + Duration::from_millis(100);
        let switched = sent(&mut rewriter, later, &packet(500, 9_999_999, 40, 9), true);
        assert_eq!(switched, Some((0, 12_070, 0, 0)));
        assert_eq!(
            sent(&mut rewriter, later, &packet(499, 9_999_000, 39, 8), false),
            None,
            "older than the change"
        );
        assert_eq!(
            sent(&mut rewriter, later, &packet(502, 10_002_969, 41, 10), false),
            Some((2, 15_040, 1, 1))
        );
        assert_eq!(
            sent(&mut rewriter, later, &packet(501, 9_999_999, 40, 9), false),
            Some((1, 12_070, 0, 0)),
            "late"
        );
    }

    proptest! {
        #[test]
        fn no_two_packets_of_a_layer_get_one_number(first: u16, steps in proptest::collection::vec(0_u16..5, 1..300)) {
            let start = Instant::now();
            let mut rewriter = Rewriter::new(7, 96, 90_000);
            let mut given = std::collections::HashMap::new();
            let mut sequence = first;
            for (index, step) in steps.into_iter().enumerate() {
                sequence = sequence.wrapping_add(step);
                let switch = index % 50 == 0;
                let base = u16::try_from(index / 50).unwrap() * 9_973;
                let packet = packet(sequence.wrapping_add(base), 0, 0, 0);
                if let Some((number, ..)) = sent(&mut rewriter, start, &packet, switch) {
                    let was = given.insert(number, (index / 50, sequence));
                    prop_assert!(was.is_none_or(|was| was == (index / 50, sequence)), "{number}");
                }
            }
        }
    }
}
