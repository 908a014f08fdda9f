//! A sentence to be said in the page's language, decided in Rust and worded in the message files.

use std::collections::BTreeMap;

use serde::Serialize;

/// A message id with its arguments; templates say it with `t(say.id, **say.args)`.
///
/// View models return this instead of text, so that no wording lives in Rust and every language gets its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Say {
    id: &'static str,
    args: BTreeMap<&'static str, Arg>,
}

/// A value inside a sentence. Numbers stay numbers, because languages choose plural forms by them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub(crate) enum Arg {
    /// A count or a calendar number.
    Number(i64),
    /// A name, a time, something a person typed.
    Text(String),
}

impl Say {
    /// The message `id` without arguments.
    pub(crate) const fn new(id: &'static str) -> Self {
        Self { id, args: BTreeMap::new() }
    }

    /// The same message with one more argument.
    #[must_use]
    pub(crate) fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.insert(name, value.into());
        self
    }

    /// The message id.
    #[cfg(test)]
    pub(crate) const fn id(&self) -> &'static str {
        self.id
    }

    /// One argument, for checks.
    #[cfg(test)]
    pub(crate) fn arg(&self, name: &str) -> Option<&Arg> {
        self.args.get(name)
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Arg::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Arg::Text(text)
    }
}

impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Arg::Number(number)
    }
}

impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Arg::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_sees_an_id_and_plain_arguments() {
        let say = Say::new("search-count").with("near", 3usize).with("place", "79100");
        let json = serde_json::to_value(&say).unwrap();
        assert_eq!(json, serde_json::json!({"id": "search-count", "args": {"near": 3, "place": "79100"}}));
    }
}
