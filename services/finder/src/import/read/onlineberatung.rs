//! Agencies as Onlineberatung platforms export them: a JSON array of flat objects.

use std::io::Read;

use serde_json::{Map, Value};

use super::{Findings, ReadError, document::record, record::Record};
use crate::import::{
    finding::Spot,
    input::{Limits, read_bounded},
    problem::Problem,
};

/// Reads the array, or the array under `agencies`, `_embedded` or `data`.
pub(super) fn read(
    file: &str,
    content: impl Read,
    limits: &Limits,
    findings: &mut Findings,
) -> Result<Vec<Record>, ReadError> {
    let owned = || file.to_owned();
    let bytes = read_bounded(content, limits.document_bytes)
        .map_err(|problem| ReadError::io(file, &problem))?
        .ok_or_else(|| ReadError::TooLarge { file: owned(), limit: limits.document_bytes })?;
    let wrong = |row, problem: String| ReadError::Json { file: owned(), row, problem };
    let value: Value = serde_json::from_slice(&bytes)
        .map_err(|problem| wrong(problem.line() as u64, problem.to_string()))?;
    let agencies = match value {
        Value::Array(agencies) => agencies,
        Value::Object(mut object) => {
            let list = ["agencies", "_embedded", "data"].into_iter().find_map(|key| object.remove(key));
            match list {
                Some(Value::Array(agencies)) => agencies,
                _ => return Err(wrong(1, String::from("a list of agencies was expected"))),
            }
        }
        _ => return Err(wrong(1, String::from("a list of agencies was expected"))),
    };
    if agencies.len() as u64 > limits.rows {
        return Err(ReadError::TooManyRows { file: owned(), limit: limits.rows });
    }
    let mut records = Vec::new();
    for (number, agency) in agencies.into_iter().enumerate() {
        findings.rows += 1;
        let row = number as u64 + 1;
        match agency {
            Value::Object(fields) => records.push(record(file, row, flat(fields, ""))),
            other => {
                let problem = Problem::WrongType { expected: String::from("object") };
                findings.reject(Spot::new(file, row, &format!("/{number}"), &other.to_string()), problem);
            }
        }
    }
    Ok(records)
}

/// Nested objects become `demographics.ageFrom`, lists one text with semicolons. An element of `_embedded` is taken out
/// of it, as the platforms' own interface wraps each agency so.
fn flat(fields: Map<String, Value>, prefix: &str) -> Vec<(String, String)> {
    let mut out = Vec::new();
    for (name, value) in fields {
        let name = format!("{prefix}{name}");
        match value {
            Value::Null => {}
            Value::String(text) => out.push((name, text)),
            Value::Bool(_) | Value::Number(_) => out.push((name, value.to_string())),
            Value::Array(values) => out.push((name, values.iter().map(scalar).collect::<Vec<_>>().join(";"))),
            Value::Object(inner) if name == "_embedded" => out.extend(flat(inner, "")),
            Value::Object(inner) if prefix.is_empty() => out.extend(flat(inner, &format!("{name}."))),
            Value::Object(_) => out.push((name, value.to_string())),
        }
    }
    out
}

fn scalar(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        // A topic may come as an object; its id is what the profile translates.
        Value::Object(object) => object.get("id").map(scalar).unwrap_or_default(),
        other => other.to_string(),
    }
}
