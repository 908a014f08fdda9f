//! What all sockets share, and the way of a packet: from a client to a peer, and back.

use std::{
    collections::HashMap,
    net::{IpAddr, SocketAddr},
    sync::{Arc, PoisonError, RwLock},
    time::Duration,
};

use kernel::Clock;
use tokio::{net::UdpSocket, sync::watch, time::Instant};

use crate::{
    allocation::{Allocation, Brought, HEADER, Parts},
    client::{Client, Tuple},
    credentials::Credentials,
    framing::LONGEST,
    meter::Strangers,
    metrics::{Metrics, Why},
    nonces::Nonces,
    peers::Peers,
    quotas::Quotas,
    settings::{self, Settings},
};

/// How often allocations that are over are looked for.
const SWEEP: Duration = Duration::from_secs(1);
/// How many ports are tried before the relay says that it has none.
const TRIES: usize = 64;

pub(crate) struct Server {
    pub(crate) credentials: Credentials,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) nonces: Nonces,
    pub(crate) strangers: Strangers,
    pub(crate) quotas: Arc<Quotas>,
    pub(crate) peers: Peers,
    pub(crate) metrics: Metrics,
    pub(crate) limits: settings::Quotas,
    settings: Settings,
    allocations: RwLock<Allocations>,
    /// Becomes true when the relay shuts down, for streams.
    pub(crate) closing: watch::Sender<bool>,
}

#[derive(Default)]
struct Allocations {
    of_clients: HashMap<Tuple, Arc<Allocation>>,
    by_address: HashMap<SocketAddr, Arc<Allocation>>,
    /// Nothing is allocated any more.
    is_closed: bool,
}

impl Server {
    pub(crate) fn new(settings: Settings, credentials: Credentials, clock: Arc<dyn Clock>) -> Arc<Self> {
        Arc::new(Self {
            credentials,
            clock,
            nonces: Nonces::new(),
            strangers: Strangers::new(settings.quotas.strangers_per_second),
            quotas: Quotas::new(settings.quotas),
            peers: Peers::new(&settings),
            metrics: Metrics::new(),
            limits: settings.quotas,
            settings,
            allocations: RwLock::default(),
            closing: watch::Sender::new(false),
        })
    }

    /// Takes a whole packet of a client: data of a channel, or a message.
    pub(crate) fn take(self: &Arc<Self>, client: &Client, packet: &mut [u8]) {
        match packet.first() {
            Some(0x40..=0x7f) => self.channel_data(client, packet),
            Some(0x00..=0x03) => self.message(client, packet),
            _ => {}
        }
    }

    fn channel_data(&self, client: &Client, packet: &mut [u8]) {
        let Some(&[high, low, length_high, length_low]) = packet.first_chunk::<HEADER>() else { return };
        let length = usize::from(u16::from_be_bytes([length_high, length_low]));
        let Some(room) = packet.get_mut(..HEADER + length) else { return };
        let Some(allocation) = self.allocation_of(&client.tuple) else { return };
        if let Some(peer) = allocation.peer_of(u16::from_be_bytes([high, low])) {
            self.send(&allocation, peer, room);
        }
    }

    /// Sends data of a client to a permitted peer. Before the data there must be [`HEADER`] bytes of room.
    pub(crate) fn send(&self, from: &Allocation, peer: SocketAddr, room: &mut [u8]) {
        let bytes = room.len() - HEADER;
        if !from.may_send(bytes, self.limits.bytes_per_second) {
            return self.metrics.refuse(Why::Rate);
        }
        // between two of our own the packet need not leave the process, and no router must bring it back in
        if let Some(other) = self.allocation_at(peer) {
            self.metrics.to_peers.count(bytes);
            return self.bring(&other, from.relayed, room);
        }
        let Some(target) = self.peers.target(peer) else { return self.metrics.refuse(Why::Peer) };
        if from.send(&room[HEADER..], target) {
            self.metrics.to_peers.count(bytes);
        } else {
            self.metrics.refuse(Why::Slow);
        }
    }

    fn bring(&self, to: &Allocation, from: SocketAddr, room: &mut [u8]) {
        match to.bring(from, room, self.limits.bytes_per_second) {
            Brought::Yes => self.metrics.to_clients.count(room.len() - HEADER),
            Brought::NotPermitted => self.metrics.refuse(Why::Peer),
            Brought::TooMuch => self.metrics.refuse(Why::Rate),
            Brought::Slow => self.metrics.refuse(Why::Slow),
        }
    }

    pub(crate) fn allocation_of(&self, tuple: &Tuple) -> Option<Arc<Allocation>> {
        self.allocations.read().unwrap_or_else(PoisonError::into_inner).of_clients.get(tuple).cloned()
    }

    /// The allocation with this relayed address.
    pub(crate) fn allocation_at(&self, address: SocketAddr) -> Option<Arc<Allocation>> {
        self.allocations.read().unwrap_or_else(PoisonError::into_inner).by_address.get(&address).cloned()
    }

