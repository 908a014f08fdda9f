//! `accounts rescue`: somebody who lost everything she signs in with comes in again.
//!
//! Whoever can run this on the machine can read its key and databases anyway. What was done stands in the trail.

use std::process::ExitCode;

use crate::{
    cli::{Arguments, Rescue},
    config::Config,
    staff,
    words::Words,
};

/// Prints the link.
pub(super) async fn run(arguments: &Arguments, options: &Rescue) -> anyhow::Result<ExitCode> {
    let words = Words::new(arguments.lang)?;
    if !staff::has_accounts(arguments) {
        let folder = arguments.data.display().to_string();
        anyhow::bail!(words.say_with("cli-rescue-no-accounts", [("folder", folder)]));
    }
    let config = Config::load(arguments.config.as_deref(), &arguments.data)?;
    let accounts = staff::open_accounts(arguments, &config, options.listen).await?;
    let Some(link) = accounts.rescue(&options.mail).await? else {
        anyhow::bail!(words.say_with("cli-rescue-nobody", [("mail", options.mail.as_str())]));
    };
    say!("{}", words.say("cli-rescue-link"));
    say!("  {}", link.expose());
    say!("{}", words.say("cli-rescue-done"));
    Ok(ExitCode::SUCCESS)
}
