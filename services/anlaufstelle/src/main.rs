//! The one program: serves the pages, and imports, exports, checks and demonstrates the directory.

mod attention;
mod booking;
mod calls;
mod chat;
mod cli;
mod command;
mod composition;
mod config;
mod internal;
mod logs;
mod nodes;
mod server_key;
mod staff;
mod stores;
mod words;

use std::process::ExitCode;

use clap::Parser;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let arguments = cli::Arguments::parse();
    if matches!(arguments.command, cli::Command::ImportReadChild) {
        // The child that reads files must start nothing else: its limits hold for the whole process.
        return finder::import::read_child_main();
    }
    logs::start(arguments.log_format);
    match arguments.read_store_file().and_then(run) {
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
