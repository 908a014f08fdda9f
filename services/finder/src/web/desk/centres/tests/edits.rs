//! What is saved, what is refused, and what happens when two people write at once.

use axum::http::StatusCode;
use contracts::directory::{Area, LocationBasis};

use super::desk::{Form, desk};

const CONTACT: &str = "/arbeitsplatz/stellen/a/kontakt";

#[tokio::test]
async fn a_saved_value_shows_with_its_author_and_the_way_back() {
    let desk = desk().await;
    let form = desk.form("eva", CONTACT).await;
    let (status, to) = desk.post_form("eva", CONTACT, &form.with("phone", "0761 999 88")).await;
    assert_eq!(
        (status, to.as_str()),
        (StatusCode::SEE_OTHER, "/arbeitsplatz/stellen/a/kontakt?getan=gespeichert")
    );
    assert_eq!(desk.centre("a").await.contacts.phone.as_deref(), Some("0761 999 88"));
    let (_, html) = desk.get("zoe", &to).await;
    assert!(html.contains("In der Suche ist es in wenigen Sekunden sichtbar"));
    assert!(html.contains("von Eva Eins am 23. November 2026, 10:00 Uhr"), "{html}");
    assert!(html.contains("In der Liste steht:") && html.contains("0761 123 45 67"));
    assert!(html.contains("aus der Liste „one“"), "the mail address still comes from there");
    let (_, html) = desk.get("eva", "/arbeitsplatz/stellen/a").await;
    assert!(html.contains("Eintrag geändert: Telefon"), "{html}");
}

#[tokio::test]
async fn a_form_that_comes_back_as_it_was_changes_nothing() {
    let desk = desk().await;
    let before = desk.store.revision().await.unwrap();
    for tail in
        ["stammdaten", "adresse", "kontakt", "zeiten", "zugang", "angebote/a-0", "angebote/a-0/gebiet"]
    {
        let address = format!("/arbeitsplatz/stellen/a/{tail}");
        let form = desk.form("eva", &address).await;
        let (status, to) = desk.post_form("eva", &address, &form).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{tail}: {to}");
        assert!(to.ends_with("?getan=unveraendert"), "{tail}: {to}");
    }
    assert_eq!(desk.store.revision().await.unwrap(), before);
}

#[tokio::test]
async fn two_people_change_different_fields_and_both_hold() {
    let desk = desk().await;
    let (one, other) = (desk.form("eva", CONTACT).await, desk.form("zoe", CONTACT).await);
    desk.post_form("eva", CONTACT, &one.with("phone", "0761 1111")).await;
    let (status, _) = desk.post_form("zoe", CONTACT, &other.with("fax", "0761 2222")).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    let contacts = desk.centre("a").await.contacts;
    assert_eq!((contacts.phone.as_deref(), contacts.fax.as_deref()), (Some("0761 1111"), Some("0761 2222")));
}

#[tokio::test]
async fn two_people_change_the_same_field_and_the_second_decides_knowing_both() {
    let desk = desk().await;
    let (one, other) = (desk.form("eva", CONTACT).await, desk.form("zoe", CONTACT).await);
    desk.post_form("eva", CONTACT, &one.with("phone", "0761 1111")).await;
    let second = other.with("phone", "0761 2222").with("fax", "0761 3333");
    let (status, html) = desk.post_form("zoe", CONTACT, &second).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.contains("von Eva Eins am 23. November 2026"), "who and when: {html}");
    assert!(html.contains("<bdi>0761 1111</bdi>") && html.contains("<bdi>0761 2222</bdi>"), "both values");
    let contacts = desk.centre("a").await.contacts;
    assert_eq!(contacts.phone.as_deref(), Some("0761 1111"));
    assert_eq!(contacts.fax.as_deref(), Some("0761 123 45 68"), "all or nothing");

    let undecided = Form::of(&html);
    let (status, html) = desk.post_form("zoe", CONTACT, &undecided).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "it has to be decided");
    assert!(html.contains("href=\"#wahl-contacts-phone\""));
    let undecided = Form::of(&html);
    let theirs = undecided.clone().and("wahl contacts.phone", "ihres");
    assert_eq!(desk.post_form("zoe", CONTACT, &theirs).await.0, StatusCode::SEE_OTHER);
    let contacts = desk.centre("a").await.contacts;
    assert_eq!((contacts.phone.as_deref(), contacts.fax.as_deref()), (Some("0761 1111"), Some("0761 3333")));

    let mine = undecided.and("wahl contacts.phone", "meins");
    assert_eq!(desk.post_form("zoe", CONTACT, &mine).await.0, StatusCode::SEE_OTHER);
    assert_eq!(desk.centre("a").await.contacts.phone.as_deref(), Some("0761 2222"));
}

