//! Several threads on one folder, a second process, and processes that are killed.

use std::{
    env,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    thread,
    time::Duration,
};

use data_encoding::HEXLOWER;

use super::{
    super::FolderError, EVENING, KeyFolder, KeyPlace, NEXT_DAY, OpenError, Purpose, Sealed, destroy, open,
    seal,
};

/// The folder a child process is to work on.
const FOLDER: &str = "SEALING_TEST_FOLDER";
const CHILD: &str = "sealing::tests::processes::child";

/// Not a test of its own: what the killed processes do. Says what it has acknowledged, line by line.
#[test]
fn child() {
    let Ok(folder) = env::var(FOLDER) else { return };
    let keys = match KeyFolder::at(Path::new(&folder)) {
        Ok((keys, _)) => keys,
        Err(FolderError::InUse) => return println!("\nrefused"),
        Err(problem) => panic!("{problem}"),
    };
    println!("\nready");
    let run = std::process::id();
    for number in 0.. {
        let record = format!("{run}-{number}");
        let due = if number % 2 == 0 { EVENING } else { NEXT_DAY };
        let Sealed { place, bytes } = seal(&keys, &record, Purpose::Contact, due, &record).unwrap();
        let line = format!("{record} {} {} {}", place.day, place.slot, HEXLOWER.encode(&bytes));
        println!("sealed {line}");
        if number % 3 == 0 {
            println!("destroying {line}");
            destroy(&keys, &record, place);
            println!("destroyed {line}");
        }
    }
}

fn start(folder: &Path) -> Child {
    Command::new(env::current_exe().unwrap())
        .args(["--exact", CHILD, "--nocapture", "--test-threads=1"])
        .env(FOLDER, folder)
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap()
}

#[test]
fn a_second_process_on_the_folder_is_refused() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("keys");
    let (keys, _) = KeyFolder::at(&folder).unwrap();
    let answer = |mut child: Child| {
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let answer = lines.map(Result::unwrap).find(|line| line == "refused" || line == "ready");
        child.kill().unwrap();
        child.wait().unwrap();
        answer
    };
    assert_eq!(answer(start(&folder)).as_deref(), Some("refused"));
    assert!(matches!(KeyFolder::at(&folder), Err(FolderError::InUse)));
    drop(keys);
    assert_eq!(answer(start(&folder)).as_deref(), Some("ready"));
}

#[test]
fn killed_processes_lose_nothing_they_acknowledged() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path().join("keys");
    let mut alive: Vec<(String, Sealed)> = Vec::new();
    let mut dead: Vec<(String, Sealed)> = Vec::new();
    for kill in 0..12u64 {
        let mut child = start(&folder);
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        assert!(lines.any(|line| line.unwrap() == "ready"), "the child began");
        let mut said: Vec<_> = lines.by_ref().take(6).map(Result::unwrap).collect();
        thread::sleep(Duration::from_millis(kill));
        child.kill().unwrap();
        child.wait().unwrap();
        // The last line may be cut off: it was not acknowledged.
        said.extend(lines.map_while(Result::ok));
        for line in said {
            let words: Vec<_> = line.split(' ').collect();
            let [what, record, day, slot, bytes] = words[..] else { continue };
            let Ok(bytes) = HEXLOWER.decode(bytes.as_bytes()) else { continue };
            if bytes.len() != 1 + 256 + 16 {
                continue;
            }
            let sealed =
                Sealed { place: KeyPlace { day: day.parse().unwrap(), slot: slot.parse().unwrap() }, bytes };
            match what {
                "sealed" => alive.push((record.to_owned(), sealed)),
                "destroying" => alive.retain(|(other, _)| other != record),
                "destroyed" => dead.push((record.to_owned(), sealed)),
                _ => panic!("{line}"),
            }
        }
    }
    assert!(alive.len() > 12 && dead.len() > 6, "{} sealed, {} destroyed", alive.len(), dead.len());
    let (keys, _) = KeyFolder::at(&folder).unwrap();
    for (record, sealed) in alive {
        assert_eq!(open(&keys, &record, &sealed), Ok(record));
    }
    for (record, sealed) in dead {
        assert_eq!(open(&keys, &record, &sealed), Err(OpenError::Gone));
    }
}

#[test]
fn many_threads_seal_destroy_and_open_at_once() {
    let root = tempfile::tempdir().unwrap();
    let keys = KeyFolder::at(&root.path().join("keys")).unwrap().0;
    thread::scope(|scope| {
        for thread in 0..16 {
            let keys = &keys;
            scope.spawn(move || {
                for number in 0..12 {
                    let record = format!("{thread}-{number}");
                    let due = if thread % 2 == 0 { EVENING } else { NEXT_DAY };
                    let sealed = seal(keys, &record, Purpose::Contact, due, &record).unwrap();
                    assert_eq!(open(keys, &record, &sealed).as_ref(), Ok(&record));
                    if number % 2 == 0 {
                        destroy(keys, &record, sealed.place);
                        assert_eq!(open(keys, &record, &sealed), Err(OpenError::Gone));
                    }
                    if number == 6 {
                        let sweep = keys.destroy_due(super::at(super::NOON), super::RUNNING);
                        assert_eq!((sweep.left, sweep.problem), (0, None));
                    }
                }
            });
        }
    });
    drop(keys);
    assert_eq!(KeyFolder::at(&root.path().join("keys")).unwrap().1.keys, 16 * 6);
}
