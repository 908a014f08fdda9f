//! Which passwords are refused: too short, too long, or soon guessed. No rules about kinds of signs.

use std::{
    collections::{BTreeSet, HashSet},
    sync::LazyLock,
};

use kernel::Secret;
use unicode_normalization::UnicodeNormalization;

/// Fewest signs of a password. Pages advise 15 or more.
pub const SHORTEST: usize = 12;
/// Most signs; nobody types more, and the hash must not be made to work on a book.
pub const LONGEST: usize = 256;
/// A password must need at least this many different pieces to be put together.
const FEWEST_PIECES: usize = 5;
const LONGEST_WORD: usize = 24;

/// Why a password is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Weak {
    /// Fewer than [`SHORTEST`] signs.
    #[error("too short")]
    Short,
    /// More than [`LONGEST`] signs.
    #[error("too long")]
    Long,
    /// Made of a few common words, names, rows of keys, years or repetitions.
    #[error("easily guessed")]
    Common,
    /// Made of the person's own name or mail address.
    #[error("made of the name or the mail address")]
    Own,
}

/// Checks a new password; `own` are words an attacker knows: name, mail address, the installation's name.
pub fn check(password: &Secret<String>, own: &[&str]) -> Result<(), Weak> {
    let text: String = password.expose().nfc().collect();
    match text.chars().count() {
        ..SHORTEST => return Err(Weak::Short),
        LONGEST.. if text.chars().count() > LONGEST => return Err(Weak::Long),
        _ => {}
    }
    let plain = folded(&text);
    let read: Vec<char> = plain.iter().map(|&sign| as_letter(sign)).collect();
    let pieces = |own: &HashSet<String>| fewest_pieces(&plain, own).min(fewest_pieces(&read, own));
    if pieces(&HashSet::new()) < FEWEST_PIECES {
        return Err(Weak::Common);
    }
    if pieces(&words_of(own)) < FEWEST_PIECES {
        return Err(Weak::Own);
    }
    Ok(())
}

static COMMON: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    let lines = include_str!("../../data/common-words.txt").lines();
    lines.filter(|line| !line.starts_with('#') && !line.is_empty()).collect()
});

fn words_of(own: &[&str]) -> HashSet<String> {
    let parts = own.iter().flat_map(|text| {
        let text: String = folded(text).into_iter().collect();
        let parts: Vec<String> =
            text.split(|sign: char| !sign.is_alphanumeric()).map(str::to_owned).collect();
        parts
    });
    parts.filter(|part| part.chars().count() >= 3).collect()
}

/// Lower case, umlauts spelled out.
fn folded(text: &str) -> Vec<char> {
    let spelled = text.nfc().flat_map(char::to_lowercase).flat_map(|sign| match sign {
        'ä' => vec!['a', 'e'],
        'ö' => vec!['o', 'e'],
        'ü' => vec!['u', 'e'],
        'ß' => vec!['s', 's'],
        other => vec![other],
    });
    spelled.collect()
}

/// The letter a digit or sign often stands for: P4ssw0rt.
const fn as_letter(sign: char) -> char {
    match sign {
        '0' => 'o',
        '1' | '!' => 'i',
        '3' => 'e',
        '4' | '@' => 'a',
        '5' | '$' => 's',
        '7' => 't',
        other => other,
    }
}

/// How many different pieces the text needs when it is cut in the cheapest way. Own words cost nothing.
fn fewest_pieces(text: &[char], own: &HashSet<String>) -> usize {
    // cheapest[n]: cost of the first n signs, and the length of the last piece.
    let mut cheapest: Vec<(usize, usize)> = vec![(0, 0)];
    for end in 1..=text.len() {
        let longest = LONGEST_WORD.min(end);
        let best = (1..=longest)
            .filter_map(|length| {
                let piece = &text[end - length..end];
                let cost = if is_own(piece, own) {
                    0
                } else if length == 1 || is_known(piece) {
                    1
                } else {
                    return None;
                };
                Some((cheapest[end - length].0 + cost, length))
            })
            // The longer piece on equal cost: pieces that repeat are then found as such.
            .min_by_key(|&(cost, length)| (cost, usize::MAX - length));
        cheapest.push(best.unwrap_or((usize::MAX / 2, 1)));
    }
    let mut different = BTreeSet::new();
    let mut end = text.len();
    while end > 0 {
        let length = cheapest[end].1;
        let piece = &text[end - length..end];
        if !is_own(piece, own) {
            different.insert(piece);
        }
        end -= length;
    }
    different.len()
}

