//! The language of a request: the first segment of its path.

use axum::{Extension, Router, extract::Request, http::Uri, response::Redirect, routing::get};
use kernel::Lang;

/// The prefix somebody may expect German to have, as the other languages do.
const GERMAN: &str = "/de";

/// Mounts the same routes once for each language: German without a prefix, the others under theirs.
///
/// Handlers read the language as `Extension<Lang>`.
pub fn below_prefixes<S>(routes: &Router<S>, langs: &[Lang]) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    langs.iter().fold(Router::new(), |all, &lang| {
        let localised = routes.clone().layer(Extension(lang));
        match lang.path_prefix() {
            "" => all.merge(localised),
            prefix => all.nest(prefix, localised),
        }
    })
}

/// The same for all pages of a site, once.
///
/// A prefix followed by a lone slash leads to the start page, too, and the prefix German does not have leads to the
/// address without it.
pub fn in_languages<S>(routes: &Router<S>, langs: &[Lang]) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    langs.iter().fold(below_prefixes(routes, langs), |all, &lang| match lang.path_prefix() {
        "" => [GERMAN.to_owned(), format!("{GERMAN}/"), format!("{GERMAN}/{{*rest}}")]
            .iter()
            .fold(all, |all, path| all.route(path, get(without_prefix))),
        prefix => all.route(
            &format!("{prefix}/"),
            get(move |uri: Uri| async move {
                let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
                Redirect::permanent(&format!("{prefix}{query}"))
            }),
        ),
    })
}

/// `/de/suche?words=…` is `/suche?words=…`.
async fn without_prefix(uri: Uri) -> Redirect {
    let rest = uri.path().strip_prefix(GERMAN).unwrap_or_default();
    // What begins with two slashes would be another site.
    let rest = rest.trim_start_matches(['/', '\\']);
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    Redirect::permanent(&format!("/{rest}{query}"))
}

/// The language an address belongs to and the address without its language.
pub fn split(uri: &Uri) -> (Lang, &str) {
    let path = uri.path();
    Lang::ALL
        .into_iter()
        .filter(|lang| !lang.path_prefix().is_empty())
        .find_map(|lang| {
            let rest = path.strip_prefix(lang.path_prefix())?;
            match rest {
                "" => Some((lang, "/")),
                _ if rest.starts_with('/') => Some((lang, rest)),
                _ => None,
            }
        })
        .unwrap_or((Lang::De, path))
}

/// The language a request came in.
pub fn of(request: &Request) -> Lang {
    split(request.uri()).0
}

#[cfg(test)]
mod tests {
    use axum::{
        body::Body,
        http::{self, StatusCode, header},
    };
    use tower::ServiceExt;

    use super::*;

    #[tokio::test]
    async fn a_german_prefix_leads_to_the_address_without_it_and_never_to_another_site() {
        let routes: Router = Router::new().route("/suche", get(async || "here"));
        let router = in_languages(&routes, &[Lang::De, Lang::En]);
        for (address, expected) in [
            ("/de", "/"),
            ("/de/", "/"),
            ("/de/suche?words=Miete%20%26", "/suche?words=Miete%20%26"),
            ("/de//evil.example/x", "/evil.example/x"),
            ("/de/\\evil.example", "/evil.example"),
        ] {
            let request = http::Request::get(address).body(Body::empty()).unwrap();
            let response = router.clone().oneshot(request).await.unwrap();
            assert_eq!(response.status(), StatusCode::PERMANENT_REDIRECT, "{address}");
            assert_eq!(response.headers()[header::LOCATION], expected, "{address}");
        }
    }

    #[test]
    fn the_first_segment_names_the_language() {
        for (path, expected) in [
            ("/", (Lang::De, "/")),
            ("/suche?words=en", (Lang::De, "/suche")),
            ("/en", (Lang::En, "/")),
            ("/en/", (Lang::En, "/")),
            ("/en/suche", (Lang::En, "/suche")),
            ("/energie", (Lang::De, "/energie")),
            ("/ar-x-pseudo/hilfe", (Lang::PseudoRtl, "/hilfe")),
        ] {
            assert_eq!(split(&path.parse().unwrap()), expected, "{path}");
        }
    }
}