#[tokio::test]
async fn mistakes_are_named_at_their_fields_and_nothing_typed_is_lost() {
    let desk = desk().await;
    let form = desk.form("eva", CONTACT).await.with("phone", "anrufen").with("fax", "0761 4444");
    let (status, html) = desk.post_form("eva", CONTACT, &form).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.contains("href=\"#phone\"") && html.contains("id=\"phone-error\""));
    assert!(html.contains("value=\"anrufen\"") && html.contains("value=\"0761 4444\""));
    assert!(html.contains("<title>Fehler"), "{}", &html[..600]);
    assert_eq!(desk.centre("a").await.contacts.fax.as_deref(), Some("0761 123 45 68"));
    for (tail, field, text, at) in [
        ("stammdaten", "name", " ", "name"),
        ("stammdaten", "website", "javascript:alert(1)", "website"),
        ("adresse", "postcode", "7910", "postcode"),
        ("adresse", "lat", "Nord", "lat"),
        ("zeiten", "bis", "7:00", "woche"),
        ("zeiten", "offen", "immer", "ausnahmen"),
        ("angebote/a-0", "leika", "123", "leika"),
        ("angebote/a-0/gebiet", "plz", "79100-79112; Freiburg", "plz"),
    ] {
        let address = format!("/arbeitsplatz/stellen/a/{tail}");
        let form = desk.form("eva", &address).await.with(field, text);
        let (status, html) = desk.post_form("eva", &address, &form).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{tail} {field}");
        assert!(html.contains(&format!("href=\"#{at}\"")), "{tail} {field}");
        assert!(html.contains(&format!("id=\"{at}-error\"")), "{tail} {field}");
    }
}

#[tokio::test]
async fn a_move_takes_the_point_along_and_a_doubtful_point_is_asked_about() {
    let desk = desk().await;
    let address = "/arbeitsplatz/stellen/a/adresse";
    let form = desk.form("eva", address).await;
    let moved = form.clone().with("street", "Neuer Wall 1").with("postcode", "20354").with("city", "Hamburg");
    assert_eq!(desk.post_form("eva", address, &moved).await.0, StatusCode::SEE_OTHER);
    let point = desk.centre("a").await.coordinates.unwrap();
    assert!(point.basis == LocationBasis::Postcode && (53.0..54.0).contains(&point.lat), "{point:?}");

    let swapped = desk.form("eva", address).await.with("lat", "9,99").with("lon", "53,55");
    let (status, html) = desk.post_form("eva", address, &swapped).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.contains("Der Punkt liegt nicht in Deutschland") && html.contains("value=\"9,99\""));
    let far = desk.form("eva", address).await.with("lat", "48,1").with("lon", "11,5");
    let (_, html) = desk.post_form("eva", address, &far).await;
    assert!(html.contains("km von der Postleitzahl 20354 entfernt"), "{html}");
    assert_eq!(desk.post_form("eva", address, &far.and("trotzdem", "ja")).await.0, StatusCode::SEE_OTHER);
    let point = desk.centre("a").await.coordinates.unwrap();
    assert_eq!((point.lat, point.lon, point.basis), (48.1, 11.5, LocationBasis::Given));
    let (_, html) = desk.get("eva", address).await;
    assert!(html.contains("km von der Postleitzahl"), "the page goes on saying so");

    let empty = desk.form("eva", address).await.with("lat", "").with("lon", "");
    assert_eq!(desk.post_form("eva", address, &empty).await.0, StatusCode::SEE_OTHER);
    assert_eq!(
        desk.centre("a").await.coordinates.unwrap().basis,
        LocationBasis::Postcode,
        "back to the proposal"
    );
}

#[tokio::test]
async fn holidays_become_closed_days_and_more_rows_keep_what_was_typed() {
    let desk = desk().await;
    let address = "/arbeitsplatz/stellen/a/zeiten";
    let form = desk.form("eva", address).await.with("wozu", "Termine");
    let (status, html) = desk.post_form("eva", address, &form.clone().and("mehr", "woche")).await;
    assert_eq!(status, StatusCode::OK);
    assert!(html.contains("value=\"Termine\""));
    let rows = |html: &str| html.matches("name=\"von\"").count();
    assert!(rows(&html) > form.0.iter().filter(|(name, _)| name == "von").count());
    let (_, html) = desk.post_form("eva", address, &form.and("mehr", "feiertage")).await;
    let filled = Form::of(&html);
    assert_eq!(desk.post_form("eva", address, &filled).await.0, StatusCode::SEE_OTHER);
    let centre = desk.centre("a").await;
    let closed = |date: &str| {
        let day = date.parse().unwrap();
        centre
            .opening
            .exceptions
            .iter()
            .any(|other| other.from <= day && day <= other.to && other.open.is_empty())
    };
    assert!(closed("2027-03-29"), "Easter Monday, a Monday with hours: {:?}", centre.opening.exceptions);
    assert!(!closed("2027-03-26"), "no hours on Fridays anyway");
    assert_eq!(
        centre.opening.exceptions.iter().filter(|day| day.note.as_deref() == Some("Ostermontag")).count(),
        1
    );
    assert_eq!(centre.opening.weekly[0].note.as_deref(), Some("Termine"));
}

