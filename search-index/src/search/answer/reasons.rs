//! Finding the very words of an entry that matched.

use std::collections::HashSet;

use tantivy::schema::Field as List;

use crate::search::{
    index::{Entry, Reader, Reading, SearchIndex, TermKind, language_concept, primary, town_words},
    model::Reason,
    query::Unit,
    rank::{Alternative, alternatives, in_prose},
};

/// The terms of an entry, each with the words it comes from, read exactly as for the index; a field is only read when a
/// reason may stand in it.
pub(super) struct Texts<'i, 'e> {
    index: &'i SearchIndex,
    entry: &'e Entry<'e>,
    town: HashSet<String>,
    read: Vec<List>,
    terms: Vec<(List, String, String)>,
}

impl<'i, 'e> Texts<'i, 'e> {
    /// The texts of an entry, not read yet.
    pub(super) fn new(index: &'i SearchIndex, entry: &'e Entry<'e>) -> Self {
        let town = town_words(&entry.card.address.city);
        Self { index, entry, town, read: Vec::new(), terms: Vec::new() }
    }

    /// Why the entry covers a unit: its best alternative that the entry has.
    pub(super) fn reason(&mut self, reader: &mut Reader, unit: &Unit) -> Option<Reason> {
        let fields = &self.index.fields;
        for Alternative { field, list, term, .. } in
            alternatives(fields, unit).into_iter().chain(in_prose(fields, unit))
        {
            if let Some(matched) = self.find(reader, list, term) {
                return Some(Reason { unit: unit.text.clone(), field, matched });
            }
        }
        None
    }

    fn find(&mut self, reader: &mut Reader, list: List, term: &str) -> Option<String> {
        if !self.read.contains(&list) {
            self.read.push(list);
            self.read_list(reader, list);
        }
        let found = self.terms.iter().find(|(in_list, known, _)| *in_list == list && known == term);
        found.map(|(_, _, matched)| matched.clone())
    }

    fn read_list(&mut self, reader: &mut Reader, list: List) {
        let (entry, fields) = (self.entry, &self.index.fields);
        if list == fields.offer {
            self.read_text(reader, list, &entry.card.offer_name, Reading::Full);
        } else if list == fields.centre_name {
            self.read_text(reader, list, &entry.card.centre_name, Reading::ProperName);
        } else if list == fields.keyword {
            for text in entry.keywords.iter().chain(entry.target_groups.iter()) {
                self.read_text(reader, list, text, Reading::Full);
            }
            self.read_codes(list);
        } else {
            for text in &entry.descriptions {
                self.read_text(reader, list, text, Reading::Prose);
            }
        }
    }

    fn read_text(&mut self, reader: &mut Reader, list: List, text: &str, reading: Reading) {
        let found = reader.terms(text, reading, &self.town);
        self.terms.extend(found.into_iter().map(|f| (list, f.term, text[f.start..f.end].to_owned())));
    }

    /// Topics by their German label, languages by their tag.
    fn read_codes(&mut self, list: List) {
        let card = &self.entry.card;
        for topic in card.topics.iter().filter_map(|topic| self.index.lexicon.topic(topic)) {
            let term = TermKind::Concept.term(&topic.concept);
            self.terms.push((list, term, topic.label_in("de").to_owned()));
        }
        for language in &card.languages {
            let term = TermKind::Concept.term(&language_concept(primary(&language.to_ascii_lowercase())));
            self.terms.push((list, term, language.clone()));
        }
    }
}
