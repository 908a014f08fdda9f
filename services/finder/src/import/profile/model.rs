//! What a mapping profile says.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Pick;

/// A mapping profile.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile {
    /// The profile's name: the file name without its ending.
    #[serde(skip)]
    pub name: String,
    /// What list it is for, for people.
    pub title: String,
    /// The source that all centres of this list get; with the external id it is unique for ever.
    pub source: String,
    /// What kind of file it is.
    pub format: Format,
    /// How tables are written.
    #[serde(default)]
    pub table: Table,
    /// How rows become centres.
    #[serde(default)]
    pub rows: Rows,
    /// Translations of values by name: `[maps.topic]`. The key `*` stands for every other value.
    #[serde(default)]
    pub maps: BTreeMap<String, BTreeMap<String, String>>,
    /// Rows to leave out on purpose.
    #[serde(default)]
    pub reject: Vec<Reject>,
    /// Further files, joined to the main one by a key.
    #[serde(default)]
    pub join: Vec<Join>,
    /// Where the fields of a centre come from. Formats that carry whole centres need none.
    #[serde(default)]
    pub centre: CentreFields,
    /// Offers to make of a row, each if its condition holds.
    #[serde(default)]
    pub offer: Vec<OfferFields>,
}

/// Kinds of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// CSV, TSV or another text with delimiters; a file that is XLSX is read as such.
    Table,
    /// A spreadsheet.
    Xlsx,
    /// HSDS 3.x JSON.
    HsdsJson,
    /// BZgA XML 2.1.
    BzgaXml,
    /// Agencies as Onlineberatung platforms export them: a JSON array or a CSV.
    Onlineberatung,
}

/// How tables are written.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Table {
    /// Character set by its WHATWG label; detected when not given.
    pub encoding: Option<String>,
    /// One character, or "tab"; detected when not given.
    pub delimiter: Option<String>,
    /// Name of the sheet, or `#2` for the second; the first one when not given.
    pub sheet: Option<String>,
    /// Lines before the header.
    pub skip_lines: u64,
}

/// How rows become centres.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Rows {
    /// Rows with the same external id are offers of one centre; the first of them describes the centre.
    pub group: bool,
}

/// A condition on a row.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct When {
    /// The column looked at.
    pub column: String,
    /// The value is one of these, upper and lower case being the same.
    #[serde(default)]
    pub is: Vec<String>,
    /// The value contains one of these, upper and lower case being the same.
    #[serde(default)]
    pub contains: Vec<String>,
    /// The value is (true) or is not (false) empty.
    #[serde(default)]
    pub empty: Option<bool>,
}

/// Rows to leave out.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reject {
    /// Which.
    pub when: When,
    /// Why.
    pub reason: Reason,
}

/// A reason in both languages.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reason {
    /// In German.
    pub de: String,
    /// In English.
    pub en: String,
}

/// A further file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Join {
    /// What the profile calls it; its columns are read as `name.column`.
    pub name: String,
    /// Columns by which the file is recognised.
    pub columns: Vec<String>,
    /// The column with the key in this file.
    pub key: String,
    /// The column with the same key in the main file.
    pub to: String,
}

/// Where the fields of a centre come from.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields of contracts::directory::Centre, described there")]
pub struct CentreFields {
    /// The source written in an export of ours. Where it is the source being imported, offers keep the ids they have
    /// in `id`, so that an export read back changes nothing.
    pub own_source: Option<Pick>,
    pub external_id: Option<Pick>,
    pub name: Option<Pick>,
    pub carrier: Option<Pick>,
    pub association: Option<Pick>,
    pub description: Option<Pick>,
    pub street: Option<Pick>,
    pub address_extra: Option<Pick>,
    pub postcode: Option<Pick>,
    pub city: Option<Pick>,
    pub lat: Option<Pick>,
    pub lon: Option<Pick>,
    pub location_basis: Option<Pick>,
    pub phone: Option<Pick>,
    pub fax: Option<Pick>,
    pub email: Option<Pick>,
    pub website: Option<Pick>,
    pub opening: Option<Pick>,
    pub opening_note: Option<Pick>,
    pub opening_exceptions: Option<Pick>,
    pub wheelchair: Option<Pick>,
    pub access_facts: Option<Pick>,
    pub directions: Option<Pick>,
    pub languages: Option<Pick>,
    pub confirmed_on: Option<Pick>,
}

