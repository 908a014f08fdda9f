//! Languages by tag or name.

use std::{collections::HashMap, sync::LazyLock};

/// Tags and names, German and English, as the pages show them.
const LISTS: [&str; 2] =
    [include_str!("../../../locales/de/languages.tsv"), include_str!("../../../locales/en/languages.tsv")];

/// Other ways people write them.
const OTHER: &[(&str, &str)] = &[
    ("ger", "de"),
    ("deu", "de"),
    ("eng", "en"),
    ("tur", "tr"),
    ("tür", "tr"),
    ("ara", "ar"),
    ("rus", "ru"),
    ("ukr", "uk"),
    ("ua", "uk"),
    ("pol", "pl"),
    ("fra", "fr"),
    ("fre", "fr"),
    ("spa", "es"),
    ("ita", "it"),
    ("rum", "ro"),
    ("ron", "ro"),
    ("per", "fa"),
    ("farsi", "fa"),
    ("persisch", "fa"),
    ("persian", "fa"),
    ("dari", "fa-af"),
    ("gebärdensprache", "dgs"),
    ("deutsche gebärdensprache", "dgs"),
    ("sign language", "dgs"),
    ("gsg", "dgs"),
    ("sgn-de", "dgs"),
    ("leichte sprache", "de-simple"),
    ("einfache sprache", "de-simple"),
    ("kurmandschi", "ku"),
    ("kurmanci", "ku"),
    ("sorani", "ckb"),
    ("serbokroatisch", "sr"),
    ("griechisch", "el"),
    ("chinesisch", "zh"),
    ("tigrinisch", "ti"),
    ("tigrinya", "ti"),
    ("belarusisch", "be"),
    ("weißrussisch", "be"),
];

static KNOWN: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let mut known = HashMap::new();
    for (tag, name) in LISTS.iter().flat_map(|list| list.lines()).filter_map(entry) {
        known.insert(tag.to_lowercase(), tag);
        known.insert(name.to_lowercase(), tag);
        // "Persisch (Farsi)" is also known by each of its words.
        for part in name.split(['(', ')', ',', '/']).map(str::trim).filter(|part| part.len() > 2) {
            known.entry(part.to_lowercase()).or_insert(tag);
        }
    }
    for (name, wanted) in OTHER {
        let base = wanted.split('-').next().unwrap_or(wanted);
        if let Some(tag) = known.get(*wanted).or_else(|| known.get(base)).copied() {
            known.entry((*name).to_owned()).or_insert(tag);
        }
    }
    known
});

fn entry(line: &'static str) -> Option<(&'static str, &'static str)> {
    if line.starts_with('#') { None } else { line.split_once('\t') }
}

/// The tag of a language given by tag, name or an old three-letter code; `None` when it is not known.
pub fn language(text: &str) -> Option<&'static str> {
    let text = text.trim().to_lowercase();
    let known = &*KNOWN;
    // "en-GB" is a way of speaking English.
    known.get(&text).or_else(|| known.get(text.split(['-', '_']).next()?)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_known_by_tag_and_by_name() {
        for (text, tag) in [
            ("de", "de"),
            ("Deutsch", "de"),
            ("English", "en"),
            ("TÜRKISCH", "tr"),
            ("en-GB", "en"),
            ("farsi", "fa"),
            ("Gebärdensprache", "dgs"),
        ] {
            assert_eq!(language(text), Some(tag), "{text}");
        }
        for text in ["", "klingonisch", "-", "\0"] {
            assert_eq!(language(text), None, "{text}");
        }
    }
}
