//! What stands on every step: the centre, the time, the way.

use contracts::directory::{Address, Centre, Mode, Wheelchair};
use kernel::Lang;
use serde::Serialize;

use super::{moment, say::Say};
use crate::{
    Span,
    phone::dialled,
    service::{Bookable, FreeDay, FreeTime},
    setting::{Asked, OfferSetting},
};

/// The centre, as far as somebody needs it who comes or calls.
#[derive(Debug, Clone, Serialize)]
pub(super) struct CentreView {
    name: String,
    /// Its page in the directory.
    href: String,
    phone: Option<Link>,
    /// A phone entry that cannot be dialled as it is.
    phone_text: Option<String>,
    website: Option<Link>,
    address: AddressView,
    wheelchair: Option<Say>,
    facts: Vec<String>,
    directions: Option<String>,
}

/// What the centre says about an appointment in its own words; each may be empty.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub(super) struct Texts<'a> {
    bring: &'a str,
    arrival: &'a str,
    data: &'a str,
}

/// A link and how it reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(in crate::web) struct Link {
    pub(super) text: String,
    pub(super) href: String,
}

#[derive(Debug, Clone, Serialize)]
struct AddressView {
    street: Option<String>,
    extra: Option<String>,
    postcode: String,
    city: String,
}

/// An appointment, or what is to become one: on every step.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Meeting {
    date: Say,
    time: Say,
    mode: Say,
    /// What to do at that time, where it does not take place at the centre.
    how: Option<Say>,
    in_person: bool,
    centre: Option<CentreView>,
    offer: Option<String>,
}

/// A day with free times, to choose from.
#[derive(Debug, Clone, Serialize)]
pub(super) struct DayView {
    date: Say,
    times: Vec<TimeView>,
}

#[derive(Debug, Clone, Serialize)]
struct TimeView {
    /// Seconds of UTC.
    value: String,
    time: Say,
}

impl<'a> Texts<'a> {
    pub(super) fn of(setting: &'a OfferSetting) -> Self {
        Self { bring: &setting.bring, arrival: &setting.arrival, data: &setting.data }
    }
}

impl CentreView {
    pub(super) fn of(centre: &Centre, lang: Lang) -> Self {
        let phone = centre.contacts.phone.as_deref().map(str::trim).filter(|text| !text.is_empty());
        let dialled = phone
            .and_then(|text| Some(Link { text: text.to_owned(), href: format!("tel:{}", dialled(text)?) }));
        Self {
            name: centre.name.clone(),
            href: format!("{}/stelle/{}", lang.path_prefix(), centre.slug),
            phone_text: phone.filter(|_| dialled.is_none()).map(str::to_owned),
            phone: dialled,
            website: centre.contacts.website.as_deref().and_then(web_link),
            address: AddressView::of(&centre.address),
            wheelchair: centre.access.wheelchair.map(|wheelchair| {
                Say::new(match wheelchair {
                    Wheelchair::Full => "seek-wheelchair-full",
                    Wheelchair::Partial => "seek-wheelchair-partial",
                    Wheelchair::No => "seek-wheelchair-no",
                })
            }),
            facts: centre.access.facts.clone(),
            directions: centre.access.directions.clone(),
        }
    }
}

impl AddressView {
    fn of(address: &Address) -> Self {
        Self {
            street: address.street.clone(),
            extra: address.extra.clone(),
            postcode: address.postcode.to_string(),
            city: address.city.clone(),
        }
    }
}

impl Meeting {
    /// What is about to be booked.
    pub(super) fn at(bookable: &Bookable, span: Span, mode: Mode, lang: Lang) -> Self {
        let asks_phone = bookable.setting.asks.phone != Asked::No;
        let centre = Some(CentreView::of(&bookable.centre, lang));
        Self { offer: Some(bookable.offer.name.clone()), ..Self::of(span, mode, asks_phone, centre) }
    }

    /// An appointment of which the directory may know nothing any more.
    pub(super) fn of(span: Span, mode: Mode, asks_phone: bool, centre: Option<CentreView>) -> Self {
        let how = match mode {
            Mode::InPerson => None,
            Mode::Phone if asks_phone => Some("seek-how-phone-either"),
            Mode::Phone => Some("seek-how-phone-call"),
            Mode::Video => Some("seek-how-video"),
            Mode::Chat => Some("seek-how-chat"),
        };
        Self {
            date: moment::day_of(span.from),
            time: moment::span(span),
            mode: mode_name(mode),
            how: how.map(Say::new),
            in_person: mode == Mode::InPerson,
            centre,
            offer: None,
        }
    }
}

impl DayView {
    pub(super) fn of(day: &FreeDay) -> Self {
        Self { date: moment::day(day.date), times: day.times.iter().map(TimeView::of).collect() }
    }

    pub(super) fn all(days: &[FreeDay]) -> Vec<Self> {
        days.iter().map(Self::of).collect()
    }
}

impl TimeView {
    fn of(free: &FreeTime) -> Self {
        Self { value: free.span.from.as_second().to_string(), time: moment::clock(free.span.from) }
    }
}

/// How it takes place, as a heading or a fact.
pub(super) const fn mode_name(mode: Mode) -> Say {
    Say::new(match mode {
        Mode::InPerson => "seek-mode-in-person",
        Mode::Phone => "seek-mode-phone",
        Mode::Video => "seek-mode-video",
        Mode::Chat => "seek-mode-chat",
    })
}

/// A web address that is one; anything but `https:` and `http:` is not linked.
pub(in crate::web) fn web_link(text: &str) -> Option<Link> {
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    let scheme = ["https://", "http://"].into_iter().find(|scheme| lower.starts_with(scheme))?;
    let rest = &text[scheme.len()..];
    let plain = !rest.is_empty() && !text.contains(|sign: char| sign.is_whitespace() || sign.is_control());
    let shown = rest.strip_prefix("www.").unwrap_or(rest).trim_end_matches('/');
    plain.then(|| Link { text: shown.to_owned(), href: text.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_web_addresses_are_linked() {
        let link = web_link(" https://www.beispiel.de/termin/ ").unwrap();
        assert_eq!(
            (link.text.as_str(), link.href.as_str()),
            ("beispiel.de/termin", "https://www.beispiel.de/termin/")
        );
        for wrong in ["javascript:alert(1)", "www.beispiel.de", "https://", "https://a b", "https://a\nb", ""]
        {
            assert_eq!(web_link(wrong), None, "{wrong:?}");
        }
    }
}
