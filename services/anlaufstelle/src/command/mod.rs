//! The commands, one file each.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "the command line speaks to a person")]

mod demo;
mod openapi;
mod reindex;
mod serve;

use std::process::ExitCode;

use crate::cli::{Arguments, Command};

/// Runs what the command line asks for.
pub(crate) async fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    match &arguments.command {
        Command::Serve(options) => serve::run(&arguments, options).await,
        Command::Reindex => reindex::run(&arguments).await,
        Command::Demo(options) => demo::run(&arguments, options).await,
        Command::Openapi => openapi::run(),
        _ => Ok(ExitCode::FAILURE),
    }
}

/// Says what went wrong, with its causes.
pub(crate) fn complain(error: &anyhow::Error) {
    eprintln!("anlaufstelle: {error:#}");
}
