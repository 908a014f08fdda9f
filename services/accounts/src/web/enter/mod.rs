//! The way in: sign-in and its second step, set-up, invitation, forgotten passwords, single sign-on, and out again.

mod again;
mod code;
mod first;
mod forgotten;
mod invitation;
mod mail;
mod password;
mod session;
mod set_up;
mod sign_in;
mod sign_out;
mod single;

use webkit::staff::{Need, StaffRoutes};

pub(super) use self::{
    first::{mail_error, name_error},
    password::{Checked, check_new},
    session::hand_out_codes,
    set_up::{Offer, accepted_offer, offer},
};
use super::state::AppState;
use crate::oidc::ANSWER_PATH;

/// The pages before the work.
pub(super) fn routes() -> StaffRoutes<AppState> {
    use Need::{Open, SignedIn};
    StaffRoutes::new()
        .get("/anmelden", Open, sign_in::get)
        .post("/anmelden", Open, sign_in::post)
        .post("/anmelden/passkey/beginn", Open, sign_in::begin_passkey)
        .post("/anmelden/passkey", Open, sign_in::post_passkey)
        .get("/anmelden/code", Open, code::get)
        .post("/anmelden/code", Open, code::post)
        .post("/anmelden/code/passkey/beginn", Open, code::begin_passkey)
        .post("/anmelden/code/passkey", Open, code::post_passkey)
        .get("/anmelden/einrichten", Open, set_up::get)
        .post("/anmelden/einrichten", Open, set_up::post)
        .post("/anmelden/einrichten/passkey/beginn", Open, set_up::begin_passkey)
        .post("/anmelden/einrichten/passkey", Open, set_up::post_passkey)
        .get("/anmelden/vergessen", Open, forgotten::get)
        .post("/anmelden/vergessen", Open, forgotten::post)
        .get("/anmelden/neu", Open, forgotten::get_link)
        .post("/anmelden/neu", Open, forgotten::post_link)
        .post("/anmelden/neu/setzen", Open, forgotten::post_password)
        .get("/anmelden/oidc", Open, single::get)
        .get(ANSWER_PATH, Open, single::get_answer)
        .get("/anmelden/bestaetigen", SignedIn, again::get)
        .post("/anmelden/bestaetigen", SignedIn, again::post)
        .post("/anmelden/bestaetigen/passkey/beginn", SignedIn, again::begin_passkey)
        .post("/anmelden/bestaetigen/passkey", SignedIn, again::post_passkey)
        .post("/abmelden", Open, sign_out::post)
        .get("/einrichten", Open, first::get)
        .post("/einrichten", Open, first::post)
        .post("/einrichten/anlegen", Open, first::post_administrator)
        .get("/einladung", Open, invitation::get)
        .post("/einladung", Open, invitation::post)
        .post("/einladung/annehmen", Open, invitation::post_password)
        .post("/einladung/passkey/beginn", Open, invitation::begin_passkey)
        .post("/einladung/passkey", Open, invitation::post_passkey)
        .get("/mein-konto/mail", Open, mail::get)
        .post("/mein-konto/mail", Open, mail::post)
        .post("/mein-konto/mail/bestaetigen", Open, mail::post_confirmed)
}
