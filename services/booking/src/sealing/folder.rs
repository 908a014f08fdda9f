//! Sealing, opening, and destroying at once.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::ErrorKind,
    sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError},
};

use jiff::{Timestamp, civil::Date};
use kernel::Personal;
use zeroize::Zeroizing;

use super::{
    clock::ClockGuard,
    day::{Day, Holder},
    disk::Disk,
    envelope,
    inner::{InnerLock, Open},
    round::{Order, Round, file_of},
    slot::{Content, Key, KeyPlace, Mark, Purpose, SLOT, day_of, mark, whole},
};

/// The folder with the keys: one for a process, shared by reference.
pub struct KeyFolder {
    pub(super) disk: Box<dyn Disk>,
    inner: Box<dyn InnerLock>,
    state: Mutex<State>,
    /// Apart from the state, because who asks for the time must not wait for the disk.
    clock: Mutex<ClockGuard>,
    pub(super) turn: Condvar,
    /// Days whose entries in the folder changed and are not synced.
    unsynced: Mutex<BTreeSet<Date>>,
}

/// What is known of the folder, and who waits for it.
pub(super) struct State {
    pub(super) days: BTreeMap<Date, Day>,
    /// The heartbeat as it lies on the disk.
    pub(super) heartbeat: Option<Timestamp>,
    pub(super) queue: Vec<Order>,
    /// The round that takes the queue.
    pub(super) round: Arc<Round>,
    /// Whether somebody is writing.
    pub(super) busy: bool,
}

/// A value to be sealed.
#[derive(Clone, Copy)]
pub struct Plain<'a> {
    /// What it is for.
    pub purpose: Purpose,
    /// When its key dies.
    pub due: Timestamp,
    /// The value, of at most 64 KiB.
    pub value: &'a Personal<Vec<u8>>,
}

/// A sealed value, and where its key lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// Where the key lies.
    pub place: KeyPlace,
    /// What may be stored.
    pub bytes: Vec<u8>,
}

/// The key folder could not be written, or not synced.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the key folder cannot be written: {0}")]
pub struct DiskProblem(pub ErrorKind);

/// Why nothing was sealed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// The key could not be kept; a full disk shows here.
    #[error(transparent)]
    Disk(#[from] DiskProblem),
    /// The key would be due already.
    #[error("a key that is due already seals nothing")]
    AlreadyDue,
    /// The value is longer than 64 KiB.
    #[error("the value is too long to be sealed")]
    TooLong,
    /// The inner lock refused.
    #[error(transparent)]
    Inner(#[from] super::InnerError),
}

/// Why a sealed value does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Its key is destroyed, or never was: it is forgotten.
    #[error("the key is gone")]
    Gone,
    /// Its key is there, but the value or the key is not what it was.
    #[error("the sealed value or its key is damaged")]
    Damaged,
    /// Its key could not be read.
    #[error("the key folder cannot be read: {0}")]
    Disk(ErrorKind),
}

impl KeyFolder {
    pub(super) fn new(disk: Box<dyn Disk>, days: BTreeMap<Date, Day>, heartbeat: Option<Timestamp>) -> Self {
        let state = State { days, heartbeat, queue: Vec::new(), round: Arc::default(), busy: false };
        Self {
            disk,
            inner: Box::new(Open),
            state: Mutex::new(state),
            clock: Mutex::new(ClockGuard::since(heartbeat)),
            turn: Condvar::new(),
            unsynced: Mutex::default(),
        }
    }

    /// The same folder with an inner lock: values pass it before they are sealed and after they are opened.
    #[must_use]
    pub fn with_inner_lock(mut self, inner: Box<dyn InnerLock>) -> Self {
        self.inner = inner;
        self
    }

