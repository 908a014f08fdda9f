//! What clients ask for: RFC 8489 (Binding) and RFC 8656 (everything else).

use std::{net::SocketAddr, sync::Arc, time::Duration};

use rtc_stun::{
    attributes::{
        ATTR_CHANNEL_NUMBER, ATTR_DATA, ATTR_EVEN_PORT, ATTR_LIFETIME, ATTR_NONCE, ATTR_REALM,
        ATTR_REQUESTED_ADDRESS_FAMILY, ATTR_REQUESTED_TRANSPORT, ATTR_RESERVATION_TOKEN, ATTR_USERNAME,
        ATTR_XOR_RELAYED_ADDRESS, ATTR_XORMAPPED_ADDRESS,
    },
    error_code::{
        CODE_ADDR_FAMILY_NOT_SUPPORTED, CODE_ALLOC_MISMATCH, CODE_ALLOC_QUOTA_REACHED, CODE_BAD_REQUEST,
        CODE_FORBIDDEN, CODE_INSUFFICIENT_CAPACITY, CODE_PEER_ADDR_FAMILY_MISMATCH, CODE_STALE_NONCE,
        CODE_UNAUTHORIZED, CODE_UNSUPPORTED_TRANS_PROTO, CODE_WRONG_CREDENTIALS, ErrorCode,
    },
    message::{
        CLASS_INDICATION, CLASS_REQUEST, CLASS_SUCCESS_RESPONSE, METHOD_ALLOCATE, METHOD_BINDING,
        METHOD_CHANNEL_BIND, METHOD_CREATE_PERMISSION, METHOD_REFRESH, METHOD_SEND, Message,
    },
};
use tokio::time::Instant;

use crate::{
    allocation::{Allocation, HEADER, Parts, Unbound},
    client::Client,
    credentials::{Holder, REALM},
    message::{Request, add_address, seal},
    metrics::Why,
    quotas::Full,
    server::Server,
};

/// How long an allocation holds that says nothing else (RFC 8656, 3.2), and at least.
const USUAL: Duration = Duration::from_mins(10);
/// The longest a client may ask for at once.
const LONGEST: Duration = Duration::from_hours(1);
/// The longest it can be refreshed: credentials end, and no conversation lasts a day.
const LONGEST_IN_ALL: Duration = Duration::from_hours(12);
/// The protocol number of UDP.
const UDP: u8 = 17;
/// Numbers of channels: those of RFC 5766, because clients use more of them than RFC 8656, 12 gives.
const CHANNELS: std::ops::RangeInclusive<u16> = 0x4000..=0x7fff;

/// Who asks, once the request's integrity is hers.
struct Asking {
    username: String,
    key: [u8; 16],
    /// Known for what begins; what was begun in time goes on under a name that has ended.
    holder: Option<Holder>,
    allocation: Option<Arc<Allocation>>,
}

/// What a request gets that cannot be followed.
type Refused = ErrorCode;

impl Server {
    /// Follows a message of a client. Whatever is none is not answered.
    pub(crate) fn message(self: &Arc<Self>, client: &Client, packet: &[u8]) {
        let Some(request) = Request::read(packet) else { return };
        match (request.class(), request.method()) {
            (CLASS_INDICATION, METHOD_SEND) => self.send_indication(client, &request),
            (CLASS_REQUEST, METHOD_BINDING) => self.binding(client, &request),
            (
                CLASS_REQUEST,
                METHOD_ALLOCATE | METHOD_REFRESH | METHOD_CREATE_PERMISSION | METHOD_CHANNEL_BIND,
            ) => {
                self.request(client, &request);
            }
            _ => {}
        }
    }

    fn binding(&self, client: &Client, request: &Request) {
        if !self.may_hear(client.address().ip()) {
            return;
        }
        let unknown = request.unknown();
        let answer = if unknown.is_empty() {
            let mut answer = request.answer(CLASS_SUCCESS_RESPONSE);
            add_address(&mut answer, ATTR_XORMAPPED_ADDRESS, client.address());
            answer
        } else {
            request.not_understood(&unknown)
        };
        client.answer(&answer.raw);
    }

    fn request(self: &Arc<Self>, client: &Client, request: &Request) {
        let asking = match self.authenticate(client, request) {
            Ok(asking) => asking,
            Err(code) => return self.challenge(client, request, code),
        };
        let unknown = request.unknown();
        let mut answer = if unknown.is_empty() {
            let followed = match request.method() {
                METHOD_ALLOCATE => self.allocate_for(client, request, &asking),
                METHOD_REFRESH => self.refresh(client, request, &asking),
                METHOD_CREATE_PERMISSION => self.permit(request, &asking),
                _ => self.bind(request, &asking),
            };
            followed.unwrap_or_else(|code| {
                match code {
                    CODE_FORBIDDEN => self.metrics.refuse(Why::Peer),
                    CODE_ALLOC_QUOTA_REACHED | CODE_INSUFFICIENT_CAPACITY => self.metrics.refuse(Why::Quota),
                    _ => {}
                }
                request.refusal(code)
            })
        } else {
            request.not_understood(&unknown)
        };
        seal(&mut answer, &asking.key);
        client.answer(&answer.raw);
    }

