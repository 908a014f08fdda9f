//! `GET /arbeitsplatz/stellen/{centre}`: how the entry stands, what it lacks, what happened to it.

use axum::{
    extract::State,
    http::Uri,
    response::{IntoResponse, Response},
};
use contracts::directory::{Centre, LocationBasis};
use jiff::{Span, civil::Date};
use serde::Serialize;
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{CentreSession, Member, done, path_in, render},
};

use super::{
    around::{Around, layers_of},
    head::{Head, path, segment},
    history::{self, Event, Record},
    section::{Section, Sheet},
    words,
};
use crate::{
    app::AppState,
    layers::{Field, Standing, compose},
    web::link,
};

const DONE: [(&str, &str); 5] = [
    ("bestaetigt", "desk-centre-done-confirmed"),
    ("zurueck", "desk-centre-done-reverted"),
    ("herausgenommen", "desk-centre-done-withdrawn"),
    ("aufgenommen", "desk-centre-done-restored"),
    ("angelegt", "desk-centre-done-created"),
];

/// The context of `desk/centre-overview.html`.
#[derive(Serialize)]
struct OverviewPage {
    head: Head,
    done: Option<&'static str>,
    public_href: Option<String>,
    people_href: String,
    confirmed: Option<String>,
    confirmed_by: Option<String>,
    stale: bool,
    gaps: Vec<GapLine>,
    facts: Vec<Fact>,
    records: Vec<Record>,
    merged: bool,
    events: Vec<Event>,
    administrator: bool,
    listed: bool,
    withdrawn: bool,
}

/// Something the entry lacks, with the page to say it on.
#[derive(Serialize)]
struct GapLine {
    text: String,
    href: String,
}

/// What a section says in short.
#[derive(Serialize)]
struct Fact {
    label: String,
    #[serde(rename = "values")]
    texts: Vec<String>,
    origin: Option<String>,
    href: Option<String>,
}

/// Shows the overview.
pub(super) async fn get(
    State(app): State<AppState>,
    visit: Visit,
    uri: Uri,
    session: CentreSession,
) -> Result<Response, PageError> {
    let layers = layers_of(&app, &session).await?;
    let composed = compose(&layers);
    let around = Around::new(&app, visit.lang);
    let centre = &composed.centre;
    let id = session.centre_id();
    let href = |tail: &str| path_in(&visit, &path(id, tail));
    let gap =
        |(message, tail): (&'static str, String)| GapLine { text: around.word(message), href: href(&tail) };
    let facts = SHOWN.iter().map(|field| {
        let value = field.get(centre);
        let text = words::value(field, &value, &around);
        let origin = composed.provenance.of(field).filter(|_| !value.is_null());
        Fact {
            label: around.word(words::label(field)),
            texts: Some(text).filter(|text| !text.is_empty()).into_iter().collect(),
            origin: origin.map(|origin| words::origin(origin, &around)),
            href: Some(href(&Sheet::tail_of(field))),
        }
    });
    let context = OverviewPage {
        head: Head::new(id, &composed, Some(Section::Overview), &visit, &around),
        done: done(&uri, &DONE),
        public_href: (composed.standing == Standing::Listed).then(|| link::centre(visit.lang, &centre.slug)),
        people_href: path_in(
            &visit,
            &format!("/arbeitsplatz/personen?stelle={}", segment(&layers.centre_id)),
        ),
        confirmed: centre.confirmed_on.map(|day| around.day(day)),
        confirmed_by: composed.provenance.of(&Field::ConfirmedOn).map(|from| words::origin(from, &around)),
        stale: is_stale(centre, around.today()),
        gaps: gaps(centre).into_iter().map(gap).collect(),
        facts: facts.collect(),
        records: history::records(&layers, &around),
        merged: !layers.others.is_empty(),
        events: history::events(&layers, &around).await?,
        administrator: session.signed_in().administrator().is_some(),
        listed: composed.standing == Standing::Listed,
        withdrawn: composed.standing == Standing::Withdrawn,
    };
    Ok(render(app.pages(), &visit, &session, "desk/centre-overview.html", &context)?.into_response())
}

/// Fields shown in short.
const SHOWN: [Field; 7] = [
    Field::Name,
    Field::Carrier,
    Field::Address,
    Field::Phone,
    Field::Email,
    Field::Weekly,
    Field::Languages,
];

/// Whether nobody confirmed the entry for a year.
pub(super) fn is_stale(centre: &Centre, today: Date) -> bool {
    centre.confirmed_on.is_none_or(|day| day < today.saturating_sub(Span::new().months(12)))
}

/// What the entry lacks, as messages with the end of the page's address.
pub(super) fn gaps(centre: &Centre) -> Vec<(&'static str, String)> {
    let mut gaps = Vec::new();
    let mut add = |lacks: bool, message: &'static str, tail: String| {
        if lacks {
            gaps.push((message, tail));
        }
    };
    let tail = |section: Section| section.tail().to_owned();
    let point = centre.coordinates.as_ref();
    let opening = &centre.opening;
    add(centre.contacts.phone.is_none(), "desk-centre-gap-phone", tail(Section::Contact));
    add(centre.contacts.email.is_none(), "desk-centre-gap-email", tail(Section::Contact));
    add(centre.contacts.website.is_none(), "desk-centre-gap-website", tail(Section::Basics));
    add(centre.description.is_none(), "desk-centre-gap-description", tail(Section::Basics));
    add(centre.languages.is_empty(), "desk-centre-gap-languages", tail(Section::Basics));
    add(point.is_none(), "desk-centre-gap-point", tail(Section::Address));
    let is_guess = point.is_some_and(|point| point.basis == LocationBasis::Postcode);
    add(is_guess && centre.address.street.is_some(), "desk-centre-gap-exact", tail(Section::Address));
    let no_hours = opening.weekly.is_empty() && opening.note.is_none();
    add(no_hours, "desk-centre-gap-hours", tail(Section::Hours));
    add(centre.access.wheelchair.is_none(), "desk-centre-gap-wheelchair", tail(Section::Access));
    let without_area = centre.offers.iter().find(|offer| offer.areas.is_empty());
    if let Some(offer) = without_area {
        add(true, "desk-centre-gap-area", Sheet::areas(&offer.id).tail);
    }
    if let Some(offer) = centre.offers.iter().find(|offer| offer.topics.is_empty()) {
        add(true, "desk-centre-gap-topic", Sheet::offer(&offer.id).tail);
    }
    gaps
}
