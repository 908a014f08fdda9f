//! The guard, the rights and the forms together, on a router of their own.

use std::sync::Arc;

use async_trait::async_trait;
use axum::{
    Router,
    body::Body,
    http::{Request, StatusCode, header},
    middleware,
    response::Response,
};
use contracts::staff::{Grant, SessionsUnavailable, StaffIdentity, StaffSessions};
use kernel::Secret;
use serde::Deserialize;
use tower::ServiceExt;

use super::*;

/// The cookie's value says the grants: "admin", "dhs@", "c1!" or "c1".
struct Spoken;

#[async_trait]
impl StaffSessions for Spoken {
    async fn identify(&self, cookie: &Secret<String>) -> Result<Option<StaffIdentity>, SessionsUnavailable> {
        let grant = match cookie.expose().as_str() {
            "down" => return Err(SessionsUnavailable),
            "ended" => return Ok(None),
            "admin" => Grant::Administrator,
            text if text.ends_with('@') => Grant::AssociationAdministrator(text.trim_end_matches('@').into()),
            text if text.ends_with('!') => Grant::CentreManager(text.trim_end_matches('!').into()),
            text => Grant::Counsellor(text.into()),
        };
        Ok(Some(StaffIdentity {
            person_id: "p".into(),
            session_id: "s".into(),
            name: "Test".into(),
            grants: vec![grant],
            authenticated_at: "2026-11-22T08:00:00Z".parse().unwrap(),
            form_token: Secret::new("token".into()),
        }))
    }
}

#[derive(Deserialize)]
struct Days {
    #[serde(default)]
    day: Vec<String>,
}

fn router() -> Router {
    let routes = StaffRoutes::<()>::new()
        .get("/any", Need::SignedIn, |_: SignedIn| async { "any" })
        .get("/admin", Need::Administrator, |_: AdminSession| async { "admin" })
        .get("/import/{source}", Need::Importer, import)
        .get("/centre/{centre}", Need::CentreEditor, |session: CentreSession| async move {
            session.centre_id().to_owned()
        })
        .post("/days", Need::SignedIn, |_: SignedIn, StaffForm(days): StaffForm<Days>| async move {
            days.day.join("+")
        })
        .get("/api/any", Need::SignedIn, |_: SignedIn| async { "any" })
        .put("/api/days", Need::SignedIn, |_: SignedIn, StaffJson(days): StaffJson<Days>| async move {
            days.day.join("+")
        });
    let gate = Gate::new(Arc::new(Spoken), Vec::new());
    routes.into_router().forms.layer(middleware::from_fn_with_state(gate, guard))
}

async fn import(
    session: ImportSession,
    axum::extract::Path(source): axum::extract::Path<String>,
) -> Result<&'static str, crate::error::PageError> {
    if session.may_import(&source) { Ok("import") } else { Err(crate::error::PageError::NotFound) }
}

async fn send(request: Request<Body>) -> Response {
    router().oneshot(request).await.unwrap()
}

async fn get(path: &str, cookie: &str) -> Response {
    let cookie = format!("other=1; {SESSION_COOKIE}={cookie}");
    send(Request::get(path).header(header::COOKIE, cookie).body(Body::empty()).unwrap()).await
}

async fn post(cookie: &str, site: &str, body: &'static str) -> Response {
    let request = Request::post("/days")
        .header(header::COOKIE, format!("{SESSION_COOKIE}={cookie}"))
        .header("sec-fetch-site", site)
        .body(Body::from(body))
        .unwrap();
    send(request).await
}

#[tokio::test]
async fn every_right_opens_its_own_doors_only() {
    for (cookie, open) in [
        ("admin", &["/any", "/admin", "/import/dhs", "/import/bagw", "/centre/c1", "/centre/c2"][..]),
        ("dhs@", &["/any", "/import/dhs"]),
        ("c1!", &["/any", "/centre/c1"]),
        ("c1", &["/any"]),
    ] {
        for path in ["/any", "/admin", "/import/dhs", "/import/bagw", "/centre/c1", "/centre/c2"] {
            let expected = if open.contains(&path) { StatusCode::OK } else { StatusCode::NOT_FOUND };
            assert_eq!(get(path, cookie).await.status(), expected, "{cookie} at {path}");
        }
    }
}

