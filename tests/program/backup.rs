//! Backups of a running installation, bringing them back, and moving to another engine: nothing is lost, and nothing that was
//! destroyed comes back.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use jiff::SignedDuration;
use serde_json::json;
use storekit::testing::Scratch;

use super::{
    forgetting::appointment::{Receipt, book, furnished, keys},
    harness::{Installation, Server},
    privacy::{forms, holds},
};

const NAMES: [&str; 3] = ["Kim Zwickelbeichte", "Robin Quarkstollen", "Sascha Nebelhorn"];

fn booked(server: &Server, who: usize) -> Receipt {
    let key = format!("6f1c0f5e-2a43-4f0e-9a53-0d2e1f3b4c5{who}");
    let contact = json!({ "name": NAMES[who], "phone": "0761 12345" });
    let receipt = book(server, &key, &contact, "kim@example.org");
    assert_eq!(receipt.look(server).status, 200);
    receipt
}

/// A key, and the recipient it belongs to.
fn key(installation: &Installation) -> (String, String) {
    let file = installation.data().with_file_name("key").display().to_string();
    let said = installation.succeed(&["backup-key", &file]);
    let recipient = said.lines().next().unwrap().to_owned();
    assert!(recipient.starts_with("age1"), "{said}");
    (file, recipient)
}

fn backed_up(installation: &Installation, recipient: &str, name: &str) -> String {
    let file = installation.data().with_file_name(name).display().to_string();
    installation.succeed(&["--lang", "en", "backup", "--to", &file, "--recipient", recipient]);
    file
}

/// The databases are lost; the keys are not.
fn lose_databases(data: &Path) {
    for entry in fs::read_dir(data).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() && path.to_string_lossy().contains(".db") {
            fs::remove_file(path).unwrap();
        }
    }
}

fn centres(server: &Server) -> serde_json::Value {
    server.search("Schulden", "", "")["total"].clone()
}

#[test]
fn a_backup_of_a_running_server_comes_back_without_what_was_destroyed_since() {
    let installation = furnished();
    let (key, recipient) = key(&installation);
    let server = installation.serve();
    let (kim, robin) = (booked(&server, 0), booked(&server, 1));
    let (before, as_booked) = (centres(&server), kim.look(&server).json());
    let file = backed_up(&installation, &recipient, "backup.age");
    let bytes = fs::read(&file).unwrap();
    for name in NAMES {
        assert!(forms(name).iter().all(|form| !holds(&bytes, form)));
    }
    // since then somebody cancels, somebody else books, and the machine breaks
    assert!(robin.cancel(&server).status < 300);
    let sascha = booked(&server, 2);
    let refused = installation.run(&["--lang", "en", "restore", "--from", &file, "--identity", &key]);
    assert!(
        String::from_utf8_lossy(&refused.stderr).contains("already"),
        "a living database is not overwritten"
    );
    drop(server);
    lose_databases(&installation.data());

    let said = installation.succeed(&["--lang", "en", "restore", "--from", &file, "--identity", &key]);
    assert!(said.contains("taken away again: 1"), "{said}");
    let server = installation.serve();
    assert_eq!(centres(&server), before);
    assert_eq!(kim.look(&server).json(), as_booked);
    assert_ne!(robin.look(&server).status, 200, "she has cancelled");
    assert_ne!(sascha.look(&server).status, 200, "nobody has kept that");
    drop(server);

    // much later: what fell due is gone before anybody can ask
    lose_databases(&installation.data());
    installation.clock().set(kim.end + SignedDuration::from_hours(1));
    installation.succeed(&["restore", "--from", &file, "--identity", &key]);
    let server = installation.serve();
    assert_ne!(kim.look(&server).status, 200);
    assert!(keys(&installation.data()).is_empty());
}

