//! The own account.

use axum::http::StatusCode;
use contracts::staff::Grant;
use jiff::SignedDuration;

use super::house::{ADMINISTRATOR, House, PASSWORD, app_on};

const LATER: SignedDuration = SignedDuration::from_mins(11);

#[tokio::test]
async fn keys_and_mail_are_changed_only_after_a_recent_proof() {
    let house = House::open().await;
    let (mut browser, _) = house.administrator().await;
    let guarded = ["/mein-konto/passwort", "/mein-konto/app", "/mein-konto/adresse"];
    for path in guarded {
        browser.get(path).await.expect(StatusCode::OK);
    }
    house.pass(LATER);
    for path in guarded {
        let ask = format!("/anmelden/bestaetigen?weiter={}", path.replace('/', "%2F"));
        assert_eq!(browser.get(path).await.location(), ask.replace("mein-konto", "mein%2Dkonto"));
    }
    let stale = browser.post_from("/mein-konto", "/mein-konto/passwort", &[("passwort", "x")]).await;
    assert!(stale.location().starts_with("/anmelden/bestaetigen"), "a form is held back as well");

    let page = "/anmelden/bestaetigen?weiter=%2Fmein-konto%2Fpasswort";
    let ask = browser.get(page).await.expect(StatusCode::OK);
    assert_eq!(ask.hidden("weiter"), "/mein-konto/passwort");
    let wrong = browser.post_from(page, "/anmelden/bestaetigen", &[("passwort", "falsch")]).await;
    wrong.expect(StatusCode::UNPROCESSABLE_ENTITY).says("Das Passwort stimmt nicht.");
    let before = browser.session().unwrap().clone();
    let fields = [("passwort", PASSWORD), ("weiter", "/mein-konto/passwort")];
    let right = browser.post_from(page, "/anmelden/bestaetigen", &fields).await;
    assert_eq!(right.location(), "/mein-konto/passwort");
    assert_ne!(browser.session(), Some(&before), "a proof brings a new cookie");
    browser.get("/mein-konto/passwort").await.expect(StatusCode::OK);
}

