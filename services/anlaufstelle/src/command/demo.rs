//! `demo`: a fictional directory to look at.

use std::process::ExitCode;

use finder::{
    demo,
    store::{ImportChange, ImportCounts, ImportRun, StoredKey, body_hash},
};
use kernel::{Clock, Ids, RandomIds, SystemClock};

use crate::{
    cli::{Arguments, Demo},
    composition::Ground,
    words::Words,
};

/// Makes the demo directory what the seed says; running it again changes nothing, and none at all takes it away.
///
/// # Errors
/// When the directory holds centres of other sources: nobody in need may find invented centres among real ones.
pub(super) async fn run(arguments: &Arguments, options: &Demo) -> anyhow::Result<ExitCode> {
    let ground = Ground::open(arguments).await?;
    let words = Words::new(arguments.lang)?;
    if options.centres > 0 {
        let sources = ground.store.sources().await?;
        if let Some(real) = sources.iter().find(|source| source.source != demo::SOURCE) {
            anyhow::bail!(words.say_with("cli-demo-among-real", [("source", real.source.as_str())]));
        }
    }
    let started_at = SystemClock.now();
    let expected_revision = ground.store.revision().await?;
    let stored = ground.store.keys_of_source(demo::SOURCE).await?;
    let known = |id: &str| {
        stored.binary_search_by(|key: &StoredKey| key.external_id.as_str().cmp(id)).ok().map(|at| &stored[at])
    };

    let mut counts = ImportCounts::default();
    let mut saved = Vec::new();
    let mut kept = std::collections::HashSet::new();
    for centre in demo::centres(options.seed, options.centres) {
        kept.insert(centre.external_id.clone());
        match known(&centre.external_id) {
            Some(key) if key.body_hash == body_hash(&centre)? => counts.unchanged += 1,
            Some(_) => {
                counts.changed += 1;
                saved.push(centre);
            }
            None => {
                counts.new += 1;
                saved.push(centre);
            }
        }
    }
    let removed: Vec<String> =
        stored.iter().filter(|key| !kept.contains(&key.external_id)).map(|key| key.id.clone()).collect();
    counts.missing = removed.len() as u64;
    counts.withdrawn = counts.missing;
    let figures = [
        ("new", counts.new),
        ("changed", counts.changed),
        ("unchanged", counts.unchanged),
        ("withdrawn", counts.withdrawn),
    ];
    if !saved.is_empty() || !removed.is_empty() {
        let run = ImportRun {
            id: RandomIds.next(&SystemClock),
            source: demo::SOURCE.to_owned(),
            profile: "demo".to_owned(),
            started_at,
            applied_at: SystemClock.now(),
            counts,
        };
        ground.store.apply_import(&ImportChange { expected_revision, run, saved, removed }).await?;
    }
    say!("{}", words.say_with("cli-demo-done", figures));
    Ok(ExitCode::SUCCESS)
}
