//! The answer: ranked centres become hits with what to show and the reasons.

mod hits;
mod other_help;
mod reasons;

#[cfg(test)]
use super::rank::{Mutant, is_active};
use super::{
    index::{IndexError, SearchIndex},
    model::{Answer, Hit, Request},
    query::Unit,
    rank::{Around, Bits, Filter, Ranking, Scratch},
};

impl SearchIndex {
    /// Searches. Nothing of the request is kept.
    ///
    /// # Errors
    /// The index cannot be read, which means its files were damaged after they were opened.
    pub fn search(&self, request: &Request<'_>) -> Result<Answer, IndexError> {
        let mut scratch = self.scratch();
        let answer = self.answer(request, &mut scratch);
        self.put_back(scratch);
        answer
    }

    fn answer(&self, request: &Request<'_>, scratch: &mut Scratch) -> Result<Answer, IndexError> {
        let units = self.units(request.words)?;
        let around = Around::all(self, request.places)?;
        let filter = Filter::new(self, request.filters)?;
        let near = self.near(&around);
        let keep = request.offset.saturating_add(request.limit).min(self.len_centres());
        let ranking = self.ranking(&units, (&around, &near), &filter, keep, scratch)?;
        if request.offset == 0 && !units.is_empty() {
            self.gather_others(scratch, &around, &near, &filter);
        }
        let asked = Asked { units: &units, around: &around, scratch };
        let skip = request.offset;
        #[cfg(test)]
        let skip = skip - usize::from(skip > 0 && is_active(Mutant::OverlapsPages));
        let page = ranking.best.iter().skip(skip).take(request.limit);
        let hits = page.map(|ranked| self.hit(ranked, &asked)).collect::<Result<Vec<Hit>, _>>()?;
        let other_help = match request.offset {
            0 if !units.is_empty() => self.other_help(&asked)?,
            _ => Vec::new(),
        };
        let place = request.places.first().map(|place| place.name.clone());
        Ok(Answer {
            total: ranking.total,
            near: ranking.near,
            any_responsible: ranking.any_responsible,
            units: units.into_iter().map(|unit| unit.text).chain(place).collect(),
            hits,
            other_help,
        })
    }

    /// Finds the hits and puts the best `keep` centres in order.
    pub(super) fn ranking(
        &self,
        units: &[Unit],
        (around, near): (&[Around<'_>], &Bits),
        filter: &Filter,
        keep: usize,
        scratch: &mut Scratch,
    ) -> Result<Ranking, IndexError> {
        let counts = self.counts(units)?;
        self.cover(&counts, scratch)?;
        self.gather(scratch, units.len(), (around, near), filter);
        self.rank(scratch, &counts, units.len(), (around, near), keep)
    }
}

/// What was asked and what has been counted for it.
struct Asked<'a> {
    units: &'a [Unit],
    around: &'a [Around<'a>],
    scratch: &'a Scratch,
}
