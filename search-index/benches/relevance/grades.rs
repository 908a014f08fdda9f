//! Grades by ground truth: which needs an offer serves by construction, its true areas, its true place on the map.
//!
//! The analyzer has no part in this. The ranking rules of the official finder do: responsible before near, near before
//! far, more needs before fewer; where nobody is responsible, the nearest first.

use std::collections::HashMap;

use contracts::directory::{Area, Centre};
use search_index::place::Place;

use crate::{
    cases::Case,
    synthetic::{Made, Template, templates},
};

/// The synthetic directory as it truly is.
pub(crate) struct Truth<'d> {
    /// The centres.
    pub(crate) made: &'d [Made],
    templates: Vec<Template>,
    numbers: HashMap<&'d str, usize>,
}

/// How an offer serves a need: 2 by design, 1 as well, 0 not at all.
fn service(template: &Template, need: &str) -> u8 {
    if template.serves.iter().any(|n| n == need) {
        2
    } else {
        u8::from(template.partly.iter().any(|n| n == need))
    }
}

fn covers(areas: &[Area], place: &Place) -> bool {
    areas.iter().any(|area| match area {
        Area::Postcodes(range) => place.postcodes.iter().any(|&postcode| range.contains(postcode)),
        Area::Municipality(key) => place.municipalities.contains(key),
        Area::District(key) => place.districts.contains(key),
        Area::Land(key) => place.lands.contains(key),
        Area::Nationwide => true,
    })
}

/// The distance from the middle of a place, in km.
pub(crate) fn km(centre: &Centre, place: &Place) -> f64 {
    let (Some(at), Some(from)) = (centre.coordinates, place.point) else { return f64::INFINITY };
    let (a, b) = ((at.lat.to_radians(), at.lon.to_radians()), (from.lat.to_radians(), from.lon.to_radians()));
    let (dlat, dlon) = ((a.0 - b.0) / 2.0, (a.1 - b.1) / 2.0);
    let h = dlat.sin().powi(2) + a.0.cos() * b.0.cos() * dlon.sin().powi(2);
    2.0 * 6_371.0 * h.sqrt().min(1.0).asin()
}

impl<'d> Truth<'d> {
    /// The truth about a directory.
    pub(crate) fn new(made: &'d [Made]) -> Self {
        let numbers = made.iter().enumerate().map(|(at, made)| (made.centre.id.as_str(), at)).collect();
        Self { made, templates: templates(), numbers }
    }

    /// The number of a centre.
    pub(crate) fn number(&self, id: &str) -> usize {
        self.numbers[id]
    }

    /// Whether any centre serving the need is responsible for the place.
    pub(crate) fn anyone_responsible(&self, need: &str, place: &Place) -> bool {
        self.made.iter().any(|made| {
            self.served(made, need) > 0 && made.centre.offers.iter().any(|offer| covers(&offer.areas, place))
        })
    }

    fn served(&self, made: &Made, need: &str) -> u8 {
        made.templates.iter().map(|&template| service(&self.templates[template], need)).max().unwrap_or(0)
    }

    /// The grade of every centre for a query; with several readings of a place, by the one that suits it best.
    pub(crate) fn grades(&self, case: &Case) -> Vec<f64> {
        if case.places.is_empty() {
            return self.made.iter().map(|made| self.without_place(made, case)).collect();
        }
        let responsible = |made: &Made, place: &Place| {
            made.templates.iter().zip(&made.centre.offers).any(|(&template, offer)| {
                let wanted = case.needs.is_empty()
                    || case.needs.iter().any(|need| service(&self.templates[template], need) > 0);
                wanted && covers(&offer.areas, place)
            })
        };
        let anyone = self.made.iter().any(|made| case.places.iter().any(|place| responsible(made, place)));
        let mut grades = vec![0.0; self.made.len()];
        let mut far: Vec<(f64, usize)> = Vec::new();
        for (at, made) in self.made.iter().enumerate() {
            for place in &case.places {
                let km = km(&made.centre, place);
                let near = km <= 25.0 + place.radius_km;
                let grade: f64 = self.with_place(made, case, responsible(made, place), near, km, anyone);
                grades[at] = grade.max(grades[at]);
                if !anyone && self.without_place(made, case) > 0.0 {
                    far.push((km, at));
                }
            }
        }
        if grades.iter().all(|&grade| grade == 0.0) {
            far.sort_by(|a, b| a.0.total_cmp(&b.0));
            for &(_, at) in far.iter().take(10) {
                grades[at] = 1.0;
            }
        }
        grades
    }

    fn without_place(&self, made: &Made, case: &Case) -> f64 {
        match case.needs.as_slice() {
            [] => 1.0,
            [need] => f64::from(self.served(made, need)),
            needs => {
                let served: f64 = needs.iter().map(|need| f64::from(self.served(made, need).min(1))).sum();
                (4.0 * served - 3.0).max(0.0)
            }
        }
    }

    fn with_place(
        &self,
        made: &Made,
        case: &Case,
        responsible: bool,
        near: bool,
        km: f64,
        anyone: bool,
    ) -> f64 {
        let place = f64::from(u8::from(responsible || near));
        let mine = f64::from(u8::from(responsible));
        match case.needs.as_slice() {
            [] => place + mine,
            [need] => match (self.served(made, need), responsible, near) {
                (0, ..) | (_, false, false) => 0.0,
                (by, true, _) => 2.0 + f64::from(by),
                (by, false, true) if anyone => f64::from(by),
                // Nobody is responsible: the nearest first, whatever else the centre does.
                _ => {
                    if km <= 10.0 {
                        3.0
                    } else {
                        2.0
                    }
                }
            },
            needs => {
                let served: f64 = needs.iter().map(|need| f64::from(self.served(made, need).min(1))).sum();
                if served == 0.0 {
                    0.0
                } else {
                    (4.0 * (served + place - 1.0) + 2.0 * (served - 1.0) + mine).max(0.0)
                }
            }
        }
    }
}
