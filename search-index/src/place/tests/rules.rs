//! Rules that hold for every input and every place.

use proptest::prelude::*;

use super::*;

fn all_places(resolution: Resolution) -> Vec<Place> {
    match resolution {
        Resolution::None => Vec::new(),
        Resolution::Resolved { place, mut others } => {
            others.push(*place);
            others
        }
        Resolution::Ambiguous(places) | Resolution::Unknown { similar: places } => places,
    }
}

fn assert_queries_lead_back(places: Vec<Place>) -> Result<(), TestCaseError> {
    for place in places {
        match Gazetteer::bundled().resolve(&place.query) {
            Resolution::Resolved { place: back, .. } => prop_assert_eq!(*back, place),
            other => prop_assert!(false, "{} does not lead back: {}", place.query, brief(&other)),
        }
    }
    Ok(())
}

proptest! {
    #[test]
    fn any_text_is_answered_and_answers_lead_back(text in any::<String>()) {
        assert_queries_lead_back(all_places(Gazetteer::bundled().resolve(&text)))?;
        Gazetteer::bundled().suggest(&text, 5);
    }

    #[test]
    fn text_like_a_place_is_answered_and_answers_lead_back(
        text in "(bad|st\\.|neu|kreis|alt)? ?[a-zäöüß]{1,9}[ -/(]?(am|an der|i)? ?[a-zß]{0,6}[,.]? ?[0-9]{0,6}"
    ) {
        assert_queries_lead_back(all_places(Gazetteer::bundled().resolve(&text)))?;
    }

    #[test]
    fn case_and_umlauts_change_nothing(at in 0usize..12_000) {
        let gazetteer = Gazetteer::bundled();
        let entry = &gazetteer.entries[at % gazetteer.entries.len()];
        let spelt = entry.name.to_uppercase().replace('Ä', "AE").replace('Ö', "OE").replace('Ü', "UE");
        prop_assert_eq!(gazetteer.resolve(&spelt), gazetteer.resolve(&entry.name));
    }
}

#[test]
fn the_query_of_every_named_place_leads_back_to_it() {
    let gazetteer = Gazetteer::bundled();
    for id in 0..u32::try_from(gazetteer.entries.len()).unwrap() {
        let (query, entry) = (gazetteer.query_for(id), gazetteer.entry(id));
        match gazetteer.resolve(&query) {
            Resolution::Resolved { place, .. } => assert_eq!(
                (place.kind, &place.postcodes, &place.query),
                (entry.kind, &entry.postcodes, &query),
                "{query}"
            ),
            other => panic!("{query} ({}): {}", entry.region, brief(&other)),
        }
    }
}

#[test]
fn every_postcode_has_a_name_a_district_and_a_point_in_germany() {
    for info in Gazetteer::bundled().postcodes() {
        assert!(
            !info.names.is_empty() && !info.districts.is_empty() && !info.lands.is_empty(),
            "{}",
            info.postcode
        );
        let point = info.point.expect("a point");
        assert!((47.0..55.2).contains(&point.lat) && (5.5..15.2).contains(&point.lon), "{}", info.postcode);
        for district in &info.districts {
            assert!(
                Gazetteer::bundled().district_name(*district).is_some()
                    || ["03159", "16063"].contains(&district.as_str()),
                "{district}"
            );
        }
    }
}

#[test]
fn a_table_without_keys_or_coordinates_still_resolves() {
    let row = |postcode: &str, name: &str| super::super::PlaceRow {
        postcode: postcode.parse().unwrap(),
        name: name.to_owned(),
        municipality: None,
        district: None,
        district_name: None,
        land: None,
        point: None,
    };
    let gazetteer = Gazetteer::from_rows(vec![
        row("01001", "Anderswo"),
        row("01002", "Anderswo"),
        row("01001", "Nirgends"),
    ]);
    let Resolution::Resolved { place, .. } = gazetteer.resolve("anderswo") else { panic!() };
    assert_eq!(keys(&place.postcodes), ["01001", "01002"]);
    assert_eq!((place.point, place.radius_km), (None, 0.0));
    assert!(gazetteer.neighbours(&place, 3).is_empty());
    assert_eq!(gazetteer.attribution(), "");
    assert_eq!(Gazetteer::from_rows(Vec::new()).resolve("Bonn"), Resolution::Unknown { similar: Vec::new() });
}
