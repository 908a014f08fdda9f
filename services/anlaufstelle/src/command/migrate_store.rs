//! `migrate-store`: all databases to another engine, with proof that everything arrived.

use std::{fs, process::ExitCode};

use anyhow::{Context, ensure};
use storekit::Database;

use super::backup::{tell, unopened};
use crate::{
    booking::keys,
    cli::{Arguments, MigrateStore},
    stores::{self, Packed, Place},
    words::Words,
};

/// Carries all or nothing. What it was carried from stays as it is, and so do the keys.
pub(super) async fn run(arguments: &Arguments, options: &MigrateStore) -> anyhow::Result<ExitCode> {
    let words = Words::new(arguments.lang)?;
    let to = match (&options.to, &options.to_file) {
        (Some(to), _) => to.clone(),
        (None, Some(file)) => fs::read_to_string(file)
            .with_context(|| format!("--to-file {} cannot be read", file.display()))?
            .trim()
            .to_owned(),
        (None, None) => String::new(),
    };
    let from = options.from.as_deref().map_or_else(|| stores::places(arguments), stores::places_at);
    let to = stores::places_at(&to);
    for place in &from {
        let is_there = place.is_taken().await.with_context(|| unopened(&place.service))?;
        ensure!(is_there, words.say_with("cli-backup-nothing", [("service", place.service.name)]));
    }
    for place in &to {
        let is_taken = place.is_taken().await.with_context(|| unopened(&place.service))?;
        ensure!(!is_taken, words.say_with("cli-restore-taken", [("service", place.service.name)]));
    }
    let data = options.from.as_deref().and_then(stores::folder_of).unwrap_or(&arguments.data);
    ensure!(data.is_dir(), words.say_with("cli-no-directory", [("folder", data.display().to_string())]));
    // nobody may book here while it is carried there
    let _stopped = keys(data).context(words.say("cli-migrate-stop-first"))?;
    let mut made = Vec::new();
    match carry_all(&from, &to, &mut made).await {
        Ok(carried) => tell(&carried, &words),
        Err(error) => {
            for database in made {
                database.remove().await.context("what was carried so far cannot be removed")?;
            }
            return Err(error.context(words.say("cli-restore-nothing-kept")));
        }
    }
    say!("{}", words.say("cli-migrate-done"));
    Ok(ExitCode::SUCCESS)
}

async fn carry_all(from: &[Place], to: &[Place], made: &mut Vec<Database>) -> anyhow::Result<Packed> {
    let mut carried = Packed::default();
    for (from, to) in from.iter().zip(to) {
        let source = from.open().await.with_context(|| unopened(&from.service))?;
        // another program on the same PostgreSQL is refused here
        let alone = match from.service.name == booking::store::SERVICE.name {
            true => Some(booking::store::Alone::take(&source).await?),
            false => None,
        };
        let target = to.open().await.with_context(|| unopened(&to.service))?;
        made.push(target.clone());
        carried.services.push((from.service.name, stores::carry(&source, &target).await?));
        drop(alone);
    }
    Ok(carried)
}
