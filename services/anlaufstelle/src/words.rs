//! What the command line says, in the language asked for.

use fluent_bundle::{FluentArgs, FluentValue};
use kernel::Lang;
use webkit::catalogue::{Catalogue, CatalogueError, Source};

/// The command line's messages in one language.
pub(crate) struct Words {
    catalogue: Catalogue,
    /// The language.
    pub(crate) lang: Lang,
}

impl Words {
    /// Messages in `lang`.
    pub(crate) fn new(lang: Lang) -> Result<Self, CatalogueError> {
        let source = |lang, text: &str| Source { lang, name: "cli.ftl".into(), text: text.into() };
        let catalogue = Catalogue::new(&[
            source(Lang::De, include_str!("../locales/de/cli.ftl")),
            source(Lang::En, include_str!("../locales/en/cli.ftl")),
        ])?;
        Ok(Self { catalogue, lang })
    }

    /// A message without arguments.
    pub(crate) fn say(&self, id: &str) -> String {
        self.catalogue.plain(self.lang, id)
    }

    /// A message with arguments. A terminal needs no marks around them that keep text directions apart.
    pub(crate) fn say_with<'a, V: Into<FluentValue<'a>>>(
        &self,
        id: &str,
        values: impl IntoIterator<Item = (&'a str, V)>,
    ) -> String {
        let args: FluentArgs<'a> = values.into_iter().collect();
        let text = self.catalogue.text(self.lang, id, &args).unwrap_or_else(|| id.to_owned());
        text.replace(['\u{2068}', '\u{2069}'], "")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_say_the_same_things() {
        let ids = |text: &str| -> Vec<String> {
            let resource = fluent_syntax::parser::parse(text.to_owned()).unwrap();
            resource
                .body
                .iter()
                .filter_map(|entry| match entry {
                    fluent_syntax::ast::Entry::Message(message) => Some(message.id.name.clone()),
                    _ => None,
                })
                .collect()
        };
        let (german, english) =
            (ids(include_str!("../locales/de/cli.ftl")), ids(include_str!("../locales/en/cli.ftl")));
        assert!(german.len() > 20);
        assert_eq!(german, english);
    }

    #[test]
    fn arguments_stand_in_the_sentence() {
        let words = Words::new(Lang::En).unwrap();
        assert_eq!(words.say_with("cli-export-done", [("count", 3)]), "3 centres written.");
    }
}