fn is_own(piece: &[char], own: &HashSet<String>) -> bool {
    !own.is_empty() && own.contains(&piece.iter().collect::<String>())
}

fn is_known(piece: &[char]) -> bool {
    is_row(piece) || is_date(piece) || COMMON.contains(piece.iter().collect::<String>().as_str())
}

/// aaaa, 1234, dcba: the same step from each sign to the next.
fn is_row(piece: &[char]) -> bool {
    let step = |pair: &[char]| i64::from(u32::from(pair[1])) - i64::from(u32::from(pair[0]));
    let mut steps = piece.windows(2).map(step);
    let Some(first) = steps.next() else { return false };
    piece.len() >= 3 && first.abs() <= 1 && steps.all(|step| step == first)
}

/// 1987, 190487, 19041987 and the like: digits alone, as long as a date.
fn is_date(piece: &[char]) -> bool {
    let digits = piece.iter().all(char::is_ascii_digit);
    let text: String = piece.iter().collect();
    digits
        && match piece.len() {
            4 => text.starts_with("19") || text.starts_with("20"),
            6 | 8 => ("01"..="31").contains(&&text[..2]) && ("01"..="12").contains(&&text[2..4]),
            _ => false,
        }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::{any, proptest};

    use super::*;

    fn judge(password: &str) -> Result<(), Weak> {
        check(&Secret::new(password.to_owned()), &["Ada Öztürk", "ada.oeztuerk@beratung-nord.example"])
    }

    #[test]
    fn what_is_guessed_first_is_refused() {
        for password in [
            "passwort1234",
            "Passwort!2024",
            "P4ssw0rt!!!!",
            "123456789012",
            "qwertzuiopas",
            "aaaaaaaaaaaaaa",
            "abababababab",
            "Sommer2026!!",
            "hallohallohallo",
            "1q2w3e4r5t6z7u",
            "Schalke04Schalke04",
            "iloveyou1987",
            "FCBayernMünchen",
            "19041987Anna",
            "Willkommen123!",
            "abcdefghijklmnop",
        ] {
            assert_eq!(judge(password), Err(Weak::Common), "{password}");
        }
    }

    #[test]
    fn the_own_name_is_no_secret() {
        for password in ["Oeztuerk-Nord!", "ada.öztürk.2026", "AdaÖztürkBeratung", "oeztuerkoeztuerk"] {
            let judged = judge(password);
            assert!(matches!(judged, Err(Weak::Own | Weak::Common)), "{password}: {judged:?}");
        }
        assert_eq!(judge("oeztuerk.xq7"), Err(Weak::Own));
    }

    #[test]
    fn sentences_and_chance_are_welcome() {
        for password in [
            "korrekt Pferd Batterie Heftklammer",
            "Am Dienstag regnet es Frösche",
            "xK9#mQ2$vL7p",
            "drei rote Fahrräder im Keller",
            "🦊🐻🐼🐨🐯🦁🐮🐷🐸🐵🐔🐧",
        ] {
            assert_eq!(judge(password), Ok(()), "{password}");
        }
    }

    #[test]
    fn length_is_counted_in_signs() {
        assert_eq!(judge("xK9#mQ2$vL7"), Err(Weak::Short));
        assert_eq!(judge("äöüäöüäöüäö"), Err(Weak::Short));
        assert_eq!(judge(&"xK9#mQ2$vL7p".repeat(22)), Err(Weak::Long));
        assert_eq!(judge(&"xK9#mQ2$vL7p,".repeat(19)), Ok(()));
    }

    proptest! {
        #[test]
        fn every_text_gets_a_judgement(text in any::<String>(), own in any::<String>()) {
            let _judged = check(&Secret::new(text), &[&own]);
        }

        #[test]
        fn one_common_word_with_a_year_never_passes(at in 0usize..1500, year in 1950u32..2030) {
            let word = COMMON.iter().nth(at % COMMON.len()).unwrap();
            assert!(judge(&format!("{word}{year}")).is_err());
            assert!(judge(&format!("{word}{year}!{year}{word}")).is_err());
        }
    }
}
