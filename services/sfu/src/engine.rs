//! All calls, and how somebody comes into one.

use std::{
    collections::HashMap,
    io,
    net::SocketAddr,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, AtomicUsize, Ordering},
    },
};

use contracts::{
    media::{CallFull, CallSay, Leg, Listener, MediaEngine, Member},
    talk::RoomId,
};
use tokio::{runtime::Handle, sync::mpsc, task::JoinHandle};

use crate::{
    call::{self, Command, Shared},
    net::{Net, Weather},
    settings::{Settings, SettingsError},
};

/// Words of one browser that wait to be done.
const MOST_WAITING: usize = 32;

/// Why the engine does not start.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The settings cannot work.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The UDP port cannot be opened.
    #[error("the UDP port of the engine for calls cannot be opened")]
    Port(#[source] io::Error),
}

/// What exists at one moment, to see that nothing is left over.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Census {
    /// Calls.
    pub calls: usize,
    /// People in them.
    pub legs: usize,
    /// Connections.
    pub connections: usize,
    /// ICE user names.
    pub names: usize,
    /// Addresses that are remembered.
    pub addresses: usize,
}

/// Forwards sound and pictures of all calls of this program.
pub struct Engine {
    shared: Arc<Shared>,
    runtime: Handle,
    rooms: Arc<Mutex<Rooms>>,
    reader: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Default)]
struct Rooms {
    open: HashMap<RoomId, Room>,
    legs: usize,
    next: u64,
    tasks: Vec<JoinHandle<()>>,
    closed: bool,
}

struct Room {
    commands: mpsc::UnboundedSender<Command>,
    legs: usize,
}

impl Engine {
    /// Opens the port and begins to read; within a runtime.
    ///
    /// # Errors
    /// [`StartError`] if the settings cannot work or the port cannot be opened.
    pub fn start(settings: Settings) -> Result<Arc<Self>, StartError> {
        Self::start_in(settings, None)
    }

    /// The same in bad weather, for tests.
    #[doc(hidden)]
    pub fn start_in(settings: Settings, weather: Option<Box<dyn Weather>>) -> Result<Arc<Self>, StartError> {
        settings.check()?;
        let net = Arc::new(Net::open(&settings, weather).map_err(StartError::Port)?);
        let reader = tokio::spawn({
            let net = Arc::clone(&net);
            async move { net.read().await }
        });
        Ok(Arc::new(Self {
            shared: Arc::new(Shared { settings, net, connections: AtomicU64::new(1) }),
            runtime: Handle::current(),
            rooms: Arc::default(),
            reader: Mutex::new(Some(reader)),
        }))
    }

    /// Where browsers reach it.
    pub fn address(&self) -> Option<SocketAddr> {
        self.shared.net.announced.first().copied()
    }

    /// Ends all calls and closes the port. Nobody gets in afterwards.
    pub async fn shut_down(&self) {
        let tasks = {
            let mut rooms = lock(&self.rooms);
            rooms.closed = true;
            for (_, room) in rooms.open.drain() {
                let _ = room.commands.send(Command::End);
            }
            std::mem::take(&mut rooms.tasks)
        };
        for task in tasks {
            let _ = task.await;
        }
        if let Some(reader) = self.reader.lock().unwrap_or_else(PoisonError::into_inner).take() {
            reader.abort();
        }
    }

    /// What exists now.
    pub fn census(&self) -> Census {
        let (connections, names, addresses) = self.shared.net.board.sizes();
        let rooms = lock(&self.rooms);
        Census { calls: rooms.open.len(), legs: rooms.legs, connections, names, addresses }
    }
}

fn lock(rooms: &Mutex<Rooms>) -> MutexGuard<'_, Rooms> {
    rooms.lock().unwrap_or_else(PoisonError::into_inner)
}

impl MediaEngine for Engine {
    fn join(&self, room: &RoomId, member: Member, listener: Listener) -> Result<Box<dyn Leg>, CallFull> {
        let settings = &self.shared.settings;
        let mut rooms = lock(&self.rooms);
        let inside = rooms.open.get(room).map(|room| room.legs);
        let full = rooms.closed
            || rooms.legs >= settings.most_legs
            || match inside {
                Some(inside) => inside >= settings.most_people,
                None => rooms.open.len() >= settings.most_calls,
            };
        if full {
            return Err(CallFull);
        }
        if inside.is_none() {
            let (commands, inbox) = mpsc::unbounded_channel();
            let task = self.runtime.spawn(call::run(Arc::clone(&self.shared), inbox));
            rooms.tasks.retain(|task| !task.is_finished());
            rooms.tasks.push(task);
            rooms.open.insert(room.clone(), Room { commands, legs: 0 });
        }
        rooms.legs += 1;
        rooms.next += 1;
        let leg = rooms.next;
        let Some(opened) = rooms.open.get_mut(room) else { return Err(CallFull) };
        opened.legs += 1;
        let _ = opened.commands.send(Command::Join { leg, member, listener });
        let commands = opened.commands.clone();
        drop(rooms);
        let waiting = Arc::new(AtomicUsize::new(0));
        Ok(Box::new(Part { leg, room: room.clone(), commands, waiting, rooms: Arc::clone(&self.rooms) }))
    }
}

/// Somebody's part in a call.
struct Part {
    leg: u64,
    room: RoomId,
    commands: mpsc::UnboundedSender<Command>,
    /// What she said and was not done yet: the queue itself has no bound but this.
    waiting: Arc<AtomicUsize>,
    rooms: Arc<Mutex<Rooms>>,
}

impl Leg for Part {
    fn say(&self, say: CallSay) -> bool {
        if self.waiting.fetch_add(1, Ordering::Relaxed) >= MOST_WAITING {
            self.waiting.fetch_sub(1, Ordering::Relaxed);
            return false;
        }
        let waiting = Arc::clone(&self.waiting);
        self.commands.send(Command::Say { leg: self.leg, say, waiting }).is_ok()
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        let mut rooms = lock(&self.rooms);
        rooms.legs -= 1;
        let _ = self.commands.send(Command::Leave { leg: self.leg });
        if let Some(room) = rooms.open.get_mut(&self.room)
            && room.commands.same_channel(&self.commands)
        {
            room.legs -= 1;
            if room.legs == 0 {
                rooms.open.remove(&self.room);
            }
        }
    }
}
