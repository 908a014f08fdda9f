//! What the gazetteer is made of and what it answers.

use contracts::directory::{DistrictKey, LandKey, MunicipalityKey, Postcode};

/// One row of a table of places: a postcode, or its part in one municipality.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceRow {
    /// The postcode.
    pub postcode: Postcode,
    /// Name of the town or village.
    pub name: String,
    /// The municipality it belongs to; GeoNames does not know it.
    pub municipality: Option<MunicipalityKey>,
    /// The district it belongs to.
    pub district: Option<DistrictKey>,
    /// The district's name ("Landkreis Emmendingen").
    pub district_name: Option<String>,
    /// The Land it belongs to.
    pub land: Option<LandKey>,
    /// Where the postcode area is; missing in tables without coordinates.
    pub point: Option<Point>,
}

/// A point in WGS 84 degrees.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Point {
    /// Latitude.
    pub lat: f64,
    /// Longitude.
    pub lon: f64,
}

/// A place to search around: everything responsibility and distance need.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// What was meant.
    pub kind: PlaceKind,
    /// How pages name it ("79100 Freiburg im Breisgau", "Bonn", "Ortenaukreis").
    pub name: String,
    /// What tells it apart from places of the same name ("Landkreis Bautzen, Sachsen").
    pub detail: String,
    /// A text that resolves to exactly this place; choices link with it.
    pub query: String,
    /// All postcodes of the place, ascending.
    pub postcodes: Vec<Postcode>,
    /// All municipalities meant, ascending. For a postcode all it lies in, there can be several; for a town its own
    /// where the table knows it; keys from before and after territorial reforms stand side by side.
    pub municipalities: Vec<MunicipalityKey>,
    /// All districts meant, ascending, in the same way.
    pub districts: Vec<DistrictKey>,
    /// All Länder meant, ascending.
    pub lands: Vec<LandKey>,
    /// The middle, where distances are measured from; `None` if the table has no coordinates for it.
    pub point: Option<Point>,
    /// How far the place itself stretches from its middle, in km; 0 for a single postcode.
    pub radius_km: f64,
}

/// What kind of place was meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PlaceKind {
    /// A whole postcode.
    Postcode,
    /// The first one to four digits of postcodes.
    PostcodePart,
    /// A town, village or part of a town.
    Town,
    /// A district (Kreis).
    District,
    /// A Land.
    Land,
}

/// What the gazetteer makes of a text.
#[derive(Debug, Clone, PartialEq)]
pub enum Resolution {
    /// Nothing was entered.
    None,
    /// Exactly one place is meant; `others` carry the same name but are far less likely.
    Resolved {
        /// The place.
        place: Box<Place>,
        /// Less likely places of the same name, to offer as a way out.
        others: Vec<Place>,
    },
    /// Several places are as likely; the most populous first.
    Ambiguous(Vec<Place>),
    /// No such place; similar names, best first, perhaps none.
    Unknown {
        /// Places whose names are similar.
        similar: Vec<Place>,
    },
}

/// What a table of places knows of one postcode.
#[derive(Debug, Clone, PartialEq)]
pub struct PostcodeInfo {
    /// The postcode.
    pub postcode: Postcode,
    /// Towns and villages in it, the biggest first.
    pub names: Vec<String>,
    /// Municipalities it lies in, ascending.
    pub municipalities: Vec<MunicipalityKey>,
    /// Districts it lies in, ascending.
    pub districts: Vec<DistrictKey>,
    /// Länder it lies in, ascending.
    pub lands: Vec<LandKey>,
    /// Its middle.
    pub point: Option<Point>,
}

/// A place to offer while somebody is typing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What to show ("Neustadt an der Weinstraße").
    pub label: String,
    /// What to search for; resolves to exactly this place.
    pub query: String,
    /// What tells it apart ("Landkreis Bautzen, Sachsen"); can be empty.
    pub detail: String,
}
