//! Why something about people, sign-in or sessions could not be done.

use storekit::StoreError;

/// A request to the accounts service that was not carried out; nothing of it was kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AccountsError {
    /// The database did not answer or refused.
    #[error(transparent)]
    Store(StoreError),
    /// It is not there, or it is not yours: both answer the same.
    #[error("not found")]
    NotFound,
    /// The link is unknown, used up, expired or withdrawn; which of these is not said.
    #[error("the link is not valid (any more)")]
    LinkInvalid,
    /// Another account has this mail address.
    #[error("the mail address belongs to another account")]
    MailTaken,
    /// Nobody would be left who can administrate.
    #[error("the last active administrator stays")]
    LastAdministrator,
    /// A grant that the person asking cannot give, or none at all.
    #[error("this grant cannot be given")]
    NotAllowed,
    /// The session ended meanwhile.
    #[error("the session has ended")]
    SessionEnded,
    /// A session that still owes its second factor tried to add one although there is one.
    #[error("there is a second factor already")]
    FactorExists,
    /// What is to be removed is the last way to sign in, or the last second factor where one is required.
    #[error("the last factor stays")]
    LastSecondFactor,
    /// The passkey or the account at the identity provider belongs to another account.
    #[error("this credential belongs to another account")]
    CredentialTaken,
}

impl From<StoreError> for AccountsError {
    fn from(error: StoreError) -> Self {
        match &error {
            // PostgreSQL names the constraint, SQLite the columns
            StoreError::NotUnique { constraint } if constraint.starts_with("person") => {
                if constraint.contains("oidc") {
                    Self::CredentialTaken
                } else if constraint.contains("mail") {
                    Self::MailTaken
                } else {
                    Self::Store(error)
                }
            }
            StoreError::NotUnique { constraint } if constraint.contains("credential_id") => {
                Self::CredentialTaken
            }
            _ => Self::Store(error),
        }
    }
}

impl From<sqlx::Error> for AccountsError {
    fn from(error: sqlx::Error) -> Self {
        StoreError::from(error).into()
    }
}
