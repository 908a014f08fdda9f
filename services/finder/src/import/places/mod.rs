//! Tables of places an operator brings: GeoNames `DE.txt` and `zuordnung_plz_ort.csv`.
//!
//! Owns reading them; refuses to guess: a row that cannot be used is reported with its row, column, value and what to
//! do. A file of any size is read line by line with bounded memory.

mod cells;
mod geonames;
mod lines;
mod problem;
mod zuordnung;

use std::io::{BufRead, BufReader, Read};

use search_index::place::{Gazetteer, PlaceRow};
use serde::Serialize;

pub use problem::{PlaceProblem, PlacesUnreadable, RowProblem};

use lines::{Line, Lines};

/// A table may have this many rows; Germany has about 20,000.
const MOST_ROWS: usize = 1_000_000;
/// So many problems are listed one by one, the others only counted.
const LISTED_PROBLEMS: usize = 1_000;

/// The kinds of table that are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PlacesFormat {
    /// `DE.txt` of GeoNames: twelve columns separated by tabs, no headings; knows districts, not municipalities.
    Geonames,
    /// `zuordnung_plz_ort.csv`: headings `osm_id,ags,ort,plz,landkreis,bundesland`; knows municipalities, has no
    /// coordinates.
    Zuordnung,
}

/// What was read.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceTable {
    /// The kind of table.
    pub format: PlacesFormat,
    /// The usable rows, in the order of the file, without repetitions.
    pub rows: Vec<PlaceRow>,
    /// What was wrong, the first 1,000.
    pub problems: Vec<RowProblem>,
    /// How many problems there are in all.
    pub problem_count: usize,
    /// Rows left out on purpose: companies with a postcode of their own, and other countries.
    pub left_out: usize,
    /// Rows that got the bundled table's coordinates because they had none.
    pub points_added: usize,
}

/// A row of the file: something to use, something to leave out, or a problem.
enum Outcome {
    Row(PlaceRow),
    /// Usable, but something about it is not.
    Repaired(PlaceRow, RowProblem),
    LeftOut,
    Problem(RowProblem),
}

/// Reads a table of places of either kind; which one is seen from its first line. Rows without coordinates get those of
/// `known`, usually the bundled table.
///
/// # Errors
/// If the file cannot be read, is of neither kind, has more than 1,000,000 rows, or not one row of it can be used.
pub fn read(input: impl Read, known: &Gazetteer) -> Result<PlaceTable, PlacesUnreadable> {
    let mut lines = Lines::new(BufReader::new(input));
    let (format, first) = detect(&mut lines)?;
    let mut table = PlaceTable {
        format,
        rows: Vec::new(),
        problems: Vec::new(),
        problem_count: 0,
        left_out: 0,
        points_added: 0,
    };
    match format {
        PlacesFormat::Geonames => {
            table.add(geonames::row(&first, 1), known);
            table.read_rest(&mut lines, known, geonames::row)?;
        }
        PlacesFormat::Zuordnung => {
            let columns = zuordnung::Columns::of(&first).ok_or(PlacesUnreadable::UnknownFormat)?;
            table.read_rest(&mut lines, known, |text, row| columns.row(text, row))?;
        }
    }
    if table.rows.is_empty() {
        return Err(PlacesUnreadable::NothingUsable { problems: table.problems });
    }
    Ok(table)
}

fn detect<R: BufRead>(lines: &mut Lines<R>) -> Result<(PlacesFormat, String), PlacesUnreadable> {
    match lines.next_line()? {
        None => Err(PlacesUnreadable::Empty),
        Some(Line { text: Some(first), .. }) if geonames::looks_like(&first) => {
            Ok((PlacesFormat::Geonames, first))
        }
        Some(Line { text: Some(first), .. }) if zuordnung::Columns::of(&first).is_some() => {
            Ok((PlacesFormat::Zuordnung, first))
        }
        Some(_) => Err(PlacesUnreadable::UnknownFormat),
    }
}

impl PlaceTable {
    fn read_rest<R: BufRead>(
        &mut self,
        lines: &mut Lines<R>,
        known: &Gazetteer,
        row: impl Fn(&str, u64) -> Outcome,
    ) -> Result<(), PlacesUnreadable> {
        while let Some(line) = lines.next_line()? {
            let outcome = match line.text {
                Some(text) if text.trim().is_empty() => continue,
                Some(text) => row(&text, line.row),
                None => Outcome::Problem(RowProblem::new(line.row, "", "", PlaceProblem::LineTooLong)),
            };
            self.add(outcome, known);
            if self.rows.len() > MOST_ROWS {
                return Err(PlacesUnreadable::TooManyRows { most: MOST_ROWS });
            }
        }
        // The same pair often stands there several times, once for each boundary the source drew.
        let mut seen = std::collections::HashSet::new();
        self.rows.retain(|row| seen.insert((row.postcode, row.name.clone(), row.municipality, row.district)));
        Ok(())
    }

    fn add(&mut self, outcome: Outcome, known: &Gazetteer) {
        match outcome {
            Outcome::Row(row) => self.push(row, known),
            Outcome::Repaired(row, problem) => {
                self.push(row, known);
                self.report(problem);
            }
            Outcome::LeftOut => self.left_out += 1,
            Outcome::Problem(problem) => self.report(problem),
        }
    }

    fn push(&mut self, mut row: PlaceRow, known: &Gazetteer) {
        if row.point.is_none() {
            row.point = known.postcode_point(row.postcode);
            self.points_added += usize::from(row.point.is_some());
        }
        self.rows.push(row);
    }

    fn report(&mut self, problem: RowProblem) {
        self.problem_count += 1;
        if self.problems.len() < LISTED_PROBLEMS {
            self.problems.push(problem);
        }
    }
}

#[cfg(test)]
mod tests;
