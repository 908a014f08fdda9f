//! Addresses inside the site that Rust has to write; templates use `url(…)`.

use kernel::Lang;

use super::query::SearchQuery;

/// The result page for a search.
pub(crate) fn search(lang: Lang, query: &SearchQuery) -> String {
    let parameters = serde_urlencoded::to_string(query.parameters()).unwrap_or_default();
    let separator = if parameters.is_empty() { "" } else { "?" };
    format!("{}/suche{separator}{parameters}", lang.path_prefix())
}

/// The page of a centre.
pub(crate) fn centre(lang: Lang, slug: &str) -> String {
    format!("{}/stelle/{}", lang.path_prefix(), segment(slug))
}

/// Where one talks to a centre at once.
pub(crate) fn talk(lang: Lang, centre_id: &str) -> String {
    format!("{}/sprechen/{}", lang.path_prefix(), segment(centre_id))
}

/// Where an appointment for an offer is chosen.
pub(crate) fn appointment(lang: Lang, offer_id: &str) -> String {
    format!("{}/termin/{}", lang.path_prefix(), segment(offer_id))
}

/// The page of a topic.
pub(crate) fn topic(lang: Lang, id: &str) -> String {
    format!("{}/thema/{}", lang.path_prefix(), segment(id))
}

fn segment(text: &str) -> String {
    percent_encoding::utf8_percent_encode(text, percent_encoding::NON_ALPHANUMERIC)
        .to_string()
        .replace("%2D", "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_carry_the_language_and_are_encoded() {
        let query = SearchQuery::read("words=Miete%26x&place=Köln");
        assert_eq!(search(Lang::De, &query), "/suche?words=Miete%26x&place=K%C3%B6ln");
        assert_eq!(search(Lang::En, &SearchQuery::default()), "/en/suche");
        assert_eq!(centre(Lang::En, "rat-und-tat-79100"), "/en/stelle/rat-und-tat-79100");
        assert_eq!(topic(Lang::De, "a/b?c"), "/thema/a%2Fb%3Fc");
    }
}
