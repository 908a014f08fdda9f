//! `import centres`: lists from associations become centres.

use std::{collections::BTreeSet, process::ExitCode};

use anyhow::Context;
use contracts::staff::Actor;
use finder::import::{
    FileReader, ImportError, ImportOrder, InputFile, Limits, PlanOptions, Profile, Summary, Surroundings,
    apply_import, possible_duplicates, prepare_import,
};
use finder::live::gazetteer;
use fluent_bundle::FluentValue;
use kernel::{RandomIds, SystemClock};
use search_index::Lexicon;
use storekit::StoreError;

use super::{
    differences::{Differences, Report},
    progress::Bar,
};
use crate::{
    cli::{Arguments, ImportCentres},
    composition::Ground,
    words::Words,
};

/// So many findings are shown one by one; all of them are in the JSON summary.
const SHOWN: usize = 20;

/// Imports, or with `--dry-run` says what an import would do.
pub(super) async fn run(arguments: &Arguments, options: &ImportCentres) -> anyhow::Result<ExitCode> {
    let ground = Ground::open(arguments).await?;
    let words = Words::new(arguments.lang)?;
    let profile = Profile::load(&options.profile)?;
    let files = options
        .files
        .iter()
        .map(|path| InputFile::open(path).with_context(|| format!("{} cannot be opened", path.display())))
        .collect::<anyhow::Result<Vec<_>>>()?;
    let places = gazetteer(ground.store.as_ref()).await?;
    let topics = topic_ids(&ground.lexicon);
    let child = FileReader::new(std::env::current_exe()?);
    let around =
        Surroundings { places: &places, topics: &topics, child: Some(&child), limits: &Limits::default() };
    let order = ImportOrder {
        source: options.source.as_deref(),
        options: PlanOptions {
            withdraw_missing: options.withdraw_missing,
            allow_losses: options.accept_losses,
            ..PlanOptions::default()
        },
        dry_run: options.dry_run,
        ..ImportOrder::new(&profile, Actor::console())
    };
    let store = ground.store.as_ref();
    let bar = Bar::new(&words);
    let prepared = prepare_import(store, files, &order, &around, &bar, &RandomIds, &SystemClock).await;
    let prepared = prepared.map_err(|error| in_words(error, &words))?;
    let duplicates = possible_duplicates(store, &prepared).await?;
    let differences = options.differences.then(|| Differences::of(&prepared, &duplicates));
    let summary = apply_import(store, prepared, &order, &bar, &RandomIds, &SystemClock).await;
    drop(bar);
    let summary = summary.map_err(|error| in_words(error, &words))?;
    if options.json {
        let possible_duplicates = duplicates.len();
        let report = Report { summary: &summary, possible_duplicates, differences: &differences };
        say!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        if let Some(differences) = &differences {
            differences.show(&words);
        }
        show(&summary, duplicates.len(), &words);
    }
    Ok(if summary.refusals.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// What stopped the import, in the words of the person's language.
fn in_words(error: ImportError, words: &Words) -> anyhow::Error {
    match error {
        ImportError::Read(error) => {
            anyhow::anyhow!("{} {}", error.message(words.lang), error.what_to_do(words.lang))
        }
        ImportError::Store(StoreError::Conflict { .. }) => anyhow::anyhow!(words.say("cli-import-moved")),
        error => error.into(),
    }
}

/// The ids of all topics there are.
pub(super) fn topic_ids(lexicon: &Lexicon) -> BTreeSet<String> {
    lexicon.topics().iter().map(|topic| topic.id.clone()).collect()
}

fn show(summary: &Summary, possible_duplicates: usize, words: &Words) {
    say!("{}", title(summary, words));
    let figures = [
        ("cli-import-new", summary.new),
        ("cli-import-changed", summary.changed),
        ("cli-import-unchanged", summary.unchanged),
        ("cli-import-missing", summary.missing),
        ("cli-import-withdrawn", summary.withdrawn),
        ("cli-import-held", summary.held),
        ("cli-import-kept-edits", summary.kept_edits),
        ("cli-import-duplicates", possible_duplicates as u64),
        ("cli-import-rejected", summary.rejected.len() as u64),
        ("cli-import-repaired", summary.repaired.len() as u64),
    ];
    for (id, count) in figures {
        say!("  {count:>7}  {}", words.say(id));
    }
    let lang = words.lang;
    list(words, "cli-import-rejected", &summary.rejected, |error| {
        format!("{}: {} {}", error.spot.message(lang), error.message(lang), error.what_to_do(lang))
    });
    list(words, "cli-import-repaired", &summary.repaired, |note| {
        format!("{}: {}", note.spot.message(lang), note.message(lang))
    });
    say!("");
    for refusal in &summary.refusals {
        say!("{} {}", refusal.message(lang), refusal.what_to_do(lang));
    }
    say!("{}", words.say(outcome(summary)));
    if let Some(run) = &summary.run {
        say!("{}", words.say_with("cli-import-run", [("run", run.as_str())]));
    }
}

fn title(summary: &Summary, words: &Words) -> String {
    let values = [
        ("source", FluentValue::from(summary.source.as_str())),
        ("profile", FluentValue::from(summary.profile.as_str())),
        ("rows", FluentValue::from(summary.rows_read)),
    ];
    words.say_with("cli-import-title", values)
}

fn list<T>(words: &Words, heading: &str, items: &[T], line: impl Fn(&T) -> String) {
    if items.is_empty() {
        return;
    }
    say!("\n{}:", words.say(heading));
    for item in items.iter().take(SHOWN) {
        say!("  {}", line(item));
    }
    if items.len() > SHOWN {
        say!("  {}", words.say_with("cli-more", [("count", items.len() - SHOWN)]));
    }
}

const fn outcome(summary: &Summary) -> &'static str {
    match (summary.refusals.is_empty(), summary.dry_run, summary.revision) {
        (false, ..) => "cli-import-refused",
        (true, true, _) => "cli-import-dry-run",
        (true, false, Some(_)) => "cli-import-applied",
        (true, false, None) => "cli-import-nothing-to-do",
    }
}
