//! What was found while reading, collected.

use std::collections::{BTreeSet, HashSet};

use crate::import::{
    finding::{RowError, RowNote, Spot},
    problem::{Problem, Repair},
};

/// Everything found while reading.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    /// Rows looked at, of all files.
    pub(crate) rows: u64,
    pub(crate) rejected: Vec<RowError>,
    pub(crate) repaired: Vec<RowNote>,
    /// External ids of rejected records.
    pub(crate) rejected_ids: BTreeSet<String>,
}

impl Findings {
    pub(crate) fn reject(&mut self, spot: Spot, problem: Problem) {
        self.rejected.push(RowError { spot, problem });
    }

    /// Adds what was found elsewhere.
    pub(crate) fn append(&mut self, more: Self) {
        self.rows += more.rows;
        self.rejected.extend(more.rejected);
        self.repaired.extend(more.repaired);
        self.rejected_ids.extend(more.rejected_ids);
    }

    pub(crate) fn note(&mut self, spot: Spot, repair: Repair) {
        self.repaired.push(RowNote { spot, repair });
    }
}

/// How many different rows the errors speak of, those left out on purpose aside.
pub(crate) fn lost_rows(rejected: &[RowError]) -> u64 {
    let lost = rejected.iter().filter(|error| !error.problem.is_intended());
    lost.map(|error| (error.spot.file.as_str(), error.spot.row)).collect::<HashSet<_>>().len() as u64
}
