//! One room at work: takes in what happens, one thing after the other, and puts what follows into the sockets' queues. It waits
//! for nobody.

use std::{pin::Pin, sync::Arc, time::Duration};

use contracts::talk::{RoomId, Seat};
use jiff::Timestamp;
use tokio::{
    sync::{mpsc, oneshot},
    time::{Instant, Sleep, sleep},
};

use super::{
    News, Registry,
    calls::{self, Call},
    outbox::Outbox,
    queue::Lane,
};
use crate::{
    protocol::{Ending, Hear, Resume, Say},
    room::{Arrival, Frame, Out, Room, Secret, SocketId, text},
};

/// Things that may wait for a room; whose socket brings one more waits.
pub(super) const INBOX: usize = 64;
/// As many are done before it looks at the time again.
const AT_ONCE: usize = 32;
/// It looks at the time this often at least, in case the clock was set.
const LONGEST: Duration = Duration::from_secs(300);
/// And not more often than this.
const SHORTEST: Duration = Duration::from_millis(10);

/// What happens. Small, because every room keeps space for some.
pub(crate) enum Word {
    Come(Box<Coming>),
    Say(SocketId, Box<Say>),
    Lost(SocketId),
    Finish(Box<Finish>),
}

/// It ends, for everybody or for who has this seat.
pub(crate) struct Finish {
    pub(crate) why: Ending,
    pub(crate) seat: Option<Seat>,
    pub(crate) done: oneshot::Sender<()>,
}

/// Somebody comes.
pub(crate) struct Coming {
    pub(crate) socket: SocketId,
    pub(crate) arrival: Arrival,
    pub(crate) resume: Option<Resume>,
    pub(crate) secret: Secret,
    pub(crate) outbox: Arc<Outbox>,
}

/// The sockets of a room. However the room ends, none of them is left waiting.
#[derive(Default)]
struct Sockets(Vec<(SocketId, Arc<Outbox>)>);

pub(super) struct Task {
    pub(super) id: RoomId,
    pub(super) room: Room,
    pub(super) words: mpsc::Receiver<Word>,
    pub(super) news: Arc<News>,
    pub(super) registry: Arc<Registry>,
    /// Its place in a queue, if nobody agreed on a time.
    pub(super) lane: Option<Lane>,
    /// Until when holds what is told of the queue.
    pub(super) told_until: Option<Timestamp>,
    /// What of this room is counted among what all hold.
    pub(super) held: usize,
    /// Who of it sees and hears others through the engine.
    pub(super) call: Call,
}

impl Task {
    /// No `async fn`, which would keep space for the task twice.
    #[expect(clippy::manual_async_fn, reason = "an `async fn` of this is half a kilobyte larger")]
    pub(super) fn run(mut self) -> impl Future<Output = ()> + Send {
        async move {
            metrics::gauge!("talk_rooms").increment(1);
            let _counted = Counted;
            let mut sockets = Sockets::default();
            let mut alarm = Box::pin(sleep(LONGEST));
            loop {
                self.arm(alarm.as_mut());
                tokio::select! {
                    word = self.words.recv() => {
                        // the registry keeps a sender as long as it knows the room
                        let Some(word) = word else { break };
                        self.take(word, &mut sockets);
                        for _ in 0..AT_ONCE {
                            let Ok(word) = self.words.try_recv() else { break };
                            self.take(word, &mut sockets);
                        }
                    }
                    () = turned(&mut self.lane) => {}
                    (member, about) = self.call.next() => {
                        self.room.call_says(member, about);
                        self.deliver(&mut sockets);
                    }
                    () = &mut alarm => {
                        self.room.tick(self.now());
                        self.deliver(&mut sockets);
                    }
                }
                self.queue_up(&mut sockets);
                self.count(self.room.held());
                self.news.set(self.room.news());
                let taken = self.room.count_taken();
                if taken > 0 {
                    metrics::counter!("talk_messages_total").increment(taken);
                }
                if self.room.is_done(self.now())
                    && self.registry.retire(&self.id, &self.words, self.room.is_over())
                {
                    break;
                }
            }
            self.count(0);
            self.words.close();
            // who came at the very last moment comes again, and finds a new room or hears why there is none
            while let Ok(word) = self.words.try_recv() {
                if let Word::Come(coming) = word {
                    coming.outbox.end(over(Ending::Restart));
                }
            }
        }
    }

