//! Rows become drafts of centres as a profile says.

mod areas;
mod centre;
mod offer;
mod pick;
mod place;

use std::collections::HashMap;

pub(crate) use areas::touches;
pub(crate) use place::{checked_point, checked_postcode, point_of, town_of};

use super::{
    draft::CentreDraft,
    finding::Spot,
    problem::{Problem, Repair},
    profile::{Profile, When},
    read::{Findings, Record, Surroundings},
};

/// The row was rejected; the reason is among the findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Rejected;

/// Turns records into drafts, one after the other.
pub(crate) struct Mapper<'a> {
    profile: &'a Profile,
    around: &'a Surroundings<'a>,
    /// What was found in the record being mapped.
    pub(crate) findings: Findings,
    drafts: Vec<CentreDraft>,
    /// Where the draft with an external id is, when rows are grouped.
    groups: HashMap<String, usize>,
}

impl<'a> Mapper<'a> {
    pub(crate) fn new(profile: &'a Profile, around: &'a Surroundings<'a>) -> Self {
        Self { profile, around, findings: Findings::default(), drafts: Vec::new(), groups: HashMap::new() }
    }

    /// Maps one record: it becomes a draft, an offer of an earlier draft, or is rejected.
    pub(crate) fn record(&mut self, record: &Record, findings: &mut Findings) {
        self.one(record);
        findings.append(std::mem::take(&mut self.findings));
    }

    fn one(&mut self, record: &Record) {
        let left_out = self.profile.reject.iter().find(|reject| holds(&reject.when, record));
        if let Some(reject) = left_out {
            let problem =
                Problem::LeftOut { reason_de: reject.reason.de.clone(), reason_en: reject.reason.en.clone() };
            let column = &reject.when.column;
            self.findings.reject(record.spot(column, &record.text(column)), problem);
            return;
        }
        if self.accept(record) == Err(Rejected) {
            let columns = self.profile.centre.external_id.iter().flat_map(|pick| &pick.columns);
            let id: Vec<String> = columns.map(|column| record.text(column)).collect();
            self.findings.rejected_ids.insert(id.join(" ").trim().to_owned());
        }
    }

    fn accept(&mut self, record: &Record) -> Result<(), Rejected> {
        if self.profile.rows.group {
            let id = self.required(record, "external_id", self.profile.centre.external_id.as_ref())?;
            if let Some(&place) = self.groups.get(&id) {
                let offers = self.offers(record)?;
                for (key, offer) in offers {
                    self.drafts[place].add(&key, offer);
                }
                return Ok(());
            }
            self.groups.insert(id, self.drafts.len());
        }
        let draft = self.draft(record);
        if draft.is_err() && self.profile.rows.group {
            // A later row of the same centre may be complete.
            let place = self.drafts.len();
            self.groups.retain(|_, at| *at != place);
        }
        self.drafts.push(draft?);
        Ok(())
    }

    fn draft(&mut self, record: &Record) -> Result<CentreDraft, Rejected> {
        let centre = self.centre(record)?;
        let offers = self.offers(record)?;
        let mut draft = CentreDraft::new(&record.header.file, record.row, centre);
        for (key, offer) in offers {
            draft.add(&key, offer);
        }
        Ok(draft)
    }

    /// All drafts in the order of their first rows.
    pub(crate) fn finish(self) -> Vec<CentreDraft> {
        self.drafts
    }

    pub(super) fn note(&mut self, spot: Spot, repair: Repair) {
        self.findings.note(spot, repair);
    }

    pub(super) fn reject(&mut self, spot: Spot, problem: Problem) -> Rejected {
        self.findings.reject(spot, problem);
        Rejected
    }
}

/// Whether a condition holds for a record; all that it says must hold.
pub(super) fn holds(when: &When, record: &Record) -> bool {
    let value = record.text(&when.column).to_lowercase();
    let is = when.is.is_empty() || when.is.iter().any(|wanted| wanted.to_lowercase() == value);
    let contains =
        when.contains.is_empty() || when.contains.iter().any(|part| value.contains(&part.to_lowercase()));
    is && contains && when.empty.is_none_or(|empty| value.is_empty() == empty)
}
