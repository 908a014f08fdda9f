//! A call: one task that owns all connections of the people in it.

mod answer;
mod choose;
mod forward;
mod offer;
mod people;

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::{
        Arc,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
    time::{Duration, Instant},
};

use contracts::media::{CallHear, CallSay, Direction, Listener, Member};
use tokio::{
    sync::mpsc,
    time::{Instant as Clock, sleep_until},
};

use crate::{
    net::{Datagram, Net, QUEUE},
    peer::{Connection, Event},
    settings::Settings,
};
use people::Person;

/// Datagrams taken in before anything is sent.
const AT_ONCE: usize = 32;
/// How often layers are chosen anew.
const CHOICE: Duration = Duration::from_millis(250);

/// What a call is told.
pub(crate) enum Command {
    /// Somebody comes.
    Join { leg: u64, member: Member, listener: Listener },
    /// Her browser says something; `waiting` counts what was not yet done.
    Say { leg: u64, say: CallSay, waiting: Arc<AtomicUsize> },
    /// Somebody goes.
    Leave { leg: u64 },
    /// The engine stops.
    End,
}

/// What all calls share.
pub(crate) struct Shared {
    pub settings: Settings,
    pub net: Arc<Net>,
    pub connections: AtomicU64,
}

/// One call.
pub(crate) struct Call {
    shared: Arc<Shared>,
    /// Where datagrams for this call are brought.
    inbox: mpsc::Sender<Datagram>,
    people: BTreeMap<u64, Person>,
    /// Whose a connection is.
    whose: HashMap<u64, (u64, Direction)>,
    /// For whom what is forwarded changed.
    changed: BTreeSet<u64>,
    /// Layers are to be chosen now.
    hurry: bool,
    forwarded: u64,
    scratch: Vec<crate::peer::Arrived>,
}

/// Runs a call until nobody can come to it any more.
pub(crate) async fn run(shared: Arc<Shared>, mut commands: mpsc::UnboundedReceiver<Command>) {
    let (inbox, mut datagrams) = mpsc::channel(QUEUE);
    let mut call = Call {
        shared,
        inbox,
        people: BTreeMap::new(),
        whose: HashMap::new(),
        changed: BTreeSet::new(),
        hurry: false,
        forwarded: 0,
        scratch: Vec::new(),
    };
    metrics::gauge!("calls").increment(1);
    let mut batch = Vec::with_capacity(AT_ONCE);
    let mut choice = Instant::now() + CHOICE;
    loop {
        let next = call.timeout().map_or(choice, |next| next.min(choice));
        tokio::select! {
            command = commands.recv() => match command {
                Some(Command::End) | None => break,
                Some(command) => call.obey(Instant::now(), command),
            },
            _ = datagrams.recv_many(&mut batch, AT_ONCE) => {
                let now = Instant::now();
                for datagram in batch.drain(..) {
                    call.takes(now, datagram);
                }
            }
            () = sleep_until(Clock::from_std(next)) => {}
        }
        let now = Instant::now();
        call.renegotiate(now);
        if call.hurry || now >= choice {
            choice = now + CHOICE;
            call.choose(now);
        }
        call.settle(now);
    }
    let now = Instant::now();
    for leg in call.people.keys().copied().collect::<Vec<_>>() {
        call.leaves(now, leg);
    }
    metrics::gauge!("calls").decrement(1);
}

impl Call {
    fn obey(&mut self, now: Instant, command: Command) {
        match command {
            Command::Join { leg, member, listener } => {
                // whoever comes again takes the place of herself
                let before =
                    self.people.iter().find(|(_, person)| person.member == member).map(|(leg, _)| *leg);
                if let Some(before) = before {
                    self.leaves(now, before);
                }
                self.people.insert(leg, Person::new(member, listener));
                metrics::gauge!("call_legs").increment(1);
            }
            Command::Say { leg, say, waiting } => {
                waiting.fetch_sub(1, Ordering::Relaxed);
                self.says(now, leg, say);
            }
            Command::Leave { leg } => self.leaves(now, leg),
            Command::End => {}
        }
    }

