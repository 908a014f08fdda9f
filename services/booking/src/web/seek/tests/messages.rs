//! The words of these pages: complete, used, short, and nowhere else.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use kernel::Lang;

use crate::web::{messages, templates};

/// Ids that templates put together.
const BUILT: &str = "seek-ended-";
/// Longest sentence, in words.
const LONGEST_SENTENCE: usize = 22;

fn texts(lang: Lang) -> String {
    let own = messages().into_iter().filter(|source| source.lang == lang && source.name.contains("seek"));
    own.map(|source| source.text).collect()
}

/// Ids with the variables and the messages they mention.
fn ids(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
    let mut all = BTreeMap::new();
    let mut current = String::new();
    for line in texts(lang).lines().filter(|line| !line.starts_with('#')) {
        if let Some((id, _)) = line.split_once(" =").filter(|_| !line.starts_with(' ')) {
            current = id.to_owned();
            assert!(all.insert(current.clone(), BTreeSet::new()).is_none(), "{id} twice");
        }
        for part in line.split("{ ").skip(1) {
            let name: String =
                part.chars().take_while(|sign| sign.is_alphanumeric() || matches!(sign, '$' | '-')).collect();
            all.get_mut(&current).unwrap().insert(name);
        }
    }
    all
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries
        .filter(|path| path.file_name().is_some_and(|name| name != "tests"))
        .flat_map(|path| if path.is_dir() { rust_files(&path) } else { vec![path] })
        .collect()
}

fn own_templates() -> Vec<webkit::pages::Template> {
    templates().into_iter().filter(|template| template.name.starts_with("booking/seek-")).collect()
}

#[test]
fn every_message_exists_in_every_language_with_the_same_variables() {
    assert_eq!(ids(Lang::De), ids(Lang::En));
    assert!(ids(Lang::De).len() > 150);
}

#[test]
fn every_message_is_used_and_every_id_exists() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web/seek");
    let source: String = rust_files(&here)
        .into_iter()
        .map(|path| fs::read_to_string(path).unwrap())
        .chain(own_templates().into_iter().map(|template| template.text))
        .collect();
    let known = ids(Lang::De);
    let mentioned: BTreeSet<String> = known.values().flatten().cloned().collect();
    let unused: Vec<_> = known
        .keys()
        .filter(|id| {
            !id.starts_with(BUILT) && !mentioned.contains(*id) && !source.contains(&format!("\"{id}\""))
        })
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
    for part in source.split("\"seek-").skip(1) {
        let id = format!("seek-{}", part.split_once('"').unwrap().0);
        assert!(known.contains_key(&id) || id == BUILT || id.ends_with(".html"), "{id}");
    }
    for kind in ["cancelled", "over", "slow", "given-up", "wait-full", "wait-left", "wait-over"] {
        for part in ["title", "text"] {
            assert!(known.contains_key(&format!("{BUILT}{kind}-{part}")), "{kind} {part}");
        }
    }
}

#[test]
fn sentences_are_short() {
    for lang in Lang::SHIPPED {
        for line in texts(lang).lines().filter(|line| !line.starts_with('#')) {
            let text = line.split_once(" = ").map_or(line, |(_, text)| text);
            for sentence in text.split(['.', '?', '!', ':']) {
                let words =
                    sentence.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count();
                assert!(words <= LONGEST_SENTENCE, "{words} words: {sentence}");
            }
        }
    }
}

#[test]
fn no_template_has_words_styles_or_scripts_of_its_own() {
    for template in own_templates() {
        let mut text = template.text.clone();
        for forbidden in [" style=", "onclick", "javascript:", "http://", "https://", "<script"] {
            assert!(!text.contains(forbidden), "{}: {forbidden}", template.name);
        }
        for (open, close) in [("{#", "#}"), ("{%", "%}"), ("{{", "}}"), ("<", ">")] {
            while let Some((before, after)) = text.split_once(open) {
                text = format!("{before} {}", after.split_once(close).map_or("", |(_, after)| after));
            }
        }
        assert!(!text.contains(char::is_alphabetic), "{}: {}", template.name, text.trim());
    }
}
