//! What an editor saw when a form was shown to her, small enough to travel in the form.

use serde_json::Value;
use sha2::{Digest, Sha256};

use super::{
    control::{normal, write},
    sent::Sent,
};
use crate::layers::Field;

/// The hidden field it travels in, once for each field of the form.
pub(super) const NAME: &str = "stand";

/// Hashes of a field's value and of the texts it was shown as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stand {
    value: String,
    texts: String,
}

impl Stand {
    /// A field as it is shown now.
    pub(super) fn of(field: &Field, value: &Value) -> Self {
        Self {
            value: hash(&value.to_string()),
            texts: hash(&normal(field, &write(field, value)).join("\u{1}")),
        }
    }

    /// What the form said; `None` when the field was not in it.
    pub(super) fn sent(field: &Field, sent: &Sent) -> Option<Self> {
        let name = field.to_string();
        sent.all(NAME).find_map(|text| {
            let mut parts = text.rsplitn(3, ' ');
            let (texts, value, found) = (parts.next()?, parts.next()?, parts.next()?);
            (found == name).then(|| Self { value: value.to_owned(), texts: texts.to_owned() })
        })
    }

    /// The text for the form.
    pub(super) fn written(&self, field: &Field) -> String {
        format!("{field} {} {}", self.value, self.texts)
    }

    /// Whether this is the value that was shown.
    pub(super) fn is_value(&self, value: &Value) -> bool {
        self.value == hash(&value.to_string())
    }

    /// Whether the texts came back as they were shown.
    pub(super) fn is_untouched(&self, field: &Field, sent: &Sent) -> bool {
        self.texts == hash(&normal(field, sent).join("\u{1}"))
    }
}

/// Enough of SHA-256 to tell two values of a field apart.
fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().take(12).map(|byte| format!("{byte:02x}")).collect()
}
