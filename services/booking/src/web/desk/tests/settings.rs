//! What a manager sets.

use axum::http::StatusCode;

use super::desk::{Form, MONDAY_NINE, desk, open_desk};
use crate::setting::{Agreement, Asked, NameAsked};

const OFFER: &str = "/arbeitsplatz/termine/a/angebote/a-debt";
const SETTINGS: &str = "/arbeitsplatz/termine/a/einstellungen";

#[tokio::test]
async fn everything_about_an_offer_can_be_set() {
    let desk = desk().await;
    desk.done("eva", &format!("{SETTINGS}/raum"), &Form::default().with("raum", "Zimmer 1")).await;
    let room = desk.booking.store().resources("a").await.unwrap()[0].value.id.clone();
    desk.open_offer(&[
        ("zusage", "centre"),
        ("laenge", "45"),
        ("puffer_vor", "5"),
        ("puffer_nach", "10"),
        ("schritt", "15"),
        ("vorlauf", "2"),
        ("horizont", "30"),
        ("plaetze", "3"),
        ("grenze_person", "4"),
        ("grenze_tag", ""),
        ("raum", &room),
        ("name", "full"),
        ("mail", "needed"),
        ("telefon", "if_wanted"),
        ("anliegen", "1"),
        ("erinnerungen", "2; 48"),
        ("frist", "24"),
        ("freigabe", "30"),
        ("warteliste", ""),
        ("mitbringen", "Ausweis\r\nBriefe"),
    ])
    .await;
    let bookable = desk.booking.bookable("a-debt").await.unwrap();
    let (setting, times) = (&bookable.setting, &bookable.setting.times);
    assert_eq!((times.length.get(), times.step.get(), times.notice_minutes), (45, 15, 120));
    assert_eq!((times.buffer_before.get(), times.buffer_after.get(), times.horizon_days), (5, 10, 30));
    assert_eq!((times.capacity, times.limit_per_counsellor, times.limit_per_day), (3, Some(4), None));
    assert!(times.rooms.contains(&room));
    assert_eq!((setting.agreement, setting.asks.name), (Agreement::Centre, NameAsked::Full));
    assert_eq!((setting.asks.mail, setting.asks.phone), (Asked::Needed, Asked::IfWanted));
    assert!(setting.asks.note);
    assert!(!setting.waiting_list);
    assert_eq!((setting.grace_hours, setting.release_minutes), (24, 30));
    assert_eq!((setting.reminders.as_slice(), setting.bring.as_str()), (&[48, 2][..], "Ausweis\nBriefe"));
    let form = desk.form("eva", OFFER, OFFER).await;
    assert_eq!((form.text("erinnerungen"), form.text("mitbringen")), ("48, 2", "Ausweis\nBriefe"));
    assert_eq!(desk.count("booking.offer-set").await, 1);
}

