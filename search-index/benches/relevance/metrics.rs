//! How good an order is.

use std::collections::BTreeMap;

/// Figures of one query, or the means of several.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Metrics {
    /// Discounted cumulative gain of the first ten over the best possible one.
    pub(crate) ndcg: f64,
    /// 1 where the first hit has the best grade there is.
    pub(crate) success: f64,
    /// One over the position of the first relevant hit.
    pub(crate) mrr: f64,
    /// 1 where there was no hit although there should have been.
    pub(crate) zero: f64,
}

impl Metrics {
    /// The figures of one answer: grades of the hits in their order, grades of all centres.
    pub(crate) fn of(got: &[f64], all: &[f64]) -> Self {
        let mut best = all.to_vec();
        best.sort_by(|a, b| b.total_cmp(a));
        let ideal = gain(&best);
        let top = best.first().copied().unwrap_or(0.0);
        let position = got.iter().position(|&grade| grade > 0.0);
        Self {
            ndcg: if ideal > 0.0 { gain(got) / ideal } else { 1.0 },
            success: f64::from(u8::from(got.first().copied().unwrap_or(0.0) >= top)),
            mrr: position.map_or(0.0, |at| 1.0 / f64::from(u32::try_from(at + 1).unwrap_or(u32::MAX))),
            zero: f64::from(u8::from(got.is_empty() && top > 0.0)),
        }
    }
}

fn gain(grades: &[f64]) -> f64 {
    grades.iter().take(10).zip(2u32..).map(|(grade, rank)| grade / f64::from(rank).log2()).sum()
}

/// Figures by kind of query.
#[derive(Debug, Default)]
pub(crate) struct Table(BTreeMap<(String, bool), Vec<Metrics>>);

impl Table {
    /// Adds a query.
    pub(crate) fn add(&mut self, kind: &str, held_out: bool, metrics: Metrics) {
        self.0.entry((kind.to_owned(), held_out)).or_default().push(metrics);
    }

    /// The means over all queries.
    pub(crate) fn overall(&self) -> Metrics {
        mean(self.0.values().flatten())
    }

    /// Prints the table.
    pub(crate) fn print(&self) {
        println!("{:<22} {:>5} {:>8} {:>9} {:>6} {:>6}", "kind", "n", "nDCG@10", "success@1", "MRR", "zero");
        for ((kind, held_out), metrics) in &self.0 {
            let name = if *held_out { format!("{kind} (held out)") } else { kind.clone() };
            line(&name, metrics.len(), mean(metrics.iter()));
        }
        for (name, wanted) in [("tuning half", false), ("held-out half", true)] {
            let half = || self.0.iter().filter(|((_, held_out), _)| *held_out == wanted).flat_map(|(_, m)| m);
            line(name, half().count(), mean(half()));
        }
        line("all", self.0.values().map(Vec::len).sum(), self.overall());
    }
}

fn line(name: &str, count: usize, m: Metrics) {
    println!("{name:<28} {count:>5} {:>8.4} {:>9.4} {:>6.4} {:>6.4}", m.ndcg, m.success, m.mrr, m.zero);
}

fn mean<'m>(all: impl Iterator<Item = &'m Metrics>) -> Metrics {
    let (sum, count) =
        all.fold((Metrics::default(), 0.0), |(sum, count), metrics| (sum.plus(*metrics), count + 1.0));
    sum.over(count)
}

impl Metrics {
    /// The sum, figure by figure.
    pub(crate) fn plus(self, other: Self) -> Self {
        Self {
            ndcg: self.ndcg + other.ndcg,
            success: self.success + other.success,
            mrr: self.mrr + other.mrr,
            zero: self.zero + other.zero,
        }
    }

    /// The mean of a sum of this many.
    pub(crate) fn over(self, count: f64) -> Self {
        let n = count.max(1.0);
        Self { ndcg: self.ndcg / n, success: self.success / n, mrr: self.mrr / n, zero: self.zero / n }
    }
}
