//! Cutting a text into words.

use unicode_normalization::char::is_combining_mark;

use super::fold;

/// The longest word that is looked at; the rest of a longer one is ignored. The longest German words stay below.
const MAX_WORD_CHARS: usize = 64;

/// A word of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Token<'a> {
    /// The word as it was written.
    pub(crate) raw: &'a str,
    /// Its folded form.
    pub(crate) folded: String,
    /// First byte in the text.
    pub(crate) start: usize,
    /// Byte after the last one.
    pub(crate) end: usize,
}

/// The words of a text in their order.
///
/// Letters, digits and marks make words. Apostrophes and invisible characters (soft hyphen, joiners, direction marks)
/// inside a word are skipped: "can't" is "cant", and a word pasted with a soft hyphen is still the word.
pub(crate) fn tokens(text: &str) -> impl Iterator<Item = Token<'_>> {
    let mut rest = text.char_indices().peekable();
    std::iter::from_fn(move || {
        while let Some(&(start, c)) = rest.peek() {
            if !is_word(c) {
                rest.next();
                continue;
            }
            let mut letters = String::new();
            let mut count = 0;
            let mut end = start;
            while let Some(&(at, c)) = rest.peek() {
                if is_word(c) {
                    end = at + c.len_utf8();
                    count += 1;
                    if count <= MAX_WORD_CHARS {
                        letters.push(c);
                    }
                } else if !is_joiner(c) {
                    break;
                }
                rest.next();
            }
            let folded = fold(&letters);
            if !folded.is_empty() {
                return Some(Token { raw: &text[start..end], folded, start, end });
            }
        }
        None
    })
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || (!c.is_ascii() && is_combining_mark(c))
}

fn is_joiner(c: char) -> bool {
    matches!(c,
        '\'' | '’' | '‘' | 'ʼ' | '`' | '´'
        | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        tokens(text).map(|token| token.folded).collect()
    }

    #[test]
    fn words_are_cut_at_everything_that_is_no_letter_or_digit() {
        assert_eq!(
            words("Schuldner- und Insolvenzberatung (P-Konto)"),
            ["schuldner", "und", "insolvenzberatung", "p", "konto"]
        );
        assert_eq!(words("can’t pay"), ["cant", "pay"]);
        assert_eq!(words("Schul\u{ad}den\u{202e}"), ["schulden"]);
        assert_eq!(words("😀 \0 \u{7} —"), Vec::<String>::new());
    }

    #[test]
    fn a_token_knows_where_it_stood() {
        let text = "Hilfe: Räumung!";
        let token = tokens(text).nth(1).unwrap();
        assert_eq!((token.raw, &text[token.start..token.end]), ("Räumung", "Räumung"));
    }

    #[test]
    fn a_word_of_a_megabyte_is_cut() {
        let long = "a".repeat(1_000_000);
        assert_eq!(words(&long), ["a".repeat(MAX_WORD_CHARS)]);
    }
}
