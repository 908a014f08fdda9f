//! `GET /arbeitsplatz/dubletten/zusammengefuehrt`: centres made of several records, and the way back.

use axum::{extract::State, http::Uri};
use serde::Serialize;
use webkit::{
    error::PageError,
    pages::{Html, Visit},
    query,
    staff::{ImportSession, Member, Need, done, path_in, render},
};

use super::{
    HERE,
    list::{Asked, DONE, PER_PAGE},
    unreadable,
};
use crate::{
    app::AppState,
    layers::Layers,
    web::{
        desk::turned::Turned,
        view::{PageLink, page_links},
    },
};

/// Centres read at a time.
const PAGE: u32 = 500;

/// The context of `desk/duplicates-merged.html`.
#[derive(Serialize)]
pub(super) struct MergedPage {
    done: Option<&'static str>,
    centres: Vec<MergedView>,
    pages: Vec<PageLink>,
    previous: Option<String>,
    next: Option<String>,
}

/// A centre made of several records.
#[derive(Serialize)]
struct MergedView {
    name: String,
    href: Option<String>,
    leader: String,
    parts: Vec<PartView>,
}

/// A record that was absorbed.
#[derive(Serialize)]
struct PartView {
    name: String,
    source: String,
    external_id: String,
    may_leave: bool,
}

/// Shows what was merged.
pub(super) async fn get(
    session: ImportSession,
    State(app): State<AppState>,
    visit: Visit,
    uri: Uri,
) -> Result<Html, PageError> {
    let asked: Asked = query::parse(uri.query().unwrap_or_default())?;
    let mine = |layers: &Layers| layers.records().any(|record| session.may_import(&record.source));
    let merged: Vec<Layers> = merged(&app).await?.into_iter().filter(mine).collect();
    let turned = Turned::new(PER_PAGE, asked.seite, merged.len());
    let shown = merged.iter().skip(turned.skip()).take(PER_PAGE);
    let href = |page: usize| format!("{}/zusammengefuehrt?seite={page}", path_in(&visit, HERE));
    let page = MergedPage {
        done: done(&uri, &DONE),
        centres: shown.map(|layers| MergedView::new(layers, &session)).collect(),
        pages: page_links(turned.page, turned.last, href),
        previous: turned.previous().map(href),
        next: turned.next().map(href),
    };
    render(app.pages(), &visit, &session, "desk/duplicates-merged.html", &page)
}

/// All centres with more than one record, in the order of their ids.
async fn merged(app: &AppState) -> Result<Vec<Layers>, PageError> {
    let mut found = Vec::new();
    let mut last: Option<String> = None;
    loop {
        let page = app.store().centres_after(last.as_deref(), PAGE).await.map_err(unreadable)?;
        let ids: Vec<String> = page.into_iter().map(|centre| centre.id).collect();
        let Some(end) = ids.last() else { return Ok(found) };
        last = Some(end.clone());
        let layers = app.store().layers_of(&ids).await.map_err(unreadable)?;
        found.extend(layers.into_iter().filter(|layers| !layers.others.is_empty()));
    }
}

impl MergedView {
    fn new(layers: &Layers, session: &ImportSession) -> Self {
        let open = session.signed_in().meets(Need::Administrator);
        let parts = layers.others.iter().map(|record| PartView {
            name: record.body.name.clone(),
            source: record.source.clone(),
            external_id: record.external_id.clone(),
            may_leave: session.may_import(&record.source),
        });
        Self {
            name: layers.first.body.name.clone(),
            href: open.then(|| format!("/arbeitsplatz/stellen/{}", layers.centre_id)),
            leader: layers.first.source.clone(),
            parts: parts.collect(),
        }
    }
}