#[tokio::test]
async fn proving_again_is_slowed_per_session() {
    let house = House::open().await;
    let (mut browser, app) = house.administrator().await;
    let page = "/anmelden/bestaetigen";
    for _ in 0..10 {
        browser
            .post_from(page, page, &[("passwort", "falsch")])
            .await
            .expect(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let refused = browser.post_from(page, page, &[("passwort", PASSWORD)]).await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    let mut other = house.browser();
    other.come_in(ADMINISTRATOR, &app).await;
    let fine = other.post_from(page, page, &[("passwort", PASSWORD)]).await;
    assert_eq!(fine.status, StatusCode::SEE_OTHER, "her other session is not affected");
}

#[tokio::test]
async fn a_new_password_ends_the_other_sessions() {
    let house = House::open().await;
    let (mut browser, app) = house.administrator().await;
    let mut other = house.browser();
    other.come_in(ADMINISTRATOR, &app).await;
    let page = "/mein-konto/passwort";
    let own = browser.post_from(page, page, &[("passwort", "Ada Öz Haus 2026")]).await;
    own.expect(StatusCode::UNPROCESSABLE_ENTITY).says("Ihrem Namen");
    let answer = browser.post_from(page, page, &[("passwort", "fünf blaue Enten am Kanal")]).await;
    browser.get(answer.location()).await.says("Ihr neues Passwort gilt jetzt.");
    assert!(other.get("/arbeitsplatz").await.location().starts_with("/anmelden"));
    let refused = house.browser().sign_in(ADMINISTRATOR, PASSWORD).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn the_profile_keeps_what_is_on_offer() {
    let house = House::open().await;
    let (mut browser, _) = house.administrator().await;
    let page = "/mein-konto/angaben";
    let fields =
        [("name", "Ada"), ("sprache", "en"), ("sprachen", "tr"), ("sprachen", "xx"), ("themen", "debt")];
    let answer = browser.post_from(page, page, &fields).await;
    let shown = browser.get(answer.location()).await.expect(StatusCode::OK);
    for text in ["Gespeichert.", "Türkçe", "Schulden", "English"] {
        shown.says(text);
    }
    assert!(!shown.text.contains("Sucht"), "not chosen");
    let nameless = browser.post_from(page, page, &[("name", " "), ("themen", "addiction")]).await;
    let nameless = nameless.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert!(nameless.text.contains("value=\"addiction\" checked"), "what was chosen stays");
}

#[tokio::test]
async fn the_last_second_factor_of_an_administrator_stays() {
    let house = House::open().await;
    let (mut browser, _) = house.administrator().await;
    let refused = browser.post_from("/mein-konto/app", "/mein-konto/app/entfernen", &[]).await;
    refused.expect(StatusCode::UNPROCESSABLE_ENTITY).says("letzter Weg");
}

#[tokio::test]
async fn a_new_app_replaces_the_old_one() {
    let house = House::open().await;
    let (mut browser, old) = house.administrator().await;
    let page = browser.get("/mein-konto/app").await.expect(StatusCode::OK);
    let (token, offer, new) = (page.hidden("csrf"), page.hidden("angebot"), app_on(&page));
    let wrong = [("csrf", token.as_str()), ("angebot", &offer), ("code", "000000")];
    let again = browser.post("/mein-konto/app", &wrong).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(app_on(&again).expose(), new.expose(), "the same secret is offered again");
    let code = new.code(house.now());
    let right = [("csrf", token.as_str()), ("angebot", &offer), ("code", &code)];
    assert_eq!(browser.post("/mein-konto/app", &right).await.location(), "/mein-konto?getan=app");
    house.pass(SignedDuration::from_secs(60));
    let mut elsewhere = house.browser();
    elsewhere.sign_in(ADMINISTRATOR, PASSWORD).await;
    let stale = old.code(house.now());
    let refused = elsewhere.post_from("/anmelden/code", "/anmelden/code", &[("code", &stale)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    elsewhere.come_in(ADMINISTRATOR, &new).await;
}

#[tokio::test]
async fn sessions_are_listed_and_ended_but_only_the_own() {
    let house = House::open().await;
    let (mut browser, app) = house.administrator().await;
    let (mut bo, _) = house.member(&mut browser, "bo@haus.example", &Grant::Counsellor("c1".into())).await;
    let mut other = house.browser();
    other.come_in(ADMINISTRATOR, &app).await;
    let page = browser.get("/mein-konto/sitzungen").await.expect(StatusCode::OK);
    page.says("Firefox auf Linux");
    page.says("Diese Sitzung");
    let (_, rest) = page.text.split_once("/mein-konto/sitzungen/").unwrap();
    let other_id = rest.split_once('/').unwrap().0.to_owned();
    let path = format!("/mein-konto/sitzungen/{other_id}/beenden");
    let stranger = bo.post_from("/mein-konto/sitzungen", &path, &[]).await;
    assert_eq!(stranger.status, StatusCode::NOT_FOUND, "not hers: not there");
    browser.post_from("/mein-konto/sitzungen", &path, &[]).await.expect(StatusCode::SEE_OTHER);
    assert!(other.get("/arbeitsplatz").await.location().starts_with("/anmelden"));
    browser.get("/arbeitsplatz").await.expect(StatusCode::OK);
}

#[tokio::test]
async fn a_new_mail_address_counts_after_its_link() {
    let house = House::open().await;
    let (mut browser, _) = house.administrator().await;
    let page = "/mein-konto/adresse";
    let invalid = browser.post_from(page, page, &[("mail", "x")]).await;
    invalid.expect(StatusCode::UNPROCESSABLE_ENTITY).says("value=\"x\"");
    let answer = browser.post_from(page, page, &[("mail", "ada@neu.example")]).await;
    browser.get(answer.location()).await.says("ada@neu.example ist noch nicht bestätigt.");
    let secret = house.mailed_secret("/mein-konto/mail").await;
    let mut phone = house.browser();
    phone.get("/mein-konto/mail").await.expect(StatusCode::OK);
    let ask = phone.post("/mein-konto/mail", &[("geheimnis", &secret)]).await.expect(StatusCode::OK);
    ask.says("ada@neu.example");
    house.browser().sign_in(ADMINISTRATOR, PASSWORD).await.expect(StatusCode::SEE_OTHER);
    let done = phone.post("/mein-konto/mail/bestaetigen", &[("geheimnis", &secret)]).await;
    assert_eq!(done.location(), "/anmelden?getan=mail");
    house.browser().sign_in("ada@neu.example", PASSWORD).await.expect(StatusCode::SEE_OTHER);
    house.browser().sign_in(ADMINISTRATOR, PASSWORD).await.expect(StatusCode::UNPROCESSABLE_ENTITY);
}
