//! Passkeys, made by one in software.

use axum::http::StatusCode;
use contracts::staff::Grant;
use jiff::SignedDuration;
use serde_json::{Value, json};
use webauthn_authenticator_rs::{WebauthnAuthenticator, softpasskey::SoftPasskey};
use webauthn_rs::prelude::Url;

use super::house::{ADMINISTRATOR, BASE, Browser, House, PASSWORD};

/// A device with a passkey, and what a browser keeps beside it.
struct Device {
    token: SoftPasskey,
    origin: Url,
    credential: Value,
    user: Value,
}

impl Device {
    fn new() -> Self {
        Self {
            token: SoftPasskey::new(true),
            origin: Url::parse(BASE).unwrap(),
            credential: Value::Null,
            user: Value::Null,
        }
    }

    fn make(&mut self, options: &str) -> String {
        let options: Value = serde_json::from_str(options).unwrap();
        assert_eq!(options["publicKey"]["authenticatorSelection"]["residentKey"], "preferred");
        assert_eq!(options["publicKey"]["authenticatorSelection"]["userVerification"], "required");
        self.user = options["publicKey"]["user"]["id"].clone();
        let made = self.token.do_registration(self.origin.clone(), serde_json::from_value(options).unwrap());
        let made = serde_json::to_value(made.unwrap()).unwrap();
        self.credential = made["rawId"].clone();
        made.to_string()
    }

    fn answer(&mut self, options: &str) -> String {
        let mut options: Value = serde_json::from_str(options).unwrap();
        // A device finds its passkey by itself; the one in software wants to be told.
        options["publicKey"]["allowCredentials"] = json!([{"type": "public-key", "id": self.credential}]);
        let options = serde_json::from_value(options).unwrap();
        let answer = self.token.do_authentication(self.origin.clone(), options).unwrap();
        let mut answer = serde_json::to_value(answer).unwrap();
        answer["response"]["userHandle"] = self.user.clone();
        answer.to_string()
    }
}

/// Adds a passkey to the account that the browser is signed in to.
async fn with_passkey(browser: &mut Browser<'_>) -> Device {
    let mut device = Device::new();
    let page = "/mein-konto/passkeys";
    let options = browser.post_from(page, "/mein-konto/passkeys/beginn", &[]).await.expect(StatusCode::OK);
    let answer = device.make(&options.text);
    let added = browser.post_from(page, page, &[("antwort", &answer), ("name", "Diensthandy")]).await;
    assert_eq!(added.location(), "/mein-konto/passkeys?getan=neu");
    device
}

async fn sign_in(browser: &mut Browser<'_>, device: &mut Device) -> (String, super::house::Answer) {
    let options = browser.post("/anmelden/passkey/beginn", &[]).await.expect(StatusCode::OK);
    let answer = device.answer(&options.text);
    let came = browser.post("/anmelden/passkey", &[("antwort", &answer), ("weiter", "/mein-konto")]).await;
    (answer, came)
}

#[tokio::test]
async fn a_passkey_is_both_factors() {
    let house = House::open().await;
    let (mut browser, _) = house.administrator().await;
    let mut device = with_passkey(&mut browser).await;
    browser.get("/mein-konto/passkeys").await.says("Diensthandy");
    let mut elsewhere = house.browser();
    let (_, came) = sign_in(&mut elsewhere, &mut device).await;
    assert_eq!(came.location(), "/mein-konto");
    elsewhere.get("/mein-konto").await.expect(StatusCode::OK);
    browser.get("/mein-konto/passkeys").await.says("Zuletzt benutzt am 23.11.2026, 09:00 Uhr.");
}

