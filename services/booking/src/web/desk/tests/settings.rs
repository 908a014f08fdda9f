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
async fn two_managers_do_not_overwrite_each_other_and_lose_nothing_they_typed() {
    let desk = desk().await;
    let offer = desk.form("eva", OFFER, OFFER).await.with("buchbar", "1");
    let centre = desk.form("admin", SETTINGS, SETTINGS).await.with("land", "08");
    desk.saved("eva", OFFER, &offer).await;
    desk.saved("eva", SETTINGS, &centre).await;
    for (address, form, name, text) in [
        (OFFER, offer.with("laenge", "30"), "laenge", "30"),
        (SETTINGS, centre.with("land", "09"), "land", "09"),
    ] {
        for form in [form.clone(), form.with("speichern", "1")] {
            let (status, page) = desk.post("admin", address, &form).await;
            assert_eq!(status, StatusCode::CONFLICT, "{address}");
            assert!(page.contains("Jemand anderes hat inzwischen gespeichert"), "{page}");
            assert_eq!(Form::of(&page, address).text(name), text);
        }
    }
    assert_eq!(desk.booking.bookable("a-debt").await.unwrap().setting.times.length.get(), 60);
}

#[tokio::test]
async fn what_somebody_else_saved_meanwhile_is_told_beside_what_was_typed() {
    let desk = desk().await;
    desk.open_offer(&[]).await;
    let form = desk.form("admin", OFFER, OFFER).await.with("mitbringen", "Ausweis");
    desk.open_offer(&[("mitbringen", "Briefe"), ("laenge", "45")]).await;
    let (status, page) = desk.post("admin", OFFER, &form).await;
    assert_eq!(status, StatusCode::CONFLICT);
    for said in ["<li>Dauer: <bdi>45</bdi></li>", "<li>Mitbringen: <bdi>Briefe</bdi></li>"] {
        assert!(page.contains(said), "{said} in {page}");
    }
    assert!(!page.contains("<li>Vorlauf"), "the same in both");
    desk.done("admin", OFFER, &Form::of(&page, OFFER).with("speichern", "1")).await;
    let setting = desk.booking.bookable("a-debt").await.unwrap().setting;
    assert_eq!((setting.times.length.get(), setting.bring.as_str()), (60, "Ausweis"), "she decided so");
}

#[tokio::test]
async fn what_an_offer_would_lose_is_shown_before_it_is_saved() {
    let desk = open_desk().await;
    let one = desk.book("form-1", MONDAY_NINE, "").await.appointment;
    let form = desk.form("eva", OFFER, OFFER).await;
    let shorter = form.clone().with("laenge", "30").with("schritt", "60");
    let (status, look) = desk.post("eva", OFFER, &shorter).await;
    assert_eq!(status, StatusCode::OK);
    assert!(look.contains("Ein Termin läge außerhalb") && look.contains("länger oder kürzer"), "{look}");
    assert!(look.contains("neue freie Zeiten") && look.contains("freie Zeiten fallen weg"));
    assert!(look.contains("in den nächsten 9 Wochen"), "as far as can be booked: {look}");
    assert_eq!(desk.booking.bookable("a-debt").await.unwrap().setting.times.length.get(), 60);

    // typed after looking: looked at once more
    let later = Form::of(&look, OFFER).with("laenge", "45").with("speichern", "1");
    let (status, look) = desk.post("eva", OFFER, &later).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(look.contains("Seit der Vorschau hat sich etwas geändert"), "{look}");
    desk.done("eva", OFFER, &Form::of(&look, OFFER).with("speichern", "1")).await;
    assert_eq!(desk.booking.bookable("a-debt").await.unwrap().setting.times.length.get(), 45);
    assert_eq!(desk.booking.store().appointment(&one.id).await.unwrap(), Some(one.clone()), "it stays");

    // the way she wanted goes; only that is a conflict
    let modes = form.0.iter().filter(|(name, value)| (name.as_str(), value.as_str()) != ("art", "phone"));
    let personal = Form(modes.cloned().collect()).with("stand", "3").with("laenge", "60");
    let (_, look) = desk.post("eva", OFFER, &personal).await;
    assert!(!look.contains("länger oder kürzer") && look.contains("Diese Art gäbe es"), "{look}");

    let (_, off) =
        desk.post("eva", OFFER, &form.with("stand", "3").with("laenge", "45").without("buchbar")).await;
    assert!(off.contains("Keine neuen freien Zeiten") && off.contains("freie Zeiten fallen weg"), "{off}");
    assert!(!off.contains("läge außerhalb"), "switching off touches no appointment");
}

