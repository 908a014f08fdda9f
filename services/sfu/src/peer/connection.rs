//! Drives one connection: datagrams in and out, its clock, and what became of it.

use std::{
    net::SocketAddr,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::{Duration, Instant},
};

use bytes::BytesMut;
use rtc::{
    peer_connection::{
        event::RTCPeerConnectionEvent,
        message::{RTCMessage, TaggedRTCMessage},
        state::{RTCIceConnectionState, RTCPeerConnectionState},
        transport::RTCIceCandidateInit,
    },
    rtcp, rtp,
    sansio::Protocol,
    shared::{TaggedBytesMut, TransportContext, TransportProtocol, error::Error},
};
use webrtc::peer_connection::RTCPeerConnection;

use super::flight::Flight;
use crate::net::{Listed, Net};

/// From the way's first sign of life until the keys must be there.
const SECURED_WITHIN: Duration = Duration::from_secs(12);
/// From the first description until the way must be found.
const FOUND_WITHIN: Duration = Duration::from_secs(40);
const BREATH: Duration = Duration::from_millis(1);

/// What became of a connection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Event {
    /// Media can flow.
    Secured,
    /// It will not come back.
    Failed,
}

/// One connection.
pub(crate) struct Connection {
    pc: RTCPeerConnection,
    net: Arc<Net>,
    listed: Listed,
    flight: Flight,
    /// Since when the other side can look for the way.
    begun: Option<Instant>,
    found: Option<Instant>,
    secured: Option<Instant>,
    failed: bool,
    told: bool,
    deadline: Option<Instant>,
    out: Vec<TaggedBytesMut>,
}

impl Connection {
    pub(crate) fn new(pc: RTCPeerConnection, net: Arc<Net>, listed: Listed) -> Result<Self, Error> {
        let mut connection = Self {
            pc,
            net,
            listed,
            flight: Flight::default(),
            begun: None,
            found: None,
            secured: None,
            failed: false,
            told: false,
            deadline: None,
            out: Vec::new(),
        };
        for (index, address) in connection.net.announced.clone().into_iter().enumerate() {
            let priority = 2_130_706_431 - u32::try_from(index).unwrap_or(0) * 256;
            let candidate = format!(
                "candidate:{} 1 udp {priority} {} {} typ host",
                index + 1,
                address.ip(),
                address.port()
            );
            connection
                .pc
                .add_local_candidate(RTCIceCandidateInit { candidate, ..RTCIceCandidateInit::default() })?;
        }
        connection.pc.add_local_candidate(RTCIceCandidateInit::default())?;
        Ok(connection)
    }

    /// Whether media can flow.
    pub(crate) fn secured(&self) -> bool {
        self.secured.is_some() && !self.failed
    }

    /// Whether it was secured so lately that the other side may still lack the keys.
    pub(crate) fn young(&self, now: Instant) -> bool {
        self.secured.is_none_or(|since| now.saturating_duration_since(since) < Duration::from_secs(3))
    }

    /// The library's own, to negotiate with. It must not bring the engine down: a panic in it ends this connection only.
    pub(crate) fn negotiate<T>(
        &mut self,
        what: impl FnOnce(&mut RTCPeerConnection) -> Result<T, Error>,
    ) -> Result<T, Error> {
        let done = self.guard(what).unwrap_or_else(|| Err(Error::Other("the library gave up".into())));
        self.deadline = None;
        done
    }

    /// The connection answers to this ICE user name.
    pub(crate) fn answers_to(&mut self, now: Instant, name: &str) {
        self.begun.get_or_insert(now);
        self.listed.answers_to(name);
    }

    fn guard<T>(&mut self, what: impl FnOnce(&mut RTCPeerConnection) -> T) -> Option<T> {
        if self.failed {
            return None;
        }
        let done = catch_unwind(AssertUnwindSafe(|| what(&mut self.pc))).ok();
        if done.is_none() {
            self.failed = true;
        }
        done
    }