/// Where the fields of an offer come from.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(missing_docs, reason = "the fields of contracts::directory::Offer, described there")]
pub struct OfferFields {
    /// The condition for this offer; all of them must hold.
    pub when: Vec<When>,
    /// What keeps the offer the same from one import to the next; its place in the profile when not given.
    pub key: Option<Pick>,
    /// Our own id of the offer in an export of ours; see `own_source`.
    pub id: Option<Pick>,
    pub name: Option<Pick>,
    pub description: Option<Pick>,
    pub topics: Option<Pick>,
    pub leika: Option<Pick>,
    pub target_groups: Option<Pick>,
    pub keywords: Option<Pick>,
    pub languages: Option<Pick>,
    pub modes: Option<Pick>,
    pub link: Option<Pick>,
    pub areas: AreaFields,
}

/// Where the areas of an offer come from; all that are given count.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct AreaFields {
    /// Postcodes and ranges in one text: `79100-79112;80437;`.
    pub postcode_ranges: Option<Pick>,
    /// Ranges in the rows of a joined file.
    pub joined_ranges: Option<JoinedRanges>,
    /// Keys of municipalities, eight digits (twelve for a regional key).
    pub municipalities: Option<Pick>,
    /// Keys of districts, five digits.
    pub districts: Option<Pick>,
    /// Keys or names of Länder.
    pub lands: Option<Pick>,
    /// A yes word means all of Germany.
    pub nationwide: Option<Pick>,
}

/// Ranges of postcodes in the rows of a joined file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct JoinedRanges {
    /// Name of the join.
    pub join: String,
    /// Column with the first postcode.
    pub first: String,
    /// Column with the last one.
    pub last: String,
}

impl CentreFields {
    /// Every field that is given, with its key.
    pub(crate) fn picks(&self) -> impl Iterator<Item = (&'static str, &Pick)> {
        [
            ("own_source", &self.own_source),
            ("external_id", &self.external_id),
            ("name", &self.name),
            ("carrier", &self.carrier),
            ("association", &self.association),
            ("description", &self.description),
            ("street", &self.street),
            ("address_extra", &self.address_extra),
            ("postcode", &self.postcode),
            ("city", &self.city),
            ("lat", &self.lat),
            ("lon", &self.lon),
            ("location_basis", &self.location_basis),
            ("phone", &self.phone),
            ("fax", &self.fax),
            ("email", &self.email),
            ("website", &self.website),
            ("opening", &self.opening),
            ("opening_note", &self.opening_note),
            ("opening_exceptions", &self.opening_exceptions),
            ("wheelchair", &self.wheelchair),
            ("access_facts", &self.access_facts),
            ("directions", &self.directions),
            ("languages", &self.languages),
            ("confirmed_on", &self.confirmed_on),
        ]
        .into_iter()
        .filter_map(|(key, pick)| Some((key, pick.as_ref()?)))
    }
}

impl OfferFields {
    /// Every field that is given, with its key.
    pub(crate) fn picks(&self) -> impl Iterator<Item = (&'static str, &Pick)> {
        [
            ("key", &self.key),
            ("id", &self.id),
            ("name", &self.name),
            ("description", &self.description),
            ("topics", &self.topics),
            ("leika", &self.leika),
            ("target_groups", &self.target_groups),
            ("keywords", &self.keywords),
            ("languages", &self.languages),
            ("modes", &self.modes),
            ("link", &self.link),
            ("areas.postcode_ranges", &self.areas.postcode_ranges),
            ("areas.municipalities", &self.areas.municipalities),
            ("areas.districts", &self.areas.districts),
            ("areas.lands", &self.areas.lands),
            ("areas.nationwide", &self.areas.nationwide),
        ]
        .into_iter()
        .filter_map(|(key, pick)| Some((key, pick.as_ref()?)))
    }
}
