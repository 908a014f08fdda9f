//! The pages of text: help, crisis lines, traces, privacy, imprint, accessibility.

use axum::extract::State;
use jiff::civil::{Date, date};
use search_index::place::Gazetteer;
use serde::Serialize;
use webkit::{
    error::PageError,
    pages::{Html, Visit},
};

use super::{
    say::Say,
    view::{Link, date_in_words, mail_with_subject, phone},
};
use crate::{app::AppState, site::Site};

/// When the accessibility statement was last gone through; change it with its text.
const ASSESSED_ON: Date = date(2026, 11, 22);

/// A page that needs nothing but its texts.
#[derive(Serialize)]
pub(super) struct Bare {}

/// The context of `imprint.html`.
#[derive(Serialize)]
pub(super) struct ImprintPage {
    /// The operator's phone.
    pub(super) operator_phone: Option<Link>,
    /// Where the table of places comes from.
    pub(super) places_notice: String,
}

/// The context of `accessibility.html`.
#[derive(Serialize)]
pub(super) struct AccessibilityPage {
    /// When the statement was last gone through.
    pub(super) dated: Say,
    /// Whom to write to about a barrier.
    pub(super) feedback_href: Option<String>,
    /// The operator's phone.
    pub(super) operator_phone: Option<Link>,
}

/// Where feedback goes: its own address, else the operator's.
pub(super) fn feedback_address(site: &Site) -> Option<&str> {
    site.feedback_email.as_deref().or(site.operator.as_ref().map(|operator| operator.email.as_str()))
}

/// The operator's phone as a link.
pub(super) fn operator_phone(site: &Site) -> Option<Link> {
    site.operator.as_ref()?.phone.as_deref().map(phone)
}

/// Help with the search.
pub(super) async fn help(State(app): State<AppState>, visit: Visit) -> Result<Html, PageError> {
    bare(&app, &visit, "help.html")
}

/// Crisis lines.
pub(super) async fn crisis(State(app): State<AppState>, visit: Visit) -> Result<Html, PageError> {
    bare(&app, &visit, "crisis.html")
}

/// What stays on the device, and what does not.
pub(super) async fn traces(State(app): State<AppState>, visit: Visit) -> Result<Html, PageError> {
    bare(&app, &visit, "traces.html")
}

/// Privacy notice.
pub(super) async fn privacy(State(app): State<AppState>, visit: Visit) -> Result<Html, PageError> {
    bare(&app, &visit, "privacy.html")
}

/// Who runs the installation.
pub(super) async fn imprint(State(app): State<AppState>, visit: Visit) -> Result<Html, PageError> {
    let gazetteer =
        app.live().snapshot().map_or_else(Gazetteer::bundled, |snapshot| snapshot.gazetteer.clone());
    let page = ImprintPage {
        operator_phone: operator_phone(app.site()),
        places_notice: gazetteer.attribution().to_owned(),
    };
    Ok(Html(app.pages().render(&visit, "imprint.html", &page)?))
}

/// Accessibility statement.
pub(super) async fn accessibility(State(app): State<AppState>, visit: Visit) -> Result<Html, PageError> {
    let subject = app.pages().catalogue().plain(visit.lang, "accessibility-feedback-subject");
    let page = AccessibilityPage {
        dated: date_in_words(ASSESSED_ON),
        feedback_href: feedback_address(app.site()).and_then(|address| mail_with_subject(address, &subject)),
        operator_phone: operator_phone(app.site()),
    };
    Ok(Html(app.pages().render(&visit, "accessibility.html", &page)?))
}

fn bare(app: &AppState, visit: &Visit, template: &str) -> Result<Html, PageError> {
    Ok(Html(app.pages().render(visit, template, &Bare {})?))
}
