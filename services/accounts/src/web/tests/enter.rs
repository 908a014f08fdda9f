//! Coming in and going out.

use axum::http::{StatusCode, header};
use contracts::staff::Grant;
use jiff::SignedDuration;

use super::house::{ADMINISTRATOR, House, PASSWORD, codes_on};

#[tokio::test]
async fn the_first_start_leads_to_work() {
    let house = House::open().await;
    let (mut browser, _) = house.administrator().await;
    let start = browser.get("/arbeitsplatz").await.expect(StatusCode::OK);
    start.says("Guten Tag, Ada Öz");
    start.says("7 Personen.");
    assert!(!start.plain().contains("0 Personen"), "nothing is shown for none");
    assert!(house.accounts.setup_link().await.unwrap().is_none());
}

#[tokio::test]
async fn a_wrong_link_is_refused_and_a_whole_link_may_be_pasted() {
    let house = House::open().await;
    let link = house.accounts.setup_link().await.unwrap().unwrap();
    let mut browser = house.browser();
    browser.get("/einrichten").await.expect(StatusCode::OK).says("Link oder Code");
    let wrong = browser.post("/einrichten", &[("geheimnis", "x")]).await;
    wrong.expect(StatusCode::UNPROCESSABLE_ENTITY).says("Dieser Link gilt nicht.");
    let pasted = format!("  {} ", link.expose());
    browser
        .post("/einrichten", &[("geheimnis", &pasted)])
        .await
        .expect(StatusCode::OK)
        .says("Das erste Konto");
}

#[tokio::test]
async fn mistakes_come_back_with_what_was_typed_except_secrets() {
    let house = House::open().await;
    let link = house.accounts.setup_link().await.unwrap().unwrap();
    let secret = link.expose().rsplit_once('#').unwrap().1;
    let fields = [("geheimnis", secret), ("name", "Ada"), ("mail", "kein-at"), ("passwort", "geheim-zu")];
    let answer = house.browser().post("/einrichten/anlegen", &fields).await;
    let answer = answer.expect(StatusCode::UNPROCESSABLE_ENTITY);
    answer.says("value=\"kein-at\"");
    answer.says("Schreiben Sie eine E-Mail-Adresse");
    answer.says("mindestens 12 Zeichen");
    assert!(!answer.text.contains("geheim-zu"), "a password is never sent back");
    assert!(answer.text.contains("href=\"#mail\"") && answer.text.contains("href=\"#new-password\""));
}

#[tokio::test]
async fn password_then_code_and_no_code_twice() {
    let house = House::open().await;
    let (_, app) = house.administrator().await;
    let mut browser = house.browser();
    assert_eq!(browser.sign_in(ADMINISTRATOR, PASSWORD).await.location(), "/anmelden/code");
    assert_eq!(browser.get("/arbeitsplatz").await.location(), "/anmelden?weiter=%2Farbeitsplatz");

    let code = app.code(house.now());
    let used = browser.post_from("/anmelden/code", "/anmelden/code", &[("code", &code)]).await;
    used.expect(StatusCode::UNPROCESSABLE_ENTITY).says("Der Code stimmt nicht");

    house.pass(SignedDuration::from_secs(30));
    let code = app.code(house.now());
    let half = browser.session().unwrap().clone();
    let right = browser.post_from("/anmelden/code", "/anmelden/code", &[("code", &code)]).await;
    assert_eq!(right.location(), "/arbeitsplatz");
    assert_ne!(browser.session(), Some(&half), "a proof brings a new cookie");
    browser.get("/arbeitsplatz").await.expect(StatusCode::OK);
}

#[tokio::test]
async fn known_and_unknown_accounts_get_the_same_answer() {
    let house = House::open().await;
    house.administrator().await;
    let mut texts = Vec::new();
    for mail in [ADMINISTRATOR, "eve@haus.example"] {
        let answer = house.browser().sign_in(mail, "ganz falsches Passwort").await;
        let answer = answer.expect(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.headers.get(header::SET_COOKIE).is_none());
        texts.push(answer.text.replace(mail, "MAIL"));
    }
    assert_eq!(texts[0], texts[1]);
    texts.clear();
    for mail in [ADMINISTRATOR, "eve@haus.example"] {
        let mut browser = house.browser();
        let answer = browser.post("/anmelden/vergessen", &[("mail", mail)]).await;
        let shown = browser.get(answer.location()).await.expect(StatusCode::OK);
        texts.push(format!("{} {}", answer.location(), shown.text));
    }
    assert_eq!(texts[0], texts[1]);
}

