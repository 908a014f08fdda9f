//! People, their rights, and the trail.

use axum::http::StatusCode;
use contracts::staff::Grant;

use super::house::{ADMINISTRATOR, House, PASSWORD};

fn counsellor(centre: &str) -> Grant {
    Grant::Counsellor(centre.into())
}

#[tokio::test]
async fn an_administrator_sees_and_governs_everybody() {
    let house = House::open().await;
    let (mut ada, _) = house.administrator().await;
    let (mut bo, _) = house.member(&mut ada, "bo@haus.example", &counsellor("c1")).await;
    let list = ada.get("/arbeitsplatz/personen").await.expect(StatusCode::OK);
    for text in ["2 Personen.", "bo@haus.example", "Rat und Tat, 79100 Freiburg"] {
        list.says(text);
    }
    ada.get("/arbeitsplatz/personen?q=niemand").await.says("Niemand gefunden.");
    ada.get("/arbeitsplatz/personen?stand=invited").await.says("Niemand gefunden.");

    let page = format!("/arbeitsplatz/personen/{}", house.person_id("bo@haus.example").await);
    let search = [("aktion", "suchen"), ("rolle", "centre_manager"), ("stelle_suche", "Hamburg")];
    let found = ada.post_from(&page, &format!("{page}/rechte"), &search).await.expect(StatusCode::OK);
    found.says("Anker, 20095 Hamburg");
    let give = [("rolle", "centre_manager"), ("stelle", "c2")];
    let given = ada.post_from(&page, &format!("{page}/rechte"), &give).await;
    ada.get(given.location()).await.says("Das Recht ist gegeben.");
    let take = [("rolle", "counsellor"), ("bereich", "c1")];
    ada.post_from(&page, &format!("{page}/rechte/entziehen"), &take).await.expect(StatusCode::SEE_OTHER);
    let own = bo.get("/mein-konto").await.expect(StatusCode::OK);
    assert!(own.plain().contains("Anker") && !own.plain().contains("Rat und Tat"), "rights count at once");
    ada.post_from(&page, &format!("{page}/sperren"), &[]).await.expect(StatusCode::SEE_OTHER);
    assert!(bo.get("/mein-konto").await.location().starts_with("/anmelden"), "sessions end at once");
    house.browser().sign_in("bo@haus.example", PASSWORD).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    ada.post_from(&page, &format!("{page}/entsperren"), &[]).await.expect(StatusCode::SEE_OTHER);
    house.browser().sign_in("bo@haus.example", PASSWORD).await.expect(StatusCode::SEE_OTHER);
}

#[tokio::test]
async fn an_invitation_whose_mail_was_given_up_says_so_and_is_sent_again() {
    let house = House::open().await;
    let (mut ada, _) = house.administrator().await;
    ada.invite("bo@haus.example", &counsellor("c1")).await;
    let page = format!("/arbeitsplatz/personen/{}", house.person_id("bo@haus.example").await);
    let notice = "Die Mail mit der Einladung ist nicht angekommen";
    assert!(!ada.get(&page).await.expect(StatusCode::OK).plain().contains(notice), "it is still waiting");
    assert_eq!(house.refuse_mails().await, 1);
    let shown = ada.get(&page).await.expect(StatusCode::OK);
    shown.says(notice);
    shown.says("Prüfen Sie die Adresse bo@haus.example.");
    ada.get(&format!("/en{page}")).await.says("The mail with the invitation has not arrived");

    let sent = ada.post_from(&page, &format!("{page}/einladung/erneut"), &[]).await;
    assert!(!ada.get(sent.location()).await.expect(StatusCode::OK).plain().contains(notice));
    let secret = house.mailed_secret("/einladung").await;
    let fields = [("geheimnis", secret.as_str()), ("name", "Bo"), ("passwort", PASSWORD)];
    let accepted = house.browser().post("/einladung/annehmen", &fields).await;
    assert_eq!(accepted.location(), "/anmelden/einrichten");
    assert!(!ada.get(&page).await.expect(StatusCode::OK).plain().contains(notice));
}

