//! A sentence to be said in the page's language, decided in Rust and worded in the message files.

use std::collections::BTreeMap;

use serde::Serialize;

/// A message id with its arguments; templates say it with `t(say)`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct Say {
    id: &'static str,
    args: BTreeMap<&'static str, Arg>,
}

/// A value inside a sentence. Numbers stay numbers, because languages choose words by them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
enum Arg {
    Number(i64),
    Text(String),
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

/// What is wrong in a form: at which element, and what to do about it.
#[derive(Debug, Default, Serialize)]
#[serde(transparent)]
pub(super) struct Wrong(BTreeMap<&'static str, Say>);

impl Wrong {
    /// Notes what is wrong at an element; the first remark stays.
    pub(super) fn at(&mut self, element: &'static str, say: Say) {
        self.0.entry(element).or_insert(say);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The value, or the remark at its element.
    pub(super) fn take<T>(&mut self, element: &'static str, read: Result<T, Say>) -> Option<T> {
        read.map_err(|say| self.at(element, say)).ok()
    }
}
