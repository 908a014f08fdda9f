//! Every page in every language; anything undefined is an error.

use axum::http::StatusCode;
use kernel::Lang;

use super::desk::{A, Form, MONDAY_NINE, open_desk};

#[tokio::test]
async fn every_page_renders_in_every_language_also_with_mistakes_in_it() {
    let desk = open_desk().await;
    let settings = format!("{A}/einstellungen");
    desk.done("eva", &format!("{settings}/raum"), &Form::default().with("raum", "Zimmer 1")).await;
    let closure = format!("{settings}/schliessung");
    let form = desk.form("eva", &closure, &closure).await.with("von", "2026-12-24");
    desk.saved("eva", &closure, &form).await;
    let closed = desk.booking.centre_setting("a").await.unwrap().value.closures[0].id.clone();
    let request = desk.book("form-1", MONDAY_NINE, "Kim").await.appointment.id;
    let other = desk.book("form-2", MONDAY_NINE, "").await.appointment.id;
    desk.done("berta", &format!("{A}/{other}/absage"), &Form::default().with("stand", "0")).await;
    let hers = desk.get("berta", &format!("{A}/zeiten")).await.1;
    let away = format!("{hers}/abwesenheit");
    let form = desk.form("berta", &away, &away).await.with("von", "2026-11-23").with("von_zeit", "08:00");
    desk.saved("berta", &away, &form).await;
    let room = desk.booking.store().resources("a").await.unwrap();
    let room = room.into_iter().find(|one| one.value.name == "Zimmer 1").unwrap().value.id;
    let berta = hers.rsplit('/').next().unwrap();
    let rule = desk.booking.store().resource(berta).await.unwrap().unwrap();
    let rule = desk.booking.hours_of(&rule.value).unwrap().rules[0].id.clone();
    let monday = super::desk::at(MONDAY_NINE).as_second();
    let pages = [
        "/arbeitsplatz/termine".to_owned(),
        A.to_owned(),
        format!("{A}?ansicht=tag&ab=2026-11-23&getan=abgesagt"),
        format!("{A}?ansicht=woche&ab=2026-11-23&wer={berta}"),
        format!("{A}?ansicht=monat"),
        format!("{A}?ansicht=team&ab=2026-11-23"),
        format!("{A}?ansicht=team&ab=2026-11-23&wer={berta}"),
        format!("{A}?ansicht=nichts&ab=31.12.&wer=niemand&wer=x"),
        format!("{A}/neu"),
        format!("{A}/neu?art=phone"),
        format!("{A}/neu?angebot=a-debt&art=phone&zeit={monday}"),
        format!("{A}/kalender"),
        format!("{A}/kalender?getan=getrennt"),
        format!("{A}/zahlen"),
        format!("{A}/zahlen?monat=2026-11"),
        format!("{A}/zahlen?monat=2026-10"),
        format!("{A}/zahlen?monat=elf"),
        format!("{A}/zeiten/{room}"),
        format!("{A}/zeiten/{room}/abwesenheit"),
        format!("{A}/zeiten"),
        hers.clone(),
        format!("{hers}/regel"),
        format!("{hers}/regel?regel={rule}"),
        format!("{hers}/abwesenheit"),
        format!("{hers}/entfernen?regel={rule}"),
        settings.clone(),
        closure.clone(),
        format!("{closure}/entfernen?welche={closed}"),
        format!("{settings}/buchbar/{berta}"),
        format!("{A}/angebote/a-debt"),
        format!("{A}/angebote/a-group"),
        format!("{A}/{request}"),
        format!("{A}/{other}"),
        format!("{A}/{request}/absage"),
        format!("{A}/{request}/verschieben"),
    ];
    for (at, lang) in (0i64..).zip(Lang::ALL) {
        for page in &pages {
            let address = format!("{}{page}", lang.path_prefix());
            let (status, html) = desk.get("admin", &address).await;
            assert_eq!(status, StatusCode::OK, "{address}: {html}");
            assert!(html.contains(&format!("<html lang=\"{}\"", lang.tag())), "{address}");
            assert_eq!(html.matches("<h1").count(), 1, "{address}");
            assert!(!html.contains("Kim"), "{address}");
            let mut ids: Vec<&str> =
                html.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
            let count = ids.len();
            ids.sort_unstable();
            ids.dedup();
            assert_eq!(ids.len(), count, "an id is there twice: {address}");
        }
        for (page, name, text) in [
            (format!("{A}/angebote/a-debt"), "laenge", "\u{202e}<b>&"),
            (settings.clone(), "mail", "<b>&"),
            (format!("{hers}/regel"), "ausser", "<b>&"),
            (closure.clone(), "von", "<b>&"),
            (format!("{hers}/abwesenheit"), "von", "<b>&"),
            (format!("{settings}/buchbar/{berta}"), "name", ""),
        ] {
            let address = format!("{}{page}", lang.path_prefix());
            let form = desk.form("admin", &address, &address).await.with(name, text);
            let (status, html) = desk.post("admin", &address, &form).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{address}");
            assert!(!html.contains("<b>&"), "what was typed is escaped: {address}");
        }
        let prefix = lang.path_prefix();
        let address = format!("{prefix}{A}/{request}/absage");
        let form = Form::default().with("stand", "0").with("nachricht", &format!("<b>&{}", "x".repeat(500)));
        let (status, html) = desk.post("admin", &address, &form).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{html}");
        assert!(html.contains("&lt;b&gt;&amp;xxx") && !html.contains("<b>&"), "{html}");
        let (status, html) =
            desk.post("admin", &format!("{prefix}{A}/{request}/angaben"), &Form::default()).await;
        assert!(status == StatusCode::OK && html.contains("0761 12345"));
        let (status, _) = desk
            .post(
                "admin",
                &format!("{prefix}{A}/{request}/bestaetigung"),
                &Form::default().with("stand", "9"),
            )
            .await;
        assert_eq!(status, StatusCode::CONFLICT);
        let closing = format!("{prefix}{closure}");
        let form = desk.form("admin", &closing, &closing).await.with("von", "2026-11-23");
        let (status, html) = desk.post("admin", &closing, &form).await;
        assert!(status == StatusCode::OK && html.contains("id=\"vorschau\""), "{html}");
        let look =
            desk.form("admin", &format!("{prefix}{hers}/regel"), &format!("{prefix}{hers}/regel")).await;
        let (status, html) = desk.post("admin", &format!("{prefix}{hers}/regel"), &look).await;
        assert!(status == StatusCode::OK && html.contains("id=\"vorschau\""), "{html}");
        // on the phone, to the receipt
        let phone = format!("{prefix}{A}/neu");
        let tuesday = super::desk::at("2026-12-01T08:00:00Z").as_second() + at * 7 * 86_400;
        let chosen = format!("{phone}?angebot=a-debt&art=in_person&zeit={tuesday}");
        let form = desk.form("admin", &chosen, &phone).await.with("mail", "kim@example.org");
        let (status, html) = desk.post("admin", &phone, &form.clone().with("mail", "kim")).await;
        assert!(status == StatusCode::UNPROCESSABLE_ENTITY && html.contains("href=\"#mail\""), "{html}");
        let (status, html) = desk.post("admin", &phone, &form).await;
        assert!(status == StatusCode::OK && html.contains("/mein-termin#"), "{html}");
        // an old revision: everything that can be said about a change at once
        for (page, name, text) in [
            (format!("{A}/angebote/a-debt"), "laenge", "45"),
            (settings.clone(), "land", "08"),
            (closure.clone(), "von", "2026-12-28"),
            (format!("{hers}/regel"), "bis", "11:30"),
        ] {
            let address = format!("{prefix}{page}");
            let form = desk.form("admin", &address, &address).await.with(name, text).with("stand", "0");
            let (status, html) = desk.post("admin", &address, &form.with("speichern", "1")).await;
            assert_eq!(status, StatusCode::CONFLICT, "{address}");
            assert!(html.contains("id=\"vorschau\""), "{address}: {html}");
            assert!(Form::of(&html, &address).0.iter().any(|(found, value)| found == name && value == text));
        }
    }
}

#[test]
fn both_languages_say_the_same_messages() {
    let ids = |lang: Lang, file: &str| -> Vec<String> {
        let sources = crate::web::messages();
        let own = sources.iter().find(|one| one.lang == lang && one.name.ends_with(file)).unwrap();
        let begins = |line: &&str| line.starts_with(|first: char| first.is_ascii_lowercase());
        own.text.lines().filter(begins).map(|line| line.split(' ').next().unwrap().to_owned()).collect()
    };
    for (file, least) in [("desk-booking.ftl", 200), ("desk-calendar.ftl", 50)] {
        assert_eq!(ids(Lang::De, file), ids(Lang::En, file));
        assert!(ids(Lang::De, file).len() > least);
    }
    let said = ids(Lang::De, "desk-calendar.ftl");
    for trouble in crate::calendar::Trouble::ALL {
        assert!(said.iter().any(|id| id == trouble.message()), "{trouble:?}");
    }
}
