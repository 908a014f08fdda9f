use contracts::{directory::LocationBasis, staff::Actor};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::*;
use crate::demo;

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_795_000_000 + second).unwrap()
}

fn actor() -> Actor {
    Actor { person_id: "p1".into(), name: "Petra".into() }
}

/// Records of invented centres, the first one leading.
fn layers(numbers: &[usize]) -> Layers {
    let all: Vec<_> = demo::centres(3, 40).collect();
    let mut records = numbers.iter().enumerate().map(|(priority, number)| {
        let body = contracts::directory::Centre { source: format!("list-{number}"), ..all[*number].clone() };
        SourceRecord {
            own_id: body.id.clone(),
            source: body.source.clone(),
            external_id: body.external_id.clone(),
            centre_id: all[numbers[0]].id.clone(),
            priority: priority as i64,
            body,
            present: true,
            imported_at: at(*number as i64),
            run_id: Some(format!("run-{number}")),
            actor: None,
        }
    });
    let first = records.next().unwrap();
    Layers { centre_id: first.own_id.clone(), first, others: records.collect(), edits: Vec::new() }
}

fn edit(layers: &Layers, own_id: &str, field: &str, value: Value) -> ManualEdit {
    let field: Field = field.parse().unwrap();
    let list_value = field.get(&compose(layers).centre);
    ManualEdit { centre_id: own_id.into(), field, value, actor: actor(), at: at(100), list_value }
}

#[test]
fn every_field_has_a_stable_name_that_leads_back_to_it() {
    let centre = demo::centres(3, 1).next().unwrap();
    for (field, value) in fields(&centre) {
        assert_eq!(field.to_string().parse::<Field>(), Ok(field.clone()));
        assert!(field.check(&value).is_ok(), "{field}");
        let mut other = centre.clone();
        field.set(&mut other, &value).unwrap();
        assert_eq!(other, centre, "{field}: its own value changes nothing");
    }
    for wrong in ["", "id", "slug", "offer:", "offer", "contacts", "contacts.mobile"] {
        assert!(wrong.parse::<Field>().is_err(), "{wrong}");
    }
    assert_eq!("offer:a.b.name".parse(), Ok(Field::OfferPart("a.b".into(), Part::Name)));
    assert_eq!("offer:a.b".parse(), Ok(Field::Offer("a.b".into())));
}

#[test]
fn values_that_do_not_fit_are_refused_and_change_nothing() {
    let centre = demo::centres(3, 1).next().unwrap();
    let offer = format!("offer:{}", centre.offers[0].id);
    for (field, value) in [
        ("name", Value::Null),
        ("name", json!("  ")),
        ("address", Value::Null),
        ("address", json!({"postcode": "7910", "city": "Freiburg"})),
        ("contacts.phone", json!(7)),
        ("opening.weekly", json!([{"weekday": "funday", "opens": "09:00:00", "closes": "10:00:00"}])),
        (offer.as_str(), json!({"id": "another", "name": "x"})),
        (&format!("{offer}.name"), Value::Null),
        (&format!("{offer}.areas"), json!([{"kind": "land", "key": "123"}])),
    ] {
        let mut other = centre.clone();
        assert!(field.parse::<Field>().unwrap().set(&mut other, &value).is_err(), "{field} {value}");
        assert_eq!(other, centre);
    }
}

#[test]
fn one_record_alone_is_the_centre_and_says_which_list_it_is_from() {
    let layers = layers(&[4]);
    let composed = compose(&layers);
    assert_eq!((&composed.centre, composed.standing), (&layers.first.body, Standing::Listed));
    let from = Origin::List { source: "list-4".into(), run_id: Some("run-4".into()), at: at(4) };
    assert_eq!(composed.provenance.of(&Field::Name), Some(&from));
    let part = Part::Topics.of(&composed.centre.offers[0].id);
    assert_eq!(composed.provenance.of(&part), Some(&from));
}

