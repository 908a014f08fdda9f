//! For whom an offer is responsible.

use contracts::directory::Area;
use search_index::place::Gazetteer;

use super::{Mapper, Rejected, pick::first_column};
use crate::import::{
    field::{
        area::{self, Part},
        text::limit,
        word::yes_no,
    },
    finding::Spot,
    problem::{Problem, Repair},
    profile::AreaFields,
    read::Record,
};

impl Mapper<'_> {
    /// All areas of an offer, sorted, each once. What is no area is rejected by itself; the centre still comes in.
    pub(super) fn areas(&mut self, record: &Record, fields: &AreaFields) -> Result<Vec<Area>, Rejected> {
        let mut areas = Vec::new();
        if let Some(pick) = &fields.nationwide
            && let Some(word) = self.raw(record, pick)?
        {
            match yes_no(&word) {
                Some(true) => areas.push(Area::Nationwide),
                Some(false) => {}
                None => {
                    self.note(record.spot(first_column(pick).unwrap_or_default(), &word), Repair::WordUnknown)
                }
            }
        }
        if let Some(pick) = &fields.postcode_ranges
            && let Some(text) = self.raw(record, pick)?
        {
            let column = first_column(pick).unwrap_or_default();
            for part in area::ranges(&text) {
                self.range(&part, record, column, &mut areas);
            }
        }
        if let Some(ranges) = &fields.joined_ranges {
            for row in record.joined(&ranges.join) {
                let (first, last) = (row.get(&ranges.first), row.get(&ranges.last));
                let written = format!("{first}-{last}");
                let part = match (area::postcode(first), area::postcode(last)) {
                    (Some(first), Some(last)) => area::between(first.postcode(), last.postcode(), &written),
                    _ => Part::Wrong(&written),
                };
                self.range(&part, row, &ranges.first, &mut areas);
            }
        }
        for (pick, digits, read) in [
            (
                &fields.municipalities,
                8,
                (|text| area::municipality(text).map(Area::Municipality)) as fn(&str) -> Option<Area>,
            ),
            (&fields.districts, 5, |text| area::district(text).map(Area::District)),
            (&fields.lands, 2, |text| area::land(text).map(Area::Land)),
        ] {
            let Some(pick) = pick else { continue };
            for key in self.list(record, pick, limit::NAME)? {
                match read(&key) {
                    Some(area) => areas.push(area),
                    None => {
                        let spot = record.spot(first_column(pick).unwrap_or_default(), &key);
                        self.findings.reject(spot, Problem::NotAKey { digits });
                    }
                }
            }
        }
        let spot = record.spot("", "");
        Ok(self.tidy(areas, spot))
    }

    fn range(&mut self, part: &Part<'_>, record: &Record, column: &str, areas: &mut Vec<Area>) {
        let range = match *part {
            Part::Range(range) => range,
            Part::Turned(range, written) => {
                self.note(record.spot(column, written), Repair::RangeTurned);
                range
            }
            Part::Wrong(written) => {
                self.findings.reject(record.spot(column, written), Problem::NotAPostcodeRange);
                return;
            }
        };
        if !touches(self.around.places, range) {
            self.note(record.spot(column, &range.to_string()), Repair::RangeOfNoPlace);
        }
        areas.push(Area::Postcodes(range));
    }

    /// Sorted, each once, not too many.
    fn tidy(&mut self, mut areas: Vec<Area>, spot: Spot) -> Vec<Area> {
        let before = areas.len();
        areas.sort();
        areas.dedup();
        if areas.len() < before {
            self.note(spot.clone(), Repair::RepeatedArea);
        }
        if areas.len() > limit::AREAS {
            areas.truncate(limit::AREAS);
            self.note(spot, Repair::ListShortened { limit: limit::AREAS });
        }
        areas
    }
}

/// Whether any postcode of the range exists. A range over more than ten thousand is taken to hit one.
pub(crate) fn touches(places: &Gazetteer, range: contracts::directory::PostcodeRange) -> bool {
    let number = |postcode: contracts::directory::Postcode| postcode.as_str().parse::<u32>().unwrap_or(0);
    let (first, last) = (number(range.first), number(range.last));
    last - first > 10_000
        || (first..=last)
            .any(|code| format!("{code:05}").parse().is_ok_and(|postcode| places.contains(postcode)))
}
