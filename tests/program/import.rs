//! The directory changes while the finder runs.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use super::harness::Installation;

/// How long a change may take to show here. The figure that is promised, 2 s, is measured by the bench.
const PATIENCE: Duration = Duration::from_secs(30);
/// A profile as an association would write it.
const PROFILE: &str = include_str!("fixtures/verband.toml");
const FIRST: &str = include_str!("fixtures/verband.csv");

#[test]
fn an_import_shows_by_itself_and_searches_never_come_up_empty() {
    let installation = Installation::new();
    installation.succeed(&["demo", "--centres", "400"]);
    let profile = installation.file("verband.toml", PROFILE);
    let list = installation.file("verband.csv", FIRST);
    let server = installation.serve();
    let total = |words: &str| server.search(words, "", "")["total"].as_u64().unwrap();
    assert_eq!(total("Fledermausologie"), 0);

    let done = AtomicBool::new(false);
    // One of the three rows cannot be used, which is more than a fifth.
    let import = [
        "import",
        "centres",
        list.to_str().unwrap(),
        "--profile",
        profile.to_str().unwrap(),
        "--accept-losses",
        "--json",
    ];
    std::thread::scope(|scope| {
        let never_empty = scope.spawn(|| {
            let mut asked = 0;
            while !done.load(Ordering::Relaxed) {
                assert!(total("Schulden") > 0, "a moment without results");
                asked += 1;
            }
            asked
        });
        let summary = installation.succeed(&import);
        let summary: serde_json::Value = serde_json::from_str(&summary).unwrap();
        assert_eq!((&summary["new"], &summary["rejected"][0]["row"]), (&2.into(), &4.into()), "{summary}");
        server.wait_until("the import shows", PATIENCE, || total("Fledermausologie") == 1);
        done.store(true, Ordering::Relaxed);
        assert!(never_empty.join().unwrap() > 3, "searches ran meanwhile");
    });

    let again: serde_json::Value = serde_json::from_str(&installation.succeed(&import)).unwrap();
    assert_eq!(
        (&again["new"], &again["changed"], &again["unchanged"]),
        (&0.into(), &0.into(), &2.into()),
        "{again}"
    );

    let changed = installation.file("verband.csv", &FIRST.replace("Fledermausologie", "Kobraologie"));
    let dry = [
        "import",
        "centres",
        changed.to_str().unwrap(),
        "--profile",
        profile.to_str().unwrap(),
        "--accept-losses",
        "--dry-run",
        "--json",
    ];
    let dry: serde_json::Value = serde_json::from_str(&installation.succeed(&dry)).unwrap();
    assert_eq!(dry["changed"], 1, "{dry}");
    std::thread::sleep(Duration::from_millis(800));
    assert_eq!(total("Kobraologie"), 0, "a dry run changes nothing");
    installation.succeed(&import);
    server.wait_until("the change shows", PATIENCE, || total("Kobraologie") == 1);

    let swaps = || String::from_utf8_lossy(&server.logged()).matches("a new search index answers").count();
    let before = swaps();
    installation.succeed(&["reindex"]);
    server.wait_until("the new index is taken over", PATIENCE, || swaps() > before);
    server.wait_until("searches go on", PATIENCE, || total("Kobraologie") == 1);
}

#[test]
fn losing_most_of_a_list_is_refused_until_somebody_says_so() {
    let installation = Installation::new();
    let profile = installation.file("verband.toml", PROFILE);
    let list = installation.file("verband.csv", FIRST);
    let profile = profile.to_str().unwrap();
    installation.succeed(&[
        "import",
        "centres",
        list.to_str().unwrap(),
        "--profile",
        profile,
        "--accept-losses",
    ]);
    let shorter: String = FIRST.lines().take(2).map(|line| format!("{line}\n")).collect();
    let shorter = installation.file("kurz.csv", &shorter);
    let shorter = shorter.to_str().unwrap();
    let refused =
        installation.run(&["import", "centres", shorter, "--profile", profile, "--withdraw-missing"]);
    assert!(!refused.status.success(), "half of the list would be lost");
    let kept = installation.succeed(&["import", "centres", shorter, "--profile", profile, "--json"]);
    let kept: serde_json::Value = serde_json::from_str(&kept).unwrap();
    assert_eq!((&kept["missing"], &kept["withdrawn"]), (&1.into(), &0.into()), "{kept}");
    let gone = installation.succeed(&[
        "import",
        "centres",
        shorter,
        "--profile",
        profile,
        "--withdraw-missing",
        "--accept-losses",
        "--json",
    ]);
    let gone: serde_json::Value = serde_json::from_str(&gone).unwrap();
    assert_eq!(gone["withdrawn"], 1, "{gone}");
}

