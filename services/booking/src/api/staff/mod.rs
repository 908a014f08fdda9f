//! The staff side of the API, below `/api/v1/staff`: what the pages of the workplace do, for programs.
//!
//! The cookie of a session is the credential, and the rights are those of the pages: a centre that is not hers answers
//! like one that does not exist. What a seeker said stands in no list and in no answer but one, which is asked for by a
//! POST because asking is noted in the trail. An appointment is changed over the version that was read; a document is
//! replaced over the revision that its ETag names.

mod answer;
mod appointments;
mod book;
mod centre;
mod change;
mod contact;
mod days;
mod hours;
mod offer;
mod preview;
mod resources;
mod revision;
mod talk;
mod tallies;
#[cfg(test)]
mod tests;
mod unsuited;
mod view;

use utoipa::OpenApi;
use webkit::staff::{Need, StaffRoutes};

use crate::web::AppState;

/// The staff's routes. They belong behind the guard, and below no language.
pub fn routes() -> StaffRoutes<AppState> {
    use Need::{CentreEditor, Team};
    StaffRoutes::new()
        .get("/api/v1/staff/centres/{centre}/appointments", Team, appointments::list)
        .post("/api/v1/staff/centres/{centre}/appointments", Team, book::post)
        .get("/api/v1/staff/centres/{centre}/appointments/{appointment}", Team, appointments::get)
        .post("/api/v1/staff/centres/{centre}/appointments/{appointment}/contact", Team, contact::post)
        .post("/api/v1/staff/centres/{centre}/appointments/{appointment}/confirmation", Team, change::confirm)
        .post("/api/v1/staff/centres/{centre}/appointments/{appointment}/cancellation", Team, change::cancel)
        .post("/api/v1/staff/centres/{centre}/appointments/{appointment}/move", Team, change::move_to)
        .post("/api/v1/staff/centres/{centre}/appointments/{appointment}/handover", Team, change::hand_over)
        .post("/api/v1/staff/centres/{centre}/appointments/{appointment}/attendance", Team, change::attend)
        .get("/api/v1/staff/centres/{centre}/offers/{offer}/settings", CentreEditor, offer::get)
        .put("/api/v1/staff/centres/{centre}/offers/{offer}/settings", CentreEditor, offer::put)
        .get("/api/v1/staff/centres/{centre}/settings", CentreEditor, centre::get)
        .put("/api/v1/staff/centres/{centre}/settings", CentreEditor, centre::put)
        .get("/api/v1/staff/centres/{centre}/resources", Team, resources::list)
        .get("/api/v1/staff/centres/{centre}/resources/{resource}/hours", Team, hours::get)
        .put("/api/v1/staff/centres/{centre}/resources/{resource}/hours", Team, hours::put)
        .post("/api/v1/staff/centres/{centre}/resources/{resource}/hours/preview", Team, preview::post)
        .get("/api/v1/staff/centres/{centre}/tallies", Team, tallies::list)
        .post("/api/v1/staff/talk/guests", Team, talk::invite)
        .post("/api/v1/staff/talk/guests/withdrawal", Team, talk::withdraw)
        .get("/api/v1/staff/talk/colleagues", Team, talk::colleagues)
        .post("/api/v1/staff/talk/handovers", Team, talk::hand_over)
        .post("/api/v1/staff/talk/handovers/withdrawal", Team, talk::keep)
}

/// What the document says of the staff side.
#[derive(OpenApi)]
#[openapi(
    paths(
        appointments::list,
        book::post,
        appointments::get,
        contact::post,
        change::confirm,
        change::cancel,
        change::move_to,
        change::hand_over,
        change::attend,
        offer::get,
        offer::put,
        centre::get,
        centre::put,
        resources::list,
        hours::get,
        hours::put,
        preview::post,
        tallies::list,
        talk::invite,
        talk::withdraw,
        talk::colleagues,
        talk::hand_over,
        talk::keep,
    ),
    tags((name = "staff", description = "What staff of a centre do with its appointments. The session of the workplace is the \
        credential. A change must come from this site, as browsers say it by themselves: `Sec-Fetch-Site: same-origin`, or \
        an `Origin` that names this host; other programs send one of them, too. Bodies are `application/json`; unknown \
        fields are refused, and `pointer` says where a body is wrong."))
)]
pub(super) struct Document;
