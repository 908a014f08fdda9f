//! The fields a column can fill.

use serde::{Deserialize, Serialize};

/// The part of a profile a field belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// `[centre]`
    Centre,
    /// `[[offer]]`
    Offer,
    /// `[offer.areas]`
    Areas,
}

macro_rules! targets {
    ($($(#[doc = $doc:literal])+ $variant:ident $code:literal = $part:ident $key:literal, joined $join:literal;)+) => {
        /// A field that a column of a list can fill.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub enum Target {
            $($(#[doc = $doc])+ #[serde(rename = $code)] $variant,)+
        }

        impl Target {
            /// All of them, in the order of a centre's page.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The code in forms and message ids.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$variant => $code,)+ }
            }

            /// Where it stands in a profile.
            pub const fn place(self) -> (Part, &'static str) {
                match self { $(Self::$variant => (Part::$part, $key),)+ }
            }

            /// What stands between the values when several columns fill it; empty when only one can.
            pub(super) const fn joined_with(self) -> &'static str {
                match self { $(Self::$variant => $join,)+ }
            }
        }
    };
}

targets! {
    /// The centre's id in the list.
    ExternalId "external-id" = Centre "external_id", joined "|";
    /// The centre's name.
    Name "name" = Centre "name", joined " ";
    /// Who runs it.
    Carrier "carrier" = Centre "carrier", joined "";
    /// The umbrella association.
    Association "association" = Centre "association", joined "";
    /// What it says of itself.
    Description "description" = Centre "description", joined "\n\n";
    /// Street and number.
    Street "street" = Centre "street", joined " ";
    /// More of the address.
    AddressExtra "address-extra" = Centre "address_extra", joined ", ";
    /// The postcode.
    Postcode "postcode" = Centre "postcode", joined "";
    /// The town.
    City "city" = Centre "city", joined "";
    /// The latitude.
    Lat "lat" = Centre "lat", joined "";
    /// The longitude.
    Lon "lon" = Centre "lon", joined "";
    /// The phone number.
    Phone "phone" = Centre "phone", joined " ";
    /// The fax number.
    Fax "fax" = Centre "fax", joined " ";
    /// The mail address.
    Email "email" = Centre "email", joined "";
    /// The web address.
    Website "website" = Centre "website", joined "";
    /// Opening hours.
    Opening "opening" = Centre "opening", joined "; ";
    /// A note about them.
    OpeningNote "opening-note" = Centre "opening_note", joined " ";
    /// Exceptions from them.
    OpeningExceptions "opening-exceptions" = Centre "opening_exceptions", joined "";
    /// Access with a wheelchair.
    Wheelchair "wheelchair" = Centre "wheelchair", joined "";
    /// Other facts about access.
    AccessFacts "access-facts" = Centre "access_facts", joined ";";
    /// The way there.
    Directions "directions" = Centre "directions", joined "\n\n";
    /// Languages spoken.
    Languages "languages" = Centre "languages", joined ";";
    /// The day the entry was last confirmed.
    ConfirmedOn "confirmed-on" = Centre "confirmed_on", joined "";
    /// The offer's name.
    OfferName "offer-name" = Offer "name", joined " ";
    /// What the offer is about.
    OfferDescription "offer-description" = Offer "description", joined "\n\n";
    /// Its topics.
    Topics "topics" = Offer "topics", joined ";";
    /// Its LeiKa id.
    Leika "leika" = Offer "leika", joined "";
    /// Whom it is for.
    TargetGroups "target-groups" = Offer "target_groups", joined ";";
    /// Words it is found by.
    Keywords "keywords" = Offer "keywords", joined ";";
    /// Ways of counselling.
    Modes "modes" = Offer "modes", joined ";";
    /// Where it continues elsewhere.
    Link "link" = Offer "link", joined "";
    /// Postcodes and ranges it answers for.
    PostcodeRanges "postcode-ranges" = Areas "postcode_ranges", joined ";";
    /// Municipalities it answers for.
    Municipalities "municipalities" = Areas "municipalities", joined ";";
    /// Districts it answers for.
    Districts "districts" = Areas "districts", joined ";";
    /// Länder it answers for.
    Lands "lands" = Areas "lands", joined ";";
    /// Whether it answers for all of Germany.
    Nationwide "nationwide" = Areas "nationwide", joined "";
}

impl Target {
    /// The field of this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|target| target.code() == code)
    }

    /// Whether its values are lists that a character parts.
    pub const fn is_list(self) -> bool {
        matches!(
            self,
            Self::AccessFacts
                | Self::Languages
                | Self::Topics
                | Self::TargetGroups
                | Self::Keywords
                | Self::Modes
                | Self::Municipalities
                | Self::Districts
                | Self::Lands
        )
    }

    /// Whether its values come from a closed set, so that translating them makes sense.
    pub const fn is_translated(self) -> bool {
        matches!(self, Self::Topics | Self::Modes)
    }
}
