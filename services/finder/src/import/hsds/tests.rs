use serde_json::{Value, json};

use crate::import::{InputFile, Limits, Reading, Silent, Surroundings, profile::bundled, read};
use search_index::place::Gazetteer;

fn reading(value: &Value) -> Reading {
    let topics = ["debt".to_owned()].into();
    let (places, limits) = (Gazetteer::bundled(), Limits::default());
    let around = Surroundings { places: &places, topics: &topics, child: None, limits: &limits };
    let files = vec![InputFile::from_bytes("h.json", value.to_string().into_bytes())];
    read(files, &bundled("hsds").unwrap(), &around, &Silent).unwrap()
}

fn problems(reading: &Reading) -> Vec<(u64, &str, &str)> {
    reading
        .rejected
        .iter()
        .map(|error| (error.spot.row, error.spot.column.as_str(), error.problem.code()))
        .collect()
}

fn tables() -> Value {
    json!({
        "organizations": [
            { "id": "o1", "name": "Musterverband Nord", "description": "x", "parent_organization_id": "o2", "website": "example.org" },
            { "id": "o2", "name": "Musterverband", "description": "x" }],
        "services": [
            { "id": "s1", "organization_id": "o1", "name": "Schuldnerberatung", "status": "active", "eligibility_description": "Familien; Frauen" },
            { "id": "s2", "organization_id": "o1", "name": "Alt", "status": "defunct" },
            { "id": "s3", "organization_id": "o1", "name": "Ohne Ort", "status": "active" }],
        "locations": [{ "id": "l1", "name": "Haus", "location_type": "physical", "latitude": 47.99, "longitude": "7.85" }],
        "service_at_locations": [{ "id": "x1", "service_id": "s1", "location_id": "l1" }],
        "addresses": [{ "id": "a1", "location_id": "l1", "address_1": "Musterweg 1", "city": "Freiburg", "state_province": "BW",
            "postal_code": "79100", "country": "DE", "address_type": "physical" }],
        "phones": [{ "id": "p1", "location_id": "l1", "number": "030 23125 001" }],
        "schedules": [{ "id": "c1", "service_id": "s1", "freq": "WEEKLY", "byday": "MO,TU", "opens_at": "09:00:00Z", "closes_at": "12:00" }],
        "languages": [{ "id": "g1", "service_id": "s1", "name": "Turkish" }],
        "service_areas": [
            { "id": "r1", "service_id": "s1", "extent": "79117-79098;quatsch", "extent_type": "text" },
            { "id": "r2", "service_id": "s1", "uri": "urn:de:ags:08311" }],
        "attributes": [
            { "id": "t1", "link_id": "s1", "link_entity": "service", "taxonomy_term": { "code": "debt", "name": "Debt" } },
            { "id": "t2", "link_id": "s1", "link_entity": "service", "value": "Pfändung" }]
    })
}

#[test]
fn tables_are_put_together_by_their_keys() {
    let reading = reading(&tables());
    assert_eq!(
        problems(&reading),
        [
            (1, "/service_areas/0/extent", "not-a-postcode-range"),
            (2, "/services/1/status", "inactive"),
            (3, "/services/2/service_at_locations", "required"),
        ]
    );
    let centre = reading.drafts[0].body();
    assert_eq!((centre.name.as_str(), centre.external_id.as_str()), ("Haus", "l1"));
    assert_eq!(
        (centre.carrier.as_deref(), centre.association.as_deref()),
        (Some("Musterverband Nord"), Some("Musterverband"))
    );
    assert_eq!(centre.contacts.website.as_deref(), Some("https://example.org"));
    assert_eq!((centre.contacts.phone.as_deref(), centre.opening.weekly.len()), (Some("030 23125 001"), 2));
    let offer = &centre.offers[0];
    assert_eq!(
        (offer.topics.as_slice(), offer.keywords.as_slice()),
        (&["debt".to_owned()][..], &["Pfändung".to_owned()][..])
    );
    assert_eq!(
        (offer.areas.len(), offer.languages.as_slice(), offer.target_groups.len()),
        (2, &["tr".to_owned()][..], 2)
    );
    assert_eq!(reading.rows_lost(), 2);
}

#[test]
fn wrong_types_are_named_by_their_json_pointer() {
    let service = |change: &dyn Fn(&mut Value)| {
        let mut service = json!({
            "id": "s", "name": "n", "status": "active",
            "service_at_locations": [{ "id": "x", "location": { "id": "l", "name": "L", "addresses": [
                { "id": "a", "address_1": "", "city": "Freiburg", "postal_code": "79100", "address_type": "physical" }] } }]
        });
        change(&mut service);
        json!([service])
    };
    assert_eq!(problems(&reading(&service(&|_| ()))), []);
    for (pointer, value, expected) in [
        ("/name", json!(5), ("/0/name", "wrong-type")),
        ("/id", json!(null), ("/0/id", "required")),
        ("/service_at_locations", json!({}), ("/0/service_at_locations", "wrong-type")),
        ("/service_at_locations/0", json!("x"), ("/0/service_at_locations/0", "wrong-type")),
        (
            "/service_at_locations/0/location",
            json!("l"),
            ("/0/service_at_locations/0/location", "dangling-reference"),
        ),
        (
            "/service_at_locations/0/location/addresses/0/postal_code",
            json!(79100),
            ("/0/service_at_locations/0/location/addresses/0/postal_code", "wrong-type"),
        ),
    ] {
        let reading = reading(&service(&|service| *service.pointer_mut(pointer).unwrap() = value.clone()));
        assert_eq!(problems(&reading)[0], (1, expected.0, expected.1), "{pointer}");
        assert!(reading.drafts.is_empty());
    }
}

#[test]
fn a_page_of_the_interface_is_read_too() {
    let page = json!({ "total_items": 1, "contents": [{ "id": "s", "name": "n", "status": "inactive" }] });
    assert_eq!(problems(&reading(&page)), [(1, "/contents/0/status", "inactive")]);
}
