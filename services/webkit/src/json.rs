//! Bodies of JSON read strictly: what is wrong is named by its place, and nothing sent is echoed.

use axum::http::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::error::Category;
use serde_path_to_error::Segment;

use crate::problem::Problem;

/// Reads a body, which is an object.
///
/// # Errors
/// A problem that points at what is missing, unknown or of the wrong form.
pub fn read<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    // serde would take a list for an object whose names are left out
    if body.trim_ascii_start().starts_with(b"[") {
        return Err(wrong(String::from("Expected an object. See /api/openapi.json.")).at(""));
    }
    let mut deserializer = serde_json::Deserializer::from_slice(body);
    let value = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let pointer = pointer(error.path(), &error.inner().to_string());
        explain(error.inner(), pointer)
    })?;
    deserializer.end().map_err(|error| explain(&error, String::new()))?;
    Ok(value)
}

/// The parser's own sentence may quote what was sent; only names from our own types are taken from it.
fn explain(error: &serde_json::Error, pointer: String) -> Problem {
    let (line, column) = (error.line(), error.column());
    let sentence = error.to_string();
    let missing = sentence.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
    let detail = match (error.classify(), missing) {
        (Category::Data, Some(name)) => {
            format!("The field `{name}` is missing. See /api/openapi.json.")
        }
        (Category::Data, None) => format!(
            "A field is unknown or of the wrong form, at line {line}, column {column}. See /api/openapi.json."
        ),
        _ => format!("The body is not JSON at line {line}, column {column}."),
    };
    let problem = wrong(detail);
    if error.classify() == Category::Data { problem.at(pointer) } else { problem }
}

fn wrong(detail: String) -> Problem {
    Problem::new(StatusCode::BAD_REQUEST, "bad-body", "Wrong body", detail)
}

/// A JSON pointer (RFC 6901). Of an unknown field only the place is named: its name was sent.
fn pointer(path: &serde_path_to_error::Path, sentence: &str) -> String {
    let mut segments: Vec<String> = path
        .iter()
        .filter_map(|segment| match segment {
            Segment::Seq { index } => Some(index.to_string()),
            Segment::Map { key } => Some(key.replace('~', "~0").replace('/', "~1")),
            Segment::Enum { variant } => Some(variant.clone()),
            Segment::Unknown => None,
        })
        .collect();
    if sentence.starts_with("unknown field") {
        segments.pop();
    }
    segments.into_iter().map(|segment| format!("/{segment}")).collect()
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Body {
        rules: Vec<Rule>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "only whether it can be read is asked")]
    struct Rule {
        from: u8,
        pattern: Pattern,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "snake_case", deny_unknown_fields)]
    enum Pattern {
        Weekly { every: u8 },
    }

    #[test]
    fn what_is_wrong_is_pointed_at_and_never_repeated() {
        let right = r#"{"rules":[{"from":1,"pattern":{"weekly":{"every":2}}}]}"#;
        let Ok(Body { rules }) = read(right.as_bytes()) else { panic!("it is right") };
        assert!(matches!(rules[0].pattern, Pattern::Weekly { every: 2 }));
        for (body, pointer) in [
            (right.replace(":1", ":\"geheim\""), Some("/rules/0/from")),
            (right.replace("\"from\":1,", ""), Some("/rules/0")),
            (right.replace("\"from\"", "\"geheim\":1,\"from\""), Some("/rules/0")),
            (right.replace("weekly", "geheim"), Some("/rules/0/pattern")),
            (right.replace("\"every\"", "\"geheim\":1,\"every\""), Some("/rules/0/pattern/weekly")),
            (right.replace(":2", ":\"geheim\""), Some("/rules/0/pattern/weekly/every")),
            (String::from("\"geheim\""), Some("")),
            (String::from(" [[]]"), Some("")),
            (String::from("geheim"), None),
            (format!("{right} geheim"), None),
            (String::new(), None),
        ] {
            let Err(problem) = read::<Body>(body.as_bytes()) else { panic!("{body} is wrong") };
            assert_eq!(problem.pointer.as_deref(), pointer, "{body}");
            assert!(!serde_json::to_string(&problem).unwrap().contains("geheim"), "{problem:?}");
        }
        let Err(problem) = read::<Body>(b"{}") else { panic!("a field is missing") };
        assert!(problem.detail.contains("`rules`"), "{problem:?}");
    }
}