#[test]
fn every_export_is_read_back_as_it_was() {
    let installation = Installation::new();
    installation.succeed(&["demo", "--centres", "120"]);
    for (format, profile, name) in [("hsds-json", "hsds", "all.json"), ("csv", "centres", "all.csv")] {
        let file = installation.data().join(name);
        let file = file.to_str().unwrap();
        installation.succeed(&["export", "centres", "--format", format, "--output", file]);
        let other = Installation::new();
        let summary =
            other.succeed(&["import", "centres", file, "--profile", profile, "--source", "demo", "--json"]);
        let summary: serde_json::Value = serde_json::from_str(&summary).unwrap();
        assert_eq!(
            (&summary["new"], &summary["rejected"]),
            (&120.into(), &serde_json::json!([])),
            "{format}: {summary}"
        );
        let back = other.data().join(name);
        other.succeed(&["export", "centres", "--format", format, "--output", back.to_str().unwrap()]);
        let sorted = |path: &std::path::Path| {
            let mut lines: Vec<String> =
                std::fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect();
            lines.sort();
            lines
        };
        if format == "csv" {
            assert_eq!(sorted(&back).len(), sorted(file.as_ref()).len());
        }
    }
    let folder = installation.data().join("tables");
    installation.succeed(&[
        "export",
        "centres",
        "--format",
        "hsds-csv",
        "--output",
        folder.to_str().unwrap(),
    ]);
    assert!(folder.join("datapackage.json").exists() && folder.join("service.csv").exists());
}

#[test]
fn places_can_be_replaced_while_the_finder_runs() {
    let installation = Installation::new();
    installation.succeed(&["demo", "--centres", "40"]);
    let server = installation.serve();
    assert_eq!(server.search("", "Hobbingen", "")["place"]["kind"], "unknown");
    let table = installation.file(
        "DE.txt",
        "DE\t79100\tHobbingen\tBaden-Württemberg\tBW\tFreiburg Region\t083\tFreiburg\t08311\t47.98\t7.84\t4\n\
         DE\t79101\tMusterversand GmbH\tBaden-Württemberg\t01\t\t\t\t\t47.98\t7.84\t1\n",
    );
    let refused = installation.run(&["import", "places", table.to_str().unwrap()]);
    assert!(!refused.status.success(), "one row would replace thousands");
    let said = installation.succeed(&["import", "places", table.to_str().unwrap(), "--accept-losses"]);
    assert!(said.contains('1'), "{said}");
    server.wait_until("the new places are known", PATIENCE, || {
        server.search("", "Hobbingen", "")["place"]["kind"] == "resolved"
    });
}

#[test]
fn the_integrity_report_says_what_is_missing() {
    let installation = Installation::new();
    let profile = installation.file("verband.toml", PROFILE);
    let list = installation.file("verband.csv", FIRST);
    installation.succeed(&[
        "import",
        "centres",
        list.to_str().unwrap(),
        "--profile",
        profile.to_str().unwrap(),
        "--accept-losses",
    ]);
    let output = installation.run(&["check", "--json"]);
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert!(report.to_string().contains("no-contact"), "{report}");
}

#[test]
fn an_import_counts_what_other_lists_have_already() {
    let installation = Installation::new();
    installation.succeed(&["demo", "--centres", "20"]);
    let table = installation.file("liste.csv", "");
    installation.succeed(&["export", "centres", "--format", "csv", "--output", table.to_str().unwrap()]);
    let import = ["import", "centres", table.to_str().unwrap(), "--profile", "centres", "--source", "andere"];
    let with = |more: &[&str]| installation.succeed(&[&import, more].concat());
    let report: serde_json::Value =
        serde_json::from_str(&with(&["--dry-run", "--differences", "--json"])).unwrap();
    let pairs = report["possible_duplicates"].as_u64().unwrap();
    assert!(pairs >= 15, "the same centres under another name of the list: {report}");
    let named = &report["differences"]["duplicates"];
    assert_eq!(named.as_array().unwrap().len() as u64, pairs);
    assert_eq!(named[0]["source"], "demo");
    let said = with(&["--dry-run", "--lang", "en"]);
    assert!(said.contains("perhaps in the directory already from another list"), "{said}");
}
