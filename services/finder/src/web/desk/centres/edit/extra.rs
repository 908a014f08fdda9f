//! What single forms show beside their fields: choices, rows, the map, holidays, who else covers an area.

mod areas;
mod hours;

use contracts::directory::{Centre, Mode};
use serde_json::{Value, json};
use webkit::{error::PageError, staff::CentreSession};

use super::super::{
    around::Around,
    head::path,
    section::{Section, Sheet},
    sent::Sent,
    words,
};
use crate::{
    import::point_of,
    layers::Composed,
    web::view::{is_approximate, language_options, map_of_centre, topic_options},
};

pub(super) async fn of(
    around: &Around<'_>,
    session: &CentreSession,
    now: &Composed,
    sent: &Sent,
    sheet: &Sheet,
    again: bool,
) -> Result<Value, PageError> {
    let centre = &now.centre;
    Ok(match (&sheet.offer, sheet.section) {
        (Some(offer), _) if sheet.tail.ends_with("/gebiet") => {
            areas::of(around, session, centre, offer, sent, again).await?
        }
        (Some(id), _) => offer(around, session, centre, id, sent),
        (None, Section::Basics) => json!({ "languages": languages(around, sent) }),
        (None, Section::Address) => address(around, centre),
        (None, Section::Hours) => hours::of(around, centre, sent),
        (None, Section::Access) => json!({ "wheelchair": wheelchair(around, sent) }),
        (None, _) => Value::Null,
    })
}

/// Boxes to tick; what is ticked and not on the list stands at its end.
fn boxes(name: &str, known: Vec<(String, String)>, sent: &Sent) -> Value {
    let ticked: Vec<&str> = sent.all(name).collect();
    let strange = ticked.iter().filter(|code| !known.iter().any(|(value, _)| value == *code));
    let strange: Vec<(String, String)> =
        strange.map(|code| ((*code).to_owned(), (*code).to_owned())).collect();
    let all = known.into_iter().chain(strange);
    all.map(|(value, text)| {
        let checked = ticked.contains(&value.as_str());
        json!({ "value": value, "text": text, "hint": null, "checked": checked })
    })
    .collect()
}

pub(in super::super) fn languages(around: &Around<'_>, sent: &Sent) -> Value {
    let known = language_options(around.lang).into_iter();
    boxes("language", known.map(|option| (option.value.to_owned(), option.text.to_owned())).collect(), sent)
}

pub(in super::super) fn topics(around: &Around<'_>, sent: &Sent) -> Value {
    let known = topic_options(around.lexicon(), around.lang).into_iter();
    boxes("topic", known.map(|option| (option.value, option.text)).collect(), sent)
}

pub(in super::super) fn modes(around: &Around<'_>, sent: &Sent) -> Value {
    let known = Mode::ALL.into_iter();
    boxes("mode", known.map(|mode| (mode.code().to_owned(), around.word(words::mode(mode)))).collect(), sent)
}

fn wheelchair(around: &Around<'_>, sent: &Sent) -> Value {
    let chosen = sent.one("wheelchair");
    let option = |value: &str, message: &str| json!({ "value": value, "text": around.word(message), "hint": null, "checked": chosen == value });
    json!([
        option("full", "wheelchair-full"),
        option("partial", "wheelchair-partial"),
        option("no", "wheelchair-no"),
        option("", "desk-centre-wheelchair-unsaid"),
    ])
}

fn address(around: &Around<'_>, centre: &Centre) -> Value {
    let point = centre.coordinates.as_ref();
    let proposed = point_of(&around.places, centre.address.postcode);
    json!({
        "map": map_of_centre(&centre.name, point, &around.places),
        "approximate": point.is_some_and(is_approximate),
        "proposed": proposed.map(|point| format!("{} / {}", point.lat, point.lon)),
    })
}

fn offer(around: &Around<'_>, session: &CentreSession, centre: &Centre, id: &str, sent: &Sent) -> Value {
    let own = centre.offers.iter().find(|offer| offer.id == id);
    let base = webkit::staff::path_in(&visit_of(around), &path(session.centre_id(), &Sheet::offer(id).tail));
    json!({
        "name": own.map(|offer| &offer.name),
        "topics": topics(around, sent),
        "modes": modes(around, sent),
        "languages": languages(around, sent),
        "areas": own.map(|offer| words::areas(&offer.areas, around)).filter(|areas| !areas.is_empty()),
        "areas_href": format!("{base}/gebiet"),
        "remove_href": format!("{base}/entfernen"),
        "removable": centre.offers.len() > 1,
    })
}

/// Addresses in the page's language.
fn visit_of(around: &Around<'_>) -> webkit::pages::Visit {
    let root = axum::http::Uri::from_static("/");
    let mut visit = webkit::pages::Visit::to(&root);
    visit.lang = around.lang;
    visit
}
