//! `reindex`: builds the search index anew.

use std::process::ExitCode;

use crate::{cli::Arguments, composition::Ground, words::Words};

/// Builds the index from the directory; a running server notices the new one and takes it over.
pub(super) async fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let ground = Ground::open_existing(arguments).await?;
    let live = ground.live(&arguments.data);
    let centres = live.rebuild().await?;
    say!("{}", Words::new(arguments.lang)?.say_with("cli-reindex-done", [("count", centres)]));
    Ok(ExitCode::SUCCESS)
}
