//! Fields of one text: names, contacts, descriptions, the key of a service.

use serde_json::Value;

use super::{Read, Wrong, names, text_or_null};
use crate::{
    import::field::{
        contact,
        text::{limit, line, lines},
    },
    layers::{Field, Part},
    web::{desk::centres::sent::Sent, say::Say},
};

pub(super) fn read(field: &Field, sent: &Sent) -> Read {
    let Some(at) = names(field).first().copied() else { return Ok(Value::Null) };
    let (longest, several) = longest(field);
    let cleaned = if several { lines(sent.one(at), longest) } else { line(sent.one(at), longest) };
    if cleaned.shortened {
        let say = Say::new("desk-centre-too-long").with("count", longest);
        return Err(vec![Wrong::new(at, say)]);
    }
    let text = cleaned.text;
    if text.is_empty() {
        return match field {
            Field::Name | Field::OfferPart(_, Part::Name) => {
                Err(vec![Wrong::new(at, Say::new("desk-centre-name-missing"))])
            }
            _ => Ok(Value::Null),
        };
    }
    let checked = match field {
        Field::Phone | Field::Fax => contact::phone(&text).ok_or(Say::new("desk-centre-phone-wrong")),
        Field::Email => contact::email(&text).ok_or(Say::new("desk-centre-email-wrong")),
        Field::Website | Field::OfferPart(_, Part::Link) => {
            contact::website(&text).map(|(address, _)| address).ok_or(Say::new("desk-centre-website-wrong"))
        }
        Field::OfferPart(_, Part::Leika) => leika(&text).ok_or(Say::new("desk-centre-leika-wrong")),
        Field::Wheelchair if !["full", "partial", "no"].contains(&text.as_str()) => Ok(String::new()),
        _ => Ok(text),
    };
    checked.map(text_or_null).map_err(|say| vec![Wrong::new(at, say)])
}

/// How long the text may be, in characters, and whether it may have several lines.
const fn longest(field: &Field) -> (usize, bool) {
    match field {
        Field::Description | Field::OfferPart(_, Part::Description) => (limit::DESCRIPTION, true),
        Field::Name | Field::Carrier | Field::Association | Field::OfferPart(_, Part::Name) => {
            (limit::NAME, false)
        }
        Field::Website | Field::OfferPart(_, Part::Link) => (2_000, false),
        _ => (limit::LINE, false),
    }
}

/// The key of a service: 14 digits, which may be written in groups.
fn leika(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(|letter| !matches!(letter, ' ' | '.' | '-')).collect();
    (digits.len() == 14 && digits.bytes().all(|byte| byte.is_ascii_digit())).then_some(digits)
}
