//! Named places and the index of their names.

use std::collections::HashMap;

use contracts::directory::{DistrictKey, LandKey, MunicipalityKey, Postcode};

use super::{
    PlaceKind,
    fold::{self, Word},
    similar::Spellings,
};

/// Position of a named place in the gazetteer.
pub(super) type Id = u32;

/// A place with a name: a town, a part of one, a district, a Land.
#[derive(Debug)]
pub(super) struct Entry {
    pub(super) kind: PlaceKind,
    pub(super) name: String,
    /// The town a part of a town belongs to.
    pub(super) part_of: Option<String>,
    /// Other names in full ("Budyšin", "Berlin-Kreuzberg").
    pub(super) alternates: Vec<String>,
    /// The name's folded words; of a district without "Landkreis".
    pub(super) words: Vec<Word>,
    /// Digits that tell it from all places of the same name.
    pub(super) region: String,
    pub(super) municipality: Option<MunicipalityKey>,
    pub(super) district: Option<DistrictKey>,
    pub(super) land: Option<LandKey>,
    /// Ascending, not empty.
    pub(super) postcodes: Vec<Postcode>,
}

impl Entry {
    /// How big it is; the number of postcodes stands in for the number of people.
    pub(super) fn weight(&self) -> usize {
        self.postcodes.len()
    }
}

/// From what was typed to the places it can mean.
#[derive(Debug, Default)]
pub(super) struct NameIndex {
    exact: HashMap<Box<str>, Vec<Id>>,
    first: HashMap<Box<str>, Vec<Id>>,
    inner: HashMap<Box<str>, Vec<Id>>,
    /// Every key with its place, ascending, for beginnings of names.
    sorted: Vec<(Box<str>, Id)>,
    /// Keys and first words, for misspelt ones.
    pub(super) spellings: Spellings,
}

impl NameIndex {
    /// Indexes all names; `aliases` are names that only spelling correction has to know of.
    pub(super) fn build<'a>(entries: &[Entry], aliases: impl Iterator<Item = &'a str>) -> Self {
        let mut index = Self::default();
        for (id, entry) in (0..).zip(entries) {
            index.add(id, entry);
        }
        index.sorted.sort_unstable();
        index.sorted.dedup();
        let mut known: HashMap<&str, usize> = HashMap::new();
        for (key, ids) in index.exact.iter().chain(&index.first) {
            let weight: usize = ids.iter().map(|id| entries[*id as usize].weight()).sum();
            let known = known.entry(key).or_default();
            *known = weight.max(*known);
        }
        for alias in aliases {
            known.entry(alias).or_insert(1);
        }
        index.spellings = Spellings::new(known.into_iter());
        index
    }

    /// Places whose name has this key.
    pub(super) fn exact(&self, key: &str) -> &[Id] {
        self.exact.get(key).map_or(&[], Vec::as_slice)
    }

    /// Places whose name has several words and begins with this one.
    pub(super) fn beginning_with_word(&self, word: &str) -> &[Id] {
        self.first.get(word).map_or(&[], Vec::as_slice)
    }

    /// Places whose name has this word, but not first.
    pub(super) fn with_inner_word(&self, word: &str) -> &[Id] {
        self.inner.get(word).map_or(&[], Vec::as_slice)
    }

    /// Keys beginning with these letters, with their places.
    pub(super) fn beginning_with(&self, prefix: &str) -> &[(Box<str>, Id)] {
        let start = self.sorted.partition_point(|(key, _)| &**key < prefix);
        let length = self.sorted[start..].partition_point(|(key, _)| key.starts_with(prefix));
        &self.sorted[start..start + length]
    }

    fn add(&mut self, id: Id, entry: &Entry) {
        self.add_key(&fold::key(&entry.words), id);
        for name in entry.alternates.iter().chain((entry.kind == PlaceKind::District).then_some(&entry.name))
        {
            self.add_key(&fold::key(&fold::words(name)), id);
        }
        let core = fold::core(&entry.words);
        if let Some((first, rest)) = core.split_first().filter(|(_, rest)| !rest.is_empty()) {
            self.first.entry(first.loose.as_str().into()).or_default().push(id);
            for word in rest.iter().filter(|word| word.loose.chars().count() > 2) {
                let ids = self.inner.entry(word.loose.as_str().into()).or_default();
                if ids.last() != Some(&id) {
                    ids.push(id);
                }
                self.sorted.push((word.loose.as_str().into(), id));
            }
        }
    }

    fn add_key(&mut self, key: &str, id: Id) {
        if key.is_empty() {
            return;
        }
        let ids = self.exact.entry(key.into()).or_default();
        if ids.last() != Some(&id) {
            ids.push(id);
        }
        self.sorted.push((key.into(), id));
    }
}
