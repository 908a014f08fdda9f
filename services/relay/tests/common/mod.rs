//! A relay on this machine and a small client that speaks to it byte by byte, to say also what no proper client says.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::unwrap_used,
    reason = "a part of each test, and each uses its own part of it"
)]

use std::{
    io::{Read, Write},
    net::{IpAddr, SocketAddr, TcpStream, UdpSocket},
    sync::Arc,
    time::Duration,
};

use contracts::{media::Member, talk::RoomId};
use hmac::{Hmac, KeyInit, Mac};
use jiff::Timestamp;
use kernel::{Clock, Secret, SystemClock};
use md5::{Digest, Md5};
use relay::{Relay, Settings, credentials::Credentials};
use rtc_stun::{
    attributes::{
        ATTR_CHANNEL_NUMBER, ATTR_DATA, ATTR_ERROR_CODE, ATTR_LIFETIME, ATTR_MESSAGE_INTEGRITY, ATTR_NONCE,
        ATTR_REALM, ATTR_REQUESTED_TRANSPORT, ATTR_USERNAME, ATTR_XOR_PEER_ADDRESS, ATTR_XOR_RELAYED_ADDRESS,
        AttrType,
    },
    message::{
        CLASS_INDICATION, CLASS_REQUEST, METHOD_ALLOCATE, METHOD_CHANNEL_BIND, METHOD_CREATE_PERMISSION,
        METHOD_REFRESH, METHOD_SEND, Message, MessageType, Method,
    },
    xoraddr::XorMappedAddress,
};
use sha1::Sha1;

pub const SECRET: &str = "north";
/// Long enough for a machine on which others build.
pub const PATIENCE: Duration = Duration::from_secs(20);
/// Long enough to see that nothing comes where it would at once.
pub const NOTHING: Duration = Duration::from_millis(300);

pub fn settings(more: &str) -> Settings {
    let mut settings: Settings = toml::from_str(more).unwrap();
    let any: SocketAddr = "127.0.0.1:0".parse().unwrap();
    settings.udp = vec![any];
    settings.tcp = vec![any];
    settings
}

pub async fn start(more: &str) -> Relay {
    start_at(more, Arc::new(SystemClock)).await
}

pub async fn start_at(more: &str, clock: Arc<dyn Clock>) -> Relay {
    Relay::start(settings(more), Secret::new(SECRET.into()), clock).await.unwrap()
}

/// A name and its password, until an hour from now.
pub fn credential(room: &str, member: Member) -> (String, String) {
    let until = SystemClock.now() + Duration::from_hours(1);
    credential_until(room, member, until)
}

pub fn credential_until(room: &str, member: Member, until: Timestamp) -> (String, String) {
    Credentials::new(Secret::new(SECRET.into())).make(&RoomId(room.into()), member, until)
}

enum Link {
    Udp(UdpSocket),
    Tcp(TcpStream),
}

pub struct Client {
    link: Link,
    pub name: String,
    pub password: String,
    pub challenge: Option<(Vec<u8>, Vec<u8>)>,
}

impl Client {
    pub fn udp(relay: &Relay, credential: (String, String)) -> Self {
        Self::udp_at(relay.settings().udp[0], credential)
    }

    /// A client of whatever listens there on UDP.
    pub fn udp_at(listen: SocketAddr, (name, password): (String, String)) -> Self {
        let socket = UdpSocket::bind("127.0.0.1:0").unwrap();
        socket.connect(listen).unwrap();
        Self { link: Link::Udp(socket), name, password, challenge: None }
    }

    pub fn into_socket(self) -> UdpSocket {
        match self.link {
            Link::Udp(socket) => socket,
            Link::Tcp(_) => panic!("not a socket for datagrams"),
        }
    }

    pub fn tcp(relay: &Relay, credential: (String, String)) -> Self {
        Self::at(relay.settings().tcp[0], credential)
    }

    /// A client of whatever listens there on TCP.
    pub fn at(listen: SocketAddr, (name, password): (String, String)) -> Self {
        let stream = TcpStream::connect(listen).unwrap();
        Self { link: Link::Tcp(stream), name, password, challenge: None }
    }

    pub fn stream(&mut self) -> &mut TcpStream {
        match &mut self.link {
            Link::Tcp(stream) => stream,
            Link::Udp(_) => panic!("not a stream"),
        }
    }

    pub fn send(&mut self, packet: &[u8]) {
        match &mut self.link {
            Link::Udp(socket) => assert_eq!(socket.send(packet).unwrap(), packet.len()),
            Link::Tcp(stream) => {
                let mut padded = packet.to_vec();
                padded.resize(packet.len().next_multiple_of(4), 0);
                stream.write_all(&padded).unwrap();
            }
        }
    }

    /// Sends a datagram to whom may not listen yet.
    pub fn try_send(&mut self, packet: &[u8]) {
        if let Link::Udp(socket) = &self.link {
            let _ = socket.send(packet);
        }
    }

    /// The next packet, if one comes.
    pub fn hear_for(&mut self, patience: Duration) -> Option<Vec<u8>> {
        match &mut self.link {
            Link::Udp(socket) => {
                socket.set_read_timeout(Some(patience)).unwrap();
                let mut packet = vec![0; 4_096];
                let bytes = socket.recv(&mut packet).ok()?;
                packet.truncate(bytes);
                Some(packet)
            }
            Link::Tcp(stream) => {
                stream.set_read_timeout(Some(patience)).unwrap();
                let mut packet = vec![0; 4];
                stream.read_exact(&mut packet).ok()?;
                let length = usize::from(u16::from_be_bytes([packet[2], packet[3]]));
                let whole = if packet[0] < 4 { 20 + length } else { 4 + length };
                packet.resize(whole.next_multiple_of(4), 0);
                stream.read_exact(&mut packet[4..]).unwrap();
                packet.truncate(whole);
                Some(packet)
            }
        }
    }

