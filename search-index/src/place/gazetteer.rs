//! The table of places, ready to be asked.

use std::{collections::HashMap, sync::Arc};

use contracts::directory::{DistrictKey, LandKey, MunicipalityKey, Postcode};

use super::{
    PlaceRow, Point, PostcodeInfo, build, bundled, lands,
    lands::DistrictSort,
    names::{Entry, Id, NameIndex},
};

/// All places of a table, immutable; share it in an [`Arc`].
#[derive(Debug)]
pub struct Gazetteer {
    /// Ascending by postcode.
    pub(super) postcodes: Vec<PostcodeInfo>,
    pub(super) entries: Vec<Entry>,
    pub(super) names: NameIndex,
    /// Folded names in other languages and abbreviations, with the text they stand for.
    pub(super) aliases: HashMap<Box<str>, &'static str>,
    pub(super) districts: HashMap<DistrictKey, (String, DistrictSort)>,
    pub(super) municipalities: HashMap<MunicipalityKey, Id>,
    /// Towns with a point, the biggest first.
    pub(super) by_size: Vec<(Id, Point)>,
    pub(super) attribution: &'static str,
}

impl Gazetteer {
    /// Builds a gazetteer of a table's rows. A postcode may have many rows, one for each town; rows without coordinates
    /// leave their postcode without a point. Names in other languages and parts of towns come from the data of this
    /// crate, as far as they name places of the table.
    pub fn from_rows(rows: Vec<PlaceRow>) -> Self {
        build::gazetteer(rows, "")
    }

    /// The table that comes with the program, read at the first call.
    pub fn bundled() -> Arc<Self> {
        bundled::gazetteer()
    }

    /// Whose data this is, to be shown on pages; empty for a table the operator brought.
    pub fn attribution(&self) -> &str {
        self.attribution
    }

    /// Everything known of a postcode; `None` if the table does not have it.
    pub fn postcode(&self, postcode: Postcode) -> Option<&PostcodeInfo> {
        let at = self.postcodes.binary_search_by_key(&postcode, |info| info.postcode).ok()?;
        self.postcodes.get(at)
    }

    /// The middle of a postcode.
    pub fn postcode_point(&self, postcode: Postcode) -> Option<Point> {
        self.postcode(postcode)?.point
    }

    /// Whether the table has the postcode.
    pub fn contains(&self, postcode: Postcode) -> bool {
        self.postcode(postcode).is_some()
    }

    /// All postcodes, ascending.
    pub fn postcodes(&self) -> impl Iterator<Item = &PostcodeInfo> {
        self.postcodes.iter()
    }

    /// How pages name a district ("Landkreis Emmendingen", "Ortenaukreis", "Stadt Ulm").
    pub fn district_name(&self, key: DistrictKey) -> Option<&str> {
        self.districts.get(&key).map(|(name, _)| name.as_str()).or_else(|| bundled::district_name(key))
    }

    /// The name of a municipality.
    pub fn municipality_name(&self, key: MunicipalityKey) -> Option<&str> {
        self.municipalities.get(&key).map(|id| self.entry(*id).name.as_str())
    }

    /// The name of a Land.
    pub fn land_name(&self, key: LandKey) -> Option<&'static str> {
        lands::land_name(key)
    }

    pub(super) fn entry(&self, id: Id) -> &Entry {
        &self.entries[id as usize]
    }
}
