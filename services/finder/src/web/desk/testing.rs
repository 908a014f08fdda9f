//! The pages for staff behind their guard, with a real store and a clock that stands still.

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
use webkit::staff::{Gate, SESSION_COOKIE, StaffRoutes, guard};

use crate::{
    app::{AppState, Parts},
    live::Live,
    store::{self, ImportChange, ImportRun, Store},
    web::{samples, tests::pages},
};

/// Who a cookie stands for: somebody with a name of her own, or an association's administrator by the name of her list.
pub(super) fn person(cookie: &str) -> StaffIdentity {
    let (name, grant) = match cookie {
        "admin" => ("Ada Admin", Grant::Administrator),
        "zweite" => ("Zita Zweite", Grant::Administrator),
        "eva" => ("Eva Eins", Grant::CentreManager("a".into())),
        "zoe" => ("Zoe Zwei", Grant::CentreManager("a".into())),
        "manager" => ("Maja Muster", Grant::CentreManager("a".into())),
        "other" => ("Otto Andere", Grant::CentreManager("c".into())),
        "counsellor" => ("Berta Beratung", Grant::Counsellor("a".into())),
        list => ("Lisa Liste", Grant::AssociationAdministrator(list.into())),
    };
    StaffIdentity {
        person_id: cookie.into(),
        session_id: "s".into(),
        name: name.into(),
        grants: vec![grant],
        authenticated_at: "2026-11-23T08:59:00Z".parse().unwrap(),
        form_token: Secret::new("token".into()),
    }
}

/// Believes the cookie.
struct Spoken;

#[async_trait]
impl StaffSessions for Spoken {
    async fn identify(&self, cookie: &Secret<String>) -> Result<Option<StaffIdentity>, SessionsUnavailable> {
        Ok(Some(person(cookie.expose())))
    }
}

/// The pages with what is behind them.
pub(super) struct Desk {
    router: Router,
    pub(super) app: AppState,
    pub(super) store: Arc<dyn Store>,
    pub(super) folder: TempDir,
}

/// A centre with every field filled, whose ids are all this one.
pub(super) fn centre(id: &str, list: &str, name: &str) -> Centre {
    let mut centre = samples::centre();
    (centre.id, centre.external_id, centre.slug) = (id.into(), id.into(), id.into());
    (centre.source, centre.name) = (list.into(), name.into());
    for (number, offer) in centre.offers.iter_mut().enumerate() {
        offer.id = format!("{id}-{number}");
    }
    centre
}

impl Desk {
    /// These pages on an empty directory. It is nine in the morning of 23 November 2026.
    pub(super) async fn open(routes: StaffRoutes<AppState>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let address = format!("sqlite:{}", folder.path().join("finder.db").display());
        let store = store::open(&address).await.unwrap();
        let clock = Arc::new(FixedClock::at("2026-11-23T09:00:00Z".parse().unwrap()));
        let site = pages::full_site();
        let pages = pages::pages(&site);
        let app = AppState::new(Parts {
            store: store.clone(),
            live: Live::new(store.clone(), Lexicon::bundled(), folder.path().join("index")),
            pages: pages.clone(),
            site,
            clock: clock.clone(),
            ids: Arc::new(kernel::RandomIds),
            data: folder.path().to_owned(),
            child: crate::import::xlsx::test_reader(),
        });
        let parts = routes.into_router();
        let gate = Gate::new(Arc::new(Spoken), parts.nav);
        let guarded = |router: &Router<AppState>| {
            webkit::language::below_prefixes(router, &Lang::ALL)
                .with_state(app.clone())
                .layer(middleware::from_fn_with_state(gate.clone(), guard))
        };
        let per_second = std::num::NonZeroU32::new(1000).unwrap();
        let policy = webkit::limits::Policy { per_second, trusted_proxies: vec![] };
        let limits = webkit::limits::Limits::new(policy, clock);
        let router = webkit::serve::shell(guarded(&parts.forms), guarded(&parts.uploads), pages, limits);
        Self { router, app, store, folder }
    }

    /// The directory takes a list in.
    pub(super) async fn import(&self, list: &str, centres: Vec<Centre>) {
        let revision = self.store.revision().await.unwrap();
        let (run, now) = (format!("run-{list}"), self.app.now());
        let run = ImportRun::new(run, list.into(), "test".into(), Actor::console(), now);
        self.store.apply_import(&ImportChange::new(revision, run, centres)).await.unwrap();
    }

    /// Asks for a page.
    pub(super) async fn get(&self, who: &str, address: &str) -> (StatusCode, String) {
        let cookie = format!("{SESSION_COOKIE}={who}");
        let request = Request::get(address).header(header::COOKIE, cookie).body(Body::empty()).unwrap();
        read(self.router.clone().oneshot(request).await.unwrap()).await
    }

    /// Sends a form; the answer's text is its page, or where it leads.
    pub(super) async fn post(&self, who: &str, address: &str, body: &str) -> (StatusCode, String) {
        self.send(who, address, "application/x-www-form-urlencoded", format!("csrf=token&{body}").into())
            .await
    }

    /// The same for any content.
    pub(super) async fn send(
        &self,
        who: &str,
        address: &str,
        kind: &str,
        body: Vec<u8>,
    ) -> (StatusCode, String) {
        let request = Request::post(address)
            .header(header::COOKIE, format!("{SESSION_COOKIE}={who}"))
            .header(header::CONTENT_TYPE, kind)
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body))
            .unwrap();
        read(self.router.clone().oneshot(request).await.unwrap()).await
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
