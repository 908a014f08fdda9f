use proptest::prelude::{any, prop_assert, proptest};

use super::*;

/// Addresses of each special range: its first and last, and of large ones one in the middle. Written down from the registries
/// (iana-ipv4-special-registry, iana-ipv6-special-registry, RFC 4291) without looking at the table that is tested.
const FORBIDDEN: &[&str] = &[
    "0.0.0.0",
    "0.255.255.255",
    "10.0.0.0",
    "10.255.255.255",
    "100.64.0.0",
    "100.127.255.255",
    "127.0.0.1",
    "127.255.255.255",
    "169.254.0.0",
    "169.254.169.254",
    "169.254.255.255",
    "172.16.0.0",
    "172.31.255.255",
    "192.0.0.0",
    "192.0.0.8",
    "192.0.0.9",
    "192.0.0.170",
    "192.0.0.255",
    "192.0.2.0",
    "192.0.2.255",
    "192.31.196.0",
    "192.31.196.255",
    "192.52.193.0",
    "192.52.193.255",
    "192.88.99.0",
    "192.88.99.255",
    "192.168.0.0",
    "192.168.255.255",
    "192.175.48.0",
    "192.175.48.255",
    "198.18.0.0",
    "198.19.255.255",
    "198.51.100.0",
    "198.51.100.255",
    "203.0.113.0",
    "203.0.113.255",
    "224.0.0.0",
    "239.255.255.255",
    "240.0.0.0",
    "255.255.255.254",
    "255.255.255.255",
    "1fff::",
    "7fff::",
    "::",
    "::1",
    "::7f00:1",
    "::a00:1",
    "::ffff:0.0.0.0",
    "::ffff:127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::",
    "64:ff9b::a00:1",
    "64:ff9b::ffff:ffff",
    "64:ff9b:1::",
    "64:ff9b:1:ffff:ffff:ffff:ffff:ffff",
    "100::",
    "100::ffff:ffff:ffff:ffff",
    "100:0:0:1::",
    "2001::",
    "2001:0:a00:1::",
    "2001:1::1",
    "2001:1::2",
    "2001:1::3",
    "2001:2::",
    "2001:3::",
    "2001:4:112::",
    "2001:10::",
    "2001:20::",
    "2001:30::",
    "2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff",
    "2001:db8::",
    "2001:db8:ffff:ffff:ffff:ffff:ffff:ffff",
    "2002::",
    "2002:a00:1::",
    "2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "2620:4f:8000::",
    "2620:4f:8000:ffff:ffff:ffff:ffff:ffff",
    "3fff::",
    "3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff",
    "4000::",
    "5f00::",
    "8000::",
    "fc00::",
    "fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "fe80::",
    "fe80::1",
    "febf::1",
    "fec0::1",
    "ff00::",
    "ff02::1",
    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
];

/// Their neighbours on both sides, and what belongs to somebody.
const PUBLIC: &[&str] = &[
    "1.0.0.0",
    "9.255.255.255",
    "11.0.0.0",
    "100.63.255.255",
    "100.128.0.0",
    "126.255.255.255",
    "128.0.0.0",
    "169.253.255.255",
    "169.255.0.0",
    "172.15.255.255",
    "172.32.0.0",
    "191.255.255.255",
    "192.0.1.0",
    "192.0.1.255",
    "192.0.3.0",
    "192.31.195.255",
    "192.31.197.0",
    "192.52.192.255",
    "192.52.194.0",
    "192.88.98.255",
    "192.88.100.0",
    "192.167.255.255",
    "192.169.0.0",
    "192.175.47.255",
    "192.175.49.0",
    "198.17.255.255",
    "198.20.0.0",
    "198.51.99.255",
    "198.51.101.0",
    "203.0.112.255",
    "203.0.114.0",
    "223.255.255.255",
    "8.8.8.8",
    "2000::",
    "2001:200::",
    "2001:db7:ffff:ffff:ffff:ffff:ffff:ffff",
    "2001:db9::",
    "2003::",
    "2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "2620:4f:7fff:ffff:ffff:ffff:ffff:ffff",
    "2620:4f:8001::",
    "3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
    "3fff:1000::",
    "2a00:1450:4001:80b::200e",
];

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

fn peers(text: &str) -> Peers {
    Peers::new(&toml::from_str::<Settings>(text).unwrap())
}

#[test]
fn special_addresses_are_refused_and_their_neighbours_are_not() {
    let peers = peers("public_peers = true");
    for address in FORBIDDEN {
        let peer = SocketAddr::new(ip(address), 40_000);
        // our own address is among the forbidden ones: relayed addresses have it, and only those are reached
        assert!(*address == "127.0.0.1" || !peers.permit(peer.ip()), "{address} is permitted");
        assert_eq!(peers.target(peer), None, "{address} is sent to");
        assert_eq!(peers.source(peer), None, "{address} is heard");
    }
    for address in PUBLIC {
        let peer = SocketAddr::new(ip(address), 40_000);
        assert!(peers.permit(peer.ip()), "{address} is not permitted");
        assert_eq!(peers.target(peer), Some(peer), "{address}");
    }
}

/// No range is there for nothing, and none could be lost, or be half as large, without the list above showing it.
#[test]
fn every_range_is_missed_when_it_is_gone() {
    for (place, range) in SPECIAL.iter().enumerate() {
        let mut without = SPECIAL.to_vec();
        let taken = without.remove(place);
        let is_missed = |without: &[Range]| FORBIDDEN.iter().any(|address| !is_in(ip(address), without));
        assert!(is_missed(&without), "nothing in the list shows that {range:?} is there");
        without.push(Range { bits: taken.bits + 1, ..taken });
        assert!(is_missed(&without), "nothing in the list shows that {range:?} is as large as it is");
        without.pop();
        without.push(Range { bits: taken.bits - 1, ..taken });
        let hits = |ranges: &[Range]| PUBLIC.iter().any(|address| is_in(ip(address), ranges));
        let grows_into_another = is_in_special_when_wider(taken, &without);
        assert!(
            hits(&without) || grows_into_another,
            "nothing in the list shows that {range:?} is no larger"
        );
    }
}

