//! Single sign-on with a real provider: its own process, its own protocol.

use std::{
    collections::BTreeMap,
    io::{BufRead, BufReader, Read},
    net::TcpListener,
    path::Path,
    process::{Child, ChildStdout, Command, Stdio},
};

use axum::http::StatusCode;
use contracts::staff::Grant;
use jiff::SignedDuration;
use openidconnect::{reqwest, url::Url};
use serde_json::json;

use super::house::{ADMINISTRATOR, Answer, BASE, Browser, House, PASSWORD};
use crate::oidc::{ANSWER_PATH, OidcSettings};

/// The provider's process; it ends with the test.
struct Provider {
    process: Child,
    /// Kept open: the provider dies when nobody listens to its notices.
    _said: BufReader<ChildStdout>,
    issuer: String,
}

impl Drop for Provider {
    fn drop(&mut self) {
        let _ended = self.process.kill().and_then(|()| self.process.wait());
    }
}

impl Provider {
    fn start() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/oidc");
        assert!(
            folder.join("node_modules").exists(),
            "the provider is not installed: cd tests/oidc && npm ci --ignore-scripts"
        );
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let mut process = Command::new("node")
            .arg(folder.join("provider.mjs"))
            .args([port.to_string(), format!("{BASE}{ANSWER_PATH}")])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut said = BufReader::new(process.stdout.take().unwrap());
        let ready = said.by_ref().lines().map(Result::unwrap).find(|line| line == "ready");
        assert!(ready.is_some(), "the provider does not start");
        Self { process, _said: said, issuer: format!("http://127.0.0.1:{port}") }
    }

    fn settings(&self, more: &serde_json::Value) -> OidcSettings {
        let secret = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(secret.path(), "only for tests, and long enough\n").unwrap();
        let mut settings = json!({
            "issuer": self.issuer, "client_id": "anlaufstelle", "name": "Hauskonto",
            "client_secret_file": secret.into_temp_path().keep().unwrap(),
        });
        settings.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        serde_json::from_value(settings).unwrap()
    }
}

/// A browser's side of the provider: follows its redirects and keeps its cookies, until it leads back to us.
struct AtProvider {
    client: reqwest::Client,
    cookies: BTreeMap<String, String>,
}

impl AtProvider {
    fn new() -> Self {
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { client, cookies: BTreeMap::new() }
    }

    /// Signs in under a name; nobody: refuses. Gives the address that leads back.
    async fn sign_in(&mut self, href: &str, name: Option<&str>) -> String {
        let mut url = Url::parse(href).unwrap();
        for _ in 0..10 {
            if url.path().starts_with("/interaction/")
                && let Some(name) = name
            {
                url.query_pairs_mut().append_pair("login", name);
            }
            let cookies: Vec<_> =
                self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            let response =
                self.client.get(url.clone()).header("cookie", cookies.join("; ")).send().await.unwrap();
            for cookie in response.headers().get_all("set-cookie") {
                let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
                self.cookies.insert(name.into(), rest.split(';').next().unwrap().into());
            }
            let Some(location) = response.headers().get("location") else {
                panic!("{} {}", response.status(), response.text().await.unwrap());
            };
            url = url.join(location.to_str().unwrap()).unwrap();
            if url.as_str().starts_with(BASE) {
                return url.as_str().strip_prefix(BASE).unwrap().to_owned();
            }
        }
        panic!("the provider leads in circles");
    }
}

/// The whole round trip.
async fn round_trip(browser: &mut Browser<'_>, begin: &str, name: Option<&str>) -> Answer {
    let href = browser.get(begin).await.expect(StatusCode::SEE_OTHER).location().to_owned();
    let back = AtProvider::new().sign_in(&href, name).await;
    browser.get(&back).await
}

