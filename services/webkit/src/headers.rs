//! Headers every answer carries: nothing is stored, nothing leaks to other origins.

use std::convert::Infallible;

use axum::{
    extract::Request,
    http::{HeaderMap, HeaderName, HeaderValue, header},
    middleware::Next,
    response::{IntoResponseParts, Response, ResponseParts},
};

const CSP: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data: blob:; connect-src 'self'; \
                   form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

const POLICY: HeaderName = HeaderName::from_static("permissions-policy");

/// On pages of conversations one may be seen and heard and show one's screen; nowhere else anything asks for it.
const CALLING: &str = "camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=(), usb=(), browsing-topics=()";

/// What a page adds to its answer, when people can be seen and heard on it.
#[derive(Debug, Clone, Copy)]
pub struct Calling;

impl IntoResponseParts for Calling {
    type Error = Infallible;

    fn into_response_parts(self, mut parts: ResponseParts) -> Result<ResponseParts, Infallible> {
        parts.extensions_mut().insert(self);
        Ok(parts)
    }
}

const ALWAYS: [(HeaderName, &str); 9] = [
    (header::CONTENT_SECURITY_POLICY, CSP),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::STRICT_TRANSPORT_SECURITY, "max-age=31536000; includeSubDomains"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (
        POLICY,
        "camera=(), microphone=(), display-capture=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    ),
    (HeaderName::from_static("x-robots-tag"), "noarchive"),
];

/// Middleware: sets the headers, and `no-store` unless the answer says how it may be cached.
pub async fn set(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let is_calling = response.extensions().get::<Calling>().is_some();
    complete(response.headers_mut());
    if is_calling {
        response.headers_mut().insert(POLICY, HeaderValue::from_static(CALLING));
    }
    response
}

fn complete(headers: &mut HeaderMap) {
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
}
