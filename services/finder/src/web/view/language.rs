//! Names of the languages counselling is offered in, in the language of the page.

use kernel::Lang;
use serde::Serialize;

/// One file for each language of the pages, a tag and a name on each line; translators edit these.
const GERMAN: &str = include_str!("../../../locales/de/languages.tsv");
const ENGLISH: &str = include_str!("../../../locales/en/languages.tsv");

/// A language with its name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct LanguageName {
    /// BCP 47 tag.
    pub tag: String,
    /// Its name in the language of the page; the tag itself for a language without an entry in the list.
    pub name: String,
}

/// The name of the language `tag`.
pub(crate) fn language_name(tag: &str, lang: Lang) -> String {
    table(lang).find(|(known, _)| known.eq_ignore_ascii_case(tag)).map_or(tag, |(_, name)| name).to_owned()
}

/// The names of several languages: German first (it is nearly everywhere), the others by name.
pub(crate) fn language_names(tags: &[String], lang: Lang) -> Vec<LanguageName> {
    let name = |tag: &String| LanguageName { tag: tag.clone(), name: language_name(tag, lang) };
    let mut names: Vec<_> = tags.iter().map(name).collect();
    names.sort_by_cached_key(|language| (language.tag != "de", sort_key(&language.name)));
    names.dedup();
    names
}

/// A language in a list to choose from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct LanguageOption {
    /// BCP 47 tag.
    pub value: &'static str,
    /// Its name in the language of the page.
    pub text: &'static str,
}

/// The languages a person can filter by, in order of their names.
pub(crate) fn language_options(lang: Lang) -> Vec<LanguageOption> {
    let mut options: Vec<_> = table(lang).map(|(value, text)| LanguageOption { value, text }).collect();
    options.sort_by_cached_key(|option| sort_key(option.text));
    options
}

/// Whether the list has this language; anything else in an address is ignored.
pub(crate) fn is_known_language(tag: &str) -> bool {
    table(Lang::De).any(|(known, _)| known == tag)
}

fn table(lang: Lang) -> impl Iterator<Item = (&'static str, &'static str)> {
    let text = match lang {
        Lang::De => GERMAN,
        Lang::En | Lang::PseudoRtl => ENGLISH,
    };
    text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('\t'))
}

/// Umlauts sort like their base letters (DIN 5007-1).
fn sort_key(name: &str) -> String {
    name.to_lowercase().replace('ä', "a").replace('ö', "o").replace('ü', "u").replace('ß', "ss")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_lists_name_the_same_languages_in_the_same_order() {
        let tags = |lang| table(lang).map(|(tag, _)| tag).collect::<Vec<_>>();
        assert_eq!(tags(Lang::De), tags(Lang::En));
        assert!(tags(Lang::De).len() >= 40);
        assert!(is_known_language("dgs"));
    }

    #[test]
    fn no_language_has_an_empty_or_repeated_name() {
        for lang in Lang::SHIPPED {
            let mut names: Vec<_> = table(lang).map(|(_, name)| name).collect();
            assert!(names.iter().all(|name| !name.trim().is_empty()));
            let count = names.len();
            names.sort_unstable();
            names.dedup();
            assert_eq!(names.len(), count, "{lang}");
        }
    }

    #[test]
    fn german_comes_first_and_an_unlisted_language_keeps_its_tag() {
        let names = language_names(&["xx".into(), "tr".into(), "de".into(), "de".into()], Lang::De);
        let names: Vec<_> = names.iter().map(|language| language.name.as_str()).collect();
        assert_eq!(names, ["Deutsch", "Türkisch", "xx"]);
    }

    #[test]
    fn umlauts_do_not_end_up_behind_z() {
        assert_eq!(language_options(Lang::De)[0].text, "Albanisch");
        assert!(sort_key("Äthiopisch") < sort_key("Bulgarisch"));
    }
}
