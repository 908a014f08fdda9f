//! `import history`: which lists were brought in, by whom, and what can be taken back.

use std::process::ExitCode;

use finder::store::{ImportRun, RunKind};
use fluent_bundle::FluentValue;
use jiff::tz::TimeZone;
use serde_json::json;

use crate::{
    cli::{Arguments, ImportHistory},
    composition::Ground,
    words::Words,
};

/// Prints the last runs, newest first.
pub(super) async fn run(arguments: &Arguments, options: &ImportHistory) -> anyhow::Result<ExitCode> {
    let ground = Ground::open_existing(arguments).await?;
    let words = Words::new(arguments.lang)?;
    let runs = ground.store.import_runs(options.limit).await?;
    if options.json {
        let runs: Vec<_> = runs.iter().map(as_json).collect();
        say!("{}", serde_json::to_string_pretty(&runs)?);
        return Ok(ExitCode::SUCCESS);
    }
    if runs.is_empty() {
        say!("{}", words.say("cli-history-empty"));
    }
    let berlin = TimeZone::get("Europe/Berlin")?;
    for run in runs {
        let at = run.applied_at.to_zoned(berlin.clone()).strftime("%Y-%m-%d %H:%M").to_string();
        let values = [
            ("at", FluentValue::from(at)),
            ("source", FluentValue::from(run.source.clone())),
            ("actor", FluentValue::from(run.actor.name.clone())),
            ("new", FluentValue::from(run.counts.new)),
            ("changed", FluentValue::from(run.counts.changed)),
            ("withdrawn", FluentValue::from(run.counts.withdrawn)),
            ("run", FluentValue::from(run.rolled_back.clone().unwrap_or_default())),
        ];
        let message = match run.kind {
            RunKind::Import => "cli-history-import",
            RunKind::RollBack => "cli-history-roll-back",
        };
        say!("{}  {}", run.id, words.say_with(message, values));
    }
    Ok(ExitCode::SUCCESS)
}

fn as_json(run: &ImportRun) -> serde_json::Value {
    let counts = &run.counts;
    json!({
        "id": run.id,
        "kind": run.kind.code(),
        "source": run.source,
        "profile": run.profile,
        "started_at": run.started_at,
        "applied_at": run.applied_at,
        "actor": run.actor,
        "agreed_by": run.agreed_by,
        "rolled_back": run.rolled_back,
        "new": counts.new,
        "changed": counts.changed,
        "unchanged": counts.unchanged,
        "missing": counts.missing,
        "withdrawn": counts.withdrawn,
        "rejected": counts.rejected,
    })
}
