//! `GET /stelle/{slug}`: a centre whole, and its contact for the phone book.

use std::collections::HashMap;

use axum::{
    extract::{Path, State, rejection::PathRejection},
    http::header,
    response::{IntoResponse, Redirect, Response},
};
use contracts::{
    booking::NextFree,
    directory::{Centre, Offer},
};
use jiff::civil::DateTime;
use kernel::Lang;
use search_index::{Lexicon, place::Gazetteer};
use serde::Serialize;
use webkit::{
    error::PageError,
    pages::{Html, Visit},
};

use super::{
    jsonld::json_ld,
    link,
    say::Say,
    text::{feedback_address, operator_phone},
    vcard::vcard,
    view::{
        AccessView, AppointmentView, AreaView, ContactView, ExceptionView, Link, MapView, OpeningToday,
        TopicLink, WeekDay, access_facts, appointment_view, areas_in_words, berlin, contacts, date_in_words,
        exceptions, is_approximate, language_names, mail_with_subject, map_of_centre, modes_in_words,
        opening_today, topic_links, web_link, week,
    },
};
use crate::{app::AppState, store::StoreError};

/// The context of `centre.html`.
#[derive(Serialize)]
pub(super) struct CentrePage {
    name: String,
    carrier: Option<String>,
    association: Option<String>,
    description: Option<String>,
    source: String,
    contact: ContactView,
    vcard_href: String,
    today: Option<OpeningToday>,
    week: Vec<WeekDay>,
    exceptions: Vec<ExceptionView>,
    opening_note: Option<String>,
    access: AccessView,
    languages: Vec<String>,
    confirmed: Option<Say>,
    offers: Vec<OfferView>,
    /// Where one can talk to the centre at once, while that is possible.
    talk_href: Option<String>,
    map: Option<MapView>,
    map_approximate: bool,
    json_ld: String,
    report_href: Option<String>,
    operator_phone: Option<Link>,
}

/// An offer of the centre.
#[derive(Serialize)]
struct OfferView {
    anchor: String,
    name: String,
    description: Option<String>,
    topics: Vec<TopicLink>,
    target_groups: Vec<String>,
    keywords: Vec<String>,
    modes: Vec<Say>,
    /// Languages of this offer beyond the centre's.
    languages: Vec<String>,
    areas: AreaView,
    link: Option<String>,
    appointment: Option<AppointmentView>,
}

/// What names and times on the page are made with.
pub(super) struct Names<'a> {
    pub(super) lexicon: &'a Lexicon,
    pub(super) gazetteer: &'a Gazetteer,
    pub(super) free: &'a HashMap<String, NextFree>,
    /// Whether anybody can come to the centre's chat now.
    pub(super) open: bool,
    pub(super) now: DateTime,
    pub(super) lang: Lang,
}

/// Whom to tell about a mistake.
#[derive(Default)]
pub(super) struct Report {
    pub(super) href: Option<String>,
    pub(super) phone: Option<Link>,
}

impl CentrePage {
    pub(super) fn new(centre: &Centre, names: &Names<'_>, report: Report) -> Self {
        let lang = names.lang;
        let today = names.now.date();
        Self {
            name: centre.name.clone(),
            carrier: centre.carrier.clone(),
            association: centre.association.clone(),
            description: centre.description.clone(),
            source: centre.source.clone(),
            contact: contacts(&centre.contacts, &centre.address),
            vcard_href: format!("{}/kontakt.vcf", link::centre(lang, &centre.slug)),
            today: opening_today(&centre.opening, names.now),
            week: week(&centre.opening, today),
            exceptions: exceptions(&centre.opening, today),
            opening_note: centre.opening.note.clone(),
            access: access_facts(&centre.access),
            languages: named(&centre.languages, lang),
            confirmed: centre.confirmed_on.map(date_in_words),
            talk_href: names.open.then(|| link::talk(lang, &centre.id)),
            offers: (1..)
                .zip(&centre.offers)
                .map(|(number, offer)| OfferView::new(number, offer, names))
                .collect(),
            map: map_of_centre(&centre.name, centre.coordinates.as_ref(), names.gazetteer),
            map_approximate: centre.coordinates.as_ref().is_some_and(is_approximate),
            json_ld: json_ld(centre),
            report_href: report.href,
            operator_phone: report.phone,
        }
    }
}

