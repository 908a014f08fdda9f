//! Destroying what is due: before the first request after a start, and from then on so often that nothing outlives its due
//! time by more than a minute; every half minute is enough.

use std::{io, time::Duration};

use jiff::{SignedDuration, Timestamp, civil::Date, tz::TimeZone};
use zeroize::Zeroizing;

use super::{
    clock::ClockState,
    day::{Day, Holder},
    folder::{DiskProblem, KeyFolder, State},
    recover::{HEARTBEAT, NEXT_HEARTBEAT},
    round::{Order, file_of},
    slot::KeyPlace,
};

/// The heartbeat is written this often, at most.
const BEAT: SignedDuration = SignedDuration::from_mins(1);

/// What a sweep did: counts only.
#[derive(Debug, Clone, PartialEq, Eq)]
#[must_use = "a sweep that failed is tried again, and somebody is told"]
pub struct Sweep {
    /// Keys over which zeros are synced now.
    pub destroyed: usize,
    /// How long the oldest of them had been due; zero if there was none.
    pub oldest_due_age: SignedDuration,
    /// Keys that should be destroyed and are not known to be. They open nothing; the next sweep tries again.
    pub left: usize,
    /// Files of days without keys that were unlinked.
    pub files_removed: usize,
    /// The first problem with the disk, the heartbeat's included.
    pub problem: Option<DiskProblem>,
    /// What to think of the clock.
    pub clock: ClockState,
}

impl KeyFolder {
    /// Destroys every key that is due. `now` is the wall clock, `running` a clock that nobody can set, for instance
    /// the time since the process began.
    pub fn destroy_due(&self, now: Timestamp, running: Duration) -> Sweep {
        let (believed, clock) = self.clock().observe(now, running);
        let mut state = self.state();
        let due = condemn_due(&mut state, believed);
        let mut sweep = Sweep {
            destroyed: 0,
            oldest_due_age: SignedDuration::ZERO,
            left: 0,
            files_removed: 0,
            problem: None,
            clock,
        };
        if due.is_empty() {
            drop(state);
        } else {
            state.queue.extend(due.iter().map(|(place, _)| Order::destroy(*place)));
            let settled = self.settle(state);
            for (place, due) in due {
                match settled.check(place.day) {
                    Ok(()) => {
                        sweep.destroyed += 1;
                        sweep.oldest_due_age = sweep.oldest_due_age.max(believed.duration_since(due));
                    }
                    Err(problem) => {
                        sweep.left += 1;
                        sweep.problem.get_or_insert(problem);
                    }
                }
            }
        }
        self.remove_dead_files(believed, &mut sweep);
        if let Err(problem) = self.beat(believed, false) {
            sweep.problem.get_or_insert(DiskProblem(problem.kind()));
        }
        sweep
    }

    /// An administrator says that the wall clock is right: it is believed from now on, even if that is back in time.
    /// What it makes due dies with the next sweep.
    pub fn confirm(&self, now: Timestamp, running: Duration) -> Result<(), DiskProblem> {
        self.clock().confirm(now, running);
        self.beat(now, true).map_err(|problem| DiskProblem(problem.kind()))
    }

    /// What to think of the wall clock now.
    pub fn observe(&self, now: Timestamp, running: Duration) -> ClockState {
        self.clock().observe(now, running).1
    }

    /// The latest time that was believed, in this process or before it; `None` in a fresh folder.
    pub fn believed(&self) -> Option<Timestamp> {
        self.clock().seen()
    }

    /// How many keys a time makes due.
    pub fn due_by(&self, at: Timestamp) -> usize {
        let state = self.state();
        let holders = state.days.values().flat_map(Day::slots);
        holders.filter(|(_, holder)| matches!(holder, Holder::Alive { due, .. } if *due <= at)).count()
    }

    /// Nobody else writes meanwhile, and nobody seals: once a day and file, for some milliseconds.
    fn remove_dead_files(&self, believed: Timestamp, sweep: &mut Sweep) {
        let mut state = self.quiet(self.state());
        let dead: Vec<_> = state
            .days
            .iter()
            .filter(|(day, of)| of.is_dead(is_over(**day, believed)))
            .map(|(day, _)| *day)
            .collect();
        for day in dead {
            match self.remove_file(day) {
                Ok(was_there) => {
                    state.days.remove(&day);
                    sweep.files_removed += usize::from(was_there);
                }
                Err(problem) => {
                    sweep.problem.get_or_insert(DiskProblem(problem.kind()));
                }
            }
        }
        if let Err(problem) = self.sync_entries() {
            sweep.problem.get_or_insert(DiskProblem(problem.kind()));
        }
    }

    /// Overwrites and unlinks the file of a day. False if there is none.
    fn remove_file(&self, day: Date) -> io::Result<bool> {
        let name = file_of(day);
        let Some(length) = self.disk.length(&name)? else { return Ok(false) };
        let zeros = Zeroizing::new(vec![0; usize::try_from(length).map_err(io::Error::other)?]);
        self.disk.write_at(&name, 0, &zeros)?;
        self.disk.sync(&name)?;
        self.unsynced_entries().insert(day);
        self.disk.remove(&name)?;
        Ok(true)
    }

    /// Keeps the believed time on the disk, whole or not at all.
    fn beat(&self, believed: Timestamp, at_once: bool) -> io::Result<()> {
        let mut state = self.quiet(self.state());
        if !at_once && state.heartbeat.is_some_and(|last| believed.duration_since(last) < BEAT) {
            return Ok(());
        }
        self.replace(NEXT_HEARTBEAT, HEARTBEAT, format!("{believed}\n").as_bytes())?;
        state.heartbeat = Some(believed);
        Ok(())
    }

    /// Puts a small file in the place of another, whole or not at all.
    pub(super) fn replace(&self, next: &str, name: &str, bytes: &[u8]) -> io::Result<()> {
        if self.disk.length(next)?.is_some() {
            self.disk.remove(next)?;
        }
        self.disk.create(next)?;
        self.disk.write_at(next, 0, bytes)?;
        self.disk.sync(next)?;
        self.disk.rename(next, name)?;
        self.disk.sync_folder()
    }
}

/// Marks all keys that are due as dying; returns them, and those that could not be overwritten before.
fn condemn_due(state: &mut State, believed: Timestamp) -> Vec<(KeyPlace, Timestamp)> {
    let mut dying = Vec::new();
    for (day, of) in &mut state.days {
        let due: Vec<_> = of
            .slots()
            .filter_map(|(slot, holder)| match holder {
                Holder::Alive { due, .. } if due <= believed => Some((slot, due)),
                Holder::Dying { due, .. } => Some((slot, due)),
                Holder::Alive { .. } | Holder::Nobody | Holder::Foreign => None,
            })
            .collect();
        for (slot, due) in due {
            of.condemn(slot);
            dying.push((KeyPlace { day: *day, slot }, due));
        }
    }
    dying
}

/// Whether the whole UTC day is past.
fn is_over(day: Date, believed: Timestamp) -> bool {
    believed.to_zoned(TimeZone::UTC).date() > day
}