    /// Seals values of one record, each under a new key, and returns once all keys are synced: commit the row after that.
    /// All or none are sealed, in the order given.
    pub fn seal(&self, record: &str, plains: &[Plain<'_>]) -> Result<Vec<Sealed>, SealError> {
        let mut closed = Vec::with_capacity(plains.len());
        for plain in plains {
            let key = Zeroizing::new(rand::random::<[u8; 32]>());
            let inner = self.inner.lock(record, plain.purpose, plain.value)?;
            let bytes = envelope::seal(&key, record, plain.purpose, &inner).ok_or(SealError::TooLong)?;
            closed.push((Key { due: whole(plain.due), mark: mark(record, plain.purpose), key }, bytes));
        }
        if closed.is_empty() {
            return Ok(Vec::new());
        }

        let mut state = self.state();
        if self.clock().seen().is_some_and(|seen| closed.iter().any(|(key, _)| key.due <= seen)) {
            return Err(SealError::AlreadyDue);
        }
        let mut sealed = Vec::with_capacity(closed.len());
        for (key, bytes) in closed {
            let day = day_of(key.due);
            let place = KeyPlace { day, slot: state.days.entry(day).or_default().take(key.mark, key.due) };
            state.queue.push(Order::write(place, key.to_bytes(place)));
            sealed.push(Sealed { place, bytes });
        }
        let settled = self.settle(state);
        match sealed.iter().try_for_each(|one| settled.check(one.place.day)) {
            Ok(()) => Ok(sealed),
            Err(problem) => {
                // Nobody got these keys: the next sweep wipes what reached the disk.
                let mut state = self.state();
                for Sealed { place, .. } in sealed {
                    state.days.entry(place.day).and_modify(|day| day.condemn(place.slot));
                }
                Err(problem.into())
            }
        }
    }

    /// Opens what was sealed for this record and purpose.
    pub fn open(
        &self,
        record: &str,
        purpose: Purpose,
        place: KeyPlace,
        sealed: &[u8],
    ) -> Result<Personal<Vec<u8>>, OpenError> {
        let mark = mark(record, purpose);
        let is_alive = || self.is_alive(place, mark);
        if !is_alive() {
            return Err(OpenError::Gone);
        }
        let mut bytes = Zeroizing::new([0; SLOT]);
        let read = self.disk.read_at(&file_of(place.day), place.offset(), &mut *bytes);
        let content = Content::read(place, &bytes);
        // It may have been destroyed between the two looks.
        if !is_alive() {
            return Err(OpenError::Gone);
        }
        read.map_err(|problem| OpenError::Disk(problem.kind()))?;
        let Content::Key(key) = content else { return Err(OpenError::Damaged) };
        if key.mark != mark {
            return Err(OpenError::Damaged);
        }
        let inner = envelope::open(&key.key, record, purpose, sealed).ok_or(OpenError::Damaged)?;
        self.inner.unlock(record, purpose, inner).map_err(|_| OpenError::Damaged)
    }

    /// Destroys keys of a record at once and returns when zeros are synced over them. A key that is gone already, or a
    /// slot that belongs to another record by now, is left alone, so it may be done twice. From the call on the keys open
    /// nothing; after an error the next sweep tries again.
    pub fn destroy(&self, record: &str, keys: &[(Purpose, KeyPlace)]) -> Result<(), DiskProblem> {
        let mut state = self.state();
        let mut dying = Vec::new();
        for (purpose, place) in keys {
            let mark = mark(record, *purpose);
            let Some(day) = state.days.get_mut(&place.day) else { continue };
            match day.holder(place.slot) {
                Holder::Alive { mark: holder, .. } | Holder::Dying { mark: holder, .. } if holder == mark => {
                    day.condemn(place.slot);
                    dying.push(*place);
                }
                Holder::Alive { .. } | Holder::Dying { .. } | Holder::Nobody | Holder::Foreign => {}
            }
        }
        if dying.is_empty() {
            return Ok(());
        }
        state.queue.extend(dying.iter().map(|place| Order::destroy(*place)));
        let settled = self.settle(state);
        dying.iter().try_for_each(|place| settled.check(place.day))
    }

    pub(super) fn is_alive(&self, place: KeyPlace, mark: Mark) -> bool {
        let state = self.state();
        let holder = state.days.get(&place.day).map(|day| day.holder(place.slot));
        matches!(holder, Some(Holder::Alive { mark: holder, .. }) if holder == mark)
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn clock(&self) -> MutexGuard<'_, ClockGuard> {
        self.clock.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn unsynced_entries(&self) -> MutexGuard<'_, BTreeSet<Date>> {
        self.unsynced.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
