//! `staff-routes`: prints what every staff route needs, for the test that walks them all as every role.

use std::process::ExitCode;

use serde_json::json;

/// Prints the table as JSON.
pub(super) fn run() -> anyhow::Result<ExitCode> {
    let table: Vec<_> = crate::staff::table()
        .iter()
        .map(|route| {
            json!({
                "method": route.method.as_str(),
                "path": route.path,
                "need": format!("{:?}", route.need),
            })
        })
        .collect();
    say!("{}", serde_json::to_string_pretty(&table)?);
    Ok(ExitCode::SUCCESS)
}
