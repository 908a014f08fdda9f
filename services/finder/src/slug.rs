//! Names as they stand in addresses of pages.

/// The longest slug in characters, before a distinguishing number is added.
const LONGEST: usize = 80;

/// Turns a text into lower-case ASCII words joined by hyphens: "Suchtberatung Köln e. V." becomes "suchtberatung-koeln-e-v".
///
/// Umlauts are written out as German readers expect; what has no Latin form is left out. A text without any letter or
/// digit becomes "stelle", so that there is always an address.
pub(crate) fn slugify(text: &str) -> String {
    let mut slug = String::with_capacity(text.len().min(LONGEST + 8));
    let mut gap = false;
    for letter in text.chars().take(4 * LONGEST) {
        let folded = fold(letter);
        if folded.is_empty() {
            // An apostrophe joins ("Kid's"), everything else parts words.
            gap |= !matches!(letter, '\'' | '’' | '\u{ad}');
            continue;
        }
        if gap && !slug.is_empty() {
            slug.push('-');
        }
        gap = false;
        slug.push_str(folded.as_str());
        if slug.len() >= LONGEST {
            break;
        }
    }
    if slug.is_empty() { String::from("stelle") } else { slug }
}

/// The ASCII form of one letter, at most three characters, empty when it has none.
fn fold(letter: char) -> Folded {
    let lower = letter.to_lowercase().next().unwrap_or(letter);
    Folded(match lower {
        'a'..='z' | '0'..='9' => return Folded::one(lower),
        'ä' | 'æ' => "ae",
        'ö' | 'œ' | 'ø' => "oe",
        'ü' => "ue",
        'ß' => "ss",
        'à' | 'á' | 'â' | 'ã' | 'å' | 'ă' | 'ą' => "a",
        'ç' | 'ć' | 'č' => "c",
        'è' | 'é' | 'ê' | 'ë' | 'ę' | 'ě' => "e",
        'ì' | 'í' | 'î' | 'ï' | 'ı' => "i",
        'ñ' | 'ń' => "n",
        'ò' | 'ó' | 'ô' | 'õ' => "o",
        'ù' | 'ú' | 'û' => "u",
        'ł' => "l",
        'š' | 'ś' | 'ş' | 'ș' => "s",
        'ț' | 'ţ' => "t",
        'ž' | 'ź' | 'ż' => "z",
        'ğ' => "g",
        'ý' | 'ÿ' => "y",
        'đ' | 'ð' => "d",
        '&' => "und",
        _ => "",
    })
}

struct Folded(&'static str);

impl Folded {
    fn one(letter: char) -> Self {
        const ALPHABET: &str = "abcdefghijklmnopqrstuvwxyz0123456789";
        let at = ALPHABET.find(letter).unwrap_or(0);
        Self(&ALPHABET[at..=at])
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn as_str(&self) -> &'static str {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn umlauts_are_written_out_and_words_joined() {
        assert_eq!(
            slugify("Schuldner- & Insolvenzberatung Görlitz e. V."),
            "schuldner-und-insolvenzberatung-goerlitz-e-v"
        );
        assert_eq!(slugify("  STRAẞE  "), "strasse");
        assert_eq!(slugify("Łódź, Çankırı"), "lodz-cankiri");
    }

    #[test]
    fn there_is_always_a_short_address_of_plain_characters() {
        for text in ["", "!!!", "بيت", "\u{0}\u{202e}", &"ü".repeat(10_000)] {
            let slug = slugify(text);
            assert!(!slug.is_empty() && slug.len() <= LONGEST + 3, "{text:?}");
            assert!(
                slug.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
            );
            assert!(!slug.starts_with('-') && !slug.ends_with('-'));
        }
    }
}
