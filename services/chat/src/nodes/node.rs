//! One node at work: it says once a second that it is there, and hears what others say.

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use buskit::{Bus, BusAway};
use contracts::talk::Entry;
use kernel::{Clock, ServerKey};
use tokio::{
    sync::{Notify, Semaphore},
    time::{Instant, MissedTickBehavior, interval},
};

use super::{
    names::{Domain, NodeId},
    ownership::Ownership,
    seal::Seal,
    words::{Ended, Letter, MOST, Word},
};
use crate::{Chat, protocol::Token};

/// How often a node says that it is there.
const BEAT: Duration = Duration::from_secs(1);
/// After so many beats it says what it holds, in case somebody missed it.
const HELD_EVERY: u32 = 30;
/// Tickets that other nodes ask for at the same time.
const TICKETS: usize = 256;

/// What a node needs to join others.
pub struct Settings {
    /// Its name.
    pub name: NodeId,
    /// Where other nodes reach its listener for nodes, as `host:port`.
    pub address: String,
    /// The bus.
    pub bus: Bus,
    /// The installation's own key.
    pub key: ServerKey,
    /// How long its rooms may go on when the operator drains it over the bus.
    pub patience: Duration,
}

/// This process among others.
pub(crate) struct Node {
    pub(super) me: NodeId,
    life: u64,
    address: String,
    pub(super) patience: Duration,
    pub(super) bus: Bus,
    pub(super) seal: Seal,
    pub(super) clock: Arc<dyn Clock>,
    begun: Instant,
    ownership: Mutex<Ownership>,
    /// A question was decided.
    pub(super) decided: Notify,
    pub(super) tickets: Arc<Semaphore>,
}

impl Chat {
    /// Becomes one of several nodes: from now on a room may be elsewhere. It holds as long as the process runs.
    ///
    /// # Errors
    /// [`BusAway`] when the connection was given up for good.
    pub async fn join(&self, settings: Settings) -> Result<(), BusAway> {
        let Settings { name, address, bus, key, patience } = settings;
        let node = Arc::new(Node {
            ownership: Mutex::new(Ownership::new(name.clone())),
            seal: Seal::new(&key),
            me: name,
            life: rand::random(),
            address,
            patience,
            clock: self.0.clock.clone(),
            begun: Instant::now(),
            decided: Notify::new(),
            tickets: Arc::new(Semaphore::new(TICKETS)),
            bus,
        });
        let (all, own) = (node.seal.all(), node.seal.one(&node.me));
        let (mut to_all, mut to_me) = (node.bus.listen(&all).await?, node.bus.listen(&own).await?);
        // only the first call counts
        let _ = self.0.node.set(node.clone());
        let (chat, listening) = (self.clone(), node.clone());
        tokio::spawn(async move {
            loop {
                let (subject, message) = tokio::select! {
                    message = to_all.next() => (&all, message),
                    message = to_me.next() => (&own, message),
                };
                let Some(message) = message else { break };
                listening.hear(&chat, subject, message).await;
            }
            tracing::error!("this node hears nothing any more: the bus was given up");
        });
        let chat = self.clone();
        tokio::spawn(async move { node.live(&chat).await });
        Ok(())
    }

    /// The name of this node, if it is one of several.
    pub fn name(&self) -> Option<&NodeId> {
        self.0.node.get().map(|node| &node.me)
    }

    /// Whether this node can lead people to rooms: it hears the others, and takes new ones in. One process alone always can.
    pub fn is_ready(&self) -> bool {
        self.node().is_none_or(|node| node.bus.is_connected() && !node.ownership().is_draining())
    }

    pub(crate) fn node(&self) -> Option<&Arc<Node>> {
        self.0.node.get()
    }

    /// The node a ticket leads to, if it is another one.
    pub(crate) fn leads_to(&self, ticket: &Token) -> Option<NodeId> {
        let node = self.node()?;
        let (name, _) = ticket.0.split_once('.')?;
        name.parse().ok().filter(|name| *name != node.me)
    }
}

impl Node {
    /// Beats, gives back what nobody uses, and sends away who is in a room that is not here any more.
    async fn live(&self, chat: &Chat) {
        let mut beat = interval(BEAT);
        beat.set_missed_tick_behavior(MissedTickBehavior::Delay);
        let mut beats = 0_u32;
        loop {
            beat.tick().await;
            let in_use = chat.rooms().domains();
            self.ownership().tick(&in_use, self.now());
            self.beat().await;
            let lost: Vec<_> = in_use.into_iter().filter(|domain| !self.ownership().holds(domain)).collect();
            if !lost.is_empty() {
                chat.rooms().leave(|domain| lost.contains(domain)).await;
            }
            beats = beats.wrapping_add(1);
            if beats.is_multiple_of(HELD_EVERY) {
                self.say_what_is_held(&self.seal.all()).await;
            }
            metrics::gauge!("talk_nodes").set(as_gauge(self.ownership().peers().len() + 1));
        }
    }

    /// Says that it is there.
    pub(super) async fn beat(&self) {
        let draining = self.ownership().is_draining();
        let beat = Word::Beat { life: self.life, address: self.address.clone(), draining };
        self.say(&self.seal.all(), beat).await;
    }

    /// Tells a node that is new here what it may have missed.
    pub(super) async fn greet(&self, chat: &Chat, other: &NodeId) {
        let subject = self.seal.one(other);
        self.say_what_is_held(&subject).await;
        for ended in chat.rooms().ended().chunks(MOST) {
            self.say(&subject, Word::Revoked { ended: ended.to_vec() }).await;
        }
    }

    /// Says something; while the bus is away nobody hears it, and what matters is said again.
    pub(super) async fn say(&self, subject: &str, word: Word) {
        if let Some(sealed) = self.seal.close(subject, &self.letter(word)) {
            let _away = self.bus.tell(subject, sealed).await;
        }
    }

    pub(super) fn letter<W>(&self, word: W) -> Letter<W> {
        Letter { at: self.clock.now().as_second(), from: Some(self.me.clone()), word }
    }

    pub(super) fn ownership(&self) -> MutexGuard<'_, Ownership> {
        self.ownership.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How long this node has been there; it goes on whatever is done to the clock.
    pub(super) fn now(&self) -> Duration {
        self.begun.elapsed()
    }

    pub(super) fn life(&self) -> u64 {
        self.life
    }

    /// Whether a right leads to this node.
    pub(crate) fn holds(&self, entry: &Entry) -> bool {
        self.ownership().holds(&Domain::of(entry))
    }

    /// A ticket that says where it is good.
    pub(crate) fn named(&self, ticket: &Token) -> Token {
        Token(format!("{}.{}", self.me, ticket.0))
    }

    async fn say_what_is_held(&self, subject: &str) {
        let held = self.ownership().held();
        for claims in held.chunks(MOST) {
            self.say(subject, Word::Held { claims: claims.to_vec() }).await;
        }
    }

    /// What other processes say of rights that ended.
    pub(super) async fn end_all(chat: &Chat, ended: &[Ended]) {
        for one in ended {
            chat.rooms().end(one).await;
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "there are not so many nodes")]
fn as_gauge(count: usize) -> f64 {
    count as f64
}
