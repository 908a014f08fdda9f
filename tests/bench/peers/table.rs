//! Printing the comparison.

use super::{
    measure::{Figures, Report},
    suite::Kind,
};

/// Prints the heading of the rows.
pub(crate) fn head() {
    println!(
        "\n{:<34} {:>8} {:>8} {:>8} {:>8} {:>8} {:>9} {:>6}",
        "engine", "index s", "p50 ms", "p95 ms", "p99 ms", "nDCG@10", "success@1", "zero"
    );
}

/// Prints the row of an engine, as soon as it is known.
pub(crate) fn row(report: &Report) {
    let all = &report.all;
    println!(
        "{:<34} {:>8.2} {:>8.3} {:>8.3} {:>8.3} {:>8.3} {:>9.3} {:>5.1}%",
        report.name,
        report.index_time.as_secs_f64(),
        all.percentile_ms(50),
        all.percentile_ms(95),
        all.percentile_ms(99),
        all.ndcg(),
        all.success(),
        100.0 * all.empty()
    );
}

/// Prints how the engines are set up, and one table of each figure by kind of query.
pub(crate) fn details(reports: &[Report]) {
    println!();
    let mut told = "";
    for report in reports.iter().filter(|report| std::mem::replace(&mut told, report.setup) != report.setup) {
        println!("  {}: {}", report.name.split(',').next().unwrap_or_default(), report.setup);
    }
    by_kind("nDCG@10", reports, |figures| format!("{:.3}", figures.ndcg()));
    by_kind("success@1", reports, |figures| format!("{:.3}", figures.success()));
    by_kind("zero results, %", reports, |figures| format!("{:.1}", 100.0 * figures.empty()));
    by_kind("p50 / p95 / p99, ms", reports, |figures| {
        [50, 95, 99].map(|percent| format!("{:.2}", figures.percentile_ms(percent))).join(" ")
    });
}

fn by_kind(what: &str, reports: &[Report], cell: impl Fn(&Figures) -> String) {
    let Some(first) = reports.first() else { return };
    println!("\n{what}, by kind of query");
    print!("{:<10} {:>4}", "", "n");
    for column in 0..reports.len() {
        print!(" {:>18}", format!("[{}]", column + 1));
    }
    println!();
    for kind in first.kinds.keys().copied().map(Some).chain([None]) {
        print!("{:<10}", kind.map_or("all", Kind::label));
        let figures = |report: &'_ Report| {
            kind.map_or(Some(cell(&report.all)), |kind| report.kinds.get(&kind).map(&cell))
        };
        let count =
            kind.map_or(Some(&first.all), |kind| first.kinds.get(&kind)).map_or(0.0, Figures::queries);
        print!(" {count:>4}");
        for report in reports {
            print!(" {:>18}", figures(report).unwrap_or_default());
        }
        println!();
    }
    let names: Vec<String> =
        reports.iter().enumerate().map(|(at, report)| format!("[{}] {}", at + 1, report.name)).collect();
    println!("{}", names.join("   "));
}
