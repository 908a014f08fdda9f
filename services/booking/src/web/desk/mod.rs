//! Booking's pages for staff: what can be booked and when, who comes, and what became of it.
//!
//! A centre that is not hers answers like one that does not exist. What a seeker said is shown only on request, and the
//! request is noted in the trail: who, when, which offer and day; never what was read. Every change is made over the version
//! that was on the screen.

pub(crate) mod around;
mod calendar;
mod change;
mod closures;
mod handovers;
pub(crate) mod hours;
pub(crate) mod look;
mod numbers;
mod offer;
pub(crate) mod one;
mod open_hours;
mod overview;
mod phone;
pub(crate) mod resources;
mod say;
mod settings;
mod talks;
mod walk_ins;
mod week;
mod words;

#[cfg(test)]
pub(crate) mod tests;

use webkit::staff::{NavItem, Need, StaffRoutes};

pub(super) use self::{around::unreadable, words::mode as mode_word};

use super::AppState;

/// The staff pages, without a language prefix.
pub fn routes() -> StaffRoutes<AppState> {
    use Need::{CentreEditor, Team};
    StaffRoutes::new()
        .get("/arbeitsplatz/termine", Team, overview::get_centres)
        .get("/arbeitsplatz/termine/{centre}", Team, overview::get)
        .get("/arbeitsplatz/termine/{centre}/neu", Team, phone::get)
        .post("/arbeitsplatz/termine/{centre}/neu", Team, phone::post)
        .get("/arbeitsplatz/termine/{centre}/gespraeche", Team, talks::get)
        .post("/arbeitsplatz/termine/{centre}/gespraeche/annehmen", Team, walk_ins::post)
        .post("/arbeitsplatz/termine/{centre}/gespraeche/uebergaben/{handover}", Team, handovers::post)
        .post("/arbeitsplatz/termine/{centre}/gespraeche/{appointment}", Team, talks::post)
        .get("/arbeitsplatz/termine/{centre}/zahlen", Team, numbers::get)
        .get("/arbeitsplatz/termine/{centre}/zahlen/datei", Team, numbers::file::get)
        .get("/arbeitsplatz/termine/{centre}/kalender", Team, calendar::get)
        .post("/arbeitsplatz/termine/{centre}/kalender/abonnement", Team, calendar::feed::post)
        .post("/arbeitsplatz/termine/{centre}/kalender/abonnement/beenden", Team, calendar::feed::post_end)
        .post("/arbeitsplatz/termine/{centre}/kalender/belegt", Team, calendar::busy::post)
        .post("/arbeitsplatz/termine/{centre}/kalender/belegt/trennen", Team, calendar::busy::post_removal)
        .get("/arbeitsplatz/termine/{centre}/zeiten", Team, hours::get_own)
        .post("/arbeitsplatz/termine/{centre}/zeiten", Team, hours::post_own)
        .get("/arbeitsplatz/termine/{centre}/zeiten/{resource}", Team, hours::get)
        .get("/arbeitsplatz/termine/{centre}/zeiten/{resource}/regel", Team, hours::rule::get)
        .post("/arbeitsplatz/termine/{centre}/zeiten/{resource}/regel", Team, hours::rule::post)
        .get("/arbeitsplatz/termine/{centre}/zeiten/{resource}/abwesenheit", Team, hours::absence::get)
        .post("/arbeitsplatz/termine/{centre}/zeiten/{resource}/abwesenheit", Team, hours::absence::post)
        .get("/arbeitsplatz/termine/{centre}/zeiten/{resource}/entfernen", Team, hours::remove::get)
        .post("/arbeitsplatz/termine/{centre}/zeiten/{resource}/entfernen", Team, hours::remove::post)
        .get("/arbeitsplatz/termine/{centre}/einstellungen", CentreEditor, settings::get)
        .post("/arbeitsplatz/termine/{centre}/einstellungen", CentreEditor, settings::post)
        .post("/arbeitsplatz/termine/{centre}/einstellungen/buchung", CentreEditor, settings::post_switch)
        .get("/arbeitsplatz/termine/{centre}/einstellungen/schliessung", CentreEditor, closures::get)
        .post("/arbeitsplatz/termine/{centre}/einstellungen/schliessung", CentreEditor, closures::post)
        .get(
            "/arbeitsplatz/termine/{centre}/einstellungen/schliessung/entfernen",
            CentreEditor,
            closures::get_removal,
        )
        .post(
            "/arbeitsplatz/termine/{centre}/einstellungen/schliessung/entfernen",
            CentreEditor,
            closures::post_removal,
        )
        .get("/arbeitsplatz/termine/{centre}/einstellungen/sprechstunde", CentreEditor, open_hours::get)
        .post("/arbeitsplatz/termine/{centre}/einstellungen/sprechstunde", CentreEditor, open_hours::post)
        .post("/arbeitsplatz/termine/{centre}/einstellungen/raum", CentreEditor, resources::post_room)
        .get("/arbeitsplatz/termine/{centre}/einstellungen/buchbar/{resource}", CentreEditor, resources::get)
        .post(
            "/arbeitsplatz/termine/{centre}/einstellungen/buchbar/{resource}",
            CentreEditor,
            resources::post,
        )
        .get("/arbeitsplatz/termine/{centre}/angebote/{offer}", CentreEditor, offer::get)
        .post("/arbeitsplatz/termine/{centre}/angebote/{offer}", CentreEditor, offer::post)
        .get("/arbeitsplatz/termine/{centre}/{appointment}", Team, one::get)
        .post("/arbeitsplatz/termine/{centre}/{appointment}/angaben", Team, one::post_contact)
        .post("/arbeitsplatz/termine/{centre}/{appointment}/bestaetigung", Team, change::post_confirmation)
        .get("/arbeitsplatz/termine/{centre}/{appointment}/absage", Team, change::get_cancellation)
        .post("/arbeitsplatz/termine/{centre}/{appointment}/absage", Team, change::post_cancellation)
        .get("/arbeitsplatz/termine/{centre}/{appointment}/verschieben", Team, change::get_move)
        .post("/arbeitsplatz/termine/{centre}/{appointment}/verschieben", Team, change::post_move)
        .post("/arbeitsplatz/termine/{centre}/{appointment}/uebergabe", Team, change::post_hand_over)
        .post("/arbeitsplatz/termine/{centre}/{appointment}/anwesenheit", Team, change::post_attendance)
        .nav(NavItem { href: "/arbeitsplatz/termine", text: "desk-booking-nav", need: Team, order: 10 })
}
