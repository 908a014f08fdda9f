//! Who is behind which address: a connection is found by its ICE user name, and from then on by where it came from.

use std::{
    collections::HashMap,
    net::SocketAddr,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use bytes::BytesMut;
use tokio::sync::mpsc;

use super::called;

/// Most addresses one connection comes from; a browser tries each of its own.
const MOST_ADDRESSES: usize = 16;
/// Datagrams that wait for one call; more are lost, as a network would lose them.
pub(crate) const QUEUE: usize = 1_024;

/// What arrived for a connection.
pub(crate) struct Datagram {
    pub connection: u64,
    pub from: SocketAddr,
    pub bytes: BytesMut,
}

#[derive(Clone)]
struct Route {
    connection: u64,
    call: mpsc::Sender<Datagram>,
}

#[derive(Default)]
struct Known {
    names: HashMap<String, Route>,
    addresses: HashMap<SocketAddr, Route>,
    of: HashMap<u64, Vec<SocketAddr>>,
}

/// The list of connections.
#[derive(Default)]
pub(crate) struct Board {
    known: Mutex<Known>,
}

/// A connection's place in the list; it is gone with this value.
pub(crate) struct Listed {
    board: Arc<Board>,
    route: Route,
    names: Vec<String>,
}

impl Board {
    fn lock(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn list(self: &Arc<Self>, connection: u64, call: mpsc::Sender<Datagram>) -> Listed {
        self.lock().of.insert(connection, Vec::new());
        Listed { board: Arc::clone(self), route: Route { connection, call }, names: Vec::new() }
    }

    /// How many connections, user names and addresses are known.
    pub(crate) fn sizes(&self) -> (usize, usize, usize) {
        let known = self.lock();
        (known.of.len(), known.names.len(), known.addresses.len())
    }

    /// Brings a datagram to its call. What comes from an unknown address and calls nobody's name is dropped, unanswered.
    pub(crate) fn bring(&self, from: SocketAddr, bytes: BytesMut) -> Result<(), &'static str> {
        let mut known = self.lock();
        let route = match called(&bytes) {
            Some(name) => {
                let route = known.names.get(name).cloned().ok_or("stranger")?;
                known.admit(from, &route)?;
                route
            }
            None => known.addresses.get(&from).cloned().ok_or("stranger")?,
        };
        drop(known);
        let datagram = Datagram { connection: route.connection, from, bytes };
        route.call.try_send(datagram).map_err(|_| "busy")
    }
}

impl Known {
    /// Remembers where a connection comes from. An address that belongs to another living one stays with that.
    fn admit(&mut self, from: SocketAddr, route: &Route) -> Result<(), &'static str> {
        if self.addresses.get(&from).is_some_and(|other| other.connection == route.connection) {
            return Ok(());
        }
        if self.addresses.contains_key(&from) {
            return Err("taken");
        }
        let own = self.of.get_mut(&route.connection).ok_or("stranger")?;
        if own.len() == MOST_ADDRESSES {
            return Err("addresses");
        }
        own.push(from);
        self.addresses.insert(from, route.clone());
        Ok(())
    }
}

impl Listed {
    /// The connection answers to this ICE user name. The two newest hold, so that a restart loses nothing on its way.
    pub(crate) fn answers_to(&mut self, name: &str) {
        if self.names.iter().any(|known| known == name) {
            return;
        }
        let mut known = self.board.lock();
        if self.names.len() == 2 {
            known.names.remove(&self.names.remove(0));
        }
        // a new way begins: old addresses make room
        if !self.names.is_empty() {
            let old = known.of.get_mut(&self.route.connection).map(|own| {
                let keep = own.len().saturating_sub(MOST_ADDRESSES / 2);
                own.drain(..keep).collect::<Vec<_>>()
            });
            for address in old.unwrap_or_default() {
                known.addresses.remove(&address);
            }
        }
        known.names.insert(name.to_owned(), self.route.clone());
        self.names.push(name.to_owned());
    }
}

impl Drop for Listed {
    fn drop(&mut self) {
        let mut known = self.board.lock();
        for name in &self.names {
            known.names.remove(name);
        }
        for address in known.of.remove(&self.route.connection).unwrap_or_default() {
            known.addresses.remove(&address);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(name: &str) -> BytesMut {
        let name = format!("{name}:them");
        let padded = name.len().next_multiple_of(4);
        let mut bytes =
            BytesMut::from(&[0, 1, 0, u8::try_from(padded + 4).unwrap(), 0x21, 0x12, 0xa4, 0x42][..]);
        bytes.extend_from_slice(&[0; 12]);
        bytes.extend_from_slice(&[0, 6, 0, u8::try_from(name.len()).unwrap()]);
        bytes.extend_from_slice(name.as_bytes());
        bytes.resize(24 + padded, 0);
        bytes
    }

    fn peer(port: u16) -> SocketAddr {
        SocketAddr::from(([192, 0, 2, 7], port))
    }

    #[test]
    fn a_stranger_gets_through_only_by_a_name() {
        let board = Arc::new(Board::default());
        let (call, mut inbox) = mpsc::channel(8);
        let mut listed = board.list(1, call);
        listed.answers_to("name");
        assert_eq!(board.bring(peer(1), BytesMut::from(&[128, 1][..])), Err("stranger"));
        assert_eq!(board.bring(peer(1), request("other")), Err("stranger"));
        assert_eq!(board.bring(peer(1), request("name")), Ok(()));
        assert_eq!(board.bring(peer(1), BytesMut::from(&[128, 1][..])), Ok(()));
        assert_eq!(inbox.try_recv().unwrap().connection, 1);
        drop(listed);
        assert_eq!(board.sizes(), (0, 0, 0));
        assert_eq!(board.bring(peer(1), BytesMut::from(&[128, 1][..])), Err("stranger"));
    }

    #[test]
    fn addresses_and_names_of_a_connection_are_bounded_and_nobody_takes_anothers() {
        let board = Arc::new(Board::default());
        let (call, _inbox) = mpsc::channel(1_000);
        let mut first = board.list(1, call.clone());
        first.answers_to("first");
        let mut second = board.list(2, call);
        second.answers_to("second");
        for port in 0..100 {
            let _ = board.bring(peer(port), request("first"));
        }
        assert_eq!(board.sizes(), (2, 2, MOST_ADDRESSES));
        assert_eq!(board.bring(peer(3), request("second")), Err("taken"));
        for restart in 0..50 {
            first.answers_to(&format!("first{restart}"));
        }
        assert_eq!(board.sizes().1, 3);
        assert!(board.sizes().2 <= MOST_ADDRESSES / 2);
        assert_eq!(board.bring(peer(99), request("first49")), Ok(()));
    }
}
