//! Finding the very words of an entry that matched.

use std::collections::HashSet;

use tantivy::schema::Field as List;

use crate::search::{
    index::{Entry, Reader, Reading, SearchIndex, TermKind, language_concept, primary, town_words},
    model::{Field, Reason},
    query::Unit,
    rank::alternatives,
};

/// The terms of an entry, each with the words it comes from, read exactly as for the index.
pub(super) struct Texts<'i> {
    index: &'i SearchIndex,
    terms: Vec<(List, String, String)>,
}

impl<'i> Texts<'i> {
    /// Reads an entry.
    pub(super) fn new(index: &'i SearchIndex, entry: &Entry<'_>) -> Self {
        let mut texts = Self { index, terms: Vec::new() };
        let mut reader = Reader::new(index.lexicon.clone());
        let fields = &index.fields;
        let town = town_words(&entry.card.address.city);
        texts.read(&mut reader, fields.offer, &entry.card.offer_name, Reading::Full, &town);
        texts.read(&mut reader, fields.centre_name, &entry.card.centre_name, Reading::ProperName, &town);
        for text in entry.keywords.iter().chain(entry.target_groups.iter()) {
            texts.read(&mut reader, fields.keyword, text, Reading::Full, &town);
        }
        for text in &entry.descriptions {
            texts.read(&mut reader, fields.description, text, Reading::Prose, &town);
        }
        for topic in entry.card.topics.iter().filter_map(|topic| index.lexicon.topic(topic)) {
            let term = TermKind::Concept.term(&topic.concept);
            texts.terms.push((fields.keyword, term, topic.label_in("de").to_owned()));
        }
        for language in &entry.card.languages {
            let term = TermKind::Concept.term(&language_concept(primary(&language.to_ascii_lowercase())));
            texts.terms.push((fields.keyword, term, language.clone()));
        }
        texts
    }

    fn read(
        &mut self,
        reader: &mut Reader,
        list: List,
        text: &str,
        reading: Reading,
        town: &HashSet<String>,
    ) {
        let found = reader.terms(text, reading, town);
        self.terms.extend(found.into_iter().map(|f| (list, f.term, text[f.start..f.end].to_owned())));
    }

    /// Why the entry covers a unit: its best alternative that the entry has.
    pub(super) fn reason(&mut self, unit: &Unit) -> Option<Reason> {
        let found = |list: List, term: &str| {
            let known = self.terms.iter().find(|(in_list, known, _)| *in_list == list && known == term);
            known.map(|(_, _, matched)| matched.clone())
        };
        let fields = &self.index.fields;
        let strong = alternatives(fields, unit)
            .into_iter()
            .find_map(|alternative| Some((alternative.field, found(alternative.list, alternative.term)?)));
        let prose = || {
            unit.prose.iter().find_map(|term| Some((Field::Description, found(fields.description, term)?)))
        };
        let (field, matched) = strong.or_else(prose)?;
        Some(Reason { unit: unit.text.clone(), field, matched })
    }
}
