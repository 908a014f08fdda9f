//! The power goes at every single change of the disk: what was promised before holds after.

use std::time::Duration;

use jiff::SignedDuration;
use rand::{SeedableRng, rngs::StdRng};

use super::{
    KeyFolder, NOON, OpenError, Plain, Purpose, Sealed, at,
    memory::{Memory, Syncs},
    open, personal,
};

#[derive(Default)]
struct Promises {
    /// Sealed, and nobody tried to destroy it.
    alive: Vec<(String, Sealed)>,
    /// Destroyed, and the key bytes it had.
    dead: Vec<(String, Sealed, Vec<u8>)>,
}

/// A life of some days, until the disk fails; what was promised until then.
fn live(disk: &Memory) -> Promises {
    let mut promises = Promises::default();
    let Ok((folder, _)) = KeyFolder::on(Box::new(disk.clone())) else { return promises };
    for round in 0..6i64 {
        let now = at(NOON) + SignedDuration::from_hours(7 * round);
        let record = format!("b{round}");
        let value = personal(&record);
        let plains = [(Purpose::Contact, 10), (Purpose::Notify, 30)].map(|(purpose, hours)| Plain {
            purpose,
            due: now + SignedDuration::from_hours(hours),
            value: &value,
        });
        if let Ok(mut sealed) = folder.seal(&record, &plains) {
            promises.alive.push((record, sealed.swap_remove(0)));
        }
        if round % 3 == 1
            && let Some((record, sealed)) = promises.alive.pop()
        {
            let bytes = key_of(disk, &sealed);
            if folder.destroy(&record, &[(Purpose::Contact, sealed.place)]).is_ok() {
                promises.dead.push((record, sealed, bytes));
            }
        }
        let keys: Vec<_> = promises.alive.iter().map(|(_, sealed)| key_of(disk, sealed)).collect();
        let running = Duration::try_from(now.duration_since(at(NOON))).unwrap();
        let sweep = folder.destroy_due(now, running);
        let alive = std::mem::take(&mut promises.alive);
        for ((record, sealed), bytes) in alive.into_iter().zip(keys) {
            let sealed_in: i64 = record[1..].parse().unwrap();
            let is_due = 7 * sealed_in + 10 <= 7 * round;
            match (is_due, sweep.left) {
                (false, _) => promises.alive.push((record, sealed)),
                (true, 0) => promises.dead.push((record, sealed, bytes)),
                // A sweep that failed promises nothing.
                (true, _) => {}
            }
        }
    }
    promises
}

fn key_of(disk: &Memory, sealed: &Sealed) -> Vec<u8> {
    let start = sealed.place.slot as usize * 64;
    let files = disk.files();
    files
        .get(&format!("{}.keys", sealed.place.day))
        .map_or_else(Vec::new, |file| file[start + 32..start + 64].to_vec())
}

/// What went wrong in all lives and after all cuts.
#[derive(Debug, Default, PartialEq, Eq)]
struct Broken {
    /// Promised keys that do not open.
    lost: usize,
    /// Destroyed keys that open, or whose bytes are there.
    back: usize,
    /// Folders that are not empty when everything has been due.
    left: usize,
}

fn cut_everywhere(syncs: Syncs) -> Broken {
    let whole = Memory::default();
    let promises = live(&whole);
    assert!(
        promises.alive.len() + promises.dead.len() == 6 && promises.dead.len() >= 4,
        "the life is long enough"
    );
    let mut broken = Broken::default();
    let mut torn = 0;
    for cut in 0..whole.changes() {
        for seed in 0..8 {
            let disk = Memory::default();
            disk.set_syncs(syncs);
            disk.cut_after(cut);
            let promises = live(&disk);
            let after = disk.after_power_cut(&mut StdRng::seed_from_u64(cut * 100 + seed));
            let everything: Vec<u8> = after.files().into_values().flatten().collect();
            let (folder, found) = KeyFolder::on(Box::new(after.clone())).unwrap();
            torn += found.torn;
            for (record, sealed) in &promises.alive {
                broken.lost += usize::from(open(&folder, record, sealed).as_ref() != Ok(record));
            }
            for (record, sealed, key) in &promises.dead {
                let is_there = !key.is_empty() && everything.windows(32).any(|window| window == key);
                let opens = open(&folder, record, sealed) != Err(OpenError::Gone);
                broken.back += usize::from(is_there || opens);
            }
            // Keys that no row ever knew of die when they are due, like all others.
            let sweep = folder.destroy_due(at("2026-12-23T12:00:00Z"), Duration::ZERO);
            let is_clean =
                after.files().keys().eq(["heartbeat"]) && found.strangers.is_empty() && found.foreign == 0;
            broken.left += usize::from(!is_clean || sweep.left > 0 || sweep.problem.is_some());
        }
    }
    assert!(torn > 0, "some cut tears a slot");
    broken
}

#[test]
fn a_power_cut_at_any_change_loses_no_key_that_was_promised_and_brings_none_back() {
    assert_eq!(cut_everywhere(Syncs::Work), Broken::default());
}

#[test]
fn a_mutant_that_does_not_sync_is_caught() {
    let files = cut_everywhere(Syncs::FilesLie);
    assert!(files.lost > 0 && files.back > 0, "{files:?}");
    let folder = cut_everywhere(Syncs::FolderLies);
    assert!(folder.lost > 0, "{folder:?}");
}
