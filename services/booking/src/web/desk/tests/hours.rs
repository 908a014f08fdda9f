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

/// The address of the form of her first rule.
async fn first_rule(desk: &super::desk::Desk, hers: &str) -> String {
    let page = desk.page("berta", hers).await;
    let change = page.split("href=\"").find(|rest| rest.contains("/regel?regel=")).unwrap();
    change.split('"').next().unwrap().replace("&#x2f;", "/")
}

#[tokio::test]
async fn a_rule_is_changed_after_looking_and_keeps_its_place() {
    let desk = open_desk().await;
    let one = desk.book("form-1", MONDAY_NINE, "").await.appointment;
    let two = desk.book("form-2", MONDAY_NINE, "").await.appointment;
    let hers = desk.get("berta", &format!("{A}/zeiten")).await.1;
    let (address, change) = (format!("{hers}/regel"), first_rule(&desk, &hers).await);
    let page = desk.page("berta", &change).await;
    assert!(
        page.contains("Sprechzeit ändern: Berta Beratung") && page.contains("Gespeichert ist:"),
        "{page}"
    );
    let form = Form::of(&page, &address);
    assert_eq!((form.text("wochentag"), form.text("von"), form.text("bis")), ("1", "09:00", "12:00"));

    let later = form.clone().with("von", "10:00").with("bis", "13:00").with("ausser", "30.11.2026");
    let (status, look) = desk.post("berta", &address, &later).await;
    assert_eq!(status, StatusCode::OK);
    assert!(look.contains("Ein Termin läge außerhalb der Sprechzeiten"), "{look}");
    assert!(look.contains("neue freie Zeiten") && look.contains("freie Zeiten fallen weg"));
    desk.done("berta", &address, &Form::of(&look, &address).with("speichern", "1")).await;
    let page = desk.page("berta", &hers).await;
    let (monday, tuesday) = (page.find("Jede Woche Montag, 10:00 – 13:00"), page.find("Jede Woche Dienstag"));
    assert!(monday.unwrap() < tuesday.unwrap(), "it keeps its place: {page}");
    assert!(page.contains("nicht am Mo 30.11.2026"));
    for appointment in [one, two] {
        assert!(desk.booking.store().appointment(&appointment.id).await.unwrap().is_some(), "both stay");
    }

    // the exception is taken out again; the form that says so can be sent twice
    let form = desk.form("berta", &change, &address).await.with("ausser", "");
    desk.saved("berta", &address, &form).await;
    desk.done("berta", &address, &form).await;
    assert!(!desk.page("berta", &hers).await.contains("nicht am"));
    assert_eq!((desk.count("booking.rule-changed").await, desk.count("booking.rule-added").await), (2, 3));
    assert_eq!(desk.get("berta", &format!("{address}?regel=nirgends")).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_rule_is_saved_as_it_was_looked_at_over_what_was_looked_at() {
    let desk = open_desk().await;
    let hers = desk.get("berta", &format!("{A}/zeiten")).await.1;
    let (address, change) = (format!("{hers}/regel"), first_rule(&desk, &hers).await);
    let form = desk.form("berta", &change, &address).await.with("bis", "11:00");
    let (_, look) = desk.post("berta", &address, &form).await;
    let seen = Form::of(&look, &address).with("speichern", "1");

    let (status, typed) = desk.post("berta", &address, &seen.clone().with("bis", "10:30")).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(typed.contains("Seit der Vorschau hat sich etwas geändert"), "{typed}");
    assert_eq!(Form::of(&typed, &address).text("bis"), "10:30");

    // somebody else changes the same rule meanwhile
    let other = desk.form("eva", &change, &address).await.with("von", "08:00");
    desk.saved("eva", &address, &other).await;
    let (status, stale) = desk.post("berta", &address, &seen).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(stale.contains("Jemand anderes hat inzwischen gespeichert") && stale.contains("08:00 – 12:00"));
    let again = Form::of(&stale, &address);
    assert_eq!((again.text("von"), again.text("bis")), ("09:00", "11:00"), "nothing typed is lost");
    desk.done("berta", &address, &again.with("speichern", "1")).await;
    assert!(desk.page("berta", &hers).await.contains("Jede Woche Montag, 09:00 – 11:00"));
}

#[tokio::test]
async fn a_rule_for_an_offer_that_is_gone_does_not_become_one_for_all() {
    let desk = open_desk().await;
    let hers = desk.enter("berta", &[("wochentag", "3"), ("angebot", "a-group")]).await;
    let id = hers.rsplit('/').next().unwrap();
    let resource = desk.booking.store().resource(id).await.unwrap().unwrap();
    let mut hours = desk.booking.hours_of(&resource.value).unwrap();
    let rule = hours.rules.last_mut().unwrap();
    rule.offers = ["left".to_owned()].into();
    let change = format!("{hers}/regel?regel={}", rule.id);
    let line = contracts::audit::AuditEntry {
        id: "line".into(),
        at: super::desk::at(super::desk::FRIDAY),
        actor: contracts::staff::Actor::console(),
        action: "saved".into(),
        object: contracts::audit::AuditObject { kind: "k".into(), id: "i".into(), name: "n".into() },
        detail: String::new(),
    };
    desk.booking.save_resource(resource, Some(&hours), &line).await.unwrap();
    let address = format!("{hers}/regel");
    let form = desk.form("berta", &change, &address).await.with("bis", "11:30");
    assert_eq!(form.text("angebot"), "left");
    desk.saved("berta", &address, &form).await;
    let resource = desk.booking.store().resource(id).await.unwrap().unwrap();
    let hours = desk.booking.hours_of(&resource.value).unwrap();
    assert_eq!(hours.rules.last().unwrap().offers, ["left".to_owned()].into());
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
    let form = desk.form("berta", &address, &address).await;
    let other = desk.form("eva", &address, &address).await;
    desk.saved("berta", &address, &form.with("von", "2026-12-01")).await;
    let (status, page) = desk.post("eva", &address, &other.with("von", "2026-12-02")).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(page.contains("Jemand anderes hat inzwischen gespeichert"));
    let (_, page) = desk.get("berta", &hers).await;
    assert!(page.contains("Di 01.12.2026") && !page.contains("Mi 02.12.2026"));
}

#[tokio::test]
async fn what_is_saved_is_what_the_preview_showed() {
    let desk = open_desk().await;
    let hers = desk.get("berta", &format!("{A}/zeiten")).await.1;
    let address = format!("{hers}/abwesenheit");
    let form = desk.form("berta", &address, &address).await.with("von", "2026-11-23");
    let (status, look) = desk.post("berta", &address, &form.clone().with("speichern", "1")).await;
    assert_eq!(status, StatusCode::CONFLICT, "nothing is saved that was not looked at");
    assert!(look.contains("Noch ist nichts gespeichert"));
    let seen = Form::of(&look, &address).with("speichern", "1");

    let (status, other) = desk.post("berta", &address, &seen.clone().with("von", "2026-11-24")).await;
    assert_eq!(status, StatusCode::CONFLICT, "another day was typed after the preview");
    assert!(other.contains("Seit der Vorschau hat sich etwas geändert"), "{other}");
    // somebody books the very day meanwhile, with Berta as with Carl
    for form in ["form-1", "form-2"] {
        desk.book(form, MONDAY_NINE, "").await;
    }
    let (status, again) = desk.post("berta", &address, &seen).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(again.contains("Ein Termin läge außerhalb der Sprechzeiten"), "{again}");
    desk.done("berta", &address, &Form::of(&again, &address).with("speichern", "1")).await;

    let page = desk.page("berta", &hers).await;
    assert!(page.contains("Mo 23.11.2026") && !page.contains("Di 24.11.2026"), "{page}");
    assert_eq!(desk.count("booking.absence-added").await, 1);
}

#[tokio::test]
async fn a_room_is_blocked_after_a_look_at_the_appointments_in_it() {
    let desk = open_desk().await;
    let settings = format!("{A}/einstellungen");
    desk.done("eva", &format!("{settings}/raum"), &Form::default().with("raum", "Zimmer 1")).await;
    let page = desk.page("eva", &settings).await;
    let room = page.split("href=\"").find(|rest| rest.contains("Sperrzeiten")).unwrap();
    let room = room.split('"').next().unwrap().replace("&#x2f;", "/");
    let id = room.rsplit('/').next().unwrap();
    desk.open_offer(&[("art", "in_person"), ("raum", id)]).await;
    let bookable = desk.booking.bookable("a-debt").await.unwrap();
    let one = crate::service::NewBooking {
        form: kernel::Secret::new(String::from("form-1")),
        mode: contracts::directory::Mode::InPerson,
        start: super::desk::at(MONDAY_NINE),
        lang: kernel::Lang::De,
        contact: None,
        remind: None,
    };
    let one = desk.booking.book(&bookable, one).await.unwrap().appointment;
    assert_eq!(one.room_id.as_deref(), Some(id));

    let empty = desk.page("eva", &room).await;
    assert!(empty.contains("Keine Sperrzeiten eingetragen.") && !empty.contains("Sprechzeit hinzufügen"));
    let address = format!("{room}/abwesenheit");
    let form = desk.form("eva", &address, &address).await.with("von", "2026-11-23");
    let (_, look) = desk.post("eva", &address, &form).await;
    assert!(look.contains("Ein Termin läge außerhalb") && look.contains("Der Raum ist gesperrt"), "{look}");
    assert!(look.contains("freie Zeiten fallen weg"), "{look}");
    desk.done("eva", &address, &Form::of(&look, &address).with("speichern", "1")).await;
    let list = desk.page("berta", A).await;
    assert!(list.contains("Der Raum ist gesperrt"), "{list}");
    assert_eq!(desk.booking.store().appointment(&one.id).await.unwrap(), Some(one), "it stays");
    let bookable = desk.booking.bookable("a-debt").await.unwrap();
    let in_person = Some(contracts::directory::Mode::InPerson);
    let times = desk.booking.times(&bookable, in_person, None, 1).await.unwrap();
    assert_eq!(times.days[0].date.to_string(), "2026-11-24", "nobody new is booked into it");
    for tail in ["", "/abwesenheit", "/regel"] {
        let (status, _) = desk.get("berta", &format!("{room}{tail}")).await;
        assert_eq!(status, StatusCode::NOT_FOUND, "rooms are the manager's: {tail}");
    }
    assert_eq!(desk.get("eva", &format!("{room}/regel")).await.0, StatusCode::NOT_FOUND);

    let remove = desk.page("eva", &room).await;
    let remove = remove.split("href=\"").find(|rest| rest.contains("?abwesenheit=")).unwrap();
    let remove = remove.split('"').next().unwrap().replace("&amp;", "&").replace("&#x2f;", "/");
    let look = desk.page("eva", &remove).await;
    assert!(look.contains("Diese Sperrzeit entfernen?"), "{look}");
    let address = format!("{room}/entfernen");
    let to = desk.done("eva", &address, &Form::of(&look, &address)).await;
    assert!(desk.page("eva", &to).await.contains("Die Sperrzeit ist entfernt."));
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
