//! A directory of three centres, and people who keep some of them.

use std::sync::Arc;

use async_trait::async_trait;
use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
    middleware,
    response::Response,
};
use contracts::{
    directory::Centre,
    staff::{Actor, Grant, SessionsUnavailable, StaffIdentity, StaffSessions},
};
use http_body_util::BodyExt;
use kernel::{FixedClock, Lang, Secret};
use search_index::Lexicon;
use tempfile::TempDir;
use tower::ServiceExt;
use webkit::staff::{Gate, SESSION_COOKIE, guard};

use crate::{
    app::{AppState, Parts},
    live::Live,
    store::{self, ImportChange, ImportRun, Store},
    web::{desk::centres, samples, tests::pages},
};

/// The cookie says whose session it is: "admin", "list", or "NAME.CENTRE" with `!` for its manager.
struct Spoken;

#[async_trait]
impl StaffSessions for Spoken {
    async fn identify(&self, cookie: &Secret<String>) -> Result<Option<StaffIdentity>, SessionsUnavailable> {
        let (name, grant) = match cookie.expose().as_str() {
            "admin" => ("Ada Admin", Grant::Administrator),
            "list" => ("Lisa Liste", Grant::AssociationAdministrator("one".into())),
            "eva" => ("Eva Eins", Grant::CentreManager("a".into())),
            "zoe" => ("Zoe Zwei", Grant::CentreManager("a".into())),
            "other" => ("Otto Andere", Grant::CentreManager("c".into())),
            _ => ("Berta Beratung", Grant::Counsellor("a".into())),
        };
        Ok(Some(StaffIdentity {
            person_id: name.into(),
            session_id: "s".into(),
            name: name.into(),
            grants: vec![grant],
            authenticated_at: "2026-11-23T08:59:00Z".parse().unwrap(),
            form_token: Secret::new("token".into()),
        }))
    }
}

/// The pages with what is behind them.
pub(super) struct Desk {
    router: Router,
    pub(super) store: Arc<dyn Store>,
    _folder: TempDir,
}

fn centre(id: &str, name: &str) -> Centre {
    let mut centre = samples::centre();
    (centre.id, centre.external_id, centre.slug) = (id.into(), id.into(), id.into());
    (centre.source, centre.name) = ("one".into(), name.into());
    for (number, offer) in centre.offers.iter_mut().enumerate() {
        offer.id = format!("{id}-{number}");
    }
    centre
}

/// "a" and "b" counsel in Freiburg, "c" in Emden; "c" lacks a lot.
pub(super) async fn desk() -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let store = store::open(&format!("sqlite:{}", folder.path().join("finder.db").display())).await.unwrap();
    let now = "2026-11-23T09:00:00Z".parse().unwrap();
    let mut far = centre("c", "Haus am Deich");
    (far.address.postcode, far.address.city) = ("26721".parse().unwrap(), "Emden".into());
    (far.coordinates, far.confirmed_on, far.opening) = (None, None, Default::default());
    far.offers[0].areas.clear();
    let centres = vec![centre("a", "Rat und Tat Freiburg"), centre("b", "Haus Lindenweg"), far];
    let run = ImportRun::new("run".into(), "one".into(), "test".into(), Actor::console(), now);
    store.apply_import(&ImportChange::new(0, run, centres)).await.unwrap();
    let site = pages::full_site();
    let pages = pages::pages(&site);
    let app = AppState::new(Parts {
        store: store.clone(),
        live: Live::new(store.clone(), Lexicon::bundled(), folder.path().join("index")),
        pages: pages.clone(),
        site,
        clock: Arc::new(FixedClock::at(now)),
        ids: Arc::new(kernel::RandomIds),
        data: folder.path().to_owned(),
        child: crate::import::xlsx::test_reader(),
    });
    let parts = centres::routes().into_router();
    let gate = Gate::new(Arc::new(Spoken), parts.nav);
    let routes = webkit::language::in_languages(&parts.forms, &Lang::ALL)
        .with_state(app)
        .layer(middleware::from_fn_with_state(gate, guard));
    let clock = Arc::new(FixedClock::at(now));
    let per_second = std::num::NonZeroU32::new(1000).unwrap();
    let limits =
        webkit::limits::Limits::new(webkit::limits::Policy { per_second, trusted_proxies: vec![] }, clock);
    Desk { router: webkit::serve::shell(routes, Router::new(), pages, limits), store, _folder: folder }
}

impl Desk {
    pub(super) async fn get(&self, who: &str, address: &str) -> (StatusCode, String) {
        let cookie = format!("{SESSION_COOKIE}={who}");
        let request = Request::get(address).header(header::COOKIE, cookie).body(Body::empty()).unwrap();
        read(self.router.clone().oneshot(request).await.unwrap()).await
    }

    /// Sends a form; the answer's text is its page, or where it leads.
    pub(super) async fn post(&self, who: &str, address: &str, form: &Form) -> (StatusCode, String) {
        let mut pairs = vec![("csrf".to_owned(), "token".to_owned())];
        pairs.extend(form.0.clone());
        let request = Request::post(address)
            .header(header::COOKIE, format!("{SESSION_COOKIE}={who}"))
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(serde_urlencoded::to_string(pairs).unwrap()))
            .unwrap();
        read(self.router.clone().oneshot(request).await.unwrap()).await
    }

    /// Opens a form as a browser would.
    pub(super) async fn form(&self, who: &str, address: &str) -> Form {
        let (status, html) = self.get(who, address).await;
        assert_eq!(status, StatusCode::OK, "{address}");
        Form::of(&html)
    }

    /// The centre as it is now.
    pub(super) async fn centre(&self, id: &str) -> Centre {
        crate::layers::compose(&self.store.layers(id).await.unwrap().unwrap()).centre
    }
}

async fn read(response: Response) -> (StatusCode, String) {
    let status = response.status();
    if let Some(location) = response.headers().get(header::LOCATION) {
        return (status, location.to_str().unwrap().to_owned());
    }
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(body.to_vec()).unwrap().replace(['\u{2068}', '\u{2069}'], ""))
}

/// What a browser would send from the page's main form.
#[derive(Debug, Clone, Default)]
pub(super) struct Form(pub(super) Vec<(String, String)>);

impl Form {
    /// Reads the first form of `main` that is not the sign-out.
    pub(super) fn of(html: &str) -> Self {
        let main = html.split_once("<main").unwrap().1;
        let form = main.split_once("<form").unwrap().1;
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
                    let chosen = options.split("<option").find(|option| option.contains(" selected"));
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
    pub(super) fn with(mut self, name: &str, text: &str) -> Self {
        match self.0.iter_mut().find(|(found, _)| found == name) {
            Some((_, value)) => *value = text.to_owned(),
            None => self.0.push((name.to_owned(), text.to_owned())),
        }
        self
    }

    /// The same with one more text.
    pub(super) fn and(mut self, name: &str, text: &str) -> Self {
        self.0.push((name.to_owned(), text.to_owned()));
        self
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split_once(&format!(" {name}=\""))?.1;
    Some(unescaped(value.split('"').next().unwrap()))
}

fn unescaped(text: &str) -> String {
    let pairs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    pairs.into_iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))
}
