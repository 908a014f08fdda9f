//! The trail of what staff did with accounts: who, what, when.

use async_trait::async_trait;
use contracts::audit::{AuditEntry, AuditTrail, TrailUnavailable};
use jiff::Timestamp;

use crate::Accounts;

macro_rules! actions {
    ($($(#[$doc:meta])* $action:ident = $code:literal;)+) => {
        /// What can be done with accounts.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Action {
            $($(#[$doc])* $action,)+
        }

        /// The codes of all actions; pages say each with the message `audit-` and the code, dots as dashes.
        pub const ACTIONS: &[&str] = &[$($code),+];

        impl Action {
            /// As it stands in the trail.
            pub const fn code(self) -> &'static str {
                match self {
                    $(Self::$action => $code,)+
                }
            }
        }
    };
}

actions! {
    /// The first administrator came in by the link of the first start.
    SetupCompleted = "setup.completed";
    /// Somebody was invited.
    PersonInvited = "person.invited";
    /// An invitation was sent again.
    InvitationRenewed = "invitation.renewed";
    /// An invitation was taken back.
    InvitationWithdrawn = "invitation.withdrawn";
    /// An invitation was accepted.
    InvitationAccepted = "invitation.accepted";
    /// What somebody may do was changed.
    GrantsChanged = "person.grants-changed";
    /// An account was disabled.
    PersonDisabled = "person.disabled";
    /// An account was enabled again.
    PersonEnabled = "person.enabled";
    /// Whether a second factor is required was changed.
    SecondFactorRule = "person.second-factor-rule";
    /// All second factors were taken away, because their owner lost them.
    FactorsRemoved = "person.factors-removed";
    /// All sessions of somebody were ended.
    SessionsEnded = "person.sessions-ended";
    /// Somebody signed in.
    SessionStarted = "session.started";
    /// Somebody proved again who she is.
    SessionRenewed = "session.renewed";
    /// Somebody signed out, or ended another session of hers.
    SessionEnded = "session.ended";
    /// Somebody ended all her other sessions.
    OthersEnded = "session.others-ended";
    /// Name, language or topics were changed.
    ProfileChanged = "profile.changed";
    /// Another mail address was asked for.
    MailChangeRequested = "mail.change-requested";
    /// The mail address was changed.
    MailChanged = "mail.changed";
    /// The password was changed.
    PasswordChanged = "password.changed";
    /// The password was set by a mailed link.
    PasswordReset = "password.reset";
    /// An authenticator app was set up.
    TotpSet = "totp.set";
    /// The authenticator app was taken away.
    TotpRemoved = "totp.removed";
    /// New recovery codes were made.
    RecoveryRenewed = "recovery.renewed";
    /// A recovery code was used.
    RecoveryUsed = "recovery.used";
    /// A passkey was added.
    PasskeyAdded = "passkey.added";
    /// A passkey was given another name.
    PasskeyRenamed = "passkey.renamed";
    /// A passkey was removed.
    PasskeyRemoved = "passkey.removed";
    /// An account at the identity provider was linked.
    OidcLinked = "oidc.linked";
    /// The account at the identity provider was unlinked.
    OidcUnlinked = "oidc.unlinked";
}

#[async_trait]
impl AuditTrail for Accounts {
    async fn entries(
        &self,
        before: Option<(Timestamp, String)>,
        limit: u32,
    ) -> Result<Vec<AuditEntry>, TrailUnavailable> {
        let before = before.as_ref().map(|(at, id)| (*at, id.as_str()));
        self.store().audit_entries(before, limit).await.map_err(|error| {
            tracing::error!(%error, "the trail of accounts cannot be read");
            TrailUnavailable
        })
    }
}
