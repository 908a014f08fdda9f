//! The rooms of this process: one task each, found by name; and which are closed for good.

mod calls;
pub(crate) mod outbox;
mod queue;
mod revoked;
mod task;

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
};

use contracts::talk::{Entry, QueueId, RoomId, RoomNews, Seat, TalkRole, Waiter};
use jiff::Timestamp;
use kernel::Clock;
use tokio::sync::{mpsc, oneshot};

pub use self::calls::Calling;
pub(crate) use self::task::{Coming, Finish, Word, over};
use self::{calls::Call, outbox::Outbox, queue::Queues, revoked::Revoked, task::Task};
use crate::{
    nodes::{Domain, Ended},
    protocol::{Ending, Resume, Role},
    room::{Arrival, Limits, Once, Room, SocketId},
    tickets::Comer,
};

/// Rooms at most; each is some kilobytes, and each needs a right that was signed here.
const MOST_ROOMS: usize = 50_000;
/// A room that ends in the same moment as somebody comes is looked for again.
const TRIES: usize = 4;

/// All rooms.
pub(crate) struct Registry {
    clock: Arc<dyn Clock>,
    limits: Limits,
    sockets: AtomicU64,
    /// Bytes that wait in all rooms, and how many may.
    held: AtomicUsize,
    most_held: usize,
    queues: Arc<Queues>,
    calling: Calling,
    state: Mutex<State>,
}

/// What goes on in a room, for who asks from outside.
#[derive(Debug, Default)]
pub(crate) struct News(Mutex<Option<RoomNews>>);

/// A way into a room.
pub(crate) struct Door {
    pub(crate) socket: SocketId,
    pub(crate) words: mpsc::Sender<Word>,
}

#[derive(Default)]
struct State {
    rooms: HashMap<RoomId, Known>,
    revoked: Revoked,
    is_closing: bool,
}

struct Known {
    words: mpsc::Sender<Word>,
    news: Arc<News>,
    domain: Domain,
}

impl Registry {
    pub(crate) fn new(
        clock: Arc<dyn Clock>,
        limits: Limits,
        most_held: usize,
        calling: Calling,
    ) -> Arc<Self> {
        Arc::new(Self {
            clock,
            limits,
            sockets: AtomicU64::new(0),
            held: AtomicUsize::new(0),
            most_held,
            queues: Arc::default(),
            calling,
            state: Mutex::default(),
        })
    }

    /// Whether a right still opens something, as far as this process knows.
    pub(crate) fn refuses(&self, entry: &Entry) -> Option<Ending> {
        let state = self.state();
        if state.is_closing {
            Some(Ending::Restart)
        } else {
            state.revoked.has(entry).then_some(Ending::Revoked)
        }
    }

    /// Brings somebody to the room of her right. What she hears there comes through the queue.
    pub(crate) async fn come(
        self: &Arc<Self>,
        comer: Comer,
        resume: Option<Resume>,
        outbox: Arc<Outbox>,
    ) -> Result<Door, Ending> {
        let Comer { entry, holder } = comer;
        if let Some(why) = self.refuses(&entry) {
            return Err(why);
        }
        let socket = SocketId(self.sockets.fetch_add(1, Ordering::Relaxed));
        let once = entry.once.map(|until| Once { until: second(until), holder });
        let arrival =
            Arrival { closes: second(entry.closes), role: role(entry.role), seat: entry.seat, once };
        let coming = Coming { socket, arrival, resume, secret: rand::random(), outbox };
        let mut word = Word::Come(Box::new(coming));
        for _ in 0..TRIES {
            let words = self.find(&entry.room, entry.queue.as_ref())?;
            match words.send(word).await {
                Ok(()) => return Ok(Door { socket, words }),
                Err(back) => {
                    word = back.0;
                    self.forget(&entry.room, &words);
                }
            }
        }
        Err(Ending::Restart)
    }

    /// What goes on in a room, if somebody is there.
    pub(crate) fn news(&self, room: &RoomId) -> Option<RoomNews> {
        self.state().rooms.get(room).and_then(|known| known.news.get())
    }

    /// Who waits in a queue, longest first.
    pub(crate) fn queue(&self, queue: &QueueId) -> Vec<Waiter> {
        self.queues.waiters(queue)
    }

    /// A counsellor looks at a queue.
    pub(crate) fn attend(&self, queue: &QueueId) {
        self.queues.attend(queue, self.clock.now());
    }

    /// Ends the rights to a room, or to one seat of it, that were given out until now; who came by them leaves.
    pub(crate) async fn revoke(&self, room: &RoomId, seat: Option<&Seat>) {
        let ended = Ended { room: room.clone(), seat: seat.cloned(), until: self.clock.now() };
        self.end(&ended).await;
    }

