//! The pages of duplicates and the report, behind the guard, with a real store.

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
    web::{samples, tests::pages},
};

/// The cookie says whose session it is: "admin", or the list of an association.
struct Spoken;

#[async_trait]
impl StaffSessions for Spoken {
    async fn identify(&self, cookie: &Secret<String>) -> Result<Option<StaffIdentity>, SessionsUnavailable> {
        let grant = match cookie.expose().as_str() {
            "admin" => Grant::Administrator,
            "manager" => Grant::CentreManager("a".into()),
            list => Grant::AssociationAdministrator(list.into()),
        };
        Ok(Some(StaffIdentity {
            person_id: "p".into(),
            session_id: "s".into(),
            name: "Maria Beispiel".into(),
            grants: vec![grant],
            authenticated_at: "2026-11-23T08:59:00Z".parse().unwrap(),
            form_token: Secret::new("token".into()),
        }))
    }
}

struct Desk {
    router: Router,
    store: Arc<dyn Store>,
    _folder: TempDir,
}

fn centre(id: &str, source: &str, name: &str) -> Centre {
    let mut centre = samples::centre();
    (centre.id, centre.external_id, centre.slug) = (id.into(), id.into(), id.into());
    (centre.source, centre.name) = (source.into(), name.into());
    for (number, offer) in centre.offers.iter_mut().enumerate() {
        offer.id = format!("{id}-{number}");
    }
    centre
}

