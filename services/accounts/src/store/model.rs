//! What goes into the accounts' store and comes out of it, beside the people themselves.

use std::fmt;

use contracts::{audit::AuditEntry, staff::Grant};
use jiff::Timestamp;
use kernel::{Lang, Secret};
use mailkit::Intent;

use crate::{
    person::{Person, PersonState},
    token::Hash,
};

/// What is written in the same transaction as a change: the line in the trail, and the mails it causes.
#[derive(Debug, Clone, Default)]
pub struct Trace {
    /// Who did what.
    pub audit: Option<AuditEntry>,
    /// Mails to send.
    pub mails: Vec<Intent>,
}

/// A person who does not exist yet.
#[derive(Debug, Clone)]
pub struct NewPerson {
    /// Her id.
    pub id: String,
    /// Her name.
    pub name: String,
    /// Her address, folded.
    pub mail: String,
    /// Her language.
    pub lang: Lang,
    /// What she may do.
    pub grants: Vec<Grant>,
}

/// A link that is mailed: its id, what is known of its token, and its life.
#[derive(Debug, Clone)]
pub struct NewLink {
    /// Its id.
    pub id: String,
    /// SHA-256 of its token.
    pub token_hash: Hash,
    /// When it was made.
    pub created_at: Timestamp,
    /// From when on it does not work.
    pub expires_at: Timestamp,
}

/// An invitation as it is stored.
#[derive(Debug, Clone)]
pub struct Invitation {
    /// Its id.
    pub id: String,
    /// Who is invited.
    pub person_id: String,
    /// The id of the person who invited.
    pub invited_by_id: String,
    /// Her name at that time.
    pub invited_by: String,
    /// From when on it does not work.
    pub expires_at: Timestamp,
    /// Whether it was accepted or withdrawn.
    pub closed: bool,
}

impl Invitation {
    /// Whether it can be accepted.
    pub fn is_open(&self, now: Timestamp) -> bool {
        !self.closed && now < self.expires_at
    }
}

/// How somebody will sign in.
#[derive(Clone)]
pub enum Credential {
    /// With a password; this is its hash.
    Password(Secret<String>),
    /// With a passkey.
    Passkey(NewPasskey),
    /// With an account at an identity provider.
    Oidc {
        /// Who vouches.
        issuer: String,
        /// For whom.
        subject: String,
    },
}

impl fmt::Debug for Credential {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Password(_) => "Credential::Password(…)",
            Self::Passkey(_) => "Credential::Passkey(…)",
            Self::Oidc { .. } => "Credential::Oidc(…)",
        })
    }
}

/// A passkey to add. Its body arrives sealed.
#[derive(Debug, Clone)]
pub struct NewPasskey {
    /// What its owner calls it, 1 to 100 characters.
    pub name: String,
    /// The credential's id as the browser says it.
    pub credential_id: Vec<u8>,
    /// The credential, sealed.
    pub body: Vec<u8>,
}

/// A passkey as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passkey {
    /// Its id.
    pub id: String,
    /// Whose it is.
    pub person_id: String,
    /// What its owner calls it.
    pub name: String,
    /// The credential's id as the browser says it.
    pub credential_id: Vec<u8>,
    /// The credential, sealed.
    pub body: Vec<u8>,
    /// When it was added.
    pub created_at: Timestamp,
    /// When somebody last signed in with it.
    pub last_used_at: Option<Timestamp>,
}

/// The secret of an authenticator app, sealed, and the last step a code of it was accepted for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TotpRecord {
    /// The secret, sealed.
    pub sealed: Vec<u8>,
    /// Codes of this step and earlier ones are used up.
    pub last_step: u64,
}

/// What is needed to check a password.
#[derive(Debug, Clone)]
pub struct SignInRecord {
    /// Whose it is.
    pub person_id: String,
    /// Her name, which is no good password.
    pub name: String,
    /// The hash, if she has a password.
    pub password_hash: Option<Secret<String>>,
}

/// A session to begin.
#[derive(Debug, Clone)]
pub struct NewSession {
    /// Its id.
    pub id: String,
    /// Whose it is.
    pub person_id: String,
    /// SHA-256 of its cookie.
    pub token_hash: Hash,
    /// Whether a second factor was proven.
    pub second_factor: bool,
    /// Browser and system, as codes.
    pub browser: String,
    /// When it begins.
    pub at: Timestamp,
    /// SHA-256 of the device cookie that came along.
    pub device: Option<Hash>,
    /// SHA-256 of the device cookie that will be set otherwise.
    pub fresh_device: Hash,
}

/// What became of the device cookies at a sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DeviceOutcome {
    /// Whether this person had not signed in with this browser before.
    pub new_to_person: bool,
    /// Whether the fresh cookie is the one that counts from now on.
    pub fresh: bool,
}

