//! Making a lexicon of its files, with an error that says where and what to do.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Deserialize;
use sha2::{Digest, Sha256};

use super::{
    Concept, ConceptNo, Lexicon, LexiconError, Phrase, PhraseWord, Topic,
    completion::Completions,
    files::{Files, line_at, line_with, lines},
};
use crate::search::analysis::{Splitter, fold, stem, tokens};

const TOPICS: &str = "topics.toml";
const CONCEPTS: &str = "concepts.toml";
const COMPOUNDS: &str = "compounds.txt";
const STOPWORDS: &str = "stopwords.txt";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TopicsFile {
    topic: Vec<TopicEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct TopicEntry {
    id: String,
    concept: Option<String>,
    parent: Option<String>,
    #[serde(default)]
    featured: bool,
    label: BTreeMap<String, String>,
    #[serde(default)]
    problem: BTreeMap<String, String>,
}

/// A concept: its parents under `parents`, surface forms separated by commas under each language.
type ConceptEntry = BTreeMap<String, String>;

impl Files {
    /// The lexicon these files describe.
    pub(super) fn into_lexicon(self) -> Result<Lexicon, LexiconError> {
        let fingerprint = self.fingerprint();
        let (stop, generic) = read_stopwords(&self.stopwords)?;
        let splitter = read_compounds(&self.compounds)?;
        let (concepts, numbers) = read_concepts(&self.concepts)?;
        let topics = read_topics(&self.topics, &numbers)?;
        let generic_stems = generic.iter().map(|word| stem(word)).collect();
        let completions = Completions::new(&concepts);
        let mut lexicon = Lexicon {
            topics,
            concepts,
            words: HashMap::new(),
            stems: HashMap::new(),
            vocabulary: Vec::new(),
            completions,
            phrases: Vec::new(),
            phrases_by_word: HashMap::new(),
            splitter,
            stop,
            generic,
            generic_stems,
            fingerprint,
        };
        lexicon.learn_surfaces();
        Ok(lexicon)
    }

    fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        for text in [&self.topics, &self.concepts, &self.compounds, &self.stopwords] {
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text.as_bytes());
        }
        hash.finalize().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }
}

fn read_stopwords(text: &str) -> Result<(HashSet<String>, HashSet<String>), LexiconError> {
    let (mut stop, mut generic) = (HashSet::new(), HashSet::new());
    let mut section = None;
    for (number, line) in lines(text) {
        match line {
            "[stop]" => section = Some(&mut stop),
            "[generic]" => section = Some(&mut generic),
            words => match section.as_mut() {
                Some(set) => set.extend(words.split_whitespace().map(fold)),
                None => {
                    return Err(LexiconError::Malformed {
                        file: STOPWORDS,
                        line: number,
                        problem: "words stand before the first section".to_owned(),
                        remedy: "begin the file with [stop] or [generic]",
                    });
                }
            },
        }
    }
    Ok((stop, generic))
}

fn read_compounds(text: &str) -> Result<Splitter, LexiconError> {
    let (mut parts, mut open_heads) = (HashSet::new(), Vec::new());
    for (number, line) in lines(text) {
        for word in line.split_whitespace() {
            let part = fold(word.trim_start_matches('-'));
            if part.len() < 3 || !part.bytes().all(|byte| byte.is_ascii_lowercase()) {
                return Err(LexiconError::Malformed {
                    file: COMPOUNDS,
                    line: number,
                    problem: format!("{word:?} is no part of a compound"),
                    remedy: "write single German words of at least three letters",
                });
            }
            if word.starts_with('-') {
                open_heads.push(part.clone());
            }
            parts.insert(part);
        }
    }
    Ok(Splitter::new(parts, open_heads))
}

fn malformed_toml(file: &'static str, text: &str, error: &toml::de::Error) -> LexiconError {
    LexiconError::Malformed {
        file,
        line: line_at(text, error.span().map_or(0, |span| span.start)),
        problem: error.message().to_owned(),
        remedy: "compare with the bundled file",
    }
}

