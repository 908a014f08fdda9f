//! Our concepts as synonyms for the peers: what a word of any language means, as words the directory uses.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fs,
};

use super::{
    Outcome,
    peer::{Alternative, Unit},
    text::{is_stop, stem, words},
};

/// Shorter stems stand for themselves only, not for compounds that begin with them.
const SHORTEST_BEGINNING: usize = 5;
/// The longest phrase looked for, in words.
const LONGEST_PHRASE: usize = 4;

/// A file of concepts, made into synonyms against the words of a directory.
#[derive(Debug)]
pub(crate) struct Expansion {
    /// By the stems of a surface form: the concepts it stands for.
    meanings: HashMap<String, Vec<String>>,
    concepts: HashMap<String, Concept>,
}

#[derive(Debug, Default)]
struct Concept {
    parents: Vec<String>,
    children: Vec<String>,
    /// What the directory calls it.
    alternatives: Vec<Alternative>,
}

impl Expansion {
    /// Reads the project's concepts. Of their German forms only those are kept whose words the directory uses, with
    /// the directory's compounds that begin with them, so that no peer looks for what cannot be found.
    pub(crate) fn read(vocabulary: &BTreeMap<String, i64>) -> Outcome<Self> {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../search-index/data/concepts.toml");
        let file: BTreeMap<String, BTreeMap<String, String>> = toml::from_str(&fs::read_to_string(path)?)?;
        let stems: BTreeMap<String, Vec<&String>> =
            vocabulary.keys().fold(BTreeMap::new(), |mut stems, word| {
                stems.entry(stem(word)).or_insert_with(Vec::new).push(word);
                stems
            });
        let mut expansion = Self { meanings: HashMap::new(), concepts: HashMap::new() };
        for (id, entry) in &file {
            let mut concept = Concept::default();
            for (language, forms) in entry {
                if language == "parents" {
                    concept.parents = forms.split(',').map(|id| id.trim().to_owned()).collect();
                    continue;
                }
                for form in forms.split(',') {
                    let form: Vec<String> = words(form).into_iter().filter(|word| !is_stop(word)).collect();
                    if form.is_empty() {
                        continue;
                    }
                    let meanings = expansion.meanings.entry(key(&form)).or_default();
                    if !meanings.contains(id) {
                        meanings.push(id.clone());
                    }
                    if language == "de" {
                        concept.alternatives.extend(used_by_the_directory(&form, &stems));
                    }
                }
            }
            expansion.concepts.insert(id.clone(), concept);
        }
        expansion.link_children();
        Ok(expansion)
    }

    fn link_children(&mut self) {
        let links: Vec<(String, String)> = self
            .concepts
            .iter()
            .flat_map(|(id, concept)| concept.parents.iter().map(|parent| (parent.clone(), id.clone())))
            .collect();
        for (parent, child) in links {
            if let Some(parent) = self.concepts.get_mut(&parent) {
                parent.children.push(child);
            }
        }
    }

    /// The units of typed words, each with its synonyms and special cases; `wider` adds what it is a special case of.
    pub(crate) fn units(&self, typed: &[String], wider: bool) -> Vec<Unit> {
        let mut units: Vec<Unit> = Vec::new();
        let mut at = 0;
        while at < typed.len() {
            let longest = LONGEST_PHRASE.min(typed.len() - at);
            let phrase = (1..=longest).rev().find_map(|count| {
                let words = &typed[at..at + count];
                self.meanings.get(&key(words)).map(|concepts| (words, concepts))
            });
            let (words, concepts) =
                phrase.map_or((&typed[at..=at], &[][..]), |(words, concepts)| (words, concepts));
            at += words.len();
            let mut alternatives = vec![Alternative { words: words.to_vec(), open: at == typed.len() }];
            for concept in self.related(concepts, wider) {
                for alternative in
                    self.concepts.get(&concept).map_or(&[][..], |concept| &concept.alternatives)
                {
                    if !alternatives.contains(alternative) {
                        alternatives.push(alternative.clone());
                    }
                }
            }
            if !units.iter().any(|unit| unit.0 == alternatives) {
                units.push(Unit(alternatives));
            }
        }
        units
    }

    fn related(&self, concepts: &[String], wider: bool) -> BTreeSet<String> {
        let mut found: BTreeSet<String> = BTreeSet::new();
        let mut down: Vec<&String> = concepts.iter().collect();
        while let Some(id) = down.pop() {
            if found.insert(id.clone()) {
                down.extend(self.concepts.get(id).into_iter().flat_map(|concept| &concept.children));
            }
        }
        let mut up: Vec<&String> = if wider { concepts.iter().collect() } else { Vec::new() };
        while let Some(id) = up.pop() {
            for parent in self.concepts.get(id).into_iter().flat_map(|concept| &concept.parents) {
                found.insert(parent.clone());
                up.push(parent);
            }
        }
        found
    }
}

fn key(words: &[String]) -> String {
    words.iter().map(|word| stem(word)).collect::<Vec<_>>().join(" ")
}

/// The ways in which the directory's own words say a surface form.
fn used_by_the_directory(form: &[String], stems: &BTreeMap<String, Vec<&String>>) -> Vec<Alternative> {
    if let [word] = form {
        let beginning = stem(word);
        let open = beginning.len() >= SHORTEST_BEGINNING;
        return stems
            .range(beginning.clone()..)
            .take_while(|(stem, _)| stem.starts_with(&beginning))
            .filter(|(stem, _)| open || **stem == beginning)
            .filter_map(|(_, words)| words.first())
            .map(|word| Alternative { words: vec![(*word).clone()], open: false })
            .collect();
    }
    let used = form.iter().all(|word| stems.contains_key(&stem(word)));
    if used { vec![Alternative { words: form.to_vec(), open: false }] } else { Vec::new() }
}
