//! The entries of centres, kept by those who run them: what is written, where it comes from, who changed it.
//!
//! Owns the pages below `/arbeitsplatz/stellen`. Every page is a small form for a part of the entry; a field remembers
//! what its editor saw, so that two people never overwrite each other without seeing it. Layers and history are the
//! store's; nothing about people is kept here beyond their names beside a change.

mod around;
mod control;
mod cover;
mod edit;
mod field_view;
mod head;
mod history;
mod list;
mod new;
mod offer;
mod offers;
mod overview;
mod preview;
mod section;
mod sent;
mod speak;
mod stand;
mod state;
mod weigh;
mod words;

#[cfg(test)]
mod tests;

use webkit::staff::{NavItem, Need, StaffRoutes};

pub(super) use self::speak::Words;
use crate::app::AppState;

/// The pages about centres.
pub(super) fn routes() -> StaffRoutes<AppState> {
    use Need::{Administrator, CentreEditor};
    StaffRoutes::new()
        .get("/arbeitsplatz/stellen", CentreEditor, list::get)
        .get("/arbeitsplatz/stellen/neu", Administrator, new::get)
        .post("/arbeitsplatz/stellen/neu", Administrator, new::post)
        .get("/arbeitsplatz/stellen/{centre}", CentreEditor, overview::get)
        .post("/arbeitsplatz/stellen/{centre}/bestaetigung", CentreEditor, state::post_confirmation)
        .post("/arbeitsplatz/stellen/{centre}/zuruecknehmen", CentreEditor, state::post_reversal)
        .post("/arbeitsplatz/stellen/{centre}/herausnahme", Administrator, state::post_withdrawal)
        .post("/arbeitsplatz/stellen/{centre}/wiederaufnahme", Administrator, state::post_restoration)
        .get("/arbeitsplatz/stellen/{centre}/stammdaten", CentreEditor, edit::get_basics)
        .post("/arbeitsplatz/stellen/{centre}/stammdaten", CentreEditor, edit::post_basics)
        .get("/arbeitsplatz/stellen/{centre}/adresse", CentreEditor, edit::get_address)
        .post("/arbeitsplatz/stellen/{centre}/adresse", CentreEditor, edit::post_address)
        .get("/arbeitsplatz/stellen/{centre}/kontakt", CentreEditor, edit::get_contact)
        .post("/arbeitsplatz/stellen/{centre}/kontakt", CentreEditor, edit::post_contact)
        .get("/arbeitsplatz/stellen/{centre}/zeiten", CentreEditor, edit::get_hours)
        .post("/arbeitsplatz/stellen/{centre}/zeiten", CentreEditor, edit::post_hours)
        .get("/arbeitsplatz/stellen/{centre}/zugang", CentreEditor, edit::get_access)
        .post("/arbeitsplatz/stellen/{centre}/zugang", CentreEditor, edit::post_access)
        .get("/arbeitsplatz/stellen/{centre}/angebote", CentreEditor, offers::get)
        .get("/arbeitsplatz/stellen/{centre}/angebote/neu", CentreEditor, offer::get_new)
        .post("/arbeitsplatz/stellen/{centre}/angebote/neu", CentreEditor, offer::post_new)
        .get("/arbeitsplatz/stellen/{centre}/angebote/{offer}", CentreEditor, edit::get_offer)
        .post("/arbeitsplatz/stellen/{centre}/angebote/{offer}", CentreEditor, edit::post_offer)
        .post("/arbeitsplatz/stellen/{centre}/angebote/{offer}/entfernen", CentreEditor, offer::post_removal)
        .get("/arbeitsplatz/stellen/{centre}/angebote/{offer}/gebiet", CentreEditor, edit::get_areas)
        .post("/arbeitsplatz/stellen/{centre}/angebote/{offer}/gebiet", CentreEditor, edit::post_areas)
        .get("/arbeitsplatz/stellen/{centre}/vorschau", CentreEditor, preview::get)
        .nav(NavItem {
            href: "/arbeitsplatz/stellen",
            text: "desk-centre-nav",
            need: CentreEditor,
            order: 20,
        })
}
