//! The way back to a client.

use std::{net::SocketAddr, sync::Arc};

use bytes::{Bytes, BytesMut};
use tokio::{net::UdpSocket, sync::mpsc};

/// Messages that wait for a stream that takes them slowly. With the longest message it is 256 kB a stream.
pub(crate) const WAITING: usize = 128;
/// Places of those that only answers may take, so that a slow stream still learns what becomes of its requests.
const FOR_ANSWERS: usize = 16;

/// Where a client speaks from and on which of our sockets: its address on UDP, or the number of its stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Tuple {
    /// Which of our sockets, or which stream.
    pub(crate) via: u64,
    /// Its address.
    pub(crate) client: SocketAddr,
}

/// A client and how it is answered.
#[derive(Clone)]
pub(crate) struct Client {
    pub(crate) tuple: Tuple,
    pub(crate) back: Back,
}

#[derive(Clone)]
pub(crate) enum Back {
    Udp(Arc<UdpSocket>),
    Stream(mpsc::Sender<Bytes>),
}

impl Client {
    /// Its address as the network sees it, without the form a socket for both families gives it.
    pub(crate) fn address(&self) -> SocketAddr {
        SocketAddr::new(self.tuple.client.ip().to_canonical(), self.tuple.client.port())
    }

    /// Sends an answer. Where there is no place even for answers, it is lost, as it would be on UDP.
    pub(crate) fn answer(&self, message: &[u8]) -> bool {
        match &self.back {
            Back::Udp(socket) => socket.try_send_to(message, self.tuple.client).is_ok(),
            Back::Stream(waiting) => waiting.try_send(Bytes::copy_from_slice(message)).is_ok(),
        }
    }

    /// Sends media, unless too much waits: what comes late is worth less than what comes next.
    pub(crate) fn media(&self, message: &[u8]) -> bool {
        match &self.back {
            Back::Udp(socket) => socket.try_send_to(message, self.tuple.client).is_ok(),
            Back::Stream(waiting) => {
                if waiting.capacity() <= FOR_ANSWERS {
                    return false;
                }
                let mut padded = BytesMut::with_capacity(message.len().next_multiple_of(4));
                padded.extend_from_slice(message);
                padded.resize(message.len().next_multiple_of(4), 0);
                waiting.try_send(padded.freeze()).is_ok()
            }
        }
    }
}
