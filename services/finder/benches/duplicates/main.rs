//! How well duplicates are found, and how fast.
//!
//! Prints precision and recall on both halves of the labelled pairs; `--failures` names those of the tuning half (the
//! other half stays unseen). Then the time for directories of 10,000 and 50,000 made-up centres, and the proposals among
//! the real list, where it is at hand.
#![expect(clippy::print_stdout, reason = "the figures are what this program is for")]
#![expect(clippy::expect_used, reason = "a bench without its data has nothing to say")]

mod labelled;
mod real;

use std::{collections::BTreeMap, time::Instant};

use contracts::directory::Centre;
use finder::{
    demo,
    duplicates::{Advice, Candidate, Duplicates, KeptApart},
};

fn main() {
    let failures = std::env::args().any(|argument| argument == "--failures");
    for half in ["tuning", "held-out"] {
        let pairs = labelled::read(half);
        let measured = labelled::measure(&pairs);
        println!("{half:>9}: {measured}");
        if failures && half == "tuning" {
            let centres: BTreeMap<&str, &Centre> =
                pairs.centres.iter().map(|centre| (centre.id.as_str(), centre)).collect();
            for (pair, candidate) in &measured.failures {
                let (same, kind) = &pairs.pairs[pair];
                let names = ["a", "b"].map(|side| centres[format!("{pair}{side}").as_str()].name.as_str());
                println!("  {pair} {} [{kind}] {names:?}", if *same { "MISSED" } else { "WRONG" });
                candidate.iter().for_each(show);
            }
            for candidate in &measured.unlabelled {
                println!(
                    "  UNLABELLED {} / {}",
                    centres[candidate.one.as_str()].name,
                    centres[candidate.other.as_str()].name
                );
                show(candidate);
            }
        }
    }
    real::show(std::env::args().any(|argument| argument == "--real"));
    for count in [10_000, 50_000] {
        let centres: Vec<Centre> = demo::centres(7, count).collect();
        let begun = Instant::now();
        let mut duplicates = Duplicates::default();
        centres.iter().for_each(|centre| duplicates.add(centre));
        let taken = begun.elapsed();
        let candidates = duplicates.pairs(&KeptApart::default());
        let merge = candidates.iter().filter(|candidate| candidate.advice == Advice::Merge).count();
        println!(
            "{count} centres: taken in {taken:.0?}, all {:.0?}, {} pairs, {merge} to merge",
            begun.elapsed(),
            candidates.len()
        );
    }
}

/// Prints a pair's score and what it is made of.
fn show(candidate: &Candidate) {
    let evidence: Vec<String> =
        candidate.evidence.iter().map(|seen| format!("{:?} {:+}", seen.reason, seen.points)).collect();
    println!("      {} {:?}: {}", candidate.score, candidate.advice, evidence.join(", "));
}
