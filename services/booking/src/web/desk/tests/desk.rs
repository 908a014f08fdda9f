//! Two centres and the people who work there.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, StatusCode, header},
    middleware,
    response::Response,
};
use contracts::{
    directory::{Centre, DirectoryEvent, Mode},
    staff::{Grant, SessionsUnavailable, StaffGrants, StaffIdentity, StaffSessions},
};
use http_body_util::BodyExt;
use jiff::Timestamp;
use kernel::{Envelope, FixedClock, Lang, Personal, RandomIds, Secret, ServerKey};
use storekit::testing::Scratch;
use tempfile::TempDir;
use tower::ServiceExt;
use webkit::{
    assets::Assets,
    catalogue::Catalogue,
    pages::{Ingredients, Pages},
    staff::{Gate, SESSION_COOKIE, guard},
};

use crate::{
    contact::Contact,
    sealing::KeyFolder,
    service::{self, Booking, NewBooking, Reserved},
    store,
    web::{self, AppState, desk},
};

/// A Friday morning in winter.
pub(crate) const FRIDAY: &str = "2026-11-20T08:00:00Z";
/// The next Monday at nine by the clock on the wall.
pub(crate) const MONDAY_NINE: &str = "2026-11-23T08:00:00Z";
/// The pages of the centre "a".
pub(super) const A: &str = "/arbeitsplatz/termine/a";

/// The cookie says whose session it is.
struct Spoken;

#[async_trait]
impl StaffSessions for Spoken {
    async fn identify(&self, cookie: &Secret<String>) -> Result<Option<StaffIdentity>, SessionsUnavailable> {
        let (name, grants) = match cookie.expose().as_str() {
            "admin" => ("Ada Admin", vec![Grant::Administrator]),
            "eva" => ("Eva Eins", vec![Grant::CentreManager("a".into())]),
            "berta" => ("Berta Beratung", vec![Grant::Counsellor("a".into())]),
            "carl" => ("Carl Kollege", vec![Grant::Counsellor("a".into())]),
            "both" => ("Bo Beide", vec![Grant::Counsellor("a".into()), Grant::Counsellor("b".into())]),
            "other" => ("Otto Andere", vec![Grant::CentreManager("b".into())]),
            _ => ("Lisa Liste", vec![Grant::AssociationAdministrator("one".into())]),
        };
        Ok(Some(StaffIdentity {
            person_id: name.into(),
            session_id: "s".into(),
            name: name.into(),
            grants,
            authenticated_at: FRIDAY.parse().unwrap(),
            form_token: Secret::new("token".into()),
        }))
    }
}

/// People of both centres, of whom some may have left.
#[derive(Default)]
struct Staff {
    left: Mutex<BTreeSet<String>>,
}

#[async_trait]
impl StaffGrants for Staff {
    async fn grants(&self, person_id: &str) -> Result<Vec<Grant>, SessionsUnavailable> {
        let left = self.left.lock().unwrap().contains(person_id);
        Ok(if left { vec![Grant::Counsellor("b".into())] } else { vec![Grant::Counsellor("a".into())] })
    }
}

/// The pages with what is behind them.
pub(crate) struct Desk {
    pub(crate) router: Router,
    pub(crate) booking: Booking,
    clock: Arc<FixedClock>,
    staff: Arc<Staff>,
    _scratch: Scratch,
    _folder: TempDir,
}

fn centre(id: &str, name: &str) -> Centre {
    serde_json::from_value(serde_json::json!({
        "id": id, "source": "one", "external_id": id, "slug": id, "name": name,
        "address": { "street": "Lindenweg 4", "postcode": "79100", "city": "Freiburg" },
        "offers": [
            { "id": format!("{id}-debt"), "name": "Schuldnerberatung", "modes": ["in_person", "phone"] },
            { "id": format!("{id}-group"), "name": "Gruppe am Abend", "modes": ["in_person"] },
        ],
    }))
    .unwrap()
}