#[test]
fn an_edit_lies_on_top_and_names_its_author() {
    let mut layers = layers(&[4]);
    let id = layers.centre_id.clone();
    let offer = layers.first.body.offers[0].id.clone();
    for (field, value) in [
        ("contacts.phone", Value::Null),
        ("name", json!("Neu")),
        (&format!("offer:{offer}.keywords"), json!(["Pfändung"])),
    ] {
        layers.edits.push(edit(&layers, &id, field, value));
    }
    let composed = compose(&layers);
    assert_eq!((composed.centre.name.as_str(), &composed.centre.contacts.phone), ("Neu", &None));
    assert_eq!(composed.centre.offers[0].keywords, ["Pfändung"]);
    let by_hand = Origin::Person { actor: actor(), at: at(100) };
    assert_eq!(composed.provenance.of(&Part::Keywords.of(&offer)), Some(&by_hand));
    assert_ne!(composed.provenance.of(&Part::Name.of(&offer)), Some(&by_hand));
    assert_eq!(layers.without_edits().centre, layers.first.body);
}

#[test]
fn an_edit_of_an_offer_sleeps_while_the_list_lacks_the_offer() {
    let mut layers = layers(&[4]);
    let id = layers.centre_id.clone();
    let gone = layers.first.body.offers.remove(0);
    layers.edits.push(edit(&layers, &id, &format!("offer:{}.name", gone.id), json!("Neu")));
    assert!(compose(&layers).centre.offers.iter().all(|offer| offer.name != "Neu"));
    layers.first.body.offers.push(gone);
    assert!(compose(&layers).centre.offers.iter().any(|offer| offer.name == "Neu"));
}

#[test]
fn offers_come_and_go_by_hand() {
    let mut layers = layers(&[4]);
    let id = layers.centre_id.clone();
    let first = layers.first.body.offers[0].clone();
    layers.edits.push(edit(&layers, &id, &format!("offer:{}", first.id), Value::Null));
    let new = json!({"id": "new", "name": "Schuldnerberatung"});
    layers.edits.push(edit(&layers, &id, "offer:new", new));
    layers.edits.push(edit(&layers, &id, "offer:new.topics", json!(["debt"])));
    let offers = compose(&layers).centre.offers;
    assert!(offers.iter().all(|offer| offer.id != first.id));
    let new = offers.iter().find(|offer| offer.id == "new").unwrap();
    assert_eq!(new.topics, ["debt"]);
}

#[test]
fn other_records_fill_what_the_leading_one_leaves_empty() {
    let mut layers = layers(&[4, 5]);
    layers.first.body.contacts.phone = None;
    layers.others[0].body.contacts.phone = Some("030 23125 001".into());
    layers.others[0].body.name = "Anders".into();
    let composed = compose(&layers);
    assert_eq!(composed.centre.contacts.phone.as_deref(), Some("030 23125 001"));
    assert_eq!(composed.centre.name, layers.first.body.name);
    assert_eq!((&composed.centre.id, &composed.centre.slug), (&layers.centre_id, &layers.first.body.slug));
    let from = Origin::List { source: "list-5".into(), run_id: Some("run-5".into()), at: at(5) };
    assert_eq!(composed.provenance.of(&Field::Phone), Some(&from));
    // An emptied field is not empty by chance: nobody fills it.
    let id = layers.centre_id.clone();
    layers.edits.push(edit(&layers, &id, "contacts.phone", Value::Null));
    assert_eq!(compose(&layers).centre.contacts.phone, None);
}

#[test]
fn an_equal_offer_is_not_added_twice() {
    let mut layers = layers(&[4, 5]);
    let mut same = layers.first.body.offers[0].clone();
    same.id = "other-id".into();
    same.name = same.name.to_uppercase();
    let different = contracts::directory::Offer { id: "more".into(), name: "Mehr".into(), ..same.clone() };
    layers.others[0].body.offers = vec![same, different];
    let offers = compose(&layers).centre.offers;
    assert_eq!(offers.len(), layers.first.body.offers.len() + 1);
    assert_eq!(offers.last().unwrap().id, "more");
}

#[test]
fn an_absorbed_centre_keeps_its_edits_below_those_of_the_leading_one() {
    let mut layers = layers(&[4, 5]);
    layers.first.body.contacts.fax = None;
    let (leading, absorbed) = (layers.centre_id.clone(), layers.others[0].own_id.clone());
    layers.edits.push(edit(&layers, &absorbed, "contacts.fax", json!("030 1")));
    layers.edits.push(edit(&layers, &absorbed, "name", json!("Von gestern")));
    let composed = compose(&layers);
    assert_eq!(composed.centre.contacts.fax.as_deref(), Some("030 1"));
    assert_eq!(composed.centre.name, layers.first.body.name);
    assert!(matches!(composed.provenance.of(&Field::Fax), Some(Origin::Person { .. })));
    layers.edits.push(edit(&layers, &leading, "contacts.fax", json!("030 2")));
    assert_eq!(compose(&layers).centre.contacts.fax.as_deref(), Some("030 2"));
}

