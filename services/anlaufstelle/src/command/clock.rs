//! `clock`: which time the deletion of appointments goes by, and the word of an administrator that the clock is right.
//!
//! The program does not believe a clock that leaps further than a machine is ever switched off, and never one that runs
//! backwards: it would destroy too early, or too late. Whoever has set the clock right says so here.

use std::{process::ExitCode, time::Duration};

use anyhow::Context;
use jiff::Timestamp;
use kernel::{Clock as _, SystemClock};

use crate::{
    booking::keys,
    cli::{Arguments, Clock},
    words::Words,
};

/// Shows both times; with `--confirm` the machine's is believed.
pub(super) fn run(arguments: &Arguments, options: &Clock) -> anyhow::Result<ExitCode> {
    let words = Words::new(arguments.lang)?;
    if !arguments.data.is_dir() {
        let folder = arguments.data.display().to_string();
        anyhow::bail!(words.say_with("cli-no-directory", [("folder", folder)]));
    }
    let (keys, _) = keys(&arguments.data).context(words.say("cli-clock-stop-first"))?;
    let now = SystemClock.now();
    let time = |at: Timestamp| at.strftime("%Y-%m-%d %H:%M:%S UTC").to_string();
    say!("{}", words.say_with("cli-clock-machine", [("time", time(now))]));
    match keys.believed() {
        Some(believed) => say!("{}", words.say_with("cli-clock-believed", [("time", time(believed))])),
        None => say!("{}", words.say("cli-clock-nothing-believed")),
    }
    say!("{}", words.say_with("cli-clock-due", [("count", keys.due_by(now))]));
    if options.confirm {
        keys.confirm(now, Duration::ZERO).context(words.say("cli-clock-not-confirmed"))?;
        say!("{}", words.say("cli-clock-confirmed"));
    }
    Ok(ExitCode::SUCCESS)
}
