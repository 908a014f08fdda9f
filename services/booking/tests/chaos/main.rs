//! Processes that are killed while they book, hold, move, hand over and cancel: what they acknowledged is there, all of it,
//! and nothing else, also where the kill tore what was being written.
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
mod keys;
mod ledger;
mod mutants;
mod proof;
mod rows;
mod tear;

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

/// A process that books on a folder until it is killed.
fn start(data: &Path, run: usize) -> Child {
    set_up(Command::new(env::current_exe().unwrap()), data, run).spawn().unwrap()
}

/// The same with files that cannot grow beyond `blocks` of 512 bytes: a write beyond that fails instead of ending the
/// process, which is what a full disk looks like.
fn start_on_small_disk(data: &Path, run: usize, blocks: u32) -> Child {
    let mut shell = Command::new("sh");
    let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
    shell.args(["-c", &script]).arg(env::current_exe().unwrap());
    set_up(shell, data, run).spawn().unwrap()
}

fn set_up(mut command: Command, data: &Path, run: usize) -> Command {
    command.args(["--exact", "child::child", "--nocapture", "--test-threads=1"]);
    command.env(child::FOLDER, data).env(child::RUN, run.to_string());
    command.stdout(Stdio::piped()).stderr(Stdio::null());
    command
}

fn lines(child: &mut Child) -> std::io::Lines<BufReader<ChildStdout>> {
    BufReader::new(child.stdout.take().unwrap()).lines()
}

fn end(mut child: Child) {
    assert!(child.try_wait().unwrap().is_none(), "the process ended by itself");
    child.kill().unwrap();
    child.wait().unwrap();
}

/// Notes what a process says until something is said, and ends it.
fn note_until(mut child: Child, ledger: &mut Ledger, is_said: impl Fn(&Ledger, &str) -> bool) {
    let mut lines = lines(&mut child);
    for line in lines.by_ref().map_while(Result::ok) {
        ledger.note(&line);
        if is_said(ledger, &line) {
            break;
        }
    }
    end(child);
    // what it said meanwhile was acknowledged as well
    lines.map_while(Result::ok).for_each(|line| ledger.note(&line));
}

/// Stops the process in the middle of whatever it does and lets it go on a while later.
fn hold_up(child: &Child, dice: &mut StdRng) {
    let signal = |name: &str| {
        let sent = Command::new("sh").args(["-c", &format!("kill -{name} {}", child.id())]).status().unwrap();
        assert!(sent.success());
    };
    signal("STOP");
    thread::sleep(Duration::from_millis(dice.random_range(10..120)));
    signal("CONT");
    thread::sleep(Duration::from_millis(dice.random_range(10..60)));
}

/// One process, from its start to its end and what that tore.
fn killed_once(data: &Path, run: usize, dice: &mut StdRng, ledger: &mut Ledger) {
    let mut child = start(data, run);
    let mut lines = lines(&mut child);
    assert!(lines.any(|line| line.unwrap() == "ready ."), "the process began");
    ledger.note("ready .");
    // it has begun to do something, and is killed in the middle of whatever comes then
    ledger.note(&lines.next().unwrap().unwrap());
    thread::sleep(Duration::from_millis(dice.random_range(50..150)));
    if dice.random_bool(0.2) {
        hold_up(&child, dice);
    }
    end(child);
    // what it said before it died was acknowledged; a line that was cut off was not
    lines.map_while(Result::ok).for_each(|line| ledger.note(&line));
    tear::tear(data, dice);
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
            killed_once(data.path(), kill, &mut dice, &mut ledger);
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
    let length = |name: &str| std::fs::metadata(data.path().join(name)).map_or(0, |file| file.len());
    let file = length("booking.db").max(length("booking.db-wal"));
    let blocks = u32::try_from(file / 512).unwrap() + 200;
    let child = start_on_small_disk(data.path(), 1, blocks);
    note_until(child, &mut ledger, |ledger, _| ledger.refused() >= 5);
    assert!(ledger.refused() >= 5 && ledger.acknowledged() > 0, "{ledger:?}");
    proof::holds(data.path(), &mut ledger).await;
    // and once there is room again it goes on
    note_until(start(data.path(), 2), &mut ledger, |_, line| line.starts_with("booked "));
    proof::holds(data.path(), &mut ledger).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_process_on_the_folder_is_refused() {
    let data = tempfile::tempdir().unwrap();
    proof::move_in(data.path()).await;
    let mut first = start(data.path(), 1);
    let mut said_first = lines(&mut first);
    assert!(said_first.any(|line| line.unwrap() == "ready ."));
    let mut second = start(data.path(), 2);
    let said = lines(&mut second).map_while(Result::ok).find(|line| line == "in use ." || line == "ready .");
    assert_eq!(said.as_deref(), Some("in use ."));
    second.wait().unwrap();
    end(first);
}
