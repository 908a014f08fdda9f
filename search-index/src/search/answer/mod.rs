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
    rank::{Around, Bits, Filter, Scratch},
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
        self.score(&units, scratch)?;
        let near = self.near(&around);
        self.gather(scratch, !units.is_empty(), &around, &near, &filter);
        let keep = request.offset.saturating_add(request.limit).min(self.len_centres());
        let ranking = self.rank(scratch, &around, &near, keep);
        let mut asked = Asked { units: &units, around: &around, near: &near, scratch };
        let skip = request.offset;
        #[cfg(test)]
        let skip = skip - usize::from(skip > 0 && is_active(Mutant::OverlapsPages));
        let page = ranking.best.iter().skip(skip).take(request.limit);
        let hits = page.map(|ranked| self.hit(ranked, &asked)).collect::<Result<Vec<Hit>, _>>()?;
        let other_help = match request.offset {
            0 if !units.is_empty() => self.other_help(&mut asked, &filter)?,
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
}

/// What was asked and what has been counted for it.
struct Asked<'a> {
    units: &'a [Unit],
    around: &'a [Around<'a>],
    /// The offers that cover a place.
    near: &'a Bits,
    scratch: &'a Scratch,
}
