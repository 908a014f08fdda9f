//! Whether a socket is opened by one of our own pages. Browsers send `Origin` with every socket and let no page forge it.

use axum::http::HeaderMap;
use webkit::origin::{names_host, origin};

/// Whether `Origin` is the site's own address, or names the host the request went to.
pub(super) fn is_own(headers: &HeaderMap, base_url: &str) -> bool {
    let is_base = |origin: &str| !base_url.is_empty() && origin.eq_ignore_ascii_case(base_url);
    origin(headers).is_some_and(is_base) || names_host(headers)
}

#[cfg(test)]
mod tests {
    use axum::http::header;

    use super::*;

    fn headers(origin: &str) -> HeaderMap {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, "a.example".parse().unwrap());
        if !origin.is_empty() {
            headers.insert(header::ORIGIN, origin.parse().unwrap());
        }
        headers
    }

    #[test]
    fn only_our_own_pages_open_sockets() {
        for (origin, is_ours) in [
            ("https://a.example", true),
            ("http://A.example", true),
            ("https://hilfe.example", true),
            ("https://a.example:8443", false),
            ("https://a.example.evil.example", false),
            ("https://evil.example", false),
            ("wss://a.example", false),
            ("a.example", false),
            ("null", false),
            ("", false),
        ] {
            assert_eq!(is_own(&headers(origin), "https://hilfe.example"), is_ours, "{origin}");
        }
        assert!(!is_own(&headers("https://hilfe.example"), ""));
        assert!(!is_own(&headers(""), ""), "no address of its own is not the address nobody sent");
    }
}
