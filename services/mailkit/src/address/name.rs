//! Names as they stand before an address.

use std::{fmt, str::FromStr};

use crate::mail::text;

/// More would be a text, not a name.
const LONGEST: usize = 100;

/// What a person or an installation is called in a mail: one line without anything that could be taken for more.
#[derive(Clone, PartialEq, Eq)]
pub struct DisplayName(String);

/// The text is no name that can stand in a header.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NameProblem {
    /// Nothing is left of it.
    #[error("there is no name")]
    Empty,
    /// More than 100 characters.
    #[error("the name is longer than 100 characters")]
    TooLong,
    /// It holds a line break or another control character, or one that changes the direction of what follows.
    #[error("the name holds an invisible character")]
    Invisible,
    /// It holds a quote, a bracket, a backslash or an @, which could look like an address of its own.
    #[error("the name holds a quote, an angle bracket, a backslash or an @")]
    Punctuation,
}

impl DisplayName {
    /// Reads a name. Blanks around it are ignored.
    ///
    /// # Errors
    /// [`NameProblem`] says what is wrong, without repeating the text.
    pub fn parse(text: &str) -> Result<Self, NameProblem> {
        let text = text.trim();
        if text.is_empty() {
            return Err(NameProblem::Empty);
        }
        if text.chars().count() > LONGEST {
            return Err(NameProblem::TooLong);
        }
        if text.chars().any(text::is_invisible) {
            return Err(NameProblem::Invisible);
        }
        if text.contains(['"', '\\', '<', '>', '@', '„', '“', '”', '«', '»']) {
            return Err(NameProblem::Punctuation);
        }
        Ok(Self(text.to_owned()))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for DisplayName {
    type Err = NameProblem;

    fn from_str(text: &str) -> Result<Self, NameProblem> {
        Self::parse(text)
    }
}

impl fmt::Debug for DisplayName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DisplayName(…)")
    }
}
