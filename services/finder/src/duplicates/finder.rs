//! Takes centres in and answers the pairs.

use contracts::directory::Centre;

use super::{
    Candidate, KeptApart,
    blocks::{self, Often},
    features::Features,
    score::{self, Shared},
};

/// Centres to find duplicates among. Only what is compared is kept of each.
#[derive(Debug, Default)]
pub struct Duplicates {
    records: Vec<Features>,
}

impl Duplicates {
    /// Takes a centre in.
    pub fn add(&mut self, centre: &Centre) {
        self.records.push(Features::of(centre));
    }

    /// The pairs that somebody should look at: what is probably the same first, then by score, then by ids.
    ///
    /// Pairs that are kept apart are left out.
    pub fn pairs(&self, kept_apart: &KeptApart) -> Vec<Candidate> {
        self.pairs_where(kept_apart, |_| true)
    }

    /// The pairs of which at least one id is wanted: those of a file that is about to be imported.
    pub fn pairs_where(&self, kept_apart: &KeptApart, wanted: impl Fn(&str) -> bool) -> Vec<Candidate> {
        let phones = Often::count(&self.records, digits);
        let mails = Often::count(&self.records, |one| one.mail.as_deref());
        let pages = Often::count(&self.records, page);
        let mut found: Vec<Candidate> = Vec::new();
        for (one, other) in blocks::pairs(&self.records) {
            let (one, other) = (&self.records[one as usize], &self.records[other as usize]);
            if one.id == other.id || !(wanted(&one.id) || wanted(&other.id)) {
                continue;
            }
            let shared = Shared {
                phone: phones.elsewhere(digits(one), digits(other), one, other),
                mail: mails.elsewhere(one.mail.as_deref(), other.mail.as_deref(), one, other),
                page: pages.elsewhere(page(one), page(other), one, other),
            };
            let Some(sum) = score::score(one, other, shared) else { continue };
            if kept_apart.contains(&one.id, &other.id) {
                continue;
            }
            let (one, other) = if one.id <= other.id { (one, other) } else { (other, one) };
            found.push(Candidate {
                one: one.id.clone(),
                other: other.id.clone(),
                sources: [one.source.clone(), other.source.clone()],
                score: u8::try_from(sum.points.clamp(0, 100)).unwrap_or(0),
                advice: sum.advice,
                evidence: sum.evidence,
            });
        }
        found.sort_by(|one, other| {
            let order = |candidate: &Candidate| (candidate.advice, std::cmp::Reverse(candidate.score));
            order(one)
                .cmp(&order(other))
                .then_with(|| (&one.one, &one.other).cmp(&(&other.one, &other.other)))
        });
        found
    }
}

fn digits(record: &Features) -> Option<&str> {
    record.phone.as_ref().map(|phone| phone.digits.as_str())
}

fn page(record: &Features) -> Option<&str> {
    record.site.as_ref().map(|(_, page)| page.as_str())
}
