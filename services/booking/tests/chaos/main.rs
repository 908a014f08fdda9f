//! Processes that are killed while they book, move and cancel: what they acknowledged is there, all of it, and nothing else.
//!
//! A few rounds run with the tests; `make chaos` kills a thousand times (`N` says how often).
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a test stops where something is wrong, and its processes say what they do"
)]

mod child;
#[path = "../house/mod.rs"]
mod house;
mod ledger;
mod proof;

use std::{
    env,
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
    thread,
    time::Duration,
};

use rand::{RngExt, SeedableRng, rngs::StdRng};

use ledger::Ledger;

/// So many kills hit one folder before a fresh one is taken.
const A_FOLDER: usize = 100;

fn kills() -> usize {
    env::var("CHAOS_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(40)
}

/// A process that books on a folder until it is killed; `limit` keeps its files from growing (in blocks of 512 bytes).
fn start(data: &Path, run: usize, limit: Option<u32>) -> Child {
    let program = env::current_exe().unwrap();
    let mut command = match limit {
        None => Command::new(program),
        Some(blocks) => {
            let mut shell = Command::new("sh");
            // a write beyond the limit fails instead of ending the process: what a full disk looks like
            let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
            shell.args(["-c", &script]).arg(program);
            shell
        }
    };
    command.args(["--exact", "child::child", "--nocapture", "--test-threads=1"]);
    command.env(child::FOLDER, data).env(child::RUN, run.to_string());
    command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
}

fn lines(child: &mut Child) -> std::io::Lines<BufReader<ChildStdout>> {
    BufReader::new(child.stdout.take().unwrap()).lines()
}

fn end(mut child: Child) {
    child.kill().unwrap();
    child.wait().unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_processes_lose_nothing_they_acknowledged() {
    let mut dice = StdRng::seed_from_u64(1);
    let (mut acknowledged, mut left) = (0, kills());
    while left > 0 {
        let data = tempfile::tempdir().unwrap();
        proof::move_in(data.path()).await;
        let mut ledger = Ledger::default();
        for kill in 0..left.min(A_FOLDER) {
            let mut child = start(data.path(), kill, None);
            let mut lines = lines(&mut child);
            assert!(lines.any(|line| line.unwrap() == "ready"), "the process began");
            // it has begun to do something, and is killed in the middle of whatever comes then
            ledger.note(&lines.next().unwrap().unwrap());
            thread::sleep(Duration::from_millis(dice.random_range(50..150)));
            end(child);
            // what it said before it died was acknowledged; a line that was cut off was not
            lines.map_while(Result::ok).for_each(|line| ledger.note(&line));
            if kill % 25 == 24 {
                proof::holds(data.path(), &mut ledger).await;
            }
        }
        proof::holds(data.path(), &mut ledger).await;
        proof::everything_goes(data.path()).await;
        acknowledged += ledger.acknowledged();
        left -= left.min(A_FOLDER);
    }
    assert!(acknowledged >= kills(), "{acknowledged} acknowledged in {} kills", kills());
    println!("{} kills, {acknowledged} acknowledged, none lost", kills());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_disk_refuses_and_loses_nothing() {
    let data = tempfile::tempdir().unwrap();
    proof::move_in(data.path()).await;
    let mut ledger = Ledger::default();
    // room for some bookings and not for many
    let file = std::fs::metadata(data.path().join("booking.db")).unwrap().len();
    let blocks = u32::try_from(file / 512).unwrap() + 200;
    let mut child = start(data.path(), 1, Some(blocks));
    for line in lines(&mut child).map_while(Result::ok) {
        ledger.note(&line);
        if ledger.refused() >= 5 {
            break;
        }
    }
    end(child);
    assert!(ledger.refused() >= 5 && ledger.acknowledged() > 0, "{ledger:?}");
    proof::holds(data.path(), &mut ledger).await;
    // and once there is room again it goes on
    let mut child = start(data.path(), 2, None);
    let mut lines = lines(&mut child);
    assert!(lines.by_ref().map_while(Result::ok).any(|line| line.starts_with("booked ")));
    end(child);
    proof::holds_loosely(data.path()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_process_on_the_folder_is_refused() {
    let data = tempfile::tempdir().unwrap();
    proof::move_in(data.path()).await;
    let mut first = start(data.path(), 1, None);
    assert!(lines(&mut first).any(|line| line.unwrap() == "ready"));
    let mut second = start(data.path(), 2, None);
    let said = lines(&mut second).map_while(Result::ok).find(|line| line == "in use" || line == "ready");
    assert_eq!(said.as_deref(), Some("in use"));
    second.wait().unwrap();
    end(first);
}
