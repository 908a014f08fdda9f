//! The offers of a row.

use contracts::directory::{Mode, Offer};

use super::{Mapper, Rejected, holds, pick::first_column};
use crate::import::{
    draft::is_own_id,
    field::{text::limit, word},
    problem::{Problem, Repair},
    profile::{OfferFields, Pick},
    read::Record,
};

impl Mapper<'_> {
    /// The offers whose conditions hold, with their keys. There must be one.
    pub(super) fn offers(&mut self, record: &Record) -> Result<Vec<(String, Offer)>, Rejected> {
        let profile = self.profile;
        let mut offers = Vec::new();
        for (position, fields) in profile.offer.iter().enumerate() {
            if fields.when.iter().all(|when| holds(when, record)) {
                offers.push(self.offer(record, position, fields)?);
            }
        }
        if offers.is_empty() {
            return Err(self.reject(record.spot("", ""), Problem::NoOffer));
        }
        Ok(offers)
    }

    fn offer(
        &mut self,
        record: &Record,
        position: usize,
        fields: &OfferFields,
    ) -> Result<(String, Offer), Rejected> {
        let key = self
            .optional(record, fields.key.as_ref(), limit::ID)?
            .unwrap_or_else(|| (position + 1).to_string());
        let name = self.required(record, "offer", fields.name.as_ref())?;
        let description = match &fields.description {
            Some(pick) => self.lines(record, pick, limit::DESCRIPTION)?,
            None => None,
        };
        let offer = Offer {
            id: self.kept_id(record, fields)?,
            name,
            description,
            topics: self.topics(record, fields.topics.as_ref())?,
            leika: self.checked(record, fields.leika.as_ref(), Repair::WordUnknown, leika)?,
            target_groups: self.words(record, fields.target_groups.as_ref())?,
            keywords: self.words(record, fields.keywords.as_ref())?,
            languages: match &fields.languages {
                Some(pick) => self.languages(record, pick)?,
                None => Vec::new(),
            },
            modes: self.modes(record, fields.modes.as_ref())?,
            areas: self.areas(record, &fields.areas)?,
            link: self.link(record, fields.link.as_ref())?,
        };
        Ok((key, offer))
    }

    /// The id that an export of ours gave the offer, if it goes back to the source it came from; empty otherwise.
    fn kept_id(&mut self, record: &Record, fields: &OfferFields) -> Result<String, Rejected> {
        let (Some(own), Some(id)) = (&self.profile.centre.own_source, &fields.id) else {
            return Ok(String::new());
        };
        let goes_back = self.raw(record, own)?.is_some_and(|source| source == self.profile.source);
        let id = self.raw(record, id)?;
        Ok(id.filter(|id| goes_back && is_own_id(id)).unwrap_or_default())
    }

    fn words(&mut self, record: &Record, pick: Option<&Pick>) -> Result<Vec<String>, Rejected> {
        pick.map_or(Ok(Vec::new()), |pick| self.list(record, pick, limit::WORD))
    }

    fn topics(&mut self, record: &Record, pick: Option<&Pick>) -> Result<Vec<String>, Rejected> {
        let mut topics = self.words(record, pick)?;
        topics.retain(|topic| {
            let known = self.around.topics.contains(topic);
            if !known {
                let column = pick.and_then(first_column).unwrap_or_default();
                self.findings.note(record.spot(column, topic), Repair::TopicUnknown);
            }
            known
        });
        Ok(topics)
    }

    fn modes(&mut self, record: &Record, pick: Option<&Pick>) -> Result<Vec<Mode>, Rejected> {
        let mut modes = Vec::new();
        for name in self.words(record, pick)? {
            match word::mode(&name) {
                Some(mode) => modes.push(mode),
                None => {
                    let column = pick.and_then(first_column).unwrap_or_default();
                    self.note(record.spot(column, &name), Repair::ModeUnknown);
                }
            }
        }
        modes.sort();
        modes.dedup();
        Ok(modes)
    }
}

/// A key of the national catalogue of services: fourteen digits.
fn leika(text: &str) -> Option<String> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    (digits.len() == 14).then_some(digits)
}
