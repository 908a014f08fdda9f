//! What people type and what they get.

use super::small;
use crate::search::{
    Field, SuggestionKind,
    testing::{centre, ids, index, offer, postcode_place, search},
};

#[test]
fn a_responsible_centre_with_the_word_stands_before_a_nearer_one_and_says_why() {
    let (_dir, index) = small();
    assert_eq!((index.revision(), index.len_centres(), index.len_offers()), (7, 3, 3));
    let place = [postcode_place("79100", Some((48.00, 7.85)))];
    let answer = search(&index, "ich habe schulden", &place);
    assert_eq!(ids(&answer), ["far", "near"]);
    assert_eq!((answer.total, answer.near, answer.any_responsible), (2, 2, true));
    assert_eq!(answer.units, ["schulden", "79100"]);
    let best = &answer.hits[0];
    assert_eq!(best.reasons[0].matched, "Schuldnerberatung");
    assert_eq!((best.reasons[1].field, best.reasons[1].matched.as_str()), (Field::Area, "79100–79117"));
    assert_eq!((best.covered_units, best.query_units), (2, 2));
    let next = &answer.hits[1];
    assert_eq!((next.responsible, next.reasons[1].field), (false, Field::Distance));
    assert_eq!(
        answer.other_help.iter().map(|hit| hit.card.centre_id.as_str()).collect::<Vec<_>>(),
        ["other"]
    );
}

#[test]
fn every_way_to_say_it_finds_the_centre() {
    let (_dir, index) = small();
    for words in [
        "Schuldenberatung",
        "schuldn",
        "Schludnerberatung",
        "Schuldnerbertungsstelle",
        "schuldenberatng",
        "SCHULDNER BERATUNG",
        "pleite",
        "Konto gepfändet",
        "mein konto wurde gepfaendet",
        "P-Konto",
        "can't pay my rent",
        "borç",
        "ديون",
        "кредит",
        "Strom wurde mir abgestellt",
        "inkaso",
    ] {
        assert!(ids(&search(&index, words, &[])).contains(&"near"), "{words}");
    }
    for words in
        ["Spielsucht", "sucht", "Alkohol", "kiffen", "zocken", "Kaufsucht", "süchtig", "spielsuchtberatng"]
    {
        assert_eq!(ids(&search(&index, words, &[])), ["other"], "{words}");
    }
}

#[test]
fn a_village_called_schuld_is_no_debt() {
    let mut village =
        centre("village", "Treff Schuld", "53520", None, vec![offer("v", "Seniorentreff", &["seniors"])]);
    village.address.city = "Schuld".to_owned();
    let (_dir, index) = index(&[
        village,
        centre("debt", "Haus Linde", "79100", None, vec![offer("o", "Schuldnerberatung", &["debt"])]),
    ]);
    assert_eq!(ids(&search(&index, "schulden", &[])), ["debt"]);
    assert_eq!(ids(&search(&index, "schuld", &[])), ["debt"]);
}

#[test]
fn a_special_case_finds_the_wider_offer_after_the_exact_one() {
    let (_dir, index) = index(&[
        centre("wide", "Haus A", "79100", None, vec![offer("a", "Suchtberatung", &["addiction"])]),
        centre(
            "exact",
            "Haus B",
            "79100",
            None,
            vec![offer("b", "Fachstelle Glücksspielsucht", &["gambling"])],
        ),
        centre("else", "Haus C", "79100", None, vec![offer("c", "Alkoholberatung", &["alcohol"])]),
    ]);
    let answer = search(&index, "Spielsucht", &[]);
    assert_eq!(ids(&answer), ["exact", "wide"]);
    assert_eq!(answer.hits[1].reasons[0].field, Field::Topic);
    // Whoever asks for the wider thing gets all, the plain one first.
    assert_eq!(ids(&search(&index, "Suchtberatung", &[]))[0], "wide");
    assert_eq!(search(&index, "Suchtberatung", &[]).total, 3);
}

#[test]
fn two_needs_are_best_served_by_one_centre_that_covers_both() {
    let (_dir, index) = index(&[
        centre("debt", "Haus A", "79100", None, vec![offer("a", "Schuldnerberatung", &["debt"])]),
        centre(
            "both",
            "Haus B",
            "79100",
            None,
            vec![offer("b", "Schuldnerberatung", &["debt"]), offer("c", "Suchtberatung", &["addiction"])],
        ),
    ]);
    let answer = search(&index, "Alkohol und Schulden", &[]);
    assert_eq!(ids(&answer), ["both", "debt"]);
    assert_eq!(answer.hits[0].covered_units, 2);
    assert_eq!(answer.hits[0].reasons.len(), 2);
}

#[test]
fn a_description_counts_only_where_nothing_better_is_to_be_had() {
    let mut told = offer("a", "Offene Sprechstunde", &["other"]);
    told.description = Some("Wir helfen auch bei Pfandleihen und Zwillingsstress.".to_owned());
    let (_dir, index) = index(&[
        centre("told", "Haus A", "79100", None, vec![told]),
        centre("named", "Haus B", "79100", None, vec![offer("b", "Pfandleihen-Hilfe", &["debt"])]),
    ]);
    assert_eq!(ids(&search(&index, "Pfandleihen", &[])), ["named"]);
    let answer = search(&index, "Zwillingsstress", &[]);
    assert_eq!(ids(&answer), ["told"]);
    assert_eq!(answer.hits[0].reasons[0].field, Field::Description);
}

