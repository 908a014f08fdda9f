//! `check`: what is missing or contradicts itself in the directory.

use std::process::ExitCode;

use finder::{
    integrity::{self, Finding, Measure, Severity},
    live::gazetteer,
};
use jiff::tz::TimeZone;
use kernel::{Clock, SystemClock};

use super::{import_centres::topic_ids, progress::Bar};
use crate::{
    cli::{Arguments, Check},
    composition::Ground,
    words::Words,
};

/// Prints the report; the exit code is 0 for nothing or notes only, 1 for warnings, 2 for errors.
pub(super) async fn run(arguments: &Arguments, options: &Check) -> anyhow::Result<ExitCode> {
    let ground = Ground::open_existing(arguments).await?;
    let words = Words::new(arguments.lang)?;
    let places = gazetteer(ground.store.as_ref()).await?;
    let topics = topic_ids(&ground.lexicon);
    let today = SystemClock.now().to_zoned(TimeZone::get("Europe/Berlin")?).date();
    let bar = Bar::new(&words);
    let report =
        integrity::check(ground.store.as_ref(), &Measure { places: &places, topics: &topics, today }, &bar)
            .await?;
    drop(bar);
    if options.json {
        say!("{}", serde_json::to_string_pretty(&report)?);
    } else {
        say!(
            "{}",
            words.say_with("cli-check-title", [("centres", report.centres), ("offers", report.offers)])
        );
        if report.findings.is_empty() {
            say!("{}", words.say("cli-check-clean"));
        }
        report.findings.iter().for_each(|finding| show(finding, &words));
    }
    Ok(ExitCode::from(report.exit_code()))
}

fn show(finding: &Finding, words: &Words) {
    let severity = match finding.severity {
        Severity::Error => "cli-check-severity-error",
        Severity::Warning => "cli-check-severity-warning",
        Severity::Note => "cli-check-severity-note",
    };
    say!("\n{}: {}", words.say(severity), finding.message(words.lang));
    say!("  → {}", finding.kind.what_to_do(words.lang));
    for example in &finding.examples {
        let place = format!("{} {} ({})", example.source, example.external_id, example.name);
        if example.detail.is_empty() { say!("  - {place}") } else { say!("  - {place}: {}", example.detail) }
    }
}
