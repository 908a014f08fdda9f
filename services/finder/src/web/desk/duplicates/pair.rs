//! Two centres side by side.

use contracts::directory::Centre;
use serde::Serialize;

use super::reasons;
use crate::{duplicates::Candidate, web::say::Say};

/// A pair as the page shows it.
#[derive(Serialize)]
pub(super) struct PairView {
    score: u8,
    one: Side,
    other: Side,
    rows: Vec<Row>,
    speaks_for: Vec<Say>,
    against: Vec<Say>,
    /// The centres that may lead; empty when the person may not merge these two.
    leads: Vec<Side>,
}

/// One of the two.
#[derive(Clone, Serialize)]
pub(super) struct Side {
    id: String,
    name: String,
    source: String,
    href: Option<String>,
}

/// A field of both.
#[derive(Debug, Serialize)]
pub(in crate::web::desk) struct Row {
    label: Say,
    one: Option<String>,
    other: Option<String>,
    same: bool,
}

/// What the person may do with each of the two.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Rights {
    /// Whether each may become part of the other.
    pub(super) give_up: [bool; 2],
    /// Whether she may open both entries.
    pub(super) open: bool,
}

impl PairView {
    /// Puts a pair side by side.
    pub(super) fn new(candidate: &Candidate, one: &Centre, other: &Centre, rights: Rights) -> Self {
        let (speaks_for, against) = reasons::in_words(candidate);
        let (own, its) = (Side::new(one, rights.open), Side::new(other, rights.open));
        // Who leads is who stays: the one that is not given up.
        let leads = [(&own, rights.give_up[1]), (&its, rights.give_up[0])];
        Self {
            score: candidate.score,
            rows: rows(one, other),
            leads: leads.into_iter().filter(|(_, may)| *may).map(|(side, _)| side.clone()).collect(),
            speaks_for,
            against,
            one: own,
            other: its,
        }
    }
}

impl Side {
    /// The centre's entry, linked when the person may open it.
    fn new(centre: &Centre, open: bool) -> Self {
        Self {
            id: centre.id.clone(),
            name: centre.name.clone(),
            source: centre.source.clone(),
            href: open.then(|| format!("/arbeitsplatz/stellen/{}", centre.id)),
        }
    }
}

/// The fields that either has.
pub(in crate::web::desk) fn rows(one: &Centre, other: &Centre) -> Vec<Row> {
    type Read = fn(&Centre) -> Option<String>;
    let fields: [(Say, Read); 10] = [
        (Say::new("desk-duplicates-field-list"), |centre| {
            Some(format!("{} ({})", centre.source, centre.external_id))
        }),
        (Say::new("desk-duplicates-field-carrier"), |centre| centre.carrier.clone()),
        (Say::new("desk-duplicates-field-association"), |centre| centre.association.clone()),
        (Say::new("desk-duplicates-field-address"), |centre| Some(address(centre))),
        (Say::new("desk-duplicates-field-phone"), |centre| centre.contacts.phone.clone()),
        (Say::new("desk-duplicates-field-mail"), |centre| centre.contacts.email.clone()),
        (Say::new("desk-duplicates-field-website"), |centre| centre.contacts.website.clone()),
        (Say::new("desk-duplicates-field-offers"), |centre| {
            let names: Vec<&str> = centre.offers.iter().map(|offer| offer.name.as_str()).collect();
            Some(names.join("; ")).filter(|names| !names.is_empty())
        }),
        (Say::new("desk-duplicates-field-hours"), |centre| {
            Some(centre.opening.weekly.len()).filter(|spans| *spans > 0).map(|spans| spans.to_string())
        }),
        (Say::new("desk-duplicates-field-confirmed"), |centre| {
            centre.confirmed_on.map(|day| day.to_string())
        }),
    ];
    let read = fields.into_iter().map(|(label, read)| {
        let (one, other) = (read(one), read(other));
        Row { label, same: one == other, one, other }
    });
    read.filter(|row| row.one.is_some() || row.other.is_some()).collect()
}

fn address(centre: &Centre) -> String {
    let address = &centre.address;
    let street = address.street.iter().map(String::as_str);
    let lines: Vec<&str> = street.chain(address.extra.as_deref()).collect();
    let town = format!("{} {}", address.postcode, address.city);
    if lines.is_empty() { town } else { format!("{}, {town}", lines.join(", ")) }
}
