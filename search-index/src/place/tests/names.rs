//! What people type under "Wo?".

use super::*;

#[test]
fn towns_resolve_in_the_spellings_people_use() {
    for (typed, name) in [
        ("München", "München"),
        ("muenchen", "München"),
        ("MUNCHEN", "München"),
        ("Bonn", "Bonn"),
        ("Köln", "Köln"),
        ("Essen", "Essen"),
        ("Frankfurt a.M.", "Frankfurt am Main"),
        ("Frankfurt a. M.", "Frankfurt am Main"),
        ("Frankfurt/Main", "Frankfurt am Main"),
        ("frankfurt main", "Frankfurt am Main"),
        ("Frankfurt (Oder)", "Frankfurt (Oder)"),
        ("Frankfurt/O.", "Frankfurt (Oder)"),
        ("St. Ingbert", "Sankt Ingbert"),
        ("Sankt Ingbert", "Sankt Ingbert"),
        ("Freiburg i. Br.", "Freiburg im Breisgau"),
        ("Freiburg im Breisgau", "Freiburg im Breisgau"),
        ("Neustadt an der Weinstraße", "Neustadt an der Weinstraße"),
        ("neustadt weinstr", "Neustadt an der Weinstraße"),
        ("castrop rauxel", "Castrop-Rauxel"),
        ("Garmisch", "Garmisch-Partenkirchen"),
        ("Partenkirchen", "Garmisch-Partenkirchen"),
        ("Bautzen", "Bautzen"),
        ("Budyšin", "Bautzen"),
        ("Stadt Konstanz", "Konstanz"),
        ("Konstanz am Bodensee", "Konstanz"),
        ("Köln Innenstadt", "Köln"),
        ("Hauptstraße 5, Bonn", "Bonn"),
        ("Halle (Saale)", "Halle (Saale)"),
        ("Wittenberg", "Wittenberg"),
    ] {
        assert_eq!(place(typed).name, name, "{typed}");
    }
}

#[test]
fn names_in_other_languages_resolve() {
    for (typed, name) in [
        ("Munich", "München"),
        ("Cologne", "Köln"),
        ("Colonia", "Köln"),
        ("Kolonia", "Köln"),
        ("Monachium", "München"),
        ("Münih", "München"),
        ("Nuremberg", "Nürnberg"),
        ("Hanover", "Hannover"),
        ("Берлин", "Berlin"),
        ("МЮНХЕН", "München"),
        ("برلين", "Berlin"),
        ("برلین", "Berlin"),
        ("Bavaria", "Bayern"),
        ("NRW", "Nordrhein-Westfalen"),
    ] {
        assert_eq!(place(typed).name, name, "{typed}");
    }
}

#[test]
fn every_alias_and_every_part_means_exactly_one_place() {
    let gazetteer = Gazetteer::bundled();
    let aliases: Vec<_> = super::super::bundled::aliases().collect();
    assert!(aliases.len() >= 150, "{} aliases", aliases.len());
    let parts = super::super::bundled::parts().map(|(part, town, _)| format!("{part}, {town}"));
    let texts =
        aliases.into_iter().flat_map(|(alias, target)| [alias.to_owned(), target.to_owned()]).chain(parts);
    let vague: Vec<String> = texts
        .map(|text| (gazetteer.resolve(&text), text))
        .filter(|(resolution, _)| !matches!(resolution, Resolution::Resolved { .. }))
        .map(|(resolution, text)| format!("{text}: {}", brief(&resolution)))
        .collect();
    assert!(vague.is_empty(), "{vague:#?}");
}

#[test]
fn parts_of_towns_are_their_postcodes() {
    for typed in
        ["Kreuzberg", "Berlin-Kreuzberg", "berlin kreuzberg", "Neukölln", "neukoelln", "Ehrenfeld", "Wedding"]
    {
        let found = place(typed);
        assert!(found.postcodes.len() < 12, "{typed}: {} postcodes", found.postcodes.len());
    }
    assert_eq!(place("Neukölln").name, "Neukölln (Berlin)");
    assert_eq!(keys(&place("Neukölln").districts), ["11000"]);
}

#[test]
fn slips_of_the_finger_are_forgiven_when_one_place_is_clear() {
    assert_eq!(place("Osnabrük").name, "Osnabrück");
    assert_eq!(place("Maintz").name, "Mainz");
    assert_eq!(place("Stutgart").name, "Stuttgart");
    assert_eq!(choices("Freibrug")[0].name, "Freiburg im Breisgau");
    let unknown = Gazetteer::bundled().resolve("Xyzzyhausen am Nirgends");
    assert!(matches!(unknown, Resolution::Unknown { .. }), "{}", brief(&unknown));
}

#[test]
fn a_name_many_places_carry_is_a_choice_the_biggest_first() {
    for (typed, biggest) in [
        ("Frankfurt", "Frankfurt am Main"),
        ("Halle", "Halle (Saale)"),
        ("Freiburg", "Freiburg im Breisgau"),
        ("Neustadt", "Neustadt an der Weinstraße"),
    ] {
        let choices = choices(typed);
        let names: Vec<_> = choices.iter().map(|place| (&place.name, place.postcodes.len())).collect();
        assert!(choices.iter().take(3).any(|place| place.name == biggest), "{typed}: {names:?}");
        assert!(choices.is_sorted_by_key(|place| std::cmp::Reverse(place.postcodes.len())), "{names:?}");
    }
    assert_eq!(choices("Frankfurt")[0].name, "Frankfurt am Main");
}