    /// RFC 8489, 9.2.4.
    fn authenticate(&self, client: &Client, request: &Request) -> Result<Asking, Refused> {
        if !request.is_sealed() {
            return Err(CODE_UNAUTHORIZED);
        }
        let (Some(username), Some(REALM), Some(nonce)) =
            (request.text(ATTR_USERNAME), request.text(ATTR_REALM), request.text(ATTR_NONCE))
        else {
            return Err(CODE_BAD_REQUEST);
        };
        if !self.nonces.check(nonce, client.tuple.client, Instant::now()) {
            return Err(CODE_STALE_NONCE);
        }
        let allocation = self.allocation_of(&client.tuple);
        let same = allocation.as_ref().filter(|allocation| allocation.username == username);
        let (key, holder) = if let Some(allocation) = same {
            (allocation.key, None)
        } else {
            let holder = self.credentials.read(username, self.clock.now()).map_err(|_| CODE_UNAUTHORIZED)?;
            (self.credentials.long_term_key(username), Some(holder))
        };
        if !request.is_sealed_by(&key) {
            return Err(CODE_UNAUTHORIZED);
        }
        Ok(Asking { username: username.to_owned(), key, holder, allocation })
    }

    /// Tells a stranger what is missing, if her network has not heard that too often.
    fn challenge(&self, client: &Client, request: &Request, code: Refused) {
        if request.is_sealed() && code == CODE_UNAUTHORIZED {
            self.metrics.refuse(Why::Credential);
        }
        if !self.may_hear(client.address().ip()) {
            return;
        }
        let mut answer = request.refusal(code);
        if code != CODE_BAD_REQUEST {
            answer.add(ATTR_REALM, REALM.as_bytes());
            answer.add(ATTR_NONCE, self.nonces.make(client.tuple.client, Instant::now()).as_bytes());
        }
        client.answer(&answer.raw);
    }

    fn allocate_for(
        self: &Arc<Self>,
        client: &Client,
        request: &Request,
        asking: &Asking,
    ) -> Result<Message, Refused> {
        if let Some(allocation) = &asking.allocation {
            let is_repeated =
                allocation.transaction == request.transaction() && allocation.username == asking.username;
            return if is_repeated { Ok(allocated(request, allocation)) } else { Err(CODE_ALLOC_MISMATCH) };
        }
        match request.get(ATTR_REQUESTED_TRANSPORT) {
            Some([UDP, ..]) => {}
            Some([_, _, _, _]) => return Err(CODE_UNSUPPORTED_TRANS_PROTO),
            _ => return Err(CODE_BAD_REQUEST),
        }
        let is_ipv4 = match request.get(ATTR_REQUESTED_ADDRESS_FAMILY) {
            None => self.has_family(true),
            Some([1, ..]) => true,
            Some([2, ..]) => false,
            Some(_) => return Err(CODE_ADDR_FAMILY_NOT_SUPPORTED),
        };
        if !self.has_family(is_ipv4) {
            return Err(CODE_ADDR_FAMILY_NOT_SUPPORTED);
        }
        let even = request.get(ATTR_EVEN_PORT);
        // browsers carry RTCP with RTP, and need no second port held for it
        if even.is_some_and(|even| even.first().is_none_or(|flags| flags & 0x80 != 0))
            || request.get(ATTR_RESERVATION_TOKEN).is_some()
        {
            return Err(CODE_INSUFFICIENT_CAPACITY);
        }
        let holder = asking.holder.ok_or(CODE_WRONG_CREDENTIALS)?;
        let counted = self.quotas.allocate(holder, client.address().ip()).map_err(|full| match full {
            Full::Hers => CODE_ALLOC_QUOTA_REACHED,
            Full::All => CODE_INSUFFICIENT_CAPACITY,
        })?;
        let (socket, relayed) = self.open(is_ipv4, even.is_some()).ok_or(CODE_INSUFFICIENT_CAPACITY)?;
        let parts = Parts {
            client: client.clone(),
            username: asking.username.clone(),
            key: asking.key,
            transaction: request.transaction(),
            relayed,
            socket,
            lifetime: lifetime(request).max(USUAL),
            longest: LONGEST_IN_ALL,
            bytes_per_second: self.limits.bytes_per_second,
            counted,
        };
        let allocation = self.allocate(parts).ok_or(CODE_INSUFFICIENT_CAPACITY)?;
        Ok(allocated(request, &allocation))
    }

