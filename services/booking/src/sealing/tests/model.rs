//! Every order of operations against a model: alive records open, dead ones never again.

use std::time::Duration;

use jiff::SignedDuration;
use proptest::{
    prelude::{ProptestConfig, Strategy, prop_oneof, proptest},
    prop_assert_eq,
};

use super::{KeyFolder, NOON, OpenError, Purpose, at, destroy, memory::Memory, open, seal};

#[derive(Debug, Clone)]
enum Step {
    Seal { hours: i64 },
    Move { which: usize, hours: i64 },
    Cancel { which: usize },
    Pass { hours: i64 },
    Restart,
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        4 => (1i64..60).prop_map(|hours| Step::Seal { hours }),
        2 => (0usize..99, 1i64..60).prop_map(|(which, hours)| Step::Move { which, hours }),
        2 => (0usize..99).prop_map(|which| Step::Cancel { which }),
        2 => (0i64..20).prop_map(|hours| Step::Pass { hours }),
        1 => proptest::strategy::Just(Step::Restart),
    ]
}

struct Kept {
    record: String,
    sealed: super::Sealed,
    due: jiff::Timestamp,
    cancelled: bool,
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]
    #[test]
    fn alive_records_open_and_dead_ones_never_again(steps in proptest::collection::vec(step(), 1..60)) {
        let disk = Memory::default();
        let mut folder = KeyFolder::on(Box::new(disk.clone())).unwrap().0;
        let mut now = at(NOON);
        let mut kept: Vec<Kept> = Vec::new();
        let mut count = 0;
        for step in steps {
            let mut add = |folder: &KeyFolder, now: jiff::Timestamp, hours: i64| {
                count += 1;
                let record = format!("b{count}");
                let due = now + SignedDuration::from_hours(hours);
                let sealed = seal(folder, &record, Purpose::Contact, &due.to_string(), &record).unwrap();
                Kept { record, sealed, due, cancelled: false }
            };
            match step {
                Step::Seal { hours } => kept.push(add(&folder, now, hours)),
                Step::Move { which, hours } if !kept.is_empty() => {
                    let which = which % kept.len();
                    let moved = add(&folder, now, hours);
                    destroy(&folder, &kept[which].record, kept[which].sealed.place);
                    kept[which].cancelled = true;
                    kept.push(moved);
                }
                Step::Cancel { which } if !kept.is_empty() => {
                    let which = which % kept.len();
                    destroy(&folder, &kept[which].record, kept[which].sealed.place);
                    kept[which].cancelled = true;
                }
                Step::Move { .. } | Step::Cancel { .. } => {}
                Step::Pass { hours } => {
                    now += SignedDuration::from_hours(hours);
                    let running = Duration::try_from(now.duration_since(at(NOON))).unwrap();
                    let sweep = folder.destroy_due(now, running);
                    prop_assert_eq!((sweep.left, sweep.problem), (0, None));
                }
                Step::Restart => {
                    drop(folder);
                    folder = KeyFolder::on(Box::new(disk.clone())).unwrap().0;
                    let running = Duration::try_from(now.duration_since(at(NOON))).unwrap();
                    let _ = folder.destroy_due(now, running);
                }
            }
            for one in &kept {
                let expected = if one.cancelled || one.due <= now { Err(OpenError::Gone) } else { Ok(one.record.clone()) };
                prop_assert_eq!(open(&folder, &one.record, &one.sealed), expected);
            }
            let alive = kept.iter().filter(|one| !one.cancelled && one.due > now).count();
            let on_disk: usize = disk
                .files()
                .iter()
                .filter(|(name, _)| name.ends_with(".keys"))
                .map(|(_, bytes)| bytes.chunks(64).filter(|slot| slot.iter().any(|byte| *byte != 0)).count())
                .sum();
            prop_assert_eq!(on_disk, alive, "the disk holds the keys of the living and nothing else");
        }
    }
}
