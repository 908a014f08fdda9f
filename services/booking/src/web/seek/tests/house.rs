//! A centre with a counsellor, and people who come to it without script.

use std::{collections::BTreeSet, sync::Arc};

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode, header},
};
use contracts::{
    audit::{AuditEntry, AuditObject},
    directory::{Centre, DirectoryEvent},
    staff::Actor,
};
use http_body_util::BodyExt;
use jiff::Timestamp;
use kernel::{Envelope, FixedClock, Lang, RandomIds, ServerKey};
use serde_json::{Value, json};
use storekit::testing::Scratch;
use tempfile::TempDir;
use tower::ServiceExt;
use webkit::{
    assets::Assets,
    catalogue::Catalogue,
    language::in_languages,
    limits::Client,
    pages::{Ingredients, Pages},
};

use crate::{
    guard::Limits,
    sealing::KeyFolder,
    service::{Booking, Parts},
    span::Span,
    store::{self, Resource, ResourceKind, Revised, Store},
    web::{AppState, Parts as WebParts, messages, seek, templates},
};

pub(crate) const BASE: &str = "https://hilfe.example";
/// In person and by phone, at once, a pseudonym if she wants.
pub(crate) const OFFER: &str = "offer";
/// By phone, when the centre agrees, with everything asked.
pub(crate) const ASKING: &str = "asking";
/// In the night in which the clock is set back.
pub(crate) const NIGHT: &str = "night";
/// Booked on the centre's own page.
pub(crate) const LINKED: &str = "linked";
/// Not booked anywhere.
pub(crate) const CALLED: &str = "called";
/// A Sunday morning.
pub(crate) const NOW: &str = "2026-11-22T08:00:00Z";

/// A running service.
pub(crate) struct House {
    pub(crate) clock: Arc<FixedClock>,
    pub(crate) router: Router,
    pub(crate) booking: Booking,
    store: Arc<dyn Store>,
    _scratch: Scratch,
    _keys: Option<TempDir>,
}

/// What came back.
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn pages() -> Pages {
    let mut all_messages = webkit::shared::messages();
    all_messages.extend(messages());
    let mut all_templates = webkit::shared::templates();
    all_templates.extend(templates());
    Pages::new(Ingredients {
        templates: all_templates,
        catalogue: Arc::new(Catalogue::new(&all_messages).unwrap()),
        assets: Assets::embedded().unwrap(),
        site: minijinja::context! { name => "Hilfe", exit_url => "https://example.org", demo => true },
        langs: Lang::ALL.to_vec(),
    })
    .unwrap()
}

fn centre() -> Centre {
    let offer =
        |id: &str, link: Option<&str>| json!({"id": id, "name": format!("Beratung {id}"), "link": link});
    serde_json::from_value(json!({
        "id": "centre", "source": "demo", "external_id": "1", "slug": "rat-und-tat", "name": "Rat & Tat",
        "address": {"street": "Lindenweg 3", "postcode": "79100", "city": "Freiburg"},
        "contacts": {"phone": "0761 12345"},
        "access": {"wheelchair": "partial", "facts": ["2 Stufen am Eingang"], "directions": "Straßenbahn 3"},
        "offers": [offer(OFFER, None), offer(ASKING, None), offer(NIGHT, None),
            offer(LINKED, Some("https://termine.example/rat")), offer(CALLED, None)],
    }))
    .unwrap()
}

fn rule(id: &str, offers: &[&str], pattern: &Value, from: &str, to: &str) -> Value {
    json!({"id": id, "offers": offers, "modes": ["in_person", "phone", "chat"], "pattern": pattern,
        "from": from, "to": to, "valid_from": "2026-01-01"})
}

fn hours() -> Value {
    let mut rules: Vec<Value> = ["monday", "tuesday", "wednesday", "thursday", "friday"]
        .iter()
        .map(|day| {
            let weekly = json!({"weekly": {"every": 1, "weekday": day}});
            rule(day, &[OFFER, ASKING], &weekly, "09:00", "12:00")
        })
        .collect();
    rules.push(rule("night", &[NIGHT], &json!({"once": {"date": "2026-10-25"}}), "01:30", "04:00"));
    json!({ "rules": rules })
}

fn audit(id: &str) -> AuditEntry {
    AuditEntry {
        id: format!("audit-{id}"),
        at: at(NOW),
        actor: Actor::console(),
        action: String::from("saved"),
        object: AuditObject { kind: String::from("setting"), id: id.to_owned(), name: id.to_owned() },
        detail: String::new(),
    }
}

impl House {
    pub(crate) async fn open() -> Self {
        Self::open_with(Limits::default()).await
    }