    pub fn hear(&mut self) -> Vec<u8> {
        self.hear_for(PATIENCE).expect("an answer")
    }

    /// A request as it would be sent now.
    pub fn build(&self, method: Method, attributes: &[(AttrType, Vec<u8>)]) -> Message {
        let mut message = Message::new();
        message.typ = MessageType::new(method, CLASS_REQUEST);
        message.transaction_id.0 = rand::random();
        message.write_header();
        for (typ, value) in attributes {
            message.add(*typ, value);
        }
        if self.challenge.is_some() { self.sign(message) } else { message }
    }

    /// Asks and takes the answer to it; a challenge is answered once.
    pub fn ask(&mut self, method: Method, attributes: &[(AttrType, Vec<u8>)]) -> Message {
        for _ in 0..2 {
            let request = self.build(method, attributes);
            self.send(&request.raw);
            let answer = self.answer_to(&request);
            let is_first = self.challenge.is_none();
            if !matches!(code(&answer), Some(401 | 438)) || !answer.contains(ATTR_NONCE) {
                return answer;
            }
            self.challenge = Some((answer.get(ATTR_REALM).unwrap(), answer.get(ATTR_NONCE).unwrap()));
            if !is_first {
                return answer;
            }
        }
        panic!("challenged twice")
    }

    pub fn answer_to(&mut self, request: &Message) -> Message {
        loop {
            let packet = self.hear();
            if packet[0] < 4 && packet[8..20] == request.transaction_id.0 {
                let mut answer = Message { raw: packet, ..Message::default() };
                answer.decode().unwrap();
                return answer;
            }
        }
    }

    pub fn try_allocate(&mut self) -> Result<SocketAddr, u16> {
        let answer = self.ask(METHOD_ALLOCATE, &[(ATTR_REQUESTED_TRANSPORT, vec![17, 0, 0, 0])]);
        match code(&answer) {
            Some(code) => Err(code),
            None => {
                let mut relayed = XorMappedAddress::default();
                relayed.get_from_as(&answer, ATTR_XOR_RELAYED_ADDRESS).unwrap();
                Ok(SocketAddr::new(relayed.ip, relayed.port))
            }
        }
    }

    pub fn allocate(&mut self) -> SocketAddr {
        self.try_allocate().unwrap()
    }

    pub fn permit(&mut self, peer: SocketAddr) -> Option<u16> {
        self.ask_about(METHOD_CREATE_PERMISSION, &[], peer)
    }

    pub fn bind(&mut self, channel: u16, peer: SocketAddr) -> Option<u16> {
        let [high, low] = channel.to_be_bytes();
        self.ask_about(METHOD_CHANNEL_BIND, &[(ATTR_CHANNEL_NUMBER, vec![high, low, 0, 0])], peer)
    }

    pub fn refresh(&mut self, seconds: u32) -> Message {
        self.ask(METHOD_REFRESH, &[(ATTR_LIFETIME, seconds.to_be_bytes().to_vec())])
    }

    pub fn send_data(&mut self, channel: u16, data: &[u8]) {
        let mut packet = channel.to_be_bytes().to_vec();
        packet.extend(u16::try_from(data.len()).unwrap().to_be_bytes());
        packet.extend(data);
        self.send(&packet);
    }

    pub fn send_to(&mut self, peer: SocketAddr, data: &[u8]) {
        let mut message = Message::new();
        message.typ = MessageType::new(METHOD_SEND, CLASS_INDICATION);
        message.write_header();
        XorMappedAddress { ip: peer.ip(), port: peer.port() }
            .add_to_as(&mut message, ATTR_XOR_PEER_ADDRESS)
            .unwrap();
        message.add(ATTR_DATA, data);
        self.send(&message.raw);
    }

    /// A request that names a peer; the address is covered with the transaction, which each try makes anew.
    fn ask_about(
        &mut self,
        method: Method,
        attributes: &[(AttrType, Vec<u8>)],
        peer: SocketAddr,
    ) -> Option<u16> {
        let challenge = self.challenge.take();
        let mut request = self.build(method, attributes);
        XorMappedAddress { ip: peer.ip(), port: peer.port() }
            .add_to_as(&mut request, ATTR_XOR_PEER_ADDRESS)
            .unwrap();
        self.challenge = challenge;
        let signed = self.sign(request);
        self.send(&signed.raw);
        code(&self.answer_to(&signed))
    }

    fn sign(&self, mut message: Message) -> Message {
        let (realm, nonce) = self.challenge.clone().expect("allocated before");
        message.add(ATTR_USERNAME, self.name.as_bytes());
        message.add(ATTR_REALM, &realm);
        message.add(ATTR_NONCE, &nonce);
        let key = Md5::digest(format!("{}:{}:{}", self.name, String::from_utf8_lossy(&realm), self.password));
        let mut covered = message.raw.clone();
        covered[2..4].copy_from_slice(&u16::try_from(message.length + 24).unwrap().to_be_bytes());
        let mut mac = Hmac::<Sha1>::new_from_slice(&key).unwrap();
        mac.update(&covered);
        message.add(ATTR_MESSAGE_INTEGRITY, &mac.finalize().into_bytes());
        message
    }
}

/// The error an answer says, if it says one.
pub fn code(answer: &Message) -> Option<u16> {
    let value = answer.get(ATTR_ERROR_CODE).ok()?;
    Some(u16::from(value[2]) * 100 + u16::from(value[3]))
}

pub fn peer(ip: &str, port: u16) -> SocketAddr {
    SocketAddr::new(ip.parse::<IpAddr>().unwrap(), port)
}
