//! What arrives from a browser: sorted by line and layer, repaired, and reported on.
//!
//! The library finds the stream of a packet by extensions that browsers soon leave out, forgets what it found when a description
//! changes, and unpacks retransmissions only after it looked for gaps, so it asks for what was repaired. All three are
//! done here instead, below everything that would ask again.

use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use rtc::{
    interceptor::{
        BoxedInterceptor, Interceptor, NackGeneratorBuilder, NackGeneratorInterceptor, Packet, RTCPFeedback,
        RTPHeaderExtension, ReceiverReportBuilder, Registry, Slot, StreamInfo, TaggedPacket,
        TwccReceiverBuilder,
    },
    rtp,
    sansio::Protocol,
    shared::error::Error,
};

use super::once::Once;
use crate::sdp::{self, Kind, Line};

/// Streams of one connection: four sources with three layers and their retransmissions, and some that were before.
const MOST_STREAMS: usize = 64;
/// How often a packet is asked for again. More often only fills a way that is too narrow.
const ASKED: u16 = 3;
const BETWEEN: Duration = Duration::from_millis(30);

/// A packet of media.
pub(crate) struct Arrived {
    pub line: Arc<str>,
    pub layer: Option<Arc<str>>,
    pub packet: rtp::Packet,
}

#[derive(Clone)]
enum Stream {
    Media { line: Arc<str>, layer: Option<Arc<str>>, payload_type: u8 },
    Repair { of: u32, payload_type: u8, repaired: u8 },
}

/// What the connection and its chain share.
#[derive(Default)]
pub(crate) struct State {
    lines: Vec<Line>,
    streams: HashMap<u32, Stream>,
    /// What has come of each stream of media, so that it goes on once.
    once: HashMap<u32, Once>,
    arrived: Vec<Arrived>,
    /// Packets that belong to nothing.
    lost: u64,
    /// Packets asked for again, for tests and figures.
    repaired: u64,
}

/// The connection's hold on its chain.
#[derive(Clone, Default)]
pub(crate) struct Up(Arc<Mutex<State>>);

impl Up {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What was agreed: streams of lines that are gone are forgotten.
    pub(crate) fn agree(&self, lines: &[Line]) {
        let mut state = self.lock();
        lines.clone_into(&mut state.lines);
        let State { lines, streams, once, .. } = &mut *state;
        streams.retain(|_, stream| match stream {
            Stream::Media { line, payload_type, .. } => {
                lines.iter().any(|known| known.mid == **line && known.codec == Some(*payload_type))
            }
            Stream::Repair { .. } => false,
        });
        once.retain(|ssrc, _| streams.contains_key(ssrc));
    }

    /// Takes what arrived.
    pub(crate) fn take(&self, into: &mut Vec<Arrived>) {
        let mut state = self.lock();
        into.append(&mut state.arrived);
        let lost = std::mem::take(&mut state.lost);
        let repaired = std::mem::take(&mut state.repaired);
        drop(state);
        if lost > 0 {
            metrics::counter!("call_packets_dropped_total", "why" => "unknown").increment(lost);
        }
        if repaired > 0 {
            metrics::counter!("call_packets_repaired_total").increment(repaired);
        }
    }

    /// The stream of a layer, to ask its sender for a whole picture.
    pub(crate) fn stream_of(&self, line: &str, layer: Option<&str>) -> Option<u32> {
        self.lock().streams.iter().find_map(|(ssrc, stream)| match stream {
            Stream::Media { line: known, layer: its, .. } => {
                (**known == *line && its.as_deref() == layer).then_some(*ssrc)
            }
            Stream::Repair { .. } => None,
        })
    }

    pub(crate) fn chain(&self) -> Chain {
        Chain {
            state: self.clone(),
            reports: Registry::new()
                .with(Slot::TwccReceiver, TwccReceiverBuilder::new().build())
                .with(Slot::ReceiverReport, ReceiverReportBuilder::new().build())
                .build_boxed(),
            gaps: NackGeneratorBuilder::new().with_max_nacks_per_packet(ASKED).with_interval(BETWEEN).build(),
            out: VecDeque::new(),
        }
    }
}

