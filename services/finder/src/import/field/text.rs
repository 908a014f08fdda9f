//! Plain text without anything invisible, and lists of it.

use crate::import::finding::is_invisible;

/// The longest a field may be, in characters.
pub mod limit {
    /// Names of centres, offers, carriers, associations, towns.
    pub const NAME: usize = 200;
    /// One line: streets, notes, facts.
    pub const LINE: usize = 300;
    /// Descriptions.
    pub const DESCRIPTION: usize = 4_000;
    /// One keyword, target group.
    pub const WORD: usize = 80;
    /// Entries of a list.
    pub const LIST: usize = 60;
    /// Areas of an offer.
    pub const AREAS: usize = 9_000;
    /// Ids of a source.
    pub const ID: usize = 120;
}

/// A text after cleaning, and what was done to it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Cleaned {
    /// The text; may be empty.
    pub text: String,
    /// Invisible characters were taken out.
    pub controls: bool,
    /// HTML became plain text.
    pub markup: bool,
    /// It was longer than allowed.
    pub shortened: bool,
}

/// One line of at most `limit` characters: line breaks and runs of spaces become one space.
pub fn line(text: &str, limit: usize) -> Cleaned {
    clean(text, limit, false)
}

/// Several lines of at most `limit` characters; empty lines at most one at a time.
pub fn lines(text: &str, limit: usize) -> Cleaned {
    clean(text, limit, true)
}

fn clean(text: &str, limit: usize, keep_lines: bool) -> Cleaned {
    let mut cleaned = Cleaned::default();
    let plain = if has_markup(text) { plain_text(text) } else { None };
    cleaned.markup = plain.is_some();
    let text = plain.as_deref().unwrap_or(text);
    let mut count = 0;
    let (mut space, mut breaks) = (false, 0);
    for letter in text.chars() {
        match letter {
            '\n' => breaks += 1,
            '\r' | '\t' | ' ' | '\u{a0}' => space = true,
            letter if letter.is_whitespace() && !is_invisible(letter) => space = true,
            letter if is_invisible(letter) => cleaned.controls = true,
            letter => {
                if count >= limit {
                    cleaned.shortened = true;
                    break;
                }
                if !cleaned.text.is_empty() && (space || breaks > 0) {
                    let gap = match (keep_lines, breaks) {
                        (true, 1) => "\n",
                        (true, 2..) => "\n\n",
                        _ => " ",
                    };
                    cleaned.text.push_str(gap);
                    count += gap.len();
                }
                (space, breaks) = (false, 0);
                cleaned.text.push(letter);
                count += 1;
            }
        }
    }
    cleaned
}

fn has_markup(text: &str) -> bool {
    text.contains('<') || text.contains('&')
}

/// HTML as plain text; `None` when there is no tag and no entity in it.
fn plain_text(html: &str) -> Option<String> {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    let mut changed = false;
    while let Some(at) = rest.find(['<', '&']) {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let taken = if rest.starts_with('<') { tag(rest, &mut out) } else { entity(rest, &mut out) };
        match taken {
            Some(length) => {
                changed = true;
                rest = &rest[length..];
            }
            None => {
                out.push_str(&rest[..1]);
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    changed.then_some(out)
}

/// Takes a tag off the front; those that end a line leave a line break.
fn tag(rest: &str, out: &mut String) -> Option<usize> {
    let inner = rest[1..].trim_start_matches('/');
    if !inner.starts_with(|letter: char| letter.is_ascii_alphabetic() || letter == '!') {
        return None;
    }
    let length = rest.find('>')? + 1;
    let name: String =
        inner.chars().take_while(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    if matches!(name.as_str(), "br" | "p" | "div" | "li" | "tr" | "ul" | "ol" | "h1" | "h2" | "h3" | "h4") {
        out.push('\n');
    }
    Some(length)
}

/// Takes an entity off the front and writes what it stands for.
fn entity(rest: &str, out: &mut String) -> Option<usize> {
    let end = rest.char_indices().take(10).find(|(_, letter)| *letter == ';')?.0;
    let name = &rest[1..end];
    let letter = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => ' ',
        "auml" => 'ä',
        "ouml" => 'ö',
        "uuml" => 'ü',
        "Auml" => 'Ä',
        "Ouml" => 'Ö',
        "Uuml" => 'Ü',
        "szlig" => 'ß',
        "ndash" => '–',
        "euro" => '€',
        _ => {
            let digits = name.strip_prefix('#')?;
            let code = match digits.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => digits.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    out.push(letter);
    Some(end + 1)
}

/// The entries of a list, parted by any of these characters, without repetition.
pub fn list(text: &str, separators: &str) -> Vec<String> {
    let mut entries: Vec<String> = Vec::new();
    for entry in text.split(|letter| separators.contains(letter) || letter == '\n') {
        let entry = entry.trim();
        if !entry.is_empty() && !entries.iter().any(|known| known == entry) {
            entries.push(entry.to_owned());
        }
    }
    entries
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn invisible_characters_go_and_spaces_become_one() {
        let cleaned = line(" Caritas\u{202e} \t Köln\0\r\nMitte ", 100);
        assert_eq!(
            cleaned,
            Cleaned { text: "Caritas Köln Mitte".into(), controls: true, ..Cleaned::default() }
        );
    }

    #[test]
    fn html_becomes_text_and_a_lone_sign_stays() {
        assert_eq!(lines("a<br><br>b &amp; c<p>d</p>", 99).text, "a\n\nb & c\nd");
        assert_eq!(
            line("Alter < 27 & arbeitslos", 99),
            Cleaned { text: "Alter < 27 & arbeitslos".into(), ..Cleaned::default() }
        );
        assert_eq!(line("<script>x</script>&lt;b&gt;", 99).text, "x<b>");
    }

    #[test]
    fn a_long_text_is_cut_at_the_limit() {
        let cleaned = line(&"ä".repeat(300), limit::NAME);
        assert_eq!((cleaned.text.chars().count(), cleaned.shortened), (200, true));
        assert!(!line(&"ä".repeat(200), limit::NAME).shortened);
    }

    #[test]
    fn lists_lose_empty_and_repeated_entries() {
        assert_eq!(list("a; b,,a ;\nc", ";,"), ["a", "b", "c"]);
    }

    proptest! {
        #[test]
        fn cleaned_text_is_short_visible_and_stays_as_it_is(text in any::<String>(), limit in 1usize..50) {
            let cleaned = line(&text, limit).text;
            prop_assert!(cleaned.chars().count() <= limit + 2);
            prop_assert!(!cleaned.chars().any(is_invisible));
            if !has_markup(&cleaned) {
                prop_assert_eq!(&line(&cleaned, limit + 2).text, &cleaned);
            }
        }
    }
}