    fn take(&mut self, word: Word, sockets: &mut Sockets) {
        let now = self.now();
        self.room.tighten(self.registry.is_tight());
        match word {
            Word::Come(coming) => {
                let Coming { socket, arrival, resume, secret, outbox } = *coming;
                sockets.0.push((socket, outbox));
                self.room.come(socket, arrival, resume.as_ref(), secret, now);
            }
            Word::Say(socket, say) => self.room.say(socket, *say, now),
            Word::Lost(socket) => {
                sockets.0.retain(|(known, _)| *known != socket);
                self.room.lost(socket, now);
            }
            Word::Finish(finish) => {
                let Finish { why, seat, done } = *finish;
                match seat {
                    Some(seat) => self.room.unseat(&seat, why, now),
                    None => self.room.finish(why, now),
                }
                self.deliver(sockets);
                // whoever asked may have stopped waiting
                let _gone = done.send(());
            }
        }
        self.deliver(sockets);
    }

    /// Brings everything on its way; a socket that takes no more is lost, which others are told in turn.
    fn deliver(&mut self, sockets: &mut Sockets) {
        loop {
            let mut overfull = Vec::new();
            let mut answers = Vec::new();
            for out in self.room.drain() {
                match out {
                    Out::Frame { socket, text } => {
                        if !sockets.push(socket, text) {
                            overfull.push(socket);
                        }
                    }
                    Out::Last { socket, text } => {
                        if let Some(at) = sockets.0.iter().position(|(known, _)| *known == socket) {
                            sockets.0.swap_remove(at).1.end(text);
                        }
                    }
                    Out::Ways { socket, member } => {
                        let ways =
                            calls::ways(&self.registry.calling, &self.id, member, self.registry.clock.now());
                        if !sockets.push(socket, text(&ways)) {
                            overfull.push(socket);
                        }
                    }
                    Out::Call { member, about } => {
                        let answer = self.call.say(&self.registry.calling, &self.id, member, *about);
                        answers.extend(answer.map(|answer| (member, answer)));
                    }
                    Out::HangUp { member } => self.call.hang_up(member),
                }
            }
            if overfull.is_empty() && answers.is_empty() {
                return self.room.rest();
            }
            for (member, about) in answers {
                self.room.call_says(member, about);
            }
            metrics::counter!("talk_overfull_total").increment(overfull.len() as u64);
            for socket in overfull {
                sockets.0.retain(|(known, _)| *known != socket);
                self.room.lost(socket, self.now());
            }
        }
    }

    /// Tells the queue how it stands here, and those who wait how it stands there.
    fn queue_up(&mut self, sockets: &mut Sockets) {
        let Some(lane) = &self.lane else { return };
        let told = lane.stands(self.room.stand(), self.now());
        self.told_until = told.and_then(|(_, until)| until);
        if let Some((outlook, _)) = told {
            self.room.tell(outlook);
            self.deliver(sockets);
        }
    }

    fn count(&mut self, held: usize) {
        self.registry.hold(self.held, held);
        self.held = held;
    }

    fn arm(&self, alarm: Pin<&mut Sleep>) {
        let deadline = self.room.deadline().into_iter().chain(self.told_until).min();
        let until = deadline.map_or(LONGEST, |at| {
            Duration::try_from(at.duration_since(self.now())).unwrap_or_default().clamp(SHORTEST, LONGEST)
        });
        let at = Instant::now() + until;
        // setting a timer costs more than what most words do: one that comes a little early is no harm
        let is_near = alarm.deadline() <= at && at - alarm.deadline() < Duration::from_secs(1);
        if alarm.is_elapsed() || !is_near {
            alarm.reset(at);
        }
    }

    fn now(&self) -> Timestamp {
        self.registry.clock.now()
    }
}

impl Sockets {
    /// Brings a text on its way; `false` when the socket takes no more.
    fn push(&self, socket: SocketId, text: Frame) -> bool {
        let outbox = self.0.iter().find(|(known, _)| *known == socket);
        outbox.is_none_or(|(_, outbox)| outbox.push(text))
    }
}

impl Drop for Sockets {
    fn drop(&mut self) {
        for (_, outbox) in &self.0 {
            outbox.end(over(Ending::Restart));
        }
    }
}

async fn turned(lane: &mut Option<Lane>) {
    match lane {
        Some(lane) => lane.turned().await,
        None => std::future::pending().await,
    }
}

struct Counted;

impl Drop for Counted {
    fn drop(&mut self) {
        metrics::gauge!("talk_rooms").decrement(1);
    }
}

pub(crate) fn over(why: Ending) -> crate::room::Frame {
    text(&Hear::Over { why, letter: None })
}