fn pages() -> Pages {
    let mut messages = webkit::shared::messages();
    messages.extend(web::messages());
    let mut templates = webkit::shared::templates();
    templates.extend(web::templates());
    let site = [("name", "Anlaufstelle"), ("exit_url", "https://example.org")];
    let ingredients = Ingredients {
        templates,
        catalogue: Arc::new(Catalogue::new(&messages).unwrap()),
        assets: Assets::embedded().unwrap(),
        site: minijinja::Value::from_pairs(site),
        langs: Lang::ALL.to_vec(),
    };
    Pages::new(ingredients).unwrap()
}

/// "a" and "b" have two offers each; nothing is set, nobody has hours.
pub(crate) async fn desk() -> Desk {
    desk_at(FRIDAY).await
}

pub(crate) async fn desk_at(now: &str) -> Desk {
    let (scratch, folder) = (Scratch::sqlite(), tempfile::tempdir().unwrap());
    let store = store::open(scratch.address()).await.unwrap().store;
    let clock = Arc::new(FixedClock::at(now.parse().unwrap()));
    let events: Vec<_> = [("a", "Rat und Tat"), ("b", "Haus am Deich")]
        .into_iter()
        .zip(1i64..)
        .map(|((id, name), sequence)| Envelope {
            id: format!("event-{sequence}"),
            sequence,
            at: now.parse().unwrap(),
            event: DirectoryEvent::CentreSaved { centre: Box::new(centre(id, name)) },
        })
        .collect();
    store.follow(&events).await.unwrap();
    let (keys, _) = KeyFolder::at(&folder.path().join("keys")).unwrap();
    let booking = Booking::new(service::Parts {
        store,
        keys: Arc::new(keys),
        key: ServerKey::new([7; 32]),
        clock: clock.clone(),
    });
    booking.forget_first(std::time::Duration::ZERO).await.unwrap();
    let staff = Arc::new(Staff::default());
    booking.ask_staff(staff.clone());
    let pages = pages();
    let app = AppState::new(web::Parts {
        booking: booking.clone(),
        pages: pages.clone(),
        clock: clock.clone(),
        ids: Arc::new(RandomIds),
        base_url: "https://hilfe.example".into(),
    });
    let parts = desk::routes().into_router();
    let gate = Gate::new(Arc::new(Spoken), parts.nav);
    let routes = webkit::language::in_languages(&parts.forms, &Lang::ALL)
        .merge(crate::api::staff_routes().into_router().forms)
        .with_state(app.clone())
        .layer(middleware::from_fn_with_state(gate, guard))
        .merge(web::feed::routes().with_state(app));
    let per_second = std::num::NonZeroU32::new(1000).unwrap();
    let policy = webkit::limits::Policy { per_second, trusted_proxies: vec![] };
    let limits = webkit::limits::Limits::new(policy, clock.clone());
    let router = webkit::serve::shell(routes, Router::new(), pages, limits);
    Desk { router, booking, clock, staff, _scratch: scratch, _folder: folder }
}

/// The debt counselling of "a" can be booked; Berta is there on Mondays and Tuesdays from nine to twelve, Carl on Mondays.
pub(crate) async fn open_desk() -> Desk {
    let desk = desk().await;
    desk.open_offer(&[]).await;
    desk.enter("berta", &[("wochentag", "1")]).await;
    desk.enter("berta", &[("wochentag", "2")]).await;
    desk.enter("carl", &[("wochentag", "1")]).await;
    desk
}

impl Desk {
    pub(crate) fn set_clock(&self, now: &str) {
        self.clock.set(now.parse().unwrap());
    }

    /// Somebody does not work at "a" any more.
    pub(super) fn leave(&self, person: &str) {
        self.staff.left.lock().unwrap().insert(person.to_owned());
    }

    /// What a calendar program gets at an address.
    pub(super) async fn read_feed(
        &self,
        address: &str,
        authorization: Option<&str>,
    ) -> (StatusCode, HeaderMap, String) {
        let mut request = Request::get(address);
        if let Some(value) = authorization {
            request = request.header(header::AUTHORIZATION, value);
        }
        let response = self.router.clone().oneshot(request.body(Body::empty()).unwrap()).await.unwrap();
        let headers = response.headers().clone();
        let (status, text) = read(response).await;
        (status, headers, text)
    }

