//! The messages and the templates' words: complete, used, short, and nowhere else.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use kernel::Lang;

use crate::web::{messages, templates};

/// Ids that are put together: a message that begins like this counts as used.
const BUILT: [&str; 6] = [
    "audit-",
    "accounts-role-",
    "accounts-state-",
    "accounts-browser-",
    "accounts-system-",
    "accounts-link-",
];
/// Longest sentence, in words.
const LONGEST_SENTENCE: usize = 22;

/// Ids of the pages' messages with the variables they mention. Those of mails are the mails' business.
fn ids(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
    let mut all = BTreeMap::new();
    for source in messages() {
        if source.lang != lang || source.name.ends_with("mail.ftl") {
            continue;
        }
        let mut current = String::new();
        for line in source.text.lines().filter(|line| !line.starts_with('#')) {
            if let Some((id, _)) = line.split_once(" =").filter(|_| !line.starts_with(' ')) {
                current = id.to_owned();
                assert!(all.insert(current.clone(), BTreeSet::new()).is_none(), "{id} twice");
            }
            let variables = line
                .split('$')
                .skip(1)
                .map(|rest| rest.chars().take_while(|sign| sign.is_alphanumeric()).collect::<String>());
            all.get_mut(&current).into_iter().for_each(|known| known.extend(variables.clone()));
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

fn source() -> String {
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/web");
    let files = rust_files(&here).into_iter().map(|path| fs::read_to_string(path).unwrap());
    files.chain(templates().into_iter().map(|template| template.text)).collect()
}

#[test]
fn every_message_exists_in_every_language_with_the_same_variables() {
    assert_eq!(ids(Lang::De), ids(Lang::En));
    assert!(ids(Lang::De).len() > 200);
}

#[test]
fn every_message_is_used_and_every_id_exists() {
    let (known, source) = (ids(Lang::De), source());
    let is_built = |id: &str| BUILT.iter().any(|beginning| id.starts_with(beginning));
    let unused: Vec<_> =
        known.keys().filter(|id| !is_built(id) && !source.contains(&format!("\"{id}\""))).collect();
    assert!(unused.is_empty(), "{unused:?}");
    for part in source.split("\"accounts-").skip(1) {
        let id = format!("accounts-{}", part.split_once('"').unwrap().0);
        let known = known.contains_key(&id) || is_built(&id) || id.contains(['{', '/']);
        assert!(known, "{id}");
    }
    for kind in ["first", "invitation", "reset", "mail"] {
        for part in ["title", "lead"] {
            assert!(known.contains_key(&format!("accounts-link-{kind}-{part}")), "{kind} {part}");
        }
    }
    for action in crate::audit::ACTIONS {
        assert!(known.contains_key(&format!("audit-{}", action.replace('.', "-"))), "{action}");
    }
}

#[test]
fn sentences_are_short() {
    for source in messages().into_iter().filter(|source| !source.name.ends_with("mail.ftl")) {
        for line in source.text.lines().filter(|line| !line.starts_with('#')) {
            let text = line.split_once(" = ").map_or(line, |(_, text)| text);
            for sentence in text.split(['.', '?', '!', ':']) {
                let words =
                    sentence.split_whitespace().filter(|word| word.contains(char::is_alphabetic)).count();
                assert!(words <= LONGEST_SENTENCE, "{}: {words} words: {sentence}", source.name);
            }
        }
    }
}

#[test]
fn no_template_has_words_styles_or_scripts_of_its_own() {
    for template in templates() {
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
