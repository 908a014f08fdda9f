//! Where something was found: file, row, column, value.

use serde::{Deserialize, Serialize};

use super::problem::{Problem, Repair};

/// How many characters of a value are shown.
const SHOWN: usize = 60;

/// A row, or a value of it, that could not be used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowError {
    /// Where it is.
    #[serde(flatten)]
    pub spot: Spot,
    /// What is wrong.
    pub problem: Problem,
}

/// A value that was repaired or left out while its record came in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RowNote {
    /// Where it is.
    #[serde(flatten)]
    pub spot: Spot,
    /// What was done.
    pub repair: Repair,
}

/// A place in a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Spot {
    /// Name of the file.
    pub file: String,
    /// Line of a table as a person counts them (the header is 1), or number of the record in a document (the first is
    /// 1). 0 means the file as a whole.
    pub row: u64,
    /// Column, element or JSON pointer; empty when it is the whole row.
    pub column: String,
    /// The value as it stands there, shortened, with invisible characters written out.
    pub value: String,
}

impl Spot {
    /// A place with its value made presentable.
    pub fn new(file: &str, row: u64, column: &str, value: &str) -> Self {
        Self { file: shown(file), row, column: shown(column), value: shown(value) }
    }
}

/// Shortens a text and writes control and direction characters as `␀` or `<U+202E>`, so that it can be printed anywhere.
pub fn shown(text: &str) -> String {
    let mut out = String::new();
    for (count, letter) in text.chars().enumerate() {
        if count == SHOWN {
            out.push('…');
            break;
        }
        match letter {
            '\0'..='\u{1f}' => out.push(char::from_u32(0x2400 + u32::from(letter)).unwrap_or('␀')),
            '\u{7f}' => out.push('␡'),
            letter if is_invisible(letter) => out.push_str(&format!("<U+{:04X}>", u32::from(letter))),
            letter => out.push(letter),
        }
    }
    out
}

/// Whether a character cannot be seen but changes what is read: controls, direction marks, zero-width characters, tags,
/// and what Unicode keeps for no character at all.
pub fn is_invisible(letter: char) -> bool {
    letter.is_control()
        || matches!(
            u32::from(letter),
            0xad | 0x61c
                | 0x180e
                | 0x200b..=0x200f
                | 0x2028..=0x202e
                | 0x2060..=0x206f
                | 0xfeff
                | 0xfff0..=0xfffb
                | 0xfffe..=0xffff
                | 0xe0000..=0xe007f
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_shown_short_and_without_anything_invisible() {
        assert_eq!(shown("a\0b\u{202e}c\u{7f}"), "a␀b<U+202E>c␡");
        assert_eq!(shown(&"ü".repeat(100)).chars().count(), SHOWN + 1);
    }
}
