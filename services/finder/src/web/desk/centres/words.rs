//! Values and their origins in words, for people who compare them.

use contracts::directory::{Area, Mode, OpeningException, OpeningSpan, Weekday};
use kernel::Lang;
use serde_json::Value;

use super::around::Around;
use crate::{
    layers::{Field, Origin, Part, SourceRecord},
    web::view::{areas_in_words, language_names, time_in_words},
};

/// The message that names a field.
pub(super) const fn label(field: &Field) -> &'static str {
    match field {
        Field::Name => "desk-centre-field-name",
        Field::Carrier => "desk-centre-field-carrier",
        Field::Association => "desk-centre-field-association",
        Field::Description => "desk-centre-field-description",
        Field::Address => "desk-centre-field-address",
        Field::Coordinates => "desk-centre-field-coordinates",
        Field::Phone => "desk-centre-field-phone",
        Field::Fax => "desk-centre-field-fax",
        Field::Email => "desk-centre-field-email",
        Field::Website => "desk-centre-field-website",
        Field::Weekly => "desk-centre-field-weekly",
        Field::Exceptions => "desk-centre-field-exceptions",
        Field::OpeningNote => "desk-centre-field-note",
        Field::Wheelchair => "desk-centre-field-wheelchair",
        Field::AccessFacts => "desk-centre-field-facts",
        Field::Directions => "desk-centre-field-directions",
        Field::Languages => "desk-centre-field-languages",
        Field::ConfirmedOn => "desk-centre-field-confirmed",
        Field::Listed => "desk-centre-field-listed",
        Field::Offer(_) => "desk-centre-field-offer",
        Field::OfferPart(_, part) => match part {
            Part::Name => "desk-centre-field-offer-name",
            Part::Description => "desk-centre-field-offer-description",
            Part::Topics => "desk-centre-field-topics",
            Part::Leika => "desk-centre-field-leika",
            Part::TargetGroups => "desk-centre-field-groups",
            Part::Keywords => "desk-centre-field-keywords",
            Part::Languages => "desk-centre-field-offer-languages",
            Part::Modes => "desk-centre-field-modes",
            Part::Areas => "desk-centre-field-areas",
            Part::Link => "desk-centre-field-link",
        },
    }
}

/// Where a value comes from: which list and when, or who and when.
pub(super) fn origin(origin: &Origin, around: &Around<'_>) -> String {
    match origin {
        Origin::List { source, at, .. } if source == SourceRecord::MANUAL => {
            around.say("desk-centre-origin-made", &[("when", around.moment(*at).into())])
        }
        Origin::List { source, at, .. } => around.say(
            "desk-centre-origin-list",
            &[("source", source.clone().into()), ("when", around.moment(*at).into())],
        ),
        Origin::Person { actor, at } => around.say(
            "desk-centre-origin-person",
            &[("name", actor.name.clone().into()), ("when", around.moment(*at).into())],
        ),
    }
}

/// A value; empty when there is none.
pub(super) fn value(field: &Field, value: &Value, around: &Around<'_>) -> String {
    match (field, value) {
        (_, Value::Null) => String::new(),
        (Field::Wheelchair, _) => match value.as_str() {
            Some("full") => around.word("wheelchair-full"),
            Some("partial") => around.word("wheelchair-partial"),
            _ => around.word("wheelchair-no"),
        },
        (Field::ConfirmedOn, _) => parsed(value).map_or_else(String::new, |day| around.day(day)),
        (_, Value::String(text)) => text.clone(),
        (Field::Address, _) => address(value),
        (Field::Coordinates, _) => format!("{} / {}", value["lat"], value["lon"]),
        (Field::Weekly, _) => week(value, around),
        (Field::Exceptions, _) => exceptions(value, around),
        (Field::Languages | Field::OfferPart(_, Part::Languages), _) => {
            languages(&parsed::<Vec<_>>(value).unwrap_or_default(), around.lang)
        }
        (Field::OfferPart(_, Part::Topics), _) => {
            topics(&parsed::<Vec<_>>(value).unwrap_or_default(), around)
        }
        (Field::OfferPart(_, Part::Modes), _) => modes(&parsed::<Vec<_>>(value).unwrap_or_default(), around),
        (Field::OfferPart(_, Part::Areas), _) => areas(&parsed::<Vec<_>>(value).unwrap_or_default(), around),
        (Field::Offer(_), _) => value["name"].as_str().unwrap_or_default().to_owned(),
        (_, Value::Array(entries)) => entries.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("; "),
        _ => String::new(),
    }
}