#[tokio::test]
async fn a_right_needs_its_centre_and_its_list() {
    let house = House::open().await;
    let (mut ada, _) = house.administrator().await;
    let page = "/arbeitsplatz/personen/einladen";
    for (rolle, stelle, liste, says) in [
        ("counsellor", "", "", "Wählen Sie eine Stelle."),
        ("centre_manager", "nowhere", "", "Wählen Sie eine Stelle."),
        ("association_administrator", "", "x", "Wählen Sie eine Liste."),
        ("king", "c1", "", "Wählen Sie ein Recht"),
    ] {
        let fields = [
            ("name", "Bo"),
            ("mail", "bo@haus.example"),
            ("rolle", rolle),
            ("stelle", stelle),
            ("liste", liste),
        ];
        let answer = ada.post_from(page, page, &fields).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
        answer.says(says);
        answer.says("value=\"bo@haus.example\"");
    }
    let fields = [("name", "Bo"), ("aktion", "suchen"), ("stelle_suche", "Nirgendwo")];
    let answer = ada.post_from(page, page, &fields).await.expect(StatusCode::OK);
    answer.says("Dazu gibt es keine Stelle.");
    answer.says("value=\"Bo\"");
    assert!(house.mails().await.is_empty());
}

#[tokio::test]
async fn a_manager_reaches_the_people_of_her_centre_only() {
    let house = House::open().await;
    let (mut ada, _) = house.administrator().await;
    let (mut mia, _) = house.member(&mut ada, "mia@haus.example", &Grant::CentreManager("c1".into())).await;
    house.member(&mut ada, "bo@haus.example", &counsellor("c1")).await;
    house.member(&mut ada, "cy@haus.example", &counsellor("c2")).await;
    let list = mia.get("/arbeitsplatz/personen").await.expect(StatusCode::OK).plain();
    assert!(list.contains("bo@haus.example") && !list.contains("cy@haus.example"), "{list}");
    assert!(!list.contains(ADMINISTRATOR));

    let own = format!("/arbeitsplatz/personen/{}", house.person_id("bo@haus.example").await);
    let foreign = format!("/arbeitsplatz/personen/{}", house.person_id("cy@haus.example").await);
    mia.get(&own).await.expect(StatusCode::OK);
    assert_eq!(mia.get(&foreign).await.status, StatusCode::NOT_FOUND);
    let unknown = mia.get("/arbeitsplatz/personen/0193-nobody").await;
    assert_eq!(unknown.status, StatusCode::NOT_FOUND);
    for action in [
        "rechte",
        "rechte/entziehen",
        "sperren",
        "entsperren",
        "sitzungen/beenden",
        "einladung/erneut",
        "einladung/zuruecknehmen",
        "faktoren",
        "faktoren/entfernen",
    ] {
        let fields = [("rolle", "counsellor"), ("stelle", "c1"), ("bereich", "c2")];
        let answer = mia.post_from("/arbeitsplatz/personen", &format!("{foreign}/{action}"), &fields).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{action}");
    }
    for (rolle, stelle) in [("administrator", ""), ("counsellor", "c2"), ("association_administrator", "")] {
        let fields = [("rolle", rolle), ("stelle", stelle), ("liste", "dhs")];
        let answer = mia.post_from(&own, &format!("{own}/rechte"), &fields).await;
        answer.expect(StatusCode::UNPROCESSABLE_ENTITY).says("das Sie geben dürfen");
    }
    let refused = mia.post_from(&own, &format!("{own}/faktoren/entfernen"), &[]).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND, "administrators only");
    assert_eq!(mia.get("/arbeitsplatz/protokoll").await.status, StatusCode::NOT_FOUND);
    mia.invite("di@haus.example", &counsellor("c1")).await;
    let nav = mia.get("/arbeitsplatz").await.text;
    assert!(nav.contains("/arbeitsplatz/personen") && !nav.contains("/arbeitsplatz/protokoll"));
}

