//! The routes with a real store and index behind them, a fixed clock, and the shell around them.

use std::{collections::HashMap, num::NonZeroU32, sync::Arc};

use async_trait::async_trait;
use axum::{
    Router,
    body::Body,
    http::{Request, Response, StatusCode, Uri, header},
};
use contracts::booking::{FreeTimes, FreeTimesUnavailable, NextFree, OpenDoors, OpenDoorsUnavailable};
use http_body_util::BodyExt;
use jiff::Timestamp;
use kernel::{FixedClock, Lang};
use search_index::Lexicon;
use tempfile::TempDir;
use tower::ServiceExt;
use webkit::limits::{Limits, Policy};

use super::pages::{full_site, pages};
use crate::{
    app::{AppState, Parts},
    live::Live,
    store::{self, ImportChange, ImportRun, Stamp, Store},
    web::samples,
};

/// A finder with a directory of two centres; it goes with its folder.
struct Finder {
    router: Router,
    store: Arc<dyn Store>,
    _folder: TempDir,
}

async fn finder() -> Finder {
    finder_beside(None).await
}

async fn finder_beside(booking: Option<Arc<Diary>>) -> Finder {
    let folder = tempfile::tempdir().unwrap();
    let store = store::open(&format!("sqlite:{}", folder.path().join("finder.db").display())).await.unwrap();
    let near = samples::centre();
    let mut far = samples::centre();
    (far.id, far.external_id) = ("0193a1b2-0000-7000-8000-000000000002".into(), "2".into());
    (far.slug, far.name) = ("haus-am-deich-emden".into(), "Haus am Deich".into());
    (far.address.postcode, far.address.city) = ("26721".parse().unwrap(), "Emden".into());
    far.coordinates = None;
    for (offer, id) in far.offers.iter_mut().zip(["o3", "o4"]) {
        (offer.id, offer.areas) = (id.into(), vec![]);
    }
    let now = "2026-11-23T09:00:00Z".parse().unwrap();
    let actor = contracts::staff::Actor::console();
    let run = ImportRun::new("run".into(), "demo".into(), "test".into(), actor, now);
    let change = ImportChange::new(0, run, vec![near, far]);
    store.apply_import(&change).await.unwrap();
    let live = Live::new(store.clone(), Lexicon::bundled(), folder.path().join("index"));
    live.catch_up().await.unwrap();
    let site = full_site();
    let pages = pages(&site);
    let clock = Arc::new(FixedClock::at(now));
    let policy = Policy { per_second: NonZeroU32::new(1000).unwrap(), trusted_proxies: vec![] };
    let limits = Limits::new(policy, clock.clone());
    let app = AppState::new(Parts {
        store: store.clone(),
        live,
        pages: pages.clone(),
        site,
        clock,
        ids: Arc::new(kernel::RandomIds),
        data: folder.path().to_owned(),
        child: crate::import::xlsx::test_reader(),
    });
    let app = match booking {
        Some(booking) => app.with_free_times(booking.clone()).with_open_doors(booking),
        None => app,
    };
    let routes = webkit::language::in_languages(&crate::web::routes(), &Lang::ALL).with_state(app);
    let router = webkit::serve::shell(routes, axum::Router::new(), pages, limits);
    Finder { router, store, _folder: folder }
}

impl Finder {
    async fn get(&self, address: &str) -> Response<Body> {
        let request = Request::get(address).body(Body::empty()).unwrap();
        self.router.clone().oneshot(request).await.unwrap()
    }

    async fn page(&self, address: &str) -> (StatusCode, String) {
        let response = self.get(address).await;
        let status = response.status();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        (status, String::from_utf8(body.to_vec()).unwrap().replace(['\u{2068}', '\u{2069}'], ""))
    }
}

#[tokio::test]
async fn a_need_and_a_place_lead_to_the_responsible_centre_and_on_to_its_page() {
    let finder = finder().await;
    let (status, html) = finder.page("/suche?words=Schulden&place=79100").await;
    assert_eq!(status, StatusCode::OK);
    assert!(html.contains("zuständig für 79100"), "{html}");
    let at = |text: &str| html.find(text).unwrap_or_else(|| panic!("{text} is not on the page"));
    assert!(at("Rat und Tat Freiburg") < at("Haus am Deich"), "the responsible centre comes first");
    assert!(html.contains("href=\"/stelle/rat-und-tat-freiburg\""));
    let (status, html) = finder.page("/stelle/rat-und-tat-freiburg").await;
    assert_eq!(status, StatusCode::OK);
    assert!(html.contains("Jetzt geöffnet, bis 12:30 Uhr"), "ten in the morning in Germany");
    assert!(html.contains("href=\"tel:+497611234567\""));
}

