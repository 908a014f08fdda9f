//! What the features of two records add up to.
//!
//! Every observation has its points; the sum is the score. Some observations forbid the advice to merge whatever else
//! agrees: another topic or other people in the same house.

use super::{
    Advice, Evidence, Reason,
    features::Features,
    similar::{Likeness, likeness, matches, same_word},
    words::TABLES,
};

/// From here on records of different lists are probably the same centre.
pub(super) const SAME: i16 = 55;

/// Within one list nobody means to enter a centre twice, so more is needed.
pub(super) const SAME_WITHIN_LIST: i16 = 75;

/// From here on somebody should look.
pub(super) const LOOK: i16 = 42;

/// What of the contacts is shared by several centres of one list, and so belongs to a switchboard or a carrier.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Shared {
    pub(super) phone: bool,
    pub(super) mail: bool,
    pub(super) page: bool,
}

/// The sum of what was seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sum {
    pub(super) points: i16,
    pub(super) advice: Advice,
    pub(super) evidence: Vec<Evidence>,
}

/// Compares two records; `None` when too little is alike to show them to anybody.
pub(super) fn score(one: &Features, other: &Features, shared: Shared) -> Option<Sum> {
    let same_town = one.place.same_town(&other.place);
    // Most pairs that only share a web host or a number of the region end here.
    if !same_town && !meet(one, other) {
        return None;
    }
    let mut seen = Seen::default();
    let like = likeness(one, other);
    let apart = apart(one, other, &like, &mut seen);
    place(one, other, same_town, &mut seen);
    contacts(one, other, shared, &mut seen);
    name(one, other, &like, &mut seen);
    let points = seen.points();
    let same = if one.source == other.source { SAME_WITHIN_LIST } else { SAME };
    let advice = match points {
        points if points >= LOOK && apart => Advice::KeepApart,
        points if points >= same => Advice::Merge,
        LOOK.. => Advice::Look,
        _ => return None,
    };
    let mut evidence = seen.0;
    evidence.sort_by_key(|evidence| std::cmp::Reverse(evidence.points.abs()));
    Some(Sum { points: if apart { points.min(LOOK) } else { points }, advice, evidence })
}

#[derive(Debug, Default)]
struct Seen(Vec<Evidence>);

impl Seen {
    fn add(&mut self, reason: Reason, points: i16) {
        self.0.push(Evidence { reason, points });
    }

    fn points(&self) -> i16 {
        self.0.iter().map(|evidence| evidence.points).sum()
    }
}

/// What they do and for whom; answers whether it forbids to take them for the same.
fn apart(one: &Features, other: &Features, like: &Likeness, seen: &mut Seen) -> bool {
    let exclude = |one: u32, other: u32| one != 0 && other != 0 && one & other == 0;
    let names_exclude = exclude(one.name.services, other.name.services);
    let facets = || one.name.facets.iter().zip(&other.name.facets);
    let others = facets().any(|(own, its)| *own != 0 && *its != 0 && own & its == 0);
    let narrower = facets().any(|(own, its)| (*own == 0) != (*its == 0));
    // One house listed for debt by one association and for addiction by the other is one centre if it bears one name.
    let one_name = like.share >= 0.9 && like.telling >= 0.5 && !names_exclude && !others;
    let topics = exclude(one.services, other.services) || names_exclude;
    if topics && !one_name {
        seen.add(Reason::OtherTopics, -25);
    } else if topics && !meet(one, other) {
        // A carrier's bare name in two lists: perhaps one office, perhaps two.
        seen.add(Reason::OtherTopics, -10);
    } else if one.services & other.services != 0 {
        seen.add(Reason::SameTopics, 6);
    }
    if others {
        seen.add(Reason::OtherService, -25);
    } else if narrower {
        seen.add(Reason::NarrowerService, -10);
    }
    topics && !one_name || others
}

/// Whether they share a door, a phone or a mailbox.
fn meet(one: &Features, other: &Features) -> bool {
    let door = one.place.has_street()
        && one.place.street == other.place.street
        && one.place.house == other.place.house;
    let phone = match (&one.phone, &other.phone) {
        (Some(own), Some(its)) => own.digits == its.digits,
        _ => false,
    };
    door || phone || one.mail.is_some() && one.mail == other.mail
}