    /// The same, as another process said it. What is known already is done already.
    pub(crate) async fn end(&self, ended: &Ended) {
        let known = {
            let mut state = self.state();
            if !state.revoked.insert(ended, self.clock.now()) {
                return;
            }
            state.rooms.get(&ended.room).map(|known| known.words.clone())
        };
        if let Some(words) = known {
            finish(&words, Ending::Revoked, ended.seat.clone()).await;
        }
    }

    /// Which rights ended early, as far as it is remembered.
    pub(crate) fn ended(&self) -> Vec<Ended> {
        self.state().revoked.all()
    }

    /// What its rooms belong to.
    pub(crate) fn domains(&self) -> HashSet<Domain> {
        self.state().rooms.values().map(|known| known.domain.clone()).collect()
    }

    /// Sends everybody away whose room belongs to something that is no longer here: they come back with the same right, and
    /// are led to where it is.
    pub(crate) async fn leave(&self, is_gone: impl Fn(&Domain) -> bool) {
        let rooms: Vec<_> = {
            let state = self.state();
            let gone = state.rooms.values().filter(|known| is_gone(&known.domain));
            gone.map(|known| known.words.clone()).collect()
        };
        for words in rooms {
            finish(&words, Ending::Restart, None).await;
        }
    }

    /// Lets nobody in any more and tells everybody.
    pub(crate) async fn close(&self) {
        let rooms: Vec<_> = {
            let mut state = self.state();
            state.is_closing = true;
            state.rooms.values().map(|known| known.words.clone()).collect()
        };
        for words in rooms {
            finish(&words, Ending::Restart, None).await;
        }
    }

    /// Whether so much waits in all rooms that each takes one thing at a time.
    fn is_tight(&self) -> bool {
        self.held.load(Ordering::Relaxed) > self.most_held
    }

    /// A room holds so much instead of that.
    fn hold(&self, before: usize, now: usize) {
        if now >= before {
            self.held.fetch_add(now - before, Ordering::Relaxed);
        } else {
            self.held.fetch_sub(before - now, Ordering::Relaxed);
        }
    }

    /// A room is done. Unless it is over, it stays when somebody is just coming.
    fn retire(&self, room: &RoomId, words: &mpsc::Receiver<Word>, is_over: bool) -> bool {
        let mut state = self.state();
        let can_go = is_over || words.is_empty() && words.sender_strong_count() == 1;
        if can_go {
            state.rooms.remove(room);
        }
        can_go
    }

    fn find(self: &Arc<Self>, room: &RoomId, queue: Option<&QueueId>) -> Result<mpsc::Sender<Word>, Ending> {
        let mut state = self.state();
        if state.is_closing {
            return Err(Ending::Restart);
        }
        if let Some(known) = state.rooms.get(room) {
            return Ok(known.words.clone());
        }
        if state.rooms.len() >= MOST_ROOMS {
            return Err(Ending::Crowded);
        }
        let (words, inbox) = mpsc::channel(task::INBOX);
        let news = Arc::new(News::default());
        let domain = Domain::holding(room, queue);
        state.rooms.insert(room.clone(), Known { words: words.clone(), news: news.clone(), domain });
        let machine = Room::new(self.limits, self.clock.now());
        let task = Task {
            id: room.clone(),
            room: machine,
            words: inbox,
            news,
            registry: self.clone(),
            lane: queue.map(|queue| self.queues.lane(queue.clone(), room.clone())),
            told_until: None,
            held: 0,
            call: Call::default(),
        };
        tokio::spawn(task.run());
        Ok(words)
    }

    /// A room that ended without saying so.
    fn forget(&self, room: &RoomId, words: &mpsc::Sender<Word>) {
        let mut state = self.state();
        if state.rooms.get(room).is_some_and(|known| known.words.same_channel(words)) {
            state.rooms.remove(room);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl News {
    fn set(&self, news: Option<RoomNews>) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = news;
    }

    fn get(&self) -> Option<RoomNews> {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

async fn finish(words: &mpsc::Sender<Word>, why: Ending, seat: Option<Seat>) {
    let (done, finished) = oneshot::channel();
    if words.send(Word::Finish(Box::new(Finish { why, seat, done }))).await.is_ok() {
        // a room that is gone has told everybody
        let _told = finished.await;
    }
}

fn second(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap_or(Timestamp::MAX)
}

const fn role(role: TalkRole) -> Role {
    match role {
        TalkRole::Host => Role::Host,
        TalkRole::Seeker => Role::Seeker,
        TalkRole::Guest => Role::Guest,
    }
}