/// A booking service with free times at the centre that fits less, one that is down, and one that never answers.
enum Diary {
    Free,
    Down,
    Silent,
}

#[async_trait]
impl FreeTimes for Diary {
    async fn next_free(&self, offers: &[String]) -> Result<HashMap<String, NextFree>, FreeTimesUnavailable> {
        match self {
            Self::Free => {
                let start = "2026-11-30T08:00:00Z".parse().unwrap();
                let free = |offer: &String| (offer.clone(), NextFree { start, modes: Vec::new() });
                Ok(offers.iter().filter(|offer| *offer == "o3" || *offer == "o4").map(free).collect())
            }
            Self::Down => Err(FreeTimesUnavailable),
            Self::Silent => std::future::pending().await,
        }
    }
}

#[async_trait]
impl OpenDoors for Diary {
    async fn open(&self, centre_id: &str) -> Result<Option<Timestamp>, OpenDoorsUnavailable> {
        match self {
            Self::Free => {
                let far = centre_id.ends_with("0002");
                Ok(far.then(|| "2026-11-23T10:00:00Z".parse().unwrap()))
            }
            Self::Down => Err(OpenDoorsUnavailable),
            Self::Silent => std::future::pending().await,
        }
    }
}

#[tokio::test]
async fn the_way_to_talk_at_once_stands_on_the_page_of_a_centre_that_is_open_for_it() {
    for diary in [Diary::Free, Diary::Down, Diary::Silent] {
        let open = matches!(diary, Diary::Free);
        let finder = finder_beside(Some(Arc::new(diary))).await;
        for (prefix, words) in
            [("", "Jetzt chatten, ohne Termin"), ("/en", "Chat now, without an appointment")]
        {
            let href = format!("href=\"{prefix}/sprechen/0193a1b2-0000-7000-8000-000000000002\"");
            let (_, html) = finder.page(&format!("{prefix}/stelle/haus-am-deich-emden")).await;
            assert_eq!((html.contains(words), html.contains(&href)), (open, open), "{html}");
        }
        let (_, other) = finder.page("/stelle/rat-und-tat-freiburg").await;
        assert!(!other.contains("/sprechen/"), "its hour is not on");
    }
}

#[tokio::test]
async fn a_free_appointment_is_named_and_moves_no_hit() {
    let order = |html: &str| -> Vec<usize> {
        ["Rat und Tat Freiburg", "Haus am Deich"].iter().map(|name| html.find(name).unwrap()).collect()
    };
    for diary in [Diary::Free, Diary::Down, Diary::Silent] {
        let free = matches!(diary, Diary::Free);
        let finder = finder_beside(Some(Arc::new(diary))).await;
        let (status, html) = finder.page("/suche?words=Schulden&place=79100").await;
        assert_eq!(status, StatusCode::OK);
        assert!(order(&html).is_sorted(), "the responsible centre stays first");
        assert_eq!(html.contains("Nächster freier Termin: Montag, 30. November, 9:00 Uhr"), free, "{html}");
        assert_eq!(html.contains("href=\"/termin/o"), free);
        let (_, centre) = finder.page("/en/stelle/haus-am-deich-emden").await;
        assert_eq!(centre.contains("Next free appointment: Monday, 30 November, 9:00"), free, "{centre}");
        let (_, other) = finder.page("/stelle/rat-und-tat-freiburg").await;
        assert!(!other.contains("/termin/"), "nothing is offered that cannot be booked");
    }
}

