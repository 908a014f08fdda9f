//! The messages: complete in every language, each used, each short.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use kernel::Lang;

use super::scan::{between, files, said};

/// Ids that templates put together; every id with such a beginning counts as used.
const BUILT: [&str; 4] = ["error-", "centre-areas-", "desk-centre-holiday-", "desk-import-word-"];
/// Messages of the command line, whose ids are checked where they are said.
const COMMAND_LINE: [&str; 2] = ["import-", "integrity-"];
/// Ids that only other messages mention.
const PARTS: [&str; 1] = ["month"];
/// A sentence with more words than this is hard to read.
const LONGEST_SENTENCE: usize = 22;

type Messages = BTreeMap<String, BTreeSet<String>>;

/// The messages of a language with the variables they need, those of messages they mention included.
fn messages(lang: Lang) -> Messages {
    let mut variables = Messages::new();
    let mut mentions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for source in crate::web::messages().into_iter().filter(|source| source.lang == lang) {
        let resource = fluent_syntax::parser::parse(source.text.as_str()).unwrap_or_else(|(_, errors)| {
            panic!("{}: {errors:?}", source.name);
        });
        for entry in &resource.body {
            if let Entry::Message(message) = entry {
                let id = message.id.name.to_owned();
                let (used, mentioned) =
                    (variables.entry(id.clone()).or_default(), mentions.entry(id).or_default());
                if let Some(pattern) = &message.value {
                    walk(pattern, used, mentioned);
                }
            }
        }
    }
    for (id, mentioned) in mentions {
        for other in mentioned {
            let inherited =
                variables.get(&other).unwrap_or_else(|| panic!("{id} mentions unknown {other}")).clone();
            variables.get_mut(&id).unwrap().extend(inherited);
        }
    }
    variables
}

fn walk(pattern: &Pattern<&str>, used: &mut BTreeSet<String>, mentioned: &mut BTreeSet<String>) {
    for element in &pattern.elements {
        let PatternElement::Placeable { expression } = element else { continue };
        let inline = match expression {
            Expression::Inline(inline) => inline,
            Expression::Select { selector, variants } => {
                variants.iter().for_each(|variant| walk(&variant.value, used, mentioned));
                selector
            }
        };
        match inline {
            InlineExpression::VariableReference { id } => {
                used.insert(id.name.to_owned());
            }
            InlineExpression::MessageReference { id, .. } => {
                mentioned.insert(id.name.to_owned());
            }
            _ => {}
        }
    }
}

fn without_tests(source: &str) -> &str {
    source.split("#[cfg(test)]\nmod tests").next().unwrap_or_default()
}

/// Ids mentioned by templates and by Rust outside its tests.
fn mentioned_ids() -> BTreeSet<String> {
    let mut ids = BTreeSet::new();
    for file in files("templates", ".html") {
        ids.extend(said(&file.text).map(str::to_owned));
    }
    for file in files("src/web", ".rs") {
        if file.path.contains("/tests/") {
            continue;
        }
        let literals = without_tests(&file.text).split('"').skip(1).step_by(2);
        ids.extend(literals.filter(|text| text.contains('-') || *text == "weekday").map(str::to_owned));
    }
    ids
}

#[test]
fn every_message_exists_in_every_language_with_the_same_variables() {
    let german = messages(Lang::De);
    for lang in Lang::SHIPPED {
        let other = messages(lang);
        let missing: Vec<_> = german.keys().filter(|id| !other.contains_key(*id)).collect();
        let extra: Vec<_> = other.keys().filter(|id| !german.contains_key(*id)).collect();
        assert!(missing.is_empty() && extra.is_empty(), "{lang}: missing {missing:?}, extra {extra:?}");
        for (id, variables) in &german {
            assert_eq!(&other[id], variables, "{lang}: {id}");
        }
    }
}

#[test]
fn no_message_is_unused() {
    let mentioned = mentioned_ids();
    let unused: Vec<_> = messages(Lang::De)
        .into_keys()
        .filter(|id| !mentioned.contains(id) && !PARTS.contains(&id.as_str()))
        .filter(|id| !BUILT.iter().chain(&COMMAND_LINE).any(|beginning| id.starts_with(beginning)))
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn every_message_a_template_or_a_view_names_exists() {
    let known = messages(Lang::De);
    for file in files("templates", ".html") {
        for id in said(&file.text) {
            // "c-…" are the components' own; a trailing hyphen is the beginning of an id put together.
            let exists = known.contains_key(id) || id.starts_with("c-") || BUILT.contains(&id);
            assert!(exists, "{}: {id}", file.path);
        }
    }
    for file in files("src/web", ".rs") {
        for id in between(without_tests(&file.text), "Say::new(\"", "\"") {
            assert!(known.contains_key(id), "{}: {id}", file.path);
        }
    }
}

#[test]
fn no_message_takes_a_component_s_name() {
    assert!(messages(Lang::De).keys().all(|id| !id.starts_with("c-")));
}

#[test]
fn sentences_are_short_in_every_language() {
    for source in crate::web::messages() {
        for line in source.text.lines().filter(|line| !line.trim_start().starts_with('#')) {
            let text = line.split_once(" = ").map_or(line, |(_, text)| text);
            for sentence in text.split(['.', '?', '!', ':']) {
                let words =
                    sentence.split_whitespace().filter(|word| word.chars().any(char::is_alphabetic)).count();
                assert!(words <= LONGEST_SENTENCE, "{}: {words} words: {sentence}", source.name);
            }
        }
    }
}

#[test]
fn english_is_translated_and_not_a_copy() {
    let text = |lang: Lang| -> BTreeMap<String, String> {
        let sources = crate::web::messages().into_iter().filter(move |source| source.lang == lang);
        let lines = sources.flat_map(|source| source.text.lines().map(str::to_owned).collect::<Vec<_>>());
        lines
            .filter_map(|line| line.split_once(" = ").map(|(id, text)| (id.to_owned(), text.to_owned())))
            .collect()
    };
    let (german, english) = (text(Lang::De), text(Lang::En));
    // Names stay names.
    let names = ["crisis-young-name"];
    let copied: Vec<_> = german
        .iter()
        .filter(|(id, text)| {
            english.get(*id) == Some(text) && text.contains(' ') && !names.contains(&id.as_str())
        })
        .filter(|(_, text)| !text.starts_with('{'))
        .collect();
    assert!(copied.is_empty(), "{copied:?}");
}
