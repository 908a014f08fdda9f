use proptest::prelude::{any, proptest};
use rtc_stun::message::{CLASS_REQUEST, CLASS_SUCCESS_RESPONSE, METHOD_ALLOCATE, METHOD_BINDING};

use super::*;

/// RFC 5769, 2.4: a request with long-term credentials. The name is in Japanese, the password prepared with SASLprep.
const LONG_TERM: &str = "000100602112a44278ad3433c6ad72c029da412e00060012e3839ee38388e383aae38383e382afe382b900000015001c\
    662f2f3439396b39353464364f4c33346f4c394653547679363473410014000b6578616d706c652e6f72670000080014f67024656dd64a3e02b8e0712e85c9a28ca89666";

/// RFC 5769, 2.1: a request with a fingerprint.
const WITH_FINGERPRINT: &str = "000100582112a442b7e7a701bc34d686fa87dfae802200105354554e207465737420636c69656e74002400046e0001ff\
    80290008932ff9b151263b36000600096576746a3a68367659202020000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a280280004e57a3bcf";

fn bytes(hex: &str) -> Vec<u8> {
    data_encoding::HEXLOWER.decode(hex.replace([' ', '\n'], "").as_bytes()).unwrap()
}

#[test]
fn the_standards_own_example_is_vouched_for_by_its_key() {
    use md5::{Digest, Md5};
    let request = Request::read(&bytes(LONG_TERM)).unwrap();
    let key: [u8; 16] = Md5::digest("マトリックス:example.org:TheMatrIX").into();
    assert!(request.is_sealed_by(&key));
    assert!(!request.is_sealed_by(&[0; 16]));
    assert_eq!(request.text(ATTR_USERNAME), Some("マトリックス"));
}

#[test]
fn the_standards_own_fingerprint_is_checked() {
    let right = bytes(WITH_FINGERPRINT);
    let request = Request::read(&right).unwrap();
    assert!(request.is_sealed_by(b"VOkJxbRl1RmTxUk/WvJxBt"));
    // without its type it is no fingerprint, but one of the attributes that may be ignored
    let typ = right.len() - 8..right.len() - 6;
    for place in (0..right.len()).filter(|place| !typ.contains(place)) {
        let mut wrong = right.clone();
        wrong[place] ^= 1;
        assert!(Request::read(&wrong).is_none(), "byte {place} can be changed");
    }
}

#[test]
fn what_stands_behind_the_integrity_does_not_count() {
    let mut message = begin(MessageType::new(METHOD_ALLOCATE, CLASS_REQUEST), [1; 12]);
    message.add(ATTR_USERNAME, b"name");
    seal(&mut message, b"key");
    add_address(&mut message, ATTR_XOR_PEER_ADDRESS, "192.0.2.1:5".parse().unwrap());
    let request = Request::read(&message.raw).unwrap();
    assert!(request.is_sealed_by(b"key"));
    assert_eq!(request.peers(), Some(vec![]));
}

#[test]
fn peers_come_back_as_they_were_covered() {
    let peers: Vec<SocketAddr> = ["192.0.2.1:5", "[2001:db8::1]:6"].map(|peer| peer.parse().unwrap()).into();
    let mut message = begin(MessageType::new(METHOD_ALLOCATE, CLASS_REQUEST), [7; 12]);
    for peer in &peers {
        add_address(&mut message, ATTR_XOR_PEER_ADDRESS, *peer);
    }
    assert_eq!(Request::read(&message.raw).unwrap().peers(), Some(peers));
    message.add(ATTR_XOR_PEER_ADDRESS, &[0, 1, 0, 5, 9, 9, 9]);
    assert_eq!(Request::read(&message.raw).unwrap().peers(), None, "one that cannot be read");
}

#[test]
fn what_must_be_understood_and_is_not_is_named() {
    let mut message = begin(MessageType::new(METHOD_BINDING, CLASS_REQUEST), [1; 12]);
    message.add(ATTR_DONT_FRAGMENT, &[]);
    message.add(AttrType(0x7fff), &[]);
    message.add(AttrType(0x8fff), &[]);
    let request = Request::read(&message.raw).unwrap();
    assert_eq!(request.unknown(), [ATTR_DONT_FRAGMENT, AttrType(0x7fff)]);
    let answer = request.not_understood(&request.unknown());
    assert_eq!(answer.get(ATTR_UNKNOWN_ATTRIBUTES).unwrap(), [0, 0x1a, 0x7f, 0xff]);
    assert_eq!(&answer.get(ATTR_ERROR_CODE).unwrap()[..4], [0, 0, 4, 20]);
}

#[test]
fn answers_go_to_the_question() {
    let message = begin(MessageType::new(METHOD_ALLOCATE, CLASS_REQUEST), [3; 12]);
    let answer = Request::read(&message.raw).unwrap().answer(CLASS_SUCCESS_RESPONSE);
    assert_eq!((answer.transaction_id.0, answer.typ.method), ([3; 12], METHOD_ALLOCATE));
}

proptest! {
    #[test]
    fn reading_never_fails_loudly(mut packet in proptest::collection::vec(any::<u8>(), 0..200), is_near in any::<bool>()) {
        if is_near && packet.len() >= 20 {
            let length = u16::try_from(packet.len() / 4 * 4 - 20).unwrap().to_be_bytes();
            packet.truncate(packet.len() / 4 * 4);
            packet[..8].copy_from_slice(&[0, 3, length[0], length[1], 0x21, 0x12, 0xa4, 0x42]);
        }
        if let Some(request) = Request::read(&packet) {
            let _ = (request.peers(), request.unknown(), request.is_sealed_by(b"key"), request.text(ATTR_NONCE));
        }
    }
}
