//! Query strings read strictly: unknown and repeated parameters are refused, and nothing sent is echoed.

use axum::{
    extract::FromRequestParts,
    http::{StatusCode, request::Parts},
};
use serde::de::DeserializeOwned;

use crate::problem::Problem;

/// The query string as a type that denies unknown fields.
#[derive(Debug, Clone, Copy)]
pub struct StrictQuery<T>(pub T);

/// The query string is not what the address expects.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// The bytes are not percent-encoded UTF-8.
    #[error("a parameter is not valid UTF-8; encode parameters as percent-encoded UTF-8")]
    Encoding,
    /// A parameter this address does not know.
    #[error("this address knows no such parameter; it knows: {known}")]
    Unknown {
        /// The parameters it does know.
        known: String,
    },
    /// A parameter was given more than once.
    #[error("the parameter `{name}` was given more than once; give it once")]
    Repeated {
        /// The parameter.
        name: String,
    },
    /// A value has the wrong form.
    #[error("a parameter has a value of the wrong form: {expected}")]
    Value {
        /// What was expected, in the words of the type.
        expected: String,
    },
}

/// Reads a query string.
pub fn parse<T: DeserializeOwned>(query: &str) -> Result<T, QueryError> {
    if !is_utf8(query) {
        return Err(QueryError::Encoding);
    }
    serde_urlencoded::from_str(query).map_err(|error| explain(&error.to_string()))
}

fn is_utf8(query: &str) -> bool {
    percent_encoding::percent_decode_str(query).decode_utf8().is_ok()
}

/// Serde's sentence without what was sent: only names from our own types may appear in it.
fn explain(sentence: &str) -> QueryError {
    if let Some(rest) = sentence.strip_prefix("duplicate field `") {
        return QueryError::Repeated { name: rest.trim_end_matches('`').to_owned() };
    }
    if sentence.starts_with("unknown field") {
        let known = sentence.split_once("expected ").map_or("none", |(_, known)| known);
        return QueryError::Unknown { known: known.trim_start_matches("one of ").replace('`', "") };
    }
    let expected = match sentence.split_once("expected ") {
        Some((_, expected)) => expected.to_owned(),
        None if sentence.contains("float") => "expected a number".to_owned(),
        None if sentence.contains("digit") || sentence.contains("number") => {
            "expected a whole number".to_owned()
        }
        None => "see /api/openapi.json".to_owned(),
    };
    QueryError::Value { expected }
}

impl From<QueryError> for Problem {
    fn from(error: QueryError) -> Self {
        let (slug, title) = match &error {
            QueryError::Encoding => ("bad-encoding", "Wrong encoding"),
            QueryError::Unknown { .. } => ("unknown-parameter", "Unknown parameter"),
            QueryError::Repeated { .. } => ("repeated-parameter", "Repeated parameter"),
            QueryError::Value { .. } => ("bad-value", "Wrong value"),
        };
        Problem::new(StatusCode::BAD_REQUEST, slug, title, error.to_string())
    }
}

impl<T, S> FromRequestParts<S> for StrictQuery<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Problem> {
        parse(parts.uri.query().unwrap_or_default()).map(Self).map_err(Problem::from)
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Params {
        words: Option<String>,
        page: Option<u32>,
    }

    #[test]
    fn known_parameters_are_read() {
        let params: Params = parse("words=Schulden+M%C3%BCnchen&page=2").unwrap();
        assert_eq!(params, Params { words: Some("Schulden München".into()), page: Some(2) });
    }

    #[test]
    fn what_was_sent_is_never_repeated_in_the_error() {
        for (query, expected) in [
            ("geheim=1", QueryError::Unknown { known: "words or page".into() }),
            ("page=1&page=2", QueryError::Repeated { name: "page".into() }),
            ("words=%FF", QueryError::Encoding),
        ] {
            assert_eq!(parse::<Params>(query).unwrap_err(), expected, "{query}");
        }
        let error = parse::<Params>("page=geheim").unwrap_err().to_string();
        assert!(!error.contains("geheim"), "{error}");
    }
}
