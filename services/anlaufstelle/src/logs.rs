//! Log lines: to standard error, at a level set by `ANLAUFSTELLE_LOG`, never with what people ask or who they are.

use std::io::IsTerminal;

use tracing_subscriber::{EnvFilter, fmt, prelude::*};

use crate::cli::LogFormat;

/// Starts writing logs.
pub(crate) fn start(format: LogFormat) {
    // SQL and connection libraries may put values into their lines below warnings, so they are never asked for them.
    let quiet = [
        "sqlx",
        "hyper",
        "hyper_util",
        "h2",
        "tantivy",
        "rustls",
        "async_nats",
        "tungstenite",
        "tokio_tungstenite",
    ];
    let mut filter = EnvFilter::builder()
        .with_env_var("ANLAUFSTELLE_LOG")
        .try_from_env()
        .unwrap_or_else(|_| EnvFilter::new("info"));
    for library in quiet {
        if let Ok(directive) = format!("{library}=warn").parse() {
            filter = filter.add_directive(directive);
        }
    }
    // what carries calls names addresses of people, and nothing an operator could do something about
    for library in sfu::NAMES_ADDRESSES {
        if let Ok(directive) = format!("{library}=off").parse() {
            filter = filter.add_directive(directive);
        }
    }
    // Colours are for a screen; in a file or a journal they are noise around every word.
    let colours = std::io::stderr().is_terminal();
    let lines = fmt::layer().with_writer(std::io::stderr).with_ansi(colours).with_target(false);
    match format {
        LogFormat::Text => tracing_subscriber::registry().with(filter).with(lines).init(),
        LogFormat::Json => tracing_subscriber::registry().with(filter).with(lines.json()).init(),
    }
    // The usual panic message may quote the value that broke; ours says only where.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(panic.location = place, "a task panicked");
    }));
}
