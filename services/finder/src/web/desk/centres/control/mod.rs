//! The fields of a form: a value as texts to show, and texts as a value.
//!
//! What is read back from what was written is the same value; what cannot be read says why, at its field.

mod areas;
mod exceptions;
mod line;
mod list;
mod place;
mod week;

use serde::Serialize;
use serde_json::Value;

use super::{around::Around, sent::Sent};
use crate::{
    layers::{Field, Part},
    web::say::Say,
};

pub(super) use self::areas::{kinds as area_codes, read_areas};

/// What is wrong with a field, and at which element of the page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Wrong {
    /// The element's id.
    pub(super) at: &'static str,
    pub(super) say: Say,
}

impl Wrong {
    pub(super) const fn new(at: &'static str, say: Say) -> Self {
        Self { at, say }
    }
}

/// A value, or what is wrong with its texts.
pub(super) type Read = Result<Value, Vec<Wrong>>;

/// The names of a field's inputs; each is also its element's id unless it repeats.
pub(super) const fn names(field: &Field) -> &'static [&'static str] {
    match field {
        Field::Name | Field::OfferPart(_, Part::Name) => &["name"],
        Field::Carrier => &["carrier"],
        Field::Association => &["association"],
        Field::Description | Field::OfferPart(_, Part::Description) => &["description"],
        Field::Address => &["street", "extra", "postcode", "city"],
        Field::Coordinates => &["lat", "lon"],
        Field::Phone => &["phone"],
        Field::Fax => &["fax"],
        Field::Email => &["email"],
        Field::Website => &["website"],
        Field::Weekly => &week::NAMES,
        Field::Exceptions => &exceptions::NAMES,
        Field::OpeningNote => &["note"],
        Field::Wheelchair => &["wheelchair"],
        Field::AccessFacts => &["facts"],
        Field::Directions => &["directions"],
        Field::Languages | Field::OfferPart(_, Part::Languages) => &["language"],
        Field::OfferPart(_, Part::Topics) => &["topic"],
        Field::OfferPart(_, Part::Leika) => &["leika"],
        Field::OfferPart(_, Part::TargetGroups) => &["groups"],
        Field::OfferPart(_, Part::Keywords) => &["keywords"],
        Field::OfferPart(_, Part::Modes) => &["mode"],
        Field::OfferPart(_, Part::Areas) => &areas::NAMES,
        Field::OfferPart(_, Part::Link) => &["link"],
        Field::ConfirmedOn | Field::Listed | Field::Offer(_) => &[],
    }
}

/// The texts that show a value.
pub(super) fn write(field: &Field, value: &Value) -> Sent {
    let mut sent = Sent::default();
    match field {
        Field::Weekly => week::write(value, &mut sent),
        Field::Exceptions => exceptions::write(value, &mut sent),
        Field::Address => place::write_address(value, &mut sent),
        Field::Coordinates => place::write_point(value, &mut sent),
        Field::OfferPart(_, Part::Areas) => areas::write(value, &mut sent),
        Field::Languages | Field::OfferPart(_, Part::Languages | Part::Topics | Part::Modes) => {
            list::write_set(names(field)[0], value, &mut sent);
        }
        Field::AccessFacts | Field::OfferPart(_, Part::TargetGroups | Part::Keywords) => {
            list::write_lines(names(field)[0], value, &mut sent);
        }
        Field::ConfirmedOn | Field::Listed | Field::Offer(_) => {}
        _ => sent.put(names(field)[0], value.as_str().unwrap_or_default()),
    }
    sent
}

/// The value that texts mean; `now` is what the field holds, whose unknown codes may stay.
pub(super) fn read(field: &Field, sent: &Sent, now: &Value, around: &Around<'_>) -> Read {
    match field {
        Field::Weekly => week::read(sent),
        Field::Exceptions => exceptions::read(sent),
        Field::Address => place::read_address(sent, around),
        Field::Coordinates => place::read_point(sent, around),
        Field::OfferPart(_, Part::Areas) => read_areas(sent, now, around).map(|areas| {
            if areas.is_empty() { Value::Null } else { serde_json::to_value(areas).unwrap_or_default() }
        }),
        Field::Languages | Field::OfferPart(_, Part::Languages | Part::Topics | Part::Modes) => {
            Ok(list::read_set(field, sent, now, around))
        }
        Field::AccessFacts | Field::OfferPart(_, Part::TargetGroups | Part::Keywords) => {
            list::read_lines(field, sent)
        }
        _ => line::read(field, sent),
    }
}

/// Texts without what makes no difference: spaces at the ends, empty rows, the order of ticks.
pub(super) fn normal(field: &Field, sent: &Sent) -> Vec<String> {
    match field {
        Field::Weekly => week::rows(sent).iter().map(|row| row.join("\n")).collect(),
        Field::Exceptions => exceptions::rows(sent).iter().map(|row| row.join("\n")).collect(),
        Field::OfferPart(_, Part::Areas) => areas::normal(sent),
        Field::Languages | Field::OfferPart(_, Part::Languages | Part::Topics | Part::Modes) => {
            let mut codes: Vec<String> = sent.all(names(field)[0]).map(str::to_owned).collect();
            codes.sort_unstable();
            codes.dedup();
            codes
        }
        Field::AccessFacts | Field::OfferPart(_, Part::TargetGroups | Part::Keywords) => {
            list::entries(sent.one(names(field)[0])).collect()
        }
        _ => names(field).iter().map(|name| sent.one(name).replace("\r\n", "\n").trim().to_owned()).collect(),
    }
}

/// A text, or nothing.
pub(super) fn text_or_null(text: String) -> Value {
    if text.is_empty() { Value::Null } else { Value::String(text) }
}
