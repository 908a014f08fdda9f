//! Completing the surface forms of concepts while somebody types.

use std::collections::BTreeMap;

use super::{Concept, Lexicon};
use crate::search::analysis::tokens;

/// Surface forms by language, each under its folded words from every word on, in order.
#[derive(Debug, Default)]
pub(super) struct Completions(BTreeMap<String, Vec<(String, String)>>);

/// The language whose forms stand in where a concept has none in the one asked for.
const FALLBACK: &str = "de";

impl Completions {
    /// The completions of all concepts.
    pub(super) fn new(concepts: &[Concept]) -> Self {
        let mut by_lang: BTreeMap<String, Vec<(String, String)>> = BTreeMap::new();
        let langs: Vec<&String> = concepts.iter().flat_map(|concept| concept.surfaces.keys()).collect();
        for lang in langs {
            if by_lang.contains_key(lang) {
                continue;
            }
            let surfaces = |concept: &'_ Concept| -> Vec<(String, String)> {
                let forms = concept.surfaces.get(lang).or_else(|| concept.surfaces.get(FALLBACK));
                forms.into_iter().flatten().flat_map(|surface| tails(surface)).collect()
            };
            let mut entries: Vec<(String, String)> = concepts.iter().flat_map(surfaces).collect();
            entries.sort_unstable();
            by_lang.insert(lang.clone(), entries);
        }
        Self(by_lang)
    }
}

fn tails(surface: &str) -> Vec<(String, String)> {
    let words: Vec<String> = tokens(surface).map(|token| token.folded).collect();
    (0..words.len()).map(|start| (words[start..].join(" "), surface.to_owned())).collect()
}

impl Lexicon {
    /// The surface forms in a language (German where there is none) with a word that the folded text begins.
    pub(crate) fn completions(&self, lang: &str, folded: &str) -> Vec<&str> {
        let by_lang = &self.completions.0;
        let Some(entries) = by_lang.get(lang).or_else(|| by_lang.get(FALLBACK)) else { return Vec::new() };
        let from = entries.partition_point(|(tail, _)| tail.as_str() < folded);
        let beginning = entries[from..].iter().take_while(|(tail, _)| tail.starts_with(folded));
        beginning.map(|(_, surface)| surface.as_str()).collect()
    }
}