/// A session as it is stored, with the person behind it.
#[derive(Debug, Clone)]
pub struct SessionRecord {
    /// Its id.
    pub id: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last active, to the minute.
    pub last_seen_at: Timestamp,
    /// When the person last proved who she is.
    pub authenticated_at: Timestamp,
    /// Whether a second factor was proven.
    pub second_factor: bool,
    /// Browser and system, as codes.
    pub browser: String,
    /// Whether it was ended.
    pub ended: bool,
    /// Whose it is.
    pub person: Person,
}

/// A session in its owner's list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpenSession {
    /// Its id.
    pub id: String,
    /// When it began.
    pub created_at: Timestamp,
    /// When it was last active, to the minute.
    pub last_seen_at: Timestamp,
    /// Browser and system, as codes.
    pub browser: String,
}

/// Why a session ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EndReason {
    /// Its owner signed out or ended it from another one.
    SignedOut,
    /// Somebody who administrates people ended it.
    Administration,
    /// The account was disabled.
    Disabled,
    /// The password changed.
    Password,
    /// The factors were taken away.
    Factors,
}

impl EndReason {
    /// As it is stored.
    pub const fn code(self) -> &'static str {
        match self {
            Self::SignedOut => "signed_out",
            Self::Administration => "administration",
            Self::Disabled => "disabled",
            Self::Password => "password",
            Self::Factors => "factors",
        }
    }
}

/// Sessions that began or were last seen before these times have run out.
#[derive(Debug, Clone, Copy)]
pub struct SessionLimits {
    /// Sessions that began at this time or earlier.
    pub created: Timestamp,
    /// Sessions last active at this time or earlier.
    pub seen: Timestamp,
}

/// A change of mail address that waits for its confirmation.
#[derive(Debug, Clone)]
pub struct MailChange {
    /// Its id.
    pub id: String,
    /// Whose address changes.
    pub person_id: String,
    /// The address until then.
    pub old_mail: String,
    /// The address from then on.
    pub new_mail: String,
    /// From when on it cannot be confirmed.
    pub expires_at: Timestamp,
    /// Whether it was confirmed.
    pub confirmed: bool,
    /// Whether another one took its place.
    pub withdrawn: bool,
}

impl MailChange {
    /// Whether it can be confirmed.
    pub fn is_open(&self, now: Timestamp) -> bool {
        !self.confirmed && !self.withdrawn && now < self.expires_at
    }
}

/// A password reset as it is stored.
#[derive(Debug, Clone)]
pub struct PasswordReset {
    /// Its id.
    pub id: String,
    /// Whose; `None` when it was asked for with an unknown address.
    pub person_id: Option<String>,
    /// From when on it does not work.
    pub expires_at: Timestamp,
    /// Whether it was used or overtaken.
    pub used: bool,
}

impl PasswordReset {
    /// Whether it can be used.
    pub fn is_open(&self, now: Timestamp) -> bool {
        !self.used && now < self.expires_at
    }
}

/// Which people a list is to show.
#[derive(Debug, Clone, Default)]
pub struct PeopleQuery {
    /// Part of a name or address; empty shows all.
    pub text: String,
    /// Only people with a grant at this centre.
    pub centre: Option<String>,
    /// Only people in this state.
    pub state: Option<PersonState>,
    /// How many to leave out at the beginning.
    pub offset: u32,
    /// How many at most.
    pub limit: u32,
}

/// A person in the list, with the end of her open invitation.
#[derive(Debug, Clone)]
pub struct PersonEntry {
    /// The person.
    pub person: Person,
    /// Until when she can accept her invitation.
    pub invitation_expires_at: Option<Timestamp>,
}

/// What a change of the own profile sets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProfileChange {
    /// The name.
    pub name: String,
    /// The language of mails.
    pub lang: Lang,
    /// The languages she counsels in.
    pub languages: Vec<String>,
    /// Her topics.
    pub topics: Vec<String>,
}

/// Up to when what is removed.
#[derive(Debug, Clone, Copy)]
pub struct Cutoffs {
    /// The present.
    pub now: Timestamp,
    /// Sessions beyond these limits.
    pub sessions: SessionLimits,
    /// Invitations that expired before; invited people without any invitation go with them.
    pub invitations: Timestamp,
    /// Links in mails that expired before.
    pub links: Timestamp,
    /// Browsers not seen since.
    pub devices: Timestamp,
    /// Lines of the trail from before.
    pub audit: Timestamp,
}

/// How much was removed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Removed {
    /// Sessions.
    pub sessions: u64,
    /// Invitations.
    pub invitations: u64,
    /// People who never accepted.
    pub people: u64,
    /// Links for new passwords and addresses.
    pub links: u64,
    /// Browsers.
    pub devices: u64,
    /// Lines of the trail.
    pub audit: u64,
}

impl Removed {
    /// Rows altogether.
    pub const fn total(&self) -> u64 {
        self.sessions + self.invitations + self.people + self.links + self.devices + self.audit
    }
}
