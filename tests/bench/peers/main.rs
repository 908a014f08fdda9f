//! Our search engine side by side with others, on the same centres and the same queries in one run.
//!
//! `cargo bench --package workspace-tests --bench peers`. What is compared, under which conditions and what the figures do
//! not say stands in `docs/benchmarks.md`. A peer that is not installed is skipped with one line.
#![expect(clippy::print_stdout, reason = "a bench prints its figures")]

mod document;
mod expansion;
mod measure;
mod ours;
mod peer;
mod postgres;
mod sql;
mod sqlite;
mod suite;
mod table;
mod text;
mod xapian;

use std::time::Duration;

use search_index::{place::Gazetteer, search::Lexicon};

use self::{
    document::documents,
    expansion::Expansion,
    measure::{Report, measure},
    ours::Ours,
    peer::{Application, Peer},
    postgres::Postgres,
    sqlite::Sqlite,
    suite::Judged,
    xapian::Xapian,
};

/// What goes wrong ends the bench with its message.
type Outcome<T> = Result<T, Box<dyn std::error::Error>>;

/// How many centres the directory has.
const CENTRES: usize = 10_000;
/// How often the empty request is timed.
const EMPTY_REQUESTS: usize = 200;

/// Anything that answers judged queries.
trait Engine {
    /// Its name as the table shows it.
    fn name(&self) -> String;

    /// How it is set up, in a phrase.
    fn setup(&self) -> &'static str;

    /// How long it took to index the directory.
    fn index_time(&self) -> Duration;

    /// External ids of the ten best centres, with the time the answer took.
    fn answer(&mut self, query: &Judged) -> Outcome<(Vec<String>, Duration)>;
}

fn main() -> Outcome<()> {
    let gazetteer = Gazetteer::bundled();
    let directory = suite::directory(&gazetteer, CENTRES);
    let queries = suite::queries(&gazetteer, &directory);
    let documents = documents(&directory.centres, &gazetteer, &Lexicon::bundled());
    let expansion = Expansion::read(&document::vocabulary(&documents))?;
    introduce(documents.len(), queries.len());

    table::head();
    let mut reports = Vec::new();
    keep(measure(&mut Ours::index(&directory.centres)?, &queries)?, &mut reports);
    compare(&mut Sqlite::index(&documents)?, &expansion, &queries, &mut reports)?;
    if Postgres::is_installed() {
        compare(&mut Postgres::index(&documents)?, &expansion, &queries, &mut reports)?;
    } else {
        println!("SKIPPED PostgreSQL: install postgresql (apt-get install postgresql)");
    }
    match Xapian::index(&documents)? {
        Some(mut xapian) => compare(&mut xapian, &expansion, &queries, &mut reports)?,
        None => println!("SKIPPED Xapian: install its Python binding (apt-get install python3-xapian)"),
    }
    table::details(&reports);
    Ok(())
}

fn introduce(offers: usize, queries: usize) {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    println!(
        "{CENTRES} invented centres with {offers} offers, {queries} judged queries, {cores} cores, one thread asks, all data warm."
    );
    println!(
        "Places are resolved once by our gazetteer; every engine gets them ready made: points, postcodes and keys of areas."
    );
    println!(
        "Peers get folded words without stop words, areas with postcodes written out, topic labels as keywords."
    );
    println!(
        "\"alone\" knows only what was typed; \"our synonyms\" adds our concepts, made into words of the directory, at query time."
    );
}

/// A peer twice: without and with our synonyms.
fn compare(
    peer: &mut dyn Peer,
    expansion: &Expansion,
    queries: &[Judged],
    reports: &mut Vec<Report>,
) -> Outcome<()> {
    for expansion in [None, Some(expansion)] {
        keep(measure(&mut Application { peer, expansion }, queries)?, reports);
    }
    let mut empty = (0..EMPTY_REQUESTS).map(|_| peer.round_trip()).collect::<Outcome<Vec<_>>>()?;
    empty.sort_unstable();
    match empty[EMPTY_REQUESTS / 2] {
        Some(time) => println!(
            "  of each answer {:.3} ms are spent on the way there and back",
            time.as_secs_f64() * 1000.0
        ),
        None => println!("  timed inside its own process"),
    }
    Ok(())
}

fn keep(report: Report, reports: &mut Vec<Report>) {
    table::row(&report);
    reports.push(report);
}
