//! Type-ahead: what the words being typed may become.

use std::collections::BTreeMap;

use super::{
    analysis::{fold, tokens},
    index::{IndexError, SearchIndex},
};

/// A completion of what is being typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The text to search for.
    pub text: String,
    /// What it is.
    pub kind: SuggestionKind,
}

/// What a completion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SuggestionKind {
    /// A topic, by its label.
    Topic,
    /// A word for a need.
    Need,
    /// The name of an offer.
    Offer,
    /// The name of a centre.
    Centre,
}

/// Between the folded words of a name and the name as written.
const AS_WRITTEN: char = '\u{1}';
/// Names looked at for a beginning; a beginning of one letter would otherwise read them all.
const MOST_SCANNED: usize = 1_000;
/// What is read of a beginning.
const MAX_BYTES: usize = 200;

/// The terms names are completed by: from each of their words to the end.
pub(crate) fn terms(centre_name: &str, offer_name: &str) -> Vec<String> {
    let mut terms = Vec::new();
    for (tag, name) in [('n', centre_name), ('o', offer_name)] {
        let words: Vec<String> = tokens(name).map(|token| token.folded).take(12).collect();
        for start in 0..words.len() {
            terms.push(format!("{tag}{}{AS_WRITTEN}{name}", words[start..].join(" ")));
        }
    }
    // The index refuses longer terms; nobody completes such a name.
    terms.retain(|term| term.len() < 1_000);
    terms.sort_unstable();
    terms.dedup();
    terms
}

impl SearchIndex {
    /// What a beginning may become: topics, words for needs in the language, names of offers, names of centres; each
    /// kind in this order, shortest or most frequent first.
    ///
    /// # Errors
    /// The index cannot be read.
    pub fn suggest_words(
        &self,
        prefix: &str,
        lang: &str,
        limit: usize,
    ) -> Result<Vec<Suggestion>, IndexError> {
        let prefix = &prefix[..prefix.floor_char_boundary(MAX_BYTES)];
        let folded = tokens(prefix).map(|token| token.folded).collect::<Vec<_>>().join(" ");
        if folded.is_empty() || limit == 0 {
            return Ok(Vec::new());
        }
        let mut found: Vec<Suggestion> = Vec::new();
        let mut seen: Vec<String> = Vec::new();
        let mut add = |text: &str, kind: SuggestionKind| {
            let key = fold(text);
            if found.len() < limit && !seen.contains(&key) {
                seen.push(key);
                found.push(Suggestion { text: text.to_owned(), kind });
            }
        };
        for topic in self.lexicon.topics() {
            let label = topic.label_in(lang);
            if begins_at_a_word(label, &folded) {
                add(label, SuggestionKind::Topic);
            }
        }
        for surface in self.needs(&folded, lang) {
            add(surface, SuggestionKind::Need);
        }
        for (tag, kind) in [('o', SuggestionKind::Offer), ('n', SuggestionKind::Centre)] {
            for name in self.names(tag, &folded, limit)? {
                add(&name, kind);
            }
        }
        Ok(found)
    }

    fn needs(&self, folded: &str, lang: &str) -> Vec<&str> {
        let mut found = self.lexicon.completions(lang, folded);
        found.sort_by_key(|surface| (surface.chars().count(), *surface));
        found.dedup();
        found
    }

    fn names(&self, tag: char, folded: &str, limit: usize) -> Result<Vec<String>, IndexError> {
        let start = format!("{tag}{folded}");
        let mut stream = self.lists(self.fields.suggestion).terms().range().ge(&start).into_stream()?;
        let mut frequency: BTreeMap<String, u32> = BTreeMap::new();
        let mut scanned = 0;
        while scanned < MOST_SCANNED && stream.advance() && stream.key().starts_with(start.as_bytes()) {
            scanned += 1;
            if let Some((_, name)) =
                str::from_utf8(stream.key()).ok().and_then(|term| term.split_once(AS_WRITTEN))
            {
                *frequency.entry(name.to_owned()).or_default() += stream.value().doc_freq;
            }
        }
        let mut names: Vec<(String, u32)> = frequency.into_iter().collect();
        names.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        names.truncate(limit);
        Ok(names.into_iter().map(|(name, _)| name).collect())
    }
}

fn begins_at_a_word(text: &str, folded: &str) -> bool {
    let words: Vec<String> = tokens(text).map(|token| token.folded).collect();
    (0..words.len()).any(|start| words[start..].join(" ").starts_with(folded))
}