    pub(super) async fn get(&self, who: &str, address: &str) -> (StatusCode, String) {
        let cookie = format!("{SESSION_COOKIE}={who}");
        let request = Request::get(address).header(header::COOKIE, cookie).body(Body::empty()).unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store", "{address}");
        read(response).await
    }

    /// The text of a page that opens.
    pub(crate) async fn page(&self, who: &str, address: &str) -> String {
        let (status, html) = self.get(who, address).await;
        assert_eq!(status, StatusCode::OK, "{who} at {address}: {html}");
        html
    }

    /// Sends a form; the answer's text is its page, or where it leads.
    pub(crate) async fn post(&self, who: &str, address: &str, form: &Form) -> (StatusCode, String) {
        let mut pairs = vec![("csrf".to_owned(), "token".to_owned())];
        pairs.extend(form.0.clone());
        let request = Request::post(address)
            .header(header::COOKIE, format!("{SESSION_COOKIE}={who}"))
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(serde_html_form::to_string(pairs).unwrap()))
            .unwrap();
        read(self.router.clone().oneshot(request).await.unwrap()).await
    }

    /// Sends a form that is carried out.
    pub(crate) async fn done(&self, who: &str, address: &str, form: &Form) -> String {
        let (status, to) = self.post(who, address, form).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{who} at {address}: {to}");
        to
    }

    /// Looks at what a form would do and saves what was looked at.
    pub(super) async fn saved(&self, who: &str, address: &str, form: &Form) -> String {
        let (status, look) = self.post(who, address, form).await;
        assert_eq!(status, StatusCode::OK, "{who} at {address}: {look}");
        assert!(look.contains("id=\"vorschau\""), "{look}");
        self.done(who, address, &Form::of(&look, address).with("speichern", "1")).await
    }

    /// Opens the form of a page that is sent to `action`, as a browser would.
    pub(crate) async fn form(&self, who: &str, address: &str, action: &str) -> Form {
        Form::of(&self.page(who, address).await, action)
    }

    /// Lets the debt counselling of "a" be booked, with other texts in some fields.
    pub(crate) async fn open_offer(&self, fields: &[(&str, &str)]) {
        let address = format!("{A}/angebote/a-debt");
        let mut form = self.form("eva", &address, &address).await.with("buchbar", "1");
        for (name, text) in fields {
            form = form.with(name, text);
        }
        self.saved("eva", &address, &form).await;
    }

    /// Enters a counsellor, if she is not, and gives her hours. Answers the address of her page.
    pub(crate) async fn enter(&self, who: &str, fields: &[(&str, &str)]) -> String {
        let to = self.done(who, &format!("{A}/zeiten"), &Form::default()).await;
        let page = to.split('?').next().unwrap().to_owned();
        let address = format!("{page}/regel");
        let mut form = self.form(who, &address, &address).await;
        for (name, text) in fields {
            form = form.with(name, text);
        }
        self.saved(who, &address, &form).await;
        page
    }

    /// Takes a centre off the list.
    pub(crate) async fn unlist(&self, centre: &str) {
        let event = Envelope {
            id: String::from("event-3"),
            sequence: 3,
            at: at(FRIDAY),
            event: DirectoryEvent::CentreRemoved { centre_id: centre.into() },
        };
        self.booking.store().follow(&[event]).await.unwrap();
    }

    /// A seeker books the debt counselling of "a" by phone.
    pub(crate) async fn book(&self, form: &str, start: &str, name: &str) -> Reserved {
        let bookable = self.booking.bookable("a-debt").await.unwrap();
        let contact = Contact { name: name.into(), phone: "0761 12345".into(), ..Contact::default() };
        let booking = NewBooking {
            form: Secret::new(form.into()),
            mode: Mode::Phone,
            start: at(start),
            lang: Lang::De,
            contact: (!name.is_empty()).then(|| Personal::new(contact)),
            remind: None,
        };
        self.booking.book(&bookable, booking).await.unwrap()
    }

    /// The trail: who, what, which object, what else. The clock stands, so the lines are in no order.
    pub(crate) async fn trail(&self) -> Vec<[String; 4]> {
        let entries = self.booking.store().audit_entries(None, 100).await.unwrap();
        let line = |entry: contracts::audit::AuditEntry| {
            [entry.actor.name, entry.action, entry.object.id, entry.detail]
        };
        entries.into_iter().map(line).collect()
    }

    /// How often something was done, by the trail.
    pub(crate) async fn count(&self, action: &str) -> usize {
        self.trail().await.iter().filter(|line| line[1] == action).count()
    }
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