#[tokio::test]
async fn counsellors_see_no_people() {
    let house = House::open().await;
    let (mut ada, _) = house.administrator().await;
    let (mut bo, _) = house.member(&mut ada, "bo@haus.example", &counsellor("c1")).await;
    for path in ["/arbeitsplatz/personen", "/arbeitsplatz/personen/einladen", "/arbeitsplatz/protokoll"] {
        assert_eq!(bo.get(path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test]
async fn somebody_who_may_do_everything_remains() {
    let house = House::open().await;
    let (mut ada, _) = house.administrator().await;
    let page = format!("/arbeitsplatz/personen/{}", house.person_id(ADMINISTRATOR).await);
    for (action, fields) in
        [("sperren", &[][..]), ("rechte/entziehen", &[("rolle", "administrator"), ("bereich", "")][..])]
    {
        let answer = ada.post_from(&page, &format!("{page}/{action}"), fields).await;
        answer.expect(StatusCode::UNPROCESSABLE_ENTITY).says("Es muss jemand übrig bleiben");
    }
}

#[tokio::test]
async fn an_invitation_is_sent_again_and_taken_back() {
    let house = House::open().await;
    let (mut ada, _) = house.administrator().await;
    ada.invite("bo@haus.example", &counsellor("c1")).await;
    let first = house.mailed_secret("/einladung").await;
    let page = format!("/arbeitsplatz/personen/{}", house.person_id("bo@haus.example").await);
    ada.get(&page).await.says("Die Einladung gilt bis 30.11.2026");
    ada.post_from(&page, &format!("{page}/einladung/erneut"), &[]).await.expect(StatusCode::SEE_OTHER);
    let second = house.mailed_secret("/einladung").await;
    let old = house.browser().post("/einladung", &[("geheimnis", &first)]).await;
    assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
    house.browser().post("/einladung", &[("geheimnis", &second)]).await.expect(StatusCode::OK);
    let gone = ada.post_from(&page, &format!("{page}/einladung/zuruecknehmen"), &[]).await;
    assert_eq!(gone.location(), "/arbeitsplatz/personen?getan=zurueckgenommen");
    let old = house.browser().post("/einladung", &[("geheimnis", &second)]).await;
    assert_eq!(old.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(ada.get(&page).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn lost_factors_are_reset_by_an_administrator() {
    let house = House::open().await;
    let (mut ada, _) = house.administrator().await;
    let (mut bo, _) = house.member(&mut ada, "bo@haus.example", &counsellor("c1")).await;
    let page = format!("/arbeitsplatz/personen/{}", house.person_id("bo@haus.example").await);
    ada.post_from(&page, &format!("{page}/faktoren/entfernen"), &[]).await.expect(StatusCode::SEE_OTHER);
    assert!(bo.get("/mein-konto").await.location().starts_with("/anmelden"));
    assert_eq!(bo.sign_in("bo@haus.example", PASSWORD).await.location(), "/anmelden/einrichten");
}

#[tokio::test]
async fn the_trail_is_read_page_by_page_and_by_person() {
    let house = House::open().await;
    let (mut ada, app) = house.administrator().await;
    house.member(&mut ada, "bo@haus.example", &counsellor("c1")).await;
    for _ in 0..30 {
        house.browser().come_in(ADMINISTRATOR, &app).await;
    }
    ada.come_in(ADMINISTRATOR, &app).await;
    let mut path = String::from("/arbeitsplatz/protokoll");
    let (mut rows, mut pages) = (0, 0);
    loop {
        let page = ada.get(&path).await.expect(StatusCode::OK);
        rows += page.text.matches("<th scope=\"row\">").count();
        pages += 1;
        let older = page.text.split("<a href=\"").find(|part| part.contains("Ältere Einträge"));
        let Some(older) = older else { break };
        path = older.split_once('"').unwrap().0.replace("&amp;", "&");
        assert!(pages < 20);
    }
    assert!(rows > 60 && pages > 1, "{rows} rows on {pages} pages");

    let bo = house.person_id("bo@haus.example").await;
    let about = ada.get(&format!("/arbeitsplatz/protokoll?person={bo}")).await.expect(StatusCode::OK);
    about.says("Person eingeladen");
    about.says("Einladung angenommen");
    assert!(!about.text.contains("Erste Einrichtung"));
    ada.get("/arbeitsplatz/protokoll?q=niemand").await.says("Keine Einträge.");
}
