//! Rounds of writing: everyone who waits while the disk is busy is served by the next round, one sync a file.

use std::{
    collections::BTreeMap,
    io::{self, ErrorKind},
    sync::{
        Arc, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    thread,
};

use jiff::civil::Date;
use zeroize::Zeroizing;

use super::{
    day::Day,
    disk::Disk,
    folder::{DiskProblem, KeyFolder, State},
    slot::{KeyPlace, SLOT, SlotBytes},
};

/// Files grow by so many slots at once: one block of most file systems.
const GROWTH: u64 = 64 * SLOT as u64;
/// So many files are synced side by side; a disk merges their flushes.
const SIDE_BY_SIDE: usize = 8;

/// Bytes that are to be synced at a place.
pub(super) struct Order {
    place: KeyPlace,
    /// None: zeros.
    key: Option<SlotBytes>,
}

impl Order {
    pub(super) const fn write(place: KeyPlace, key: SlotBytes) -> Self {
        Self { place, key: Some(key) }
    }

    pub(super) const fn destroy(place: KeyPlace) -> Self {
        Self { place, key: None }
    }
}

/// A round that is being collected, written or over.
#[derive(Debug, Default)]
pub(super) struct Round(OnceLock<Outcome>);

/// What became of a round.
#[derive(Debug)]
pub(super) enum Outcome {
    /// These days' files could not be written or synced; all others are.
    Written { failed: BTreeMap<Date, ErrorKind> },
    /// The thread that wrote it came to grief.
    Lost,
}

impl Outcome {
    /// Whether everything of these days is synced.
    pub(super) fn check(&self, day: Date) -> Result<(), DiskProblem> {
        match self {
            Self::Written { failed } => failed.get(&day).map_or(Ok(()), |kind| Err(DiskProblem(*kind))),
            Self::Lost => Err(DiskProblem(ErrorKind::Other)),
        }
    }
}

/// The file of a day.
pub(super) fn file_of(day: Date) -> String {
    format!("{day}.keys")
}

/// Gives the disk back, whatever happens.
struct Turn<'a> {
    folder: &'a KeyFolder,
    round: Arc<Round>,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        // Does nothing if the round has an outcome.
        self.round.0.get_or_init(|| Outcome::Lost);
        self.folder.state().busy = false;
        self.folder.turn.notify_all();
    }
}

