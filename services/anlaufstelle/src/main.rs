//! The one program: serves the pages, and imports, exports, checks and demonstrates the directory.

mod cli;
mod command;
mod composition;
mod config;
mod logs;
mod words;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let arguments = cli::Arguments::parse();
    if matches!(arguments.command, cli::Command::ImportXlsxChild) {
        // The child that reads spreadsheets must start nothing else: its limits hold for the whole process.
        return finder::import::xlsx::xlsx_child_main();
    }
    logs::start(arguments.log_format);
    match run(arguments) {
        Ok(code) => code,
        Err(error) => {
            command::complain(&error);
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: cli::Arguments) -> anyhow::Result<ExitCode> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(command::run(arguments))
}
