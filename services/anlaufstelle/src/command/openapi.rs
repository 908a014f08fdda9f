//! `openapi`: prints the API's description.

use std::process::ExitCode;

/// Prints the document as indented JSON.
pub(super) fn run() -> anyhow::Result<ExitCode> {
    say!("{}", serde_json::to_string_pretty(&crate::composition::api())?);
    Ok(ExitCode::SUCCESS)
}
