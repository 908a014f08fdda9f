//! A centre and what it offers.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::{Access, Area, OpeningHours, Postcode};

/// A counselling centre: one address, one or more offers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Centre {
    /// Our own id, given once and never reused.
    pub id: String,
    /// The list the record came from ("caritas", "demo"); with `external_id` it is unique.
    pub source: String,
    /// The record's id in that list.
    pub external_id: String,
    /// The last segment of the centre's address (`/stelle/{slug}`); unique, kept when the name changes.
    pub slug: String,
    /// The centre's name.
    pub name: String,
    /// The body that runs the centre (Träger).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub carrier: Option<String>,
    /// The umbrella association the carrier belongs to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub association: Option<String>,
    /// What the centre says of itself, plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Where it is.
    pub address: Address,
    /// Where it is on the map; `None` when neither given nor derivable from the postcode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coordinates: Option<Coordinates>,
    /// How to reach it.
    #[serde(default)]
    pub contacts: Contacts,
    /// When it is open.
    #[serde(default)]
    pub opening: OpeningHours,
    /// Who can get in.
    #[serde(default)]
    pub access: Access,
    /// Languages of counselling at every offer, as BCP 47 tags ("de", "tr", "ar", "dgs" for German sign language).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// When somebody last confirmed that the entry is true.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmed_on: Option<Date>,
    /// What it offers; a centre without an offer is not listed.
    pub offers: Vec<Offer>,
}

/// A postal address in Germany.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Address {
    /// Street and number; `None` for centres that keep it secret or work online only.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub street: Option<String>,
    /// Second line ("Hinterhaus, 2. Stock").
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extra: Option<String>,
    /// Postcode.
    pub postcode: Postcode,
    /// Town.
    pub city: String,
}

/// A point on the map in WGS 84 degrees.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Coordinates {
    /// Latitude, 47 to 55.1 in Germany.
    pub lat: f64,
    /// Longitude, 5.8 to 15.1 in Germany.
    pub lon: f64,
    /// How exact the point is.
    #[serde(default)]
    pub basis: LocationBasis,
}

/// Where a coordinate comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LocationBasis {
    /// Given by the source or set by hand: the building.
    #[default]
    Given,
    /// Derived from the postcode: within a few kilometres.
    Postcode,
}

/// Ways to reach a centre.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Contacts {
    /// Phone number as it is to be read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub phone: Option<String>,
    /// Fax number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fax: Option<String>,
    /// Mail address of the centre.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// Web page, `https:` or `http:`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub website: Option<String>,
}

/// Something a centre offers to people with a certain need.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Offer {
    /// Our own id, given once; unique across all centres.
    pub id: String,
    /// The offer's name ("Schuldner- und Insolvenzberatung").
    pub name: String,
    /// What it is, plain text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Topics, as ids of the taxonomy ("debt", "addiction", "homelessness").
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub topics: Vec<String>,
    /// Key of the service in the national catalogue (LeiKa), 14 digits, carried as data.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leika: Option<String>,
    /// Whom it is for ("Angehörige", "Frauen").
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub target_groups: Vec<String>,
    /// Keywords the centre wants to be found by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub keywords: Vec<String>,
    /// Languages of this offer beyond the centre's.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// Ways it takes place.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub modes: Vec<Mode>,
    /// Whose residents it is responsible for; empty when the source does not say.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub areas: Vec<Area>,
    /// Page of the offer elsewhere, `https:` or `http:`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// How counselling takes place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// At the centre.
    InPerson,
    /// By phone.
    Phone,
    /// By video.
    Video,
    /// By chat or mail.
    Chat,
}

impl Mode {
    /// All modes, in the order pages show them.
    pub const ALL: [Mode; 4] = [Mode::InPerson, Mode::Phone, Mode::Video, Mode::Chat];

    /// The mode as it stands in addresses and files ("in_person").
    pub const fn code(self) -> &'static str {
        match self {
            Mode::InPerson => "in_person",
            Mode::Phone => "phone",
            Mode::Video => "video",
            Mode::Chat => "chat",
        }
    }

    /// The mode with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.code() == code)
    }
}