#[test]
fn a_record_its_list_dropped_says_nothing_while_another_speaks() {
    let mut layers = layers(&[4, 5]);
    layers.first.present = false;
    let composed = compose(&layers);
    assert_eq!(composed.centre.name, layers.others[0].body.name);
    assert_eq!((&composed.centre.id, &composed.centre.slug), (&layers.centre_id, &layers.first.body.slug));
    assert_eq!((composed.centre.source.as_str(), composed.standing), ("list-5", Standing::Listed));
    layers.others[0].present = false;
    assert_eq!(compose(&layers).standing, Standing::Gone);
    let id = layers.centre_id.clone();
    layers.edits.push(edit(&layers, &id, "listed", json!(false)));
    layers.first.present = true;
    assert_eq!(compose(&layers).standing, Standing::Withdrawn);
}

#[test]
fn a_known_building_beats_a_point_guessed_from_the_same_postcode() {
    let mut layers = layers(&[4, 5]);
    let point = |basis| Some(contracts::directory::Coordinates { lat: 51.0, lon: 13.0, basis });
    layers.first.body.coordinates = point(LocationBasis::Postcode);
    layers.others[0].body.coordinates = point(LocationBasis::Given);
    assert_eq!(compose(&layers).centre.coordinates, layers.first.body.coordinates, "another postcode");
    layers.others[0].body.address = layers.first.body.address.clone();
    assert_eq!(compose(&layers).centre.coordinates, layers.others[0].body.coordinates);
}

#[test]
fn the_later_confirmation_holds() {
    let mut layers = layers(&[4]);
    let id = layers.centre_id.clone();
    layers.edits.push(edit(&layers, &id, "confirmed_on", json!("2026-05-01")));
    for (listed, expected) in [("2026-01-01", "2026-05-01"), ("2026-09-01", "2026-09-01")] {
        layers.first.body.confirmed_on = Some(listed.parse().unwrap());
        assert_eq!(compose(&layers).centre.confirmed_on, Some(expected.parse().unwrap()));
    }
}

#[test]
fn a_difference_names_fields_old_to_new_and_offers_whole() {
    let old = demo::centres(3, 5).last().unwrap();
    assert_eq!(difference(&old, &old), []);
    let mut new = old.clone();
    new.contacts.phone = None;
    new.offers[0].keywords = vec!["neu".into()];
    new.offers.push(contracts::directory::Offer { id: "more".into(), ..old.offers[0].clone() });
    let names: Vec<String> = difference(&old, &new).iter().map(|change| change.field.to_string()).collect();
    let id = &old.offers[0].id;
    assert_eq!(names, [String::from("contacts.phone"), format!("offer:{id}.keywords"), "offer:more".into()]);
    let back = difference(&new, &old);
    assert_eq!((&back[2].new, back[2].old["id"].as_str()), (&Value::Null, Some("more")));
}

#[test]
fn moving_a_centre_moves_its_point_unless_somebody_placed_it() {
    use crate::store::FieldEdit;
    let places = search_index::place::Gazetteer::bundled();
    let mut layers = layers(&[4]);
    let seen = compose(&layers).centre;
    let to = |street: &str, postcode: &str| FieldEdit {
        field: Field::Address,
        base: Field::Address.get(&seen),
        value: json!({"street": street, "postcode": postcode, "city": "Freiburg im Breisgau"}),
    };
    let mut edits = vec![to("Neue Straße 1", "79100")];
    derive_point(&mut edits, &seen, &layers, &places);
    assert_eq!((edits.len(), edits[1].value["basis"].as_str()), (2, Some("postcode")));
    let street = seen.address.street.clone().unwrap_or_default();
    let mut edits = vec![to(&street, seen.address.postcode.as_str())];
    derive_point(&mut edits, &seen, &layers, &places);
    assert_eq!(edits.len(), 1, "another spelling of the town moves nothing");
    let id = layers.centre_id.clone();
    layers.edits.push(edit(&layers, &id, "coordinates", json!({"lat": 48.0, "lon": 7.8, "basis": "given"})));
    let mut edits = vec![to("Neue Straße 1", "79100")];
    derive_point(&mut edits, &seen, &layers, &places);
    assert_eq!(edits.len(), 1);
}
