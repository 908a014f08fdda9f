//! `POST` below `/arbeitsplatz/dubletten`: what somebody decided.

use axum::{extract::State, response::Redirect};
use serde::Deserialize;
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{ImportSession, Member, StaffForm, path_in},
};

use super::{HERE, centre, may_decide, may_give_up, unreadable};
use crate::{
    app::AppState,
    store::{Stamp, StoreError},
};

/// A pair to make one centre of.
#[derive(Deserialize)]
pub(super) struct Merge {
    one: String,
    other: String,
    /// The one that leads.
    keep: String,
}

/// A pair.
#[derive(Deserialize)]
pub(super) struct Pair {
    one: String,
    other: String,
}

/// A record to take out of its centre.
#[derive(Deserialize)]
pub(super) struct Record {
    source: String,
    external_id: String,
}

/// Makes one centre of two.
pub(super) async fn merge(
    session: ImportSession,
    State(app): State<AppState>,
    visit: Visit,
    StaffForm(form): StaffForm<Merge>,
) -> Result<Redirect, PageError> {
    let absorb = match &form.keep {
        keep if *keep == form.one => &form.other,
        keep if *keep == form.other => &form.one,
        _ => return Err(PageError::BadRequest),
    };
    let layers = app.store().layers(absorb).await.map_err(unreadable)?.ok_or(PageError::NotFound)?;
    if !may_give_up(&session, &layers) {
        return Err(PageError::NotFound);
    }
    // Sent twice, or decided by somebody else meanwhile.
    if layers.centre_id != *absorb {
        return Ok(back(&visit, "", "already"));
    }
    let merged = app.store().merge(&form.keep, absorb, &stamp(&app, &session)).await;
    Ok(back(&visit, "", settled(merged, "merged")?))
}

/// Notes that two centres are not the same.
pub(super) async fn keep_apart(
    session: ImportSession,
    State(app): State<AppState>,
    visit: Visit,
    StaffForm(form): StaffForm<Pair>,
) -> Result<Redirect, PageError> {
    own_pair(&app, &session, &form).await?;
    let kept = app.store().keep_apart(&form.one, &form.other, &stamp(&app, &session)).await;
    Ok(back(&visit, "", settled(kept, "kept-apart")?))
}

/// Forgets it again: the pair comes back to the list.
pub(super) async fn forget_apart(
    session: ImportSession,
    State(app): State<AppState>,
    visit: Visit,
    StaffForm(form): StaffForm<Pair>,
) -> Result<Redirect, PageError> {
    own_pair(&app, &session, &form).await?;
    let forgotten = app.store().forget_apart(&form.one, &form.other, &stamp(&app, &session)).await;
    Ok(back(&visit, "/getrennt", settled(forgotten, "forgotten")?))
}

/// Takes a record out of its merged centre.
pub(super) async fn unmerge(
    session: ImportSession,
    State(app): State<AppState>,
    visit: Visit,
    StaffForm(form): StaffForm<Record>,
) -> Result<Redirect, PageError> {
    let there = app.store().centre_by_external(&form.source, &form.external_id).await.map_err(unreadable)?;
    if there.is_none() || !session.may_import(&form.source) {
        return Err(PageError::NotFound);
    }
    let unmerged = app.store().unmerge(&form.source, &form.external_id, &stamp(&app, &session)).await;
    Ok(back(&visit, "/zusammengefuehrt", settled(unmerged, "unmerged")?))
}

/// Both centres are there and the person may decide about them.
async fn own_pair(app: &AppState, session: &ImportSession, pair: &Pair) -> Result<(), PageError> {
    let one = centre(app.store(), &pair.one).await?.ok_or(PageError::NotFound)?;
    let other = centre(app.store(), &pair.other).await?.ok_or(PageError::NotFound)?;
    if may_decide(session, [&one.source, &other.source]) { Ok(()) } else { Err(PageError::NotFound) }
}

fn stamp(app: &AppState, session: &ImportSession) -> Stamp {
    Stamp::new(session.actor(), app.ids(), app.clock())
}

/// What to say afterwards. A decision that had been taken before is none to worry about.
fn settled<T>(outcome: Result<T, StoreError>, done: &'static str) -> Result<&'static str, PageError> {
    match outcome {
        Ok(_) => Ok(done),
        Err(StoreError::Refused { .. }) => Ok("already"),
        Err(error) => Err(unreadable(error)),
    }
}

fn back(visit: &Visit, below: &str, done: &str) -> Redirect {
    Redirect::to(&format!("{}{below}?getan={done}", path_in(visit, HERE)))
}
