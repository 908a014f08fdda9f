//! Staff: people, roles, sign-in, sessions.
//!
//! Owns who works with the product, what they may do and how they prove who they are. Other services ask for the person
//! behind a cookie and keep no copy. Refuses to know anybody who seeks help, any network address, and any secret that
//! it can do with the hash of.

mod account;
pub mod audit;
mod authority;
mod error;
pub mod factor;
mod grants;
mod invitation;
pub mod mail;
mod mail_change;
pub mod oidc;
mod people;
mod person;
mod reset;
pub mod retention;
mod service;
mod session;
mod setup;
mod sign_in;
pub mod store;
pub mod throttle;
mod token;
pub mod web;

pub use self::{
    account::{Account, Factors, Profile},
    authority::{Authority, Reach},
    error::AccountsError,
    invitation::{Acceptance, INVITATION_LASTS, InvitationView, Invited, NewInvitation},
    mail_change::MAIL_CHANGE_LASTS,
    people::{PeoplePage, PeopleQuery, PersonView},
    person::{NameProblem, Person, PersonName, PersonState, fold_mail},
    reset::RESET_LASTS,
    service::{Accounts, Parts, Settings},
    session::{
        ABSOLUTE, Browser, IDLE, Owner, PENDING, PendingNeed, PendingSession, SessionView, SignIn, Standing,
        Started,
    },
    setup::NewAdministrator,
    store::{Credential, NewPasskey, Passkey, SignInRecord, TotpRecord},
    token::Hash,
};
