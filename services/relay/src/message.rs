//! Requests read so that nothing counts that is not vouched for, and answers.

use std::net::SocketAddr;

use rtc_stun::{
    attributes::{
        ATTR_CHANNEL_NUMBER, ATTR_DATA, ATTR_DONT_FRAGMENT, ATTR_ERROR_CODE, ATTR_EVEN_PORT,
        ATTR_FINGERPRINT, ATTR_LIFETIME, ATTR_MESSAGE_INTEGRITY, ATTR_NONCE, ATTR_REALM,
        ATTR_REQUESTED_ADDRESS_FAMILY, ATTR_REQUESTED_TRANSPORT, ATTR_RESERVATION_TOKEN,
        ATTR_UNKNOWN_ATTRIBUTES, ATTR_USERNAME, ATTR_XOR_PEER_ADDRESS, AttrType, Attributes,
    },
    error_code::{ERROR_REASONS, ErrorCode},
    fingerprint::FINGERPRINT,
    message::{MESSAGE_HEADER_SIZE, Message, MessageClass, MessageType, Method},
    xoraddr::XorMappedAddress,
};

use crate::credentials::hmac_sha1;

/// Header and value of MESSAGE-INTEGRITY, in bytes.
const INTEGRITY: u16 = 24;

/// The attributes below 0x8000 a request may hold; any other must be understood, and is not. DONT-FRAGMENT is among them:
/// it could not be kept.
const KNOWN: [AttrType; 13] = [
    ATTR_USERNAME,
    ATTR_MESSAGE_INTEGRITY,
    ATTR_ERROR_CODE,
    ATTR_REALM,
    ATTR_NONCE,
    ATTR_CHANNEL_NUMBER,
    ATTR_LIFETIME,
    ATTR_XOR_PEER_ADDRESS,
    ATTR_DATA,
    ATTR_EVEN_PORT,
    ATTR_REQUESTED_TRANSPORT,
    ATTR_REQUESTED_ADDRESS_FAMILY,
    ATTR_RESERVATION_TOKEN,
];

/// A message of a client, without whatever stands behind its integrity.
pub(crate) struct Request {
    message: Message,
    /// Where MESSAGE-INTEGRITY begins, and its value.
    sealed: Option<(usize, Vec<u8>)>,
}

impl Request {
    /// Reads a whole packet; nothing if it is no message or its fingerprint is wrong.
    pub(crate) fn read(packet: &[u8]) -> Option<Self> {
        let header = packet.first_chunk::<MESSAGE_HEADER_SIZE>()?;
        let length = u16::from_be_bytes([header[2], header[3]]);
        if usize::from(length) + MESSAGE_HEADER_SIZE != packet.len() || !length.is_multiple_of(4) {
            return None;
        }
        let mut message = Message { raw: packet.to_vec(), ..Message::default() };
        message.decode().ok()?;
        let mut offset = MESSAGE_HEADER_SIZE;
        let mut sealed = None;
        for (place, attribute) in message.attributes.0.iter().enumerate() {
            if attribute.typ == ATTR_FINGERPRINT {
                let is_last = offset + 8 == packet.len();
                if !is_last || FINGERPRINT.check(&message).is_err() {
                    return None;
                }
            }
            if attribute.typ == ATTR_MESSAGE_INTEGRITY && sealed.is_none() {
                sealed = Some((offset, place, attribute.value.clone()));
            }
            offset += 4 + attribute.value.len().next_multiple_of(4);
        }
        if let Some((_, place, _)) = &sealed {
            message.attributes.0.truncate(*place);
        }
        Some(Self { message, sealed: sealed.map(|(offset, _, value)| (offset, value)) })
    }

    pub(crate) const fn method(&self) -> Method {
        self.message.typ.method
    }

    pub(crate) const fn class(&self) -> MessageClass {
        self.message.typ.class
    }

    pub(crate) const fn transaction(&self) -> [u8; 12] {
        self.message.transaction_id.0
    }

    pub(crate) const fn is_sealed(&self) -> bool {
        self.sealed.is_some()
    }

    /// Whether its MESSAGE-INTEGRITY is of this key.
    pub(crate) fn is_sealed_by(&self, key: &[u8]) -> bool {
        let Some((offset, value)) = &self.sealed else { return false };
        let mac = integrity(key, &self.message.raw[..*offset]);
        value.len() == mac.len()
            && value.iter().zip(mac).fold(0, |differing, (one, other)| differing | (one ^ other)) == 0
    }

