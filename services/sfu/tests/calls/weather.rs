//! Bad weather: datagrams that are lost.

use std::{
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use sfu::{Way, Weather};

/// Loses a share of datagrams, repeatably.
pub(crate) struct Rain {
    percent: u64,
    /// Only these; all if `None`.
    way: Option<Way>,
    state: AtomicU64,
}

impl Rain {
    pub(crate) fn new(percent: u64, way: Option<Way>, seed: u64) -> Self {
        Self { percent, way, state: AtomicU64::new(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1) }
    }

    fn lottery(&self) -> u64 {
        let step = |mut x: u64| {
            x ^= x << 13;
            x ^= x >> 7;
            x ^ (x << 17)
        };
        let before =
            self.state.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |x| Some(step(x))).unwrap();
        step(before) >> 11
    }
}

impl Weather for Rain {
    fn passes(&self, way: Way, _: SocketAddr, _: &[u8]) -> bool {
        self.way.is_some_and(|only| only != way) || self.lottery() % 100 >= self.percent
    }
}

/// Loses chosen datagrams.
pub(crate) struct Chosen<F>(pub F);

impl<F: Fn(Way, SocketAddr, &[u8]) -> bool + Send + Sync> Weather for Chosen<F> {
    fn passes(&self, way: Way, peer: SocketAddr, datagram: &[u8]) -> bool {
        (self.0)(way, peer, datagram)
    }
}

/// A way out of so many bits per second to everybody together; what is more is lost. Nought is as wide as can be.
#[derive(Clone, Default)]
pub(crate) struct Narrow {
    bits: Arc<AtomicU64>,
    tokens: Arc<Mutex<Option<(Instant, f64)>>>,
}

impl Narrow {
    pub(crate) fn set(&self, bits: u64) {
        self.bits.store(bits, Ordering::Relaxed);
    }
}

impl Weather for Narrow {
    #[expect(clippy::cast_precision_loss, reason = "a rate")]
    fn passes(&self, way: Way, _: SocketAddr, datagram: &[u8]) -> bool {
        let bits = self.bits.load(Ordering::Relaxed) as f64;
        if way == Way::In || bits == 0.0 || datagram.first().is_some_and(|first| *first < 128) {
            return true;
        }
        let mut tokens = self.tokens.lock().unwrap();
        let (last, left) = tokens.unwrap_or((Instant::now(), bits / 10.0));
        let left = (left + last.elapsed().as_secs_f64() * bits).min(bits / 10.0);
        let cost = datagram.len() as f64 * 8.0;
        let passes = left >= cost;
        *tokens = Some((Instant::now(), if passes { left - cost } else { left }));
        passes
    }
}
