//! A centre in the tables of HSDS 3.x.

use contracts::directory::{Area, Centre, Mode, Offer, OpeningException, OpeningSpan, Weekday};
use search_index::place::land_name;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::flat::{basis, postcodes};
use crate::import::{AREA_GERMANY, AREA_KEY, field::word::wheelchair_code};

/// The name space of the ids that HSDS wants for every part and that we do not have.
const PARTS: Uuid = Uuid::from_u128(0x2c8f_61d4_7d0b_4f5b_8a53_90f5_4f6a_1c3e);

/// A row of a table.
pub(super) type Row = Map<String, Value>;

/// The rows of a centre, by table, flat and with foreign keys.
#[derive(Debug, Default)]
pub(super) struct Tables {
    pub(super) organization: Row,
    pub(super) location: Row,
    /// Table name and row of what hangs on the organization or the location.
    pub(super) parts: Vec<(&'static str, Row)>,
    /// Each service with what hangs on it; the last part is its service_at_location.
    pub(super) services: Vec<(Row, Vec<(&'static str, Row)>)>,
}

/// An id that is the same in every export.
fn part_id(owner: &str, kind: &str, number: usize) -> String {
    Uuid::new_v5(&PARTS, format!("{owner}\n{kind}\n{number}").as_bytes()).to_string()
}

/// A row with an id of its own, without what is null.
fn row(value: Value) -> Row {
    match value {
        Value::Object(fields) => fields.into_iter().filter(|(_, value)| !value.is_null()).collect(),
        _ => Row::new(),
    }
}

/// Takes a centre apart.
pub(super) fn tables(centre: &Centre) -> Tables {
    let mut tables =
        Tables { organization: organization(centre), location: location(centre), ..Tables::default() };
    let organization_id = text_of(&tables.organization, "id");
    if let Some(association) = &centre.association {
        tables
            .parts
            .push(("attribute", attribute(&organization_id, "organization", "association", association, 0)));
    }
    parts(centre, &mut tables.parts);
    tables.services = centre.offers.iter().map(|offer| service(centre, offer, &organization_id)).collect();
    tables
}

fn text_of(row: &Row, field: &str) -> String {
    row.get(field).and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// The carrier. A centre without one is its own organization, told by the same id.
fn organization(centre: &Centre) -> Row {
    let (id, name) = match &centre.carrier {
        Some(carrier) => (part_id(carrier, centre.association.as_deref().unwrap_or_default(), 0), carrier),
        None => (centre.id.clone(), &centre.name),
    };
    let parent = centre.association.as_ref().map(|association| part_id(association, "association", 0));
    row(json!({ "id": id, "name": name, "description": name, "parent_organization_id": parent }))
}

fn location(centre: &Centre) -> Row {
    let online =
        centre.offers.iter().all(|offer| !offer.modes.is_empty() && !offer.modes.contains(&Mode::InPerson));
    row(json!({
        "id": centre.id,
        "location_type": if online { "virtual" } else { "physical" },
        "name": centre.name,
        "description": centre.description,
        "url": centre.contacts.website,
        "latitude": centre.coordinates.map(|point| point.lat),
        "longitude": centre.coordinates.map(|point| point.lon),
        "transportation": centre.access.directions,
        "external_identifier": centre.external_id,
        "external_identifier_type": centre.source,
    }))
}

/// What hangs on the location.
fn parts(centre: &Centre, parts: &mut Vec<(&'static str, Row)>) {
    let id = &centre.id;
    let land = centre.offers.iter().flat_map(|offer| &offer.areas).find_map(|area| match area {
        Area::Land(key) => Some(*key),
        Area::District(key) => Some(key.land()),
        Area::Municipality(key) => Some(key.district().land()),
        Area::Postcodes(_) | Area::Nationwide => None,
    });
    parts.push((
        "address",
        row(json!({
            "id": part_id(id, "address", 0),
            "location_id": id,
            "address_1": centre.address.street.as_deref().unwrap_or_default(),
            "address_2": centre.address.extra,
            "city": centre.address.city,
            "state_province": land.and_then(land_name).unwrap_or_default(),
            "postal_code": centre.address.postcode.as_str(),
            "country": "DE",
            "address_type": "physical",
        })),
    ));
    for (kind, number) in [("voice", &centre.contacts.phone), ("fax", &centre.contacts.fax)] {
        if let Some(number) = number {
            let phone =
                json!({ "id": part_id(id, kind, 0), "location_id": id, "number": number, "type": kind });
            parts.push(("phone", row(phone)));
        }
    }
    if let Some(email) = &centre.contacts.email {
        let contact = json!({ "id": part_id(id, "contact", 0), "location_id": id, "name": centre.name, "email": email });
        parts.push(("contact", row(contact)));
    }
    for (number, fact) in centre.access.facts.iter().enumerate() {
        let fact =
            json!({ "id": part_id(id, "accessibility", number), "location_id": id, "description": fact });
        parts.push(("accessibility", row(fact)));
    }
    parts.extend(
        centre
            .languages
            .iter()
            .enumerate()
            .map(|(number, tag)| ("language", language(id, "location_id", tag, number))),
    );
    let spans = centre.opening.weekly.iter().enumerate();
    parts.extend(spans.map(|(number, span)| ("schedule", week(id, span, number))));
    for (number, exception) in centre.opening.exceptions.iter().enumerate() {
        parts.extend(closure(id, exception, number).into_iter().map(|row| ("schedule", row)));
    }
    let wheelchair = centre.access.wheelchair.map(wheelchair_code);
    let point = centre.coordinates.map(|point| basis(point.basis));
    let facts = [
        ("opening_note", centre.opening.note.as_deref()),
        ("wheelchair", wheelchair),
        ("location_basis", point),
    ];
    for (kind, value) in facts {
        if let Some(value) = value {
            parts.push(("attribute", attribute(id, "location", kind, value, 0)));
        }
    }
}

fn service(centre: &Centre, offer: &Offer, organization_id: &str) -> (Row, Vec<(&'static str, Row)>) {
    let id = &offer.id;
    let service = row(json!({
        "id": id,
        "organization_id": organization_id,
        "name": offer.name,
        "status": "active",
        "description": offer.description,
        "url": offer.link,
        "assured_date": centre.confirmed_on.map(|day| day.to_string()),
    }));
    let mut parts = Vec::new();
    let codes: Vec<String> = offer.modes.iter().map(|mode| mode.code().to_owned()).collect();
    let leika: Vec<String> = offer.leika.iter().cloned().collect();
    for (kind, values) in [
        ("topic", &offer.topics),
        ("leika", &leika),
        ("target_group", &offer.target_groups),
        ("keyword", &offer.keywords),
        ("mode", &codes),
    ] {
        let rows = values
            .iter()
            .enumerate()
            .map(|(number, value)| ("attribute", attribute(id, "service", kind, value, number)));
        parts.extend(rows);
    }
    parts.extend(
        offer
            .languages
            .iter()
            .enumerate()
            .map(|(number, tag)| ("language", language(id, "service_id", tag, number))),
    );
    parts.extend(areas(offer).into_iter().map(|row| ("service_area", row)));
    let at = json!({ "id": part_id(id, "at", 0), "service_id": id, "location_id": centre.id });
    parts.push(("service_at_location", row(at)));
    (service, parts)
}

/// All ranges of postcodes in one row, every key in one of its own.
fn areas(offer: &Offer) -> Vec<Row> {
    let ranges: Vec<String> = offer
        .areas
        .iter()
        .filter_map(|area| if let Area::Postcodes(range) = area { Some(postcodes(*range)) } else { None })
        .collect();
    let mut rows = Vec::new();
    let id = |number| part_id(&offer.id, "area", number);
    if !ranges.is_empty() {
        rows.push(row(json!({
            "id": id(0), "service_id": offer.id, "name": "PLZ", "extent": ranges.join(";"), "extent_type": "text",
        })));
    }
    for (number, area) in offer.areas.iter().enumerate() {
        let uri = match area {
            Area::Postcodes(_) => continue,
            Area::Municipality(key) => format!("{AREA_KEY}{key}"),
            Area::District(key) => format!("{AREA_KEY}{key}"),
            Area::Land(key) => format!("{AREA_KEY}{key}"),
            Area::Nationwide => AREA_GERMANY.to_owned(),
        };
        rows.push(row(json!({ "id": id(number + 1), "service_id": offer.id, "name": uri, "uri": uri })));
    }
    rows
}

fn attribute(owner: &str, entity: &str, kind: &str, value: &str, number: usize) -> Row {
    row(json!({
        "id": part_id(owner, kind, number), "link_id": owner, "link_entity": entity, "link_type": kind, "value": value,
    }))
}

fn language(owner: &str, key: &str, tag: &str, number: usize) -> Row {
    row(json!({ "id": part_id(owner, "language", number), key: owner, "name": tag, "code": tag }))
}

fn week(id: &str, span: &OpeningSpan, number: usize) -> Row {
    row(json!({
        "id": part_id(id, "week", number),
        "location_id": id,
        "freq": "WEEKLY",
        "interval": 1,
        "wkst": "MO",
        "byday": day_code(span.weekday),
        "opens_at": clock(span.opens),
        "closes_at": clock(span.closes),
        "notes": span.note,
    }))
}

/// One row for each span of the exception, one without times when it is closed.
fn closure(id: &str, exception: &OpeningException, number: usize) -> Vec<Row> {
    let schedule = |part: usize, opens: Option<String>, closes: Option<String>| {
        row(json!({
            "id": part_id(id, &format!("exception {number}"), part),
            "location_id": id,
            "valid_from": exception.from.to_string(),
            "valid_to": exception.to.to_string(),
            "opens_at": opens,
            "closes_at": closes,
            "notes": exception.note,
        }))
    };
    if exception.open.is_empty() {
        return vec![schedule(0, None, None)];
    }
    let spans = exception.open.iter().enumerate();
    spans.map(|(part, (opens, closes))| schedule(part, Some(clock(*opens)), Some(clock(*closes)))).collect()
}

fn clock(time: jiff::civil::Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

const fn day_code(day: Weekday) -> &'static str {
    match day {
        Weekday::Monday => "MO",
        Weekday::Tuesday => "TU",
        Weekday::Wednesday => "WE",
        Weekday::Thursday => "TH",
        Weekday::Friday => "FR",
        Weekday::Saturday => "SA",
        Weekday::Sunday => "SU",
    }
}