#[tokio::test]
async fn the_address_of_an_absorbed_centre_leads_to_the_one_it_is_part_of() {
    let finder = finder().await;
    let one = samples::centre();
    let stamp = |id: &str| Stamp {
        id: id.into(),
        actor: contracts::staff::Actor::console(),
        at: "2026-11-23T09:00:00Z".parse().unwrap(),
    };
    let absorbed = "0193a1b2-0000-7000-8000-000000000002";
    finder.store.merge(&one.id, absorbed, &stamp("merge")).await.unwrap();
    for prefix in ["", "/en"] {
        let old = finder.get(&format!("{prefix}/stelle/haus-am-deich-emden")).await;
        // Not for ever: unmerging gives the address back.
        assert_eq!(old.status(), StatusCode::TEMPORARY_REDIRECT);
        let to = old.headers()[header::LOCATION].to_str().unwrap();
        assert_eq!(to, format!("{prefix}/stelle/rat-und-tat-freiburg"));
        let (status, html) = finder.page(to).await;
        assert!(status == StatusCode::OK && html.contains("Rat und Tat Freiburg"), "{html}");
    }
    let card = finder.page("/stelle/haus-am-deich-emden/kontakt.vcf").await;
    assert!(card.0 == StatusCode::OK && card.1.contains("Rat und Tat Freiburg"), "{}", card.1);
    finder.store.unmerge("demo", "2", &stamp("unmerge")).await.unwrap();
    assert_eq!(finder.page("/stelle/haus-am-deich-emden").await.0, StatusCode::OK);
}

#[tokio::test]
async fn the_same_search_works_in_english_and_keeps_the_input() {
    let finder = finder().await;
    let (status, html) = finder.page("/en/suche?words=debt&place=79100&wheelchair=true").await;
    assert_eq!(status, StatusCode::OK);
    assert!(html.contains("responsible for 79100"), "{html}");
    assert!(html.contains("value=\"debt\"") && html.contains("value=\"79100\""));
    assert!(html.contains("href=\"/en/stelle/rat-und-tat-freiburg\""));
    assert!(
        html.contains("href=\"/suche?words=debt&amp;place=79100&amp;wheelchair=true\""),
        "language menu keeps it"
    );
}