    /// With limits of its own.
    pub(crate) async fn open_with(limits: Limits) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let (keys, _) = KeyFolder::at(&folder.path().join("keys")).unwrap();
        Self { _keys: Some(folder), ..Self::open_on(keys, limits).await }
    }

    /// With keys that lie somewhere.
    pub(crate) async fn open_on(keys: KeyFolder, limits: Limits) -> Self {
        let scratch = Scratch::sqlite();
        let store = store::open(scratch.address()).await.unwrap().store;
        let clock = Arc::new(FixedClock::at(at(NOW)));
        let booking = Booking::new(Parts {
            store: store.clone(),
            keys: Arc::new(keys),
            key: ServerKey::new([7; 32]),
            clock: clock.clone(),
        });
        let parts = WebParts {
            booking: booking.clone(),
            pages: pages(),
            clock: clock.clone(),
            ids: Arc::new(RandomIds),
            base_url: BASE.to_owned(),
        };
        let app = AppState::with_limits(parts, limits);
        let router = in_languages(&seek::routes(), &Lang::ALL).merge(crate::api::routes()).with_state(app);
        let house = Self { clock, router, booking, store, _scratch: scratch, _keys: None };
        house.furnish().await;
        house
    }

    pub(crate) fn booking(&self) -> &Booking {
        &self.booking
    }

    async fn furnish(&self) {
        self.list(1, DirectoryEvent::CentreSaved { centre: Box::new(centre()) }).await;
        let body = hours().to_string();
        let value = Resource {
            id: "anna".into(),
            centre_id: "centre".into(),
            kind: ResourceKind::Counsellor("anna".into()),
            name: "Anna".into(),
            active: true,
            body,
        };
        self.store.save_resource(&Revised { revision: 0, value }, &audit("anna")).await.unwrap();
        let times = |modes: &[&str]| json!({"length": 30, "step": 30, "horizon_days": 60, "modes": modes});
        let plain =
            json!({"times": times(&["in_person", "phone"]), "reminders": [24], "bring": "Briefe\n\nAusweis"});
        let asking = json!({"times": times(&["phone"]), "agreement": "centre", "grace_hours": 2,
            "asks": {"name": "full", "mail": "if_wanted", "phone": "needed", "note": true}});
        let night = json!({"times": times(&["phone"]), "asks": {"name": "nothing"}});
        for (offer, body) in [(OFFER, plain), (ASKING, asking), (NIGHT, night)] {
            let body = Revised { revision: 0, value: body.to_string() };
            self.store.save_offer_setting("centre", offer, true, &body, &audit(offer)).await.unwrap();
        }
    }

    /// What the centre sets for all its offers.
    pub(crate) async fn set_centre(&self, setting: &Value) {
        let revision = self.booking.centre_setting("centre").await.unwrap().revision;
        let body = Revised { revision, value: setting.to_string() };
        let line = audit(&format!("centre-{revision}"));
        self.store.save_centre_setting("centre", &body, &line).await.unwrap();
        self.booking.forget_free_times();
    }

    /// What the centre sets for an offer.
    pub(crate) async fn set_offer(&self, offer: &str, setting: &Value) {
        let revision = self.store.offer_setting(offer).await.unwrap().unwrap().0.revision;
        let body = Revised { revision, value: setting.to_string() };
        self.store.save_offer_setting("centre", offer, true, &body, &audit("again")).await.unwrap();
        self.booking.forget_free_times();
    }

    /// Tells booking something about the directory.
    pub(crate) async fn list(&self, sequence: i64, event: DirectoryEvent) {
        let envelope = Envelope { id: format!("event-{sequence}"), sequence, at: at(NOW), event };
        self.store.follow(&[envelope]).await.unwrap();
    }

    /// Changes one thing that is set for an offer.
    pub(crate) async fn set(&self, offer: &str, field: &str, value: impl Into<Value>) {
        let (Revised { revision, value: text }, bookable) =
            self.store.offer_setting(offer).await.unwrap().unwrap();
        let mut body: Value = serde_json::from_str(&text).unwrap();
        body[field] = value.into();
        let body = Revised { revision, value: body.to_string() };
        let line = audit(&format!("{offer}-{revision}"));
        self.store.save_offer_setting("centre", offer, bookable, &body, &line).await.unwrap();
    }

    /// Lets time pass, and forgets what became due.
    pub(crate) async fn wait_until(&self, time: &str) {
        self.clock.set(at(time));
        self.store.sweep(at(time)).await.unwrap();
        let due = self.store.due(at(time), 100).await.unwrap();
        if !due.is_empty() {
            self.store.forget(&due).await.unwrap();
        }
    }

    /// Appointments and holds, and the ticks they claim.
    pub(crate) async fn kept(&self) -> (u64, usize) {
        let span = Span { from: at("2026-10-01T00:00:00Z"), to: at("2027-03-01T00:00:00Z") };
        let claims = self.store.claims("centre", span).await.unwrap();
        (self.store.count().await.unwrap(), claims.ticks.len())
    }

    /// The id of the appointment there is.
    pub(crate) async fn only_id(&self) -> String {
        let span = Span { from: at("2026-10-01T00:00:00Z"), to: at("2027-03-01T00:00:00Z") };
        let [only] = &self.store.of_centre("centre", span).await.unwrap()[..] else { panic!("not one") };
        only.id.clone()
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str, fields: &[(String, String)]) -> Answer {
        self.send(sent(path, fields)).await
    }

    /// The same from somewhere; without an address it comes from the operator's own machine.
    pub(crate) async fn post_from(&self, address: &str, path: &str, fields: &[(String, String)]) -> Answer {
        self.send_from(address, sent(path, fields)).await
    }

    pub(crate) async fn send_from(&self, address: &str, mut request: Request<Body>) -> Answer {
        request.extensions_mut().insert(Client(address.parse().unwrap()));
        self.send(request).await
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let path = request.uri().path().to_owned();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let text = String::from_utf8(bytes.to_vec()).unwrap().replace(['\u{2068}', '\u{2069}'], "");
        let answer = Answer { status: parts.status, headers: parts.headers, text };
        if answer.text.starts_with("<!doctype html>") {
            answer.check(&path);
        }
        answer
    }
}

