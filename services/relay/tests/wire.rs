//! What the relay does on the wire, by a client that can also say what no proper one says.
#![allow(clippy::unwrap_used, reason = "a test stops where something is wrong")]

mod common;

use std::{net::UdpSocket, sync::Arc, time::Duration};

use common::{Client, NOTHING, PATIENCE, code, credential, credential_until, peer, start, start_at};
use jiff::Timestamp;
use kernel::FixedClock;
use rtc_stun::{
    attributes::{
        ATTR_CHANNEL_NUMBER, ATTR_EVEN_PORT, ATTR_LIFETIME, ATTR_REQUESTED_ADDRESS_FAMILY,
        ATTR_REQUESTED_TRANSPORT, ATTR_XORMAPPED_ADDRESS, AttrType,
    },
    message::{METHOD_ALLOCATE, METHOD_BINDING, METHOD_CHANNEL_BIND, METHOD_CREATE_PERMISSION},
};

#[tokio::test(flavor = "multi_thread")]
async fn two_people_talk_from_relay_to_relay_whatever_they_come_over() {
    let relay = start("").await;
    for (mut one, mut other) in [
        (Client::udp(&relay, credential("a", 1)), Client::udp(&relay, credential("a", 2))),
        (Client::udp(&relay, credential("a", 1)), Client::tcp(&relay, credential("a", 2))),
        (Client::tcp(&relay, credential("a", 1)), Client::tcp(&relay, credential("a", 2))),
    ] {
        let (here, there) = (one.allocate(), other.allocate());
        assert_eq!(one.permit(there), None);
        // nobody has permitted it there
        one.send_to(there, b"too early");
        assert_eq!(other.hear_for(NOTHING), None);
        assert_eq!(other.permit(here), None);
        one.send_to(there, b"hello");
        let indication = other.hear();
        assert!(indication.ends_with(b"hello\0\0\0"), "an indication with the data and its padding");
        assert_eq!(other.bind(0x4001, here), None);
        one.send_to(there, b"again");
        assert_eq!(other.hear(), b"\x40\x01\x00\x05again");
        other.send_data(0x4001, b"back");
        let indication = one.hear();
        assert!(indication.ends_with(b"back"));
        assert_eq!(one.bind(0x4fff, there), None);
        other.send_data(0x4001, b"!");
        assert_eq!(one.hear(), b"\x4f\xff\x00\x01!");
    }
    relay.shut_down().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_engine_is_reached_on_the_server_itself() {
    let engine = UdpSocket::bind("127.0.0.1:0").unwrap();
    let stranger = UdpSocket::bind("127.0.0.1:0").unwrap();
    let at = engine.local_addr().unwrap();
    let relay =
        start(&format!("public_peers = true\nengines = [{{ announced = '127.0.0.1:5', at = '{at}' }}]"))
            .await;
    let mut client = Client::udp(&relay, credential("a", 1));
    let relayed = client.allocate();
    let announced = peer("127.0.0.1", 5);
    assert_eq!(client.bind(0x4000, announced), None);
    client.send_data(0x4000, b"media");
    let mut packet = [0; 100];
    engine.set_read_timeout(Some(PATIENCE)).unwrap();
    let (bytes, from) = engine.recv_from(&mut packet).unwrap();
    assert_eq!((&packet[..bytes], from), (&b"media"[..], relayed));
    stranger.send_to(b"not permitted", relayed).unwrap();
    engine.send_to(b"back", relayed).unwrap();
    assert_eq!(
        client.hear(),
        b"\x40\x00\x00\x04back",
        "as from the announced address, and nothing of strangers"
    );
    // its permission is for the address, but only this port is sent to
    let beside = stranger.local_addr().unwrap();
    client.send_to(beside, b"probe");
    stranger.set_read_timeout(Some(NOTHING)).unwrap();
    assert!(stranger.recv_from(&mut packet).is_err());
    assert_eq!(client.bind(0x4001, beside), Some(403));
}

#[tokio::test(flavor = "multi_thread")]
async fn forbidden_peers_are_refused_over_the_wire() {
    let relay = start("public_peers = true").await;
    let mut client = Client::udp(&relay, credential("a", 1));
    client.allocate();
    for forbidden in [
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "127.0.0.2",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "fe80::1",
        "fd00::1",
        "::ffff:8.8.8.8",
        "64:ff9b::a00:1",
        "2002:a00:1::",
        "2001:0:a00:1::",
    ] {
        assert_eq!(client.permit(peer(forbidden, 40_000)), Some(403), "{forbidden}");
        assert_eq!(client.bind(0x4000, peer(forbidden, 40_000)), Some(403), "{forbidden}");
    }
    assert_eq!(client.bind(0x4000, peer("8.8.8.8", 53)), Some(403), "a service");
    assert_eq!(client.permit(peer("2a00::1", 40_000)), Some(443), "an address of the other family");
    assert_eq!(client.permit(peer("8.8.8.8", 40_000)), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_comes_in_without_a_credential_of_ours() {
    let relay = start("").await;
    let (name, password) = credential("a", 1);
    let foreign = relay::credentials::Credentials::new(kernel::Secret::new("south".into()));
    let room = contracts::talk::RoomId("a".into());
    let long_ago = Timestamp::from_second(1_000).unwrap();
    for (what, credential) in [
        ("a wrong password", (name.clone(), "wrong".to_owned())),
        ("another's name", (name.replace(':', ":A"), password)),
        ("another secret", foreign.make(&room, 1, Timestamp::MAX)),
        ("one that ended", credential_until("a", 1, long_ago)),
        ("none", (String::new(), String::new())),
    ] {
        assert_eq!(Client::udp(&relay, credential.clone()).try_allocate(), Err(401), "{what}");
        assert_eq!(Client::tcp(&relay, credential).try_allocate(), Err(401), "{what}");
    }
    assert_eq!(relay.allocations(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_begun_in_time_goes_on_under_a_name_that_ended() {
    let clock = Arc::new(FixedClock::at(Timestamp::from_second(1_000).unwrap()));
    let relay = start_at("", Arc::clone(&clock) as _).await;
    let named = credential_until("a", 1, Timestamp::from_second(1_600).unwrap());
    let mut client = Client::udp(&relay, named.clone());
    client.allocate();
    clock.set(Timestamp::from_second(5_000).unwrap());
    let refreshed = client.refresh(600);
    assert_eq!(code(&refreshed), None);
    assert_eq!(refreshed.get(ATTR_LIFETIME).unwrap(), 600_u32.to_be_bytes());
    assert_eq!(client.permit(peer("127.0.0.1", 5)), None);
    assert_eq!(Client::udp(&relay, named).try_allocate(), Err(401));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_allocation_is_changed_only_under_its_own_name() {
    let relay = start("").await;
    let mut client = Client::udp(&relay, credential("a", 1));
    client.allocate();
    let own = (client.name.clone(), client.password.clone());
    (client.name, client.password) = credential("a", 2);
    assert_eq!(code(&client.refresh(0)), Some(441));
    assert_eq!(client.permit(peer("127.0.0.1", 5)), Some(441));
    assert_eq!(relay.allocations(), 1);
    (client.name, client.password) = own;
    assert_eq!(code(&client.refresh(0)), None);
    assert_eq!(relay.allocations(), 0);
    assert_eq!(client.permit(peer("127.0.0.1", 5)), Some(437), "there is none any more");
    client.allocate();
}

#[tokio::test(flavor = "multi_thread")]
async fn quotas_end_and_come_back() {
    let relay = start("quotas = { person = 2, room = 3 }").await;
    let mut held: Vec<_> = [1, 1, 2].map(|member| Client::udp(&relay, credential("a", member))).into();
    let mut over = Client::udp(&relay, credential("a", 1));
    held[0].allocate();
    held[1].allocate();
    assert_eq!(over.try_allocate(), Err(486), "the person's");
    held[2].allocate();
    assert_eq!(Client::tcp(&relay, credential("a", 2)).try_allocate(), Err(486), "the room's");
    held[0].refresh(0);
    over.allocate();
    drop(relay);

    let relay = start("quotas = { all = 1 }").await;
    Client::tcp(&relay, credential("a", 1)).allocate();
    // the stream is closed, so its allocation ends
    while relay.allocations() > 0 {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    Client::udp(&relay, credential("a", 1)).allocate();
    assert_eq!(Client::udp(&relay, credential("b", 1)).try_allocate(), Err(508));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_allocation_has_so_many_bytes_a_second() {
    let relay = start("quotas = { bytes_per_second = 20_000 }").await;
    let (mut one, mut other) =
        (Client::udp(&relay, credential("a", 1)), Client::udp(&relay, credential("a", 2)));
    let (here, there) = (one.allocate(), other.allocate());
    assert_eq!(other.permit(here), None);
    assert_eq!(one.bind(0x4000, there), None);
    let begun = std::time::Instant::now();
    for _ in 0..100 {
        one.send_data(0x4000, &[7; 1_000]);
    }
    let mut came = 0;
    while other.hear_for(NOTHING).is_some() {
        came += 1;
    }
    // what fits into the first second, and what the seconds since have added
    let most = 20 + begun.elapsed().as_secs() * 20 + 20;
    assert!(came >= 20 && came <= most.min(99), "{came} of 100 came");
}

#[tokio::test(flavor = "multi_thread")]
async fn strangers_get_few_answers() {
    let relay = start("quotas = { strangers_per_second = 5 }").await;
    let mut client = Client::udp(&relay, (String::new(), String::new()));
    let begun = std::time::Instant::now();
    for _ in 0..200 {
        let request = client.build(METHOD_BINDING, &[]);
        client.send(&request.raw);
    }
    let mut answers = 0;
    while client.hear_for(NOTHING).is_some() {
        answers += 1;
    }
    assert!(answers >= 5 && answers <= (5 + begun.elapsed().as_secs() * 5 + 5).min(199), "{answers} answers");
}

#[tokio::test(flavor = "multi_thread")]
async fn everybody_learns_her_own_address() {
    let relay = start("").await;
    for mut client in [
        Client::udp(&relay, (String::new(), String::new())),
        Client::tcp(&relay, (String::new(), String::new())),
    ] {
        let answer = client.ask(METHOD_BINDING, &[]);
        assert_eq!(code(&answer), None);
        assert_eq!(answer.get(ATTR_XORMAPPED_ADDRESS).unwrap().len(), 8);
        assert!(answer.raw.len() <= 32, "an answer must not be worth reflecting");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_requests_are_refused_as_the_standard_says() {
    let relay = start("").await;
    let mut client = Client::udp(&relay, credential("a", 1));
    let udp = (ATTR_REQUESTED_TRANSPORT, vec![17, 0, 0, 0]);
    for (what, attributes, expected) in [
        ("no transport", vec![], 400),
        ("TCP towards peers", vec![(ATTR_REQUESTED_TRANSPORT, vec![6, 0, 0, 0])], 442),
        (
            "a family we have no address of",
            vec![udp.clone(), (ATTR_REQUESTED_ADDRESS_FAMILY, vec![2, 0, 0, 0])],
            440,
        ),
        ("a family there is not", vec![udp.clone(), (ATTR_REQUESTED_ADDRESS_FAMILY, vec![9, 0, 0, 0])], 440),
        ("a pair of ports", vec![udp.clone(), (ATTR_EVEN_PORT, vec![128])], 508),
        ("what must be understood", vec![udp.clone(), (AttrType(0x7000), vec![])], 420),
    ] {
        assert_eq!(code(&client.ask(METHOD_ALLOCATE, &attributes)), Some(expected), "{what}");
    }
    assert_eq!(client.permit(peer("127.0.0.1", 5)), Some(437), "no allocation");
    assert_eq!(
        code(&client.ask(METHOD_ALLOCATE, &[udp.clone(), (ATTR_EVEN_PORT, vec![0])])),
        None,
        "an even port alone"
    );
    assert_eq!(client.try_allocate(), Err(437), "a second one");
    assert_eq!(code(&client.ask(METHOD_CREATE_PERMISSION, &[])), Some(400), "no peer");
    assert_eq!(
        code(&client.ask(METHOD_CHANNEL_BIND, &[(ATTR_CHANNEL_NUMBER, vec![0x40, 0, 0, 0])])),
        Some(400),
        "no peer"
    );
    let mut other = Client::udp(&relay, credential("a", 2));
    let there = other.allocate();
    assert_eq!(client.bind(0x3fff, there), Some(400));
    assert_eq!(client.bind(0x8000, there), Some(400));
    assert_eq!(client.bind(0x4000, there), None);
    assert_eq!(client.bind(0x4000, there), None, "bound for longer");
    assert_eq!(client.bind(0x4001, there), Some(400), "another number");
    // an old or foreign nonce is exchanged
    let realm = client.challenge.take().unwrap().0;
    client.challenge = Some((realm, b"0000000000000000ffff".to_vec()));
    assert_eq!(code(&client.refresh(600)), Some(438));
    assert_eq!(code(&client.refresh(600)), None);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_is_answered_again() {
    let relay = start("").await;
    let mut client = Client::udp(&relay, credential("a", 1));
    let udp = [(ATTR_REQUESTED_TRANSPORT, vec![17, 0, 0, 0])];
    client.ask(METHOD_CREATE_PERMISSION, &[]);
    let request = client.build(METHOD_ALLOCATE, &udp);
    let answers: Vec<_> = (0..2)
        .map(|_| {
            client.send(&request.raw);
            client.answer_to(&request)
        })
        .collect();
    assert_eq!((code(&answers[0]), code(&answers[1])), (None, None));
    assert_eq!(relay.allocations(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_that_takes_nothing_costs_little_and_disturbs_nobody() {
    let relay = start("quotas = { bytes_per_second = 1_000_000_000 }").await;
    let mut slow = Client::tcp(&relay, credential("a", 1));
    let (mut one, mut other) =
        (Client::udp(&relay, credential("a", 2)), Client::udp(&relay, credential("a", 3)));
    let (to_slow, to_one, to_other) = (slow.allocate(), one.allocate(), other.allocate());
    assert_eq!(slow.permit(to_one), None);
    assert_eq!(other.permit(to_one), None);
    assert_eq!(one.bind(0x4000, to_slow), None);
    assert_eq!(one.bind(0x4001, to_other), None);
    let before = memory();
    // 60 MB, of which it reads nothing
    for n in 0..60_000_u32 {
        one.send_data(0x4000, &[1; 1_000]);
        if n % 1_000 == 0 {
            one.send_data(0x4001, &n.to_be_bytes());
            assert!(other.hear().ends_with(&n.to_be_bytes()));
        }
    }
    let grown = memory().saturating_sub(before);
    assert!(grown < 20_000, "{grown} kB more");
}

/// Resident memory of this process, in kB.
fn memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().split(' ').next().unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stream_of_something_else_is_closed() {
    use std::io::{Read, Write};
    let relay = start("").await;
    let mut client = Client::tcp(&relay, (String::new(), String::new()));
    client.stream().write_all(b"GET / HTTP/1.1\r\nhost: relay\r\n\r\n").unwrap();
    client.stream().set_read_timeout(Some(PATIENCE)).unwrap();
    let mut rest = Vec::new();
    // what is closed with bytes unread may be reset
    if let Ok(bytes) = client.stream().read_to_end(&mut rest) {
        assert_eq!(bytes, 0);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn shutting_down_frees_everything() {
    let relay = start("").await;
    let mut client = Client::tcp(&relay, credential("a", 1));
    let relayed = client.allocate();
    let settings = relay.settings().clone();
    relay.shut_down().await;
    assert_eq!(client.hear_for(PATIENCE), None);
    UdpSocket::bind(settings.udp[0]).unwrap();
    while UdpSocket::bind(relayed).is_err() {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
}
