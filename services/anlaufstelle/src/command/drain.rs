//! `drain`: asks a node to take no new conversations, so that it can be stopped without breaking any.

use std::process::ExitCode;

use anyhow::Context;
use kernel::SystemClock;

use crate::{
    cli::{Arguments, Drain},
    config::Config,
    nodes, server_key,
    words::Words,
};

/// Asks and says whether it was heard.
pub(super) async fn run(arguments: &Arguments, options: &Drain) -> anyhow::Result<ExitCode> {
    let words = Words::new(arguments.lang)?;
    let config = Config::load(arguments.config.as_deref(), &arguments.data)?;
    let key = server_key::of(&config, &arguments.data)?;
    let bus = nodes::bus(&config).await?.with_context(|| words.say("cli-drain-no-bus"))?;
    let node = options.node.parse().context("--node")?;
    let was_heard = chat::nodes::drain(&bus, &key, &SystemClock, &node).await;
    let said = if was_heard { "cli-drain-done" } else { "cli-drain-nobody" };
    say!("{}", words.say_with(said, [("node", node.to_string())]));
    Ok(if was_heard { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}
