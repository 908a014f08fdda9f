//! Rooms that are on nodes, for who asks from another process: everybody is asked, and the answers are joined.

use std::{
    collections::{BTreeMap, HashMap, HashSet, VecDeque},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use buskit::{Bus, BusAway};
use contracts::talk::{QueueId, RoomId, RoomNews, Rooms, RoomsUnavailable, Seat, Waiter};
use kernel::{Clock, ServerKey};
use tokio::time::{Instant, timeout_at};

use super::{
    names::NodeId,
    ownership::FORGOTTEN,
    seal::Seal,
    words::{Answer, Ended, Letter, MOST, Word},
};

/// A page does not wait longer for its list.
const PATIENCE: Duration = Duration::from_millis(500);
/// Ended rights that are told to nodes which come back.
const REMEMBERED: usize = 20_000;

/// Rooms of all nodes.
#[derive(Clone)]
pub struct RoomsElsewhere(Arc<Inner>);

struct Inner {
    bus: Bus,
    seal: Seal,
    clock: Arc<dyn Clock>,
    nodes: Mutex<BTreeMap<NodeId, (u64, Instant)>>,
    /// What nodes have to hear that were away: conversations hold them in memory only.
    ended: Mutex<VecDeque<Ended>>,
}

impl RoomsElsewhere {
    /// Begins to listen to nodes.
    ///
    /// # Errors
    /// [`BusAway`] when the connection was given up for good.
    pub async fn over(bus: Bus, key: &ServerKey, clock: Arc<dyn Clock>) -> Result<Self, BusAway> {
        let inner =
            Inner { seal: Seal::new(key), bus, clock, nodes: Mutex::default(), ended: Mutex::default() };
        let subject = inner.seal.all();
        let mut messages = inner.bus.listen(&subject).await?;
        let rooms = Self(Arc::new(inner));
        let listening = rooms.clone();
        tokio::spawn(async move {
            while let Some(message) = messages.next().await {
                listening.hear(&subject, &message.payload).await;
            }
        });
        Ok(rooms)
    }

    /// How many nodes there are.
    pub fn nodes(&self) -> usize {
        self.live().len()
    }

    async fn hear(&self, subject: &str, sealed: &[u8]) {
        let letter = self.0.seal.open::<Word>(subject, sealed, self.0.clock.now());
        let Some(Letter { from: Some(from), word, .. }) = letter else { return };
        match word {
            Word::Beat { life, .. } => {
                let before = {
                    let mut nodes = lock(&self.0.nodes);
                    let before = nodes.insert(from.clone(), (life, Instant::now()));
                    nodes.retain(|_, (_, heard)| heard.elapsed() < FORGOTTEN);
                    before
                };
                let was_there =
                    before.is_some_and(|(known, heard)| known == life && heard.elapsed() < FORGOTTEN);
                if !was_there {
                    self.repeat(&from).await;
                }
            }
            Word::Gone {} => _ = lock(&self.0.nodes).remove(&from),
            _ => {}
        }
    }

    /// A node that was away may have missed what ended meanwhile.
    async fn repeat(&self, node: &NodeId) {
        let ended: Vec<Ended> = lock(&self.0.ended).iter().cloned().collect();
        let subject = self.0.seal.one(node);
        for ended in ended.chunks(MOST) {
            let letter = self.letter(Word::Revoked { ended: ended.to_vec() });
            if let Some(sealed) = self.0.seal.close(&subject, &letter) {
                let _away = self.0.bus.tell(&subject, sealed).await;
            }
        }
    }

    /// What all nodes answer, as far as they do in time.
    async fn ask(&self, word: Word) -> Result<Vec<Answer>, RoomsUnavailable> {
        let mut awaited: HashSet<NodeId> = self.live().into_iter().collect();
        if awaited.is_empty() {
            return Err(RoomsUnavailable);
        }
        let subject = self.0.seal.all();
        let question = self.0.seal.close(&subject, &self.letter(word)).ok_or(RoomsUnavailable)?;
        let answering = Seal::answering(&question);
        let mut answers = self.0.bus.ask(&subject, question).await.map_err(|_| RoomsUnavailable)?;
        let deadline = Instant::now() + PATIENCE;
        let mut heard = HashSet::new();
        let mut said = Vec::new();
        while !awaited.is_empty()
            && let Ok(Some(answer)) = timeout_at(deadline, answers.next()).await
        {
            let letter = self.0.seal.open::<Answer>(&answering, &answer, self.0.clock.now());
            let Some(Letter { from: Some(from), word, .. }) = letter else { continue };
            awaited.remove(&from);
            if heard.insert(from) {
                said.push(word);
            }
        }
        if said.is_empty() { Err(RoomsUnavailable) } else { Ok(said) }
    }

    fn letter<W>(&self, word: W) -> Letter<W> {
        Letter { at: self.0.clock.now().as_second(), from: None, word }
    }

    fn live(&self) -> Vec<NodeId> {
        let nodes = lock(&self.0.nodes);
        let live = nodes.iter().filter(|(_, (_, heard))| heard.elapsed() < FORGOTTEN);
        live.map(|(node, _)| node.clone()).collect()
    }
}

#[async_trait]
impl Rooms for RoomsElsewhere {
    async fn news(&self, rooms: &[RoomId]) -> Result<HashMap<RoomId, RoomNews>, RoomsUnavailable> {
        let mut joined: HashMap<RoomId, RoomNews> = HashMap::new();
        for rooms in rooms.chunks(MOST) {
            for answer in self.ask(Word::News { rooms: rooms.to_vec() }).await? {
                let Answer::News { news } = answer else { continue };
                for (room, news) in news {
                    // for a moment a room can be on two nodes: where more are is where they talk
                    let known = joined.entry(room).or_insert(news);
                    if known.inside + known.waiting < news.inside + news.waiting {
                        *known = news;
                    }
                }
            }
        }
        Ok(joined)
    }

    /// Nodes that are away hear it when they come back, as long as this process runs.
    async fn revoke(&self, room: &RoomId, seat: Option<&Seat>) -> Result<(), RoomsUnavailable> {
        let ended = Ended { room: room.clone(), seat: seat.cloned(), until: self.0.clock.now() };
        {
            let mut remembered = lock(&self.0.ended);
            if remembered.len() >= REMEMBERED {
                remembered.pop_front();
            }
            remembered.push_back(ended.clone());
        }
        self.ask(Word::Revoked { ended: vec![ended] }).await.map(|_| ())
    }

    async fn queue(&self, queue: &QueueId) -> Result<Vec<Waiter>, RoomsUnavailable> {
        let answers = self.ask(Word::Queue { queue: queue.clone() }).await?;
        let mut waiters: Vec<_> = answers
            .into_iter()
            .filter_map(|answer| match answer {
                Answer::Waiters { waiters } => Some(waiters),
                _ => None,
            })
            .flatten()
            .collect();
        waiters.sort_by(|one, other| (one.since, &one.room).cmp(&(other.since, &other.room)));
        let mut seen = HashSet::new();
        waiters.retain(|waiter| seen.insert(waiter.room.clone()));
        Ok(waiters)
    }

    async fn attend(&self, queue: &QueueId) -> Result<(), RoomsUnavailable> {
        self.ask(Word::Attend { queue: queue.clone() }).await.map(|_| ())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
