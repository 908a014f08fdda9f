//! A centre as read, before it has an id of ours.

use std::collections::HashSet;

use contracts::directory::{Centre, Offer};
use uuid::Uuid;

/// The name space of offer ids, fixed for ever: another one would give every offer a new id.
const OFFERS: Uuid = Uuid::from_u128(0x6b1f_0c2e_5a57_4f0e_9d0b_2f6c_8e1d_4a90);

/// Whether a text can be an id of ours: a UUID in the form we write.
pub(crate) fn is_own_id(text: &str) -> bool {
    Uuid::parse_str(text).is_ok_and(|id| id.to_string() == text)
}

/// A centre as it stands in a list. It has no id and no slug until it is planned.
#[derive(Debug, Clone, PartialEq)]
pub struct CentreDraft {
    file: String,
    row: u64,
    /// `id`, `slug` and `source` are empty, and so are the ids of offers unless an export of ours is read back.
    body: Centre,
    /// What keeps an offer the same from import to import, one for each offer.
    keys: Vec<String>,
}

impl CentreDraft {
    /// A draft of the centre in `body` without its offers.
    pub(crate) fn new(file: &str, row: u64, mut body: Centre) -> Self {
        body.id.clear();
        body.slug.clear();
        body.source.clear();
        body.offers.clear();
        Self { file: file.to_owned(), row, body, keys: Vec::new() }
    }

    /// Adds an offer under its key. A key that is taken gets a number.
    pub(crate) fn add(&mut self, key: &str, offer: Offer) {
        let mut unique = key.to_owned();
        let mut again = 1;
        while self.keys.contains(&unique) {
            again += 1;
            unique = format!("{key}#{again}");
        }
        self.keys.push(unique);
        self.body.offers.push(offer);
    }

    /// The file it was read from.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// Its first row there.
    pub fn row(&self) -> u64 {
        self.row
    }

    /// Its id in the list.
    pub fn external_id(&self) -> &str {
        &self.body.external_id
    }

    /// What was read; ids, slug and source are empty.
    pub fn body(&self) -> &Centre {
        &self.body
    }

    /// Empties the ids of offers that are in `taken` already, and takes the others.
    pub(crate) fn give_up_repeated_ids(&mut self, taken: &mut HashSet<String>) {
        for offer in self.body.offers.iter_mut().filter(|offer| !offer.id.is_empty()) {
            if !taken.insert(offer.id.clone()) {
                offer.id.clear();
            }
        }
    }

    /// The finished record. Offer ids follow from the centre's id and the offers' keys, so they stay the same for ever.
    pub fn into_centre(self, id: String, slug: String, source: &str) -> Centre {
        let mut centre = self.body;
        for (offer, key) in centre.offers.iter_mut().zip(&self.keys) {
            if offer.id.is_empty() {
                offer.id = Uuid::new_v5(&OFFERS, format!("{id}\n{key}").as_bytes()).to_string();
            }
        }
        Centre { id, slug, source: source.to_owned(), ..centre }
    }
}