#[tokio::test]
async fn guessing_is_slowed_and_the_owner_still_comes_in() {
    let house = House::open().await;
    let (mut owner, app) = house.administrator().await;
    let mut stranger = house.browser();
    for _ in 0..10 {
        stranger.sign_in(ADMINISTRATOR, "geraten").await.expect(StatusCode::UNPROCESSABLE_ENTITY);
    }
    let refused = stranger.sign_in(ADMINISTRATOR, PASSWORD).await.expect(StatusCode::TOO_MANY_REQUESTS);
    refused.says("Bitte warten Sie eine Minute");
    assert_eq!(refused.headers[header::RETRY_AFTER], "60");

    // Her own browser, in the same network, carries the mark of an earlier sign-in.
    owner.post_from("/arbeitsplatz", "/abmelden", &[]).await;
    owner.come_in(ADMINISTRATOR, &app).await;
    // The mark alone opens nothing, and helps nobody with another account.
    let mut thief = house.browser();
    thief.cookies.insert("__Host-device".into(), owner.cookies["__Host-device"].clone());
    assert_eq!(thief.sign_in("eve@haus.example", PASSWORD).await.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_recovery_code_replaces_the_app_once() {
    let house = House::open().await;
    let (mut browser, _) = house.administrator().await;
    let page = "/mein-konto/wiederherstellung";
    let sheet = browser.post_from(page, page, &[]).await.location().to_owned();
    let shown = browser.get(&sheet).await;
    let codes = codes_on(&shown);
    assert_eq!(codes.len(), 10);
    assert!(codes_on(&browser.get(&sheet).await).is_empty(), "shown once");

    let mut elsewhere = house.browser();
    elsewhere.sign_in(ADMINISTRATOR, PASSWORD).await;
    let typed = codes[3].to_uppercase().replace('-', " ");
    let fields = [("wiederherstellung", typed.as_str()), ("weiter", "/mein-konto")];
    let answer = elsewhere.post_from("/anmelden/code", "/anmelden/code", &fields).await;
    assert_eq!(answer.location(), "/mein-konto");
    elsewhere.get("/mein-konto").await.says("Sie haben noch 9 Codes.");

    let mut again = house.browser();
    again.sign_in(ADMINISTRATOR, PASSWORD).await;
    let answer = again.post_from("/anmelden/code", "/anmelden/code", &fields).await;
    answer.expect(StatusCode::UNPROCESSABLE_ENTITY).says("schon benutzt");
}

#[tokio::test]
async fn a_sheet_of_codes_is_shown_to_its_own_session_only() {
    let house = House::open().await;
    let (mut browser, app) = house.administrator().await;
    let page = "/mein-konto/wiederherstellung";
    let sheet = browser.post_from(page, page, &[]).await.location().to_owned();
    let mut other = house.browser();
    other.come_in(ADMINISTRATOR, &app).await;
    assert!(codes_on(&other.get(&sheet).await).is_empty());
}

#[tokio::test]
async fn a_half_session_reaches_nothing_but_its_second_step() {
    let house = House::open().await;
    let (mut administrator, _) = house.administrator().await;
    administrator.invite("bo@haus.example", &Grant::Counsellor("c1".into())).await;
    let secret = house.mailed_secret("/einladung").await;
    let mut bo = house.browser();
    let look = bo.post("/einladung", &[("geheimnis", &secret)]).await.expect(StatusCode::OK);
    look.says("Ada Öz hat bo@haus.example eingeladen");
    look.says("Rat und Tat, 79100 Freiburg");
    let fields = [("geheimnis", secret.as_str()), ("name", "Bo"), ("passwort", PASSWORD)];
    bo.post("/einladung/annehmen", &fields).await;
    for path in ["/arbeitsplatz", "/mein-konto", "/mein-konto/app", "/anmelden/bestaetigen"] {
        assert!(bo.get(path).await.location().starts_with("/anmelden?weiter="), "{path}");
    }
    assert_eq!(bo.get("/anmelden/code").await.location(), "/anmelden/einrichten");
    let forged = bo.post("/anmelden/einrichten", &[("angebot", "x"), ("code", "123456")]).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN, "its forms need their token");
    bo.set_up_app("/mein-konto").await;
    bo.get("/mein-konto").await.expect(StatusCode::OK);
    let used = bo.post("/einladung", &[("geheimnis", &secret)]).await;
    used.expect(StatusCode::UNPROCESSABLE_ENTITY).says("Diese Einladung gilt nicht");
}

#[tokio::test]
async fn an_offer_belongs_to_the_person_it_was_made_to() {
    let house = House::open().await;
    let (mut administrator, _) = house.administrator().await;
    let own = administrator.get("/mein-konto/app").await.expect(StatusCode::OK);
    administrator.invite("bo@haus.example", &Grant::Counsellor("c1".into())).await;
    let secret = house.mailed_secret("/einladung").await;
    let mut bo = house.browser();
    let fields = [("geheimnis", secret.as_str()), ("name", "Bo"), ("passwort", PASSWORD)];
    bo.post("/einladung/annehmen", &fields).await;
    let (offer, code) = (own.hidden("angebot"), super::house::app_on(&own).code(house.now()));
    let page = "/anmelden/einrichten";
    let answer = bo.post_from(page, page, &[("angebot", &offer), ("code", &code)]).await;
    answer.expect(StatusCode::UNPROCESSABLE_ENTITY).says("Der Code stimmt nicht");
}

#[tokio::test]
async fn a_forgotten_password_is_set_by_link_and_the_second_factor_stays() {
    let house = House::open().await;
    let (mut owner, _) = house.administrator().await;
    let mut browser = house.browser();
    browser.post("/anmelden/vergessen", &[("mail", " ADA@haus.example ")]).await;
    let secret = house.mailed_secret("/anmelden/neu").await;
    browser.get("/anmelden/neu").await.expect(StatusCode::OK);
    let form = browser.post("/anmelden/neu", &[("geheimnis", &secret)]).await.expect(StatusCode::OK);
    assert_eq!(form.hidden("geheimnis"), secret);
    let weak = [("geheimnis", secret.as_str()), ("passwort", "passwort1234")];
    let answer = browser.post("/anmelden/neu/setzen", &weak).await;
    answer.expect(StatusCode::UNPROCESSABLE_ENTITY).says("leicht zu erraten");
    let good = [("geheimnis", secret.as_str()), ("passwort", "fünf blaue Enten am Kanal")];
    let answer = browser.post("/anmelden/neu/setzen", &good).await;
    browser.get(answer.location()).await.says("Ihr neues Passwort gilt jetzt.");
    assert!(owner.get("/arbeitsplatz").await.location().starts_with("/anmelden"), "all sessions end");
    let again = browser.post("/anmelden/neu/setzen", &good).await;
    again.expect(StatusCode::UNPROCESSABLE_ENTITY).says("Dieser Link gilt nicht");
    assert_eq!(
        browser.sign_in(ADMINISTRATOR, "fünf blaue Enten am Kanal").await.location(),
        "/anmelden/code"
    );
}

#[tokio::test]
async fn few_mails_are_sent_whoever_asks() {
    let house = House::open().await;
    house.administrator().await;
    for mail in [ADMINISTRATOR, "eve@haus.example"] {
        let mut browser = house.browser();
        for _ in 0..3 {
            assert_eq!(
                browser.post("/anmelden/vergessen", &[("mail", mail)]).await.status,
                StatusCode::SEE_OTHER
            );
        }
        let more = browser.post("/anmelden/vergessen", &[("mail", mail)]).await;
        assert_eq!(more.status, StatusCode::TOO_MANY_REQUESTS, "{mail}");
    }
}

#[tokio::test]
async fn signing_out_ends_the_session_and_forgets_what_was_cached() {
    let house = House::open().await;
    let (mut browser, _) = house.administrator().await;
    let session = browser.session().unwrap().clone();
    let answer = browser.post_from("/arbeitsplatz", "/abmelden", &[]).await;
    assert_eq!(answer.headers["clear-site-data"], "\"cache\", \"storage\"");
    assert_eq!(answer.location(), "/anmelden?getan=abgemeldet");
    assert_eq!(browser.session(), None);
    assert!(browser.cookies.contains_key("__Host-device"), "the browser stays known");
    browser.cookies.insert("__Host-session".into(), session);
    assert!(browser.get("/arbeitsplatz").await.location().starts_with("/anmelden"));
    browser.cookies.remove("__Host-session");
    browser.get("/anmelden?getan=abgemeldet").await.says("Sie sind abgemeldet.");
}

#[tokio::test]
async fn a_wish_is_carried_through_both_steps_and_never_away() {
    let house = House::open().await;
    let (_, app) = house.administrator().await;
    for (wish, expected) in
        [("/en/mein-konto?x=1", "/en/mein-konto?x=1"), ("//evil.example", "/arbeitsplatz")]
    {
        house.pass(SignedDuration::from_secs(60));
        let mut browser = house.browser();
        let fields = [("mail", ADMINISTRATOR), ("passwort", PASSWORD), ("weiter", wish)];
        let next = browser.post("/anmelden", &fields).await.location().to_owned();
        let page = browser.get(&next).await.expect(StatusCode::OK);
        let (token, wanted) = (page.hidden("csrf"), page.hidden("weiter"));
        let code = app.code(house.now());
        let fields = [("csrf", token.as_str()), ("code", &code), ("weiter", &wanted)];
        assert_eq!(browser.post("/anmelden/code", &fields).await.location(), expected);
    }
}

#[tokio::test]
async fn nobody_is_signed_in_from_another_site() {
    let house = House::open().await;
    house.administrator().await;
    let request = axum::http::Request::post("/anmelden")
        .header("sec-fetch-site", "cross-site")
        .body(axum::body::Body::from("mail=a&passwort=b"))
        .unwrap();
    let mut browser = house.browser();
    assert_eq!(browser.send_as_is(request).await.status, StatusCode::FORBIDDEN);
}
