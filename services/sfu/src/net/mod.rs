//! The one UDP socket of everybody.

mod board;
mod called;

use std::{
    io,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr},
    sync::Arc,
};

use bytes::BytesMut;
use tokio::net::UdpSocket;

pub(crate) use board::{Board, Datagram, Listed, QUEUE};
pub(crate) use called::called;

use crate::settings::Settings;

/// Which way a datagram goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// To the engine.
    In,
    /// From the engine.
    Out,
}

/// Loses datagrams, in tests.
pub trait Weather: Send + Sync {
    /// Whether this one arrives.
    fn passes(&self, way: Way, peer: SocketAddr, datagram: &[u8]) -> bool;
}

/// Most bytes of a datagram that are taken.
const LONGEST: usize = 2_048;
/// Datagrams read before others get a turn.
const AT_ONCE: usize = 64;
/// What the kernel may hold for the engine: a tenth of a second of a hundred pictures.
const KERNEL: usize = 4 << 20;

/// The socket, and where it can be reached.
pub(crate) struct Net {
    socket: UdpSocket,
    wide: bool,
    /// Where browsers reach it.
    pub announced: Vec<SocketAddr>,
    pub board: Arc<Board>,
    weather: Option<Box<dyn Weather>>,
}

impl Net {
    /// Opens the socket; within a runtime.
    pub(crate) fn open(settings: &Settings, weather: Option<Box<dyn Weather>>) -> io::Result<Self> {
        let kind = socket2::Domain::for_address(settings.listen);
        let socket = socket2::Socket::new(kind, socket2::Type::DGRAM, None)?;
        // as much as the kernel allows; less works too
        let _ = socket.set_recv_buffer_size(KERNEL);
        let _ = socket.set_send_buffer_size(KERNEL);
        if settings.listen.is_ipv6() && settings.listen.ip().is_unspecified() {
            socket.set_only_v6(false)?;
        }
        socket.set_nonblocking(true)?;
        socket.bind(&settings.listen.into())?;
        let socket = UdpSocket::from_std(socket.into())?;
        let bound = socket.local_addr()?;
        let addresses = match settings.public.as_slice() {
            [] if bound.ip().is_unspecified() => vec![outward(bound)],
            [] => vec![bound.ip()],
            public => public.to_vec(),
        };
        let announced = addresses.into_iter().map(|ip| SocketAddr::new(ip, bound.port())).collect();
        let board = Arc::new(Board::default());
        Ok(Self { socket, wide: bound.is_ipv6(), announced, board, weather })
    }

    /// What the peer at this address sees as ours.
    pub(crate) fn ours(&self, peer: SocketAddr) -> Option<SocketAddr> {
        self.announced.iter().find(|ours| ours.is_ipv4() == peer.is_ipv4()).copied()
    }

    /// Sends a datagram, or loses it if the kernel has no room: everything that matters is repeated anyway.
    pub(crate) fn send(&self, to: SocketAddr, datagram: &[u8]) {
        if self.weather.as_ref().is_some_and(|weather| !weather.passes(Way::Out, to, datagram)) {
            return;
        }
        let to = match to.ip() {
            IpAddr::V4(ip) if self.wide => SocketAddr::new(ip.to_ipv6_mapped().into(), to.port()),
            _ => to,
        };
        if self.socket.try_send_to(datagram, to).is_err() {
            metrics::counter!("call_packets_dropped_total", "why" => "kernel").increment(1);
        }
    }

    /// Reads until the program ends, and brings each datagram to the connection it is for.
    pub(crate) async fn read(&self) {
        let mut room = BytesMut::new();
        loop {
            if self.socket.readable().await.is_err() {
                return;
            }
            for _ in 0..AT_ONCE {
                if room.capacity() < LONGEST {
                    room = BytesMut::with_capacity(LONGEST * 32);
                }
                let Ok((_, from)) = self.socket.try_recv_buf_from(&mut room) else { break };
                let datagram = room.split();
                let from = SocketAddr::new(from.ip().to_canonical(), from.port());
                if self.weather.as_ref().is_some_and(|weather| !weather.passes(Way::In, from, &datagram)) {
                    continue;
                }
                if let Err(why) = self.board.bring(from, datagram) {
                    metrics::counter!("call_packets_dropped_total", "why" => why).increment(1);
                }
            }
            tokio::task::yield_now().await;
        }
    }
}

/// The address with which this machine goes out: asked of the routing table, nothing is sent.
fn outward(bound: SocketAddr) -> IpAddr {
    let (from, far): (SocketAddr, SocketAddr) = if bound.is_ipv4() {
        ((Ipv4Addr::UNSPECIFIED, 0).into(), (Ipv4Addr::new(192, 0, 2, 1), 9).into())
    } else {
        ((Ipv6Addr::UNSPECIFIED, 0).into(), (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 1), 9).into())
    };
    let found = std::net::UdpSocket::bind(from).and_then(|socket| {
        socket.connect(far)?;
        socket.local_addr()
    });
    found.map_or(IpAddr::V4(Ipv4Addr::LOCALHOST), |address| address.ip())
}
