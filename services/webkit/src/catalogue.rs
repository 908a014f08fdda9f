//! Messages in every language, from Fluent files.

use std::collections::HashMap;

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use fluent_syntax::ast::{Attribute, Entry, Pattern};
use kernel::Lang;
use minijinja::Value;
use unic_langid::LanguageIdentifier;

/// One `.ftl` file.
#[derive(Debug, Clone)]
pub struct Source {
    /// The language it is written in.
    pub lang: Lang,
    /// Its name, for error messages.
    pub name: String,
    /// Its content.
    pub text: String,
}

/// A message file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CatalogueError {
    /// The file is not valid Fluent.
    #[error("{name}: not valid Fluent: {problem}")]
    Syntax {
        /// The file.
        name: String,
        /// What is wrong, from the parser.
        problem: String,
    },
    /// Two files define the same message.
    #[error("{name}: defines a message that another file of this language defines too: {id}")]
    Twice {
        /// The file.
        name: String,
        /// The message.
        id: String,
    },
    /// A language tag is not one Fluent understands.
    #[error("the language tag {0} is not valid")]
    Tag(&'static str),
}

/// All messages of all languages.
pub struct Catalogue {
    bundles: HashMap<Lang, FluentBundle<FluentResource>>,
    /// The messages that need no argument, most of all, formatted once.
    fixed: HashMap<Lang, HashMap<String, Value>>,
}

impl Catalogue {
    /// Reads message files. The right-to-left pseudo-locale is made from the English ones.
    pub fn new(sources: &[Source]) -> Result<Self, CatalogueError> {
        let mut bundles = HashMap::new();
        for lang in Lang::ALL {
            let identifier: LanguageIdentifier = match lang {
                Lang::PseudoRtl => "ar".parse().map_err(|_| CatalogueError::Tag("ar"))?,
                other => other.tag().parse().map_err(|_| CatalogueError::Tag(other.tag()))?,
            };
            let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
            let written_in = if lang == Lang::PseudoRtl { Lang::En } else { lang };
            if lang == Lang::PseudoRtl {
                bundle.set_transform(Some(pseudo));
            }
            for source in sources.iter().filter(|source| source.lang == written_in) {
                let resource = FluentResource::try_new(source.text.clone()).map_err(|(_, errors)| {
                    CatalogueError::Syntax {
                        name: source.name.clone(),
                        problem: errors.first().map(ToString::to_string).unwrap_or_default(),
                    }
                })?;
                bundle.add_resource(resource).map_err(|errors| CatalogueError::Twice {
                    name: source.name.clone(),
                    id: errors.first().map(ToString::to_string).unwrap_or_default(),
                })?;
            }
            bundles.insert(lang, bundle);
        }
        let mut catalogue = Self { bundles, fixed: HashMap::new() };
        let ids: Vec<String> = sources.iter().flat_map(|source| ids(&source.text)).collect();
        let no_args = FluentArgs::new();
        for lang in Lang::ALL {
            let fixed = |id: &String| {
                // Where this language's own wording needs an argument, another language must not speak for it.
                let own = fallbacks(lang).into_iter().find(|lang| catalogue.pattern(*lang, id).is_some())?;
                Some((id.clone(), Value::from(catalogue.in_language(own, id, &no_args)?)))
            };
            let fixed = ids.iter().filter_map(fixed).collect();
            catalogue.fixed.insert(lang, fixed);
        }
        Ok(catalogue)
    }

    /// The message `id` as templates take it, if it is the same whatever the arguments are.
    pub(crate) fn fixed(&self, lang: Lang, id: &str) -> Option<Value> {
        self.fixed.get(&lang)?.get(id).cloned()
    }

    /// The message `id` (or attribute `id.attribute`) in `lang`, or in German where the language lacks it; `None` if
    /// no language has it or an argument is missing.
    pub fn text(&self, lang: Lang, id: &str, args: &FluentArgs<'_>) -> Option<String> {
        fallbacks(lang).into_iter().find_map(|lang| self.in_language(lang, id, args))
    }

    /// The message without arguments; the id itself where it is missing, which a test keeps from happening.
    pub fn plain(&self, lang: Lang, id: &str) -> String {
        self.text(lang, id, &FluentArgs::new()).unwrap_or_else(|| {
            tracing::error!(message.id = id, "a message is missing in every language");
            id.to_owned()
        })
    }

    fn in_language(&self, lang: Lang, id: &str, args: &FluentArgs<'_>) -> Option<String> {
        let mut errors = Vec::new();
        let (bundle, pattern) = self.pattern(lang, id)?;
        let text = bundle.format_pattern(pattern, Some(args), &mut errors).into_owned();
        errors.is_empty().then_some(text)
    }