#[tokio::test]
async fn who_is_not_signed_in_is_led_to_the_sign_in_and_back() {
    let response = get("/centre/c1?seite=2", "ended").await;
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    assert_eq!(response.headers()[header::LOCATION], "/anmelden?weiter=%2Fcentre%2Fc1%3Fseite%3D2");
    assert_eq!(get("/any", "down").await.status(), StatusCode::SERVICE_UNAVAILABLE);
    assert_eq!(post("ended", "same-origin", "csrf=token").await.status(), StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_form_needs_its_own_page_and_its_own_session() {
    let good = post("c1", "same-origin", "day=mo&csrf=token&day=di").await;
    assert_eq!(good.status(), StatusCode::OK);
    assert_eq!(axum::body::to_bytes(good.into_body(), 100).await.unwrap(), "mo+di");
    assert_eq!(post("c1", "cross-site", "day=mo&csrf=token").await.status(), StatusCode::FORBIDDEN);
    assert_eq!(post("c1", "same-origin", "day=mo&csrf=wrong").await.status(), StatusCode::FORBIDDEN);
    assert_eq!(post("c1", "same-origin", "day=mo").await.status(), StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn a_program_sends_json_from_here_and_is_never_led_to_a_page() {
    assert_eq!(get("/api/any", "c1").await.status(), StatusCode::OK);
    assert_eq!(get("/api/any", "ended").await.status(), StatusCode::UNAUTHORIZED);
    let put = |cookie: &str, headers: &[(&'static str, &'static str)], body: &'static str| {
        let mut request =
            Request::put("/api/days").header(header::COOKIE, format!("{SESSION_COOKIE}={cookie}"));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        send(request.body(Body::from(body)).unwrap())
    };
    let (site, kind) = (("sec-fetch-site", "same-origin"), ("content-type", "application/json"));
    let days = r#"{"day":["mo","di"]}"#;
    let good = put("c1", &[site, ("content-type", "Application/JSON; charset=utf-8")], days).await;
    assert_eq!(good.status(), StatusCode::OK);
    let own = [("origin", "https://a.example"), ("host", "a.example"), kind];
    assert_eq!(put("c1", &own, days).await.status(), StatusCode::OK);
    for (cookie, headers, body, status) in [
        ("c1", &[("sec-fetch-site", "cross-site"), kind][..], days, StatusCode::FORBIDDEN),
        (
            "c1",
            &[("origin", "https://evil.example"), ("host", "a.example"), kind],
            days,
            StatusCode::FORBIDDEN,
        ),
        ("c1", &[kind], days, StatusCode::FORBIDDEN),
        ("c1", &[site], days, StatusCode::UNSUPPORTED_MEDIA_TYPE),
        ("c1", &[site, ("content-type", "text/plain")], days, StatusCode::UNSUPPORTED_MEDIA_TYPE),
        (
            "c1",
            &[site, ("content-type", "application/x-www-form-urlencoded")],
            "csrf=token",
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
        ),
        ("c1", &[site, kind], "csrf=token", StatusCode::BAD_REQUEST),
        ("ended", &[site, kind], days, StatusCode::UNAUTHORIZED),
        ("down", &[site, kind], days, StatusCode::SERVICE_UNAVAILABLE),
    ] {
        assert_eq!(put(cookie, headers, body).await.status(), status, "{cookie} {headers:?} {body}");
    }
}

#[tokio::test]
async fn staff_answers_stay_out_of_caches() {
    let response = get("/any", "c1").await;
    assert_eq!(response.headers()[header::CACHE_CONTROL], "no-store");
    assert_eq!(response.headers()[header::REFERRER_POLICY], "same-origin");
}
