//! A running service and browsers that visit it.

use std::{
    collections::BTreeMap,
    net::IpAddr,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use async_trait::async_trait;
use axum::{
    Router,
    body::{Body, to_bytes},
    http::{HeaderMap, Request, StatusCode, header},
    middleware,
};
use contracts::{
    audit::AuditTrail,
    staff::{CentreName, CentreNames, DirectoryUnavailable, Grant, StaffIdentity, StaffSessions},
};
use jiff::{SignedDuration, Timestamp};
use kernel::{Clock, FixedClock, Lang, RandomIds, Secret, ServerKey};
use mailkit::{Author, Mail, Queue};
use storekit::testing::Scratch;
use tower::ServiceExt;
use webkit::{
    assets::Assets,
    catalogue::Catalogue,
    language::in_languages,
    limits::Client,
    pages::{Ingredients, Pages},
    staff::{Gate, StaffRouter, guard},
};

use crate::{
    Accounts, Settings,
    factor::{password::Passwords, totp::TotpSecret},
    mail::StaffMails,
    oidc::{Oidc, OidcSettings},
    store,
    web::{AppState, Attention, AttentionSource, Parts, ProfileChoices, messages, routes, templates},
};

pub(super) const BASE: &str = "https://hilfe.example";
pub(super) const PASSWORD: &str = "drei rote Fahrräder im Keller";
pub(super) const ADMINISTRATOR: &str = "ada@haus.example";

/// Two centres and a list.
struct Directory;

#[async_trait]
impl CentreNames for Directory {
    async fn centres(&self, ids: &[String]) -> Result<Vec<CentreName>, DirectoryUnavailable> {
        let known = [("c1", "Rat und Tat", "79100 Freiburg"), ("c2", "Anker", "20095 Hamburg")];
        let wanted = known.into_iter().filter(|(id, ..)| ids.iter().any(|wanted| wanted == id));
        Ok(wanted
            .map(|(id, name, place)| CentreName { id: id.into(), name: name.into(), place: place.into() })
            .collect())
    }

    async fn find(&self, text: &str, limit: usize) -> Result<Vec<CentreName>, DirectoryUnavailable> {
        let mut all = self.centres(&["c1".into(), "c2".into()]).await?;
        all.retain(|centre| format!("{} {}", centre.name, centre.place).contains(text));
        all.truncate(limit);
        Ok(all)
    }

    async fn sources(&self) -> Result<Vec<String>, DirectoryUnavailable> {
        Ok(vec!["dhs".into()])
    }
}

struct Choices;

impl ProfileChoices for Choices {
    fn topics(&self, _lang: Lang) -> Vec<(String, String)> {
        vec![("debt".into(), "Schulden".into()), ("addiction".into(), "Sucht".into())]
    }

    fn languages(&self, _lang: Lang) -> Vec<(String, String)> {
        vec![("de".into(), "Deutsch".into()), ("tr".into(), "Türkçe".into())]
    }
}

struct Nagging;

#[async_trait]
impl AttentionSource for Nagging {
    async fn for_person(&self, _person: &StaffIdentity) -> Vec<Attention> {
        let item =
            |count| Attention { href: "/arbeitsplatz/personen".into(), text: "accounts-people-count", count };
        vec![item(7), item(0)]
    }
}

pub(super) struct House {
    pub(super) accounts: Accounts,
    clock: Arc<FixedClock>,
    queue: Queue,
    author: StaffMails,
    leases: AtomicU64,
    router: Router,
    _scratch: Scratch,
}

pub(super) fn pages() -> Pages {
    let mut all_messages = webkit::shared::messages();
    all_messages.extend(messages());
    let mut all_templates = webkit::shared::templates();
    all_templates.extend(templates());
    Pages::new(Ingredients {
        templates: all_templates,
        catalogue: Arc::new(Catalogue::new(&all_messages).unwrap()),
        assets: Assets::embedded().unwrap(),
        site: minijinja::context! { name => "Hilfe", exit_url => "https://example.org", demo => false },
        langs: Lang::ALL.to_vec(),
    })
    .unwrap()
}

impl House {
    /// Opens one in which passwords cost next to nothing.
    pub(super) async fn open() -> Self {
        Self::with(None).await
    }

    /// The same with single sign-on.
    pub(super) async fn with(single: Option<OidcSettings>) -> Self {
        let scratch = Scratch::sqlite();
        let opened = store::open(scratch.address()).await.unwrap();
        let clock = Arc::new(FixedClock::at("2026-11-23T08:00:00Z".parse().unwrap()));
        let key = ServerKey::new([7; 32]);
        let settings = Settings { base_url: BASE.to_owned(), audit_days: 365 };
        let parts = crate::Parts { key: &key, clock: clock.clone(), ids: Arc::new(RandomIds), settings };
        let accounts = Accounts::new(opened.store.clone(), parts);
        let trail: Arc<dyn AuditTrail> = Arc::new(accounts.clone());
        let app = AppState::with(
            Parts {
                accounts: accounts.clone(),
                pages: pages(),
                key: key.clone(),
                clock: clock.clone(),
                base_url: BASE.to_owned(),
                name: "Hilfe".into(),
                centres: Arc::new(Directory),
                trails: vec![trail],
                attention: vec![Arc::new(Nagging)],
                choices: Arc::new(Choices),
                oidc: single.map(|settings| Oidc::new(settings, BASE, clock.clone()).unwrap()),
            },
            Passwords::cheap(),
        )
        .unwrap();
        let sessions: Arc<dyn StaffSessions> = Arc::new(accounts.clone());
        let StaffRouter { forms, nav, .. } = routes().into_router();
        let router = in_languages(&forms, &Lang::ALL)
            .layer(middleware::from_fn_with_state(Gate::new(sessions, nav), guard))
            .with_state(app);
        Self {
            accounts,
            author: StaffMails::new(opened.store, &key, clock.clone(), BASE).unwrap(),
            queue: Queue::new(opened.database),
            clock,
            leases: AtomicU64::new(0),
            router,
            _scratch: scratch,
        }
    }

    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(super) fn pass(&self, time: SignedDuration) {
        self.clock.set(self.clock.now() + time);
    }

    /// A browser that was never here.
    pub(super) fn browser(&self) -> Browser<'_> {
        Browser { house: self, cookies: BTreeMap::new(), network: "192.0.2.7".parse().unwrap() }
    }

    /// The mails that leave now.
    pub(super) async fn mails(&self) -> Vec<Mail> {
        let mut mails = Vec::new();
        loop {
            let lease = format!("lease-{}", self.leases.fetch_add(1, Ordering::Relaxed));
            let until = self.now() + SignedDuration::from_mins(1);
            let leased = self.queue.lease(50, self.now(), until, &lease).await.unwrap();
            if leased.is_empty() {
                return mails;
            }
            for row in leased {
                mails.extend(self.author.write(&row.intent).await.unwrap());
                assert!(self.queue.done(&row).await.unwrap());
            }
        }
    }

    /// The mails that are due are refused for good, as by a server that knows no such mailbox. Answers how many.
    pub(super) async fn refuse_mails(&self) -> usize {
        let lease = format!("lease-{}", self.leases.fetch_add(1, Ordering::Relaxed));
        let until = self.now() + SignedDuration::from_mins(1);
        let leased = self.queue.lease(50, self.now(), until, &lease).await.unwrap();
        for row in &leased {
            assert!(self.queue.give_up(row, Some("refused")).await.unwrap());
        }
        leased.len()
    }

    /// The secret of the last mailed link with this path.
    pub(super) async fn mailed_secret(&self, path: &str) -> String {
        let start = format!("{path}#");
        let mails = self.mails().await;
        let lines = mails.iter().rev().flat_map(|mail| mail.body().lines());
        let secret =
            lines.filter_map(|line| line.split_once(&start)).map(|(_, secret)| secret.to_owned()).next();
        secret.unwrap_or_else(|| panic!("no link to {path}"))
    }

    /// The first administrator in her browser: password and app. Gives the app, too.
    pub(super) async fn administrator(&self) -> (Browser<'_>, TotpSecret) {
        let link = self.accounts.setup_link().await.unwrap().unwrap();
        let mut browser = self.browser();
        browser.post("/einrichten", &[("geheimnis", link.expose())]).await.expect(StatusCode::OK);
        let secret = link.expose().rsplit_once('#').unwrap().1;
        let fields =
            [("geheimnis", secret), ("name", "Ada Öz"), ("mail", ADMINISTRATOR), ("passwort", PASSWORD)];
        let answer = browser.post("/einrichten/anlegen", &fields).await;
        assert_eq!(answer.location(), "/anmelden/einrichten");
        let app = browser.set_up_app("").await;
        self.mails().await;
        (browser, app)
    }

    /// Somebody invited by the administrator, who accepts with a password and sets up an app.
    pub(super) async fn member(
        &self,
        administrator: &mut Browser<'_>,
        mail: &str,
        grant: &Grant,
    ) -> (Browser<'_>, TotpSecret) {
        administrator.invite(mail, grant).await;
        let secret = self.mailed_secret("/einladung").await;
        let mut browser = self.browser();
        let name = mail.split('@').next().unwrap();
        let fields = [("geheimnis", secret.as_str()), ("name", name), ("passwort", PASSWORD)];
        let answer = browser.post("/einladung/annehmen", &fields).await;
        assert_eq!(answer.location(), "/anmelden/einrichten");
        let app = browser.set_up_app("").await;
        (browser, app)
    }

    /// The id of the person with this address.
    pub(super) async fn person_id(&self, mail: &str) -> String {
        let query = crate::PeopleQuery { text: mail.into(), limit: 5, ..crate::PeopleQuery::default() };
        self.accounts.people(&crate::Authority::program(), &query).await.unwrap().people[0].id.clone()
    }
}

