//! What is counted: how much, never whose. The handles are made once, because a packet is cheaper than finding a counter.

use metrics::{Counter, Gauge, counter, gauge};

/// Why something was not relayed.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Why {
    /// The credential is wrong or over.
    Credential,
    /// The peer is none to which it relays.
    Peer,
    /// A quota is used up.
    Quota,
    /// More bytes per second than one allocation has.
    Rate,
    /// The client or the network takes no more at the moment.
    Slow,
    /// Answers to strangers.
    Strangers,
}

pub(crate) struct Metrics {
    pub(crate) to_peers: Flow,
    pub(crate) to_clients: Flow,
    pub(crate) allocations: Gauge,
    pub(crate) streams: Gauge,
    refused: [Counter; 6],
}

pub(crate) struct Flow {
    packets: Counter,
    bytes: Counter,
}

impl Flow {
    fn new(towards: &'static str) -> Self {
        Self {
            packets: counter!("relay_packets_total", "towards" => towards),
            bytes: counter!("relay_bytes_total", "towards" => towards),
        }
    }

    pub(crate) fn count(&self, bytes: usize) {
        self.packets.increment(1);
        self.bytes.increment(bytes as u64);
    }
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let refused = |why: &'static str| counter!("relay_refused_total", "why" => why);
        Self {
            to_peers: Flow::new("peer"),
            to_clients: Flow::new("client"),
            allocations: gauge!("relay_allocations"),
            streams: gauge!("relay_streams"),
            refused: ["credential", "peer", "quota", "rate", "slow", "strangers"].map(refused),
        }
    }

    pub(crate) fn refuse(&self, why: Why) {
        self.refused[why as usize].increment(1);
    }
}
