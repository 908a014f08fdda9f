//! What dies when, and what is left of the folder.

use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::{
    super::{ClockState, DiskProblem, Found},
    EVENING, KeyFolder, NEXT_DAY, NOON, OpenError, Purpose, RUNNING, SealError, at, destroy,
    memory::{Memory, Syncs},
    open, seal,
};

fn on(disk: &Memory) -> (KeyFolder, Found) {
    KeyFolder::on(Box::new(disk.clone())).unwrap()
}

#[test]
fn each_key_dies_at_its_own_due_time_and_the_day_goes_with_its_last() {
    let disk = Memory::default();
    let folder = on(&disk).0;
    let early = seal(&folder, "b1", Purpose::Contact, NOON, "Ada").unwrap();
    let late = seal(&folder, "b2", Purpose::Contact, EVENING, "Eve").unwrap();
    let sweep = folder.destroy_due(at(NOON) - SignedDuration::from_micros(1), RUNNING);
    assert_eq!((sweep.destroyed, sweep.files_removed, sweep.clock), (0, 0, ClockState::Steady));
    assert_eq!(open(&folder, "b1", &early), Ok("Ada".into()));

    let sweep = folder.destroy_due(at(NOON) + SignedDuration::from_secs(40), Duration::from_secs(40));
    assert_eq!((sweep.destroyed, sweep.oldest_due_age, sweep.left), (1, SignedDuration::from_secs(40), 0));
    assert_eq!(open(&folder, "b1", &early), Err(OpenError::Gone));
    assert_eq!(open(&folder, "b2", &late), Ok("Eve".into()));

    let sweep = folder.destroy_due(at(EVENING), Duration::from_secs(6 * 3600));
    assert_eq!((sweep.destroyed, sweep.files_removed, sweep.problem), (1, 1, None));
    assert_eq!(disk.files().keys().collect::<Vec<_>>(), ["heartbeat"]);
}

#[test]
fn a_reminder_is_forgotten_apart_from_the_contact() {
    let folder = on(&Memory::default()).0;
    let contact = seal(&folder, "b1", Purpose::Contact, NEXT_DAY, "Ada").unwrap();
    let notify = seal(&folder, "b1", Purpose::Notify, EVENING, "ada@haus.example").unwrap();
    assert_eq!(folder.destroy_due(at(EVENING), RUNNING).destroyed, 1);
    let gone = folder.open("b1", Purpose::Notify, notify.place, &notify.bytes).err();
    assert_eq!(gone, Some(OpenError::Gone));
    assert_eq!(open(&folder, "b1", &contact), Ok("Ada".into()));
}

#[test]
fn a_slot_given_to_another_record_is_not_destroyed_by_a_late_repetition() {
    let folder = on(&Memory::default()).0;
    let old = seal(&folder, "b1", Purpose::Contact, EVENING, "Ada").unwrap();
    destroy(&folder, "b1", old.place);
    let new = seal(&folder, "b2", Purpose::Contact, EVENING, "Eve").unwrap();
    assert_eq!(old.place, new.place, "the slot was free again");
    destroy(&folder, "b1", old.place);
    assert_eq!(open(&folder, "b2", &new), Ok("Eve".into()));
    assert_eq!(open(&folder, "b1", &old), Err(OpenError::Gone));
}

#[test]
fn after_a_month_switched_off_everything_due_goes_with_the_first_sweep() {
    let disk = Memory::default();
    let folder = on(&disk).0;
    let mut later = Vec::new();
    for day in 0..40 {
        let due = at(NOON) + SignedDuration::from_hours(24 * day + 1);
        later.push((due, seal(&folder, "b1", Purpose::Contact, &due.to_string(), "Ada").unwrap()));
    }
    assert_eq!(folder.destroy_due(at(NOON), RUNNING).destroyed, 0);
    drop(folder);
    let (folder, found) = on(&disk);
    assert_eq!(found, Found { keys: 40, ..Found::default() });
    let now = at(NOON) + SignedDuration::from_hours(24 * 30);
    let sweep = folder.destroy_due(now, RUNNING);
    assert_eq!((sweep.destroyed, sweep.files_removed, sweep.clock), (30, 30, ClockState::Steady));
    for (due, sealed) in later {
        assert_eq!(open(&folder, "b1", &sealed).is_ok(), due > now);
    }
}