#[test]
fn a_backup_needs_its_key_and_something_to_save_and_never_overwrites() {
    let installation = Installation::new();
    let fails = |arguments: &[&str], what: &str| {
        let output = installation.run(&[&["--lang", "en"], arguments].concat());
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && said.contains(what), "{arguments:?}: {said}");
    };
    let (own, recipient) = key(&installation);
    let nowhere = installation.data().with_file_name("backup.age").display().to_string();
    fails(&["backup", "--to", &nowhere, "--recipient", &recipient], "no database");
    installation.succeed(&["demo", "--centres", "20"]);
    drop(installation.serve());
    fails(&["backup", "--to", &nowhere, "--recipient", "age1nonsense"], "age1nonsense is no recipient");
    fails(&["backup", "--to", "/proc/none/backup.age", "--recipient", &recipient], "cannot be written");
    let file = backed_up(&installation, &recipient, "backup.age");
    fails(&["backup", "--to", &file, "--recipient", &recipient], "exists already");
    fails(&["backup-key", &own], "cannot be written");
    lose_databases(&installation.data());
    let not_a_key = installation.file("not-a-key", "hello").display().to_string();
    fails(&["restore", "--from", &file, "--identity", &not_a_key], "holds no key");
    let another = installation.data().with_file_name("another").display().to_string();
    installation.succeed(&["backup-key", &another]);
    fails(&["restore", "--from", &file, "--identity", &another], "does not open");
    fails(&["restore", "--from", &own, "--identity", &own], "the file is none");
    let half = fs::read(&file).unwrap();
    fs::write(&file, &half[..half.len() / 2]).unwrap();
    fails(&["restore", "--from", &file, "--identity", &own], "Nothing was kept");
    let left: Vec<_> =
        fs::read_dir(installation.data()).unwrap().flatten().map(|entry| entry.file_name()).collect();
    assert!(left.iter().all(|name| !name.to_string_lossy().contains(".db")), "{left:?}");
}

#[tokio::test]
async fn an_installation_moves_to_postgresql_with_its_appointments_and_their_keys() {
    let target = Scratch::postgres().await;
    let to = target.address().to_owned();
    tokio::task::spawn_blocking(move || moves(&to)).await.unwrap();
}

fn moves(to: &str) {
    let installation = furnished();
    let server = installation.serve();
    let kim = booked(&server, 0);
    let (before, as_booked) = (centres(&server), kim.look(&server).json());
    let running = installation.run(&["--lang", "en", "migrate-store", "--to", to]);
    let is_refused =
        |output: Output| String::from_utf8_lossy(&output.stderr).contains("Stop the running program");
    assert!(is_refused(running), "nobody may book meanwhile");
    let from = format!("sqlite:{}", installation.data().display());
    let elsewhere = Installation::new();
    let running = elsewhere.run(&["--lang", "en", "migrate-store", "--from", &from, "--to", to]);
    assert!(is_refused(running), "whatever --data says");
    drop(server);

    let said = installation.succeed(&["--lang", "en", "migrate-store", "--from", &from, "--to", to]);
    assert!(said.contains("booking: ") && said.contains("Moved and compared"), "{said}");
    let again = installation.run(&["--lang", "en", "migrate-store", "--to", to]);
    assert!(String::from_utf8_lossy(&again.stderr).contains("already"), "nothing is overwritten");
    lose_databases(&installation.data());

    let file = installation.file("store", &format!("{to}\n")).display().to_string();
    let server = installation.serve_with(&["--store-file", &file]);
    assert_eq!(centres(&server), before);
    assert_eq!(kim.look(&server).json(), as_booked);
    assert!(kim.cancel(&server).status < 300, "her key lies where it lay");
    assert!(!process_list().contains(to), "the address may hold a password");
}

/// What everybody on the machine can see of our server.
fn process_list() -> String {
    let listed = Command::new("ps").args(["-eo", "args"]).output().unwrap();
    String::from_utf8_lossy(&listed.stdout).lines().filter(|line| line.contains("serve --listen")).collect()
}
