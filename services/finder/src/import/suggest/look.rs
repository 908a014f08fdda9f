//! What the values of a column look like.

use super::Target;
use crate::import::{
    SniffedColumn,
    field::{area, contact, day, hours, language::language, point::degrees, word},
};

/// How many of the values look like the field, from 0 to 1; `None` when the field can be anything.
pub(super) fn looks_like(column: &SniffedColumn, target: Target) -> Option<f64> {
    let is: fn(&str) -> bool = match target {
        Target::Postcode => |text| area::postcode(text).is_some(),
        Target::Lat => |text| degrees(text).is_some_and(|at| (47.0..=55.5).contains(&at)),
        Target::Lon => |text| degrees(text).is_some_and(|at| (5.5..=15.5).contains(&at)),
        Target::Phone | Target::Fax => is_dialled,
        Target::Email => |text| contact::email(text).is_some() && text.contains('@'),
        Target::Website | Target::Link => is_web,
        Target::ConfirmedOn => |text| day::day(text).is_some(),
        Target::Opening => |text| !hours::weekly(text).spans.is_empty(),
        Target::Wheelchair => |text| word::wheelchair(text).is_some() || word::yes_no(text).is_some(),
        Target::Nationwide => |text| word::yes_no(text).is_some(),
        Target::PostcodeRanges => is_ranges,
        Target::Municipalities => |text| each(text, |part| area::municipality(part).is_some()),
        Target::Districts => |text| each(text, |part| area::district(part).is_some()),
        Target::Lands => |text| each(text, |part| area::land(part).is_some()),
        Target::Languages => |text| parts(text).any(|part| language(part).is_some()),
        Target::Modes => |text| parts(text).any(|part| word::mode(part).is_some()),
        Target::City | Target::Name | Target::Carrier | Target::Association | Target::OfferName => {
            |text| text.chars().any(char::is_alphabetic)
        }
        _ => return None,
    };
    if column.values.is_empty() {
        return None;
    }
    let yes = column.values.iter().filter(|value| is(value)).count();
    Some(yes as f64 / column.values.len() as f64)
}

/// Fields whose values look like nothing else, so that the heading may say anything.
pub(super) const UNMISTAKABLE: &[Target] = &[
    Target::Email,
    Target::Website,
    Target::Lat,
    Target::Lon,
    Target::Opening,
    Target::PostcodeRanges,
    Target::Postcode,
];

/// A phone number, or the part before or after the slash of one.
fn is_dialled(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (2..=16).contains(&digits)
        && text.chars().all(|letter| letter.is_ascii_digit() || " +-/()–.".contains(letter))
}

fn is_web(text: &str) -> bool {
    !text.contains('@')
        && !text.contains(' ')
        && (text.starts_with("http") || text.starts_with("www.") || text.contains('.'))
        && text.chars().any(char::is_alphabetic)
        && contact::website(text).is_some()
}

fn is_ranges(text: &str) -> bool {
    let several = text.contains(['-', '–', ';', ',']);
    several
        && parts(text).all(|part| {
            let mut ends = part.split(['-', '–']).map(str::trim);
            ends.all(|end| end.len() == 5 && end.bytes().all(|byte| byte.is_ascii_digit()))
        })
}

fn parts(text: &str) -> impl Iterator<Item = &str> {
    text.split([';', ',', '|', '/']).map(str::trim).filter(|part| !part.is_empty())
}

fn each(text: &str, is: impl Fn(&str) -> bool) -> bool {
    let mut some = false;
    parts(text).all(|part| {
        some = true;
        is(part)
    }) && some
}