    fn says(&mut self, now: Instant, leg: u64, say: CallSay) {
        if !self.people.contains_key(&leg) {
            return;
        }
        let understood = match say {
            CallSay::Offer { sdp, sends } => self.offered(now, leg, &sdp, &sends),
            CallSay::Answer { revision, sdp } => self.answered(now, leg, revision, &sdp),
            CallSay::Draw { pictures } => self.draws(now, leg, pictures),
            CallSay::Restart {} => self.restarts(now, leg),
            CallSay::Stop {} => {
                self.leaves(now, leg);
                Ok(())
            }
        };
        if understood.is_err()
            && let Some(person) = self.people.get(&leg)
        {
            person.hears(CallHear::Refused {});
        }
    }

    fn leaves(&mut self, now: Instant, leg: u64) {
        let Some(person) = self.people.remove(&leg) else { return };
        metrics::gauge!("call_legs").decrement(1);
        self.changed.remove(&leg);
        if let Some(sending) = person.sending {
            self.whose.remove(&sending.id);
            sending.connection.close(now);
        }
        if let Some(receiving) = person.receiving {
            self.whose.remove(&receiving.id);
            receiving.connection.close(now);
        }
        self.everybody_but(leg);
    }

    /// What is forwarded changed for all others.
    fn everybody_but(&mut self, leg: u64) {
        self.changed.extend(self.people.keys().copied().filter(|other| *other != leg));
        self.hurry = true;
    }

    fn takes(&mut self, now: Instant, datagram: Datagram) {
        let Some(&(leg, direction)) = self.whose.get(&datagram.connection) else { return };
        let Some(person) = self.people.get_mut(&leg) else { return };
        match direction {
            Direction::Up => {
                let Some(sending) = &mut person.sending else { return };
                sending.dirty = true;
                sending.connection.read(now, datagram.from, datagram.bytes);
                let mut arrived = std::mem::take(&mut self.scratch);
                sending.chain.take(&mut arrived);
                for one in arrived.drain(..) {
                    self.forward(now, leg, &one);
                }
                self.scratch = arrived;
            }
            Direction::Down => {
                let Some(receiving) = &mut person.receiving else { return };
                receiving.dirty = true;
                receiving.connection.read(now, datagram.from, datagram.bytes);
                let feedback = receiving.chain.feedback();
                self.listens(now, leg, &feedback);
            }
        }
    }

    /// Lets all connections do what is due.
    fn settle(&mut self, now: Instant) {
        let mut events = Vec::new();
        for (leg, person) in &mut self.people {
            if let Some(sending) = &mut person.sending
                && (sending.dirty || sending.connection.timeout().is_some_and(|due| due <= now))
            {
                sending.dirty = false;
                let event = sending.connection.settle(now);
                events.extend(event.map(|event| (*leg, Direction::Up, event)));
            }
            if let Some(receiving) = &mut person.receiving
                && (receiving.dirty || receiving.connection.timeout().is_some_and(|due| due <= now))
            {
                receiving.dirty = false;
                let event = receiving.connection.settle(now);
                events.extend(event.map(|event| (*leg, Direction::Down, event)));
            }
        }
        for (leg, direction, event) in events {
            match event {
                Event::Secured => self.hurry = true,
                Event::Failed => self.failed(now, leg, direction),
            }
        }
        if self.forwarded > 0 {
            metrics::counter!("call_packets_forwarded_total").increment(std::mem::take(&mut self.forwarded));
        }
    }

    fn failed(&mut self, now: Instant, leg: u64, direction: Direction) {
        let Some(person) = self.people.get_mut(&leg) else { return };
        metrics::counter!("call_connections_failed_total").increment(1);
        let (id, connection): (u64, Connection) = match direction {
            Direction::Up => match person.sending.take() {
                Some(sending) => (sending.id, sending.connection),
                None => return,
            },
            Direction::Down => match person.receiving.take() {
                Some(receiving) => (receiving.id, receiving.connection),
                None => return,
            },
        };
        person.hears(CallHear::Failed { direction });
        self.whose.remove(&id);
        connection.close(now);
        if direction == Direction::Up {
            self.everybody_but(leg);
        }
    }

    fn timeout(&self) -> Option<Instant> {
        let both = |person: &Person| {
            let sending = person.sending.as_ref().and_then(|sending| sending.connection.timeout());
            let receiving = person.receiving.as_ref().and_then(|receiving| receiving.connection.timeout());
            [sending, receiving].into_iter().flatten().min()
        };
        self.people.values().filter_map(both).min()
    }
}
