//! Counts by month, by day and as a table; nobody is in them.

use axum::http::StatusCode;

use super::desk::{A, Form, MONDAY_NINE, open_desk};

#[tokio::test]
async fn counts_are_there_by_month_by_day_and_as_a_table() {
    let desk = open_desk().await;
    let one = desk.book("form-1", MONDAY_NINE, "Kim").await.appointment;
    desk.book("form-2", "2026-11-24T09:00:00Z", "Alex").await;
    desk.book("form-3", "2026-12-01T09:00:00Z", "").await;
    let address = format!("{A}/{}/absage", one.id);
    let form = desk.form("berta", &address, &address).await;
    desk.done("berta", &address, &form).await;

    let year = desk.page("berta", &format!("{A}/zahlen")).await;
    let month = format!("{A}/zahlen?monat=2026-11");
    assert!(year.replace("&#x2f;", "/").contains(&format!("href=\"{month}\"")), "{year}");
    let page = desk.page("berta", &month).await;
    for said in ["Zahlen November 2026", "Mo 23.11.2026", "Di 24.11.2026", "Schuldnerberatung", "Zusammen"] {
        assert!(page.contains(said), "{said} in {page}");
    }
    assert!(!page.contains("Di 01.12.2026") && page.contains("data-label=\"Gebucht\"><strong>2</strong>"));

    let (status, table) = desk.get("berta", &format!("{A}/zahlen/datei?jahr=2026")).await;
    assert_eq!(status, StatusCode::OK);
    assert_eq!(
        table,
        "\u{feff}Tag;Angebot;Gebucht;Verschoben;Abgesagt;Abgelehnt;Gekommen;Nicht gekommen\n\
         2026-11-23;Schuldnerberatung;1;0;1;0;0;0\n\
         2026-11-24;Schuldnerberatung;1;0;0;0;0;0\n\
         2026-12-01;Schuldnerberatung;1;0;0;0;0;0\n"
    );
    let (_, november) = desk.get("berta", &format!("{A}/zahlen/datei?monat=2026-11")).await;
    assert_eq!(november.lines().count(), 3);
    for text in [&page, &table] {
        assert!(!text.contains("Kim") && !text.contains("Alex"));
    }
    let (status, _) = desk.post("berta", &format!("{A}/zahlen/datei"), &Form::default()).await;
    assert_eq!(status, StatusCode::METHOD_NOT_ALLOWED);
}
