use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Command, Stdio},
    thread::sleep,
    time::Duration,
};

use super::PrivatePostgres;

#[test]
fn a_dropped_server_leaves_nothing_behind() {
    let server = PrivatePostgres::start();
    let folder = server.folder().to_owned();
    assert!(folder.join("data").exists());
    drop(server);
    assert!(!folder.exists());
}

#[test]
fn a_killed_process_leaves_nothing_behind() {
    let mut child = Command::new(std::env::current_exe().unwrap())
        .args([
            "--exact",
            "testing::tests::starts_a_server_and_waits_to_be_killed",
            "--ignored",
            "--nocapture",
        ])
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let folder = lines.map_while(Result::ok).find_map(|line| Some(line.split_once("folder: ")?.1.to_owned()));
    let folder = folder.expect("the child says where its server is");
    assert!(Path::new(&folder).join("data").exists());
    child.kill().unwrap();
    child.wait().unwrap();
    let gone = (0..300).any(|_| {
        sleep(Duration::from_millis(100));
        !Path::new(&folder).exists()
    });
    assert!(gone, "{folder} is still there 30 s after its process was killed");
}

#[test]
#[ignore = "the child of the test above, of no use alone"]
fn starts_a_server_and_waits_to_be_killed() {
    let server = PrivatePostgres::start();
    println!("folder: {}", server.folder().display());
    sleep(Duration::from_secs(30));
}
