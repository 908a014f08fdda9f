//! Hours: shown before they are saved, kept by her or the manager, never at the cost of an appointment.

use axum::http::StatusCode;

use super::desk::{A, Form, MONDAY_NINE, desk, open_desk};

#[tokio::test]
async fn a_rule_is_looked_at_before_it_is_saved() {
    let desk = desk().await;
    desk.open_offer(&[]).await;
    let to = desk.done("berta", &format!("{A}/zeiten"), &Form::default()).await;
    let hers = to.split('?').next().unwrap().to_owned();
    assert_eq!(desk.done("berta", &format!("{A}/zeiten"), &Form::default()).await, to, "once is enough");
    assert_eq!(desk.get("berta", &format!("{A}/zeiten")).await.1, hers);

    let address = format!("{hers}/regel");
    let form = desk.form("berta", &address, &address).await.with("bis", "11:00");
    let (status, look) = desk.post("berta", &address, &form).await;
    assert_eq!(status, StatusCode::OK);
    assert!(look.contains("Noch ist nichts gespeichert") && look.contains("24 neue freie Zeiten"), "{look}");
    assert!(look.contains("Montag, 23. November 2026:</strong> 9:00, 9:30, 10:00"), "{look}");
    let (_, page) = desk.get("berta", &hers).await;
    assert!(page.contains("Noch keine Sprechzeiten eingetragen."), "looking changes nothing");

    let again = Form::of(&look, &address).with("speichern", "1");
    desk.done("berta", &address, &again).await;
    desk.done("berta", &address, &again).await;
    let (_, page) = desk.get("berta", &hers).await;
    assert_eq!(page.matches("Jede Woche Montag, 09:00 – 11:00").count(), 1, "{page}");
    assert_eq!(desk.count("booking.rule-added").await, 1);
}

#[tokio::test]
async fn every_kind_of_rule_can_be_set() {
    let desk = desk().await;
    for (fields, said) in [
        (&[("muster", "woche"), ("alle", "2"), ("wochentag", "4")][..], "Alle 2 Wochen Donnerstag"),
        (&[("muster", "monat"), ("welcher", "last"), ("wochentag", "5")], "Jeden letzten Freitag im Monat"),
        (&[("muster", "einmal"), ("tag", "2026-12-05")], "Samstag, 5. Dezember 2026"),
        (
            &[("ausser", "24.12.2026"), ("gilt_bis", "2026-12-31"), ("angebot", "a-debt")],
            "nicht am Do 24.12.2026",
        ),
        (&[("bis", "00:00"), ("von", "20:00")], "20:00 – 24:00"),
    ] {
        let hers = desk.enter("berta", fields).await;
        let page = desk.page("berta", &hers).await;
        assert!(page.contains(said), "{said} in {page}");
    }
}

#[tokio::test]
async fn what_is_wrong_with_a_rule_stands_at_its_field_and_nothing_typed_is_lost() {
    let desk = open_desk().await;
    let hers = desk.get("berta", &format!("{A}/zeiten")).await.1;
    let address = format!("{hers}/regel");
    let good = desk.form("berta", &address, &address).await;
    for (name, text, wrong) in [
        ("von", "9 Uhr", "Schreiben Sie eine Uhrzeit"),
        ("von", "09:02", "Schreiben Sie eine Uhrzeit"),
        ("bis", "08:00", "Das Ende muss nach dem Anfang liegen."),
        ("gilt_ab", "bald", "Wählen Sie einen Tag."),
        ("gilt_bis", "2020-01-01", "Das Ende muss nach dem Anfang liegen."),
        ("alle", "9", "Wählen Sie 1 bis 8 Wochen."),
        ("ausser", "Weihnachten", "Schreiben Sie Tage wie"),
    ] {
        let (status, page) = desk.post("berta", &address, &good.clone().with(name, text)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(page.contains(wrong) && page.contains(&format!("href=\"#{name}\"")), "{name}: {page}");
    }
    let (status, page) = desk.post("berta", &address, &good.without("art")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("Wählen Sie mindestens eine Art."));
}

#[tokio::test]
async fn appointments_outside_of_new_hours_are_listed_and_stay() {
    let desk = open_desk().await;
    desk.book("form-1", MONDAY_NINE, "").await;
    let other = desk.book("form-2", MONDAY_NINE, "").await.appointment;
    let hers = desk.get("berta", &format!("{A}/zeiten")).await.1;
    let address = format!("{hers}/abwesenheit");
    let form =
        desk.form("berta", &address, &address).await.with("von", "2026-11-23").with("bis", "2026-11-27");
    let (status, look) = desk.post("berta", &address, &form).await;
    assert_eq!(status, StatusCode::OK);
    assert!(look.contains("Ein Termin läge außerhalb der Sprechzeiten"), "{look}");
    assert!(look.contains("freie Zeiten fallen weg"));
    let form = Form::of(&look, &address).with("speichern", "1");
    desk.done("berta", &address, &form).await;
    let list = desk.page("berta", A).await;
    assert!(list.contains("Ein Termin liegt außerhalb der Sprechzeiten") && list.contains("Abwesenheit"));
    let span = crate::Span { from: other.span.from, to: other.span.to };
    assert_eq!(desk.booking.store().of_centre("a", span).await.unwrap().len(), 2, "both still hold");

    let page = desk.page("berta", &hers).await;
    let remove = page.split("href=\"").find(|rest| rest.contains("?abwesenheit=")).unwrap();
    let remove = remove.split('"').next().unwrap().replace("&amp;", "&").replace("&#x2f;", "/");
    let look = desk.page("berta", &remove).await;
    let address = format!("{hers}/entfernen");
    let form = Form::of(&look, &address);
    desk.done("berta", &address, &form).await;
    desk.done("berta", &address, &form).await;
    assert!(desk.page("berta", &hers).await.contains("Keine Abwesenheiten eingetragen."));
    assert_eq!(desk.get("berta", &remove).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn hours_are_saved_only_over_what_was_read() {
    let desk = open_desk().await;
    let hers = desk.get("berta", &format!("{A}/zeiten")).await.1;
    let address = format!("{hers}/abwesenheit");
    let form = desk.form("berta", &address, &address).await.with("speichern", "1");
    desk.done("berta", &address, &form.clone().with("von", "2026-12-01")).await;
    let (status, page) = desk.post("eva", &address, &form.with("von", "2026-12-02")).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("Jemand anderes hat inzwischen gespeichert"));
    let (_, page) = desk.get("berta", &hers).await;
    assert!(page.contains("Di 01.12.2026") && !page.contains("Mi 02.12.2026"));
}

#[tokio::test]
async fn a_range_that_cannot_be_is_told_at_its_field() {
    let desk = open_desk().await;
    let hers = desk.get("berta", &format!("{A}/zeiten")).await.1;
    let address = format!("{hers}/abwesenheit");
    let form = desk.form("berta", &address, &address).await;
    for (fields, at) in [
        (&[("von", "")][..], "von"),
        (&[("von", "2026-12-02"), ("bis", "2026-12-01")], "bis"),
        (&[("von", "2026-12-02"), ("von_zeit", "10:00"), ("bis_zeit", "09:00")], "bis_zeit"),
        (&[("von", "2026-12-02"), ("von_zeit", "zehn")], "von_zeit"),
        (&[("von", "99999-12-02")], "von"),
    ] {
        let mut form = form.clone();
        for (name, text) in fields {
            form = form.with(name, text);
        }
        let (status, page) = desk.post("berta", &address, &form).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{fields:?}");
        assert!(page.contains(&format!("href=\"#{at}\"")), "{fields:?}: {page}");
    }
}
