//! `backup`, `backup-key`: a copy of all databases that only the holder of a key can read. The keys of the installation and of what
//! seekers say are not in it, so what is destroyed here stays destroyed.

use std::{
    fs::{self, File, OpenOptions},
    io::{BufWriter, Write},
    os::unix::fs::OpenOptionsExt,
    path::{Path, PathBuf},
    process::ExitCode,
};

use age::{secrecy::ExposeSecret, x25519::Identity};
use anyhow::{Context, ensure};

use crate::{
    cli::{Arguments, Backup, BackupKey},
    stores::{self, Packed},
    words::Words,
};

/// Writes the file whole or not at all.
pub(super) async fn run(arguments: &Arguments, options: &Backup) -> anyhow::Result<ExitCode> {
    let words = Words::new(arguments.lang)?;
    let recipients = options
        .recipient
        .iter()
        .map(|text| {
            text.trim().parse().map_err(|_| anyhow::anyhow!("{text} is no recipient: it begins with age1"))
        })
        .collect::<Result<Vec<_>, _>>()?;
    let places = stores::places(arguments);
    for place in &places {
        let is_there = place.is_taken().await.with_context(|| unopened(&place.service))?;
        ensure!(is_there, words.say_with("cli-backup-nothing", [("service", place.service.name)]));
    }
    ensure!(
        !options.to.exists(),
        words.say_with("cli-backup-exists", [("file", options.to.display().to_string())])
    );
    let unfinished = unfinished(&options.to);
    let packed = async {
        let mut file = BufWriter::new(make(&unfinished)?);
        let packed = stores::pack(&places, &recipients, &mut file).await?;
        file.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()?;
        fs::rename(&unfinished, &options.to)?;
        anyhow::Ok(packed)
    };
    let packed = match packed.await {
        Ok(packed) => packed,
        Err(error) => {
            let _half = fs::remove_file(&unfinished);
            return Err(error.context(format!("{} cannot be written", options.to.display())));
        }
    };
    tell(&packed, &words);
    say!("{}", words.say_with("cli-backup-done", [("file", options.to.display().to_string())]));
    Ok(ExitCode::SUCCESS)
}

/// Makes a key; the half that seals is printed, the half that opens stands in the file.
pub(super) fn make_key(arguments: &Arguments, options: &BackupKey) -> anyhow::Result<ExitCode> {
    let words = Words::new(arguments.lang)?;
    let key = Identity::generate();
    let written = make(&options.file).and_then(|mut file| {
        writeln!(file, "# public key: {}\n{}", key.to_public(), key.to_string().expose_secret())?;
        file.sync_all()
    });
    written.with_context(|| format!("{} cannot be written", options.file.display()))?;
    say!("{}", key.to_public());
    say!("{}", words.say_with("cli-backup-key", [("file", options.file.display().to_string())]));
    Ok(ExitCode::SUCCESS)
}

/// Says how many rows of each table there are.
pub(super) fn tell(packed: &Packed, words: &Words) {
    for (service, tables) in &packed.services {
        let rows: u64 = tables.iter().map(|table| table.rows).sum();
        let values = [
            ("service", (*service).to_owned()),
            ("tables", tables.len().to_string()),
            ("rows", rows.to_string()),
        ];
        say!("{}", words.say_with("cli-store-carried", values));
    }
}

pub(super) fn unopened(service: &storekit::Service) -> String {
    format!("the database of {} cannot be opened", service.name)
}

/// Readable for its owner only, and never over something else.
fn make(file: &Path) -> std::io::Result<File> {
    OpenOptions::new().write(true).create_new(true).mode(0o600).open(file)
}

fn unfinished(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(format!(".{}.unfinished", std::process::id()));
    name.into()
}