/// A browser with its cookies.
pub(super) struct Browser<'a> {
    house: &'a House,
    pub(super) cookies: BTreeMap<String, String>,
    pub(super) network: IpAddr,
}

/// What came back.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) text: String,
}

impl Answer {
    pub(super) fn location(&self) -> &str {
        let location = self.headers.get(header::LOCATION);
        location.unwrap_or_else(|| panic!("no redirect: {} {}", self.status, self.text)).to_str().unwrap()
    }

    /// The value of the first hidden field of this name.
    pub(super) fn hidden(&self, name: &str) -> String {
        let start = format!("name=\"{name}\" value=\"");
        let (_, rest) =
            self.text.split_once(&start).unwrap_or_else(|| panic!("no field {name} in {}", self.text));
        rest.split_once('"').unwrap().0.to_owned()
    }

    #[track_caller]
    pub(super) fn expect(self, status: StatusCode) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    #[track_caller]
    pub(super) fn says(&self, text: &str) {
        assert!(self.plain().contains(text), "{text:?} is not in {}", self.plain());
    }

    /// Without the marks around what is put into sentences.
    pub(super) fn plain(&self) -> String {
        self.text.replace(['\u{2068}', '\u{2069}'], "")
    }
}

impl Browser<'_> {
    pub(super) async fn get(&mut self, path: &str) -> Answer {
        self.come_from(path, "same-origin").await
    }

    /// Opens a page by a link on such a site.
    pub(super) async fn come_from(&mut self, path: &str, site: &str) -> Answer {
        self.send(Request::get(path).header("sec-fetch-site", site).body(Body::empty()).unwrap()).await
    }

    /// A form as a browser sends it from our own page.
    pub(super) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let body = serde_urlencoded::to_string(fields).unwrap();
        let request = Request::post(path)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .unwrap();
        self.send(request).await
    }

    /// The same with the token of `page`.
    pub(super) async fn post_from(&mut self, page: &str, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.get(page).await.expect(StatusCode::OK).hidden("csrf");
        let fields: Vec<_> = [("csrf", token.as_str())].into_iter().chain(fields.iter().copied()).collect();
        self.post(path, &fields).await
    }

    pub(super) async fn send_as_is(&mut self, request: Request<Body>) -> Answer {
        self.send(request).await
    }

    async fn send(&mut self, mut request: Request<Body>) -> Answer {
        let cookies: Vec<String> =
            self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        request.headers_mut().insert(header::COOKIE, cookies.join("; ").parse().unwrap());
        let agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
        request.headers_mut().insert(header::USER_AGENT, agent.parse().unwrap());
        request.extensions_mut().insert(Client(self.network));
        let response = self.house.router.clone().oneshot(request).await.unwrap();
        for cookie in response.headers().get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            let (name, rest) = cookie.split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            if cookie.contains("Max-Age=0") {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        let (parts, body) = response.into_parts();
        let text = String::from_utf8(to_bytes(body, 1 << 20).await.unwrap().to_vec()).unwrap();
        Answer { status: parts.status, headers: parts.headers, text }
    }

    pub(super) fn session(&self) -> Option<&String> {
        self.cookies.get("__Host-session")
    }

    pub(super) async fn sign_in(&mut self, mail: &str, password: &str) -> Answer {
        self.post("/anmelden", &[("mail", mail), ("passwort", password), ("weiter", "")]).await
    }

    /// Signs in with both factors.
    pub(super) async fn come_in(&mut self, mail: &str, app: &TotpSecret) {
        // Codes count once: wait for the next.
        self.house.pass(SignedDuration::from_secs(30));
        assert_eq!(self.sign_in(mail, PASSWORD).await.location(), "/anmelden/code");
        let code = app.code(self.house.now());
        let answer = self.post_from("/anmelden/code", "/anmelden/code", &[("code", &code)]).await;
        assert_eq!(answer.location(), "/arbeitsplatz");
    }

    /// Sets up the app that a session owes, and sees the recovery codes.
    pub(super) async fn set_up_app(&mut self, wanted: &str) -> TotpSecret {
        let page = self.get("/anmelden/einrichten").await.expect(StatusCode::OK);
        let app = app_on(&page);
        let code = app.code(self.house.now());
        let (token, offer) = (page.hidden("csrf"), page.hidden("angebot"));
        let fields = [("csrf", token.as_str()), ("angebot", &offer), ("code", &code), ("weiter", wanted)];
        let answer = self.post("/anmelden/einrichten", &fields).await;
        let sheet = answer.location().to_owned();
        assert!(sheet.starts_with("/mein-konto/wiederherstellung?"), "{sheet}");
        self.get(&sheet).await.expect(StatusCode::OK).says("Diese Codes sehen Sie nur jetzt");
        app
    }

    pub(super) async fn invite(&mut self, mail: &str, grant: &Grant) {
        let scope = grant.scope().unwrap_or_default();
        let name = mail.split('@').next().unwrap();
        let fields = [
            ("name", name),
            ("mail", mail),
            ("sprache", "de"),
            ("rolle", grant.role()),
            ("stelle", scope),
            ("liste", scope),
        ];
        let page = "/arbeitsplatz/personen/einladen";
        let answer = self.post_from(page, page, &fields).await;
        assert_eq!(answer.location(), "/arbeitsplatz/personen?getan=eingeladen");
    }
}

/// The app that reads the secret off a page.
pub(super) fn app_on(page: &Answer) -> TotpSecret {
    let (_, rest) = page.text.split_once("<code dir=\"ltr\" translate=\"no\">").unwrap();
    let text = rest.split_once("</code>").unwrap().0.replace(' ', "");
    TotpSecret::new(Secret::new(data_encoding::BASE32_NOPAD.decode(text.as_bytes()).unwrap()))
}

/// The recovery codes on a page.
pub(super) fn codes_on(page: &Answer) -> Vec<String> {
    let parts = page.text.split("<li><code translate=\"no\">").skip(1);
    parts.map(|part| part.split_once('<').unwrap().0.to_owned()).collect()
}
