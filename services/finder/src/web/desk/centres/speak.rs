//! Fields and values in words, for the other pages of staff that show them.

use jiff::Timestamp;
use kernel::Lang;
use serde_json::Value;

use super::{
    around::Around,
    words::{label, value},
};
use crate::{app::AppState, layers::Field};

/// The words for fields and values in one language.
pub(in crate::web::desk) struct Words<'a>(Around<'a>);

impl<'a> Words<'a> {
    /// The words of a language.
    pub(in crate::web::desk) fn new(app: &'a AppState, lang: Lang) -> Self {
        Self(Around::new(app, lang))
    }

    /// A message without arguments.
    pub(in crate::web::desk) fn word(&self, id: &str) -> String {
        self.0.word(id)
    }

    /// The name of a field.
    pub(in crate::web::desk) fn field(&self, field: &Field) -> String {
        self.0.word(label(field))
    }

    /// A value; empty when there is none.
    pub(in crate::web::desk) fn value(&self, field: &Field, of: &Value) -> String {
        value(field, of, &self.0)
    }

    /// A day and a time, as they were in Germany.
    pub(in crate::web::desk) fn moment(&self, at: Timestamp) -> String {
        self.0.moment(at)
    }
}
