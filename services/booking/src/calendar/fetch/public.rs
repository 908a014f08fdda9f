//! Which addresses belong to the public internet.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Networks of IPv4 that are for special purposes (the registry of RFC 6890, as far as they are not public).
const SPECIAL_V4: [([u8; 4], u32); 16] = [
    ([0, 0, 0, 0], 8),       // this network
    ([10, 0, 0, 0], 8),      // private
    ([100, 64, 0, 0], 10),   // behind a carrier's NAT
    ([127, 0, 0, 0], 8),     // loopback
    ([169, 254, 0, 0], 16),  // link-local, cloud metadata
    ([172, 16, 0, 0], 12),   // private
    ([192, 0, 0, 0], 24),    // protocol assignments
    ([192, 0, 2, 0], 24),    // documentation
    ([192, 88, 99, 0], 24),  // 6to4 relays
    ([192, 168, 0, 0], 16),  // private
    ([198, 18, 0, 0], 15),   // benchmarks
    ([198, 51, 100, 0], 24), // documentation
    ([203, 0, 113, 0], 24),  // documentation
    ([224, 0, 0, 0], 4),     // multicast
    ([233, 252, 0, 0], 24),  // documentation
    ([240, 0, 0, 0], 4),     // reserved, broadcast
];

/// Networks within global unicast of IPv6 that are for special purposes.
const SPECIAL_V6: [([u16; 3], u32); 4] = [
    ([0x2001, 0, 0], 23),     // protocol assignments, Teredo, ORCHID, benchmarks
    ([0x2001, 0xdb8, 0], 32), // documentation
    ([0x2002, 0, 0], 16),     // 6to4: carries any IPv4 address
    ([0x3fff, 0, 0], 20),     // documentation
];

/// Whether an address is one of the public internet. Of IPv6 only global unicast (2000::/3) is: loopback, mapped and
/// compatible IPv4, NAT64, unique local, link-local and multicast all lie outside of it.
pub fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => {
            let bits = address.to_bits();
            !SPECIAL_V4
                .iter()
                .any(|(network, length)| (bits ^ Ipv4Addr::from(*network).to_bits()) >> (32 - length) == 0)
        }
        IpAddr::V6(address) => {
            let bits = address.to_bits();
            let within = |[a, b, c]: [u16; 3], length: u32| {
                (bits ^ Ipv6Addr::new(a, b, c, 0, 0, 0, 0, 0).to_bits()) >> (128 - length) == 0
            };
            within([0x2000, 0, 0], 3) && !SPECIAL_V6.iter().any(|(network, length)| within(*network, *length))
        }
    }
}