    fn pattern(&self, lang: Lang, id: &str) -> Option<(&FluentBundle<FluentResource>, &Pattern<&str>)> {
        let bundle = self.bundles.get(&lang)?;
        let pattern = match id.split_once('.') {
            Some((id, attribute)) => bundle.get_message(id)?.get_attribute(attribute)?.value(),
            None => bundle.get_message(id)?.value()?,
        };
        Some((bundle, pattern))
    }
}

/// The languages a message is looked for in.
const fn fallbacks(lang: Lang) -> [Lang; 3] {
    [lang, Lang::De, Lang::En]
}

/// The ids of all messages of a file, and of their attributes.
fn ids(text: &str) -> Vec<String> {
    let resource = fluent_syntax::parser::parse(text).unwrap_or_else(|(resource, _)| resource);
    let messages = resource.body.into_iter().filter_map(|entry| match entry {
        Entry::Message(message) => Some(message),
        _ => None,
    });
    messages
        .flat_map(|message| {
            let id = message.id.name;
            let attribute = move |attribute: Attribute<&str>| format!("{id}.{}", attribute.id.name);
            message.attributes.into_iter().map(attribute).chain([id.to_owned()])
        })
        .collect()
}

/// Stretches a text by a third with accented letters, so that truncation and left-to-right layout show.
fn pseudo(text: &str) -> std::borrow::Cow<'_, str> {
    let mut out = String::with_capacity(text.len() * 2);
    for (position, letter) in text.chars().enumerate() {
        out.push(match letter {
            'a' => 'á',
            'e' => 'ê',
            'i' => 'ï',
            'o' => 'ø',
            'u' => 'ü',
            'A' => 'Â',
            'E' => 'É',
            'O' => 'Ö',
            other => other,
        });
        if position % 3 == 2 && letter.is_alphabetic() {
            out.push('~');
        }
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn catalogue() -> Catalogue {
        let source = |lang, text: &str| Source { lang, name: "test.ftl".into(), text: text.into() };
        Catalogue::new(&[
            source(Lang::De, "hits = { $count ->\n    [one] Eine Stelle\n   *[other] { $count } Stellen\n }\nonly-german = Nur hier\nbox = x\n    .label = Ort"),
            source(Lang::En, "hits = { $count ->\n    [one] One centre\n   *[other] { $count } centres\n }\nbox = x\n    .label = Place"),
        ])
        .unwrap()
    }

    #[test]
    fn plurals_follow_the_language() {
        let mut args = FluentArgs::new();
        args.set("count", 1);
        assert_eq!(catalogue().text(Lang::De, "hits", &args).unwrap(), "Eine Stelle");
        args.set("count", 3);
        let text = catalogue().text(Lang::En, "hits", &args).unwrap();
        assert_eq!(text.replace(['\u{2068}', '\u{2069}'], ""), "3 centres");
    }

    #[test]
    fn a_missing_message_falls_back_to_german_and_a_missing_argument_is_no_text() {
        assert_eq!(catalogue().plain(Lang::En, "only-german"), "Nur hier");
        assert_eq!(catalogue().text(Lang::De, "hits", &FluentArgs::new()), None);
        assert_eq!(catalogue().text(Lang::De, "nothing", &FluentArgs::new()), None);
    }

    #[test]
    fn what_needs_no_argument_is_ready_and_what_needs_one_is_not() {
        let fixed = |lang, id| catalogue().fixed(lang, id).map(|text| text.to_string());
        assert_eq!(fixed(Lang::En, "box.label").as_deref(), Some("Place"));
        assert_eq!(fixed(Lang::En, "only-german").as_deref(), Some("Nur hier"));
        assert_eq!(fixed(Lang::PseudoRtl, "box.label").as_deref(), Some("Plá~cê"));
        assert_eq!(fixed(Lang::De, "hits"), None);
        assert_eq!(fixed(Lang::De, "nothing"), None);
    }

    #[test]
    fn the_fixed_wording_of_another_language_does_not_stand_in_for_one_with_arguments() {
        let source = |lang, text: &str| Source { lang, name: "test.ftl".into(), text: text.into() };
        let catalogue = Catalogue::new(&[
            source(Lang::De, "hello = Guten Tag"),
            source(Lang::En, "hello = Hi { $name }"),
        ]);
        let catalogue = catalogue.unwrap();
        assert_eq!(catalogue.fixed(Lang::De, "hello").unwrap().to_string(), "Guten Tag");
        assert_eq!(catalogue.fixed(Lang::En, "hello"), None);
    }

    #[test]
    fn attributes_are_reached_by_a_dot_and_the_pseudo_locale_is_english_made_strange() {
        assert_eq!(catalogue().plain(Lang::De, "box.label"), "Ort");
        assert_eq!(catalogue().plain(Lang::PseudoRtl, "box.label"), "Plá~cê");
    }
}
