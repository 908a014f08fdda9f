//! Why a mail did not leave, as classes: words of ours, never the relay's, which repeats addresses.

/// Why a try failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Problem {
    /// No connection to the relay.
    Unreachable,
    /// An answer did not come in time.
    TimedOut,
    /// The connection ended in the middle.
    Dropped,
    /// The relay does not offer STARTTLS, and nothing is sent in the clear.
    TlsMissing,
    /// The relay's certificate does not fit, or no secure connection came about.
    TlsFailed,
    /// The relay does not accept user and password.
    SignInRefused,
    /// The relay is closing or refuses to talk.
    Closed,
    /// The relay does not let this sender send.
    SenderRefused,
    /// The relay's answer is not SMTP.
    NotSmtp,
    /// The relay asks to try this mail again.
    Later,
    /// The recipient is refused for good.
    RecipientRefused,
    /// The text is refused for good.
    TextRefused,
    /// The mail could not be put into its form.
    Unwritable,
    /// The author could not look up what the mail is about.
    AuthorUnavailable,
    /// The author cannot write this mail.
    AuthorBroken,
}

/// Whether trying again may help.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SendError {
    /// It may.
    #[error("not sent, to be tried again: {}", .0.as_str())]
    Retry(Problem),
    /// It will not.
    #[error("not sent, not to be tried again: {}", .0.as_str())]
    Fail(Problem),
}

impl Problem {
    /// The class as it is stored, logged and counted.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::TimedOut => "timed_out",
            Self::Dropped => "dropped",
            Self::TlsMissing => "tls_missing",
            Self::TlsFailed => "tls_failed",
            Self::SignInRefused => "sign_in_refused",
            Self::Closed => "closed",
            Self::SenderRefused => "sender_refused",
            Self::NotSmtp => "not_smtp",
            Self::Later => "later",
            Self::RecipientRefused => "recipient_refused",
            Self::TextRefused => "text_refused",
            Self::Unwritable => "unwritable",
            Self::AuthorUnavailable => "author_unavailable",
            Self::AuthorBroken => "author_broken",
        }
    }

    /// Whether it would have hit any other mail as well.
    pub(crate) const fn is_about_the_relay(self) -> bool {
        matches!(
            self,
            Self::Unreachable
                | Self::TimedOut
                | Self::Dropped
                | Self::TlsMissing
                | Self::TlsFailed
                | Self::SignInRefused
                | Self::Closed
                | Self::SenderRefused
                | Self::NotSmtp
        )
    }

    /// Whether the relay works and said something about this one mail.
    pub(crate) const fn is_an_answer_about_the_mail(self) -> bool {
        matches!(self, Self::Later | Self::RecipientRefused | Self::TextRefused)
    }

    /// Whether it stays until somebody changes the configuration.
    pub(crate) const fn needs_the_operator(self) -> bool {
        matches!(
            self,
            Self::TlsMissing | Self::TlsFailed | Self::SignInRefused | Self::SenderRefused | Self::NotSmtp
        )
    }
}
