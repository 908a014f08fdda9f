//! `GET /robots.txt`: what is about centres may be found by search engines, what somebody searched for may not.

use kernel::Lang;

/// Every language's result page is left out; everything else is open.
pub(super) async fn get() -> String {
    let closed = Lang::SHIPPED.iter().map(|lang| format!("Disallow: {}/suche\n", lang.path_prefix()));
    std::iter::once(String::from("User-agent: *\n")).chain(closed).collect()
}

#[cfg(test)]
mod tests {
    #[tokio::test]
    async fn result_pages_are_closed_in_every_language_and_nothing_else_is() {
        assert_eq!(super::get().await, "User-agent: *\nDisallow: /suche\nDisallow: /en/suche\n");
    }
}
