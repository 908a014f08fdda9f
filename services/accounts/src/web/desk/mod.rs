//! `/arbeitsplatz`: where work begins, the people, the trail.

mod grant;
mod invite;
mod people;
mod person;
mod start;
mod trail;

use webkit::staff::{NavItem, Need, StaffRoutes};

pub(super) use self::grant::GrantView;
use super::state::AppState;

/// The workplace's pages of this service.
pub(super) fn routes() -> StaffRoutes<AppState> {
    use Need::{Administrator, People, SignedIn};
    let nav = |href, text, need, order| NavItem { href, text, need, order };
    StaffRoutes::new()
        .get("/arbeitsplatz", SignedIn, start::get)
        .get("/arbeitsplatz/personen", People, people::get)
        .get("/arbeitsplatz/personen/einladen", People, invite::get)
        .post("/arbeitsplatz/personen/einladen", People, invite::post)
        .get("/arbeitsplatz/personen/{person}", People, person::get)
        .post("/arbeitsplatz/personen/{person}/rechte", People, person::post_grant)
        .post("/arbeitsplatz/personen/{person}/rechte/entziehen", People, person::post_withdrawal)
        .post("/arbeitsplatz/personen/{person}/sperren", People, person::post_disable)
        .post("/arbeitsplatz/personen/{person}/entsperren", People, person::post_enable)
        .post("/arbeitsplatz/personen/{person}/sitzungen/beenden", People, person::post_end_sessions)
        .post("/arbeitsplatz/personen/{person}/einladung/erneut", People, person::post_resend)
        .post("/arbeitsplatz/personen/{person}/einladung/zuruecknehmen", People, person::post_take_back)
        .post("/arbeitsplatz/personen/{person}/faktoren", Administrator, person::post_factors)
        .post("/arbeitsplatz/personen/{person}/faktoren/entfernen", Administrator, person::post_no_factors)
        .get("/arbeitsplatz/protokoll", Administrator, trail::get)
        .nav(nav("/arbeitsplatz", "accounts-nav-start", SignedIn, 0))
        .nav(nav("/arbeitsplatz/personen", "accounts-nav-people", People, 80))
        .nav(nav("/arbeitsplatz/protokoll", "accounts-nav-trail", Administrator, 90))
}
