//! To whom it relays. Whoever holds a credential can make the relay send packets, so it must not reach what only the server
//! can reach: its own services, the network behind it, the addresses of its cloud.
//!
//! Between its own relayed addresses and to the engine it always relays. To others only if it is allowed, and then only to public
//! unicast addresses: everything in the registries of special addresses of IANA (RFC 6890 and what came after) is refused, and every
//! form of IPv6 that carries an address of IPv4 (mapped, compatible, NAT64, 6to4, Teredo), whichever address it carries.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use crate::settings::{Engine, Settings};

/// Ports below belong to services; no browser receives media there, and relaying to DNS or NTP invites abuse.
const FIRST_PEER_PORT: u16 = 1_024;

/// A range of addresses: the first one and how many bits of it count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range {
    first: IpAddr,
    bits: u8,
}

const fn v4(a: u8, b: u8, c: u8, d: u8, bits: u8) -> Range {
    Range { first: IpAddr::V4(Ipv4Addr::new(a, b, c, d)), bits }
}

const fn v6(a: u16, b: u16, c: u16, bits: u8) -> Range {
    Range { first: IpAddr::V6(Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0)), bits }
}

/// What is special: IANA IPv4 and IPv6 Special-Purpose Address Registries, multicast, and the parts of IPv6 outside
/// 2000::/3 (where mapped, compatible, NAT64, local and link-local addresses lie).
const SPECIAL: &[Range] = &[
    v4(0, 0, 0, 0, 8),            // this network
    v4(10, 0, 0, 0, 8),           // private
    v4(100, 64, 0, 0, 10),        // shared by carriers
    v4(127, 0, 0, 0, 8),          // loopback
    v4(169, 254, 0, 0, 16),       // link-local, and what clouds tell their machines
    v4(172, 16, 0, 0, 12),        // private
    v4(192, 0, 0, 0, 24),         // IETF protocol assignments
    v4(192, 0, 2, 0, 24),         // documentation
    v4(192, 31, 196, 0, 24),      // AS112
    v4(192, 52, 193, 0, 24),      // AMT
    v4(192, 88, 99, 0, 24),       // 6to4 relays, deprecated
    v4(192, 168, 0, 0, 16),       // private
    v4(192, 175, 48, 0, 24),      // AS112
    v4(198, 18, 0, 0, 15),        // benchmarks
    v4(198, 51, 100, 0, 24),      // documentation
    v4(203, 0, 113, 0, 24),       // documentation
    v4(224, 0, 0, 0, 4),          // multicast
    v4(240, 0, 0, 0, 4),          // reserved, broadcast
    v6(0, 0, 0, 3), // ::, ::1, mapped, compatible, NAT64 (64:ff9b::/96, 64:ff9b:1::/48), 100::/64
    v6(0x2001, 0, 0, 23), // IETF protocol assignments: Teredo, benchmarks, ORCHID, DRIP
    v6(0x2001, 0xdb8, 0, 32), // documentation
    v6(0x2002, 0, 0, 16), // 6to4
    v6(0x2620, 0x4f, 0x8000, 48), // AS112
    v6(0x3fff, 0, 0, 20), // documentation
    v6(0x4000, 0, 0, 2), // not given out; 5f00::/16
    v6(0x8000, 0, 0, 1), // not given out; fc00::/7, fe80::/10, fec0::/10, ff00::/8
];

impl Range {
    /// A range as people write it: `192.0.2.0/24`, `2001:db8::/32`, or one address.
    pub fn parse(text: &str) -> Option<Self> {
        let (first, bits) = match text.split_once('/') {
            Some((first, bits)) => (first.parse::<IpAddr>().ok()?, Some(bits.parse::<u8>().ok()?)),
            None => (text.parse::<IpAddr>().ok()?, None),
        };
        let most = if first.is_ipv4() { 32 } else { 128 };
        let bits = bits.unwrap_or(most);
        (bits <= most).then_some(Self { first, bits })
    }

    fn contains(&self, address: IpAddr) -> bool {
        let differing = match (self.first, address) {
            (IpAddr::V4(first), IpAddr::V4(address)) => (first.to_bits() ^ address.to_bits()).leading_zeros(),
            (IpAddr::V6(first), IpAddr::V6(address)) => (first.to_bits() ^ address.to_bits()).leading_zeros(),
            _ => return false,
        };
        differing >= u32::from(self.bits)
    }
}

fn is_in(address: IpAddr, ranges: &[Range]) -> bool {
    ranges.iter().any(|range| range.contains(address))
}

/// Whom this relay sends to, besides its own relayed addresses.
pub(crate) struct Peers {
    engines: Vec<Engine>,
    /// Addresses under which this relay's relayed addresses are known.
    announced: Vec<IpAddr>,
    other_relays: Vec<IpAddr>,
    /// Nothing of these, even if public: the server itself and what the operator named.
    refused: Vec<Range>,
    has_public: bool,
}

impl Peers {
    pub(crate) fn new(settings: &Settings) -> Self {
        let own = settings.public.iter().copied().chain(settings.listening().map(|listen| listen.ip()));
        let own = own.map(|first| Range { first, bits: if first.is_ipv4() { 32 } else { 128 } });
        let named = settings.refused_networks.iter().filter_map(|network| Range::parse(network));
        Self {
            engines: settings.engines.clone(),
            announced: settings.public.clone(),
            other_relays: settings.other_relays.clone(),
            refused: own.chain(named).collect(),
            has_public: settings.public_peers.unwrap_or(!settings.relay_only),
        }
    }

    /// Whether somebody behind this address may be talked to at all; a permission names no port.
    pub(crate) fn permit(&self, ip: IpAddr) -> bool {
        self.announced.contains(&ip)
            || self.engines.iter().any(|engine| engine.announced.ip() == ip)
            || self.is_outside(ip)
    }

    /// Where a packet to a peer that is none of our relayed addresses goes, if it goes anywhere.
    pub(crate) fn target(&self, peer: SocketAddr) -> Option<SocketAddr> {
        if let Some(engine) = self.engines.iter().find(|engine| engine.announced == peer) {
            return Some(engine.at());
        }
        (peer.port() >= FIRST_PEER_PORT && self.is_outside(peer.ip())).then_some(peer)
    }

    /// As whom a packet that came to a relayed address appears to the client, if it may come.
    pub(crate) fn source(&self, from: SocketAddr) -> Option<SocketAddr> {
        if let Some(engine) = self.engines.iter().find(|engine| engine.at() == from) {
            return Some(engine.announced);
        }
        self.target(from)
    }

    fn is_outside(&self, ip: IpAddr) -> bool {
        if is_in(ip, &self.refused) {
            return false;
        }
        self.other_relays.contains(&ip) || self.has_public && !is_in(ip, SPECIAL)
    }
}

#[cfg(test)]
#[path = "peers_tests.rs"]
mod tests;
