//! Where the header of a table is, when lists begin with a title, a date, an address.

/// The number of the row that names the columns, from 0: the first one that fills most of the table's width with words.
pub(super) fn find_header<'a>(rows: impl Iterator<Item = &'a [String]>) -> usize {
    let filled: Vec<(usize, bool)> = rows
        .map(|cells| {
            let named = cells.iter().filter(|cell| !cell.trim().is_empty());
            let words = named.clone().all(|cell| cell.chars().any(char::is_alphabetic));
            (named.count(), words)
        })
        .collect();
    let widest = filled.iter().map(|(count, _)| *count).max().unwrap_or(0);
    let enough = |count: usize| count * 5 >= widest * 3;
    let words = filled.iter().position(|(count, words)| *words && enough(*count));
    words.or_else(|| filled.iter().position(|(count, _)| enough(*count))).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(rows: &[&[&str]]) -> usize {
        let rows: Vec<Vec<String>> =
            rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect();
        find_header(rows.iter().map(Vec::as_slice))
    }

    #[test]
    fn titles_before_the_header_are_passed_over() {
        let (header, row): (&[&str], &[&str]) =
            (&["Nr.", "Name", "PLZ", "Ort"], &["1", "Rat und Tat", "79100", "Freiburg"]);
        assert_eq!(found(&[header, row, row]), 0);
        assert_eq!(found(&[&["Beratungsstellen"], &["Stand", "2026"], header, row]), 2);
        assert_eq!(found(&[&["1", "2", "3"], &["4", "5", "6"]]), 0, "a table of numbers only");
        assert_eq!(found(&[]), 0);
    }
}
