//! `restore`: a backup back into databases that do not exist yet.

use std::{fs, io::BufReader, path::Path, process::ExitCode, sync::Arc};

use age::x25519::Identity;
use anyhow::{Context, ensure};
use booking::service::{Booking, Parts};
use kernel::SystemClock;

use super::backup::{tell, unopened};
use crate::{
    booking::keys,
    cli::{Arguments, Restore},
    config::Config,
    server_key,
    stores::{self, Archive},
    words::Words,
};

/// Unpacks all or nothing, then takes away what was destroyed since the backup was made.
pub(super) async fn run(arguments: &Arguments, options: &Restore) -> anyhow::Result<ExitCode> {
    let words = Words::new(arguments.lang)?;
    let config = Config::load(arguments.config.as_deref(), &arguments.data)?;
    let places = stores::places(arguments);
    for place in &places {
        let is_taken = place.is_taken().await.with_context(|| unopened(&place.service))?;
        ensure!(!is_taken, words.say_with("cli-restore-taken", [("service", place.service.name)]));
    }
    let key = identity(&options.identity)?;
    let file = fs::File::open(&options.from)
        .with_context(|| format!("{} cannot be read", options.from.display()))?;
    fs::create_dir_all(&arguments.data)
        .with_context(|| format!("the data folder {} cannot be made", arguments.data.display()))?;
    let (folder, _) = keys(&arguments.data).context(words.say("cli-restore-stop-first"))?;
    let nothing_kept = || words.say("cli-restore-nothing-kept");
    let archive = Archive::open(BufReader::new(file), &key).with_context(nothing_kept)?;
    let restored = stores::unpack(archive, &places).await.with_context(nothing_kept)?;
    tell(&restored, &words);
    // it was made from another state of the directory
    remove_index(&arguments.data.join("index"))?;
    let is_new = server_key::of(&config, &arguments.data).is_err();
    let key = server_key::of_installation(&config, &arguments.data)?;
    let store = crate::booking::open_store(arguments).await?.store;
    let clock = Arc::new(SystemClock);
    let booking = Booking::new(Parts { store, keys: Arc::new(folder), key, clock });
    let gone = booking.forget_destroyed().await.context("what was destroyed since cannot be taken away")?;
    if gone > 0 {
        say!("{}", words.say_with("cli-restore-destroyed", [("count", gone)]));
    }
    if is_new {
        say!("{}", words.say("cli-restore-no-key"));
    }
    say!("{}", words.say("cli-restore-done"));
    Ok(ExitCode::SUCCESS)
}

/// The key in a file as `backup-key` or `age-keygen` writes it.
fn identity(file: &Path) -> anyhow::Result<Identity> {
    let text = fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?;
    let line = text.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#'));
    let key = line.and_then(|line| line.parse().ok());
    key.with_context(|| format!("{} holds no key: a line must begin with AGE-SECRET-KEY-1", file.display()))
}

fn remove_index(folder: &Path) -> anyhow::Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("{} cannot be removed", folder.display()))
        }
        _ => Ok(()),
    }
}
