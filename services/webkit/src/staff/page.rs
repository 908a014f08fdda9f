//! What every staff page shows around its own content.

use axum::http::Uri;
use serde::Serialize;

use super::{Member, Need};
use crate::{
    error::PageError,
    language,
    pages::{Html, Pages, Visit},
};

/// An entry of the navigation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NavItem {
    /// Its address without the language's prefix.
    pub href: &'static str,
    /// The message that names it.
    pub text: &'static str,
    /// Who sees it.
    pub need: Need,
    /// Its place, low first.
    pub order: u8,
}

#[derive(Serialize)]
struct Frame<'a> {
    name: &'a str,
    csrf: &'a str,
    nav: Vec<FrameItem>,
}

#[derive(Serialize)]
struct FrameItem {
    href: String,
    text: &'static str,
    current: bool,
}

#[derive(Serialize)]
struct Framed<'a, C> {
    staff: Frame<'a>,
    #[serde(flatten)]
    own: &'a C,
}

/// Renders a page for a signed-in person: the context gets `staff` with her name, the form token and the navigation.
pub fn render<C: Serialize>(
    pages: &Pages,
    visit: &Visit,
    member: &impl Member,
    template: &str,
    context: &C,
) -> Result<Html, PageError> {
    let identity = member.identity();
    let mut items: Vec<_> = member.signed_in().nav().collect();
    items.sort_by_key(|item| item.order);
    let current = current(&items.iter().map(|item| item.href).collect::<Vec<_>>(), &visit.path);
    let nav = items
        .iter()
        .enumerate()
        .map(|(at, item)| FrameItem {
            href: format!("{}{}", visit.lang.path_prefix(), item.href),
            text: item.text,
            current: current == Some(at),
        })
        .collect();
    let staff = Frame { name: &identity.name, csrf: identity.form_token.expose(), nav };
    pages.render(visit, template, &Framed { staff, own: context }).map(Html)
}

/// The entry the address belongs to: the longest one that begins it.
fn current(hrefs: &[&str], path: &str) -> Option<usize> {
    let begins =
        |href: &str| path == href || path.strip_prefix(href).is_some_and(|rest| rest.starts_with('/'));
    (0..hrefs.len()).filter(|&at| begins(hrefs[at])).max_by_key(|&at| hrefs[at].len())
}

/// The message to show after a change was carried out: `?getan=CODE` looked up among the page's own codes.
pub fn done(uri: &Uri, codes: &[(&str, &'static str)]) -> Option<&'static str> {
    let code = uri.query()?.split('&').find_map(|pair| pair.strip_prefix("getan="))?;
    codes.iter().find_map(|(known, message)| (*known == code).then_some(*message))
}

/// `path` with the prefix of the language the request came in: where to redirect to.
pub fn path_in(visit: &Visit, path: &str) -> String {
    format!("{}{path}", visit.lang.path_prefix())
}

/// `sent` if it is an address of this site, else `None`: a redirect must never lead away.
///
/// Browsers drop tabs and line breaks inside addresses and read `\` as `/`, so anything but plain printable ASCII that
/// begins with exactly one slash is refused.
pub fn local_path(sent: &str) -> Option<&str> {
    let plain = sent.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'\\');
    let rest = sent.strip_prefix('/')?;
    let uri: Uri = sent.parse().ok()?;
    (plain
        && !rest.starts_with('/')
        && uri.authority().is_none()
        && !language::split(&uri).1.starts_with("//"))
    .then_some(sent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_entry_is_the_current_one() {
        let hrefs = ["/arbeitsplatz", "/arbeitsplatz/import", "/mein-konto"];
        assert_eq!(current(&hrefs, "/arbeitsplatz/import/1"), Some(1));
        assert_eq!(current(&hrefs, "/arbeitsplatz/importe"), Some(0));
        assert_eq!(current(&hrefs, "/suche"), None);
    }

    #[test]
    fn a_way_back_never_leads_away() {
        for good in ["/", "/arbeitsplatz?seite=2", "/en/mein-konto"] {
            assert_eq!(local_path(good), Some(good));
        }
        for bad in [
            "",
            "x",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/\t/evil",
            "/a b",
            "/\u{e4}",
        ] {
            assert_eq!(local_path(bad), None, "{bad:?}");
        }
    }

    #[test]
    fn only_known_codes_say_something() {
        let uri: Uri = "/x?a=1&getan=saved".parse().unwrap();
        assert_eq!(done(&uri, &[("saved", "msg-saved")]), Some("msg-saved"));
        assert_eq!(done(&uri, &[("other", "msg-other")]), None);
    }
}
