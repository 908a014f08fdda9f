//! Sealing of what goes over the bus, and passes between nodes: both under keys out of the installation's. Who runs the bus can
//! lose messages and bring them late; reading and forging need the key.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use bytes::Bytes;
use chacha20poly1305::{
    Key, KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER};
use jiff::Timestamp;
use kernel::ServerKey;
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use webkit::networks::Network;

use super::{
    names::NodeId,
    words::{self, Letter},
};

/// What is older is not listened to, and clocks of nodes may differ by so much. In seconds.
const FRESH: i64 = 30;
const NONCE: usize = 24;
/// Passes that were shown and could be shown again; more in a minute are an attack by somebody who has the key.
const MOST_PASSES: usize = 100_000;

/// Seals and opens for one installation.
pub(crate) struct Seal {
    cipher: XChaCha20Poly1305,
    passes: ServerKey,
    shown: Mutex<HashMap<[u8; 16], i64>>,
    subjects: String,
}

impl Seal {
    pub(crate) fn new(key: &ServerKey) -> Self {
        let key = key.derive("talk: between nodes, version 1");
        let sealing = Key::from(*key.derive("bus").expose());
        Self {
            cipher: XChaCha20Poly1305::new(&sealing),
            passes: key.derive("passes"),
            shown: Mutex::default(),
            // installations may share a bus without hearing each other
            subjects: format!("anlaufstelle.{}", HEXLOWER.encode(&key.derive("subjects").expose()[..8])),
        }
    }

    /// The subject all nodes listen to.
    pub(crate) fn all(&self) -> String {
        format!("{}.talk", self.subjects)
    }

    /// The subject one node listens to.
    pub(crate) fn one(&self, node: &NodeId) -> String {
        format!("{}.talk.{node}", self.subjects)
    }

    /// Seals something for a subject.
    pub(crate) fn close<W: Serialize>(&self, subject: &str, letter: &Letter<W>) -> Option<Bytes> {
        let plain = serde_json::to_vec(letter).ok()?;
        let nonce: [u8; NONCE] = rand::random();
        let payload = Payload { msg: &plain, aad: subject.as_bytes() };
        let sealed = self.cipher.encrypt(&XNonce::from(nonce), payload).ok()?;
        Some(Bytes::from([&nonce[..], &sealed].concat()))
    }

    /// Opens what was sealed for a subject a moment ago.
    pub(crate) fn open<W: for<'de> Deserialize<'de>>(
        &self,
        subject: &str,
        sealed: &[u8],
        now: Timestamp,
    ) -> Option<Letter<W>> {
        let (nonce, sealed) = sealed.split_first_chunk::<NONCE>()?;
        let payload = Payload { msg: sealed, aad: subject.as_bytes() };
        let plain = self.cipher.decrypt(&XNonce::from(*nonce), payload).ok()?;
        let letter: Letter<W> = words::read(&plain)?;
        is_fresh(letter.at, now).then_some(letter)
    }

    /// What an answer to this sealed question is sealed for: it answers no other one.
    pub(crate) fn answering(question: &[u8]) -> String {
        format!("answer {}", HEXLOWER.encode(question.get(..NONCE).unwrap_or_default()))
    }

    /// A pass that opens one socket at a node for somebody from this network: `at.nonce.network.mac`.
    pub(crate) fn pass(&self, to: &NodeId, network: Option<Network>, now: Timestamp) -> String {
        let nonce: [u8; 16] = rand::random();
        let said =
            format!("{}.{}.{}", now.as_second(), BASE64URL_NOPAD.encode(&nonce), write_network(network));
        let mac = BASE64URL_NOPAD.encode(&self.passes.mac(format!("{to}\n{said}").as_bytes()));
        format!("{said}.{mac}")
    }

