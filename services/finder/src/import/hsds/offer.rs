//! A service as an offer.

use contracts::directory::{Area, Mode, Offer};

use super::{AREA_GERMANY, AREA_KEY, Node, Reader, Rejected};
use crate::import::{
    field::{
        area::{self, Part},
        contact,
        language::language,
        text::{self, limit},
        word,
    },
    map::touches,
    problem::{Problem, Repair},
};

impl Reader<'_> {
    /// The offer with its key.
    pub(super) fn offer(&mut self, service: &Node<'_>) -> Result<(String, Offer), Rejected> {
        let key = self.required(service, "id")?;
        let mut offer = Offer {
            id: String::new(),
            name: self.required(service, "name")?,
            description: self.lines(service, "description")?,
            topics: Vec::new(),
            leika: None,
            target_groups: Vec::new(),
            keywords: Vec::new(),
            languages: self.languages(service)?,
            modes: Vec::new(),
            areas: self.areas(service)?,
            link: self.link(service, "url")?,
        };
        self.attributes(service, &mut offer)?;
        if offer.target_groups.is_empty()
            && let Some(groups) = self.line(service, "eligibility_description", limit::LINE)?
        {
            offer.target_groups = text::list(&groups, ";,");
        }
        Ok((key, offer))
    }

    /// Topics, keywords and the like, told apart by `link_type`.
    fn attributes(&mut self, service: &Node<'_>, offer: &mut Offer) -> Result<(), Rejected> {
        for attribute in self.nodes(service, "attributes")? {
            let term = attribute.child("taxonomy_term");
            let code = match &term {
                Some(term) => {
                    self.line(term, "code", limit::WORD)?.or(self.line(term, "name", limit::WORD)?)
                }
                None => None,
            };
            let Some(value) = self.line(&attribute, "value", limit::WORD)?.or(code) else { continue };
            match self.text(&attribute, "link_type")?.as_deref() {
                Some("keyword") => push(&mut offer.keywords, value),
                Some("target_group") => push(&mut offer.target_groups, value),
                Some("leika") => offer.leika = Some(value),
                Some("mode") => match word::mode(&value) {
                    Some(mode) => offer.modes.push(mode),
                    None => self.findings.note(attribute.spot("value", &value), Repair::ModeUnknown),
                },
                // Terms of other taxonomies are words people may search for.
                _ if self.around.topics.contains(&value) => push(&mut offer.topics, value),
                Some("topic") => self.findings.note(attribute.spot("value", &value), Repair::TopicUnknown),
                _ => push(&mut offer.keywords, value),
            }
        }
        let mut modes: Vec<Mode> = std::mem::take(&mut offer.modes);
        modes.sort();
        modes.dedup();
        offer.modes = modes;
        offer.keywords.truncate(limit::LIST);
        offer.target_groups.truncate(limit::LIST);
        Ok(())
    }

    /// Languages by code or name.
    pub(super) fn languages(&mut self, node: &Node<'_>) -> Result<Vec<String>, Rejected> {
        let mut tags = Vec::new();
        for entry in self.nodes(node, "languages")? {
            let code = self.line(&entry, "code", limit::WORD)?;
            let name = self.line(&entry, "name", limit::WORD)?;
            let known = code.as_deref().and_then(language).or_else(|| name.as_deref().and_then(language));
            match known {
                Some(tag) => push(&mut tags, tag.to_owned()),
                None => {
                    let written = code.or(name).unwrap_or_default();
                    self.findings.note(entry.spot("", &written), Repair::LanguageUnknown);
                }
            }
        }
        Ok(tags)
    }

    /// Areas: ranges of postcodes as text, keys as URIs.
    pub(super) fn areas(&mut self, node: &Node<'_>) -> Result<Vec<Area>, Rejected> {
        let mut areas = Vec::new();
        for entry in self.nodes(node, "service_areas")? {
            let uri = self.text(&entry, "uri")?;
            if let Some(uri) = uri.as_deref().filter(|uri| *uri == AREA_GERMANY || uri.starts_with(AREA_KEY))
            {
                match key(uri) {
                    Some(area) => areas.push(area),
                    None => self.findings.reject(entry.spot("uri", uri), Problem::NotAKey { digits: 8 }),
                }
                continue;
            }
            if self.text(&entry, "extent_type")?.as_deref() != Some("text") {
                continue;
            }
            let Some(extent) = self.text(&entry, "extent")? else { continue };
            for part in area::ranges(&extent) {
                let range = match part {
                    Part::Range(range) => range,
                    Part::Turned(range, written) => {
                        self.findings.note(entry.spot("extent", written), Repair::RangeTurned);
                        range
                    }
                    Part::Wrong(written) => {
                        self.findings.reject(entry.spot("extent", written), Problem::NotAPostcodeRange);
                        continue;
                    }
                };
                if !touches(self.around.places, range) {
                    self.findings.note(entry.spot("extent", &range.to_string()), Repair::RangeOfNoPlace);
                }
                areas.push(Area::Postcodes(range));
            }
        }
        areas.sort();
        areas.dedup();
        areas.truncate(limit::AREAS);
        Ok(areas)
    }

    /// A web address.
    pub(super) fn link(&mut self, node: &Node<'_>, field: &str) -> Result<Option<String>, Rejected> {
        let Some(written) = self.line(node, field, 2_000)? else { return Ok(None) };
        Ok(match contact::website(&written) {
            Some((address, added)) => {
                if added {
                    self.findings.note(node.spot(field, &written), Repair::SchemeAdded);
                }
                Some(address)
            }
            None => {
                self.findings.note(node.spot(field, &written), Repair::LinkDropped);
                None
            }
        })
    }
}

fn key(uri: &str) -> Option<Area> {
    if uri == AREA_GERMANY {
        return Some(Area::Nationwide);
    }
    let digits = uri.strip_prefix(AREA_KEY)?;
    match digits.len() {
        2 => digits.parse().ok().map(Area::Land),
        5 => digits.parse().ok().map(Area::District),
        _ => area::municipality(digits).map(Area::Municipality),
    }
}

fn push(list: &mut Vec<String>, value: String) {
    if !list.contains(&value) {
        list.push(value);
    }
}
