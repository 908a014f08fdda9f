//! `GET /arbeitsplatz/dubletten`: the pairs to decide on.

use std::collections::BTreeMap;

use axum::{extract::State, http::Uri};
use serde::{Deserialize, Serialize};
use webkit::{
    error::PageError,
    pages::{Html, Visit},
    query,
    staff::{ImportSession, Member, Need, done, path_in, render},
};

use super::{
    HERE, centre, may_decide, may_give_up,
    pair::{PairView, Rights},
    unreadable,
};
use crate::{
    app::AppState,
    duplicates::{Advice, Candidate},
    web::{
        desk::turned::Turned,
        view::{PageLink, page_links},
    },
};

/// Pairs on a page: each is a table of its own.
pub(super) const PER_PAGE: usize = 10;

/// What the pages of duplicates say after a decision.
pub(super) const DONE: [(&str, &str); 5] = [
    ("merged", "desk-duplicates-done-merged"),
    ("kept-apart", "desk-duplicates-done-kept-apart"),
    ("unmerged", "desk-duplicates-done-unmerged"),
    ("forgotten", "desk-duplicates-done-forgotten"),
    ("already", "desk-duplicates-done-already"),
];

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Asked {
    pub(super) art: String,
    pub(super) seite: Option<usize>,
    /// Read by [`done`].
    #[serde(rename = "getan")]
    _done: String,
}

/// The context of `desk/duplicates.html`.
#[derive(Serialize)]
pub(super) struct DuplicatesPage {
    pub(super) done: Option<&'static str>,
    pub(super) tab: &'static str,
    pub(super) counts: BTreeMap<&'static str, usize>,
    pub(super) pairs: Vec<PairView>,
    pub(super) pages: Vec<PageLink>,
    pub(super) previous: Option<String>,
    pub(super) next: Option<String>,
}

/// The tabs in their order, by the code in the address.
const TABS: [(&str, Advice); 3] =
    [("gleich", Advice::Merge), ("offen", Advice::Look), ("verschieden", Advice::KeepApart)];

/// Shows the pairs.
pub(super) async fn get(
    session: ImportSession,
    State(app): State<AppState>,
    visit: Visit,
    uri: Uri,
) -> Result<Html, PageError> {
    let asked: Asked = query::parse(uri.query().unwrap_or_default())?;
    let (tab, advice) = *TABS.iter().find(|(code, _)| *code == asked.art).unwrap_or(&TABS[0]);
    let survey = app.surveyed().now(&app).await.map_err(unreadable)?;
    let mine = |pair: &&Candidate| may_decide(&session, [&pair.sources[0], &pair.sources[1]]);
    let count =
        |wanted: Advice| survey.pairs.iter().filter(mine).filter(|pair| pair.advice == wanted).count();
    let turned = Turned::new(PER_PAGE, asked.seite, count(advice));
    let shown = survey.pairs.iter().filter(mine).filter(|pair| pair.advice == advice);
    let mut pairs = Vec::new();
    for candidate in shown.skip(turned.skip()).take(PER_PAGE) {
        pairs.extend(pair(&app, &session, candidate).await?);
    }
    let href = |page: usize| format!("{}?art={tab}&seite={page}", path_in(&visit, HERE));
    let page = DuplicatesPage {
        done: done(&uri, &DONE),
        tab,
        counts: TABS.iter().map(|(code, advice)| (*code, count(*advice))).collect(),
        pairs,
        pages: page_links(turned.page, turned.last, href),
        previous: turned.previous().map(href),
        next: turned.next().map(href),
    };
    render(app.pages(), &visit, &session, "desk/duplicates.html", &page)
}

/// A pair with both centres as they are now; `None` when one of them is gone.
async fn pair(
    app: &AppState,
    session: &ImportSession,
    candidate: &Candidate,
) -> Result<Option<PairView>, PageError> {
    let store = app.store();
    let (Some(one), Some(other)) =
        (centre(store, &candidate.one).await?, centre(store, &candidate.other).await?)
    else {
        return Ok(None);
    };
    let mut give_up = [false; 2];
    for (at, id) in [&candidate.one, &candidate.other].into_iter().enumerate() {
        let layers = store.layers(id).await.map_err(unreadable)?;
        give_up[at] = layers.is_some_and(|layers| may_give_up(session, &layers));
    }
    let open = session.signed_in().meets(Need::Administrator);
    Ok(Some(PairView::new(candidate, &one, &other, Rights { give_up, open })))
}
