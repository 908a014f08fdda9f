//! The language of a request: the first segment of its path.

use axum::{Extension, Router, extract::Request, http::Uri, response::Redirect, routing::get};
use kernel::Lang;

/// Mounts the same routes once for each language: German without a prefix, the others under theirs.
///
/// Handlers read the language as `Extension<Lang>`. A prefix followed by a lone slash leads to the start page, too.
pub fn in_languages<S>(routes: &Router<S>, langs: &[Lang]) -> Router<S>
where
    S: Clone + Send + Sync + 'static,
{
    langs.iter().fold(Router::new(), |all, &lang| {
        let localised = routes.clone().layer(Extension(lang));
        match lang.path_prefix() {
            "" => all.merge(localised),
            prefix => all.nest(prefix, localised).route(
                &format!("{prefix}/"),
                get(move |uri: Uri| async move {
                    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
                    Redirect::permanent(&format!("{prefix}{query}"))
                }),
            ),
        }
    })
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
    use super::*;

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
