//! Where people, their sessions and the trail are kept.
//!
//! Every method is one use case and one transaction: the change, its line in the trail and the mails it causes become
//! visible together or not at all. Tokens arrive as hashes, secrets sealed. Nothing here knows an address of a network.

mod factors;
mod invitations;
mod links;
mod model;
mod people;
mod postgres;
mod row;
mod service;
mod sessions;
mod sqlite;
mod steps;
mod trail;

pub use self::{
    factors::FactorStore,
    invitations::{AcceptedInvitation, InvitationStore},
    links::LinkStore,
    model::{
        Credential, Cutoffs, DeviceOutcome, EndReason, Invitation, MailChange, NewLink, NewPasskey,
        NewPerson, NewSession, OpenSession, Passkey, PasswordReset, PeopleQuery, PersonEntry, ProfileChange,
        Removed, SessionLimits, SessionRecord, SignInRecord, TotpRecord, Trace,
    },
    people::PeopleStore,
    postgres::PostgresStore,
    service::{Opened, SERVICE, open},
    sessions::SessionStore,
    sqlite::SqliteStore,
    trail::TrailStore,
};

/// The accounts' store: all its parts together.
///
/// Every method answers [`crate::AccountsError::Store`] when the database does not answer or holds what cannot be read.
pub trait Store: PeopleStore + InvitationStore + SessionStore + FactorStore + LinkStore + TrailStore {}

impl<S> Store for S where
    S: PeopleStore + InvitationStore + SessionStore + FactorStore + LinkStore + TrailStore
{
}
