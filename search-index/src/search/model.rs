//! What a search is asked and what it answers.

use contracts::directory::{Access, Address, Contacts, Coordinates, Mode, OpeningHours};
use serde::{Deserialize, Serialize};

use crate::place::Place;

/// A search.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// What the person typed, untouched. It is only ever tokenised, never parsed as a query.
    pub words: &'a str,
    /// Where to search: empty for everywhere, several when a name is ambiguous (each centre counts with the place that
    /// suits it best).
    pub places: &'a [Place],
    /// What to leave out.
    pub filters: &'a Filters,
    /// How many centres to skip.
    pub offset: usize,
    /// How many centres to answer at most.
    pub limit: usize,
}

/// Conditions a hit must meet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filters {
    /// Topic id of the taxonomy.
    pub topic: Option<String>,
    /// Any of these modes; empty means all.
    pub modes: Vec<Mode>,
    /// Language of counselling (BCP 47).
    pub language: Option<String>,
    /// Only where a wheelchair gets in, fully or with help.
    pub wheelchair: bool,
    /// Only centres at most this far from the place, in km.
    pub radius_km: Option<f64>,
}

/// The answer to a search.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer {
    /// How many centres are hits in all.
    pub total: usize,
    /// How many of them are responsible for the place or within reach of it.
    pub near: usize,
    /// Whether any hit is responsible for the place; false also when no place was given.
    pub any_responsible: bool,
    /// What was searched for, as units: each content concept of the words, then the place.
    pub units: Vec<String>,
    /// The hits asked for, best first.
    pub hits: Vec<Hit>,
    /// Centres near the place or responsible for it that match none of the words; at most ten, only on the first page.
    pub other_help: Vec<Hit>,
}

/// A centre found, with its best offer.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// What to show of it.
    pub card: Card,
    /// Whether the offer is responsible for (part of) the place.
    pub responsible: bool,
    /// Distance from the middle of the place in km; `None` without a place or without coordinates.
    pub distance_km: Option<f64>,
    /// How many units of the query it covers.
    pub covered_units: u32,
    /// How many units the query has.
    pub query_units: u32,
    /// Why it is here, one reason for each covered unit, in the order of the units.
    pub reasons: Vec<Reason>,
}

/// Why a centre is a hit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// The part of the query, as it was typed.
    pub unit: String,
    /// Where it matched.
    pub field: Field,
    /// What matched there, as it stands in the entry ("Schuldnerberatung", "79100–79117", "12").
    pub matched: String,
}

/// Where a unit matched; the order is the order of ranking, weakest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Field {
    /// In the description only; counts only when nothing matches better anywhere.
    Description,
    /// By the topic of the offer: the query is a special case of it.
    Topic,
    /// In the list of keywords.
    Keyword,
    /// In the name of the centre.
    CentreName,
    /// In the name of the offer.
    Offer,
    /// The place lies within reach; `matched` is the distance in whole km.
    Distance,
    /// The place lies in the offer's area; `matched` is the area.
    Area,
}

/// What a hit shows, stored in the index beside the offer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Card {
    /// Our id of the centre.
    pub centre_id: String,
    /// The list the centre came from.
    pub source: String,
    /// Its id there.
    pub external_id: String,
    /// Last segment of its page.
    pub slug: String,
    /// Its name.
    pub centre_name: String,
    /// The body that runs it.
    pub carrier: Option<String>,
    /// Its address.
    pub address: Address,
    /// Where it is.
    pub coordinates: Option<Coordinates>,
    /// How to reach it.
    pub contacts: Contacts,
    /// When it is open.
    pub opening: OpeningHours,
    /// Who can get in.
    pub access: Access,
    /// Id of the best offer.
    pub offer_id: String,
    /// Its name.
    pub offer_name: String,
    /// Its topics.
    pub topics: Vec<String>,
    /// Its modes.
    pub modes: Vec<Mode>,
    /// Languages of counselling: the centre's and the offer's, without repetition.
    pub languages: Vec<String>,
    /// Its page elsewhere.
    pub link: Option<String>,
    /// What else the centre offers.
    pub other_offers: Vec<OtherOffer>,
    /// Whether the source says whom the offer is responsible for. Where it does not, nobody can be told "not for you".
    pub areas_known: bool,
}

/// Another offer of the same centre.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OtherOffer {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
}