#[test]
fn where_nobody_is_responsible_the_nearest_comes_first() {
    let (_dir, index) = index(&[
        centre(
            "far",
            "Haus A",
            "80331",
            Some((48.13, 11.57)),
            vec![offer("a", "Schuldnerberatung", &["debt"])],
        ),
        centre("near", "Schulden", "79100", Some((48.30, 7.85)), vec![offer("b", "Sprechstunde", &["debt"])]),
        centre("nowhere", "Haus C", "79100", None, vec![offer("c", "Schuldnerberatung", &["debt"])]),
    ]);
    let answer = search(&index, "schulden", &[postcode_place("79098", Some((47.99, 7.85)))]);
    assert_eq!(ids(&answer), ["near", "far", "nowhere"]);
    assert!(!answer.any_responsible && answer.near == 0);
}

#[test]
fn an_ambiguous_name_gives_each_centre_the_place_that_suits_it() {
    let (_dir, index) = small();
    let places = [postcode_place("10115", Some((52.5, 13.4))), postcode_place("79100", Some((48.0, 7.85)))];
    let answer = search(&index, "schulden", &places);
    assert_eq!(ids(&answer), ["far", "near"]);
    assert!(answer.hits[0].responsible && answer.hits[1].distance_km.unwrap() < 1.0);
}

#[test]
fn a_place_alone_finds_who_is_there_and_words_alone_who_knows() {
    let (_dir, index) = small();
    let place = [postcode_place("79100", Some((48.0, 7.85)))];
    let answer = search(&index, "", &place);
    assert_eq!((ids(&answer)[0], answer.total), ("far", 3));
    assert!(answer.other_help.is_empty());
    let far = [postcode_place("10115", Some((52.5, 13.4)))];
    assert_eq!(search(&index, "", &far).total, 3);
    assert_eq!(search(&index, "", &far).near, 0);
    assert_eq!(search(&index, "qqqqqqqqqq", &place).total, 0);
    assert_eq!(search(&index, "qqqqqqqqqq", &place).other_help.len(), 3);
    assert_eq!(search(&index, "Beratung", &[]).total, 3);
}

#[test]
fn type_ahead_offers_topics_needs_offers_and_centres() {
    let (_dir, index) = small();
    let found = index.suggest_words("schul", "de", 20).unwrap();
    assert_eq!((found[0].text.as_str(), found[0].kind), ("Schulden", SuggestionKind::Topic));
    assert!(found.iter().any(|s| s.text == "Schuldnerberatung"));
    let centre = index.suggest_words("freib", "de", 5).unwrap();
    assert!(centre.iter().any(|s| s.text == "Caritas Freiburg" && s.kind == SuggestionKind::Centre));
    assert!(index.suggest_words("  ", "de", 5).unwrap().is_empty());
}

#[test]
fn languages_can_be_asked_for() {
    let mut turkish = offer("a", "Schuldnerberatung", &["debt"]);
    turkish.languages = vec!["tr".to_owned()];
    let (_dir, index) = index(&[
        centre("german", "Haus A", "79100", None, vec![offer("b", "Schuldnerberatung", &["debt"])]),
        centre("turkish", "Haus B", "79100", None, vec![turkish]),
    ]);
    assert_eq!(ids(&search(&index, "schulden türkisch", &[]))[0], "turkish");
}

#[test]
fn an_e_in_the_wrong_place_is_no_umlaut() {
    let (_dir, index) = small();
    assert_eq!(ids(&search(&index, "Drgoen", &[])), ["other"]);
    // Not every word without a meaning is mistyped.
    assert!(search(&index, "Qoeqoeq", &[]).hits.is_empty());
}

#[test]
fn what_a_quarrel_is_about_is_what_is_asked_for() {
    let (_dir, index) = index(&[
        centre("family", "Haus A", "79100", None, vec![offer("a", "Familienberatung", &["family"])]),
        centre("debt", "Haus B", "79100", None, vec![offer("b", "Schuldnerberatung", &["debt"])]),
    ]);
    let answer = search(&index, "Streit um Sorgerecht", &[]);
    assert_eq!(ids(&answer), ["family"]);
    assert_eq!(answer.units.len(), 1, "{:?}", answer.units);
}

#[test]
fn two_needs_named_in_any_order_find_who_serves_both() {
    let debt = || offer("a", "Schuldnerberatung", &["debt"]);
    let (_dir, index) = index(&[
        centre("debt", "Haus A", "79100", None, vec![debt()]),
        centre(
            "both",
            "Haus B",
            "79100",
            None,
            vec![debt(), offer("b", "Wohnungslosenhilfe", &["homelessness"])],
        ),
    ]);
    for words in ["Schulden und obdachlos", "obdachlos und Schulden"] {
        assert_eq!(ids(&search(&index, words, &[])), ["both", "debt"], "{words}");
    }
}
