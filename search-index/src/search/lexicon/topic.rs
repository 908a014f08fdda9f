//! Topics: what people choose from and what offers are sorted by.

use std::collections::BTreeMap;

use super::ConceptNo;

/// A topic of counselling.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Its id, as it stands in records and addresses ("debt").
    pub id: String,
    /// The concept words lead to it by; usually of the same id.
    pub concept: String,
    /// The topic it is a special case of.
    pub parent: Option<String>,
    /// Its name by language ("Schulden").
    pub label: BTreeMap<String, String>,
    /// How a person would say it, by language ("Ich habe Schulden").
    pub problem: BTreeMap<String, String>,
    /// Whether the first page shows it.
    pub featured: bool,
    pub(crate) concept_no: ConceptNo,
}

impl Topic {
    /// Its name in a language, in German where that language is missing.
    pub fn label_in(&self, lang: &str) -> &str {
        in_language(&self.label, lang).unwrap_or(&self.id)
    }

    /// How a person would say it in a language, in German where that language is missing.
    pub fn problem_in(&self, lang: &str) -> &str {
        in_language(&self.problem, lang).unwrap_or_else(|| self.label_in(lang))
    }
}

fn in_language<'a>(texts: &'a BTreeMap<String, String>, lang: &str) -> Option<&'a str> {
    texts.get(lang).or_else(|| texts.get("de")).map(String::as_str)
}
