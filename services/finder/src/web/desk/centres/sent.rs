//! A form as it was sent, or as it is shown: names with texts, in order. A name can repeat.

use std::collections::BTreeMap;

use serde::Deserialize;

/// Names and texts of a form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub(super) struct Sent(Vec<(String, String)>);

impl Sent {
    /// One more text.
    pub(super) fn put(&mut self, name: &str, text: impl Into<String>) {
        self.0.push((name.to_owned(), text.into()));
    }

    /// All of these, too.
    pub(super) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// The first text of this name; empty when there is none.
    pub(super) fn one(&self, name: &str) -> &str {
        self.0.iter().find(|(found, _)| found == name).map_or("", |(_, text)| text)
    }

    /// All texts of this name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(found, _)| found == name).map(|(_, text)| text.as_str())
    }

    /// Repeated fields side by side; what one of them lacks is empty.
    pub(super) fn rows<const N: usize>(&self, names: [&str; N]) -> Vec<[String; N]> {
        let columns = names.map(|name| self.all(name).collect::<Vec<_>>());
        let longest = columns.iter().map(Vec::len).max().unwrap_or(0);
        let text = |column: &[&str], at: usize| column.get(at).copied().unwrap_or_default().trim().to_owned();
        (0..longest).map(|at| std::array::from_fn(|column| text(&columns[column], at))).collect()
    }

    /// The first text of each name, for templates.
    pub(super) fn texts(&self) -> BTreeMap<&str, &str> {
        let mut texts = BTreeMap::new();
        for (name, text) in &self.0 {
            texts.entry(name.as_str()).or_insert(text.as_str());
        }
        texts
    }
}
