//! Messages in every language, from Fluent files.

use std::collections::HashMap;

use fluent_bundle::{FluentArgs, FluentResource, concurrent::FluentBundle};
use kernel::Lang;
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
        Ok(Self { bundles })
    }

    /// The message `id` (or attribute `id.attribute`) in `lang`, or in German where the language lacks it; `None` if
    /// no language has it or an argument is missing.
    pub fn text(&self, lang: Lang, id: &str, args: &FluentArgs<'_>) -> Option<String> {
        [lang, Lang::De, Lang::En].into_iter().find_map(|lang| self.in_language(lang, id, args))
    }

    /// The message without arguments; the id itself where it is missing, which a test keeps from happening.
    pub fn plain(&self, lang: Lang, id: &str) -> String {
        self.text(lang, id, &FluentArgs::new()).unwrap_or_else(|| {
            tracing::error!(message.id = id, "a message is missing in every language");
            id.to_owned()
        })
    }

    fn in_language(&self, lang: Lang, id: &str, args: &FluentArgs<'_>) -> Option<String> {
        let bundle = self.bundles.get(&lang)?;
        let pattern = match id.split_once('.') {
            Some((id, attribute)) => bundle.get_message(id)?.get_attribute(attribute)?.value(),
            None => bundle.get_message(id)?.value()?,
        };
        let mut errors = Vec::new();
        let text = bundle.format_pattern(pattern, Some(args), &mut errors).into_owned();
        errors.is_empty().then_some(text)
    }
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
    fn attributes_are_reached_by_a_dot_and_the_pseudo_locale_is_english_made_strange() {
        assert_eq!(catalogue().plain(Lang::De, "box.label"), "Ort");
        assert_eq!(catalogue().plain(Lang::PseudoRtl, "box.label"), "Plá~cê");
    }
}
