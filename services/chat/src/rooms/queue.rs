//! Queues of people who came without an appointment: which rooms wait, who is next, and how long it may take. In memory only.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use contracts::talk::{QueueId, RoomId, Waiter};
use jiff::{SignedDuration, Timestamp};
use tokio::sync::watch;

use crate::room::{Outlook, Stand};

/// How long it counts that a counsellor has looked.
const ATTENDED: SignedDuration = SignedDuration::from_secs(30);
/// What is shorter was no conversation: somebody looked in, or a connection broke.
const SHORTEST: SignedDuration = SignedDuration::from_mins(1);
/// How much of the mean the latest conversation is: the mean follows the day, and one long talk does not rule it.
const WEIGHT: i32 = 4;

/// All queues. There are as many as centres with open hours, and an empty one is some bytes.
#[derive(Default)]
pub(crate) struct Queues(Mutex<HashMap<QueueId, Queue>>);

/// The place of a room in its queue; given back when the room is gone.
pub(crate) struct Lane {
    queues: Arc<Queues>,
    queue: QueueId,
    room: RoomId,
    turned: watch::Receiver<()>,
}

#[derive(Default)]
struct Queue {
    lines: BTreeMap<RoomId, Line>,
    attended: Option<Timestamp>,
    /// How long conversations last.
    lasts: Option<SignedDuration>,
    turned: watch::Sender<()>,
}

/// A room in a queue.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Line {
    /// When she first asked to come in: who loads her page anew keeps her place.
    since: Option<Timestamp>,
    waits: bool,
    /// Since when they talk.
    talks: Option<Timestamp>,
}

impl Queues {
    /// A place for a room.
    pub(crate) fn lane(self: &Arc<Self>, queue: QueueId, room: RoomId) -> Lane {
        let turned = self.all().entry(queue.clone()).or_default().turned.subscribe();
        Lane { queues: self.clone(), queue, room, turned }
    }

    /// Who waits, longest first.
    pub(crate) fn waiters(&self, queue: &QueueId) -> Vec<Waiter> {
        self.all().get(queue).map(Queue::waiters).unwrap_or_default()
    }

    /// A counsellor looks.
    pub(crate) fn attend(&self, queue: &QueueId, now: Timestamp) {
        if let Some(queue) = self.all().get_mut(queue) {
            let was_attended = queue.attended_until(now).is_some();
            queue.attended = Some(now);
            if !was_attended {
                queue.turned.send_replace(());
            }
        }
    }

    fn all(&self) -> MutexGuard<'_, HashMap<QueueId, Queue>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lane {
    /// How the room stands now. What it is told, if it waits, and until when that holds at most.
    pub(crate) fn stands(&self, stand: Stand, now: Timestamp) -> Option<(Outlook, Option<Timestamp>)> {
        let mut all = self.queues.all();
        let queue = all.get_mut(&self.queue)?;
        if queue.put(&self.room, stand, now) {
            queue.turned.send_replace(());
        }
        Some((queue.outlook(&self.room, now)?, queue.attended_until(now)))
    }

    /// Comes when something in the queue is different.
    pub(crate) async fn turned(&mut self) {
        if self.turned.changed().await.is_err() {
            std::future::pending::<()>().await;
        }
    }
}

impl Drop for Lane {
    fn drop(&mut self) {
        let mut all = self.queues.all();
        if let Some(queue) = all.get_mut(&self.queue)
            && queue.lines.remove(&self.room).is_some()
        {
            queue.turned.send_replace(());
        }
    }
}

impl Queue {
    /// Takes down how a room stands; whether anything is different.
    fn put(&mut self, room: &RoomId, stand: Stand, now: Timestamp) -> bool {
        let line = self.lines.entry(room.clone()).or_default();
        let before = *line;
        line.waits = stand.waits.is_some();
        line.since = if stand.talks { None } else { line.since.or(stand.waits) };
        match (line.talks, stand.talks) {
            (None, true) => line.talks = Some(now),
            (Some(since), false) => {
                line.talks = None;
                let lasted = now.duration_since(since);
                if lasted >= SHORTEST {
                    let mean = self.lasts.unwrap_or(lasted);
                    self.lasts = Some(mean + (lasted - mean) / WEIGHT);
                }
            }
            _ => {}
        }
        before != *line
    }

    fn waiters(&self) -> Vec<Waiter> {
        let waiting = self.lines.iter().filter(|(_, line)| line.waits);
        let mut waiting: Vec<_> = waiting
            .filter_map(|(room, line)| Some(Waiter { room: room.clone(), since: line.since? }))
            .collect();
        // rooms come in the order of their ids, and sorting keeps it
        waiting.sort_by_key(|waiter| waiter.since);
        waiting
    }

    fn outlook(&self, room: &RoomId, now: Timestamp) -> Option<Outlook> {
        let own = self.lines.get(room).filter(|line| line.waits)?;
        let own = (own.since?, room);
        let others = self.lines.iter().filter(|(_, line)| line.waits);
        let ahead =
            others.filter(|(room, line)| line.since.is_some_and(|since| (since, *room) < own)).count();
        let ahead = u32::try_from(ahead).unwrap_or(u32::MAX);
        Some(Outlook { ahead, attended: self.attended_until(now).is_some(), minutes: self.minutes(ahead) })
    }

