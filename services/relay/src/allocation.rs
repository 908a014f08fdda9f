//! A relayed address of one client: to whom it may send, and how long.

use std::{
    collections::HashMap,
    net::{IpAddr, SocketAddr},
    sync::{Mutex, MutexGuard, OnceLock, PoisonError},
    time::Duration,
};

use rtc_stun::{
    attributes::{ATTR_DATA, ATTR_XOR_PEER_ADDRESS},
    message::{CLASS_INDICATION, METHOD_DATA, MessageType},
};
use socket2::SockRef;
use tokio::{net::UdpSocket, task::AbortHandle, time::Instant};

use crate::{
    client::Client,
    message::{add_address, begin},
    meter::Bucket,
    quotas::Counted,
};

/// How long a permission holds (RFC 8656, 9).
const PERMISSION: Duration = Duration::from_mins(5);
/// How long a channel is bound (RFC 8656, 12).
const CHANNEL: Duration = Duration::from_mins(10);
/// Addresses one allocation may talk to, and channels it may bind. In a group of eight a browser has three addresses of each other.
const MOST_PEERS: usize = 64;

/// Before data there is room for the header of a channel.
pub(crate) const HEADER: usize = 4;

pub(crate) struct Allocation {
    pub(crate) client: Client,
    /// The name it was made under; only that name may change it.
    pub(crate) username: String,
    pub(crate) key: [u8; 16],
    /// The request that made it: its repetition is answered again.
    pub(crate) transaction: [u8; 12],
    /// The relayed address as it is announced.
    pub(crate) relayed: SocketAddr,
    pub(crate) socket: UdpSocket,
    /// Not refreshed beyond this, whoever asks.
    pub(crate) ends_for_good: Instant,
    pub(crate) reading: OnceLock<AbortHandle>,
    state: Mutex<State>,
    counted: Mutex<Option<Counted>>,
}

struct State {
    ends: Instant,
    permissions: HashMap<IpAddr, Instant>,
    channels: Vec<Channel>,
    sent: Bucket,
    received: Bucket,
}

struct Channel {
    number: u16,
    peer: SocketAddr,
    ends: Instant,
}

/// A channel or permission that cannot be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unbound {
    /// The number or the peer is bound otherwise.
    Taken,
    /// There are too many.
    Full,
}

/// What makes an allocation.
pub(crate) struct Parts {
    pub(crate) client: Client,
    pub(crate) username: String,
    pub(crate) key: [u8; 16],
    pub(crate) transaction: [u8; 12],
    pub(crate) relayed: SocketAddr,
    pub(crate) socket: UdpSocket,
    pub(crate) lifetime: Duration,
    pub(crate) longest: Duration,
    pub(crate) bytes_per_second: u32,
    pub(crate) counted: Counted,
}