#[tokio::test]
async fn an_answer_counts_once_in_its_own_browser_and_time() {
    let house = House::open().await;
    let (mut browser, _) = house.administrator().await;
    let mut device = with_passkey(&mut browser).await;
    let mut elsewhere = house.browser();
    let (answer, _) = sign_in(&mut elsewhere, &mut device).await;
    let repeated = elsewhere.post("/anmelden/passkey", &[("antwort", &answer)]).await;
    repeated.expect(StatusCode::UNPROCESSABLE_ENTITY).says("mit dem Passkey nicht geklappt");

    // Begun in one browser, ended in another.
    let options = house.browser().post("/anmelden/passkey/beginn", &[]).await;
    let answer = device.answer(&options.text);
    let mut thief = house.browser();
    thief.post("/anmelden/passkey/beginn", &[]).await;
    let refused = thief.post("/anmelden/passkey", &[("antwort", &answer)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);

    let mut slow = house.browser();
    let options = slow.post("/anmelden/passkey/beginn", &[]).await;
    let answer = device.answer(&options.text);
    house.pass(SignedDuration::from_mins(5));
    let refused = slow.post("/anmelden/passkey", &[("antwort", &answer)]).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    for nonsense in ["", "{}", "[1]"] {
        slow.post("/anmelden/passkey/beginn", &[]).await;
        let refused = slow.post("/anmelden/passkey", &[("antwort", nonsense)]).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{nonsense:?}");
    }
}

#[tokio::test]
async fn nobody_signs_in_under_another_name() {
    let house = House::open().await;
    let (mut browser, _) = house.administrator().await;
    let (mut bo, _) = house.member(&mut browser, "bo@haus.example", &Grant::Counsellor("c1".into())).await;
    let mut own = with_passkey(&mut bo).await;
    let theirs = with_passkey(&mut browser).await;
    // Bo's passkey, said to be Ada's.
    own.user = theirs.user.clone();
    let (_, came) = sign_in(&mut house.browser(), &mut own).await;
    assert_eq!(came.status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[tokio::test]
async fn a_passkey_can_be_the_second_step_and_the_proof() {
    let house = House::open().await;
    let (mut browser, _) = house.administrator().await;
    let mut device = with_passkey(&mut browser).await;
    let mut elsewhere = house.browser();
    elsewhere.sign_in(ADMINISTRATOR, PASSWORD).await;
    let page = "/anmelden/code";
    let options =
        elsewhere.post_from(page, "/anmelden/code/passkey/beginn", &[]).await.expect(StatusCode::OK);
    let answer = device.answer(&options.text);
    let came = elsewhere.post_from(page, "/anmelden/code/passkey", &[("antwort", &answer)]).await;
    assert_eq!(came.location(), "/arbeitsplatz");

    house.pass(SignedDuration::from_mins(11));
    let page = "/anmelden/bestaetigen";
    let begin = "/anmelden/bestaetigen/passkey/beginn";
    let options = elsewhere.post_from(page, begin, &[]).await.expect(StatusCode::OK);
    let answer = device.answer(&options.text);
    let fields = [("antwort", answer.as_str()), ("weiter", "/mein-konto/passwort")];
    let proven = elsewhere.post_from(page, "/anmelden/bestaetigen/passkey", &fields).await;
    assert_eq!(proven.location(), "/mein-konto/passwort");
    elsewhere.get("/mein-konto/passwort").await.expect(StatusCode::OK);
}

#[tokio::test]
async fn an_invitation_can_be_accepted_with_a_passkey_alone() {
    let house = House::open().await;
    let (mut browser, _) = house.administrator().await;
    browser.invite("bo@haus.example", &Grant::Counsellor("c1".into())).await;
    let secret = house.mailed_secret("/einladung").await;
    let mut bo = house.browser();
    let mut device = Device::new();
    let fields = [("geheimnis", secret.as_str()), ("name", "Bo")];
    let options = bo.post("/einladung/passkey/beginn", &fields).await.expect(StatusCode::OK);
    let answer = device.make(&options.text);
    let fields = [("geheimnis", secret.as_str()), ("name", "Bo"), ("antwort", &answer)];
    assert_eq!(bo.post("/einladung/passkey", &fields).await.location(), "/arbeitsplatz");
    bo.get("/arbeitsplatz").await.says("Sie haben keine Wiederherstellungs-Codes.");
    let (_, came) = sign_in(&mut house.browser(), &mut device).await;
    assert_eq!(came.location(), "/mein-konto");
}

#[tokio::test]
async fn the_owed_second_factor_can_be_a_passkey() {
    let house = House::open().await;
    let (mut browser, _) = house.administrator().await;
    browser.invite("bo@haus.example", &Grant::Counsellor("c1".into())).await;
    let secret = house.mailed_secret("/einladung").await;
    let mut bo = house.browser();
    let fields = [("geheimnis", secret.as_str()), ("name", "Bo"), ("passwort", PASSWORD)];
    bo.post("/einladung/annehmen", &fields).await;
    let mut device = Device::new();
    let page = "/anmelden/einrichten";
    let begin = "/anmelden/einrichten/passkey/beginn";
    let options = bo.post_from(page, begin, &[]).await.expect(StatusCode::OK);
    let answer = device.make(&options.text);
    let done = bo.post_from(page, "/anmelden/einrichten/passkey", &[("antwort", &answer)]).await;
    assert!(done.location().starts_with("/mein-konto/wiederherstellung?blatt="), "{}", done.location());
    bo.get("/arbeitsplatz").await.expect(StatusCode::OK);
}

#[tokio::test]
async fn passkeys_are_renamed_and_removed_by_their_owner_only() {
    let house = House::open().await;
    let (mut browser, _) = house.administrator().await;
    let (mut bo, _) = house.member(&mut browser, "bo@haus.example", &Grant::Counsellor("c1".into())).await;
    let mut device = with_passkey(&mut browser).await;
    let list = browser.get("/mein-konto/passkeys").await;
    let (_, rest) = list.text.split_once("action=\"/mein-konto/passkeys/").unwrap();
    let id = rest.split_once('/').unwrap().0.to_owned();
    for action in ["name", "entfernen"] {
        let path = format!("/mein-konto/passkeys/{id}/{action}");
        let stranger = bo.post_from("/mein-konto", &path, &[("name", "x")]).await;
        assert_eq!(stranger.status, StatusCode::NOT_FOUND, "{action}");
    }
    let page = "/mein-konto/passkeys";
    browser.post_from(page, &format!("{page}/{id}/name"), &[("name", "Schlüssel am Bund")]).await;
    browser.get(page).await.says("Schlüssel am Bund");
    browser.post_from(page, &format!("{page}/{id}/entfernen"), &[]).await.expect(StatusCode::SEE_OTHER);
    let (_, came) = sign_in(&mut house.browser(), &mut device).await;
    assert_eq!(came.status, StatusCode::UNPROCESSABLE_ENTITY);
}