    fn refresh(&self, client: &Client, request: &Request, asking: &Asking) -> Result<Message, Refused> {
        let allocation = asking.allocation()?;
        let is_other_family = match request.get(ATTR_REQUESTED_ADDRESS_FAMILY) {
            Some([family, ..]) => (*family == 1) != allocation.relayed.is_ipv4(),
            _ => false,
        };
        if is_other_family {
            return Err(CODE_PEER_ADDR_FAMILY_MISMATCH);
        }
        let lifetime = lifetime(request);
        let held = if lifetime.is_zero() {
            self.release(&client.tuple);
            lifetime
        } else {
            allocation.refresh(lifetime.max(USUAL))
        };
        let mut answer = request.answer(CLASS_SUCCESS_RESPONSE);
        add_lifetime(&mut answer, held);
        Ok(answer)
    }

    fn permit(&self, request: &Request, asking: &Asking) -> Result<Message, Refused> {
        let allocation = asking.allocation()?;
        let peers = request.peers().filter(|peers| !peers.is_empty()).ok_or(CODE_BAD_REQUEST)?;
        for peer in &peers {
            self.check_peer(allocation, *peer)?;
        }
        let peers: Vec<_> = peers.iter().map(SocketAddr::ip).collect();
        allocation.permit(&peers).map_err(|_| CODE_INSUFFICIENT_CAPACITY)?;
        Ok(request.answer(CLASS_SUCCESS_RESPONSE))
    }

    fn bind(&self, request: &Request, asking: &Asking) -> Result<Message, Refused> {
        let allocation = asking.allocation()?;
        let number = match request.get(ATTR_CHANNEL_NUMBER) {
            Some(&[high, low, _, _]) => u16::from_be_bytes([high, low]),
            _ => return Err(CODE_BAD_REQUEST),
        };
        let peers = request.peers();
        let Some(&[peer]) = peers.as_deref() else { return Err(CODE_BAD_REQUEST) };
        if !CHANNELS.contains(&number) {
            return Err(CODE_BAD_REQUEST);
        }
        self.check_peer(allocation, peer)?;
        if self.allocation_at(peer).is_none() && self.peers.target(peer).is_none() {
            return Err(CODE_FORBIDDEN);
        }
        allocation.bind(number, peer).map_err(|unbound| match unbound {
            Unbound::Taken => CODE_BAD_REQUEST,
            Unbound::Full => CODE_INSUFFICIENT_CAPACITY,
        })?;
        Ok(request.answer(CLASS_SUCCESS_RESPONSE))
    }

    fn check_peer(&self, allocation: &Allocation, peer: SocketAddr) -> Result<(), Refused> {
        // what is refused anyway is refused first: a mapped address is not merely of the other family
        if !self.peers.permit(peer.ip()) {
            return Err(CODE_FORBIDDEN);
        }
        if peer.is_ipv4() != allocation.relayed.is_ipv4() {
            return Err(CODE_PEER_ADDR_FAMILY_MISMATCH);
        }
        Ok(())
    }

    fn send_indication(&self, client: &Client, request: &Request) {
        let Some(allocation) = self.allocation_of(&client.tuple) else { return };
        let peers = request.peers();
        let (Some(&[peer]), Some(data)) = (peers.as_deref(), request.get(ATTR_DATA)) else { return };
        if !request.unknown().is_empty() {
            return;
        }
        if !allocation.is_permitted(peer.ip()) {
            return self.metrics.refuse(Why::Peer);
        }
        let mut room = vec![0; HEADER + data.len()];
        room[HEADER..].copy_from_slice(data);
        self.send(&allocation, peer, &mut room);
    }
}

impl Asking {
    /// Her allocation: RFC 8656, 5 wants a request on it to come under the name that made it.
    fn allocation(&self) -> Result<&Allocation, Refused> {
        let allocation = self.allocation.as_deref().ok_or(CODE_ALLOC_MISMATCH)?;
        if allocation.username == self.username { Ok(allocation) } else { Err(CODE_WRONG_CREDENTIALS) }
    }
}

/// How long a request wants it to hold.
fn lifetime(request: &Request) -> Duration {
    match request.get(ATTR_LIFETIME) {
        Some(&[a, b, c, d]) => Duration::from_secs(u64::from(u32::from_be_bytes([a, b, c, d]))).min(LONGEST),
        _ => USUAL,
    }
}

fn add_lifetime(answer: &mut Message, lifetime: Duration) {
    let seconds = u32::try_from(lifetime.as_secs()).unwrap_or(u32::MAX);
    answer.add(ATTR_LIFETIME, &seconds.to_be_bytes());
}

fn allocated(request: &Request, allocation: &Allocation) -> Message {
    let mut answer = request.answer(CLASS_SUCCESS_RESPONSE);
    add_address(&mut answer, ATTR_XOR_RELAYED_ADDRESS, allocation.relayed);
    add_address(&mut answer, ATTR_XORMAPPED_ADDRESS, allocation.client.address());
    add_lifetime(&mut answer, allocation.left());
    answer
}
