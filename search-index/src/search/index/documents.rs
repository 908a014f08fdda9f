//! The document of an offer: every term it is found by and the entry it is shown with.

use std::collections::HashSet;

use contracts::directory::{Centre, Offer};
use tantivy::{TantivyDocument, schema::Field};

use super::{
    Entry, Fields, IndexError, Reader, Reading, TermKind,
    area::area_terms,
    columns::{flags, lot},
    entry::languages,
    on_sphere, town_words,
};
use crate::search::{lexicon::Lexicon, suggest};

/// Makes documents of centres.
pub(super) struct Documents<'b> {
    pub(super) lexicon: &'b Lexicon,
    pub(super) fields: &'b Fields,
    pub(super) reader: &'b mut Reader,
}

impl Documents<'_> {
    /// The documents of a centre, one per offer; `number` is the centre's running number in the index.
    pub(super) fn of(&mut self, centre: &Centre, number: u32) -> Result<Vec<TantivyDocument>, IndexError> {
        let town = town_words(&centre.address.city);
        let mut shared = TantivyDocument::new();
        self.put(&mut shared, self.fields.centre_name, &centre.name, Reading::ProperName, &town);
        if let Some(description) = &centre.description {
            self.put(&mut shared, self.fields.description, description, Reading::Prose, &town);
        }
        shared.add_u64(self.fields.centre, u64::from(number));
        let lot = lot(&centre.id);
        #[cfg(test)]
        let lot = mutated_lot(lot, centre, number);
        shared.add_u64(self.fields.lot, lot);
        if let Some(at) = centre.coordinates {
            for (field, value) in self.fields.sphere.into_iter().zip(on_sphere(at.lat, at.lon)) {
                shared.add_f64(field, value);
            }
        }
        centre
            .offers
            .iter()
            .map(|offer| {
                let mut document = shared.clone();
                self.describe(&mut document, centre, offer, &town)?;
                Ok(document)
            })
            .collect()
    }

    fn describe(
        &mut self,
        document: &mut TantivyDocument,
        centre: &Centre,
        offer: &Offer,
        town: &HashSet<String>,
    ) -> Result<(), IndexError> {
        let fields = self.fields;
        self.put(document, fields.offer, &offer.name, Reading::Full, town);
        for text in offer.keywords.iter().chain(&offer.target_groups) {
            self.put(document, fields.keyword, text, Reading::Full, town);
        }
        if let Some(description) = &offer.description {
            self.put(document, fields.description, description, Reading::Prose, town);
        }
        for topic in &offer.topics {
            document.add_text(fields.topic, topic);
            if let Some(topic) = self.lexicon.topic(topic) {
                document.add_text(fields.keyword, TermKind::Concept.term(&topic.concept));
            }
        }
        put_languages(document, fields, centre, offer);
        for term in area_terms(&offer.areas) {
            document.add_text(fields.area, term);
        }
        for term in suggest::terms(&centre.name, &offer.name) {
            document.add_text(fields.suggestion, term);
        }
        document.add_u64(fields.flags, u64::from(flags(&offer.modes, &centre.access)));
        let entry = serde_json::to_vec(&Entry::of(centre, offer));
        let entry = entry.map_err(|error| IndexError::Damaged(format!("offer {}: {error}", offer.id)))?;
        document.add_bytes(fields.entry, &entry);
        Ok(())
    }

    fn put(
        &mut self,
        document: &mut TantivyDocument,
        field: Field,
        text: &str,
        reading: Reading,
        town: &HashSet<String>,
    ) {
        let found = self.reader.terms(text, reading, town);
        let mut terms: Vec<String> = found.into_iter().map(|found| found.term).collect();
        terms.sort_unstable();
        terms.dedup();
        for term in terms {
            document.add_text(field, term);
        }
    }
}

fn put_languages(document: &mut TantivyDocument, fields: &Fields, centre: &Centre, offer: &Offer) {
    let languages = languages(centre, offer);
    for language in &languages {
        let language = language.to_ascii_lowercase();
        let primary = primary(&language);
        document.add_text(fields.keyword, TermKind::Concept.term(&language_concept(primary)));
        document.add_text(fields.language, primary);
        if primary != language {
            document.add_text(fields.language, &language);
        }
    }
    if languages.is_empty() {
        // Where nothing else is said, counselling in Germany is in German.
        document.add_text(fields.language, "de");
    }
}

/// The concept of being counselled in a language ("türkisch").
pub(crate) fn language_concept(primary: &str) -> String {
    format!("language_{primary}")
}

/// The main language of a tag: "pt" of "pt-BR".
pub(crate) fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

#[cfg(test)]
fn mutated_lot(honest: u64, centre: &Centre, number: u32) -> u64 {
    use crate::search::rank::{Mutant, is_active};
    if is_active(Mutant::OrdersByName) {
        lot(&centre.name)
    } else if is_active(Mutant::OrdersByInsertion) {
        u64::from(number)
    } else {
        honest
    }
}
