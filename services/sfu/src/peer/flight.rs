//! Repeats the engine's last datagrams of a handshake until the other side got them.
//!
//! The library forgets its timer as soon as any record of the other side arrives (also one that repeats what is known), so a lost
//! flight could stay lost for ever. The very same datagrams are sent again here; a copy of one that had arrived is dropped by
//! the replay window of the other side. (RFC 6347, 4.2.4)

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use bytes::Bytes;

const FIRST: Duration = Duration::from_millis(400);
const LONGEST: Duration = Duration::from_secs(3);
/// Repetitions of one flight; together more than ten seconds.
const MOST: u32 = 8;
/// Datagrams of a flight; certificates of ours fit into three.
const MOST_DATAGRAMS: usize = 12;
/// An answer to a repetition of the other side comes at most this often.
const BREATH: Duration = Duration::from_millis(100);

/// The engine's side of a handshake.
#[derive(Debug, Default)]
pub(crate) struct Flight {
    datagrams: Vec<(SocketAddr, Bytes)>,
    /// Something of the handshake arrived since the flight began, so what is sent next begins another.
    heard: bool,
    /// The engine has its keys.
    up: bool,
    /// The other side has them too: it sent something that only they can make.
    over: bool,
    next: Option<Instant>,
    repeated: u32,
    last: Option<Instant>,
}

/// Records of a handshake: handshake and change of cipher (RFC 6347, 4.1).
fn of_handshake(datagram: &[u8]) -> bool {
    matches!(datagram.first(), Some(20 | 22))
}

/// Media under the new keys (RFC 7983).
fn of_media(datagram: &[u8]) -> bool {
    matches!(datagram.first(), Some(128..=191))
}

impl Flight {
    /// Takes note of a datagram the library sends.
    pub(crate) fn sent(&mut self, now: Instant, to: SocketAddr, datagram: &[u8]) {
        if self.over || !of_handshake(datagram) {
            return;
        }
        if self.heard || self.datagrams.is_empty() {
            self.heard = false;
            self.datagrams.clear();
            self.repeated = 0;
        }
        self.next = Some(now + FIRST);
        self.last = Some(now);
        if self.datagrams.len() < MOST_DATAGRAMS && !self.datagrams.iter().any(|(_, known)| known == datagram)
        {
            self.datagrams.push((to, Bytes::copy_from_slice(datagram)));
        }
    }

    /// Takes note of a datagram that arrived; after this one, [`Flight::due`] is to be asked.
    pub(crate) fn arrived(&mut self, now: Instant, datagram: &[u8]) {
        if self.over {
            return;
        }
        if of_media(datagram) && self.up {
            *self = Self { up: true, over: true, ..Self::default() };
        } else if of_handshake(datagram) {
            self.heard = true;
            // it is through here, and the other side still speaks: the last flight was lost
            let breathed = self.last.is_none_or(|last| now.saturating_duration_since(last) >= BREATH);
            if self.up && breathed && !self.datagrams.is_empty() && self.repeated < MOST * 4 {
                self.next = Some(now);
            }
        }
    }

    /// The engine's side is through.
    pub(crate) fn secured(&mut self) {
        self.up = true;
    }

    /// When [`Flight::due`] is to be asked next.
    pub(crate) fn timeout(&self) -> Option<Instant> {
        self.next
    }

    /// What is to be sent again now.
    pub(crate) fn due(&mut self, now: Instant) -> &[(SocketAddr, Bytes)] {
        if self.next.is_none_or(|next| next > now) {
            return &[];
        }
        self.repeated += 1;
        self.last = Some(now);
        let wait = (FIRST * 2_u32.saturating_pow(self.repeated.min(8))).min(LONGEST);
        self.next = (self.repeated < MOST).then_some(now + wait);
        &self.datagrams
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn peer() -> SocketAddr {
        SocketAddr::from(([192, 0, 2, 1], 5_000))
    }

    fn after(start: Instant, milliseconds: u64) -> Instant {
        start + Duration::from_millis(milliseconds)
    }

    #[test]
    fn a_flight_is_repeated_as_it_was_until_media_comes() {
        let start = Instant::now();
        let mut flight = Flight::default();
        flight.sent(start, peer(), &[22, 1]);
        flight.sent(start, peer(), &[22, 2]);
        flight.sent(start, peer(), &[23, 9]);
        assert!(flight.due(after(start, 399)).is_empty());
        // the defect: hearing what is known already must not end the repetition
        flight.arrived(after(start, 100), &[22, 7]);
        let again: Vec<_> =
            flight.due(after(start, 400)).iter().map(|(_, datagram)| datagram.to_vec()).collect();
        assert_eq!(again, [[22, 1], [22, 2]]);
        assert!(flight.due(after(start, 401)).is_empty());
        assert_eq!(flight.due(after(start, 1_200)).len(), 2);
        flight.sent(after(start, 1_300), peer(), &[20, 3]);
        assert_eq!(flight.due(after(start, 1_800)).len(), 1, "another flight takes its place");
        flight.secured();
        flight.arrived(after(start, 1_900), &[22, 8]);
        assert_eq!(flight.due(after(start, 1_900)).len(), 1, "asked for at once");
        flight.arrived(after(start, 2_000), &[128, 1]);
        assert_eq!(flight.timeout(), None);
        flight.arrived(after(start, 2_500), &[22, 8]);
        assert!(flight.due(after(start, 60_000)).is_empty());
    }

    #[test]
    fn it_ends_also_if_nobody_answers() {
        let start = Instant::now();
        let mut flight = Flight::default();
        flight.sent(start, peer(), &[22, 1]);
        let mut sent = 0;
        while let Some(next) = flight.timeout() {
            sent += flight.due(next).len();
            assert!(next < after(start, 30_000));
        }
        assert_eq!(sent, MOST as usize);
        for _ in 0..1_000 {
            flight.sent(start, peer(), &[22, 3]);
            flight.sent(start, peer(), &rand::random::<[u8; 8]>().map(|byte| byte & 0xfe | 22));
        }
        assert!(flight.datagrams.len() <= MOST_DATAGRAMS);
    }
}