    /// The network of a pass, if it is for this node, fresh, and shown for the first time.
    pub(crate) fn check(&self, pass: &str, me: &NodeId, now: Timestamp) -> Option<Option<Network>> {
        let (said, mac) = pass.rsplit_once('.')?;
        let mac = BASE64URL_NOPAD.decode(mac.as_bytes()).ok()?;
        let expected = self.passes.mac(format!("{me}\n{said}").as_bytes());
        if !bool::from(expected.as_slice().ct_eq(&mac)) {
            return None;
        }
        let [at, nonce, network] = said.split('.').collect::<Vec<_>>().try_into().ok()?;
        let at: i64 = at.parse().ok()?;
        let nonce: [u8; 16] = BASE64URL_NOPAD.decode(nonce.as_bytes()).ok()?.try_into().ok()?;
        let network = read_network(network)?;
        (is_fresh(at, now) && self.is_first(nonce, at, now)).then_some(network)
    }

    fn is_first(&self, nonce: [u8; 16], at: i64, now: Timestamp) -> bool {
        let mut shown = self.shown.lock().unwrap_or_else(PoisonError::into_inner);
        if shown.len() >= MOST_PASSES {
            shown.retain(|_, at| is_fresh(*at, now));
        }
        shown.len() < MOST_PASSES && shown.insert(nonce, at).is_none()
    }
}

fn is_fresh(at: i64, now: Timestamp) -> bool {
    now.as_second().abs_diff(at) <= FRESH.unsigned_abs()
}

/// What stands for a network, as text; `-` for the operator's own machine.
pub(crate) fn write_network(network: Option<Network>) -> String {
    network.map_or_else(|| "-".to_owned(), |network| BASE64URL_NOPAD.encode(&network.to_bytes()))
}

/// The network in a text; nothing if it is none.
pub(crate) fn read_network(text: &str) -> Option<Option<Network>> {
    if text == "-" {
        return Some(None);
    }
    let bytes: [u8; 32] = BASE64URL_NOPAD.decode(text.as_bytes()).ok()?.try_into().ok()?;
    Some(Some(Network::from_bytes(bytes)))
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use kernel::FixedClock;
    use webkit::networks::Networks;

    use super::{super::words::Word, *};

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    fn seal() -> Seal {
        Seal::new(&ServerKey::new([7; 32]))
    }

    #[test]
    fn what_is_sealed_opens_under_its_subject_and_key_and_soon() {
        let seal = seal();
        let letter = Letter { at: at(0).as_second(), from: None, word: Word::Drain {} };
        let sealed = seal.close("all", &letter).unwrap();
        let opens =
            |seal: &Seal, subject, sealed: &[u8], now| seal.open::<Word>(subject, sealed, now).is_some();
        assert!(opens(&seal, "all", &sealed, at(FRESH)));
        assert!(opens(&seal, "all", &sealed, at(-FRESH)));
        assert!(!opens(&seal, "all", &sealed, at(FRESH + 1)));
        assert!(!opens(&seal, "one", &sealed, at(0)));
        assert!(!opens(&Seal::new(&ServerKey::new([8; 32])), "all", &sealed, at(0)));
        for byte in 0..sealed.len() {
            let mut damaged = sealed.to_vec();
            damaged[byte] ^= 1;
            assert!(!opens(&seal, "all", &damaged, at(0)), "byte {byte}");
            assert!(!opens(&seal, "all", &sealed[..byte], at(0)), "cut at {byte}");
        }
        assert_ne!(seal.all(), Seal::new(&ServerKey::new([8; 32])).all());
    }

    #[test]
    fn a_pass_opens_once_at_its_node_and_soon() {
        let seal = seal();
        let (a, b): (NodeId, NodeId) = ("a".parse().unwrap(), "b".parse().unwrap());
        let network = Networks::new(Arc::new(FixedClock::at(at(0)))).of("192.0.2.7".parse().unwrap());
        for from in [None, Some(network)] {
            let pass = seal.pass(&a, from, at(0));
            assert!(seal.check(&pass, &b, at(0)).is_none());
            assert!(seal.check(&pass, &a, at(FRESH + 1)).is_none());
            assert!(seal.check(&pass.replace('.', ","), &a, at(0)).is_none());
            assert!(Seal::new(&ServerKey::new([8; 32])).check(&pass, &a, at(0)).is_none());
            assert!(seal.check(&pass, &a, at(FRESH)) == Some(from));
            assert!(seal.check(&pass, &a, at(FRESH)).is_none(), "twice");
        }
        for nonsense in ["", ".", "...", "a.b.c.d"] {
            assert!(seal.check(nonsense, &a, at(0)).is_none());
        }
    }
}