fn read_concepts(text: &str) -> Result<(Vec<Concept>, HashMap<String, ConceptNo>), LexiconError> {
    let entries: BTreeMap<String, ConceptEntry> =
        toml::from_str(text).map_err(|error| malformed_toml(CONCEPTS, text, &error))?;
    let mut numbers = HashMap::new();
    for (at, id) in entries.keys().enumerate() {
        let number = u16::try_from(at).map_err(|_| LexiconError::Malformed {
            file: CONCEPTS,
            line: line_with(text, &format!("[{id}]")),
            problem: "more than 65,536 concepts".to_owned(),
            remedy: "leave some out",
        })?;
        numbers.insert(id.clone(), ConceptNo(number));
    }
    let mut concepts = Vec::with_capacity(entries.len());
    for (id, mut entry) in entries {
        let split = |list: &str| -> Vec<String> {
            list.split(',')
                .map(|form| form.split_whitespace().collect::<Vec<_>>().join(" "))
                .filter(|f| !f.is_empty())
                .collect()
        };
        let mut parents = Vec::new();
        for parent in split(&entry.remove("parents").unwrap_or_default()) {
            match numbers.get(&parent) {
                Some(&number) => parents.push(number),
                None => {
                    return Err(LexiconError::Malformed {
                        file: CONCEPTS,
                        line: line_with(text, &format!("[{id}]")),
                        problem: format!(
                            "the concept {id:?} has the parent {parent:?}, which is not in the file"
                        ),
                        remedy: "correct the name or add that concept",
                    });
                }
            }
        }
        let surfaces = entry.into_iter().map(|(lang, list)| (lang, split(&list))).collect();
        concepts.push(Concept { id, parents, children: Vec::new(), surfaces });
    }
    for at in 0..concepts.len() {
        for parent in concepts[at].parents.clone() {
            concepts[usize::from(parent.0)].children.push(ConceptNo(u16::try_from(at).unwrap_or(u16::MAX)));
        }
    }
    Ok((concepts, numbers))
}

fn read_topics(text: &str, numbers: &HashMap<String, ConceptNo>) -> Result<Vec<Topic>, LexiconError> {
    let file: TopicsFile = toml::from_str(text).map_err(|error| malformed_toml(TOPICS, text, &error))?;
    let ids: HashSet<String> = file.topic.iter().map(|topic| topic.id.clone()).collect();
    let mut topics: Vec<Topic> = Vec::with_capacity(file.topic.len());
    for entry in file.topic {
        let wrong = |problem: String, remedy| LexiconError::Malformed {
            file: TOPICS,
            line: line_with(text, &format!("\"{}\"", entry.id)),
            problem,
            remedy,
        };
        if topics.iter().any(|topic| topic.id == entry.id) {
            return Err(wrong(format!("the topic {:?} stands twice", entry.id), "remove one of the two"));
        }
        if let Some(parent) = entry.parent.as_ref().filter(|parent| !ids.contains(*parent)) {
            return Err(wrong(
                format!("there is no topic {parent:?}"),
                "correct the parent or add that topic",
            ));
        }
        let concept = entry.concept.clone().unwrap_or_else(|| entry.id.clone());
        let Some(&concept_no) = numbers.get(&concept) else {
            return Err(wrong(format!("there is no concept {concept:?}"), "add it to concepts.toml"));
        };
        if !entry.label.contains_key("de") {
            return Err(wrong("the German label is missing".to_owned(), "add label.de"));
        }
        topics.push(Topic {
            id: entry.id,
            concept,
            parent: entry.parent,
            label: entry.label,
            problem: entry.problem,
            featured: entry.featured,
            concept_no,
        });
    }
    Ok(topics)
}

impl Lexicon {
    fn learn_surfaces(&mut self) {
        let mut forms: Vec<(ConceptNo, bool, String)> = Vec::new();
        for (at, concept) in self.concepts.iter().enumerate() {
            let number = ConceptNo(u16::try_from(at).unwrap_or(u16::MAX));
            for (lang, surfaces) in &concept.surfaces {
                forms
                    .extend(surfaces.iter().map(|form| (number, lang == "de" || lang == "en", form.clone())));
            }
        }
        for topic in &self.topics {
            forms.extend(topic.label.values().map(|label| (topic.concept_no, false, label.clone())));
        }
        for (concept, stemmed, form) in forms {
            self.learn_surface(concept, stemmed, &form);
        }
        self.vocabulary = self.words.keys().cloned().collect();
        self.vocabulary.sort_unstable();
    }

    fn learn_surface(&mut self, concept: ConceptNo, stemmed: bool, form: &str) {
        let words: Vec<String> = tokens(form).map(|token| token.folded).collect();
        if let [word] = words.as_slice() {
            self.learn_word(concept, stemmed, word.clone());
            return;
        }
        // "P-Konto" is also typed "PKonto".
        if form.contains('-') && !form.contains(' ') {
            self.learn_word(concept, stemmed, words.concat());
        }
        let phrase: Vec<PhraseWord> = words
            .iter()
            .map(|word| PhraseWord {
                stem: stem(word),
                content: !self.is_stop(word) && !self.is_generic(word),
            })
            .collect();
        let number = u32::try_from(self.phrases.len()).unwrap_or(u32::MAX);
        let Some(first) = phrase.first() else { return };
        self.phrases_by_word.entry(first.stem.clone()).or_default().push(number);
        self.phrases.push(Phrase { words: phrase, concept });
    }

    fn learn_word(&mut self, concept: ConceptNo, stemmed: bool, word: String) {
        if stemmed {
            add(self.stems.entry(stem(&word)).or_default(), concept);
        }
        add(self.words.entry(word).or_default(), concept);
    }
}

fn add(concepts: &mut Vec<ConceptNo>, concept: ConceptNo) {
    if !concepts.contains(&concept) {
        concepts.push(concept);
    }
}
