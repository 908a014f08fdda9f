//! A hit as JSON.

use search_index::search;
use serde::Serialize;
use utoipa::ToSchema;

use super::rounded_km;

/// A centre found, with its best offer.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Hit {
    /// Our id of the centre.
    centre_id: String,
    /// Its name.
    centre_name: String,
    /// Our id of the best offer.
    offer_id: String,
    /// The offer's name.
    offer_name: String,
    /// Last segment of the centre's page, `/stelle/{slug}`.
    slug: String,
    /// Whether the offer is responsible for (part of) the place; false without a place.
    responsible: bool,
    /// Distance from the middle of the place in km; null without a place or coordinates.
    distance_km: Option<f64>,
    /// How many units of the query are covered: content concepts of the words, and the place.
    covered_units: u32,
    /// How many units the query has.
    query_units: u32,
    /// Why the centre is a hit, in the order of the units.
    reasons: Vec<Reason>,
    /// What else the centre offers.
    other_offers: Vec<OtherOffer>,
    /// Topic ids of the offer, see `/api/v1/topics`.
    topics: Vec<String>,
    /// Ways of counselling: in_person, phone, video, chat.
    modes: Vec<&'static str>,
    /// Languages of counselling as BCP 47 tags.
    languages: Vec<String>,
    /// Phone number as it is to be read.
    phone: Option<String>,
    /// Street and number, and the second line if there is one.
    address: Option<String>,
    /// Postcode of the address.
    postcode: String,
    /// Town of the address.
    city: String,
    /// The centre's id in the list it came from.
    external_id: String,
    /// That list.
    source: String,
}

/// Why a centre is a hit.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct Reason {
    /// The part of the query: words as they were sent, the place by its name.
    unit: String,
    /// Where it matched: offer, centre_name, keyword, topic, description, area or distance.
    field: &'static str,
    /// What matched there: a name, a keyword, an area, or the distance in whole km.
    matched: String,
}

/// Another offer of the same centre.
#[derive(Debug, Serialize, ToSchema)]
pub(super) struct OtherOffer {
    /// Its id.
    offer_id: String,
    /// Its name.
    offer_name: String,
}

impl From<search::Hit> for Hit {
    fn from(hit: search::Hit) -> Self {
        let search::Hit { card, responsible, distance_km, covered_units, query_units, reasons } = hit;
        let lines = [card.address.street, card.address.extra];
        let address = lines.into_iter().flatten().collect::<Vec<_>>().join(", ");
        Self {
            centre_id: card.centre_id,
            centre_name: card.centre_name,
            offer_id: card.offer_id,
            offer_name: card.offer_name,
            slug: card.slug,
            responsible,
            distance_km: distance_km.map(rounded_km),
            covered_units,
            query_units,
            reasons: reasons.into_iter().map(Reason::from).collect(),
            other_offers: card
                .other_offers
                .into_iter()
                .map(|other| OtherOffer { offer_id: other.id, offer_name: other.name })
                .collect(),
            topics: card.topics,
            modes: card.modes.into_iter().map(|mode| mode.code()).collect(),
            languages: card.languages,
            phone: card.contacts.phone,
            address: Some(address).filter(|address| !address.is_empty()),
            postcode: card.address.postcode.to_string(),
            city: card.address.city,
            external_id: card.external_id,
            source: card.source,
        }
    }
}

impl From<search::Reason> for Reason {
    fn from(reason: search::Reason) -> Self {
        Self { unit: reason.unit, field: field_code(reason.field), matched: reason.matched }
    }
}

const fn field_code(field: search::Field) -> &'static str {
    match field {
        search::Field::Description => "description",
        search::Field::Topic => "topic",
        search::Field::Keyword => "keyword",
        search::Field::CentreName => "centre_name",
        search::Field::Offer => "offer",
        search::Field::Distance => "distance",
        search::Field::Area => "area",
    }
}
