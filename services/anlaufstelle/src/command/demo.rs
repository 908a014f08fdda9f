//! `demo`: a fictional directory to look at.

use std::{collections::HashSet, process::ExitCode};

use contracts::{directory::Centre, staff::Actor};
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

    let mut all = Vec::new();
    let mut counts = ImportCounts::default();
    let mut saved = Vec::new();
    let mut kept = HashSet::new();
    for centre in demo::centres(options.seed, options.centres) {
        kept.insert(centre.external_id.clone());
        // An invented centre keeps id and address once it has them, whatever another seed would give it.
        let centre = match known(&centre.external_id) {
            Some(key) => Centre { id: key.id.clone(), slug: key.slug.clone(), ..centre },
            None => centre,
        };
        all.push(centre.clone());
        match known(&centre.external_id) {
            Some(key) if key.present && key.body_hash == body_hash(&centre)? => counts.unchanged += 1,
            Some(key) if key.present => {
                counts.changed += 1;
                saved.push(centre);
            }
            _ => {
                counts.new += 1;
                saved.push(centre);
            }
        }
    }
    let gone = stored.iter().filter(|key| key.present && !kept.contains(&key.external_id));
    let gone: Vec<String> = gone.map(|key| key.id.clone()).collect();
    counts.missing = gone.len() as u64;
    counts.withdrawn = counts.missing;
    let figures = [
        ("new", counts.new),
        ("changed", counts.changed),
        ("unchanged", counts.unchanged),
        ("withdrawn", counts.withdrawn),
    ];
    if !saved.is_empty() || !gone.is_empty() {
        let (id, now) = (RandomIds.next(&SystemClock), SystemClock.now());
        let run = ImportRun::new(id, demo::SOURCE.to_owned(), String::from("demo"), Actor::console(), now);
        let run = ImportRun { started_at, counts, ..run };
        // Nothing invented stays behind, except where somebody has merged it with something.
        let alone = ground.store.layers_of(&gone).await?;
        let alone: HashSet<String> = alone
            .into_iter()
            .filter(|layers| layers.others.is_empty())
            .map(|layers| layers.first.own_id)
            .collect();
        let (erased, removed) = gone.into_iter().partition(|id| alone.contains(id));
        let change = ImportChange { removed, erased, ..ImportChange::new(expected_revision, run, saved) };
        ground.store.apply_import(&change).await?;
    }
    say!("{}", words.say_with("cli-demo-done", figures));
    let bookings = crate::booking::open_store(arguments).await?;
    let today = booking::availability::local_date(SystemClock.now());
    let bookable = booking::demo::furnish(bookings.store.as_ref(), &all, today).await?;
    say!("{}", words.say_with("cli-demo-bookable", [("count", bookable as u64)]));
    Ok(ExitCode::SUCCESS)
}