#[tokio::test]
async fn an_offer_is_added_once_given_an_area_and_taken_away() {
    let desk = desk().await;
    let address = "/arbeitsplatz/stellen/a/angebote/neu";
    let form = desk.form("eva", address).await;
    let (status, html) = desk.post_form("eva", address, &form).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(html.contains("href=\"#name\"") && html.contains("href=\"#topic\""));
    let form = form.with("name", "Suchtberatung").and("topic", "addiction").and("mode", "phone");
    let (status, to) = desk.post_form("eva", address, &form).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    assert_eq!(desk.post_form("eva", address, &form).await, (status, to.clone()), "sent twice is one offer");
    let centre = desk.centre("a").await;
    assert_eq!(centre.offers.len(), 3);
    let offer = &centre.offers[2];
    assert!(to.starts_with(&format!("/arbeitsplatz/stellen/a/angebote/{}/gebiet", offer.id)), "{to}");

    let areas = to.split('?').next().unwrap();
    let form = desk.form("eva", areas).await.with("suche", "emmending").and("mehr", "suche");
    let (_, html) = desk.post_form("eva", areas, &form).await;
    assert!(html.contains("value=\"kreis:08316\""), "{html}");
    let form =
        Form::of(&html).and("gebiet", "kreis:08316").and("gebiet", "kreis:99999").with("plz", "79117-79100");
    assert_eq!(desk.post_form("eva", areas, &form).await.0, StatusCode::SEE_OTHER);
    let saved = desk.centre("a").await.offers[2].areas.clone();
    assert_eq!(saved.len(), 2, "a district nobody knows is not taken: {saved:?}");
    assert!(saved.contains(&Area::District("08316".parse().unwrap())));

    let remove = format!("/arbeitsplatz/stellen/a/angebote/{}/entfernen", offer.id);
    assert_eq!(desk.post_form("eva", &remove, &Form::default()).await.0, StatusCode::SEE_OTHER);
    assert_eq!(desk.centre("a").await.offers.len(), 2);
    for id in ["a-0", "a-1"] {
        desk.post_form("eva", &format!("/arbeitsplatz/stellen/a/angebote/{id}/entfernen"), &Form::default())
            .await;
    }
    assert_eq!(desk.centre("a").await.offers.len(), 1, "the last one stays");
    let (_, html) = desk.get("eva", "/arbeitsplatz/stellen/a/angebote").await;
    assert!(html.contains("Entfernte Angebote") && html.contains("value=\"offer:a-0\""), "{html}");
    let back = Form::default().and("feld", "offer:a-0");
    desk.post_form("eva", "/arbeitsplatz/stellen/a/zuruecknehmen", &back).await;
    assert_eq!(desk.centre("a").await.offers.len(), 2);
}

#[tokio::test]
async fn areas_say_what_they_cover_and_who_else_does() {
    let desk = desk().await;
    let (_, html) = desk.get("eva", "/arbeitsplatz/stellen/a/angebote/a-0/gebiet").await;
    assert!(html.contains("79100 Freiburg im Breisgau"), "{html}");
    assert!(html.contains("Haus Lindenweg"), "covers the same postcodes for the same topic");
    assert!(!html.contains("Haus am Deich"), "has no area");
}

#[tokio::test]
async fn a_new_centre_is_made_once_with_the_point_of_its_postcode() {
    let desk = desk().await;
    let address = "/arbeitsplatz/stellen/neu";
    let form = desk.form("admin", address).await;
    let (status, html) = desk.post_form("admin", address, &form).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    for at in ["name", "postcode", "city", "offer", "topic"] {
        assert!(html.contains(&format!("href=\"#{at}\"")), "{at}");
    }
    let filled = form
        .with("name", "Neue Stelle")
        .with("postcode", "79100")
        .with("city", "Freiburg")
        .with("offer", "Beratung")
        .and("topic", "debt");
    let (status, to) = desk.post_form("admin", address, &filled).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{to}");
    assert_eq!(desk.post_form("admin", address, &filled).await.0, StatusCode::SEE_OTHER);
    let page = desk.store.centre_by_slug("neue-stelle-freiburg").await.unwrap().unwrap();
    assert!(page.coordinates.is_some());
    assert!(desk.store.centre_by_slug("neue-stelle-freiburg-2").await.unwrap().is_none(), "sent twice");
    let (status, html) = desk.get("admin", &to).await;
    assert_eq!(status, StatusCode::OK);
    assert!(html.contains("Keine Telefonnummer"), "what is missing");
}

#[tokio::test]
async fn confirming_is_noted_with_the_day() {
    let desk = desk().await;
    let (_, html) = desk.get("other", "/arbeitsplatz/stellen/c").await;
    assert!(html.contains("noch nie bestätigt"));
    desk.post_form("other", "/arbeitsplatz/stellen/c/bestaetigung", &Form::default()).await;
    assert_eq!(desk.centre("c").await.confirmed_on.unwrap().to_string(), "2026-11-23");
    let (_, html) = desk.get("other", "/arbeitsplatz/stellen/c").await;
    assert!(!html.contains("noch nie bestätigt") && html.contains("Als aktuell bestätigt"));
}
