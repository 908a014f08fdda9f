//! The power goes at every single change of the disk: what was promised before holds after.

use std::time::Duration;

use jiff::SignedDuration;
use rand::{SeedableRng, rngs::StdRng};

use super::{KeyFolder, NOON, OpenError, Plain, Purpose, Sealed, at, memory::Memory, open, personal};

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

#[test]
fn a_power_cut_at_any_change_loses_no_key_that_was_promised_and_brings_none_back() {
    let whole = Memory::default();
    let promises = live(&whole);
    assert!(
        promises.alive.len() + promises.dead.len() == 6 && promises.dead.len() >= 4,
        "the life is long enough"
    );
    let mut torn = 0;
    for cut in 0..whole.changes() {
        for seed in 0..8 {
            let disk = Memory::default();
            disk.cut_after(cut);
            let promises = live(&disk);
            let after = disk.after_power_cut(&mut StdRng::seed_from_u64(cut * 100 + seed));
            let everything: Vec<u8> = after.files().into_values().flatten().collect();
            let (folder, found) = KeyFolder::on(Box::new(after.clone())).unwrap();
            torn += found.torn;
            assert_eq!((found.foreign, found.strangers, found.heartbeat_unreadable), (0, vec![], false));
            for (record, sealed) in &promises.alive {
                assert_eq!(open(&folder, record, sealed).as_ref(), Ok(record), "cut {cut}, seed {seed}");
            }
            for (record, sealed, key) in &promises.dead {
                assert_eq!(open(&folder, record, sealed), Err(OpenError::Gone), "cut {cut}, seed {seed}");
                assert!(
                    key.is_empty() || !everything.windows(32).any(|window| window == key),
                    "cut {cut}, seed {seed}"
                );
            }
            // Keys that no row ever knew of die when they are due, like all others.
            let sweep = folder.destroy_due(at("2026-12-23T12:00:00Z"), Duration::ZERO);
            assert_eq!((sweep.left, sweep.problem), (0, None));
            assert_eq!(after.files().keys().collect::<Vec<_>>(), ["heartbeat"], "cut {cut}, seed {seed}");
        }
    }
    assert!(torn > 0, "some cut tears a slot");
}
