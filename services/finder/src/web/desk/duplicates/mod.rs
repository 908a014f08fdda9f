//! `/arbeitsplatz/dubletten`: pairs that may be one centre, to merge or to keep apart, and the way back from both.
//!
//! Nothing is decided here by itself. Who imports one association's list decides about pairs its list is part of, and
//! gives up only entries of that list: another association's entry never becomes part of hers without an administrator.

mod apart;
mod decide;
mod list;
mod merged;
pub(super) mod pair;
pub(super) mod reasons;

use contracts::directory::Centre;
use webkit::{
    error::PageError,
    staff::{ImportSession, NavItem, Need, StaffRoutes},
};

use crate::{
    app::AppState,
    layers::Layers,
    store::{Store, StoreError},
};

/// Where the list is.
const HERE: &str = "/arbeitsplatz/dubletten";

/// The routes.
pub(crate) fn routes() -> StaffRoutes<AppState> {
    StaffRoutes::new()
        .nav(NavItem { href: HERE, text: "desk-nav-duplicates", need: Need::Importer, order: 40 })
        .get(HERE, Need::Importer, list::get)
        .get("/arbeitsplatz/dubletten/zusammengefuehrt", Need::Importer, merged::get)
        .get("/arbeitsplatz/dubletten/getrennt", Need::Importer, apart::get)
        .post("/arbeitsplatz/dubletten/zusammengefuehrt", Need::Importer, decide::merge)
        .post("/arbeitsplatz/dubletten/zusammengefuehrt/aufheben", Need::Importer, decide::unmerge)
        .post("/arbeitsplatz/dubletten/getrennt", Need::Importer, decide::keep_apart)
        .post("/arbeitsplatz/dubletten/getrennt/aufheben", Need::Importer, decide::forget_apart)
}

/// Whether the person may say anything about a pair: one of the two leads from a list of hers.
fn may_decide(session: &ImportSession, sources: [&str; 2]) -> bool {
    sources.into_iter().any(|source| session.may_import(source))
}

/// Whether the person may make a centre part of another one: all lists it stands in are hers.
fn may_give_up(session: &ImportSession, layers: &Layers) -> bool {
    layers.records().all(|record| session.may_import(&record.source))
}

/// A centre by its own id; one that became part of another is not there any more.
async fn centre(store: &dyn Store, id: &str) -> Result<Option<Centre>, PageError> {
    let found = store.centre_by_id(id).await.map_err(unreadable)?;
    Ok(found.filter(|centre| centre.id == id))
}

fn unreadable(error: StoreError) -> PageError {
    match error {
        StoreError::Unavailable { .. } => PageError::Unavailable,
        StoreError::Missing { .. } => PageError::NotFound,
        other => PageError::internal(other),
    }
}

#[cfg(test)]
mod tests;
