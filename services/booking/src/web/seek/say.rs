//! A sentence decided here and worded in the message files.

use std::collections::BTreeMap;

use serde::Serialize;

/// A message id with its arguments; templates say it with `t(say)`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Say {
    id: &'static str,
    args: BTreeMap<&'static str, Arg>,
}

/// A value in a sentence. Numbers stay numbers, because languages choose forms by them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(super) enum Arg {
    /// A count, a weekday or a month.
    Number(i64),
    /// A name or a time.
    Text(String),
}

/// What is wrong with a field: shown at it and in the summary.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct FieldError {
    /// The element's id.
    pub(super) field: &'static str,
    pub(super) say: Say,
}

impl Say {
    pub(super) const fn new(id: &'static str) -> Self {
        Self { id, args: BTreeMap::new() }
    }

    #[must_use]
    pub(super) fn number(mut self, name: &'static str, value: impl Into<i64>) -> Self {
        self.args.insert(name, Arg::Number(value.into()));
        self
    }

    #[must_use]
    pub(super) fn text(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.args.insert(name, Arg::Text(value.into()));
        self
    }
}

impl FieldError {
    pub(super) const fn new(field: &'static str, message: &'static str) -> Self {
        Self { field, say: Say::new(message) }
    }
}
