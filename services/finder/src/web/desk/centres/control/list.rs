//! Fields of several entries: ticked codes, and lists with an entry on each line.

use contracts::directory::Mode;
use serde_json::Value;

use super::{Read, Wrong, names};
use crate::{
    import::field::text::{limit, line},
    layers::{Field, Part},
    web::{
        desk::centres::{around::Around, sent::Sent},
        say::Say,
        view::is_known_language,
    },
};

pub(super) fn write_set(name: &str, value: &Value, sent: &mut Sent) {
    for code in value.as_array().into_iter().flatten().filter_map(Value::as_str) {
        sent.put(name, code);
    }
}

/// Ticked codes that are known, and those the field holds already.
pub(super) fn read_set(field: &Field, sent: &Sent, now: &Value, around: &Around<'_>) -> Value {
    let held = |code: &str| now.as_array().is_some_and(|codes| codes.iter().any(|held| held == code));
    let known = |code: &str| match field {
        Field::OfferPart(_, Part::Topics) => around.lexicon().topic(code).is_some(),
        Field::OfferPart(_, Part::Modes) => Mode::from_code(code).is_some(),
        _ => is_known_language(code),
    };
    let mut codes: Vec<&str> = Vec::new();
    for code in sent.all(names(field)[0]).take(4 * limit::LIST) {
        if (known(code) || held(code)) && !codes.contains(&code) {
            codes.push(code);
        }
    }
    if codes.is_empty() { Value::Null } else { Value::from(codes) }
}

pub(super) fn write_lines(name: &str, value: &Value, sent: &mut Sent) {
    let entries: Vec<&str> = value.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    sent.put(name, entries.join("\n"));
}

/// The lines that say something.
pub(super) fn entries(text: &str) -> impl Iterator<Item = String> {
    text.lines().map(|entry| entry.trim().to_owned()).filter(|entry| !entry.is_empty())
}

pub(super) fn read_lines(field: &Field, sent: &Sent) -> Read {
    let at = names(field)[0];
    let longest = if *field == Field::AccessFacts { limit::LINE } else { limit::WORD };
    let mut read: Vec<String> = Vec::new();
    for entry in entries(sent.one(at)) {
        let cleaned = line(&entry, longest);
        if cleaned.shortened {
            return Err(vec![Wrong::new(at, Say::new("desk-centre-entry-too-long").with("count", longest))]);
        }
        if !cleaned.text.is_empty() && !read.contains(&cleaned.text) {
            read.push(cleaned.text);
        }
    }
    if read.len() > limit::LIST {
        return Err(vec![Wrong::new(at, Say::new("desk-centre-too-many").with("count", limit::LIST))]);
    }
    Ok(if read.is_empty() { Value::Null } else { Value::from(read) })
}
