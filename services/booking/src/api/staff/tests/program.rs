//! A program with the session of somebody.

use axum::{
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header},
};
use http_body_util::BodyExt;
use serde_json::Value;
use tower::ServiceExt;
use webkit::staff::SESSION_COOKIE;

use crate::web::desk::tests::desk::Desk;

/// What lies below the centre "a".
pub(super) const A: &str = "/api/v1/staff/centres/a";

/// What came back.
#[derive(Debug)]
pub(super) struct Reply {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) json: Value,
}

/// A request as this site's own scripts send it, before it is changed.
pub(super) fn request(who: &str, method: Method, address: &str) -> axum::http::request::Builder {
    let request = Request::builder().method(method).uri(address).header("sec-fetch-site", "same-origin");
    match who {
        "nobody" => request,
        who => request.header(header::COOKIE, format!("{SESSION_COOKIE}={who}")),
    }
}

/// Sends a request.
pub(super) async fn send(desk: &Desk, request: Request<Body>) -> Reply {
    let response = desk.router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    assert_eq!(parts.headers[header::CACHE_CONTROL], "no-store");
    let body = body.collect().await.unwrap().to_bytes();
    let json = match &body[..] {
        [] if parts.status == StatusCode::NO_CONTENT => Value::Null,
        text => serde_json::from_slice(text).unwrap_or_else(|_| panic!("no JSON: {body:?}")),
    };
    Reply { status: parts.status, headers: parts.headers, json }
}

pub(super) async fn get(desk: &Desk, who: &str, address: &str) -> Reply {
    send(desk, request(who, Method::GET, address).body(Body::empty()).unwrap()).await
}

pub(super) async fn post(desk: &Desk, who: &str, address: &str, body: &Value) -> Reply {
    let request = request(who, Method::POST, address).header(header::CONTENT_TYPE, "application/json");
    send(desk, request.body(Body::from(body.to_string())).unwrap()).await
}

/// Replaces a document over a revision.
pub(super) async fn put(desk: &Desk, who: &str, address: &str, tag: &str, body: &Value) -> Reply {
    let request = request(who, Method::PUT, address)
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::IF_MATCH, tag);
    send(desk, request.body(Body::from(body.to_string())).unwrap()).await
}

impl Reply {
    /// The body of an answer that went well.
    #[track_caller]
    pub(super) fn good(self) -> Value {
        assert!(self.status.is_success(), "{} {}", self.status, self.json);
        self.json
    }

    /// The kind of a problem, which never repeats what was sent.
    #[track_caller]
    pub(super) fn problem(&self, status: StatusCode) -> &str {
        assert_eq!(self.status, status, "{}", self.json);
        assert_eq!(self.headers[header::CONTENT_TYPE], "application/problem+json");
        assert!(!self.json.to_string().contains("geheim"), "{}", self.json);
        self.json["type"].as_str().unwrap().strip_prefix("/api/problems/").unwrap()
    }

    /// Where in the body the problem is.
    #[track_caller]
    pub(super) fn pointer(&self, status: StatusCode) -> &str {
        self.problem(status);
        self.json["pointer"].as_str().unwrap()
    }

    /// The revision of a document.
    pub(super) fn tag(&self) -> &str {
        self.headers[header::ETAG].to_str().unwrap()
    }
}
