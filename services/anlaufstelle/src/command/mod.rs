//! The commands, one file each.
#![expect(clippy::print_stderr, reason = "the command line speaks to a person")]

/// Prints a line. A reader that has gone (`| head`) ends the talking, never the work.
macro_rules! say {
    ($($text:tt)*) => { $crate::command::line(format_args!($($text)*)) };
}

mod accounts_rescue;
mod backup;
mod check;
mod clock;
mod config_check;
mod demo;
mod differences;
mod drain;
mod export;
mod import_centres;
mod import_history;
mod import_places;
mod import_roll_back;
mod migrate_store;
mod openapi;
mod progress;
mod reindex;
mod restore;
mod serve;
mod serve_chat;
mod staff_routes;

use std::{
    fmt,
    io::{self, ErrorKind, Write},
    process::ExitCode,
};

use crate::cli::{Accounts, Arguments, Command, Config, Export, Import};

/// Runs what the command line asks for.
pub(crate) async fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    match &arguments.command {
        Command::Serve(options) => serve::run(&arguments, options).await,
        Command::Import(Import::Places(options)) => import_places::run(&arguments, options).await,
        Command::Import(Import::Centres(options)) => import_centres::run(&arguments, options).await,
        Command::Import(Import::History(options)) => import_history::run(&arguments, options).await,
        Command::Import(Import::RollBack(options)) => import_roll_back::run(&arguments, options).await,
        Command::Export(Export::Centres { format, output }) => {
            export::run(&arguments, *format, output.as_deref()).await
        }
        Command::Accounts(Accounts::Rescue(options)) => accounts_rescue::run(&arguments, options).await,
        Command::Reindex => reindex::run(&arguments).await,
        Command::Check(options) => check::run(&arguments, options).await,
        Command::Demo(options) => demo::run(&arguments, options).await,
        Command::Clock(options) => clock::run(&arguments, options),
        Command::Backup(options) => backup::run(&arguments, options).await,
        Command::BackupKey(options) => backup::make_key(&arguments, options),
        Command::Restore(options) => restore::run(&arguments, options).await,
        Command::MigrateStore(options) => migrate_store::run(&arguments, options).await,
        Command::Config(Config::Check) => config_check::run(&arguments),
        Command::Drain(options) => drain::run(&arguments, options).await,
        Command::Openapi => openapi::run(),
        Command::StaffRoutes => staff_routes::run(),
        Command::ImportReadChild => Ok(ExitCode::FAILURE),
    }
}

/// One line on standard output; see `say!`.
fn line(text: fmt::Arguments<'_>) {
    if let Err(error) = writeln!(io::stdout(), "{text}")
        && error.kind() != ErrorKind::BrokenPipe
    {
        eprintln!("anlaufstelle: {error}");
    }
}

/// Says what went wrong, with its causes.
pub(crate) fn complain(error: &anyhow::Error) {
    eprintln!("anlaufstelle: {error:#}");
}