    /// How long it may take: as many conversations as come first, by as many as talk now. Nobody knows while none was
    /// ever held or nobody talks.
    fn minutes(&self, ahead: u32) -> Option<u32> {
        let talking = i64::try_from(self.lines.values().filter(|line| line.talks.is_some()).count()).ok()?;
        let whole = self.lasts?.as_secs().saturating_mul(i64::from(ahead) + 1);
        let minutes = whole.checked_div(talking)?.saturating_add(59) / 60;
        u32::try_from(minutes).ok()
    }

    fn attended_until(&self, now: Timestamp) -> Option<Timestamp> {
        // a clock that is set back must not attend for ever
        let attended = self.attended.filter(|at| now.duration_since(*at).abs() < ATTENDED)?;
        attended.checked_add(ATTENDED).ok()
    }
}

#[cfg(test)]
mod tests {
    use rand::{RngExt, SeedableRng, rngs::StdRng};

    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    fn room(number: u32) -> RoomId {
        RoomId(format!("room-{number}"))
    }

    const TALKS: Stand = Stand { waits: None, talks: true };

    fn waits(second: i64) -> Stand {
        Stand { waits: Some(at(second)), talks: false }
    }

    #[test]
    fn places_are_a_permutation_in_the_order_of_arrival() {
        for seed in 0..200 {
            let mut rng = StdRng::seed_from_u64(seed);
            let mut queue = Queue::default();
            // what each first asked at, as somebody with a list on paper would keep it
            let mut paper: BTreeMap<u32, (i64, bool)> = BTreeMap::new();
            for second in 0..60 {
                let number = rng.random_range(0..12);
                let stand = match rng.random_range(0..4) {
                    0 => TALKS,
                    1 => Stand::default(),
                    _ => waits(second / 3),
                };
                queue.put(&room(number), stand, at(second));
                match (stand.talks, stand.waits) {
                    (true, _) => _ = paper.remove(&number),
                    (false, None) => _ = paper.get_mut(&number).map(|line| line.1 = false),
                    (false, Some(_)) => paper.entry(number).or_insert((second / 3, true)).1 = true,
                }
                let mut expected: Vec<_> = paper.iter().filter(|(_, line)| line.1).collect();
                expected.sort_by_key(|(number, line)| (line.0, room(**number)));
                let order: Vec<RoomId> = expected.iter().map(|(number, _)| room(**number)).collect();
                let waiters = queue.waiters();
                assert_eq!(waiters.iter().map(|one| one.room.clone()).collect::<Vec<_>>(), order, "{seed}");
                for (place, waiter) in (0..).zip(&waiters) {
                    assert_eq!(queue.outlook(&waiter.room, at(second)).unwrap().ahead, place, "{seed}");
                }
            }
        }
    }

    #[test]
    fn how_long_it_takes_is_told_when_somebody_can_know() {
        let mut queue = Queue::default();
        for number in 0..3 {
            queue.put(&room(number), waits(i64::from(number)), at(10));
        }
        let minutes = |queue: &Queue, number| queue.outlook(&room(number), at(10)).unwrap().minutes;
        assert_eq!(minutes(&queue, 2), None, "nobody ever talked");
        queue.put(&room(7), TALKS, at(20));
        queue.put(&room(8), TALKS, at(20));
        assert_eq!(minutes(&queue, 2), None, "nobody has finished");
        queue.put(&room(8), Stand::default(), at(50));
        assert_eq!(minutes(&queue, 2), None, "half a minute was no conversation");
        queue.put(&room(8), TALKS, at(60));
        queue.put(&room(7), Stand::default(), at(20 + 1_200));
        assert_eq!([0, 1, 2].map(|number| minutes(&queue, number)), [20, 40, 60].map(Some));
        queue.put(&room(7), TALKS, at(2_000));
        assert_eq!([0, 1, 2].map(|number| minutes(&queue, number)), [10, 20, 30].map(Some));
        queue.put(&room(7), Stand::default(), at(2_000 + 600));
        queue.put(&room(8), Stand::default(), at(61));
        assert_eq!(minutes(&queue, 0), None, "nobody talks");
        assert_eq!(queue.lasts, Some(SignedDuration::from_secs(1_050)), "a quarter of the way to the last");
    }

    #[tokio::test]
    async fn that_somebody_looks_is_known_for_half_a_minute_and_a_room_that_is_gone_has_no_place() {
        let queues = Arc::new(Queues::default());
        let id = QueueId("q".into());
        queues.attend(&QueueId("unknown".into()), at(0));
        let first = queues.lane(id.clone(), room(1));
        let mut second = queues.lane(id.clone(), room(2));
        first.stands(waits(1), at(1));
        let told = |second: &Lane, now| second.stands(waits(2), at(now)).unwrap();
        assert_eq!(told(&second, 2).0, Outlook { ahead: 1, attended: false, minutes: None });
        second.turned().await;
        queues.attend(&id, at(10));
        second.turned().await;
        let (outlook, until) = told(&second, 39);
        assert_eq!((outlook.attended, until), (true, Some(at(40))));
        assert!(!told(&second, 40).0.attended);
        drop(first);
        second.turned().await;
        assert_eq!(told(&second, 41).0.ahead, 0);
        assert_eq!(queues.waiters(&id), [Waiter { room: room(2), since: at(2) }]);
    }
}