trait Boxed {
    fn build_boxed(self) -> BoxedInterceptor;
}

impl Boxed for Registry {
    fn build_boxed(self) -> BoxedInterceptor {
        Box::new(self.build())
    }
}

impl State {
    /// Finds out what a stream is, by what the description says of it or by what its packet says itself.
    fn identify(&self, header: &rtp::Header) -> Option<(Stream, &Line)> {
        let ssrc = header.ssrc;
        let payload_type = header.payload_type;
        for line in &self.lines {
            let named = line.streams.contains(&ssrc);
            if named && line.codec == Some(payload_type) && line.layers.is_empty() {
                return Some((
                    Stream::Media { line: line.mid.as_str().into(), layer: None, payload_type },
                    line,
                ));
            }
            if let Some((of, _)) = line.repairs.iter().find(|(_, repair)| *repair == ssrc)
                && line.repair == Some(payload_type)
                && let Some(repaired) = line.codec
            {
                return Some((Stream::Repair { of: *of, payload_type, repaired }, line));
            }
        }
        let text = |id: Option<u8>| {
            id.and_then(|id| header.get_extension(id))
                .and_then(|bytes| String::from_utf8(bytes.to_vec()).ok())
        };
        self.lines.iter().find_map(|line| {
            let ids = line.extensions;
            if text(ids.mid).is_some_and(|mid| mid != line.mid) {
                return None;
            }
            if line.repair == Some(payload_type) {
                let layer = text(ids.repaired_layer)?;
                let repaired = line.codec?;
                let of = self.streams.iter().find_map(|(ssrc, stream)| match stream {
                    Stream::Media { line: mid, layer: Some(known), .. } => {
                        (**mid == *line.mid && **known == *layer).then_some(*ssrc)
                    }
                    _ => None,
                })?;
                return Some((Stream::Repair { of, payload_type, repaired }, line));
            }
            if line.codec != Some(payload_type) {
                return None;
            }
            let layer = match text(ids.layer) {
                Some(layer) => Some(line.layers.iter().find(|known| **known == layer)?.as_str().into()),
                // a line without layers whose streams the description did not name
                None if line.layers.is_empty() && line.streams.is_empty() && text(ids.mid).is_some() => None,
                None => return None,
            };
            Some((Stream::Media { line: line.mid.as_str().into(), layer, payload_type }, line))
        })
    }
}

/// The chain of interceptors of such a connection.
pub(crate) struct Chain {
    state: Up,
    /// Reports of arrivals and losses, as the way had them.
    reports: BoxedInterceptor,
    /// Asks for what is missing, after retransmissions were put into their places.
    gaps: NackGeneratorInterceptor,
    out: VecDeque<TaggedPacket>,
}

fn info(ssrc: u32, payload_type: u8, line: &Line, repair: bool) -> StreamInfo {
    let arrival =
        line.extensions.arrival.map(|id| RTPHeaderExtension { uri: sdp::ARRIVAL.into(), id: id.into() });
    let (mime_type, clock_rate) = match line.kind {
        Kind::Audio => ("audio/opus", 48_000),
        Kind::Video => ("video/VP8", super::PICTURES),
    };
    let mut rtcp_feedback = vec![RTCPFeedback { typ: "transport-cc".into(), parameter: String::new() }];
    if line.kind == Kind::Video && !repair {
        rtcp_feedback.push(RTCPFeedback { typ: "nack".into(), parameter: String::new() });
    }
    StreamInfo {
        ssrc,
        payload_type,
        rtp_header_extensions: arrival.into_iter().collect(),
        mime_type: mime_type.into(),
        clock_rate,
        rtcp_feedback,
        ..StreamInfo::default()
    }
}