#[tokio::test]
async fn what_is_wrong_with_an_offer_stands_at_its_field() {
    let desk = desk().await;
    let good = desk.form("eva", OFFER, OFFER).await.with("buchbar", "1").with("mitbringen", "<b>Ausweis</b>");
    for (name, text) in [
        ("laenge", "0"),
        ("laenge", "7"),
        ("laenge", "eine Stunde"),
        ("schritt", "0"),
        ("puffer_vor", "-5"),
        ("puffer_nach", "3"),
        ("vorlauf", "99999"),
        ("horizont", "367"),
        ("horizont", ""),
        ("plaetze", "0"),
        ("grenze_person", "viele"),
        ("grenze_tag", "0"),
        ("erinnerungen", "morgen"),
        ("erinnerungen", "1, 2, 3, 4"),
        ("erinnerungen", "0"),
        ("frist", "25"),
        ("freigabe", "2000"),
        ("mitbringen", &"x".repeat(1001)),
    ] {
        let (status, page) = desk.post("eva", OFFER, &good.clone().with(name, text)).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{name}={text:.20}");
        assert!(page.contains(&format!("href=\"#{name}\"")), "{name}={text:.20}");
        assert!(page.contains(&format!("id=\"{name}\"")), "{name}");
        assert!(!page.contains("<b>Ausweis"), "what was typed is escaped");
    }
    let (status, _) = desk.post("eva", OFFER, &good.clone().without("art").without("art")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(desk.booking.bookable("a-debt").await.is_err(), "nothing was saved");
}

#[tokio::test]
async fn two_managers_do_not_overwrite_each_other() {
    let desk = desk().await;
    let offer = desk.form("eva", OFFER, OFFER).await.with("buchbar", "1");
    let centre = desk.form("admin", SETTINGS, SETTINGS).await.with("land", "08");
    desk.done("eva", OFFER, &offer).await;
    desk.done("eva", SETTINGS, &centre).await;
    for (address, form) in [(OFFER, offer.with("laenge", "30")), (SETTINGS, centre.with("land", "09"))] {
        let (status, page) = desk.post("admin", address, &form).await;
        assert_eq!(status, StatusCode::CONFLICT, "{address}");
        assert!(page.contains("Jemand anderes hat inzwischen gespeichert"), "{page}");
        assert!(page.contains("Neuen Stand ansehen"));
    }
    assert_eq!(desk.booking.bookable("a-debt").await.unwrap().setting.times.length.get(), 60);
}

#[tokio::test]
async fn a_centre_is_closed_by_law_and_by_its_own_word() {
    let desk = open_desk().await;
    let one = desk.book("form-1", MONDAY_NINE, "").await.appointment;
    let form = desk.form("eva", SETTINGS, SETTINGS).await;
    let (status, page) = desk.post("eva", SETTINGS, &form).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "without a Land nobody knows the law");
    assert!(page.contains("href=\"#land\""));
    let (status, page) =
        desk.post("eva", SETTINGS, &form.clone().with("land", "08").with("mail", "keine")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("href=\"#mail\"") && page.contains("value=\"keine\""));
    let elsewhere = form.clone().with("land", "08").with("gemeinde", "assumption");
    let (status, page) = desk.post("eva", SETTINGS, &elsewhere).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("href=\"#gemeinde\"") && page.contains("in keiner einzelnen Gemeinde"), "{page}");
    let good = form.with("land", "09").with("mail", "termine@haus.example").with("gemeinde", "assumption");
    desk.done("eva", SETTINGS, &good).await;
    let setting = desk.booking.centre_setting("a").await.unwrap().value;
    assert_eq!(setting.mail.as_deref(), Some("termine@haus.example"));
    assert!(setting.holidays.municipal.contains("assumption"));
    assert!(setting.holidays.close("2026-12-25".parse().unwrap()));

    let closure = format!("{SETTINGS}/schliessung");
    let (status, _) = desk.post("eva", &closure, &Form::default().with("von", "")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let week = Form::default().with("von", "2026-11-23").with("bis", "2026-11-27");
    let (status, look) = desk.post("eva", &closure, &week).await;
    assert_eq!(status, StatusCode::OK);
    assert!(look.contains("Ein Termin läge außerhalb") && look.contains("Keine Schließzeiten"), "{look}");
    let seen = Form::of(&look, &closure).with("speichern", "1");
    let (status, other) = desk.post("eva", &closure, &seen.clone().with("bis", "2026-11-28")).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(other.contains("Seit der Vorschau hat sich etwas geändert"), "{other}");
    desk.done("eva", &closure, &seen).await;
    desk.done("eva", &closure, &seen).await;
    let page = desk.page("eva", SETTINGS).await;
    assert!(page.contains("Mo 23.11.2026 – Fr 27.11.2026"), "{page}");
    assert!(page.contains("Ein Termin liegt außerhalb") && page.contains("Die Stelle ist geschlossen"));
    assert!(desk.booking.store().appointment(&one.id).await.unwrap().is_some());
    let form = desk.form("eva", SETTINGS, &format!("{closure}/entfernen")).await;
    desk.done("eva", &format!("{closure}/entfernen"), &form).await;
    assert!(desk.page("eva", SETTINGS).await.contains("Keine Schließzeiten eingetragen."));
    for action in ["booking.centre-set", "booking.closure-added", "booking.closure-removed"] {
        assert_eq!(desk.count(action).await, 1, "{action}");
    }
}

#[tokio::test]
async fn rooms_and_counsellors_are_named_and_switched_off() {
    let desk = open_desk().await;
    let (status, page) =
        desk.post("eva", &format!("{SETTINGS}/raum"), &Form::default().with("raum", " ")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains("href=\"#raum\""));
    desk.done("eva", &format!("{SETTINGS}/raum"), &Form::default().with("raum", "Zimmer 1")).await;
    let resources = desk.booking.store().resources("a").await.unwrap();
    for one in resources {
        let address = format!("{SETTINGS}/buchbar/{}", one.value.id);
        let form = desk.form("eva", &address, &address).await;
        let (status, _) = desk.post("eva", &address, &form.clone().with("name", "")).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        desk.done("eva", &address, &form.clone().with("name", "Neuer Name").without("aktiv")).await;
        let (status, _) = desk.post("eva", &address, &form).await;
        assert_eq!(status, StatusCode::CONFLICT, "saved over an old revision");
    }
    let bookable = desk.booking.bookable("a-debt").await.unwrap();
    assert!(desk.booking.times(&bookable, None, None, 5).await.unwrap().days.is_empty(), "nobody is left");
    assert!(desk.page("eva", SETTINGS).await.matches("abgeschaltet").count() >= 3);
}