#[test]
fn a_clock_that_jumps_while_running_kills_nothing_until_confirmed() {
    let disk = Memory::default();
    let folder = on(&disk).0;
    let sealed = seal(&folder, "b1", Purpose::Contact, NEXT_DAY, "Ada").unwrap();
    let today = seal(&folder, "b2", Purpose::Contact, EVENING, "Eve").unwrap();
    assert_eq!(folder.destroy_due(at(NOON), RUNNING).destroyed, 0);
    let wall = at("2026-12-23T12:00:00Z");
    let running = Duration::from_secs(7 * 3600);
    let sweep = folder.destroy_due(wall, running);
    let believed = at(NOON) + SignedDuration::from_hours(7);
    assert_eq!(sweep.clock, ClockState::Jumped { wall, believed });
    assert_eq!(sweep.destroyed, 1, "what is due by the clock nobody can set dies all the same");
    assert_eq!(open(&folder, "b2", &today), Err(OpenError::Gone));
    assert_eq!(open(&folder, "b1", &sealed), Ok("Ada".into()));
    folder.confirm(wall, running).unwrap();
    let sweep = folder.destroy_due(wall, running);
    assert_eq!((sweep.destroyed, sweep.clock), (1, ClockState::Steady));
}

#[test]
fn a_clock_set_back_over_a_restart_brings_nothing_back() {
    let disk = Memory::default();
    let folder = on(&disk).0;
    assert_eq!(folder.destroy_due(at(EVENING), RUNNING).destroyed, 0);
    drop(folder);
    let folder = on(&disk).0;
    let back: Timestamp = at("2025-01-01T00:00:00Z");
    let sweep = folder.destroy_due(back, RUNNING);
    assert_eq!(sweep.clock, ClockState::Behind { wall: back, believed: at(EVENING) });
    assert_eq!(seal(&folder, "b1", Purpose::Contact, NOON, "Ada"), Err(SealError::AlreadyDue));
    folder.confirm(back, RUNNING).unwrap();
    assert!(seal(&folder, "b1", Purpose::Contact, NOON, "Ada").is_ok());
    assert_eq!(disk.files()["heartbeat"], format!("{back}\n").into_bytes());
}

#[test]
fn the_heartbeat_is_written_once_a_minute_at_most() {
    let disk = Memory::default();
    let folder = on(&disk).0;
    let _ = folder.destroy_due(at(NOON), RUNNING);
    let changes = disk.changes();
    let _ = folder.destroy_due(at(NOON) + SignedDuration::from_secs(59), Duration::from_secs(59));
    assert_eq!(disk.changes(), changes);
    let _ = folder.destroy_due(at(NOON) + SignedDuration::from_secs(60), Duration::from_secs(60));
    assert_ne!(disk.changes(), changes);
}

#[test]
fn a_full_disk_seals_nothing_and_still_forgets() {
    let disk = Memory::default();
    let folder = on(&disk).0;
    let kept = seal(&folder, "b1", Purpose::Contact, EVENING, "Ada").unwrap();
    disk.set_full(true);
    let full = Err(SealError::Disk(DiskProblem(std::io::ErrorKind::StorageFull)));
    assert_eq!(seal(&folder, "b2", Purpose::Contact, NEXT_DAY, "Eve"), full);
    let value = super::personal("Eve");
    let plains = [(Purpose::Contact, EVENING), (Purpose::Notify, NEXT_DAY)]
        .map(|(purpose, due)| super::Plain { purpose, due: at(due), value: &value });
    assert!(folder.seal("b3", &plains).is_err(), "one of two is none");
    assert_eq!(open(&folder, "b1", &kept), Ok("Ada".into()));
    destroy(&folder, "b1", kept.place);
    assert_eq!(open(&folder, "b1", &kept), Err(OpenError::Gone));
    // The heartbeat finds no room, the key that was left over dies all the same.
    let sweep = folder.destroy_due(at(NOON), RUNNING);
    assert_eq!(sweep.left, 0);
    let keys = disk.files();
    assert!(
        keys.iter()
            .filter(|(name, _)| name.ends_with(".keys"))
            .all(|(_, bytes)| bytes.iter().all(|byte| *byte == 0))
    );
    disk.set_full(false);
    let again = seal(&folder, "b2", Purpose::Contact, NEXT_DAY, "Eve").unwrap();
    assert_eq!(open(&folder, "b2", &again), Ok("Eve".into()));
    drop(folder);
    assert_eq!(open(&on(&disk).0, "b2", &again), Ok("Eve".into()));
}

