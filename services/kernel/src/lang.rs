//! Languages of the user interface.

use std::{fmt, str::FromStr};

use serde::Serialize;

/// A language the pages can be shown in.
///
/// Not to be confused with the languages counselling is offered in, which are plain BCP 47 tags in the directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Lang {
    /// German: the language of the directory and of addresses without a prefix.
    #[default]
    De,
    /// English.
    En,
    /// English words stretched and written right to left; it finds layout that only works left to right.
    /// Offered only where the configuration asks for it.
    PseudoRtl,
}

/// Which way a text runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// Left to right.
    Ltr,
    /// Right to left.
    Rtl,
}

impl Lang {
    /// The languages every page is complete in.
    pub const SHIPPED: [Lang; 2] = [Lang::De, Lang::En];
    /// The shipped languages and the pseudo-locale, for tests that render every page.
    pub const ALL: [Lang; 3] = [Lang::De, Lang::En, Lang::PseudoRtl];

    /// The BCP 47 tag, as it stands in `<html lang>`.
    pub const fn tag(self) -> &'static str {
        match self {
            Lang::De => "de",
            Lang::En => "en",
            Lang::PseudoRtl => "ar-x-pseudo",
        }
    }

    /// The first segment of this language's addresses; empty for German.
    pub const fn path_prefix(self) -> &'static str {
        match self {
            Lang::De => "",
            Lang::En => "/en",
            Lang::PseudoRtl => "/ar-x-pseudo",
        }
    }

    /// The language's name in itself, for the language menu.
    pub const fn own_name(self) -> &'static str {
        match self {
            Lang::De => "Deutsch",
            Lang::En => "English",
            Lang::PseudoRtl => "Pseudo",
        }
    }

    /// Which way the language runs.
    pub const fn direction(self) -> Direction {
        match self {
            Lang::De | Lang::En => Direction::Ltr,
            Lang::PseudoRtl => Direction::Rtl,
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// The text names no language the pages are shown in.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("unknown language; known are de and en")]
pub struct UnknownLang;

impl FromStr for Lang {
    type Err = UnknownLang;

    fn from_str(text: &str) -> Result<Self, UnknownLang> {
        Lang::ALL.into_iter().find(|lang| lang.tag() == text).ok_or(UnknownLang)
    }
}

impl Serialize for Lang {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.tag())
    }
}
