//! `POST /arbeitsplatz/import/{import}/zustimmung`: a second administrator agrees to what the thresholds stop.
//!
//! Who asks never agrees herself. Whatever changes the differences afterwards takes the agreement away.

use axum::{
    extract::{Path, State},
    response::Redirect,
};
use serde::Deserialize;
use webkit::{
    error::PageError,
    pages::Visit,
    staff::{ImportSession, Member, Need, StaffForm, StaffRoutes, path_in},
};

use super::{
    differences::{may_be_agreed, stand},
    draft::{Agreement, Draft, State as DraftState, Step},
    unanswered,
};
use crate::{app::AppState, store::StoreError};

/// The route.
pub(super) fn routes() -> StaffRoutes<AppState> {
    StaffRoutes::new().post("/arbeitsplatz/import/{import}/zustimmung", Need::Importer, post)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Said {
    was: What,
    stand: String,
}

#[derive(Deserialize, Clone, Copy, PartialEq, Eq)]
enum What {
    /// Ask for it.
    #[serde(rename = "bitte")]
    Ask,
    /// Agree.
    #[serde(rename = "ja")]
    Agree,
}

/// Asks, or agrees.
async fn post(
    session: ImportSession,
    State(app): State<AppState>,
    visit: Visit,
    Path(id): Path<String>,
    StaffForm(said): StaffForm<Said>,
) -> Result<Redirect, PageError> {
    let mut draft = Draft::find(&app, &session, &id).await?;
    if said.was == What::Agree && !session.signed_in().meets(Need::Administrator) {
        return Err(PageError::NotFound);
    }
    let here = path_in(&visit, &draft.path(Step::Differences));
    let back = |code: &str| Redirect::to(&format!("{here}?getan={code}"));
    let open =
        draft.state == DraftState::Compared && draft.body.comparison.as_ref().is_some_and(may_be_agreed);
    if !open || said.stand != stand(&draft) {
        return Ok(back("veraltet"));
    }
    let (actor, now) = (session.actor(), app.now());
    let code = match (said.was, &mut draft.body.agreement) {
        (What::Ask, Some(_)) => return Ok(back("gebeten")),
        (What::Ask, asked) => {
            *asked = Some(Agreement { asked_by: actor, asked_at: now, agreed_by: None, agreed_at: None });
            "gebeten"
        }
        (What::Agree, None) => return Ok(back("zustimmung")),
        (What::Agree, Some(asked)) if asked.asked_by.person_id == actor.person_id => {
            return Ok(back("selbst"));
        }
        (What::Agree, Some(asked)) => {
            (asked.agreed_by, asked.agreed_at) = (Some(actor), Some(now));
            draft.state = DraftState::Agreed;
            "zugestimmt"
        }
    };
    match draft.save(&app).await {
        Err(StoreError::Conflict { .. }) => Ok(back("veraltet")),
        saved => saved.map_err(unanswered).map(|()| back(code)),
    }
}
