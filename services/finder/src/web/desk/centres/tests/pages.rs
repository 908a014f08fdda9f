//! Every page in every language; anything undefined is an error.

use axum::http::StatusCode;
use kernel::Lang;

use super::desk::{Form, desk};

const PAGES: [&str; 14] = [
    "",
    "/neu",
    "/a",
    "/c",
    "/a/stammdaten",
    "/a/adresse",
    "/c/adresse",
    "/a/kontakt",
    "/a/zeiten",
    "/a/zugang",
    "/a/angebote",
    "/a/angebote/neu",
    "/a/angebote/a-0",
    "/a/angebote/a-0/gebiet",
];

#[tokio::test]
async fn every_page_renders_in_every_language_also_with_mistakes_in_it() {
    let desk = desk().await;
    desk.post_form("eva", "/arbeitsplatz/stellen/a/angebote/a-1/entfernen", &Form::default()).await;
    for lang in Lang::ALL {
        for tail in PAGES.iter().chain(["/c/angebote/c-0/gebiet", "/a/vorschau", "/c/vorschau"].iter()) {
            let address = format!("{}/arbeitsplatz/stellen{tail}", lang.path_prefix());
            let (status, html) = desk.get("admin", &address).await;
            assert_eq!(status, StatusCode::OK, "{address}");
            assert!(html.contains(&format!("<html lang=\"{}\"", lang.tag())), "{address}");
            assert_eq!(html.matches("<h1").count(), 1, "{address}");
        }
        for (tail, name) in [
            ("/neu", "name"),
            ("/a/stammdaten", "name"),
            ("/a/adresse", "city"),
            ("/a/kontakt", "phone"),
            ("/a/zeiten", "bis"),
            ("/a/zugang", "facts"),
            ("/a/angebote/neu", "name"),
            ("/a/angebote/a-0", "link"),
            ("/a/angebote/a-0/gebiet", "plz"),
        ] {
            let address = format!("{}/arbeitsplatz/stellen{tail}", lang.path_prefix());
            let mut form = desk.form("admin", &address).await;
            let wrong = if name == "facts" { "x".repeat(400) } else { String::from("\u{202e}<b>&") };
            form = form.with(name, if ["name", "city", "bis"].contains(&name) { "" } else { &wrong });
            let (status, html) = desk.post_form("admin", &address, &form).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{address}");
            assert!(!html.contains("<b>&"), "what was typed is escaped: {address}");
        }
    }
}

#[tokio::test]
async fn ids_on_a_page_are_there_once() {
    let desk = desk().await;
    for tail in PAGES {
        let (_, html) = desk.get("admin", &format!("/arbeitsplatz/stellen{tail}")).await;
        let mut ids: Vec<&str> =
            html.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
        let count = ids.len();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), count, "{tail}");
    }
}