async fn read(response: Response) -> (StatusCode, String) {
    let status = response.status();
    if let Some(location) = response.headers().get(header::LOCATION) {
        return (status, location.to_str().unwrap().to_owned());
    }
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(body.to_vec()).unwrap().replace(['\u{2068}', '\u{2069}'], ""))
}

/// What a browser would send.
#[derive(Debug, Clone, Default)]
pub(crate) struct Form(pub(crate) Vec<(String, String)>);

impl Form {
    /// Reads the form with this action.
    pub(super) fn of(html: &str, action: &str) -> Self {
        let forms: Vec<&str> = html.split("<form").skip(1).collect();
        let found = forms.into_iter().find(|form| {
            let tag = form.split('>').next().unwrap();
            attribute(tag, "action").is_some_and(|found| found == action) && tag.contains("method=\"post\"")
        });
        let form = found.unwrap_or_else(|| panic!("no form for {action} in {html}"));
        let form = form.split_once("</form>").unwrap().0;
        let mut pairs = Vec::new();
        let mut rest = form;
        while let Some(at) = rest.find(['<']) {
            rest = &rest[at + 1..];
            let tag = rest.split('>').next().unwrap();
            let name = attribute(tag, "name");
            let pair = match tag.split_whitespace().next() {
                Some("input") => {
                    let is_choice = tag.contains("type=\"checkbox\"") || tag.contains("type=\"radio\"");
                    let skipped = is_choice && !tag.contains(" checked");
                    (!skipped).then(|| attribute(tag, "value").unwrap_or_default())
                }
                Some("textarea") => {
                    let text = rest[tag.len() + 1..].split("</textarea>").next().unwrap();
                    Some(unescaped(text.strip_prefix('\n').unwrap_or(text)))
                }
                Some("select") => {
                    let options = rest.split("</select>").next().unwrap();
                    let all: Vec<&str> = options.split("<option").skip(1).collect();
                    let chosen = all.iter().find(|option| option.contains(" selected")).or(all.first());
                    Some(chosen.and_then(|option| attribute(option, "value")).unwrap_or_default())
                }
                _ => None,
            };
            if let (Some(name), Some(value)) = (name, pair)
                && name != "csrf"
            {
                pairs.push((name, value));
            }
        }
        Self(pairs)
    }

    /// The same with another text in a field.
    pub(crate) fn with(mut self, name: &str, text: &str) -> Self {
        match self.0.iter_mut().find(|(found, _)| found == name) {
            Some((_, value)) => *value = text.to_owned(),
            None => self.0.push((name.to_owned(), text.to_owned())),
        }
        self
    }

    /// The same without a field.
    pub(crate) fn without(mut self, name: &str) -> Self {
        self.0.retain(|(found, _)| found != name);
        self
    }

    /// What is in a field.
    pub(super) fn text(&self, name: &str) -> &str {
        &self.0.iter().find(|(found, _)| found == name).unwrap().1
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split_once(&format!(" {name}=\""))?.1;
    Some(unescaped(value.split('"').next().unwrap()))
}

fn unescaped(text: &str) -> String {
    let pairs =
        [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#x2f;", "/"), ("&amp;", "&")];
    pairs.into_iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}