impl Allocation {
    pub(crate) fn new(parts: Parts) -> Self {
        let now = Instant::now();
        let full = Bucket::full(parts.bytes_per_second, now);
        Self {
            client: parts.client,
            username: parts.username,
            key: parts.key,
            transaction: parts.transaction,
            relayed: parts.relayed,
            socket: parts.socket,
            ends_for_good: now + parts.longest,
            reading: OnceLock::new(),
            state: Mutex::new(State {
                ends: now + parts.lifetime,
                permissions: HashMap::new(),
                channels: Vec::new(),
                sent: full,
                received: full,
            }),
            counted: Mutex::new(Some(parts.counted)),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn is_over(&self, now: Instant) -> bool {
        self.state().ends <= now
    }

    /// Holds it for so long; what is left of its time for good if that is less.
    pub(crate) fn refresh(&self, lifetime: Duration) -> Duration {
        let now = Instant::now();
        let lifetime = lifetime.min(self.ends_for_good.saturating_duration_since(now));
        self.state().ends = now + lifetime;
        lifetime
    }

    /// How long it still holds.
    pub(crate) fn left(&self) -> Duration {
        self.state().ends.saturating_duration_since(Instant::now())
    }

    /// Takes no more bytes of its client for this second.
    pub(crate) fn may_send(&self, bytes: usize, per_second: u32) -> bool {
        self.state().sent.take(bytes, per_second, Instant::now())
    }

    /// Sends to a peer now or not at all. The runtime is not asked: of a fresh socket it does not know yet that it can send, and
    /// the first packet would be lost.
    pub(crate) fn send(&self, data: &[u8], target: SocketAddr) -> bool {
        SockRef::from(&self.socket).send_to(data, &target.into()).is_ok()
    }

    /// Permits peers, all or none.
    pub(crate) fn permit(&self, peers: &[IpAddr]) -> Result<(), Unbound> {
        let now = Instant::now();
        let mut state = self.state();
        state.permissions.retain(|_, ends| *ends > now);
        let fresh = peers.iter().filter(|peer| !state.permissions.contains_key(peer)).count();
        if state.permissions.len() + fresh > MOST_PEERS {
            return Err(Unbound::Full);
        }
        state.permissions.extend(peers.iter().map(|peer| (*peer, now + PERMISSION)));
        Ok(())
    }

    pub(crate) fn is_permitted(&self, peer: IpAddr) -> bool {
        self.state().permissions.get(&peer).is_some_and(|ends| *ends > Instant::now())
    }

    /// Binds a channel to a peer and permits it, or binds it for longer.
    pub(crate) fn bind(&self, number: u16, peer: SocketAddr) -> Result<(), Unbound> {
        let now = Instant::now();
        {
            let mut state = self.state();
            state.channels.retain(|channel| channel.ends > now);
            let has_room = state.channels.len() < MOST_PEERS;
            let bound =
                state.channels.iter_mut().find(|channel| channel.number == number || channel.peer == peer);
            match bound {
                Some(channel) if channel.number == number && channel.peer == peer => {
                    channel.ends = now + CHANNEL
                }
                Some(_) => return Err(Unbound::Taken),
                None if has_room => state.channels.push(Channel { number, peer, ends: now + CHANNEL }),
                None => return Err(Unbound::Full),
            }
        }
        self.permit(&[peer.ip()])
    }

    /// The peer of a channel, if it is bound, permitted and so many bytes may still be sent.
    pub(crate) fn peer_of(&self, number: u16) -> Option<SocketAddr> {
        let now = Instant::now();
        let state = self.state();
        let channel = state.channels.iter().find(|channel| channel.number == number && channel.ends > now)?;
        state.permissions.get(&channel.peer.ip()).is_some_and(|ends| *ends > now).then_some(channel.peer)
    }

    /// Brings data of a peer to the client, if it is permitted. Before the data there must be [`HEADER`] bytes of room.
    pub(crate) fn bring(&self, from: SocketAddr, room: &mut [u8], per_second: u32) -> Brought {
        let now = Instant::now();
        let bytes = room.len() - HEADER;
        let number = {
            let mut state = self.state();
            if state.permissions.get(&from.ip()).is_none_or(|ends| *ends <= now) {
                return Brought::NotPermitted;
            }
            if !state.received.take(bytes, per_second, now) {
                return Brought::TooMuch;
            }
            state
                .channels
                .iter()
                .find(|channel| channel.peer == from && channel.ends > now)
                .map(|channel| channel.number)
        };
        let is_sent = if let Some(number) = number {
            room[..2].copy_from_slice(&number.to_be_bytes());
            // a datagram has less than 2^16 bytes
            room[2..HEADER].copy_from_slice(&u16::try_from(bytes).unwrap_or(u16::MAX).to_be_bytes());
            self.client.media(room)
        } else {
            let mut indication = begin(MessageType::new(METHOD_DATA, CLASS_INDICATION), rand::random());
            add_address(&mut indication, ATTR_XOR_PEER_ADDRESS, from);
            indication.add(ATTR_DATA, &room[HEADER..]);
            self.client.media(&indication.raw)
        };
        if is_sent { Brought::Yes } else { Brought::Slow }
    }

    /// Stops listening to peers, and counts no more from now on, even if somebody still holds it.
    pub(crate) fn stop(&self) {
        self.counted.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(reading) = self.reading.get() {
            reading.abort();
        }
    }
}

/// What became of data of a peer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Brought {
    Yes,
    NotPermitted,
    TooMuch,
    Slow,
}
