//! Where the page that sent a request is from. Browsers say so themselves, and no page can forge it.

use axum::http::{HeaderMap, Uri, header};

/// What the browser sent as `Origin`, if it is a text.
pub fn origin(headers: &HeaderMap) -> Option<&str> {
    text(headers, header::ORIGIN)
}

/// Whether `Origin` names the host the request went to.
pub fn names_host(headers: &HeaderMap) -> bool {
    let (Some(origin), Some(host)) = (origin(headers), text(headers, header::HOST)) else { return false };
    origin.parse::<Uri>().is_ok_and(|origin| {
        matches!(origin.scheme_str(), Some("http" | "https"))
            && origin.authority().is_some_and(|authority| authority.as_str().eq_ignore_ascii_case(host))
    })
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name).and_then(|value| value.to_str().ok())
}
