//! A row with named fields, whatever kind of file it came from.

use std::{collections::HashMap, sync::Arc};

use crate::import::finding::{Spot, is_invisible};

/// The columns of a file.
#[derive(Debug)]
pub(crate) struct Header {
    /// Name of the file.
    pub(crate) file: String,
    names: Vec<String>,
    places: HashMap<String, usize>,
    /// Whether a missing column means an empty value: so in documents, where fields are optional.
    pub(crate) open: bool,
}

impl Header {
    /// Columns in order. A name that comes again gets a number, "Telefon (2)", so that both can be reached.
    pub(crate) fn new(file: &str, names: impl IntoIterator<Item = String>, open: bool) -> Self {
        let mut header = Self { file: file.to_owned(), names: Vec::new(), places: HashMap::new(), open };
        for name in names {
            let plain: String = name.chars().filter(|letter| !is_invisible(*letter)).collect();
            let mut unique = plain.trim().to_owned();
            let mut again = 1;
            while header.places.contains_key(&key(&unique)) {
                again += 1;
                unique = format!("{} ({again})", plain.trim());
            }
            header.places.insert(key(&unique), header.names.len());
            header.names.push(unique);
        }
        header
    }

    /// The names in order.
    pub(crate) fn names(&self) -> &[String] {
        &self.names
    }

    /// Whether there is a column of this name; upper and lower case are the same.
    pub(crate) fn has(&self, column: &str) -> bool {
        self.places.contains_key(&key(column))
    }

    fn place(&self, column: &str) -> Option<usize> {
        self.places.get(column).or_else(|| self.places.get(&key(column))).copied()
    }
}

fn key(name: &str) -> String {
    name.trim().to_lowercase()
}

/// A row.
#[derive(Debug, Clone)]
pub(crate) struct Record {
    pub(crate) header: Arc<Header>,
    /// Where it stands, counted from 1.
    pub(crate) row: u64,
    values: Vec<String>,
    /// Rows of joined files, by the name of the join.
    pub(crate) joined: Vec<(Arc<str>, Record)>,
}

impl Record {
    pub(crate) fn new(header: Arc<Header>, row: u64, values: Vec<String>) -> Self {
        Self { header, row, values, joined: Vec::new() }
    }

    /// Names and values in order.
    pub(crate) fn into_fields(self) -> Vec<(String, String)> {
        self.header.names.iter().cloned().zip(self.values).collect()
    }

    /// The value of a column without spaces around it; empty when there is none.
    pub(crate) fn get(&self, column: &str) -> &str {
        let value = self.header.place(column).and_then(|place| self.values.get(place));
        value.map_or("", |value| value.trim())
    }

    /// The value of a column, or of a joined file's column `join.column` with all its values in one list.
    pub(crate) fn text(&self, column: &str) -> String {
        if let Some(place) = self.header.place(column) {
            return self.values.get(place).map_or_else(String::new, |value| value.trim().to_owned());
        }
        match column.split_once('.') {
            Some((join, inner)) => {
                let rows =
                    self.joined(join).map(|record| record.get(inner)).filter(|value| !value.is_empty());
                rows.collect::<Vec<_>>().join(";")
            }
            None => String::new(),
        }
    }

    /// The rows of a joined file.
    pub(crate) fn joined(&self, join: &str) -> impl Iterator<Item = &Record> {
        self.joined.iter().filter(move |(name, _)| **name == *join).map(|(_, record)| record)
    }

    /// Where a column's value stands.
    pub(crate) fn spot(&self, column: &str, value: &str) -> Spot {
        Spot::new(&self.header.file, self.row, column, value)
    }
}