    /// A socket for a relayed address in this family, on an even port if that is wanted, and the address as it is announced.
    pub(crate) fn open(&self, is_ipv4: bool, is_even: bool) -> Option<(UdpSocket, SocketAddr)> {
        let (public, bind) = self.settings.relayed(is_ipv4)?;
        (0..TRIES).find_map(|_| {
            let mut port = rand::random_range(self.settings.first_port..=self.settings.last_port);
            if is_even {
                port = (port & !1).max(self.settings.first_port);
            }
            let socket = std::net::UdpSocket::bind((bind, port)).ok()?;
            socket.set_nonblocking(true).ok()?;
            Some((UdpSocket::from_std(socket).ok()?, SocketAddr::new(public, port)))
        })
    }

    /// Whether there is a public address in this family.
    pub(crate) fn has_family(&self, is_ipv4: bool) -> bool {
        self.settings.relayed(is_ipv4).is_some()
    }

    /// Begins an allocation; nothing if the relay is shutting down.
    pub(crate) fn allocate(self: &Arc<Self>, parts: Parts) -> Option<Arc<Allocation>> {
        let allocation = Arc::new(Allocation::new(parts));
        {
            let mut allocations = self.allocations.write().unwrap_or_else(PoisonError::into_inner);
            if allocations.is_closed {
                return None;
            }
            allocations.of_clients.insert(allocation.client.tuple, Arc::clone(&allocation));
            allocations.by_address.insert(allocation.relayed, Arc::clone(&allocation));
        }
        self.metrics.allocations.increment(1.0);
        let reading = tokio::spawn(Arc::clone(self).listen(Arc::clone(&allocation)));
        if allocation.reading.set(reading.abort_handle()).is_err() {
            unreachable!("an allocation is listened to once");
        }
        Some(allocation)
    }

    /// Brings what peers send to an allocation's client, until it is stopped.
    async fn listen(self: Arc<Self>, allocation: Arc<Allocation>) {
        let mut room = vec![0; HEADER + LONGEST];
        loop {
            // errors of a socket without a peer are those of packets that did not arrive somewhere
            let Ok((bytes, from)) = allocation.socket.recv_from(&mut room[HEADER..]).await else {
                tokio::task::yield_now().await;
                continue;
            };
            // what fills the buffer was longer and has been cut
            if bytes == LONGEST {
                continue;
            }
            match self.peers.source(SocketAddr::new(from.ip().to_canonical(), from.port())) {
                Some(from) => self.bring(&allocation, from, &mut room[..HEADER + bytes]),
                None => self.metrics.refuse(Why::Peer),
            }
        }
    }

    /// Ends a client's allocation, if it has one.
    pub(crate) fn release(&self, tuple: &Tuple) {
        self.release_all(|allocation| allocation.client.tuple == *tuple, Some(tuple));
    }

    fn release_all(&self, is_over: impl Fn(&Allocation) -> bool, only: Option<&Tuple>) {
        let mut allocations = self.allocations.write().unwrap_or_else(PoisonError::into_inner);
        let over: Vec<Arc<Allocation>> = match only {
            Some(tuple) => allocations.of_clients.get(tuple).cloned().into_iter().collect(),
            None => {
                allocations.of_clients.values().filter(|allocation| is_over(allocation)).cloned().collect()
            }
        };
        for allocation in over {
            allocations.of_clients.remove(&allocation.client.tuple);
            allocations.by_address.remove(&allocation.relayed);
            allocation.stop();
            self.metrics.allocations.decrement(1.0);
        }
    }

    /// Ends allocations whose time is over, for ever.
    pub(crate) async fn sweep(self: Arc<Self>) {
        let mut ticks = tokio::time::interval(SWEEP);
        loop {
            ticks.tick().await;
            let now = Instant::now();
            let has_any = {
                let allocations = self.allocations.read().unwrap_or_else(PoisonError::into_inner);
                allocations.of_clients.values().any(|allocation| allocation.is_over(now))
            };
            if has_any {
                self.release_all(|allocation| allocation.is_over(now), None);
            }
        }
    }

    /// Ends everything and begins nothing any more.
    pub(crate) fn close(&self) {
        self.allocations.write().unwrap_or_else(PoisonError::into_inner).is_closed = true;
        self.release_all(|_| true, None);
        self.closing.send_replace(true);
    }

    /// How many allocations there are.
    pub(crate) fn count(&self) -> usize {
        self.allocations.read().unwrap_or_else(PoisonError::into_inner).of_clients.len()
    }

    /// Whether somebody who has shown no credential still gets an answer.
    pub(crate) fn may_hear(&self, client: IpAddr) -> bool {
        let may = self.strangers.may_hear(client, Instant::now());
        if !may {
            self.metrics.refuse(Why::Strangers);
        }
        may
    }
}