/// Whether a range one bit wider only takes in what is special anyway.
fn is_in_special_when_wider(range: Range, without: &[Range]) -> bool {
    let flipped = match range.first {
        IpAddr::V4(first) => IpAddr::V4((first.to_bits() ^ (1 << (32 - range.bits))).into()),
        IpAddr::V6(first) => IpAddr::V6((first.to_bits() ^ (1 << (128 - range.bits))).into()),
    };
    is_in(flipped, &without[..without.len() - 1])
}

proptest! {
    /// No form of IPv6 that carries an address of IPv4 gets through, whatever address it carries.
    #[test]
    fn no_address_gets_through_inside_another(v4 in any::<u32>(), rest in any::<u64>(), port in 1_024_u16..) {
        let peers = peers("public_peers = true");
        let (v4, rest) = (u128::from(v4), u128::from(rest));
        let forms = [
            ("mapped", 0xffff << 32 | v4),
            ("compatible", v4),
            ("translated", 0xffff << 48 | v4),
            ("NAT64", 0x0064_ff9b << 96 | v4),
            ("local NAT64", 0x0064_ff9b_0001 << 80 | rest << 16 | v4),
            ("6to4", 0x2002 << 112 | v4 << 80 | rest),
            ("Teredo, its server", 0x2001_0000 << 96 | v4 << 64 | rest),
            ("Teredo, its client", 0x2001_0000 << 96 | rest << 32 | !v4 & 0xffff_ffff),
        ];
        for (form, bits) in forms {
            let peer = SocketAddr::new(Ipv6Addr::from(bits).into(), port);
            prop_assert!(!peers.permit(peer.ip()), "{form}: {peer}");
            prop_assert!(peers.target(peer).is_none() && peers.source(peer).is_none(), "{form}: {peer}");
        }
    }

    /// What the standard library knows to be special is so here: a second opinion.
    #[test]
    fn the_standard_library_agrees(v4 in any::<u32>(), v6 in any::<u128>()) {
        let four = Ipv4Addr::from(v4);
        if four.is_private() || four.is_loopback() || four.is_link_local() || four.is_multicast() || four.is_broadcast()
            || four.is_documentation() || four.is_unspecified() {
            prop_assert!(is_in(four.into(), SPECIAL), "{four}");
        }
        let six = Ipv6Addr::from(v6);
        if six.is_loopback() || six.is_multicast() || six.is_unique_local() || six.is_unicast_link_local() || six.is_unspecified() {
            prop_assert!(is_in(six.into(), SPECIAL), "{six}");
        }
    }
}

#[test]
fn whoever_must_use_the_relay_reaches_nobody_outside() {
    let public = SocketAddr::new(ip("8.8.8.8"), 40_000);
    assert_eq!(peers("").target(public), None);
    assert!(!peers("").permit(public.ip()));
    assert_eq!(peers("relay_only = false").target(public), Some(public));
    assert_eq!(peers("relay_only = false\npublic_peers = false").target(public), None);
    assert_eq!(peers("other_relays = ['8.8.8.8']").target(public), Some(public));
}

#[test]
fn the_engine_is_reached_and_nothing_beside_it() {
    let peers = peers(
        "public = ['1.1.1.1']\npublic_peers = true\nengines = [{ announced = '1.1.1.1:5000', at = '10.0.0.5:6000' }, { announced = '[::1]:7' }]",
    );
    let at = |text: &str| text.parse::<SocketAddr>().unwrap();
    assert_eq!(peers.target(at("1.1.1.1:5000")), Some(at("10.0.0.5:6000")));
    assert_eq!(peers.source(at("10.0.0.5:6000")), Some(at("1.1.1.1:5000")));
    assert_eq!(peers.target(at("[::1]:7")), Some(at("[::1]:7")));
    for beside in ["1.1.1.1:5001", "10.0.0.5:6000", "10.0.0.5:5000", "[::1]:8", "1.1.1.1:80"] {
        assert_eq!(peers.target(at(beside)), None, "{beside}");
    }
    assert_eq!(peers.source(at("10.0.0.5:6001")), None);
    assert_eq!(peers.source(at("1.1.1.1:5001")), None);
}

#[test]
fn services_and_named_networks_are_refused() {
    let peers = peers("public_peers = true\nrefused_networks = ['8.8.8.0/24', '2a00::/16', '9.9.9.9']");
    let target = |text: &str| peers.target(text.parse().unwrap());
    assert_eq!(target("8.8.4.4:53"), None);
    assert_eq!(target("8.8.4.4:0"), None);
    assert!(target("8.8.4.4:1024").is_some());
    assert_eq!(target("8.8.8.8:40000"), None);
    assert_eq!(target("[2a00::1]:40000"), None);
    assert_eq!(target("9.9.9.9:40000"), None);
    assert!(target("9.9.9.10:40000").is_some());
}

#[test]
fn networks_are_read_as_people_write_them() {
    for wrong in ["", "x", "1.2.3.4/", "1.2.3.4/33", "::/129", "1.2.3/8", "1.2.3.4/-1"] {
        assert_eq!(Range::parse(wrong), None, "{wrong}");
    }
    assert!(Range::parse("0.0.0.0/0").unwrap().contains(ip("1.2.3.4")));
    assert!(!Range::parse("0.0.0.0/0").unwrap().contains(ip("::1")));
}