#[test]
fn districts_and_laender_resolve() {
    for (typed, name, kind) in [
        ("Ortenaukreis", "Ortenaukreis", PlaceKind::District),
        ("ortenau", "Ortenaukreis", PlaceKind::District),
        ("Kreis Emmendingen", "Landkreis Emmendingen", PlaceKind::District),
        ("Landkreis Emmendingen", "Landkreis Emmendingen", PlaceKind::District),
        ("LK Emmendingen", "Landkreis Emmendingen", PlaceKind::District),
        ("Breisgau-Hochschwarzwald", "Landkreis Breisgau-Hochschwarzwald", PlaceKind::District),
        ("Rhein-Sieg-Kreis", "Rhein-Sieg-Kreis", PlaceKind::District),
        ("Kreis Recklinghausen", "Kreis Recklinghausen", PlaceKind::District),
        ("Recklinghausen", "Recklinghausen", PlaceKind::Town),
        ("Baden-Württemberg", "Baden-Württemberg", PlaceKind::Land),
        ("hessen", "Hessen", PlaceKind::Land),
        ("Hamburg", "Hamburg", PlaceKind::Town),
    ] {
        let found = place(typed);
        assert_eq!((found.name.as_str(), found.kind), (name, kind), "{typed}");
    }
    assert_eq!(keys(&place("Kreis Emmendingen").districts), ["08316"]);
    assert_eq!(keys(&place("Hessen").lands), ["06"]);
    let Resolution::Resolved { others, .. } = Gazetteer::bundled().resolve("Emmendingen") else { panic!() };
    assert!(others.iter().any(|place| place.name == "Landkreis Emmendingen"));
}

#[test]
fn postcodes_whole_and_in_part() {
    for typed in ["79100", "D-79100", "79100 Freiburg", "Freiburg 79100", "79 100", "Freiburg, 79100"] {
        let found = place(typed);
        assert_eq!(
            (found.kind, found.name.as_str()),
            (PlaceKind::Postcode, "79100 Freiburg im Breisgau"),
            "{typed}"
        );
        assert_eq!(keys(&found.districts), ["08311"]);
    }
    let part = place("791");
    assert_eq!((part.kind, part.query.as_str()), (PlaceKind::PostcodePart, "791"));
    assert!(part.postcodes.iter().all(|code| code.as_str().starts_with("791")));
    assert!(part.radius_km > 1.0);
    assert!(place("7").postcodes.len() > place("79").postcodes.len());
    let Resolution::Unknown { similar } = Gazetteer::bundled().resolve("79101") else { panic!() };
    assert_eq!(similar[0].query, "79100");
    assert_eq!(place("79101 Konstanz").name, "Konstanz");
}

#[test]
fn nothing_and_nonsense_are_harmless() {
    let gazetteer = Gazetteer::bundled();
    for empty in ["", "   ", "\0", "\u{202e}", "😀", "-", ",", ",,,"] {
        assert_eq!(gazetteer.resolve(empty), Resolution::None, "{empty:?}");
    }
    for odd in
        ["0", "00000", "99999999999999999", "a", "'; DROP TABLE", "%00", "AND OR NOT", "\u{0}Bonn\u{0}"]
    {
        gazetteer.resolve(odd);
        gazetteer.suggest(odd, 10);
    }
    let huge = "Bonn ".repeat(2_000_000);
    gazetteer.resolve(&huge);
    gazetteer.suggest(&huge, 10);
}

#[test]
fn typing_a_beginning_suggests_the_biggest_first() {
    let gazetteer = Gazetteer::bundled();
    let labels = |prefix: &str| -> Vec<String> {
        gazetteer.suggest(prefix, 8).into_iter().map(|suggestion| suggestion.label).collect()
    };
    assert_eq!(labels("Münc")[0], "München");
    assert_eq!(labels("freib")[0], "Freiburg im Breisgau");
    assert_eq!(labels("B")[0], "Berlin");
    assert!(labels("frankfurt a").contains(&"Frankfurt am Main".to_owned()));
    assert!(labels("7910").contains(&"79100 Freiburg im Breisgau".to_owned()));
    assert_eq!(labels("Мюнх")[0], "München");
    assert!(labels("ortenau").contains(&"Ortenaukreis".to_owned()));
    assert!(labels("").is_empty());
}

#[test]
fn neighbours_are_other_towns_nearby() {
    let gazetteer = Gazetteer::bundled();
    let bonn = place("Bonn");
    let names: Vec<_> = gazetteer.neighbours(&bonn, 6).into_iter().map(|place| place.name).collect();
    assert_eq!(names.len(), 6);
    assert!(!names.contains(&"Bonn".to_owned()));
    assert!(names.contains(&"Sankt Augustin".to_owned()) || names.contains(&"Köln".to_owned()), "{names:?}");
}
