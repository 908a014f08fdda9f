//! What all pages about one centre have in common: its name, whether it is listed, the way between its pages.

use contracts::directory::Centre;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;
use webkit::{pages::Visit, staff::path_in};

use super::{around::Around, section::Section};
use crate::layers::{Composed, Standing};

/// The common part.
#[derive(Debug, Serialize)]
pub(super) struct Head {
    pub(super) name: String,
    /// Postcode and town.
    pub(super) place: String,
    /// The overview's address; the others stand below it.
    pub(super) href: String,
    /// The list's address.
    list: String,
    pub(super) standing: StandingView,
    tabs: Vec<Tab>,
}

/// Whether seekers see the centre.
#[derive(Debug, Serialize)]
pub(super) struct StandingView {
    text: &'static str,
    kind: &'static str,
}

#[derive(Debug, Serialize)]
struct Tab {
    href: String,
    text: String,
    current: bool,
    count: Option<usize>,
}

impl Head {
    /// For the page of a section; `None` for the overview and others.
    pub(super) fn new(
        id: &str,
        composed: &Composed,
        current: Option<Section>,
        visit: &Visit,
        around: &Around<'_>,
    ) -> Self {
        let centre = &composed.centre;
        let href = path_in(visit, &path(id, ""));
        let tab = |section: Section| Tab {
            href: path_in(visit, &path(id, section.tail())),
            text: around.word(section.title()),
            current: current == Some(section),
            count: (section == Section::Offers).then_some(centre.offers.len()),
        };
        Self {
            name: centre.name.clone(),
            place: place(centre),
            href,
            list: path_in(visit, "/arbeitsplatz/stellen"),
            standing: standing(composed.standing),
            tabs: Section::ALL.into_iter().map(tab).collect(),
        }
    }
}

/// Postcode and town.
fn place(centre: &Centre) -> String {
    format!("{} {}", centre.address.postcode, centre.address.city)
}

/// A standing in a word.
pub(super) const fn standing(standing: Standing) -> StandingView {
    match standing {
        Standing::Listed => StandingView { text: "desk-centre-standing-listed", kind: "good" },
        Standing::Withdrawn => StandingView { text: "desk-centre-standing-withdrawn", kind: "off" },
        Standing::Gone => StandingView { text: "desk-centre-standing-gone", kind: "warn" },
    }
}

/// The address of a page about a centre, without the language's prefix.
pub(super) fn path(centre: &str, tail: &str) -> String {
    let separator = if tail.is_empty() { "" } else { "/" };
    format!("/arbeitsplatz/stellen/{}{separator}{tail}", segment(centre))
}

/// An id as it stands in an address.
pub(super) fn segment(id: &str) -> String {
    utf8_percent_encode(id, NON_ALPHANUMERIC).to_string().replace("%2D", "-")
}