#[tokio::test]
async fn texts_are_saved_at_once_and_shown_on_the_receipt_of_the_phone() {
    let desk = open_desk().await;
    let texts = [
        ("mitbringen", "Briefe"),
        ("anfahrt", "Hinterhof, 2. Stock"),
        ("daten", "Wir notieren nur Termine."),
    ];
    let form =
        texts.iter().fold(desk.form("eva", OFFER, OFFER).await, |form, (name, text)| form.with(name, text));
    desk.done("eva", OFFER, &form).await;
    desk.done("eva", OFFER, &form).await;
    let setting = desk.booking.bookable("a-debt").await.unwrap().setting;
    assert_eq!([&*setting.bring, &*setting.arrival, &*setting.data], texts.map(|(_, text)| text));
    for (name, _) in texts {
        let (status, page) = desk.post("eva", OFFER, &form.clone().with(name, &"x".repeat(501))).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        assert!(page.contains(&format!("href=\"#{name}\"")), "{name}");
    }
    let monday = super::desk::at(MONDAY_NINE).as_second();
    for (mode, told) in [("phone", false), ("in_person", true)] {
        let page = format!("/arbeitsplatz/termine/a/neu?angebot=a-debt&art={mode}&zeit={monday}");
        let form = desk.form("eva", &page, "/arbeitsplatz/termine/a/neu").await;
        let (_, receipt) = desk.post("eva", "/arbeitsplatz/termine/a/neu", &form).await;
        assert!(receipt.contains("Briefe") && receipt.contains("Wir notieren nur Termine."), "{receipt}");
        assert_eq!(receipt.contains("Hinterhof"), told, "{mode}");
    }
}

#[tokio::test]
async fn a_preview_that_stands_below_other_sections_is_not_overlooked() {
    let desk = open_desk().await;
    let form = desk.form("eva", SETTINGS, SETTINGS).await.with("land", "08");
    let (_, look) = desk.post("eva", SETTINGS, &form).await;
    let main = look.split("<main").nth(1).unwrap();
    let (said, heading) = (main.find("href=\"#vorschau\""), main.find("<h1"));
    assert!(said.unwrap() < heading.unwrap(), "above everything: {main}");
    assert!(main.contains("tabindex=\"-1\" autofocus"), "{main}");
    let saved = Form::of(&look, SETTINGS).with("speichern", "1");
    let page = desk.done("eva", SETTINGS, &saved).await;
    assert!(!desk.page("eva", &page).await.contains("vorschau"));
    // a page that begins with it, and was only opened
    let closure = format!("{SETTINGS}/schliessung");
    let form = desk.form("eva", &closure, &closure).await.with("von", "2026-12-24");
    let (_, look) = desk.post("eva", &closure, &form).await;
    assert!(look.contains("autofocus") && !look.contains("href=\"#vorschau\""), "{look}");
    desk.done("eva", &closure, &Form::of(&look, &closure).with("speichern", "1")).await;
    let id = desk.booking.centre_setting("a").await.unwrap().value.closures[0].id.clone();
    let page = desk.page("eva", &format!("{closure}/entfernen?welche={id}")).await;
    assert!(page.contains("id=\"vorschau\"") && !page.contains("autofocus"), "{page}");
}

