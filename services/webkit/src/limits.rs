//! Limits against floods, keyed in memory only.
//!
//! Addresses are never stored: [`Networks`] says what is kept instead.

use std::{
    net::{IpAddr, SocketAddr},
    num::NonZeroU32,
    sync::Arc,
    time::Duration,
};

use axum::{
    extract::{ConnectInfo, Request, State},
    http::{HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use governor::{Quota, RateLimiter, clock::Clock as _, clock::DefaultClock, state::keyed::DashMapStateStore};
use kernel::Clock;

use crate::networks::{NetworkKey, Networks};

/// Longest address we read, in bytes; the same limit stands in the OpenAPI document.
pub const LONGEST_URI: usize = 8_192;

/// The address a request comes from, as far as it is believed; handlers find it among the extensions. It is there to be
/// counted with, hashed and in memory only, and has no `Debug` so that no log line can show it.
#[derive(Clone, Copy)]
pub struct Client(pub IpAddr);

/// How much one network may ask for.
#[derive(Debug, Clone)]
pub struct Policy {
    /// Requests per second that are always allowed to one address (IPv4) or /64 (IPv6); a burst of ten seconds' worth
    /// is allowed at once. A shelter or an authority often shares one address, so this is generous.
    pub per_second: NonZeroU32,
    /// Addresses of reverse proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
}

type Limiter = RateLimiter<NetworkKey, DashMapStateStore<NetworkKey>, DefaultClock>;

/// The state of the limits.
pub struct Limits {
    policy: Policy,
    near: Limiter,
    wide: Limiter,
    networks: Networks,
}

impl Limits {
    /// Limits after a policy.
    pub fn new(policy: Policy, clock: Arc<dyn Clock>) -> Arc<Self> {
        let burst = policy.per_second.saturating_mul(TEN);
        let near = RateLimiter::dashmap(Quota::per_second(policy.per_second).allow_burst(burst));
        // A whole /24 or /48 gets eight times as much, so that a flood from neighbouring addresses ends too.
        let wide = RateLimiter::dashmap(
            Quota::per_second(policy.per_second.saturating_mul(EIGHT))
                .allow_burst(burst.saturating_mul(EIGHT)),
        );
        Arc::new(Self { policy, near, wide, networks: Networks::new(clock) })
    }

    /// `Err` with the seconds to wait when the network has asked for too much.
    fn admit(&self, client: IpAddr) -> Result<(), Duration> {
        let network = self.networks.of(client);
        for (limiter, key) in [(&self.near, network.near), (&self.wide, network.wide)] {
            if let Err(denied) = limiter.check_key(&key) {
                return Err(denied.wait_time_from(DefaultClock::default().now()));
            }
        }
        Ok(())
    }

    /// Forgets networks that have been quiet, so that memory stays small. Called every minute.
    pub fn forget_quiet(&self) {
        self.near.retain_recent();
        self.wide.retain_recent();
    }

    /// The address that asks: the peer's, or what a trusted proxy says.
    ///
    /// `None` for loopback without a forwarded address: that is the operator's own machine (health checks, load tests).
    fn client(&self, peer: SocketAddr, request: &Request) -> Option<IpAddr> {
        let peer = peer.ip().to_canonical();
        let trusted = self.policy.trusted_proxies.contains(&peer) || peer.is_loopback();
        let forwarded = request
            .headers()
            .get("x-forwarded-for")
            .filter(|_| trusted)
            .and_then(|list| list.to_str().ok()?.rsplit(',').next()?.trim().parse::<IpAddr>().ok());
        match forwarded {
            Some(client) => Some(client.to_canonical()),
            None if peer.is_loopback() => None,
            None => Some(peer),
        }
    }
}

const TEN: NonZeroU32 = NonZeroU32::new(10).unwrap();
const EIGHT: NonZeroU32 = NonZeroU32::new(8).unwrap();

/// Middleware: refuses addresses that are too long and networks that ask too much.
pub async fn enforce(State(limits): State<Arc<Limits>>, mut request: Request, next: Next) -> Response {
    let length = request.uri().path_and_query().map_or(0, |path| path.as_str().len());
    if length > LONGEST_URI {
        return StatusCode::URI_TOO_LONG.into_response();
    }
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0);
    if let Some(client) = peer.and_then(|peer| limits.client(peer, &request)) {
        if let Err(wait) = limits.admit(client) {
            metrics::counter!("http_requests_refused_total").increment(1);
            let seconds = HeaderValue::from(wait.as_secs() + 1);
            return (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, seconds)]).into_response();
        }
        request.extensions_mut().insert(Client(client));
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use kernel::FixedClock;

    use super::*;

    fn limits(per_second: u32) -> Arc<Limits> {
        let clock = FixedClock::at("2026-11-22T08:00:00Z".parse().unwrap());
        let policy = Policy {
            per_second: NonZeroU32::new(per_second).unwrap(),
            trusted_proxies: vec!["10.0.0.1".parse().unwrap()],
        };
        Limits::new(policy, Arc::new(clock))
    }

    fn request(forwarded: Option<&str>) -> Request {
        let mut request = Request::new(axum::body::Body::empty());
        if let Some(forwarded) = forwarded {
            request.headers_mut().insert("x-forwarded-for", forwarded.parse().unwrap());
        }
        request
    }

    #[test]
    fn a_burst_is_allowed_and_then_the_network_waits() {
        let limits = limits(1);
        let client: IpAddr = "192.0.2.7".parse().unwrap();
        assert!((0..10).all(|_| limits.admit(client).is_ok()));
        assert!(limits.admit(client).is_err());
        assert!(limits.admit("198.51.100.1".parse().unwrap()).is_ok(), "another network is not affected");
    }

    #[test]
    fn neighbouring_addresses_share_a_wider_limit() {
        let limits = limits(1);
        let refused =
            (0..=255u8).filter(|last| limits.admit(IpAddr::from([192, 0, 2, *last])).is_err()).count();
        assert!(refused > 150, "{refused} of 256 refused");
    }

    #[test]
    fn a_forwarded_address_counts_only_from_a_trusted_proxy() {
        let limits = limits(1);
        let proxy = SocketAddr::from(([10, 0, 0, 1], 5000));
        let stranger = SocketAddr::from(([203, 0, 113, 9], 5000));
        let own = SocketAddr::from(([127, 0, 0, 1], 5000));
        let said = Some("198.51.100.7, 192.0.2.44");
        assert_eq!(limits.client(proxy, &request(said)), Some("192.0.2.44".parse().unwrap()));
        assert_eq!(limits.client(stranger, &request(said)), Some(stranger.ip()));
        assert_eq!(limits.client(own, &request(None)), None);
    }
}
