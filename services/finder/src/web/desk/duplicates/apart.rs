//! `GET /arbeitsplatz/dubletten/getrennt`: pairs that somebody keeps apart.

use axum::{extract::State, http::Uri};
use jiff::tz::TimeZone;
use serde::Serialize;
use webkit::{
    error::PageError,
    pages::{Html, Visit},
    query,
    staff::{ImportSession, done, path_in, render},
};

use super::{
    HERE, centre,
    list::{Asked, DONE, PER_PAGE},
    may_decide, unreadable,
};
use crate::{
    app::AppState,
    web::{
        desk::turned::Turned,
        say::Say,
        view::{PageLink, date_in_words, page_links},
    },
};

/// The context of `desk/duplicates-apart.html`.
#[derive(Serialize)]
pub(super) struct ApartPage {
    done: Option<&'static str>,
    pairs: Vec<ApartView>,
    pages: Vec<PageLink>,
    previous: Option<String>,
    next: Option<String>,
}

/// Two centres that are not the same.
#[derive(Serialize)]
struct ApartView {
    one: String,
    one_name: String,
    other: String,
    other_name: String,
    by: String,
    on: Say,
}

/// Shows the pairs.
pub(super) async fn get(
    session: ImportSession,
    State(app): State<AppState>,
    visit: Visit,
    uri: Uri,
) -> Result<Html, PageError> {
    let asked: Asked = query::parse(uri.query().unwrap_or_default())?;
    let mut pairs = Vec::new();
    for kept in app.store().kept_apart().await.map_err(unreadable)? {
        let (one, other) =
            (centre(app.store(), &kept.centre_a).await?, centre(app.store(), &kept.centre_b).await?);
        // Pairs with a centre that is gone are of no use to anybody.
        let (Some(one), Some(other)) = (one, other) else { continue };
        if may_decide(&session, [&one.source, &other.source]) {
            pairs.push(ApartView {
                one: one.id,
                one_name: one.name,
                other: other.id,
                other_name: other.name,
                by: kept.actor.name,
                on: date_in_words(kept.at.to_zoned(berlin()).date()),
            });
        }
    }
    let turned = Turned::new(PER_PAGE, asked.seite, pairs.len());
    let href = |page: usize| format!("{}/getrennt?seite={page}", path_in(&visit, HERE));
    let page = ApartPage {
        done: done(&uri, &DONE),
        pairs: pairs.into_iter().skip(turned.skip()).take(PER_PAGE).collect(),
        pages: page_links(turned.page, turned.last, href),
        previous: turned.previous().map(href),
        next: turned.next().map(href),
    };
    render(app.pages(), &visit, &session, "desk/duplicates-apart.html", &page)
}

fn berlin() -> TimeZone {
    TimeZone::get("Europe/Berlin").unwrap_or(TimeZone::UTC)
}