    /// The value of an attribute.
    pub(crate) fn get(&self, attribute: AttrType) -> Option<&[u8]> {
        self.message
            .attributes
            .0
            .iter()
            .find(|found| found.typ == attribute)
            .map(|found| found.value.as_slice())
    }

    /// The value of an attribute of text.
    pub(crate) fn text(&self, attribute: AttrType) -> Option<&str> {
        self.get(attribute).and_then(|value| str::from_utf8(value).ok())
    }

    /// All peers it names, or nothing if one of them cannot be read.
    pub(crate) fn peers(&self) -> Option<Vec<SocketAddr>> {
        let named =
            self.message.attributes.0.iter().filter(|attribute| attribute.typ == ATTR_XOR_PEER_ADDRESS);
        named
            .map(|attribute| {
                let one = Message {
                    transaction_id: self.message.transaction_id,
                    attributes: Attributes(vec![attribute.clone()]),
                    ..Message::default()
                };
                // the reader takes what is too short for an address
                let is_whole = matches!(attribute.value.as_slice(), [_, 1, ..] if attribute.value.len() == 8)
                    || matches!(attribute.value.as_slice(), [_, 2, ..] if attribute.value.len() == 20);
                let mut peer = XorMappedAddress::default();
                (is_whole && peer.get_from_as(&one, ATTR_XOR_PEER_ADDRESS).is_ok())
                    .then(|| SocketAddr::new(peer.ip, peer.port))
            })
            .collect()
    }

    /// Attributes that must be understood and are not.
    pub(crate) fn unknown(&self) -> Vec<AttrType> {
        let must = self
            .message
            .attributes
            .0
            .iter()
            .map(|attribute| attribute.typ)
            .filter(|typ| typ.value() < 0x8000);
        must.filter(|typ| *typ == ATTR_DONT_FRAGMENT || !KNOWN.contains(typ)).collect()
    }

    /// An answer of this class, without attributes yet.
    pub(crate) fn answer(&self, class: MessageClass) -> Message {
        begin(MessageType::new(self.message.typ.method, class), self.message.transaction_id.0)
    }

    /// An answer that says what is wrong.
    pub(crate) fn refusal(&self, code: ErrorCode) -> Message {
        let mut answer = self.answer(rtc_stun::message::CLASS_ERROR_RESPONSE);
        let [hundreds, rest] = [code.0 / 100, code.0 % 100].map(|part| u8::try_from(part).unwrap_or(0));
        let mut value = vec![0, 0, hundreds, rest];
        value.extend(ERROR_REASONS.get(&code).into_iter().flatten());
        answer.add(ATTR_ERROR_CODE, &value);
        answer
    }

    /// An answer that lists what was not understood.
    pub(crate) fn not_understood(&self, unknown: &[AttrType]) -> Message {
        let mut answer = self.refusal(rtc_stun::error_code::CODE_UNKNOWN_ATTRIBUTE);
        let listed: Vec<u8> = unknown.iter().flat_map(|typ| typ.value().to_be_bytes()).collect();
        answer.add(ATTR_UNKNOWN_ATTRIBUTES, &listed);
        answer
    }
}

/// A message without attributes.
pub(crate) fn begin(typ: MessageType, transaction: [u8; 12]) -> Message {
    let mut message = Message::new();
    message.typ = typ;
    message.transaction_id.0 = transaction;
    message.write_header();
    message
}

/// Adds an address, covered as RFC 8489, 14.2 says.
pub(crate) fn add_address(message: &mut Message, attribute: AttrType, address: SocketAddr) {
    let covered = XorMappedAddress { ip: address.ip(), port: address.port() };
    // it only fails for addresses of neither family
    let _ = covered.add_to_as(message, attribute);
}

/// Adds what vouches for an answer.
pub(crate) fn seal(message: &mut Message, key: &[u8]) {
    let mac = integrity(key, &message.raw);
    message.add(ATTR_MESSAGE_INTEGRITY, &mac);
}

/// RFC 8489, 14.5: over everything before, with the length as if MESSAGE-INTEGRITY were the last attribute.
fn integrity(key: &[u8], before: &[u8]) -> [u8; 20] {
    let (header, attributes) = before.split_at(MESSAGE_HEADER_SIZE);
    let length = u16::try_from(attributes.len()).unwrap_or(u16::MAX).saturating_add(INTEGRITY).to_be_bytes();
    hmac_sha1(key, &[&header[..2], &length, &header[4..], attributes])
}

#[cfg(test)]
#[path = "message_tests.rs"]
mod tests;
