//! `import places`: another table of places.

use std::{collections::HashSet, fs::File, process::ExitCode};

use anyhow::Context;
use finder::{
    import::places::{self, PlacesFormat, PlacesUnreadable, RowProblem},
    live::gazetteer,
    store::PlacesChange,
};
use kernel::{Clock, Ids, RandomIds, SystemClock};
use search_index::place::Gazetteer;

use crate::{
    cli::{Arguments, ImportPlaces},
    composition::Ground,
    words::Words,
};

/// So many problems are shown one by one.
const SHOWN: usize = 20;
/// A table that knows so many fewer postcodes than the present one is taken for cut off.
const MOST_LOST_PERCENT: usize = 20;

/// Replaces the table of places, or with `dry_run` says what would be in it.
pub(super) async fn run(arguments: &Arguments, options: &ImportPlaces) -> anyhow::Result<ExitCode> {
    let ImportPlaces { file, notice, dry_run, accept_losses } = options;
    let notice = notice.as_str();
    let ground = Ground::open(arguments).await?;
    let words = Words::new(arguments.lang)?;
    let input = File::open(file).with_context(|| format!("{} cannot be opened", file.display()))?;
    let table = match places::read(input, &Gazetteer::bundled()) {
        Ok(table) => table,
        Err(error) => {
            if let PlacesUnreadable::NothingUsable { problems } = &error {
                list(problems, &words);
            }
            return Err(error).with_context(|| file.display().to_string());
        }
    };
    let figures = [
        ("rows", table.rows.len()),
        ("left_out", table.left_out),
        ("points", table.points_added),
        ("problems", table.problem_count),
    ];
    say!("{}", words.say_with("cli-places-read", figures));
    list(&table.problems, &words);
    let known = gazetteer(ground.store.as_ref()).await?.postcodes().count();
    let read: HashSet<_> = table.rows.iter().map(|row| row.postcode).collect();
    if !accept_losses && read.len() * 100 < known * (100 - MOST_LOST_PERCENT) {
        say!("{}", words.say_with("cli-places-refused", [("known", known), ("read", read.len())]));
        return Ok(ExitCode::FAILURE);
    }
    if *dry_run {
        say!("{}", words.say("cli-import-dry-run"));
        return Ok(ExitCode::SUCCESS);
    }
    let notice = if notice.is_empty() { usual_notice(table.format) } else { notice };
    let change = PlacesChange {
        id: RandomIds.next(&SystemClock),
        rows: table.rows,
        notice: notice.to_owned(),
        at: SystemClock.now(),
    };
    ground.store.replace_places(&change).await?;
    say!("{}", words.say("cli-places-applied"));
    Ok(ExitCode::SUCCESS)
}

/// What the licence of each table asks to be shown.
const fn usual_notice(format: PlacesFormat) -> &'static str {
    match format {
        PlacesFormat::Geonames => "© GeoNames, CC BY 4.0",
        PlacesFormat::Zuordnung => "© OpenStreetMap contributors, ODbL 1.0",
    }
}

fn list(problems: &[RowProblem], words: &Words) {
    for problem in problems.iter().take(SHOWN) {
        let (row, column) = (problem.row.to_string(), problem.column.to_owned());
        let spot = words.say_with("cli-places-row", [("row", row), ("column", column)]);
        let message = words.say(&format!("cli-places-problem-{}", problem.problem.code()));
        say!("  {spot} „{}“: {message}", problem.value);
    }
    if problems.len() > SHOWN {
        say!("  {}", words.say_with("cli-more", [("count", problems.len() - SHOWN)]));
    }
}