#[tokio::test]
async fn a_centre_switches_booking_off_and_on() {
    let desk = open_desk().await;
    let switch = format!("{SETTINGS}/buchung");
    let form = desk.form("eva", SETTINGS, &switch).await;
    assert_eq!(desk.done("eva", &switch, &form).await, format!("{SETTINGS}?getan=aus"));
    desk.done("eva", &switch, &form).await;
    assert!(desk.booking.bookable("a-debt").await.is_err());
    let next = contracts::booking::FreeTimes::next_free(&desk.booking, &["a-debt".into()]).await.unwrap();
    assert!(next.is_empty(), "no list of hits names a free time");
    let page = desk.page("eva", SETTINGS).await;
    assert!(page.contains("sehen stattdessen die Telefonnummer Ihrer Stelle"), "{page}");
    let phone = desk.page("berta", "/arbeitsplatz/termine/a/neu?angebot=a-debt&art=phone").await;
    assert!(
        phone.contains("&amp;zeit=") || phone.contains("&zeit="),
        "the centre itself still books: {phone}"
    );

    let on = desk.form("eva", SETTINGS, &switch).await;
    let (status, _) = desk.post("eva", &switch, &on.clone().with("stand", "0")).await;
    assert_eq!(status, StatusCode::CONFLICT);
    let (status, _) = desk.post("eva", &switch, &on.clone().with("buchung", "vielleicht")).await;
    assert_eq!(status, StatusCode::BAD_REQUEST);
    desk.done("eva", &switch, &on).await;
    assert!(desk.booking.bookable("a-debt").await.is_ok());
    assert_eq!((desk.count("booking.switched-off").await, desk.count("booking.switched-on").await), (1, 1));
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
    desk.saved("eva", SETTINGS, &good).await;
    let setting = desk.booking.centre_setting("a").await.unwrap().value;
    assert_eq!(setting.mail.as_deref(), Some("termine@haus.example"));
    assert!(setting.holidays.municipal.contains("assumption"));
    assert!(setting.holidays.close("2026-12-25".parse().unwrap()));

    let closure = format!("{SETTINGS}/schliessung");
    let (status, _) = desk.post("eva", &closure, &Form::default().with("von", "")).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    let week = Form::default().with("stand", "1").with("von", "2026-11-23").with("bis", "2026-11-27");
    let (_, look) = desk.post("eva", &closure, &week).await;
    assert!(look.contains("Ein Termin läge außerhalb") && look.contains("freie Zeiten fallen weg"), "{look}");
    assert!(desk.page("eva", SETTINGS).await.contains("Keine Schließzeiten eingetragen."), "only looked at");
    let week = Form::of(&look, &closure).with("speichern", "1");
    desk.done("eva", &closure, &week).await;
    desk.done("eva", &closure, &week).await;
    let page = desk.page("eva", SETTINGS).await;
    assert!(page.contains("Mo 23.11.2026 – Fr 27.11.2026"), "{page}");
    assert!(page.contains("Ein Termin liegt außerhalb") && page.contains("Die Stelle ist geschlossen"));
    assert!(desk.booking.store().appointment(&one.id).await.unwrap().is_some());
    let remove = page.split("href=\"").find(|rest| rest.contains("?welche=")).unwrap();
    let remove = remove.split('"').next().unwrap().replace("&#x2f;", "/");
    let address = format!("{closure}/entfernen");
    let look = desk.page("eva", &remove).await;
    assert!(look.contains("neue freie Zeiten"), "{look}");
    let form = Form::of(&look, &address);
    let (status, stale) = desk.post("eva", &address, &form.clone().with("stand", "1")).await;
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(stale.contains("Jemand anderes hat inzwischen gespeichert"), "{stale}");
    desk.done("eva", &address, &form).await;
    desk.done("eva", &address, &form).await;
    assert_eq!(desk.get("eva", &remove).await.0, StatusCode::SEE_OTHER);
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
