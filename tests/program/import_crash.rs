//! A program that is killed while it applies an import leaves the directory before it or after it, never between.

use std::{
    path::Path,
    process::Stdio,
    time::{Duration, Instant},
};

use super::harness::Installation;

const CENTRES: usize = 3_000;

/// The directory as an export writes it, line by line.
fn directory(installation: &Installation) -> Vec<String> {
    let printed = installation.succeed(&["export", "centres", "--format", "csv"]);
    let mut lines: Vec<String> = printed.lines().map(str::to_owned).collect();
    lines.sort();
    lines
}

fn history(installation: &Installation) -> Vec<serde_json::Value> {
    let printed = installation.succeed(&["import", "history", "--json"]);
    serde_json::from_str(&printed).unwrap()
}

/// How many bytes the database and its log of writes have.
fn written(data: &Path) -> u64 {
    ["finder.db", "finder.db-wal"]
        .iter()
        .filter_map(|name| std::fs::metadata(data.join(name)).ok())
        .map(|file| file.len())
        .sum()
}

#[test]
fn a_kill_in_the_middle_of_an_import_leaves_before_or_after() {
    let other = Installation::new();
    other.succeed(&["demo", "--centres", &CENTRES.to_string()]);
    let first = other.succeed(&["export", "centres", "--format", "csv"]);
    // every centre changes, and the last thousand rows are not in the first list
    let second = first.replace("Beratung", "Hilfe");
    let few: String = first.lines().take(2_001).map(|line| format!("{line}\n")).collect();

    let installation = Installation::new();
    let few = installation.file("few.csv", &few);
    let all = installation.file("all.csv", &second);
    let arguments = |file: &Path| {
        let file = file.to_str().unwrap().to_owned();
        ["import", "centres", &file, "--profile", "centres", "--source", "liste", "--accept-losses"]
            .map(str::to_owned)
            .to_vec()
    };
    let import = arguments(&few);
    let import: Vec<&str> = import.iter().map(String::as_str).collect();
    installation.succeed(&import);
    let before = directory(&installation);
    let ground = written(&installation.data());

    let import = arguments(&all);
    let import: Vec<&str> = import.iter().map(String::as_str).collect();
    let mut interrupted = 0;
    // Killed as soon as it has written so many bytes: from the first of them to about the last.
    for share in 0..8u64 {
        let begun = written(&installation.data());
        let limit = begun + 1 + share * ground / 3;
        let mut child =
            installation.command(&import).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let started = Instant::now();
        while child.try_wait().unwrap().is_none() && written(&installation.data()) < limit {
            assert!(started.elapsed() < Duration::from_secs(300), "the import never ended");
            std::thread::sleep(Duration::from_millis(1));
        }
        child.kill().unwrap();
        let ended = child.wait().unwrap();
        let (now, runs) = (directory(&installation), history(&installation));
        if runs.len() == 1 {
            assert_eq!(now, before, "nothing of the import may be there");
            interrupted += usize::from(!ended.success());
        } else {
            assert_eq!(runs.len(), 2);
            assert_ne!(now, before);
            break;
        }
    }
    assert!(interrupted >= 1, "no import was killed while it wrote");
    if history(&installation).len() == 1 {
        installation.succeed(&import);
    }
    let after = directory(&installation);
    let again: serde_json::Value =
        serde_json::from_str(&installation.succeed(&[&import[..], &["--json"]].concat())).unwrap();
    assert_eq!((&again["new"], &again["changed"]), (&0.into(), &0.into()), "all of it is there: {again}");

    let run = history(&installation)[0]["id"].as_str().unwrap().to_owned();
    let preview = installation.succeed(&["import", "roll-back", &run, "--dry-run", "--json"]);
    let preview: serde_json::Value = serde_json::from_str(&preview).unwrap();
    assert_eq!(preview["kept"], serde_json::json!([]));
    assert_eq!(directory(&installation), after, "a preview changes nothing");
    installation.succeed(&["import", "roll-back", &run]);
    assert_eq!(directory(&installation), before);
    assert_eq!(history(&installation)[0]["rolled_back"], run.as_str());
    let unknown = installation.run(&["import", "roll-back", "nobody"]);
    assert!(!unknown.status.success());
}
