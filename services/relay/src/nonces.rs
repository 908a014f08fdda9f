//! Nonces that need no memory (RFC 8489, 9.2): the time of their end and an HMAC over it and the asking address, so that no flood
//! of first requests fills anything.

use std::{net::SocketAddr, time::Duration};

use data_encoding::HEXLOWER;
use tokio::time::Instant;

use crate::credentials::hmac_sha1;

/// How long a nonce is taken: RFC 8656, 5 recommends an hour at most.
const HOLDS: Duration = Duration::from_hours(1);

pub(crate) struct Nonces {
    key: [u8; 32],
    start: Instant,
}

impl Nonces {
    pub(crate) fn new() -> Self {
        Self { key: rand::random(), start: Instant::now() }
    }

    pub(crate) fn make(&self, client: SocketAddr, now: Instant) -> String {
        let ends = now.saturating_duration_since(self.start) + HOLDS;
        self.with_end(ends.as_secs(), client)
    }

    /// Whether it is ours, this client's, and not over.
    pub(crate) fn check(&self, nonce: &str, client: SocketAddr, now: Instant) -> bool {
        let now = now.saturating_duration_since(self.start).as_secs();
        let ends = nonce.get(..16).and_then(|ends| u64::from_str_radix(ends, 16).ok());
        ends.is_some_and(|ends| ends > now && self.with_end(ends, client) == nonce)
    }

    fn with_end(&self, ends: u64, client: SocketAddr) -> String {
        let mac = hmac_sha1(&self.key, &[&ends.to_be_bytes(), client.to_string().as_bytes()]);
        format!("{ends:016x}{}", HEXLOWER.encode(&mac[..12]))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nonce_is_one_clients_for_an_hour() {
        let nonces = Nonces::new();
        let now = nonces.start;
        let [one, other] =
            ["192.0.2.1:1000", "192.0.2.1:1001"].map(|client| client.parse::<SocketAddr>().unwrap());
        let nonce = nonces.make(one, now);
        assert!(nonces.check(&nonce, one, now));
        assert!(!nonces.check(&nonce, other, now));
        assert!(!Nonces::new().check(&nonce, one, now));
        for foreign in
            ["", "0", &nonce[1..], &nonce.replace(&nonce[..16], "ffffffffffffffff"), "ääääääääääääää"]
        {
            assert!(!nonces.check(foreign, one, now), "{foreign}");
        }
        assert!(!nonces.check(&nonce, one, now + HOLDS));
    }
}
