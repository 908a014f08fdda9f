//! How long an answer takes. Figures hold for optimised builds; the debug build only proves that nothing explodes.

use std::time::{Duration, Instant};

use super::*;

#[test]
fn answers_come_at_once() {
    let mut builds = Vec::new();
    for _ in 0..5 {
        let start = Instant::now();
        let _ = Gazetteer::from_rows(super::super::bundled::rows().collect());
        builds.push(start.elapsed());
    }
    builds.sort_unstable();
    println!("read and build the bundled table: {builds:?}");
    let gazetteer = Gazetteer::bundled();
    let samples = [
        "Bonn",
        "79100",
        "7",
        "791",
        "Neustadt",
        "Bad",
        "Frankfurt a.M.",
        "Osnabrük",
        "Freibrug",
        "Xyzzyhausen am Nirgends",
        "Bayern",
        "Kreis Emmendingen",
        "Мюнхен",
        "Hauptstraße 5 Bonn",
        "Sankt",
        "am",
        "Krankenhausweg hinter dem Bahnhof links",
    ];
    let mut slowest = Duration::ZERO;
    for text in samples {
        for (what, answer) in [("resolve", true), ("suggest", false)] {
            let mut times: Vec<Duration> = (0..40)
                .map(|_| {
                    let start = Instant::now();
                    if answer {
                        gazetteer.resolve(text);
                    } else {
                        gazetteer.suggest(text, 10);
                    }
                    start.elapsed()
                })
                .collect();
            times.sort_unstable();
            println!("{what} {text:?}: median {:?}, worst {:?}", times[20], times[39]);
            slowest = slowest.max(times[20]);
        }
    }
    let (answer, build) = if cfg!(debug_assertions) { (100, 10_000) } else { (2, 300) };
    assert!(slowest < Duration::from_millis(answer), "{slowest:?}");
    assert!(builds[0] < Duration::from_millis(build), "{builds:?}");
}
