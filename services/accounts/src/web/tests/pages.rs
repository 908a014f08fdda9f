//! Every page in every language, with nothing undefined and everything in its place.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use contracts::staff::Grant;
use kernel::Lang;

use super::house::{ADMINISTRATOR, Answer, Browser, House, PASSWORD};

/// What holds for every page.
#[track_caller]
fn check(lang: Lang, path: &str, page: &Answer) {
    let text = &page.text;
    let start = format!(
        "<html lang=\"{}\" dir=\"{}\"",
        lang.tag(),
        if lang == Lang::PseudoRtl { "rtl" } else { "ltr" }
    );
    assert!(text.contains(&start), "{path}: {}", &text[..200.min(text.len())]);
    assert_eq!(text.matches("<h1").count(), 1, "{path}: one h1");
    assert!(text.contains("name=\"robots\" content=\"noindex\""), "{path}");
    let mut ids = BTreeSet::new();
    for part in text.split(" id=\"").skip(1) {
        let id = part.split_once('"').unwrap().0;
        assert!(ids.insert(id), "{path}: two elements with the id {id}");
    }
    for attribute in [" for=\"", " aria-describedby=\"", " aria-labelledby=\"", " href=\"#"] {
        for part in text.split(attribute).skip(1) {
            for id in part.split_once('"').unwrap().0.split(' ') {
                assert!(ids.contains(id), "{path}: {attribute}{id} leads nowhere");
            }
        }
    }
    for form in text.split("<form").skip(1) {
        let form = form.split("</form>").next().unwrap();
        let is_post = form.contains("method=\"post\"");
        let signed_in = text.contains("staff-bar__person");
        assert!(
            !is_post || !signed_in || form.contains("name=\"csrf\""),
            "{path}: a form without token: {form}"
        );
    }
}

async fn visit(browser: &mut Browser<'_>, paths: &[&str]) {
    for lang in Lang::ALL {
        for path in paths {
            let path = format!("{}{path}", lang.path_prefix());
            check(lang, &path, &browser.get(&path).await.expect(StatusCode::OK));
        }
    }
}

async fn send(browser: &mut Browser<'_>, path: &str, fields: &[(&str, &str)], status: StatusCode) {
    for lang in Lang::ALL {
        let path = format!("{}{path}", lang.path_prefix());
        check(lang, &path, &browser.post(&path, fields).await.expect(status));
    }
}

#[tokio::test]
async fn pages_before_sign_in() {
    let house = House::open().await;
    let link = house.accounts.setup_link().await.unwrap().unwrap();
    let mut browser = house.browser();
    visit(
        &mut browser,
        &[
            "/anmelden",
            "/anmelden?getan=abgemeldet&weiter=%2Fmein-konto",
            "/anmelden/vergessen",
            "/anmelden/vergessen?getan=geschickt",
            "/anmelden/neu",
            "/einrichten",
            "/einladung",
            "/mein-konto/mail",
        ],
    )
    .await;
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    send(&mut browser, "/anmelden", &[("mail", "a"), ("passwort", "b")], wrong).await;
    send(&mut browser, "/anmelden/passkey", &[("antwort", "")], wrong).await;
    send(&mut browser, "/anmelden/vergessen", &[("mail", "a")], wrong).await;
    for path in ["/einrichten", "/einladung", "/anmelden/neu", "/mein-konto/mail"] {
        send(&mut browser, path, &[("geheimnis", "x")], wrong).await;
    }
    send(&mut browser, "/einrichten", &[("geheimnis", link.expose())], StatusCode::OK).await;
    let secret = link.expose().rsplit_once('#').unwrap().1;
    send(&mut browser, "/einrichten/anlegen", &[("geheimnis", secret), ("passwort", "x")], wrong).await;
}

