//! Words and times in a text of opening hours.

use contracts::directory::Weekday;
use jiff::civil::Time;

/// A piece of the text that means something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Piece {
    /// A day of the week.
    Day(Weekday),
    /// "täglich", "werktags".
    Days(&'static [Weekday]),
    /// A time of day.
    Time(Time),
    /// "-", "bis".
    To,
    /// "und", "+", "&", "/".
    And,
    /// ",", ";", a line break.
    Break(char),
    /// "Uhr", "von", ":" after a day and other words that carry nothing.
    Filler,
    /// A note in brackets.
    Note(String),
    /// Anything else.
    Word(String),
}

/// Cuts the text into pieces.
pub(super) fn scan(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        let length = match letter {
            ' ' | '\t' | '\u{a0}' => letter.len_utf8(),
            '-' | '–' | '—' => {
                pieces.push(Piece::To);
                letter.len_utf8()
            }
            ',' | ';' | '\n' | '|' => {
                pieces.push(Piece::Break(letter));
                letter.len_utf8()
            }
            '+' | '&' | '/' => {
                pieces.push(Piece::And);
                1
            }
            ':' | '.' => {
                pieces.push(Piece::Filler);
                1
            }
            '(' => bracket(rest, &mut pieces),
            '0'..='9' => number(rest, &mut pieces),
            letter if letter.is_alphabetic() => word(rest, &mut pieces),
            _ => {
                pieces.push(Piece::Word(letter.to_string()));
                letter.len_utf8()
            }
        };
        rest = &rest[length..];
    }
    pieces
}

fn bracket(rest: &str, pieces: &mut Vec<Piece>) -> usize {
    let Some(end) = rest.find(')') else {
        pieces.push(Piece::Word(String::from("(")));
        return 1;
    };
    pieces.push(Piece::Note(rest[1..end].trim().to_owned()));
    end + 1
}

/// A time such as 9, 09:30, 9.30, 930 or 9h; any other number is a word.
fn number(rest: &str, pieces: &mut Vec<Piece>) -> usize {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let after = &rest[digits..];
    let minutes = after
        .strip_prefix([':', '.', 'h'])
        .filter(|minutes| minutes.bytes().take_while(u8::is_ascii_digit).count() == 2)
        .map(|minutes| &minutes[..2]);
    // 03.11. and 12.345 are no times.
    let dated = minutes.is_some()
        && after[3..].starts_with('.')
        && after[4..].starts_with(|letter: char| letter.is_ascii_digit());
    let (hour, minute, length) = match (digits, minutes) {
        (1 | 2, Some(minutes)) => (&rest[..digits], minutes, digits + 3),
        (3 | 4, None) => (&rest[..digits - 2], &rest[digits - 2..digits], digits),
        (1 | 2, None) => (&rest[..digits], "0", digits + usize::from(after.starts_with('h'))),
        _ => (rest, "", digits),
    };
    let time = match (hour.parse::<i8>(), minute.parse::<i8>()) {
        (Ok(24), Ok(0)) => Time::new(23, 59, 0, 0).ok(),
        (Ok(hour), Ok(minute)) if !dated => Time::new(hour, minute, 0, 0).ok(),
        _ => None,
    };
    pieces.push(time.map_or_else(|| Piece::Word(rest[..length].to_owned()), Piece::Time));
    length
}

fn word(rest: &str, pieces: &mut Vec<Piece>) -> usize {
    let length = rest.find(|letter: char| !letter.is_alphanumeric()).unwrap_or(rest.len());
    let word = &rest[..length];
    let lower = word.to_lowercase();
    let dot = usize::from(rest[length..].starts_with('.'));
    let piece = match lower.as_str() {
        "uhr" | "h" | "von" => Piece::Filler,
        "am" | "jeweils" | "immer" | "jeden" | "from" => Piece::Filler,
        "bis" | "to" | "until" => Piece::To,
        "und" | "u" | "sowie" | "and" => Piece::And,
        "täglich" | "taeglich" | "daily" => Piece::Days(&Weekday::ALL),
        "werktags" | "wochentags" | "weekdays" => Piece::Days(&Weekday::ALL[..5]),
        _ => match weekday(&lower) {
            Some(day) => Piece::Day(day),
            None => Piece::Word(word.to_owned()),
        },
    };
    let takes_dot = dot == 1 && matches!(piece, Piece::Day(_) | Piece::And);
    pieces.push(piece);
    length + usize::from(takes_dot)
}

/// A day by its German or English name or abbreviation.
fn weekday(word: &str) -> Option<Weekday> {
    let word = word.strip_suffix('s').filter(|stem| stem.len() > 4).unwrap_or(word);
    Some(match word {
        "mo" | "mon" | "montag" | "monday" => Weekday::Monday,
        "di" | "die" | "dienstag" | "tue" | "tuesday" => Weekday::Tuesday,
        "mi" | "mit" | "mittwoch" | "wed" | "wednesday" => Weekday::Wednesday,
        "do" | "don" | "donnerstag" | "thu" | "thursday" => Weekday::Thursday,
        "fr" | "frei" | "freitag" | "fri" | "friday" => Weekday::Friday,
        "sa" | "sam" | "samstag" | "sonnabend" | "sat" | "saturday" => Weekday::Saturday,
        "so" | "son" | "sonntag" | "sun" | "sunday" => Weekday::Sunday,
        _ => return None,
    })
}