impl KeyFolder {
    /// Waits for the round that the queue now belongs to, or writes it if nobody else is writing.
    pub(super) fn settle<'a>(&'a self, mut state: MutexGuard<'a, State>) -> Settled {
        let round = Arc::clone(&state.round);
        while round.0.get().is_none() {
            if state.busy {
                state = self.turn.wait(state).unwrap_or_else(PoisonError::into_inner);
                continue;
            }
            state.busy = true;
            let orders = std::mem::take(&mut state.queue);
            let turn = Turn { folder: self, round: std::mem::take(&mut state.round) };
            drop(state);
            let buried: Vec<_> =
                orders.iter().filter(|order| order.key.is_none()).map(|order| order.place).collect();
            let outcome = self.write(orders);
            state = self.state();
            for place in buried {
                if outcome.check(place.day).is_ok() {
                    state.days.entry(place.day).and_modify(|day: &mut Day| day.buried(place.slot));
                }
            }
            turn.round.0.get_or_init(|| outcome);
            drop(state);
            drop(turn);
            state = self.state();
        }
        Settled(round)
    }

    /// Waits until nobody writes.
    pub(super) fn quiet<'a>(&'a self, mut state: MutexGuard<'a, State>) -> MutexGuard<'a, State> {
        while state.busy {
            state = self.turn.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        state
    }

    fn write(&self, orders: Vec<Order>) -> Outcome {
        let mut days: BTreeMap<Date, Vec<Order>> = BTreeMap::new();
        for order in orders {
            days.entry(order.place.day).or_default().push(order);
        }
        let days: Vec<_> = days.into_iter().collect();
        let written = self.write_days(&days);
        let mut failed = BTreeMap::new();
        let mut created = Vec::new();
        for ((day, _), result) in days.iter().zip(written) {
            match result {
                Ok(true) => created.push(*day),
                Ok(false) => {}
                Err(problem) => {
                    failed.insert(*day, problem.kind());
                }
            }
        }
        if let Err(problem) = self.sync_entries() {
            failed.extend(created.into_iter().map(|day| (day, problem.kind())));
        }
        Outcome::Written { failed }
    }

    /// For each day, whether its file's entry in the folder is not known to be synced.
    fn write_days(&self, days: &[(Date, Vec<Order>)]) -> Vec<io::Result<bool>> {
        if let [(day, orders)] = days {
            return vec![self.write_day(*day, orders)];
        }
        let results: Vec<_> = days.iter().map(|_| OnceLock::new()).collect();
        let next = AtomicUsize::new(0);
        thread::scope(|scope| {
            for _ in 0..days.len().min(SIDE_BY_SIDE) {
                scope.spawn(|| {
                    while let Some((mine, (day, orders))) = Some(next.fetch_add(1, Ordering::Relaxed))
                        .and_then(|mine| Some((mine, days.get(mine)?)))
                    {
                        results[mine].get_or_init(|| self.write_day(*day, orders));
                    }
                });
            }
        });
        results
            .into_iter()
            .map(|result| result.into_inner().unwrap_or(Err(ErrorKind::Other.into())))
            .collect()
    }

    fn write_day(&self, day: Date, orders: &[Order]) -> io::Result<bool> {
        let name = file_of(day);
        let length = self.disk.length(&name)?;
        let needed =
            orders.iter().filter(|order| order.key.is_some()).map(|order| order.place.offset() + SLOT as u64);
        let length = match (length, needed.max()) {
            // A file that is gone holds no key.
            (None, None) => return Ok(false),
            (None, Some(needed)) => {
                self.unsynced_entries().insert(day);
                self.disk.create(&name)?;
                grow(&*self.disk, &name, 0, needed)?
            }
            (Some(length), Some(needed)) if needed > length => grow(&*self.disk, &name, length, needed)?,
            (Some(length), _) => length,
        };
        for order in orders {
            match &order.key {
                Some(key) => self.disk.write_at(&name, order.place.offset(), &**key)?,
                None if order.place.offset() + SLOT as u64 <= length => {
                    self.disk.write_at(&name, order.place.offset(), &[0; SLOT])?;
                }
                // It was never written.
                None => {}
            }
        }
        self.disk.sync(&name)?;
        Ok(self.unsynced_entries().contains(&day))
    }

    /// Syncs the folder if a file was made or unlinked since the last time.
    pub(super) fn sync_entries(&self) -> io::Result<()> {
        let mut unsynced = self.unsynced_entries();
        if !unsynced.is_empty() {
            self.disk.sync_folder()?;
            unsynced.clear();
        }
        Ok(())
    }
}

/// A round that is over.
pub(super) struct Settled(Arc<Round>);

impl Settled {
    /// Whether everything of this day is synced.
    pub(super) fn check(&self, day: Date) -> Result<(), DiskProblem> {
        self.0.0.get().map_or(Err(DiskProblem(ErrorKind::Other)), |outcome| outcome.check(day))
    }
}

/// Makes room for `needed` bytes, written with zeros so that no later write needs room. Returns the new length.
fn grow(disk: &dyn Disk, name: &str, length: u64, needed: u64) -> io::Result<u64> {
    let from = length - length % SLOT as u64;
    let to = needed.next_multiple_of(GROWTH);
    let zeros = Zeroizing::new(vec![0; usize::try_from(to - from).map_err(io::Error::other)?]);
    match disk.write_at(name, from, &zeros) {
        Ok(()) => Ok(to),
        Err(problem) => {
            // Best effort: half a block does no harm.
            let _ = disk.shorten(name, length);
            Err(problem)
        }
    }
}
