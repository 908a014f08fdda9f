//! `import roll-back`: an import is taken back, as far as nobody built on it since.

use std::process::ExitCode;

use contracts::staff::Actor;
use finder::import::{
    NotRolledBack, Reversal, ReversalKind, RollBack, RollBackError, RollBackSummary, apply_roll_back,
    plan_roll_back,
};
use kernel::{RandomIds, SystemClock};
use serde_json::json;
use storekit::StoreError;

use super::{differences::show_change, progress::Bar};
use crate::{
    cli::{Arguments, ImportRollBack},
    composition::Ground,
    words::Words,
};

/// Shows the reverse difference and, unless it is a dry run, applies it.
pub(super) async fn run(arguments: &Arguments, options: &ImportRollBack) -> anyhow::Result<ExitCode> {
    let ground = Ground::open_existing(arguments).await?;
    let words = Words::new(arguments.lang)?;
    let store = ground.store.as_ref();
    let plan = plan_roll_back(store, &options.run).await.map_err(|error| in_words(error, &words))?;
    if options.json && options.dry_run {
        say!("{}", serde_json::to_string_pretty(&preview(&plan))?);
        return Ok(ExitCode::SUCCESS);
    }
    if !options.json {
        plan.reversals.iter().for_each(show);
        plan.kept.iter().for_each(|kept| show_kept(kept, &words));
    }
    if options.dry_run {
        say!("{}", words.say("cli-import-dry-run"));
        return Ok(ExitCode::SUCCESS);
    }
    let bar = Bar::new(&words);
    let summary = apply_roll_back(store, plan, Actor::console(), &bar, &RandomIds, &SystemClock).await;
    drop(bar);
    let summary = summary.map_err(|error| in_words(error, &words))?;
    if options.json {
        say!("{}", serde_json::to_string_pretty(&summary)?);
    } else {
        say!("{}", outcome(&summary, &words));
    }
    Ok(ExitCode::SUCCESS)
}

fn preview(plan: &RollBack) -> serde_json::Value {
    json!({
        "run": plan.run.id,
        "removed": plan.count(ReversalKind::Removed),
        "returned": plan.count(ReversalKind::Returned),
        "changed": plan.count(ReversalKind::Changed),
        "restored_edits": plan.restored_edits.len(),
        "regrouped": plan.regrouped.len(),
        "reversals": plan.reversals,
        "kept": plan.kept,
    })
}

fn show(reversal: &Reversal) {
    let mark = match reversal.kind {
        ReversalKind::Removed => '-',
        ReversalKind::Returned => '+',
        ReversalKind::Changed => '~',
    };
    say!("{mark} {} {}", reversal.external_id, reversal.name);
    reversal.changes.iter().for_each(show_change);
}

fn show_kept(kept: &NotRolledBack, words: &Words) {
    let why = words.say(&format!("cli-roll-back-kept-{}", kept.reason.code()));
    say!("= {} {}: {why}", kept.external_id, kept.name);
}

fn outcome(summary: &RollBackSummary, words: &Words) -> String {
    if summary.revision.is_none() {
        return words.say("cli-roll-back-nothing");
    }
    let figures = [
        ("removed", summary.removed),
        ("returned", summary.returned),
        ("changed", summary.changed),
        ("edits", summary.restored_edits),
        ("regrouped", summary.regrouped),
        ("kept", summary.kept.len() as u64),
    ];
    words.say_with("cli-roll-back-done", figures)
}

fn in_words(error: RollBackError, words: &Words) -> anyhow::Error {
    match error {
        RollBackError::UnknownRun => anyhow::anyhow!(words.say("cli-roll-back-unknown")),
        RollBackError::DetailsGone => anyhow::anyhow!(words.say("cli-roll-back-details-gone")),
        RollBackError::Store(StoreError::Conflict { .. }) => anyhow::anyhow!(words.say("cli-import-moved")),
        RollBackError::Store(error) => error.into(),
    }
}