/// A directory of two lists: "a" and "b" are one centre; "c" has a name that a spreadsheet would compute.
async fn desk() -> Desk {
    let folder = tempfile::tempdir().unwrap();
    let store = store::open(&format!("sqlite:{}", folder.path().join("finder.db").display())).await.unwrap();
    let now = "2026-11-23T09:00:00Z".parse().unwrap();
    let mut third = centre("c", "two", "=Haus am Deich");
    (third.address.postcode, third.address.city) = ("26721".parse().unwrap(), "Emden".into());
    (third.coordinates, third.confirmed_on) = (None, None);
    third.contacts.phone = None;
    let lists = [
        ("one", vec![centre("a", "one", "Rat und Tat Freiburg")]),
        ("two", vec![centre("b", "two", "Beratungsstelle Rat & Tat"), third]),
    ];
    for (list, centres) in lists {
        let revision = store.revision().await.unwrap();
        let run = ImportRun::new(format!("run-{list}"), list.into(), "test".into(), Actor::console(), now);
        store.apply_import(&ImportChange::new(revision, run, centres)).await.unwrap();
    }
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
    let parts = super::routes().merge(crate::web::desk::integrity::routes()).into_router();
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
    async fn get(&self, who: &str, address: &str) -> (StatusCode, String) {
        let cookie = format!("{SESSION_COOKIE}={who}");
        let request = Request::get(address).header(header::COOKIE, cookie).body(Body::empty()).unwrap();
        read(self.router.clone().oneshot(request).await.unwrap()).await
    }

    async fn post(&self, who: &str, address: &str, body: &str) -> (StatusCode, String) {
        let request = Request::post(address)
            .header(header::COOKIE, format!("{SESSION_COOKIE}={who}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(format!("csrf=token&{body}")))
            .unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let to = response.headers().get(header::LOCATION).map(|to| to.to_str().unwrap().to_owned());
        let (status, text) = read(response).await;
        (status, to.unwrap_or(text))
    }
}

async fn read(response: Response) -> (StatusCode, String) {
    let status = response.status();
    let body = response.into_body().collect().await.unwrap().to_bytes();
    (status, String::from_utf8(body.to_vec()).unwrap().replace(['\u{2068}', '\u{2069}'], ""))
}

const HERE: &str = "/arbeitsplatz/dubletten";

#[tokio::test]
async fn a_pair_is_shown_with_its_reasons_in_every_language() {
    let desk = desk().await;
    for (lang, reason) in
        [(Lang::De, "Die Telefonnummer ist dieselbe."), (Lang::En, "The phone number is the same.")]
    {
        let (status, html) = desk.get("admin", &format!("{}{HERE}", lang.path_prefix())).await;
        assert_eq!(status, StatusCode::OK, "{html}");
        assert!(html.contains("Rat und Tat Freiburg") && html.contains("Beratungsstelle Rat &amp; Tat"));
        assert!(html.contains(reason), "{html}");
        sound(HERE, &html);
        assert!(html.contains(r#"name="keep" value="a""#) && html.contains(r#"name="keep" value="b""#));
    }
}

#[tokio::test]
async fn every_page_renders_in_every_language_and_when_empty() {
    let desk = desk().await;
    for lang in Lang::ALL {
        for page in [
            "dubletten?art=offen",
            "dubletten?art=verschieden&seite=9",
            "dubletten/zusammengefuehrt",
            "dubletten/getrennt",
            "pruefbericht",
            "pruefbericht?art=no-phone",
        ] {
            let (status, html) =
                desk.get("admin", &format!("{}/arbeitsplatz/{page}", lang.path_prefix())).await;
            assert_eq!(status, StatusCode::OK, "{page}: {html}");
            sound(page, &html);
        }
    }
}

/// One heading, nothing leaked, every id once and every label's field there.
fn sound(page: &str, html: &str) {
    assert_eq!(html.matches("<h1").count(), 1, "{page}");
    for leak in [">none<", "=\"none\"", "undefined", "{{", "desk-duplicates-", "desk-integrity-"] {
        assert!(!html.contains(leak), "{page}: {leak}");
    }
    let values = |open: &'static str| {
        html.split(open).skip(1).filter_map(|rest| rest.split_once('"').map(|(value, _)| value))
    };
    let ids: Vec<&str> = values(" id=\"").collect();
    for id in &ids {
        assert_eq!(ids.iter().filter(|other| other == &id).count(), 1, "{page}: {id}");
    }
    for named in values(" for=\"").chain(values("aria-labelledby=\"")) {
        assert!(ids.contains(&named), "{page}: {named}");
    }
}

#[tokio::test]
async fn two_become_one_and_two_again() {
    let desk = desk().await;
    let merge = "one=a&other=b&keep=a";
    let (status, to) = desk.post("admin", &format!("{HERE}/zusammengefuehrt"), merge).await;
    assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/arbeitsplatz/dubletten?getan=merged"));
    assert_eq!(desk.store.centre_by_external("two", "b").await.unwrap().unwrap().id, "a");
    let (_, to) = desk.post("admin", &format!("{HERE}/zusammengefuehrt"), merge).await;
    assert_eq!(to, "/arbeitsplatz/dubletten?getan=already", "sent twice it changes nothing");
    let (_, html) = desk.get("admin", &format!("{HERE}/zusammengefuehrt?getan=merged")).await;
    assert!(
        html.contains("Beratungsstelle Rat &amp; Tat")
            && html.contains("Die Einträge sind jetzt eine Stelle.")
    );
    let unmerge = "source=two&external_id=b";
    let (_, to) = desk.post("admin", &format!("{HERE}/zusammengefuehrt/aufheben"), unmerge).await;
    assert_eq!(to, "/arbeitsplatz/dubletten/zusammengefuehrt?getan=unmerged");
    assert_eq!(desk.store.centre_by_external("two", "b").await.unwrap().unwrap().id, "b");
}

#[tokio::test]
async fn a_pair_kept_apart_leaves_the_list_until_somebody_looks_again() {
    let desk = desk().await;
    let shown = async || desk.get("admin", HERE).await.1.contains("Beratungsstelle Rat &amp; Tat");
    assert!(shown().await);
    let (_, to) = desk.post("admin", &format!("/en{HERE}/getrennt"), "one=b&other=a").await;
    assert_eq!(to, "/en/arbeitsplatz/dubletten?getan=kept-apart");
    assert!(!shown().await);
    let (_, html) = desk.get("admin", &format!("{HERE}/getrennt")).await;
    assert!(html.contains("Maria Beispiel") && html.contains("Beratungsstelle Rat &amp; Tat"));
    desk.post("admin", &format!("{HERE}/getrennt/aufheben"), "one=a&other=b").await;
    assert!(shown().await);
}

#[tokio::test]
async fn an_association_gives_up_its_own_entries_only() {
    let desk = desk().await;
    let (_, html) = desk.get("two", HERE).await;
    assert!(html.contains(r#"name="keep" value="a""#), "her entry may become part of the other");
    assert!(!html.contains(r#"name="keep" value="b""#), "the other list's entry may not become part of hers");
    let merge = |keep: &str| format!("one=a&other=b&keep={keep}");
    let address = format!("{HERE}/zusammengefuehrt");
    assert_eq!(desk.post("two", &address, &merge("b")).await.0, StatusCode::NOT_FOUND);
    assert_eq!(desk.post("two", &address, &merge("c")).await.0, StatusCode::BAD_REQUEST);
    assert_eq!(desk.post("three", &address, &merge("a")).await.0, StatusCode::NOT_FOUND);
    assert_eq!(
        desk.post("three", &format!("{HERE}/getrennt"), "one=a&other=b").await.0,
        StatusCode::NOT_FOUND
    );
    assert!(!desk.get("three", HERE).await.1.contains("Rat und Tat Freiburg"));
    assert_eq!(desk.store.count().await.unwrap(), 3, "nothing has happened so far");
    assert_eq!(desk.post("two", &address, &merge("a")).await.0, StatusCode::SEE_OTHER);
    let unmerge = format!("{HERE}/zusammengefuehrt/aufheben");
    assert_eq!(desk.post("one", &unmerge, "source=two&external_id=b").await.0, StatusCode::NOT_FOUND);
    assert_eq!(desk.post("two", &unmerge, "source=two&external_id=b").await.0, StatusCode::SEE_OTHER);
    for address in [HERE, "/arbeitsplatz/pruefbericht"] {
        assert_eq!(desk.get("manager", address).await.0, StatusCode::NOT_FOUND);
    }
}

#[tokio::test]
async fn the_report_names_what_to_do_and_its_table_computes_nothing() {
    let desk = desk().await;
    let (_, html) = desk.get("admin", "/arbeitsplatz/pruefbericht").await;
    for said in ["Tragen Sie eine Telefonnummer ein.", "/arbeitsplatz/stellen/c", "Dubletten entscheiden"] {
        assert!(html.contains(said), "{said}: {html}");
    }
    let (_, html) = desk.get("one", "/arbeitsplatz/pruefbericht").await;
    assert!(!html.contains("=Haus am Deich") && !html.contains("/arbeitsplatz/stellen/"));
    let (status, table) = desk.get("two", "/arbeitsplatz/pruefbericht/tabelle.csv?art=no-phone").await;
    assert_eq!(status, StatusCode::OK);
    let rows: Vec<&str> = table.lines().collect();
    assert_eq!(rows.len(), 2, "{table}");
    assert!(rows[0].starts_with("Befund,Was zu tun ist,Liste"), "{table}");
    assert!(rows[1].contains(",two,c,'=Haus am Deich,"), "{table}");
}