fn place(one: &Features, other: &Features, same_town: bool, seen: &mut Seen) {
    if !same_town {
        seen.add(Reason::OtherTown, -60);
    } else if one.place.has_street() && other.place.has_street() {
        let (reason, points) = street(one, other);
        seen.add(reason, points);
    } else {
        seen.add(Reason::SameTown, 10);
    }
    if one.name.branch != other.name.branch && !same_town {
        seen.add(Reason::Outpost, -10);
    }
    // Where a street is missing, the point stands in for it.
    let near = if one.place.has_street() && other.place.has_street() { 10 } else { 18 };
    match one.metres_to(other) {
        Some(metres) if metres <= 150.0 => seen.add(Reason::Near(metres.round() as u32), near),
        Some(metres) if metres >= 2_000.0 => {
            seen.add(Reason::FarApart((metres / 1_000.0).round() as u32), -12)
        }
        _ => {}
    }
}

fn street(one: &Features, other: &Features) -> (Reason, i16) {
    let (own, its) = (&one.place, &other.place);
    let numbers = match (own.house, its.house) {
        (Some(own), Some(its)) => Some(own.0 <= its.1 && its.0 <= own.1),
        (None, None) => Some(true),
        _ => None,
    };
    let same = own.street == its.street;
    let within = |long: &str, short: &str| short.len() >= 3 && long.contains(short);
    let similar = same_word(&own.street, &its.street)
        || within(&own.street, &its.street)
        || within(&its.street, &own.street);
    match (same, similar, numbers) {
        (true, _, Some(true)) if own.letter == its.letter => (Reason::SameAddress, 30),
        (true, _, Some(true)) => (Reason::SimilarAddress, 24),
        (true, _, None) => (Reason::SimilarAddress, 18),
        (true, _, Some(false)) => (Reason::OtherNumber, -8),
        (false, true, Some(true)) => (Reason::SimilarAddress, 20),
        _ => (Reason::OtherStreet, -15),
    }
}

fn contacts(one: &Features, other: &Features, shared: Shared, seen: &mut Seen) {
    if let (Some(own), Some(its)) = (&one.phone, &other.phone) {
        if own.digits == its.digits {
            if shared.phone { seen.add(Reason::SharedPhone, 10) } else { seen.add(Reason::SamePhone, 30) }
        } else if own.same_exchange(its) {
            seen.add(Reason::SameExchange, if shared.phone { 3 } else { 10 });
        } else if !own.nearly(its) {
            seen.add(Reason::OtherPhone, -8);
        }
    }
    if one.mail.is_some() && one.mail == other.mail {
        if shared.mail { seen.add(Reason::SharedMail, 8) } else { seen.add(Reason::SameMail, 28) }
    }
    if let (Some((host, page)), Some((its_host, its_page))) = (&one.site, &other.site)
        && host == its_host
    {
        if page == its_page && !shared.page {
            seen.add(Reason::SamePage, 14);
        } else {
            seen.add(Reason::SameHost, 5);
        }
    }
}

fn name(one: &Features, other: &Features, like: &Likeness, seen: &mut Seen) {
    if like.equal {
        seen.add(Reason::SameName, points(40.0 * like.telling));
    } else if like.share > 0.4 {
        let percent = points(like.share * 100.0);
        let worth = 38.0 * (like.share - 0.4) / 0.6 * like.telling;
        seen.add(Reason::SimilarName(u8::try_from(percent).unwrap_or(100)), points(worth));
    } else if like.other_marks {
        seen.add(Reason::OtherName, -14);
    }
    let (own, its) = (one.carriers, other.carriers);
    let marks = || matches(&one.carrier.marks, &other.carrier.marks) > 0.0;
    if own & its != 0 || (own == 0 || its == 0) && marks() {
        seen.add(Reason::SameCarrier, 5);
    } else if own != 0 && its != 0 {
        let public = (own | its) & TABLES.public != 0;
        seen.add(Reason::OtherCarrier, if public { -10 } else { -25 });
    }
}

/// Points as whole numbers; all terms are small.
fn points(worth: f64) -> i16 {
    worth.round().clamp(-100.0, 100.0) as i16
}