#[tokio::test]
async fn pages_between_the_steps() {
    let house = House::open().await;
    let (mut ada, _) = house.administrator().await;
    ada.invite("bo@haus.example", &Grant::Counsellor("c1".into())).await;
    let secret = house.mailed_secret("/einladung").await;
    let mut bo = house.browser();
    send(&mut bo, "/einladung", &[("geheimnis", &secret)], StatusCode::OK).await;
    let wrong = [("geheimnis", secret.as_str()), ("name", ""), ("passwort", "x")];
    send(&mut bo, "/einladung/annehmen", &wrong, StatusCode::UNPROCESSABLE_ENTITY).await;
    let right = [("geheimnis", secret.as_str()), ("name", "Bo"), ("passwort", PASSWORD)];
    bo.post("/einladung/annehmen", &right).await;
    visit(&mut bo, &["/anmelden/einrichten"]).await;
    let mut elsewhere = house.browser();
    elsewhere.sign_in(ADMINISTRATOR, PASSWORD).await;
    visit(&mut elsewhere, &["/anmelden/code"]).await;
    let token = elsewhere.get("/anmelden/code").await.hidden("csrf");
    let wrong = [("csrf", token.as_str()), ("wiederherstellung", "x")];
    send(&mut elsewhere, "/anmelden/code", &wrong, StatusCode::UNPROCESSABLE_ENTITY).await;
    elsewhere.post("/anmelden/vergessen", &[("mail", ADMINISTRATOR)]).await;
    let secret = house.mailed_secret("/anmelden/neu").await;
    send(&mut elsewhere, "/anmelden/neu", &[("geheimnis", &secret)], StatusCode::OK).await;
}

#[tokio::test]
async fn pages_of_the_account_and_the_workplace() {
    let house = House::open().await;
    let (mut ada, _) = house.administrator().await;
    house.member(&mut ada, "bo@haus.example", &Grant::Counsellor("c1".into())).await;
    ada.invite("cy@haus.example", &Grant::AssociationAdministrator("dhs".into())).await;
    let people = [
        format!("/arbeitsplatz/personen/{}", house.person_id(ADMINISTRATOR).await),
        format!("/arbeitsplatz/personen/{}", house.person_id("bo@haus.example").await),
        format!("/arbeitsplatz/personen/{}?getan=recht", house.person_id("cy@haus.example").await),
    ];
    let mut paths = vec![
        "/arbeitsplatz",
        "/arbeitsplatz/personen?q=a",
        "/arbeitsplatz/personen?stand=disabled",
        "/arbeitsplatz/personen/einladen",
        "/arbeitsplatz/protokoll?q=a",
        "/mein-konto?getan=gespeichert",
        "/mein-konto/angaben",
        "/mein-konto/passwort",
        "/mein-konto/passkeys",
        "/mein-konto/app",
        "/mein-konto/wiederherstellung",
        "/mein-konto/sitzungen",
        "/mein-konto/adresse",
        "/anmelden/bestaetigen?weiter=%2Fmein-konto",
    ];
    paths.extend(people.iter().map(String::as_str));
    visit(&mut ada, &paths).await;
    let token = ada.get("/mein-konto").await.hidden("csrf");
    let token = ("csrf", token.as_str());
    let wrong = StatusCode::UNPROCESSABLE_ENTITY;
    for path in ["/mein-konto/passwort", "/mein-konto/angaben", "/mein-konto/adresse", "/mein-konto/app"] {
        send(&mut ada, path, &[token], wrong).await;
    }
    for path in ["/mein-konto/passkeys", "/mein-konto/app/entfernen", "/anmelden/bestaetigen"] {
        send(&mut ada, path, &[token], wrong).await;
    }
    send(&mut ada, "/arbeitsplatz/personen/einladen", &[token], wrong).await;
    let search = [token, ("aktion", "suchen"), ("stelle_suche", "a")];
    send(&mut ada, "/arbeitsplatz/personen/einladen", &search, StatusCode::OK).await;
    send(&mut ada, &format!("{}/rechte", people[1]), &[token], wrong).await;
}

#[tokio::test]
async fn answers_are_kept_out_of_caches_and_cookies_out_of_scripts() {
    let house = House::open().await;
    let (mut ada, _) = house.administrator().await;
    let page = ada.get("/mein-konto").await;
    assert_eq!(page.headers["cache-control"], "no-store");
    let answer = house.browser().sign_in(ADMINISTRATOR, PASSWORD).await;
    let cookies: Vec<_> = answer.headers.get_all("set-cookie").iter().collect();
    assert_eq!(cookies.len(), 2);
    for cookie in cookies {
        let cookie = cookie.to_str().unwrap();
        assert!(cookie.starts_with("__Host-"), "{cookie}");
        for attribute in ["; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax"] {
            assert!(cookie.contains(attribute), "{cookie}");
        }
        assert!(!cookie.contains("Domain"), "{cookie}");
    }
}
