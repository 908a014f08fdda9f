//! Message-IDs that stay the same when a mail is sent a second time.

use data_encoding::BASE32_NOPAD;
use kernel::ServerKey;

use crate::MailAddress;

/// Makes the Message-IDs of one installation.
#[derive(Debug, Clone)]
pub struct MessageIds {
    key: ServerKey,
    domain: String,
}

/// The Message-ID of one mail, with its angle brackets.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MessageId(String);

impl MessageIds {
    /// Message-IDs at the sender's domain.
    pub fn new(key: &ServerKey, sender: &MailAddress) -> Self {
        Self { key: key.derive("message-id"), domain: sender.domain().to_owned() }
    }

    /// Message-IDs of mails that never leave the machine.
    pub fn local(key: &ServerKey) -> Self {
        Self { key: key.derive("message-id"), domain: String::from("localhost") }
    }

    /// The Message-ID of the mail about an intent. It tells nothing about the intent to anybody without the key.
    pub fn of(&self, intent_id: &str) -> MessageId {
        let mac = self.key.mac(intent_id.as_bytes());
        // 160 bits: 32 letters, so that the header line stays short
        let left = BASE32_NOPAD.encode(&mac[..20]).to_ascii_lowercase();
        MessageId(format!("<{left}@{}>", self.domain))
    }
}

impl MessageId {
    /// As it stands in the header.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part before the @: 32 letters and digits.
    pub(crate) fn left(&self) -> &str {
        self.0.trim_start_matches('<').split('@').next().unwrap_or_default()
    }
}
