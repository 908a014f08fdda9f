//! One line of the result list.

use std::collections::HashMap;

use contracts::{booking::NextFree, directory::Address};
use jiff::civil::DateTime;
use kernel::Lang;
use search_index::{
    place::{Gazetteer, Place},
    search::Hit,
};
use serde::Serialize;

use super::{
    AppointmentView, ReasonView, access_facts, appointment_view, contact, distance_in_words, language_names,
    modes_in_words, opening_today, place_label, reasons_in_words,
};
use crate::web::{link, say::Say};

/// A centre in a list, as the result component takes it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct HitView {
    /// Address of its page.
    pub href: String,
    /// Its name.
    pub name: String,
    /// The offer that fits best.
    pub offer: String,
    /// Whether it is responsible for the place; `None` without a place.
    pub responsible: Option<Say>,
    /// Whether it is responsible.
    pub is_responsible: bool,
    /// How far away it is.
    pub distance: Option<Say>,
    /// Why it is here.
    pub reasons: Vec<ReasonView>,
    /// Where it is.
    pub address: AddressView,
    /// Its phone.
    pub phone: Option<contact::Link>,
    /// Whether it is open today.
    pub opening: Option<Say>,
    /// Whether it is open at this moment.
    pub open_now: bool,
    /// When it opens next, if not today any more.
    pub next_opening: Option<Say>,
    /// Ways of counselling.
    pub modes: Vec<Say>,
    /// Languages of counselling by name.
    pub languages: Vec<String>,
    /// Whether a wheelchair gets in.
    pub access: Vec<Say>,
    /// What else it offers.
    pub other_offers: Vec<String>,
    /// Its next free appointment, if it can be booked.
    pub appointment: Option<AppointmentView>,
}

/// An address with every field there, so that templates need not ask.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct AddressView {
    /// Street and number.
    pub street: Option<String>,
    /// Second line.
    pub extra: Option<String>,
    /// Postcode.
    pub postcode: String,
    /// Town.
    pub city: String,
}

impl From<&Address> for AddressView {
    fn from(address: &Address) -> Self {
        Self {
            street: address.street.clone(),
            extra: address.extra.clone(),
            postcode: address.postcode.to_string(),
            city: address.city.clone(),
        }
    }
}

/// What hits are shown with.
#[derive(Clone, Copy)]
pub(crate) struct HitContext<'a> {
    /// The place asked for.
    pub place: Option<&'a Place>,
    /// Names of places.
    pub names: &'a Gazetteer,
    /// The next free times of offers.
    pub free: &'a HashMap<String, NextFree>,
    /// The local time in Germany.
    pub now: DateTime,
    /// The language of the page.
    pub lang: Lang,
}

/// A hit as a page shows it.
pub(crate) fn hit_view(hit: &Hit, context: HitContext<'_>) -> HitView {
    let HitContext { place, names, free, now, lang } = context;
    let card = &hit.card;
    let free = free.get(&card.offer_id).map(|next| appointment_view(&card.offer_id, next, lang));
    let today = opening_today(&card.opening, now);
    HitView {
        href: link::centre(lang, &card.slug),
        name: card.centre_name.clone(),
        offer: card.offer_name.clone(),
        responsible: place.map(|place| responsibility(hit, &place_label(place))),
        is_responsible: hit.responsible,
        distance: hit.distance_km.map(distance_in_words),
        reasons: reasons_in_words(&hit.reasons, place, names, lang),
        address: AddressView::from(&card.address),
        phone: card.contacts.phone.as_deref().map(contact::phone).filter(|phone| phone.href.is_some()),
        opening: today.as_ref().map(|today| today.say.clone()),
        open_now: today.as_ref().is_some_and(|today| today.open_now),
        next_opening: today.and_then(|today| today.next).map(|next| next.say),
        modes: modes_in_words(&card.modes),
        languages: language_names(&card.languages, lang).into_iter().map(|language| language.name).collect(),
        access: access_facts(&card.access).wheelchair.into_iter().collect(),
        other_offers: card.other_offers.iter().map(|offer| offer.name.clone()).collect(),
        appointment: free,
    }
}

fn responsibility(hit: &Hit, place: &str) -> Say {
    let id = match (hit.responsible, hit.card.areas_known) {
        (true, _) => "responsible-yes",
        (false, true) => "responsible-no",
        (false, false) => "responsible-unknown",
    };
    Say::new(id).with("place", place)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::web::samples;

    fn view(hit: &Hit, place: Option<&Place>, lang: Lang) -> HitView {
        let (names, free) = (Gazetteer::bundled(), HashMap::new());
        let now = date(2026, 11, 23).at(10, 0, 0, 0);
        hit_view(hit, HitContext { place, names: &names, free: &free, now, lang })
    }

    #[test]
    fn responsibility_is_said_only_about_a_place() {
        let (hit, place) = (samples::hit(), samples::place());
        assert_eq!(view(&hit, None, Lang::De).responsible, None);
        assert_eq!(view(&hit, Some(&place), Lang::De).responsible.unwrap().id(), "responsible-yes");
        let far = Hit { responsible: false, ..hit };
        assert_eq!(view(&far, Some(&place), Lang::De).responsible.unwrap().id(), "responsible-no");
        let mut silent = far;
        silent.card.areas_known = false;
        assert_eq!(view(&silent, Some(&place), Lang::De).responsible.unwrap().id(), "responsible-unknown");
    }

    #[test]
    fn languages_are_named_in_the_language_of_the_page() {
        assert_eq!(view(&samples::hit(), None, Lang::En).languages, ["German", "Turkish"]);
    }
}