#[tokio::test(flavor = "multi_thread")]
async fn people_come_in_through_their_provider() {
    let provider = Provider::start();
    let house = House::with(Some(provider.settings(&json!({ "counts_as_second_factor": true })))).await;
    let (mut ada, _) = house.administrator().await;
    house.browser().get("/anmelden").await.says("Mit Hauskonto anmelden");

    // Known there, unknown here.
    let stranger = round_trip(&mut house.browser(), "/anmelden/oidc", Some("bo")).await;
    stranger.expect(StatusCode::FORBIDDEN).says("aber hier gibt es kein Konto für Sie");

    // Invited to the address that the provider verified.
    ada.invite("bo@haus.example", &Grant::Counsellor("c1".into())).await;
    let mut bo = house.browser();
    let came = round_trip(&mut bo, "/anmelden/oidc?weiter=%2Fmein-konto", Some("bo")).await;
    assert_eq!(came.location(), "/mein-konto");
    bo.get("/mein-konto").await.expect(StatusCode::OK).says("Bo Lund");
    let again = round_trip(&mut house.browser(), "/anmelden/oidc", Some("bo")).await;
    assert_eq!(again.location(), "/arbeitsplatz");

    // Ada has an account with this address, but linking by address is off, and Eve's is not verified.
    for name in ["ada", "eve"] {
        let refused = round_trip(&mut house.browser(), "/anmelden/oidc", Some(name)).await;
        assert_eq!(refused.status, StatusCode::FORBIDDEN, "{name}");
    }
    let stopped = round_trip(&mut house.browser(), "/anmelden/oidc", None).await;
    stopped.expect(StatusCode::FORBIDDEN).says("wurde abgebrochen");

    // Nobody else can have her connect anything, and she is asked who she is if that was long ago.
    let begin = "/anmelden/oidc?zweck=verbinden";
    assert_eq!(ada.come_from(begin, "cross-site").await.status, StatusCode::FORBIDDEN);
    house.pass(SignedDuration::from_mins(11));
    assert!(ada.get(begin).await.location().starts_with("/anmelden/bestaetigen?weiter="));
    let proof = [("passwort", PASSWORD), ("weiter", begin)];
    let page = "/anmelden/bestaetigen";
    assert_eq!(ada.post_from(page, page, &proof).await.location(), begin);

    // She connects the two herself, and may take them apart again.
    let linked = round_trip(&mut ada, begin, Some("ada")).await;
    ada.get(linked.location()).await.says("Ihr Konto ist verbunden.");
    let came = round_trip(&mut house.browser(), "/anmelden/oidc", Some("ada")).await;
    assert_eq!(came.location(), "/arbeitsplatz");
    round_trip(&mut bo, "/anmelden/oidc", Some("bo")).await;
    let taken = round_trip(&mut bo, begin, Some("ada")).await;
    taken.expect(StatusCode::FORBIDDEN).says("mit einem anderen Konto verbunden");
    ada.post_from("/mein-konto", "/mein-konto/sso/trennen", &[]).await.expect(StatusCode::SEE_OTHER);
    let refused = round_trip(&mut house.browser(), "/anmelden/oidc", Some("ada")).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_own_second_factor_is_asked_for_unless_the_provider_s_counts() {
    let provider = Provider::start();
    let more = json!({
        "link_by_verified_mail": true,
        "grants": {"claim": "groups", "values": {"leitung": ["centre_manager:c2"]}},
    });
    let house = House::with(Some(provider.settings(&more))).await;
    let (_, app) = house.administrator().await;
    let refused = round_trip(&mut house.browser(), "/anmelden/oidc", Some("eve")).await;
    assert_eq!(refused.status, StatusCode::FORBIDDEN, "an address that is not verified proves nothing");
    let mut browser = house.browser();
    let came = round_trip(&mut browser, "/anmelden/oidc?weiter=%2Fmein-konto", Some("ada")).await;
    assert_eq!(came.location(), "/anmelden/code?weiter=%2Fmein%2Dkonto");
    house.pass(SignedDuration::from_secs(30));
    let code = app.code(house.now());
    browser.post_from("/anmelden/code", "/anmelden/code", &[("code", &code)]).await;
    let own = browser.get("/mein-konto").await.expect(StatusCode::OK);
    own.says("Verwaltung");
    own.says("Anker, 20095 Hamburg");
    browser.sign_in(ADMINISTRATOR, PASSWORD).await.expect(StatusCode::SEE_OTHER);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_proof_at_the_provider_counts_when_it_is_fresh() {
    let provider = Provider::start();
    let more = json!({ "link_by_verified_mail": true, "counts_as_second_factor": true });
    let house = House::with(Some(provider.settings(&more))).await;
    house.administrator().await;
    let mut browser = house.browser();
    round_trip(&mut browser, "/anmelden/oidc", Some("ada")).await;
    house.pass(SignedDuration::from_mins(11));
    browser.get("/mein-konto/passwort").await.expect(StatusCode::SEE_OTHER);
    let begin = "/anmelden/oidc?zweck=bestaetigen&weiter=%2Fmein-konto%2Fpasswort";
    // The house's clock stands in another year than the provider's: to us that proof is an old one.
    let stale = round_trip(&mut browser, begin, Some("ada")).await;
    assert_eq!(stale.status, StatusCode::FORBIDDEN);
    let present = jiff::Timestamp::from_second(present()).unwrap();
    house.pass(present.duration_since(house.now()));
    let mut browser = house.browser();
    round_trip(&mut browser, "/anmelden/oidc", Some("ada")).await;
    let href = browser.get(begin).await.location().to_owned();
    assert!(href.contains("prompt=login") && href.contains("max_age=0"), "{href}");
    let other = AtProvider::new().sign_in(&href, Some("bo")).await;
    assert_eq!(browser.get(&other).await.status, StatusCode::FORBIDDEN, "somebody else's proof");
    let fresh = round_trip(&mut browser, begin, Some("ada")).await;
    assert_eq!(fresh.location(), "/mein-konto/passwort");
}

#[expect(clippy::disallowed_methods, reason = "the provider has the system's clock")]
fn present() -> i64 {
    let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap();
    i64::try_from(since.as_secs()).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_that_do_not_belong_here_are_refused() {
    let provider = Provider::start();
    let more = json!({ "link_by_verified_mail": true, "counts_as_second_factor": true });
    let house = House::with(Some(provider.settings(&more))).await;
    house.administrator().await;

    // Another browser's answer: the victim would be signed in as the attacker.
    let mut attacker = house.browser();
    let href = attacker.get("/anmelden/oidc").await.location().to_owned();
    assert!(
        href.contains("code_challenge_method=S256") && href.contains("nonce=") && href.contains("state=")
    );
    let back = AtProvider::new().sign_in(&href, Some("ada")).await;
    let mut victim = house.browser();
    let refused = victim.get(&back).await.expect(StatusCode::FORBIDDEN);
    refused.says("nicht in diesem Browser begonnen");
    victim.get("/anmelden/oidc").await;
    victim.get(&back).await.expect(StatusCode::FORBIDDEN).says("nicht in diesem Browser begonnen");
    assert_eq!(victim.session(), None);

    // A stolen code in one's own round trip: the verifier does not fit.
    let code = |path: &str| {
        let url = Url::parse(BASE).unwrap().join(path).unwrap();
        url.query_pairs().find(|(name, _)| name == "code").unwrap().1.into_owned()
    };
    let mut thief = house.browser();
    let own = thief.get("/anmelden/oidc").await.location().to_owned();
    let state =
        Url::parse(&own).unwrap().query_pairs().find(|(name, _)| name == "state").unwrap().1.into_owned();
    let forged = format!("{ANSWER_PATH}?code={}&state={state}", code(&back));
    thief.get(&forged).await.expect(StatusCode::FORBIDDEN).says("antwortet gerade nicht richtig");
    assert_eq!(thief.session(), None);

    // The right one works, once.
    let href = attacker.get("/anmelden/oidc").await.location().to_owned();
    let back = AtProvider::new().sign_in(&href, Some("ada")).await;
    assert_eq!(attacker.get(&back).await.location(), "/arbeitsplatz");
    assert_eq!(attacker.get(&back).await.status, StatusCode::FORBIDDEN, "an answer counts once");

    // Too slow.
    let href = attacker.get("/anmelden/oidc").await.location().to_owned();
    let back = AtProvider::new().sign_in(&href, Some("ada")).await;
    house.pass(SignedDuration::from_mins(5));
    assert_eq!(attacker.get(&back).await.status, StatusCode::FORBIDDEN, "too slow");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_provider_that_is_away_or_another_one_lets_nobody_in() {
    let provider = Provider::start();
    let mut settings = provider.settings(&json!({}));
    settings.issuer = provider.issuer.replace("127.0.0.1", "localhost");
    let house = House::with(Some(settings)).await;
    let answer = house.browser().get("/anmelden/oidc").await.expect(StatusCode::FORBIDDEN);
    answer.says("Hauskonto antwortet gerade nicht richtig");
    let settings = provider.settings(&json!({}));
    drop(provider);
    let house = House::with(Some(settings)).await;
    let answer = house.browser().get("/anmelden/oidc").await.expect(StatusCode::FORBIDDEN);
    answer.says("Hauskonto antwortet gerade nicht richtig");
    let none = House::open().await;
    assert_eq!(none.browser().get("/anmelden/oidc").await.status, StatusCode::NOT_FOUND);
}
