//! What the kinds are called, in every language of the pages.

use kernel::Lang;

use super::{Finding, Kind};
use crate::import::words;

impl Kind {
    /// What was found, as a heading.
    pub fn message(self, lang: Lang) -> String {
        words(lang, &format!("integrity-{}", self.code()), None, None)
    }

    /// What to do about it.
    pub fn what_to_do(self, lang: Lang) -> String {
        words(lang, &format!("integrity-{}", self.code()), Some("todo"), None)
    }
}

impl Finding {
    /// What was found and how often.
    pub fn message(&self, lang: Lang) -> String {
        words(lang, "integrity-count", None, Some((self.kind.message(lang), self.count)))
    }
}
