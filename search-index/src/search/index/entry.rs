//! What the index keeps of an offer to show it and to say why it is a hit.

use std::borrow::Cow;

use contracts::directory::{Area, Centre, Offer};
use serde::{Deserialize, Serialize};

use crate::search::model::{Card, OtherOffer};

/// The stored part of a document.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Entry<'a> {
    /// What a hit shows.
    pub(crate) card: Card,
    /// The offer's keywords as written.
    pub(crate) keywords: Cow<'a, [String]>,
    /// Its target groups as written.
    pub(crate) target_groups: Cow<'a, [String]>,
    /// Its areas.
    pub(crate) areas: Cow<'a, [Area]>,
    /// The offer's description, then the centre's.
    pub(crate) descriptions: Vec<Cow<'a, str>>,
}

/// Longer descriptions are cut for the index; their end has never decided what a centre does.
pub(crate) const MAX_DESCRIPTION_CHARS: usize = 4_000;

impl<'a> Entry<'a> {
    /// The entry of one offer of a centre.
    pub(crate) fn of(centre: &'a Centre, offer: &'a Offer) -> Self {
        Self {
            card: card(centre, offer),
            keywords: Cow::Borrowed(&offer.keywords),
            target_groups: Cow::Borrowed(&offer.target_groups),
            areas: Cow::Borrowed(&offer.areas),
            descriptions: [&offer.description, &centre.description]
                .into_iter()
                .flatten()
                .map(|text| Cow::Borrowed(beginning(text)))
                .collect(),
        }
    }
}

fn beginning(text: &str) -> &str {
    text.char_indices().nth(MAX_DESCRIPTION_CHARS).map_or(text, |(end, _)| &text[..end])
}

fn card(centre: &Centre, offer: &Offer) -> Card {
    Card {
        centre_id: centre.id.clone(),
        source: centre.source.clone(),
        external_id: centre.external_id.clone(),
        slug: centre.slug.clone(),
        centre_name: centre.name.clone(),
        carrier: centre.carrier.clone(),
        address: centre.address.clone(),
        coordinates: centre.coordinates,
        contacts: centre.contacts.clone(),
        opening: centre.opening.clone(),
        access: centre.access.clone(),
        offer_id: offer.id.clone(),
        offer_name: offer.name.clone(),
        topics: offer.topics.clone(),
        modes: offer.modes.clone(),
        languages: languages(centre, offer),
        link: offer.link.clone(),
        areas_known: !offer.areas.is_empty(),
        other_offers: centre
            .offers
            .iter()
            .filter(|other| other.id != offer.id)
            .map(|other| OtherOffer { id: other.id.clone(), name: other.name.clone() })
            .collect(),
    }
}

/// The centre's and the offer's languages, without repetition.
pub(crate) fn languages(centre: &Centre, offer: &Offer) -> Vec<String> {
    let mut languages: Vec<String> = Vec::new();
    for language in centre.languages.iter().chain(&offer.languages) {
        if !languages.contains(language) {
            languages.push(language.clone());
        }
    }
    languages
}
