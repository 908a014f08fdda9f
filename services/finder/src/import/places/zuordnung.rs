//! `zuordnung_plz_ort.csv`: one row for each pair of municipality and postcode.

use contracts::directory::{MunicipalityKey, Postcode};
use search_index::place::PlaceRow;

use super::{
    Outcome, PlaceProblem, RowProblem,
    cells::{key, text},
};

/// Where the columns are; they are found by their headings.
pub(super) struct Columns {
    separator: char,
    ags: usize,
    ort: usize,
    plz: usize,
    landkreis: Option<usize>,
}

impl Columns {
    /// Reads the line of headings; `None` if it is not one of this table.
    pub(super) fn of(line: &str) -> Option<Self> {
        let separator =
            [',', ';', '\t'].into_iter().max_by_key(|separator| line.matches(*separator).count())?;
        let headings = split(line, separator);
        let at = |name: &str| headings.iter().position(|heading| heading.trim().eq_ignore_ascii_case(name));
        Some(Self {
            separator,
            ags: at("ags")?,
            ort: at("ort")?,
            plz: at("plz")?,
            landkreis: at("landkreis"),
        })
    }

    pub(super) fn row(&self, line: &str, row: u64) -> Outcome {
        let problem =
            |column, value: &str, problem| Outcome::Problem(RowProblem::new(row, column, value, problem));
        let cells = split(line, self.separator);
        let cell = |at: usize| cells.get(at).map(String::as_str);
        let (Some(ags), Some(ort), Some(plz)) = (cell(self.ags), cell(self.ort), cell(self.plz)) else {
            return problem("", line, PlaceProblem::TooFewColumns);
        };
        let Some(postcode) = key::<Postcode>(plz, 5, 1) else {
            return problem("plz", plz, PlaceProblem::NotAPostcode);
        };
        let Some(municipality) = key::<MunicipalityKey>(ags, 8, 1) else {
            return problem("ags", ags, PlaceProblem::NotAMunicipalityKey);
        };
        let Some(name) = text(ort) else { return problem("ort", ort, PlaceProblem::NameMissing) };
        let district = municipality.district();
        Outcome::Row(PlaceRow {
            postcode,
            name,
            municipality: Some(municipality),
            district: Some(district),
            // Empty for cities that are their own district; their name comes from the bundled table.
            district_name: self.landkreis.and_then(cell).and_then(text),
            land: Some(district.land()),
            point: None,
        })
    }
}

/// The cells of a line; a cell in quotation marks may contain the separator, and two marks mean one.
fn split(line: &str, separator: char) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut is_quoted = false;
    let mut letters = line.chars().peekable();
    while let Some(letter) = letters.next() {
        let is_start = cells.last().is_some_and(String::is_empty);
        match letter {
            '"' if is_quoted && letters.peek() == Some(&'"') => {
                letters.next();
                push(&mut cells, '"');
            }
            '"' if is_quoted || is_start => is_quoted = !is_quoted,
            letter if letter == separator && !is_quoted => cells.push(String::new()),
            letter => push(&mut cells, letter),
        }
    }
    cells
}

fn push(cells: &mut [String], letter: char) {
    if let Some(cell) = cells.last_mut() {
        cell.push(letter);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotation_marks_keep_a_cell_together() {
        assert_eq!(split(r#"1,"a, ""b""",,x"y"#, ','), ["1", "a, \"b\"", "", "x\"y"]);
        assert_eq!(split("", ','), [""]);
    }

    #[test]
    fn headings_may_stand_in_any_order_and_be_separated_in_any_way() {
        assert!(Columns::of("osm_id,ags,ort,plz,landkreis,bundesland").is_some());
        assert!(Columns::of("PLZ;Ort;AGS").is_some());
        assert!(Columns::of("\"plz\"\t\"ort\"\t\"ags\"").is_some());
        assert!(Columns::of("plz,ort").is_none());
    }
}