impl OfferView {
    fn new(number: usize, offer: &Offer, names: &Names<'_>) -> Self {
        Self {
            anchor: format!("angebot-{number}"),
            name: offer.name.clone(),
            description: offer.description.clone(),
            topics: topic_links(names.lexicon, &offer.topics, names.lang),
            target_groups: offer.target_groups.clone(),
            keywords: offer.keywords.clone(),
            modes: modes_in_words(&offer.modes),
            languages: named(&offer.languages, names.lang),
            areas: areas_in_words(&offer.areas, names.gazetteer),
            link: offer.link.as_deref().and_then(|link| web_link(link).href),
            appointment: names.free.get(&offer.id).map(|next| appointment_view(&offer.id, next, names.lang)),
        }
    }
}

fn named(tags: &[String], lang: Lang) -> Vec<String> {
    language_names(tags, lang).into_iter().map(|language| language.name).collect()
}

/// Shows a centre.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    slug: Result<Path<String>, PathRejection>,
) -> Result<Response, PageError> {
    let asked = slug.as_ref().map(|Path(slug)| slug.clone()).unwrap_or_default();
    let centre = centre_at(&app, slug).await?;
    if centre.slug != asked {
        // The page of a centre that became part of this one. It may stand alone again one day.
        return Ok(Redirect::temporary(&link::centre(visit.lang, &centre.slug)).into_response());
    }
    let gazetteer =
        app.live().snapshot().map_or_else(Gazetteer::bundled, |snapshot| snapshot.gazetteer.clone());
    let offers: Vec<String> = centre.offers.iter().map(|offer| offer.id.clone()).collect();
    let free = app.next_free(&offers).await;
    let names = Names {
        lexicon: app.live().lexicon(),
        gazetteer: &gazetteer,
        free: &free,
        open: app.open_until(&centre.id).await.is_some(),
        now: berlin(app.now()),
        lang: visit.lang,
    };
    let subject = app.pages().catalogue().plain(visit.lang, "centre-report-subject");
    let subject = format!("{subject}: {}", centre.name);
    let report = Report {
        href: feedback_address(app.site()).and_then(|address| mail_with_subject(address, &subject)),
        phone: operator_phone(app.site()),
    };
    let page = app.pages().render(&visit, "centre.html", &CentrePage::new(&centre, &names, report))?;
    Ok(Html(page).into_response())
}

/// Hands out a centre's contact for the phone book.
pub(super) async fn get_vcard(
    State(app): State<AppState>,
    slug: Result<Path<String>, PathRejection>,
) -> Result<Response, PageError> {
    let centre = centre_at(&app, slug).await?;
    // The file is called the same for every centre: it may stay on a device that others use.
    let headers = [
        (header::CONTENT_TYPE, "text/vcard; charset=utf-8"),
        (header::CONTENT_DISPOSITION, "attachment; filename=\"kontakt.vcf\""),
    ];
    Ok((headers, vcard(&centre)).into_response())
}

async fn centre_at(app: &AppState, slug: Result<Path<String>, PathRejection>) -> Result<Centre, PageError> {
    // A path that is not UTF-8 is no centre's.
    let Path(slug) = slug.map_err(|_| PageError::NotFound)?;
    if slug.contains('\0') {
        // PostgreSQL refuses NUL in text; no slug has one.
        return Err(PageError::NotFound);
    }
    let found = app.store().centre_by_slug(&slug).await;
    found.map_err(unreadable)?.ok_or(PageError::NotFound)
}

fn unreadable(error: StoreError) -> PageError {
    match error {
        StoreError::Unavailable { .. } => PageError::Unavailable,
        other => PageError::internal(other),
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;
    use crate::web::samples;

    #[test]
    fn a_centre_page_marks_today_names_areas_and_links_topics() {
        let (lexicon, gazetteer) = (Lexicon::bundled(), Gazetteer::bundled());
        let now = date(2026, 11, 23).at(10, 0, 0, 0);
        let free = HashMap::new();
        let names =
            Names { lexicon: &lexicon, gazetteer: &gazetteer, free: &free, open: true, now, lang: Lang::En };
        let page = CentrePage::new(&samples::centre(), &names, Report::default());
        let page = serde_json::to_value(page).unwrap();
        assert_eq!(page["week"][0]["today"], true);
        assert_eq!(page["today"]["say"]["id"], "opening-now");
        assert_eq!(page["offers"][0]["areas"]["groups"][0]["shown"][0], "79100–79117");
        assert_eq!(page["offers"][0]["topics"][0]["href"], "/en/thema/debt");
        assert_eq!(page["talk_href"], format!("/en/sprechen/{}", samples::centre().id));
        assert_eq!(page["vcard_href"], "/en/stelle/rat-und-tat-freiburg/kontakt.vcf");
    }
}
