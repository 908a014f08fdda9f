//! The socket against RFC 6455, byte by byte: frames no browser sends, and those every browser may send.

use std::time::Duration;

use contracts::talk::TalkRole;
use serde_json::{Value, json};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
    time::timeout,
};

use crate::house::{House, entry};

const PATIENCE: Duration = Duration::from_secs(20);
/// A key and what RFC 6455 (1.3) says its answer is.
const KEY: (&str, &str) = ("dGhlIHNhbXBsZSBub25jZQ==", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");

const TEXT: u8 = 1;
const BINARY: u8 = 2;
const CLOSE: u8 = 8;
const PING: u8 = 9;
const PONG: u8 = 10;
const FIN: u8 = 0x80;

/// A connection that says what it is told to, frame or not.
struct Raw(TcpStream);

/// A frame from the server.
#[derive(Debug, PartialEq, Eq)]
struct Heard {
    first: u8,
    payload: Vec<u8>,
}

impl Raw {
    /// Asks for the socket; the answer's head.
    async fn ask(house: &House, headers: &[(&str, &str)]) -> (Self, String) {
        let mut stream = TcpStream::connect(house.address()).await.unwrap();
        let mut request = format!("GET /api/v1/talk/socket HTTP/1.1\r\nHost: {}\r\n", house.address());
        for (name, value) in headers {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        stream.write_all(format!("{request}\r\n").as_bytes()).await.unwrap();
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            head.push(timeout(PATIENCE, stream.read_u8()).await.unwrap().unwrap());
        }
        (Self(stream), String::from_utf8(head).unwrap())
    }

    /// Opens the socket as a page of the house, and comes into a room.
    async fn inside(house: &House) -> Self {
        let (mut raw, head) = Self::ask(house, &handshake(&house.origin(), &[])).await;
        assert!(head.starts_with("HTTP/1.1 101"), "{head}");
        let ticket = house.ticket(&entry("room", "host", TalkRole::Host)).await;
        let hello = json!({"say": "hello", "version": 1, "ticket": ticket}).to_string();
        raw.send(FIN | TEXT, hello.as_bytes()).await;
        let inside: Value = serde_json::from_slice(&raw.hear().await.unwrap().payload).unwrap();
        assert_eq!(inside["hear"], "inside");
        raw
    }

    /// A masked frame, as every client must send it.
    async fn send(&mut self, first: u8, payload: &[u8]) {
        self.0.write_all(&frame(first, payload, Some([7, 1, 9, 3]))).await.unwrap();
    }

    /// The next frame; nothing when the connection is closed.
    async fn hear(&mut self) -> Option<Heard> {
        let first = timeout(PATIENCE, self.0.read_u8()).await.expect("nothing comes").ok()?;
        let second = self.0.read_u8().await.ok()?;
        assert_eq!(second & 0x80, 0, "a server never masks");
        let size = match second {
            126 => u64::from(self.0.read_u16().await.ok()?),
            127 => self.0.read_u64().await.ok()?,
            size => u64::from(size),
        };
        let mut payload = vec![0; usize::try_from(size).unwrap()];
        self.0.read_exact(&mut payload).await.ok()?;
        Some(Heard { first, payload })
    }

    /// Hears until the end; the status code of the server's close frame, if there was one.
    async fn end(&mut self) -> Option<u16> {
        let mut code = None;
        while let Some(heard) = self.hear().await {
            if heard.first == FIN | CLOSE && heard.payload.len() >= 2 {
                code = Some(u16::from_be_bytes([heard.payload[0], heard.payload[1]]));
            }
        }
        code
    }
}

fn handshake<'a>(origin: &'a str, more: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let usual = [
        ("Origin", origin),
        ("Connection", "Upgrade"),
        ("Upgrade", "websocket"),
        ("Sec-WebSocket-Version", "13"),
        ("Sec-WebSocket-Key", KEY.0),
    ];
    let replaced = |name: &str| more.iter().any(|(other, _)| *other == name);
    let kept = usual.into_iter().filter(|(name, _)| !replaced(name));
    kept.chain(more.iter().copied().filter(|(_, value)| !value.is_empty())).collect()
}

fn frame(first: u8, payload: &[u8], mask: Option<[u8; 4]>) -> Vec<u8> {
    let mut bytes = vec![first];
    let bit = if mask.is_some() { 0x80 } else { 0 };
    match payload.len() {
        size @ 0..=125 => bytes.push(bit | u8::try_from(size).unwrap()),
        size @ 126..=0xffff => {
            bytes.push(bit | 126);
            bytes.extend(u16::try_from(size).unwrap().to_be_bytes());
        }
        size => {
            bytes.push(bit | 127);
            bytes.extend((size as u64).to_be_bytes());
        }
    }
    bytes.extend(mask.unwrap_or_default().iter().take(if mask.is_some() { 4 } else { 0 }));
    let mask = mask.unwrap_or_default();
    bytes.extend(payload.iter().enumerate().map(|(at, byte)| byte ^ mask[at % 4]));
    bytes
}