impl Chain {
    fn take(&mut self, mut msg: TaggedPacket) -> Result<(), Error> {
        let Packet::Rtp(packet) = &msg.message.packet else {
            self.reports.handle_read(msg)?;
            while self.reports.poll_read().is_some() {}
            return Ok(());
        };
        let ssrc = packet.header.ssrc;
        let mut state = self.state.lock();
        let known = match state.streams.get(&ssrc) {
            Some(stream) => Some((stream.clone(), None)),
            None if state.streams.len() < MOST_STREAMS => {
                state.identify(&packet.header).map(|(stream, line)| {
                    let repair = matches!(stream, Stream::Repair { .. });
                    (stream, Some(info(ssrc, packet.header.payload_type, line, repair)))
                })
            }
            None => None,
        };
        let Some((stream, new)) = known else {
            state.lost += 1;
            return Ok(());
        };
        if let Some(info) = new {
            state.streams.insert(ssrc, stream.clone());
            drop(state);
            self.reports.bind_remote_stream(&info);
            if matches!(stream, Stream::Media { .. }) {
                self.gaps.bind_remote_stream(&info);
            }
        } else {
            drop(state);
        }
        let payload_type = match &stream {
            Stream::Media { payload_type, .. } | Stream::Repair { payload_type, .. } => *payload_type,
        };
        if packet.header.payload_type != payload_type {
            self.state.lock().lost += 1;
            return Ok(());
        }
        self.reports.handle_read(msg)?;
        while let Some(read) = self.reports.poll_read() {
            msg = read;
            self.put(&stream, msg)?;
        }
        Ok(())
    }

    /// A packet in its place.
    fn put(&mut self, stream: &Stream, mut msg: TaggedPacket) -> Result<(), Error> {
        let Packet::Rtp(packet) = &mut msg.message.packet else { return Ok(()) };
        if let Stream::Repair { of, repaired, .. } = stream {
            let &[high, low, ..] = packet.payload.as_ref() else { return Ok(()) };
            packet.header.sequence_number = u16::from_be_bytes([high, low]);
            packet.header.ssrc = *of;
            packet.header.payload_type = *repaired;
            packet.payload = packet.payload.slice(2..);
        }
        let (line, layer) = {
            let mut state = self.state.lock();
            if matches!(stream, Stream::Repair { .. }) {
                state.repaired += 1;
            }
            let Some(Stream::Media { line, layer, .. }) = state.streams.get(&packet.header.ssrc) else {
                return Ok(());
            };
            let place = (Arc::clone(line), layer.clone());
            let number = packet.header.sequence_number;
            let once = state.once.entry(packet.header.ssrc).or_insert_with(|| Once::new(number));
            if !once.is_first(number) {
                return Ok(());
            }
            place
        };
        self.gaps.handle_read(msg)?;
        while let Some(read) = self.gaps.poll_read() {
            if let Packet::Rtp(packet) = read.message.packet {
                self.state.lock().arrived.push(Arrived {
                    line: Arc::clone(&line),
                    layer: layer.clone(),
                    packet,
                });
            }
        }
        Ok(())
    }
}

impl Protocol<TaggedPacket, TaggedPacket, ()> for Chain {
    type Rout = TaggedPacket;
    type Wout = TaggedPacket;
    type Eout = ();
    type Error = Error;
    type Time = Instant;

    fn handle_read(&mut self, msg: TaggedPacket) -> Result<(), Error> {
        self.take(msg)
    }

    fn poll_read(&mut self) -> Option<TaggedPacket> {
        None
    }

    fn handle_write(&mut self, msg: TaggedPacket) -> Result<(), Error> {
        self.out.push_back(msg);
        Ok(())
    }

    fn poll_write(&mut self) -> Option<TaggedPacket> {
        self.out.pop_front().or_else(|| self.reports.poll_write()).or_else(|| self.gaps.poll_write())
    }

    fn handle_timeout(&mut self, now: Instant) -> Result<(), Error> {
        self.reports.handle_timeout(now)?;
        self.gaps.handle_timeout(now)
    }

    fn poll_timeout(&mut self) -> Option<Instant> {
        [self.reports.poll_timeout(), self.gaps.poll_timeout()].into_iter().flatten().min()
    }
}

/// Streams are bound here by what is known of them, not by what the library finds.
impl Interceptor for Chain {
    fn bind_local_stream(&mut self, _: &StreamInfo) {}
    fn unbind_local_stream(&mut self, _: &StreamInfo) {}
    fn bind_remote_stream(&mut self, _: &StreamInfo) {}
    fn unbind_remote_stream(&mut self, _: &StreamInfo) {}
}

#[cfg(test)]
#[path = "uplink_tests.rs"]
mod tests;
