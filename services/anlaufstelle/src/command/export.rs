//! `export centres`: the directory as files.

use std::{
    fs::File,
    io::{self, BufWriter, Write},
    path::Path,
    process::ExitCode,
};

use anyhow::Context;
use finder::export::{ExportOptions, Exporter, FlatCsv, HsdsCsv, HsdsJson, export_centres};

use super::progress::Bar;
use crate::{
    cli::{Arguments, ExportFormat},
    composition::Ground,
    words::Words,
};

/// Writes all centres to `output` or standard output.
pub(super) async fn run(
    arguments: &Arguments,
    format: ExportFormat,
    output: Option<&Path>,
) -> anyhow::Result<ExitCode> {
    let ground = Ground::open_existing(arguments).await?;
    let words = Words::new(arguments.lang)?;
    // Written beside the target and renamed at the end: a former export is not lost when this one fails.
    let replaced = output.filter(|path| format != ExportFormat::HsdsCsv && may_be_replaced(path));
    let beside = replaced.map(|path| path.with_added_extension("part"));
    let mut exporter = exporter(format, beside.as_deref().or(output))?;
    let bar = Bar::new(&words);
    let count =
        export_centres(ground.store.as_ref(), &ExportOptions::default(), exporter.as_mut(), &bar).await?;
    drop((bar, exporter));
    if let (Some(beside), Some(replaced)) = (beside, replaced) {
        std::fs::rename(&beside, replaced)
            .with_context(|| format!("{} cannot be written", replaced.display()))?;
    }
    if output.is_some() {
        say!("{}", words.say_with("cli-export-done", [("count", count)]));
    }
    Ok(ExitCode::SUCCESS)
}

/// Whether the target is an ordinary file or none yet. A device or a link ("/dev/null", "/dev/stdout") is written to, never
/// replaced.
fn may_be_replaced(target: &Path) -> bool {
    std::fs::symlink_metadata(target).map_or(true, |target| target.is_file())
}

fn exporter(format: ExportFormat, output: Option<&Path>) -> anyhow::Result<Box<dyn Exporter + Send>> {
    if format == ExportFormat::HsdsCsv {
        let folder = output.context("hsds-csv writes several files: name a new folder with --output")?;
        std::fs::create_dir(folder)
            .with_context(|| format!("the folder {} cannot be made", folder.display()))?;
        return Ok(Box::new(HsdsCsv::new(&mut folder.to_path_buf())?));
    }
    let sink: Box<dyn Write + Send> = match output {
        Some(path) => Box::new(BufWriter::new(
            File::create(path).with_context(|| format!("{} cannot be written", path.display()))?,
        )),
        None => Box::new(BufWriter::new(io::stdout())),
    };
    Ok(match format {
        ExportFormat::HsdsJson => Box::new(HsdsJson::new(sink)),
        ExportFormat::Csv | ExportFormat::HsdsCsv => Box::new(FlatCsv::new(sink)?),
    })
}
