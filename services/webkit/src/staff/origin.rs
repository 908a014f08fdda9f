//! Whether a request that changes something comes from our own pages.

use axum::http::HeaderMap;

use crate::origin::names_host;

/// Whether the browser says that one of our own pages sent the request.
///
/// `Sec-Fetch-Site` is what browsers since 2023 send and no page can forge. Older ones send `Origin`, which must name the
/// host the request went to. A request with neither is refused: every browser sends one of them with a POST.
pub(super) fn is_own(headers: &HeaderMap) -> bool {
    if let Some(site) = headers.get("sec-fetch-site") {
        return site == "same-origin";
    }
    names_host(headers)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    #[test]
    fn only_our_own_pages_may_change_something() {
        for (sent, own) in [
            (&[("sec-fetch-site", "same-origin")][..], true),
            (&[("sec-fetch-site", "same-site")], false),
            (
                &[("sec-fetch-site", "cross-site"), ("origin", "https://a.example"), ("host", "a.example")],
                false,
            ),
            (&[("sec-fetch-site", "none")], false),
            (&[("origin", "https://a.example"), ("host", "a.example")], true),
            (&[("origin", "http://localhost:8080"), ("host", "localhost:8080")], true),
            (&[("origin", "https://a.example.evil.example"), ("host", "a.example")], false),
            (&[("origin", "https://a.example:8443"), ("host", "a.example")], false),
            (&[("origin", "null"), ("host", "a.example")], false),
            (&[("host", "a.example")], false),
            (&[], false),
        ] {
            assert_eq!(is_own(&headers(sent)), own, "{sent:?}");
        }
    }
}
