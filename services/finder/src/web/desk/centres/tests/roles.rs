//! Who may open which page.

use axum::http::StatusCode;

use super::desk::{Form, desk};

const OF_A_CENTRE: [&str; 11] = [
    "",
    "/stammdaten",
    "/adresse",
    "/kontakt",
    "/zeiten",
    "/zugang",
    "/angebote",
    "/angebote/neu",
    "/angebote/a-0",
    "/angebote/a-0/gebiet",
    "/vorschau",
];

#[tokio::test]
async fn a_manager_opens_her_own_centre_and_an_administrator_all() {
    let desk = desk().await;
    for tail in OF_A_CENTRE {
        let address = format!("/arbeitsplatz/stellen/a{tail}");
        for (who, expected) in [
            ("admin", StatusCode::OK),
            ("eva", StatusCode::OK),
            ("other", StatusCode::NOT_FOUND),
            ("one", StatusCode::NOT_FOUND),
            ("counsellor", StatusCode::NOT_FOUND),
        ] {
            assert_eq!(desk.get(who, &address).await.0, expected, "{who} at {address}");
        }
    }
    for (who, expected) in [("eva", StatusCode::OK), ("counsellor", StatusCode::NOT_FOUND)] {
        assert_eq!(desk.get(who, "/arbeitsplatz/stellen").await.0, expected, "{who}");
    }
    assert_eq!(desk.get("admin", "/arbeitsplatz/stellen/neu").await.0, StatusCode::OK);
    assert_eq!(desk.get("eva", "/arbeitsplatz/stellen/neu").await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn what_is_not_there_answers_like_what_is_not_hers() {
    let desk = desk().await;
    for address in [
        "/arbeitsplatz/stellen/nirgends",
        "/arbeitsplatz/stellen/%00",
        "/arbeitsplatz/stellen/a/angebote/b-0",
        "/arbeitsplatz/stellen/a/angebote/%FF/gebiet",
    ] {
        assert_eq!(desk.get("admin", address).await.0, StatusCode::NOT_FOUND, "{address}");
    }
}

#[tokio::test]
async fn only_administrators_take_centres_off_and_put_them_back() {
    let desk = desk().await;
    let (status, _) = desk.post_form("eva", "/arbeitsplatz/stellen/a/herausnahme", &Form::default()).await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(desk.store.centre_by_id("a").await.unwrap().is_some());
    let (status, to) = desk.post_form("admin", "/arbeitsplatz/stellen/a/herausnahme", &Form::default()).await;
    assert_eq!(
        (status, to.as_str()),
        (StatusCode::SEE_OTHER, "/arbeitsplatz/stellen/a?getan=herausgenommen")
    );
    assert!(desk.store.centre_by_id("a").await.unwrap().is_none(), "seekers no longer find it");
    let (_, html) = desk.get("eva", "/arbeitsplatz/stellen/a/vorschau").await;
    assert!(html.contains("Zurzeit ist sie nicht in der Suche"), "its manager still sees it");
    let (status, _) =
        desk.post_form("admin", "/arbeitsplatz/stellen/a/wiederaufnahme", &Form::default()).await;
    assert_eq!(status, StatusCode::SEE_OTHER);
    assert!(desk.store.centre_by_id("a").await.unwrap().is_some());
}

#[tokio::test]
async fn every_change_is_refused_to_everybody_else() {
    let desk = desk().await;
    let before = desk.store.revision().await.unwrap();
    for tail in [
        "/bestaetigung",
        "/zuruecknehmen",
        "/stammdaten",
        "/adresse",
        "/kontakt",
        "/zeiten",
        "/zugang",
        "/angebote/neu",
        "/angebote/a-0",
        "/angebote/a-0/gebiet",
        "/angebote/a-0/entfernen",
    ] {
        let form = Form::default().and("feld", "name").and("name", "Böse").and("topic", "debt");
        let address = format!("/arbeitsplatz/stellen/a{tail}");
        for who in ["other", "one", "counsellor"] {
            assert_eq!(
                desk.post_form(who, &address, &form).await.0,
                StatusCode::NOT_FOUND,
                "{who} at {address}"
            );
        }
    }
    assert_eq!(desk.store.revision().await.unwrap(), before);
}

#[tokio::test]
async fn a_manager_sees_her_centres_and_an_administrator_finds_what_lacks_something() {
    let desk = desk().await;
    let (_, own) = desk.get("eva", "/arbeitsplatz/stellen").await;
    assert!(own.contains("Rat und Tat Freiburg") && !own.contains("Haus Lindenweg"));
    let (_, all) = desk.get("admin", "/arbeitsplatz/stellen?q=lindenweg").await;
    assert!(all.contains("Haus Lindenweg") && !all.contains("Rat und Tat Freiburg"));
    for filter in ["fehlt=punkt", "fehlt=bestaetigung"] {
        let (_, lacking) = desk.get("admin", &format!("/arbeitsplatz/stellen?{filter}")).await;
        assert!(lacking.contains("Haus am Deich") && !lacking.contains("Haus Lindenweg"), "{filter}");
    }
    let (_, none) = desk.get("eva", "/arbeitsplatz/stellen?fehlt=punkt").await;
    assert!(!none.contains("Haus am Deich"), "a filter shows nobody more than her own");
    let (status, _) = desk.get("admin", "/arbeitsplatz/stellen?seite=99999999999&q=%00&stand=x").await;
    assert_eq!(status, StatusCode::OK);
}
