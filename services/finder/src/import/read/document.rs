//! Records of documents, whose fields are optional.

use std::sync::Arc;

use super::record::{Header, Record};

/// A record from named values; the same name twice becomes one value with a semicolon between.
pub(super) fn record(file: &str, number: u64, fields: Vec<(String, String)>) -> Record {
    let mut names: Vec<String> = Vec::new();
    let mut values: Vec<String> = Vec::new();
    for (name, value) in fields {
        match names.iter().position(|known| known.eq_ignore_ascii_case(&name)) {
            Some(place) if values[place].is_empty() => values[place] = value,
            Some(place) => {
                values[place].push(';');
                values[place].push_str(&value);
            }
            None => {
                names.push(name);
                values.push(value);
            }
        }
    }
    Record::new(Arc::new(Header::new(file, names, true)), number, values)
}
