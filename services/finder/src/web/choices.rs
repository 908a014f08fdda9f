//! Topics and languages as other services offer them for choice, named in a page's language.

use kernel::Lang;
use search_index::Lexicon;

use super::view::{language_options, topic_options};

/// All topics as (id, name), special cases under what they belong to.
pub fn topics(lexicon: &Lexicon, lang: Lang) -> Vec<(String, String)> {
    topic_options(lexicon, lang).into_iter().map(|topic| (topic.value, topic.text)).collect()
}

/// Languages counselled in as (BCP 47 tag, name), by name.
pub fn languages(lang: Lang) -> Vec<(String, String)> {
    let options = language_options(lang).into_iter();
    options.map(|language| (language.value.to_owned(), language.text.to_owned())).collect()
}