impl Answer {
    #[track_caller]
    pub(crate) fn expect(self, status: StatusCode) -> Self {
        assert_eq!(self.status, status, "{}", self.text);
        self
    }

    /// What holds for every page.
    fn check(&self, path: &str) {
        let text = &self.text;
        assert_eq!(text.matches("<h1").count(), 1, "{path}: one h1");
        assert!(text.contains("name=\"robots\" content=\"noindex\""), "{path}");
        assert!(text.contains("data-island=\"exit\""), "{path}: quick exit");
        assert_eq!(self.headers[header::CACHE_CONTROL], "no-store", "{path}");
        assert!(!self.headers.contains_key(header::SET_COOKIE), "{path}");
        let title = text.split("<title>").nth(1).unwrap().split("</title>").next().unwrap();
        assert!(!title.contains("Rat") && !title.contains("Beratung"), "{path}: {title} tells where she was");
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
        let mut level = 0;
        for part in text.split("<h").skip(1) {
            let Some(next) = part.chars().next().and_then(|sign| sign.to_digit(10)) else { continue };
            assert!(next <= level + 1 || level == 0, "{path}: h{next} after h{level}");
            level = next;
        }
    }

    /// The fields of the form with this action, as a browser sends them when its first button is pressed.
    #[track_caller]
    pub(crate) fn form(&self, action: &str) -> Vec<(String, String)> {
        let start = format!("action=\"{action}\"");
        let form =
            self.text.split(&start).nth(1).unwrap_or_else(|| panic!("no form for {action}: {}", self.text));
        let form = form.split("</form>").next().unwrap();
        let mut fields = Vec::new();
        for tag in form.split("<input").skip(1) {
            let tag = tag.split('>').next().unwrap();
            let boxed = tag.contains("type=\"checkbox\"") && !tag.contains(" checked");
            if let (Some(name), false) = (attribute(tag, "name"), boxed) {
                fields.push((name, attribute(tag, "value").unwrap_or_default()));
            }
        }
        for area in form.split("<textarea").skip(1) {
            let (tag, rest) = area.split_once('>').unwrap();
            let value = rest.split("</textarea>").next().unwrap().trim_start_matches('\n');
            fields.push((attribute(tag, "name").unwrap(), unescaped(value)));
        }
        fields
    }

    /// The times to choose from, as the values of their buttons.
    pub(crate) fn slots(&self) -> Vec<String> {
        let buttons = self.text.split("name=\"beginn\" value=\"").skip(1);
        buttons
            .map(|rest| rest.split('"').next().unwrap().to_owned())
            .filter(|value| !value.is_empty())
            .collect()
    }

    /// Code and PIN of a receipt.
    pub(crate) fn codes(&self) -> (String, String) {
        let mut codes = self.text.split("code-panel__code\" dir=\"ltr\" translate=\"no\">").skip(1);
        let mut next = || codes.next().unwrap().split('<').next().unwrap().to_owned();
        (next(), next())
    }

    /// The link of a receipt.
    pub(crate) fn link(&self) -> String {
        let start = self.text.find(&format!("href=\"{BASE}")).unwrap() + 6;
        self.text[start..].split('"').next().unwrap().to_owned()
    }
}

fn sent(path: &str, fields: &[(String, String)]) -> Request<Body> {
    let body = serde_html_form::to_string(fields).unwrap();
    let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    request.body(Body::from(body)).unwrap()
}

/// One more field, or another value for it.
pub(crate) fn with(mut fields: Vec<(String, String)>, name: &str, value: &str) -> Vec<(String, String)> {
    fields.retain(|(known, _)| known != name);
    fields.push((name.to_owned(), value.to_owned()));
    fields
}

/// Fields by name and value.
pub(crate) fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

pub(crate) fn attribute(tag: &str, name: &str) -> Option<String> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| unescaped(value))
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
}
