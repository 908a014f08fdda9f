//! What the application around a peer does with text, alike for all of them: cutting it into words and folding them.
//!
//! No peer ever sees raw input, so nothing a person types can be read as its query language.

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// More words than anybody types.
const MOST_WORDS: usize = 12;
/// Longer than any German word.
const LONGEST_WORD: usize = 40;
/// What is read of an input, in bytes.
const MOST_BYTES: usize = 2_000;

/// Words that say nothing about a need.
const STOP: [&str; 62] = [
    "aber", "alle", "als", "am", "an", "auch", "auf", "aus", "bei", "beim", "bin", "bis", "da", "das", "dem",
    "den", "der", "des", "die", "du", "durch", "ein", "eine", "einem", "einen", "einer", "er", "es", "fur",
    "habe", "haben", "hat", "ich", "im", "in", "ist", "kann", "kein", "keine", "man", "mein", "meine",
    "meinem", "meinen", "mich", "mir", "mit", "nach", "nicht", "nichts", "nur", "oder", "ohne", "sich",
    "sie", "und", "von", "wie", "will", "wir", "wo", "zu",
];

/// The words of a text, folded: lower case, no marks, `ä = ae = a`, `ß = ss`.
pub(crate) fn words(text: &str) -> Vec<String> {
    text.split(|letter: char| !letter.is_alphanumeric() && !is_combining_mark(letter))
        .map(fold)
        .filter(|word| !word.is_empty())
        .collect()
}

/// The words of what a person typed that carry meaning, as far as anybody reads.
pub(crate) fn typed(text: &str) -> Vec<String> {
    let mut words = words(&text[..text.floor_char_boundary(MOST_BYTES)]);
    words.retain(|word| !STOP.contains(&word.as_str()));
    let mut kept: Vec<String> = Vec::new();
    for mut word in words {
        word.truncate(word.floor_char_boundary(LONGEST_WORD));
        if !kept.contains(&word) && kept.len() < MOST_WORDS {
            kept.push(word);
        }
    }
    kept
}

/// Whether a folded word says nothing about a need.
pub(crate) fn is_stop(word: &str) -> bool {
    STOP.contains(&word)
}

/// The German stem of a folded word.
pub(crate) fn stem(word: &str) -> String {
    static GERMAN: std::sync::LazyLock<frostem::Stemmer> =
        std::sync::LazyLock::new(|| frostem::Stemmer::new(frostem::Algorithm::German));
    GERMAN.stem(word).to_string()
}

fn fold(word: &str) -> String {
    let plain: Vec<char> = word
        .nfkd()
        .flat_map(char::to_lowercase)
        .filter(|letter| !is_combining_mark(*letter))
        .flat_map(|letter| if letter == 'ß' { vec!['s', 's'] } else { vec![letter] })
        .collect();
    let mut folded = String::with_capacity(plain.len());
    let mut last = ' ';
    for (at, &letter) in plain.iter().enumerate() {
        let before = at.checked_sub(2).and_then(|at| plain.get(at)).copied().unwrap_or(' ');
        let second_half = letter == 'e'
            && matches!(last, 'a' | 'o' | 'u')
            && !matches!(before, 'a' | 'e' | 'o' | 'u' | 'q');
        if !second_half {
            folded.push(letter);
        }
        last = letter;
    }
    folded
}
