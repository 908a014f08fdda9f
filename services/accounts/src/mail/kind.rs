//! What mails are about.

/// What a mail is about. In the comments: what its intent's object is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MailKind {
    /// An invitation (the invitation's id).
    Invitation,
    /// Further grants (the person's id).
    GrantsAdded,
    /// A link for a new password (the reset's id).
    PasswordReset,
    /// A link that confirms a new address, to that address (the change's id).
    MailChangeConfirm,
    /// A notice that another address was asked for, to the present one (the change's id).
    MailChangeRequested,
    /// A notice that the address was changed, to the earlier one (the change's id).
    MailChanged,
    /// A sign-in with a new browser (the person's id; the detail says which).
    NewDevice,
    /// A new password (the person's id).
    PasswordChanged,
    /// A change of second factors (the person's id; the detail is the action's code).
    FactorChanged,
}

impl MailKind {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Invitation,
        Self::GrantsAdded,
        Self::PasswordReset,
        Self::MailChangeConfirm,
        Self::MailChangeRequested,
        Self::MailChanged,
        Self::NewDevice,
        Self::PasswordChanged,
        Self::FactorChanged,
    ];

    /// As it stands in the queue; its messages are `mail-` and the code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::GrantsAdded => "grants-added",
            Self::PasswordReset => "password-reset",
            Self::MailChangeConfirm => "mail-change-confirm",
            Self::MailChangeRequested => "mail-change-requested",
            Self::MailChanged => "mail-changed",
            Self::NewDevice => "new-device",
            Self::PasswordChanged => "password-changed",
            Self::FactorChanged => "factor-changed",
        }
    }

    /// The kind with this code.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }
}