    /// A datagram arrived.
    pub(crate) fn read(&mut self, now: Instant, from: SocketAddr, datagram: BytesMut) {
        let Some(ours) = self.net.ours(from) else { return };
        self.flight.arrived(now, &datagram);
        let transport = TransportContext {
            local_addr: ours,
            peer_addr: from,
            transport_protocol: TransportProtocol::UDP,
            ecn: None,
        };
        // an error concerns this datagram only
        let _ = self.guard(|pc| pc.handle_read(TaggedBytesMut { now, transport, message: datagram }).is_ok());
    }

    /// Sends media.
    pub(crate) fn write(&mut self, now: Instant, packet: rtp::Packet) {
        let message = RTCMessage::RtpPacket(String::new(), packet);
        let _ = self.guard(|pc| pc.handle_write(TaggedRTCMessage { now, message }).is_ok());
    }

    /// Says something about media.
    pub(crate) fn report(&mut self, now: Instant, packet: Box<dyn rtcp::Packet>) {
        let message = RTCMessage::RtcpPacket(String::new(), vec![packet]);
        let _ = self.guard(|pc| pc.handle_write(TaggedRTCMessage { now, message }).is_ok());
    }

    /// Does what is due and sends what is to be sent; to be called after everything else.
    pub(crate) fn settle(&mut self, now: Instant) -> Option<Event> {
        if self.deadline.is_some_and(|deadline| deadline <= now) {
            let _ = self.guard(|pc| pc.handle_timeout(now).is_ok());
        }
        let was = self.secured.is_some();
        let mut states = Vec::new();
        self.guard(|pc| {
            while let Some(event) = pc.poll_event() {
                states.push(event);
            }
            while pc.poll_read().is_some() {}
        });
        for event in states {
            self.notes(now, &event);
        }
        let mut out = std::mem::take(&mut self.out);
        self.guard(|pc| {
            while let Some(datagram) = pc.poll_write() {
                out.push(datagram);
            }
        });
        for datagram in out.drain(..) {
            let to = datagram.transport.peer_addr;
            self.flight.sent(now, to, &datagram.message);
            self.net.send(to, &datagram.message);
        }
        self.out = out;
        for (to, datagram) in self.flight.due(now) {
            self.net.send(*to, datagram);
        }
        let next = self.guard(RTCPeerConnection::poll_timeout).flatten();
        self.deadline = next.map(|next| next.max(now + BREATH));
        let late = match self.found {
            Some(found) => self.secured.is_none() && now.saturating_duration_since(found) > SECURED_WITHIN,
            None => self.begun.is_some_and(|begun| now.saturating_duration_since(begun) > FOUND_WITHIN),
        };
        self.failed |= late;
        if self.failed && !self.told {
            self.told = true;
            return Some(Event::Failed);
        }
        (self.secured.is_some() && !was).then_some(Event::Secured)
    }

    fn notes(&mut self, now: Instant, event: &RTCPeerConnectionEvent) {
        match event {
            RTCPeerConnectionEvent::OnIceConnectionStateChangeEvent(
                RTCIceConnectionState::Connected | RTCIceConnectionState::Completed,
            ) => {
                self.found.get_or_insert(now);
            }
            RTCPeerConnectionEvent::OnConnectionStateChangeEvent(RTCPeerConnectionState::Connected) => {
                self.found.get_or_insert(now);
                self.secured.get_or_insert(now);
                self.flight.secured();
            }
            RTCPeerConnectionEvent::OnConnectionStateChangeEvent(
                RTCPeerConnectionState::Failed | RTCPeerConnectionState::Closed,
            ) => self.failed = true,
            _ => {}
        }
    }

    /// When [`Connection::settle`] is to be called at the latest.
    pub(crate) fn timeout(&self) -> Option<Instant> {
        if self.failed {
            return None;
        }
        [self.deadline, self.flight.timeout()].into_iter().flatten().min()
    }

    /// Says goodbye.
    pub(crate) fn close(mut self, now: Instant) {
        let _ = self.guard(|pc| pc.close().is_ok());
        let _ = self.settle(now);
    }
}
