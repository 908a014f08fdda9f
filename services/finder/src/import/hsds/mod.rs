//! HSDS 3.x (Human Services Data Specification), the JSON other directories exchange.
//!
//! Reads services with everything nested in them, a page of them, or an object with one array per table; our own export
//! is the first of these. What we write beyond the standard's fields is documented in `docs/hsds-profile.md`.

mod centre;
mod nest;
mod node;
mod offer;

use std::{collections::HashMap, io::Read};

use serde_json::Value;

use super::{
    draft::{CentreDraft, is_own_id},
    finding::Spot,
    input::{Limits, read_bounded},
    problem::Problem,
    read::{Findings, ReadError, Surroundings},
};
use node::Node;

/// Where the keys of our areas begin in `service_area.uri`; two, five or eight digits follow.
pub(crate) const AREA_KEY: &str = "urn:de:ags:";
/// The `uri` of an area that is all of Germany.
pub(crate) const AREA_GERMANY: &str = "urn:iso:std:iso:3166:DE";

/// Takes HSDS JSON apart into services, each with the pointer to it.
pub(crate) fn services(
    file: &str,
    content: impl Read,
    limits: &Limits,
) -> Result<Vec<(String, Value)>, ReadError> {
    let limit = limits.document_bytes;
    let owned = || file.to_owned();
    let bytes = read_bounded(content, limit)
        .map_err(|problem| ReadError::io(file, &problem))?
        .ok_or_else(|| ReadError::TooLarge { file: owned(), limit })?;
    let wrong = |row, problem: String| ReadError::Json { file: owned(), row, problem };
    let value: Value = serde_json::from_slice(&bytes)
        .map_err(|problem| wrong(problem.line() as u64, problem.to_string()))?;
    drop(bytes);
    let services = nest::services(value).ok_or_else(|| wrong(1, String::from("no services in it")))?;
    if services.len() as u64 > limits.rows {
        return Err(ReadError::TooManyRows { file: owned(), limit: limits.rows });
    }
    Ok(services)
}

/// The service, or a part of it, was rejected.
#[derive(Debug)]
struct Rejected;

/// Turns services into drafts, one after the other.
pub(crate) struct Reader<'a> {
    around: &'a Surroundings<'a>,
    /// The source being imported.
    source: &'a str,
    /// What was found since it was taken last.
    findings: Findings,
    drafts: Vec<CentreDraft>,
    /// Where the draft of a location is.
    places: HashMap<String, usize>,
}

impl<'a> Reader<'a> {
    /// A reader for the list of this name.
    pub(crate) fn new(around: &'a Surroundings<'a>, source: &'a str) -> Self {
        Self { around, source, findings: Findings::default(), drafts: Vec::new(), places: HashMap::new() }
    }

    /// Reads one service of a file. What cannot be used of it goes to the findings.
    pub(crate) fn read(
        &mut self,
        file: &str,
        row: u64,
        pointer: String,
        service: &Value,
        findings: &mut Findings,
    ) {
        // The reason of a rejection is among the findings already.
        let _rejected = self.service(&Node::new(file, row, pointer, service));
        findings.append(std::mem::take(&mut self.findings));
    }

    /// All drafts, in the order in which their locations were met.
    pub(crate) fn into_drafts(self) -> Vec<CentreDraft> {
        self.drafts
    }

    /// A service becomes an offer at each of its locations.
    fn service(&mut self, service: &Node<'_>) -> Result<(), Rejected> {
        if !service.value.is_object() {
            return Err(self.wrong_type(service, "object"));
        }
        if let Some(status) = self.text(service, "status")?
            && status != "active"
        {
            let spot = service.spot("status", &status);
            return Err(self.reject(spot, Problem::Inactive));
        }
        let (key, offer) = self.offer(service)?;
        let at_locations = self.nodes(service, "service_at_locations")?;
        let mut locations = Vec::new();
        for at in &at_locations {
            match at.child("location") {
                Some(location) => locations.push((location, Some(at))),
                None => {
                    let id = self.text(at, "location_id")?.unwrap_or_default();
                    self.findings.reject(at.spot("location", &id), Problem::DanglingReference);
                }
            }
        }
        let of_organization =
            service.child("organization").map(|organization| self.nodes(&organization, "locations"));
        if locations.is_empty() && at_locations.is_empty() {
            locations.extend(
                of_organization.transpose()?.unwrap_or_default().into_iter().map(|location| (location, None)),
            );
        }
        if locations.is_empty() {
            return Err(self.reject(service.spot("service_at_locations", ""), Problem::Required));
        }
        for (location, at) in locations {
            let mut offer = offer.clone();
            if let Some(at) = at {
                offer.areas.extend(self.areas(at)?);
                offer.areas.sort();
                offer.areas.dedup();
            }
            // Our own export going back to where it came from: the offer keeps its id.
            let of = location.value.get("external_identifier_type").and_then(Value::as_str);
            if of == Some(self.source) && is_own_id(&key) {
                offer.id.clone_from(&key);
            }
            if let Ok(place) = self.place(service, &location) {
                self.drafts[place].add(&key, offer);
            }
        }
        Ok(())
    }

    /// The draft of a location, made when it is met for the first time.
    fn place(&mut self, service: &Node<'_>, location: &Node<'_>) -> Result<usize, Rejected> {
        let id = self.required(location, "id")?;
        if let Some(&place) = self.places.get(&id) {
            return Ok(place);
        }
        let centre = self.centre(service, location, &id);
        if centre.is_err() {
            self.findings.rejected_ids.insert(id.clone());
        }
        let draft = CentreDraft::new(location.file, location.row, centre?);
        self.places.insert(id, self.drafts.len());
        self.drafts.push(draft);
        Ok(self.drafts.len() - 1)
    }

    fn reject(&mut self, spot: Spot, problem: Problem) -> Rejected {
        self.findings.reject(spot, problem);
        Rejected
    }
}

#[cfg(test)]
mod tests;
