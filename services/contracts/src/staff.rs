//! People who work with the product: who they are, what they may do, and how a session is recognised.
//!
//! The accounts service owns these people. Every other service only asks [`StaffSessions`] who stands behind a cookie and
//! [`StaffGrants`] what somebody may do, and keeps no copy.

use std::fmt;

use async_trait::async_trait;
use jiff::Timestamp;
use kernel::Secret;
use serde::{Deserialize, Serialize};

/// What somebody may do. A person can hold several grants.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "role", content = "scope", rename_all = "snake_case")]
pub enum Grant {
    /// Everything: people, all centres, all imports.
    Administrator,
    /// Imports and corrections for one association's list, by the name of its source.
    AssociationAdministrator(String),
    /// The entry and the people of one centre, by its id.
    CentreManager(String),
    /// Counselling at one centre, by its id.
    Counsellor(String),
}

impl Grant {
    /// Whether its holder may see and book the appointments of a centre.
    pub fn works_at(&self, centre: &str) -> bool {
        match self {
            Self::Administrator => true,
            Self::CentreManager(own) | Self::Counsellor(own) => own == centre,
            Self::AssociationAdministrator(_) => false,
        }
    }

    /// The role's code as it stands in forms, files and message ids ("centre_manager").
    pub const fn role(&self) -> &'static str {
        match self {
            Self::Administrator => "administrator",
            Self::AssociationAdministrator(_) => "association_administrator",
            Self::CentreManager(_) => "centre_manager",
            Self::Counsellor(_) => "counsellor",
        }
    }

    /// The source or the centre the grant is limited to.
    pub fn scope(&self) -> Option<&str> {
        match self {
            Self::Administrator => None,
            Self::AssociationAdministrator(scope) | Self::CentreManager(scope) | Self::Counsellor(scope) => {
                Some(scope)
            }
        }
    }

    /// The grant with this role and scope; `None` for an unknown role, a missing or a superfluous scope.
    pub fn from_parts(role: &str, scope: Option<&str>) -> Option<Self> {
        let scope = scope.map(str::to_owned);
        match (role, scope) {
            ("administrator", None) => Some(Self::Administrator),
            ("association_administrator", Some(source)) => Some(Self::AssociationAdministrator(source)),
            ("centre_manager", Some(centre)) => Some(Self::CentreManager(centre)),
            ("counsellor", Some(centre)) => Some(Self::Counsellor(centre)),
            _ => None,
        }
    }
}

/// The author of a change, as it is written into trails and shown beside fields.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actor {
    /// The person's id; "system" for what the program does by itself, "console" for the command line.
    pub person_id: String,
    /// The name shown, as it was at that time.
    pub name: String,
}

impl Actor {
    /// The command line of the installation.
    pub fn console() -> Self {
        Self { person_id: String::from("console"), name: String::from("Kommandozeile") }
    }
}

/// Somebody who is signed in.
#[derive(Clone)]
pub struct StaffIdentity {
    /// The person's id.
    pub person_id: String,
    /// The session's id: not its secret.
    pub session_id: String,
    /// The name as seekers and colleagues see it.
    pub name: String,
    /// What the person may do.
    pub grants: Vec<Grant>,
    /// When the person last proved who she is in this session.
    pub authenticated_at: Timestamp,
    /// The token that forms of this session carry.
    pub form_token: Secret<String>,
}

impl StaffIdentity {
    /// The person as the author of a change.
    pub fn actor(&self) -> Actor {
        Actor { person_id: self.person_id.clone(), name: self.name.clone() }
    }

    /// Whether the person holds exactly this grant.
    pub fn holds(&self, grant: &Grant) -> bool {
        self.grants.contains(grant)
    }
}

impl fmt::Debug for StaffIdentity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("StaffIdentity").field("person_id", &self.person_id).finish_non_exhaustive()
    }
}

/// Nobody can say at the moment who stands behind a cookie.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("staff sessions cannot be checked at the moment")]
pub struct SessionsUnavailable;

/// Recognises staff sessions. Implemented by accounts, asked by every service that has pages for staff.
#[async_trait]
pub trait StaffSessions: Send + Sync {
    /// Who stands behind the cookie's value; `None` when the session does not exist, has ended or belongs to a disabled
    /// account. Asking counts as activity of the session.
    async fn identify(&self, cookie: &Secret<String>) -> Result<Option<StaffIdentity>, SessionsUnavailable>;
}

/// Says what people of the staff may do while they are not signed in, for what is done in their name meanwhile. Implemented
/// by accounts.
#[async_trait]
pub trait StaffGrants: Send + Sync {
    /// What the person may do now: nothing when there is no such person or her account is disabled.
    async fn grants(&self, person_id: &str) -> Result<Vec<Grant>, SessionsUnavailable>;
}

/// A centre as other services name it to staff.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CentreName {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Postcode and town, to tell centres of the same name apart.
    pub place: String,
}

/// The directory does not answer at the moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the directory does not answer at the moment")]
pub struct DirectoryUnavailable;

/// The names of centres and sources. Implemented by the finder; accounts shows and chooses scopes with it.
#[async_trait]
pub trait CentreNames: Send + Sync {
    /// The centres with these ids, those unknown left out.
    async fn centres(&self, ids: &[String]) -> Result<Vec<CentreName>, DirectoryUnavailable>;

    /// Up to `limit` centres whose name, town or postcode contains `text`.
    async fn find(&self, text: &str, limit: usize) -> Result<Vec<CentreName>, DirectoryUnavailable>;

    /// The names of all sources.
    async fn sources(&self) -> Result<Vec<String>, DirectoryUnavailable>;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grant_survives_its_parts() {
        for grant in [
            Grant::Administrator,
            Grant::AssociationAdministrator("dhs".into()),
            Grant::CentreManager("c1".into()),
            Grant::Counsellor("c1".into()),
        ] {
            assert_eq!(Grant::from_parts(grant.role(), grant.scope()), Some(grant));
        }
        assert_eq!(Grant::from_parts("administrator", Some("c1")), None);
        assert_eq!(Grant::from_parts("counsellor", None), None);
    }
}
