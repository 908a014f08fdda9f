//! Which pages of a long list are linked.

use serde::Serialize;

/// A link to one page of results.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct PageLink {
    /// The page's number, from 1.
    pub number: usize,
    /// Its address.
    pub href: String,
    /// Whether this is the page shown.
    pub current: bool,
    /// Whether pages are left out before it.
    pub gap: bool,
}

/// The first page, the last, and those around the current one.
pub(crate) fn page_links(current: usize, last: usize, href: impl Fn(usize) -> String) -> Vec<PageLink> {
    let mut links: Vec<PageLink> = Vec::new();
    for number in 1..=last {
        if number == 1 || number == last || number.abs_diff(current) <= 1 {
            let gap = links.last().is_some_and(|before| before.number + 1 < number);
            links.push(PageLink { number, href: href(number), current: number == current, gap });
        }
    }
    links
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_and_neighbours_are_linked_and_gaps_are_marked() {
        let links = page_links(6, 12, |number| format!("?{number}"));
        let told: Vec<_> = links.iter().map(|link| (link.number, link.gap)).collect();
        assert_eq!(told, [(1, false), (5, true), (6, false), (7, false), (12, true)]);
        assert_eq!(links.iter().filter(|link| link.current).count(), 1);
        assert_eq!(page_links(1, 2, |_| String::new()).len(), 2);
    }
}