#[tokio::test]
async fn a_topic_asks_only_for_the_place() {
    let finder = finder().await;
    let (status, html) = finder.page("/thema/debt").await;
    assert_eq!(status, StatusCode::OK);
    assert!(html.contains("name=\"topic\" value=\"debt\""));
    let (status, html) = finder.page("/suche?topic=debt&place=79100").await;
    assert_eq!(status, StatusCode::OK);
    assert!(html.contains("Rat und Tat Freiburg"));
    assert_eq!(finder.get("/thema/gibt-es-nicht").await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_unknown_centre_is_a_404_that_helps_on() {
    let finder = finder().await;
    let (status, html) = finder.page("/stelle/gibt-es-nicht").await;
    assert_eq!(status, StatusCode::NOT_FOUND);
    assert!(html.contains("id=\"search-words\"") && html.contains("tel:112"), "{html}");
}

#[tokio::test]
async fn the_contact_is_a_download_with_a_neutral_name() {
    let finder = finder().await;
    let response = finder.get("/stelle/rat-und-tat-freiburg/kontakt.vcf").await;
    assert_eq!(response.headers()[header::CONTENT_TYPE], "text/vcard; charset=utf-8");
    assert_eq!(response.headers()[header::CONTENT_DISPOSITION], "attachment; filename=\"kontakt.vcf\"");
    assert_eq!(finder.get("/stelle/gibt-es-nicht/kontakt.vcf").await.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn leaving_goes_at_once_to_the_neutral_page_and_clears_what_can_be_cleared() {
    let finder = finder().await;
    for address in ["/weg", "/en/weg"] {
        let response = finder.get(address).await;
        assert_eq!(response.status(), StatusCode::SEE_OTHER);
        assert_eq!(response.headers()[header::LOCATION], full_site().exit_url);
        assert_eq!(response.headers()["clear-site-data"], "\"cache\", \"cookies\", \"storage\"");
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
    }
}

#[tokio::test]
async fn pages_set_no_cookie_and_are_not_stored() {
    let finder = finder().await;
    for address in ["/", "/suche?words=Sucht", "/stelle/rat-und-tat-freiburg", "/krise", "/nirgends"] {
        let response = finder.get(address).await;
        assert!(!response.headers().contains_key(header::SET_COOKIE), "{address}");
        assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store", "{address}");
        assert_eq!(response.headers()[header::REFERRER_POLICY], "no-referrer", "{address}");
    }
}

#[tokio::test]
async fn every_plain_page_answers_in_every_language() {
    let finder = finder().await;
    for lang in Lang::ALL {
        for path in
            ["", "/suche", "/krise", "/hilfe", "/spuren", "/datenschutz", "/impressum", "/barrierefreiheit"]
        {
            let address = format!("{}{path}", lang.path_prefix());
            let address = if address.is_empty() { "/" } else { &address };
            assert_eq!(finder.get(address).await.status(), StatusCode::OK, "{address}");
        }
    }
}

#[tokio::test]
async fn a_post_is_refused_with_a_page() {
    let finder = finder().await;
    let request = Request::post("/suche").body(Body::empty()).unwrap();
    let response = finder.router.clone().oneshot(request).await.unwrap();
    assert_eq!(response.status(), StatusCode::METHOD_NOT_ALLOWED);
    assert!(response.headers()[header::CONTENT_TYPE].to_str().unwrap().starts_with("text/html"));
}

#[tokio::test]
async fn hostile_addresses_are_answered_without_a_fault_of_ours() {
    let finder = finder().await;
    let long_word = "x".repeat(7_000);
    let hostile = [
        "/suche?words=%00%01%02&place=%00".to_owned(),
        "/suche?words=%E2%80%AE%E2%81%A6abc&place=%E2%80%AE00197".to_owned(),
        "/suche?words=%FF%FE&place=M%FCnchen".to_owned(),
        "/suche?words=%&place=%ZZ".to_owned(),
        "/suche?words=%27%22%3Cscript%3E&place=%5B%5D%28%29*%3F".to_owned(),
        "/suche?words=a%20AND%20b%20OR%20%28c%20NOT&place=79100".to_owned(),
        "/suche?words=Schulden&place=79100&page=99999999999999999999".to_owned(),
        "/suche?words=Schulden&place=79100&page=10000".to_owned(),
        "/suche?words=Schulden&place=79100&page=-1&radius_km=NaN&mode=&mode=x&topic=%00".to_owned(),
        "/suche?words=Schulden&words=Sucht&place=79100&place=Bonn".to_owned(),
        "/suche?&&&==&=&words".to_owned(),
        "/suche?words=%F0%9F%98%80%F0%9F%98%80&place=%F0%9F%8F%A0".to_owned(),
        format!("/suche?words={long_word}"),
        format!("/suche?{}", "words=a&".repeat(900)),
        "/stelle/%00".to_owned(),
        "/stelle/%FF".to_owned(),
        "/stelle/..%2F..%2Fetc%2Fpasswd".to_owned(),
        "/stelle/%27%20OR%201%3D1--".to_owned(),
        "/thema/%FF".to_owned(),
        "/thema/%00".to_owned(),
        "/en/suche?words=%00".to_owned(),
        "/ar-x-pseudo/stelle/%E2%80%AE".to_owned(),
    ];
    for address in hostile {
        let status = finder.get(&address).await.status();
        assert!(!status.is_server_error(), "{status} for {:.80}", address);
    }
}

#[tokio::test]
async fn too_long_an_address_gets_a_page_that_says_so() {
    let finder = finder().await;
    let (status, html) = finder.page(&format!("/suche?words={}", "x".repeat(20_000))).await;
    assert_eq!(status, StatusCode::URI_TOO_LONG);
    assert!(html.contains("Der Text ist zu lang"), "{html}");
    // Ten megabytes never become an address: the parser under every server refuses them before we see them.
    assert!(format!("/suche?words={}", "x".repeat(10_000_000)).parse::<Uri>().is_err());
}

#[tokio::test]
async fn json_ld_on_the_page_is_valid_and_names_the_centre() {
    let finder = finder().await;
    let (_, html) = finder.page("/stelle/rat-und-tat-freiburg").await;
    let block =
        super::scan::between(&html, "<script type=\"application/ld+json\">", "</script>").next().unwrap();
    let document: serde_json::Value = serde_json::from_str(block).unwrap();
    assert_eq!(document["name"], "Rat und Tat Freiburg");
    assert_eq!(document["address"]["postalCode"], "79100");
}