#[tokio::test]
async fn the_handshake_is_answered_as_the_rule_says() {
    let house = House::open().await;
    let origin = house.origin();
    let (_, head) = Raw::ask(&house, &handshake(&origin, &[])).await;
    let head = head.to_ascii_lowercase();
    assert!(head.starts_with("http/1.1 101") && head.contains(&KEY.1.to_ascii_lowercase()), "{head}");
    let offers = [("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits")];
    let (_, head) = Raw::ask(&house, &handshake(&origin, &offers)).await;
    assert!(head.starts_with("HTTP/1.1 101"), "{head}");
    assert!(
        !head.to_ascii_lowercase().contains("sec-websocket-extensions"),
        "what is secret is not compressed"
    );
    for (wrong, status) in [
        (("Sec-WebSocket-Version", "8"), "426"),
        (("Sec-WebSocket-Key", ""), "426"),
        (("Upgrade", ""), "426"),
        (("Connection", "close"), "426"),
        (("Origin", ""), "403"),
    ] {
        let (_, head) = Raw::ask(&house, &handshake(&origin, &[wrong])).await;
        assert!(head.starts_with(&format!("HTTP/1.1 {status}")), "{wrong:?}: {head}");
    }
}

#[tokio::test]
async fn what_the_rule_allows_is_understood() {
    let house = House::open().await;
    let mut raw = Raw::inside(&house).await;
    // RFC 6455, 5.5.2 and 5.5.3: a pong carries what the ping carried, also in the middle of a text in pieces
    raw.send(FIN | PING, b"there?").await;
    assert_eq!(raw.hear().await.unwrap(), Heard { first: FIN | PONG, payload: b"there?".to_vec() });
    raw.send(FIN | PING, &[7; 125]).await;
    assert_eq!(raw.hear().await.unwrap().payload, [7; 125]);
    raw.send(TEXT, br#"{"say":"#).await;
    raw.send(FIN | PING, b"").await;
    assert_eq!(raw.hear().await.unwrap(), Heard { first: FIN | PONG, payload: Vec::new() });
    raw.send(0, b"").await;
    raw.send(0, br#""be"#).await;
    raw.send(FIN, br#"at"}"#).await;
    assert_eq!(raw.hear().await.unwrap().payload, br#"{"hear":"beat"}"#);
    // 5.5.3: a pong nobody asked for is allowed; 5.2: a frame may come byte by byte
    raw.send(FIN | PONG, b"by the way").await;
    for byte in frame(FIN | TEXT, br#"{"say":"beat"}"#, Some([1, 2, 3, 4])) {
        raw.0.write_all(&[byte]).await.unwrap();
        raw.0.flush().await.unwrap();
    }
    assert_eq!(raw.hear().await.unwrap().payload, br#"{"hear":"beat"}"#);
    // 5.5.1: who closes is answered with a close, and then nothing comes
    raw.send(FIN | CLOSE, &1000_u16.to_be_bytes()).await;
    assert_eq!(raw.end().await, Some(1000));
}

#[tokio::test]
async fn what_the_rule_forbids_ends_the_socket_and_nothing_else() {
    let house = House::open().await;
    let beat = br#"{"say":"beat"}"#;
    let masked = |first: u8, payload: &[u8]| frame(first, payload, Some([7, 1, 9, 3]));
    let mut too_large = vec![FIN | TEXT, 0x80 | 127];
    too_large.extend((1_u64 << 40).to_be_bytes());
    too_large.extend([0; 4]);
    let cases: Vec<(&str, Vec<u8>)> = vec![
        ("5.1: a client that does not mask", frame(FIN | TEXT, beat, None)),
        ("5.2: a reserved bit", masked(FIN | 0x40 | TEXT, beat)),
        ("5.2: another reserved bit", masked(FIN | 0x20 | TEXT, beat)),
        ("5.2: the last reserved bit", masked(FIN | 0x10 | TEXT, beat)),
        ("5.2: a kind of data nobody knows", masked(FIN | 3, beat)),
        ("5.2: a kind of control nobody knows", masked(FIN | 11, b"")),
        ("5.4: a piece of nothing", masked(FIN, beat)),
        ("5.4: a text in the middle of another", [masked(TEXT, b"{"), masked(FIN | TEXT, beat)].concat()),
        ("5.5: control in pieces", masked(PING, b"a")),
        ("5.5: control of 126 bytes", masked(FIN | PING, &[0; 126])),
        ("5.5.1: a close of one byte", masked(FIN | CLOSE, &[3])),
        ("7.4.1: a close with a code that is never sent", masked(FIN | CLOSE, &1005_u16.to_be_bytes())),
        ("5.5.1: a close with a reason that is no text", masked(FIN | CLOSE, &[3, 0xe8, 0xff, 0xfe])),
        ("8.1: a text that is none", masked(FIN | TEXT, &[0xc3, 0x28])),
        ("8.1: a text that ends in the middle of a sign", masked(FIN | TEXT, &[0xe2, 0x82])),
        ("5.2: a length beyond all measure", too_large),
        ("ours: bytes instead of text", masked(FIN | BINARY, beat)),
        ("ours: a text that says nothing", masked(FIN | TEXT, b"")),
    ];
    let mut other = house.come("other", "host", TalkRole::Host).await;
    for (rule, bytes) in cases {
        let mut raw = Raw::inside(&house).await;
        // the server may have closed before all of it was written
        let _closed = raw.0.write_all(&bytes).await;
        let _closed = raw.0.write_all(&masked(FIN | TEXT, beat)).await;
        let mut answered = false;
        while let Some(heard) = raw.hear().await {
            answered |= heard.payload == br#"{"hear":"beat"}"#;
        }
        assert!(!answered, "{rule}: goes on as if nothing had been");
        other.say(json!({"say": "beat"})).await;
        assert_eq!(other.next().await, json!({"hear": "beat"}), "{rule}: others go on");
    }
}
