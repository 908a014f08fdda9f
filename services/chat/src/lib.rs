//! Conversations: rooms that live in memory, a relay that cannot read, and nothing kept.
//!
//! It owns no database and writes no file. Who may enter says booking, by signed rights ([`contracts::talk`]).

pub mod api;
pub mod nodes;
mod places;
pub mod protocol;
pub mod room;
mod rooms;
mod socket;
mod tickets;
pub mod web;

use std::{
    collections::HashMap,
    sync::{Arc, OnceLock},
    time::Duration,
};

use async_trait::async_trait;
use contracts::talk::{
    Entry, EntryError, QueueId, RoomId, RoomNews, Rooms, RoomsUnavailable, Seat, Waiter, signing_key,
};
use kernel::{Clock, ServerKey};
use tokio::sync::watch;
use webkit::{
    limits::Client,
    networks::{Network, Networks, Per},
};

use self::{
    nodes::Node,
    places::{NoPlace, Place, Places},
    protocol::Token,
    room::Holder,
    rooms::Registry,
    tickets::{Comer, NoTicket, Tickets},
};
pub use self::{rooms::Calling, socket::Patience};

/// How long sockets get to hear that the server goes away.
const GOODBYE: Duration = Duration::from_secs(5);
/// How often it is looked whether they have.
const LOOK: Duration = Duration::from_millis(20);

/// How many sockets there may be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Of one network at the same time.
    pub sockets: Per,
    /// Of all together; each is some kilobytes.
    pub all_sockets: usize,
    /// Bytes that wait in all rooms together; above it each room takes one thing at a time.
    pub all_bytes: usize,
    /// How long browsers are waited for.
    pub patience: Patience,
    /// What fits into a room.
    pub room: room::Limits,
}

/// What conversations need from outside.
pub struct Parts {
    /// The installation's own key: rights to enter are signed with one derived from it.
    pub key: ServerKey,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The site's own address without a slash at its end, or nothing: then a page is known by the host it was asked from.
    pub base_url: String,
    /// How much is allowed.
    pub limits: Limits,
    /// What calls need.
    pub calling: Calling,
}

/// Conversations of this process.
#[derive(Clone)]
pub struct Chat(Arc<Shared>);

struct Shared {
    key: ServerKey,
    clock: Arc<dyn Clock>,
    base_url: String,
    networks: Networks,
    places: Places,
    patience: Patience,
    tickets: Tickets,
    rooms: Arc<Registry>,
    /// Where it is one of several.
    node: OnceLock<Arc<Node>>,
    /// Sockets that are carried elsewhere hear by it that this process goes.
    is_closing: watch::Sender<bool>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            // a house with a counsellor in every room and a shelter with a computer room behind one address
            sockets: Per { near: 64, wide: 512 },
            all_sockets: 20_000,
            all_bytes: 512 * 1024 * 1024,
            patience: Patience::default(),
            room: room::Limits::default(),
        }
    }
}

impl Chat {
    /// Conversations, of which there are none yet. Rooms need a running tokio.
    pub fn new(parts: Parts) -> Self {
        let Parts { key, clock, base_url, limits, calling } = parts;
        Self(Arc::new(Shared {
            key: signing_key(&key),
            base_url,
            networks: Networks::new(clock.clone()),
            places: Places::new(limits.sockets, limits.all_sockets),
            patience: limits.patience,
            tickets: Tickets::new(clock.now()),
            rooms: Registry::new(clock.clone(), limits.room, limits.all_bytes, calling),
            clock,
            node: OnceLock::new(),
            is_closing: watch::Sender::new(false),
        }))
    }

    /// Tells everybody that the server goes away, lets nobody in any more, and waits a moment until they have heard it.
    pub async fn shut_down(&self) {
        let told = async {
            self.say_goodbye().await;
            self.0.is_closing.send_replace(true);
            self.0.rooms.close().await;
            while self.sockets() > 0 {
                tokio::time::sleep(LOOK).await;
            }
        };
        if tokio::time::timeout(GOODBYE, told).await.is_err() {
            tracing::warn!(
                sockets = self.sockets(),
                "some sockets did not hear in time that the server goes away"
            );
        }
    }

    /// How many sockets are open.
    pub fn sockets(&self) -> usize {
        self.0.places.count()
    }

    fn entry(&self, text: &str) -> Result<Entry, EntryError> {
        Entry::read(text, &self.0.key, self.0.clock.now())
    }

    /// What stands for the value by which a browser is known again. The value itself is kept nowhere.
    fn holder(&self, value: &str) -> Holder {
        Holder(self.0.key.mac(format!("holder\n{value}").as_bytes()))
    }

    async fn ticket(&self, text: &str, comer: Comer, client: Option<Client>) -> Result<Token, NoTicket> {
        let network = client.map(|client| self.0.networks.of(client.0));
        match self.node() {
            Some(node) => node.ticket(self, (text, &comer), network).await,
            None => self.0.tickets.issue(comer, network, self.0.clock.now()),
        }
    }

    fn redeem(&self, ticket: &Token) -> Option<Comer> {
        let now = self.0.clock.now();
        let named = self.node().and(ticket.0.split_once('.'));
        match named {
            Some((_, secret)) => self.0.tickets.redeem(&Token(secret.to_owned()), now),
            None => self.0.tickets.redeem(ticket, now),
        }
    }

    fn place(&self, client: Option<Client>) -> Result<Place, NoPlace> {
        self.place_of(client.map(|client| self.0.networks.of(client.0)))
    }

    fn place_of(&self, network: Option<Network>) -> Result<Place, NoPlace> {
        self.0.places.take(network)
    }

    /// Comes when this process goes.
    async fn closing(&self) {
        let mut is_closing = self.0.is_closing.subscribe();
        let _closes = is_closing.wait_for(|is_closing| *is_closing).await.is_ok();
    }

    fn patience(&self) -> Patience {
        self.0.patience
    }

    fn base_url(&self) -> &str {
        &self.0.base_url
    }

    fn rooms(&self) -> &Arc<Registry> {
        &self.0.rooms
    }
}

#[async_trait]
impl Rooms for Chat {
    async fn news(&self, rooms: &[RoomId]) -> Result<HashMap<RoomId, RoomNews>, RoomsUnavailable> {
        let news = rooms.iter().filter_map(|room| Some((room.clone(), self.0.rooms.news(room)?)));
        Ok(news.collect())
    }

    async fn revoke(&self, room: &RoomId, seat: Option<&Seat>) -> Result<(), RoomsUnavailable> {
        self.0.rooms.revoke(room, seat).await;
        Ok(())
    }
    async fn queue(&self, queue: &QueueId) -> Result<Vec<Waiter>, RoomsUnavailable> {
        Ok(self.0.rooms.queue(queue))
    }

    async fn attend(&self, queue: &QueueId) -> Result<(), RoomsUnavailable> {
        self.0.rooms.attend(queue);
        Ok(())
    }
}