fn parsed<T: serde::de::DeserializeOwned>(value: &Value) -> Option<T> {
    T::deserialize(value).ok()
}

fn address(value: &Value) -> String {
    let text = |name: &str| value[name].as_str().unwrap_or_default().to_owned();
    let town = format!("{} {}", text("postcode"), text("city"));
    let lines = [text("street"), text("extra"), town];
    lines.into_iter().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>().join(", ")
}

fn span(opens: jiff::civil::Time, closes: jiff::civil::Time) -> String {
    format!("{}–{}", time_in_words(opens), time_in_words(closes))
}

fn with_note(text: String, note: Option<String>) -> String {
    match note {
        Some(note) => format!("{text} ({note})"),
        None => text,
    }
}

fn week(value: &Value, around: &Around<'_>) -> String {
    let spans: Vec<OpeningSpan> = parsed(value).unwrap_or_default();
    let words = spans.into_iter().map(|hours| {
        let day = (1i64..).zip(Weekday::ALL).find(|(_, day)| *day == hours.weekday).map_or(1, |(at, _)| at);
        let day = around.say("weekday", &[("weekday", day.into())]);
        with_note(format!("{day} {}", span(hours.opens, hours.closes)), hours.note)
    });
    words.collect::<Vec<_>>().join("; ")
}

fn exceptions(value: &Value, around: &Around<'_>) -> String {
    let all: Vec<OpeningException> = parsed(value).unwrap_or_default();
    let words = all.into_iter().map(|exception| {
        let days = if exception.from == exception.to {
            around.day(exception.from)
        } else {
            format!("{}–{}", around.day(exception.from), around.day(exception.to))
        };
        let open: Vec<String> = exception.open.iter().map(|(opens, closes)| span(*opens, *closes)).collect();
        let open = if open.is_empty() { around.word("desk-centre-closed") } else { open.join(", ") };
        with_note(format!("{days}: {open}"), exception.note)
    });
    words.collect::<Vec<_>>().join("; ")
}

/// Languages by name.
pub(super) fn languages(tags: &[String], lang: Lang) -> String {
    language_names(tags, lang).into_iter().map(|language| language.name).collect::<Vec<_>>().join(", ")
}

/// Topics by name.
pub(super) fn topics(ids: &[String], around: &Around<'_>) -> String {
    let name = |id: &String| {
        let topic = around.lexicon().topic(id);
        topic.map_or_else(|| id.clone(), |topic| topic.label_in(around.lang.tag()).to_owned())
    };
    ids.iter().map(name).collect::<Vec<_>>().join(", ")
}

/// The message that names a way of counselling.
pub(super) const fn mode(mode: Mode) -> &'static str {
    match mode {
        Mode::InPerson => "mode-in-person",
        Mode::Phone => "mode-phone",
        Mode::Video => "mode-video",
        Mode::Chat => "mode-chat",
    }
}

/// Ways of counselling by name.
pub(super) fn modes(modes: &[Mode], around: &Around<'_>) -> String {
    modes.iter().map(|way| around.word(mode(*way))).collect::<Vec<_>>().join(", ")
}

/// Areas by name.
pub(super) fn areas(areas: &[Area], around: &Around<'_>) -> String {
    let view = areas_in_words(areas, around.places.as_ref());
    if view.nationwide {
        return around.word("centre-areas-nationwide");
    }
    let names = view.groups.iter().flat_map(|group| group.shown.iter().chain(&group.more));
    names.cloned().collect::<Vec<_>>().join(", ")
}