#[test]
fn a_disk_that_does_not_sync_promises_nothing_and_is_tried_again() {
    let disk = Memory::default();
    let folder = on(&disk).0;
    let kept = seal(&folder, "b1", Purpose::Contact, EVENING, "Ada").unwrap();
    let other = seal(&folder, "b2", Purpose::Contact, EVENING, "Eve").unwrap();
    disk.set_syncs(Syncs::Fail);
    let problem = DiskProblem(std::io::ErrorKind::Other);
    assert_eq!(seal(&folder, "b3", Purpose::Contact, EVENING, "Ida"), Err(SealError::Disk(problem)));
    assert_eq!(folder.destroy("b1", &[(Purpose::Contact, kept.place)]), Err(problem));
    assert_eq!(open(&folder, "b1", &kept), Err(OpenError::Gone), "from the call on it opens nothing");
    let sweep = folder.destroy_due(at(NOON), RUNNING);
    assert_eq!((sweep.destroyed, sweep.left, sweep.problem), (0, 2, Some(problem)));
    disk.set_syncs(Syncs::Work);
    assert_eq!(folder.destroy("b1", &[(Purpose::Contact, kept.place)]), Ok(()), "it may be done twice");
    let sweep = folder.destroy_due(at(NOON), RUNNING);
    assert_eq!((sweep.destroyed, sweep.left, sweep.problem), (1, 0, None));
    let slots =
        disk.files()["2026-11-23.keys"].chunks(64).filter(|slot| slot.iter().any(|byte| *byte != 0)).count();
    assert_eq!(slots, 1, "only the key of the other record is left");
    assert_eq!(open(&folder, "b2", &other), Ok("Eve".into()));
}

#[test]
fn torn_slots_are_cleaned_and_strangers_left_alone() {
    let disk = Memory::default();
    let folder = on(&disk).0;
    let kept = seal(&folder, "b1", Purpose::Contact, EVENING, "Ada").unwrap();
    drop(folder);
    let mut bytes = disk.files()["2026-11-23.keys"].clone();
    bytes[64..100].fill(1); // torn: the version of a key, and no key
    bytes[128 + 20] = 9; // torn: no version
    bytes[192] = 77; // of a version to come
    bytes.extend([5; 30]); // torn at the end
    disk.put("2026-11-23.keys", &bytes);
    disk.put("2026-11-31.keys", b"no such day");
    disk.put("note.txt", b"left by somebody");
    disk.put("heartbeat", b"soon");
    disk.put("heartbeat.next", b"2026-");
    let (folder, found) = on(&disk);
    let strangers = vec!["2026-11-31.keys".to_owned(), "note.txt".to_owned()];
    assert_eq!(found, Found { keys: 1, torn: 3, foreign: 1, strangers, heartbeat_unreadable: true });
    let clean = disk.files()["2026-11-23.keys"].clone();
    assert!(clean[64..192].iter().chain(&clean[193..]).all(|byte| *byte == 0));
    assert_eq!(clean[192], 77);
    assert_eq!(open(&folder, "b1", &kept), Ok("Ada".into()));
    assert_eq!(
        folder.destroy_due(at(EVENING), RUNNING).files_removed,
        0,
        "what is unknown stays until the day is over"
    );
    assert_eq!(
        folder.destroy_due(at("2026-11-24T00:00:00Z"), Duration::from_secs(6 * 3600)).files_removed,
        1
    );
    let left = disk.files();
    assert_eq!(left.keys().collect::<Vec<_>>(), ["2026-11-31.keys", "heartbeat", "note.txt"]);
}
