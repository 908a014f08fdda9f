//! How fast the engine is: 300 runs of each query shape at 10,000 and 1,000,000 centres (or the sizes named as
//! arguments), with index time, size on disk and memory. Fails above the promised p99.
//!
//! With `--only TEXT` only the shapes whose name contains it. With `--busy` each run counts the fastest of three, for machines where other work takes the processor away in between.
#![expect(clippy::print_stdout, reason = "the figures are what this program is for")]

#[expect(dead_code, reason = "what an offer truly serves only matters for relevance")]
#[path = "../synthetic/mod.rs"]
mod synthetic;

mod shapes;

use std::{
    fs,
    path::Path,
    process::ExitCode,
    time::{Duration, Instant},
};

use search_index::search::{Filters, IndexBuilder, Lexicon, Request, SearchIndex};
use shapes::Shape;
use synthetic::Directory;

const RUNS: usize = 300;

fn main() -> ExitCode {
    let sizes: Vec<usize> = std::env::args().skip(1).filter_map(|arg| arg.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![10_000, 1_000_000] } else { sizes };
    let tries = if std::env::args().any(|arg| arg == "--busy") { 3 } else { 1 };
    let only = std::env::args().skip_while(|arg| arg != "--only").nth(1);
    let mut good = true;
    for size in sizes {
        let promise = Duration::from_millis(if size <= 10_000 { 5 } else { 35 });
        let dir = tempfile::tempdir().expect("a temporary folder");
        let index = build(dir.path(), size);
        println!("{:<36} {:>9} {:>10} {:>10} {:>10}", "shape", "hits", "p50", "p95", "p99");
        for shape in shapes::all()
            .into_iter()
            .filter(|shape| only.as_ref().is_none_or(|only| shape.name.contains(only)))
        {
            let worst = run(&index, &shape, tries);
            if worst > promise {
                println!("  ABOVE THE PROMISE of {promise:?}");
                good = false;
            }
        }
        println!("memory {} MB\n", memory_mb());
    }
    if good { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn build(dir: &Path, size: usize) -> SearchIndex {
    let mut builder = IndexBuilder::create(dir, Lexicon::bundled()).expect("a new index");
    let mut indexing = Duration::ZERO;
    for made in Directory::new(2_026).take(size) {
        let start = Instant::now();
        builder.add(&made.centre).expect("room for a centre");
        indexing += start.elapsed();
    }
    let start = Instant::now();
    let index = builder.finish(1).expect("a finished index");
    let finishing = start.elapsed();
    let bytes: u64 = fs::read_dir(dir)
        .into_iter()
        .flatten()
        .flatten()
        .filter_map(|f| Some(f.metadata().ok()?.len()))
        .sum();
    println!(
        "{} centres, {} offers: indexed in {indexing:.2?} + {finishing:.2?}, {} MB on disk",
        index.len_centres(),
        index.len_offers(),
        bytes / 1_000_000
    );
    index
}

fn run(index: &SearchIndex, shape: &Shape, tries: usize) -> Duration {
    let filters = Filters::default();
    let mut times = Vec::with_capacity(RUNS);
    let mut hits = 0;
    for run in 0..RUNS + 10 {
        let (words, places) = shape.query(run);
        let mut fastest = Duration::MAX;
        for _ in 0..tries {
            let start = Instant::now();
            if shape.is_type_ahead() {
                hits = index.suggest_words(words, "de", 8).expect("suggestions").len();
            } else {
                let request = Request { words, places, filters: &filters, offset: 0, limit: 10 };
                hits = index.search(&request).expect("an answer").total;
            }
            fastest = fastest.min(start.elapsed());
        }
        // The first runs read the index from the disk.
        if run >= 10 {
            times.push(fastest);
        }
    }
    times.sort_unstable();
    let at = |percent: usize| times[(times.len() * percent / 100).min(times.len() - 1)];
    println!("{:<36} {hits:>9} {:>10.2?} {:>10.2?} {:>10.2?}", shape.name, at(50), at(95), at(99));
    at(99)
}

fn memory_mb() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kilobytes = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:")?.trim().strip_suffix(" kB")?.trim().parse::<u64>().ok());
    kilobytes.unwrap_or(0) / 1_000
}
