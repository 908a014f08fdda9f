//! Xapian, spoken to through its Python binding in a process of its own.
//!
//! Times are taken inside that process around the engine's calls, so that pipes and JSON cost the engine nothing; what
//! the Python binding itself costs is in them.

use std::{
    io::{BufRead, BufReader, Write},
    path::Path,
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    time::Duration,
};

use serde::Serialize;
use serde_json::{Value, json};
use tempfile::TempDir;

use super::{
    Outcome,
    document::Document,
    peer::{Found, Peer, Search},
};

/// The script that keeps the Xapian database.
const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/bench/peers/xapian/xapian_peer.py");
/// Debian's Python has the binding even where another Python comes first in the path.
const PYTHONS: [&str; 2] = ["/usr/bin/python3", "python3"];

/// A process with a Xapian database of the directory.
pub(crate) struct Xapian {
    child: Child,
    input: Option<ChildStdin>,
    output: BufReader<ChildStdout>,
    version: String,
    index_time: Duration,
    _folder: TempDir,
}

impl Xapian {
    /// Indexes the documents in a database of its own; `None` when the Python binding is not installed.
    pub(crate) fn index(documents: &[Document]) -> Outcome<Option<Self>> {
        let Some(python) = PYTHONS.into_iter().find(|python| has_binding(python)) else { return Ok(None) };
        let folder = tempfile::tempdir()?;
        let (mut child, input, output) = start(python, folder.path())?;
        let input = input.or_else(|| child.stdin.take());
        let mut peer = Self {
            child,
            input,
            output,
            version: String::new(),
            index_time: Duration::ZERO,
            _folder: folder,
        };
        let answer = peer.ask("index", &documents)?;
        peer.version = answer["version"].as_str().unwrap_or_default().to_owned();
        peer.index_time = seconds(&answer);
        Ok(Some(peer))
    }

    fn ask(&mut self, verb: &str, what: &impl Serialize) -> Outcome<Value> {
        let input = self.input.as_mut().ok_or("the Xapian process has ended")?;
        serde_json::to_writer(&mut *input, &json!({ "do": verb, "what": what }))?;
        input.write_all(b"\n")?;
        input.flush()?;
        let mut line = String::new();
        self.output.read_line(&mut line)?;
        if line.is_empty() {
            return Err("the Xapian process has ended; its message stands above".into());
        }
        Ok(serde_json::from_str(&line)?)
    }
}

impl Drop for Xapian {
    fn drop(&mut self) {
        drop(self.input.take());
        // nothing can be done about a process that is gone already
        let _ = self.child.wait();
    }
}

impl Peer for Xapian {
    fn name(&self) -> String {
        format!("Xapian {}", self.version)
    }

    fn setup(&self) -> &'static str {
        "german2 stems, wdf weights, spelling correction, areas as boolean boosts, LatLong distance (Python binding)"
    }

    fn index_time(&self) -> Duration {
        self.index_time
    }

    fn round_trip(&mut self) -> Outcome<Option<Duration>> {
        Ok(None)
    }

    fn correct(&mut self, words: &[String]) -> Outcome<(Vec<Option<String>>, Duration)> {
        let answer = self.ask("correct", &words)?;
        Ok((serde_json::from_value(answer["words"].clone())?, seconds(&answer)))
    }

    fn search(&mut self, search: &Search<'_>) -> Outcome<(Vec<Found>, Duration)> {
        let answer = self.ask("search", search)?;
        let found: Vec<(String, bool)> = serde_json::from_value(answer["found"].clone())?;
        Ok((found.into_iter().map(|(centre, near)| Found { centre, near }).collect(), seconds(&answer)))
    }
}

fn has_binding(python: &str) -> bool {
    let check = Command::new(python).args(["-c", "import xapian"]).stderr(Stdio::null()).status();
    check.is_ok_and(|status| status.success())
}

fn start(python: &str, folder: &Path) -> Outcome<(Child, Option<ChildStdin>, BufReader<ChildStdout>)> {
    let mut child =
        Command::new(python).arg(SCRIPT).arg(folder).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
    let output = child.stdout.take().ok_or("no output of the Xapian process")?;
    let input = child.stdin.take();
    Ok((child, input, BufReader::new(output)))
}

fn seconds(answer: &Value) -> Duration {
    Duration::from_secs_f64(answer["seconds"].as_f64().unwrap_or_default().max(0.0))
}
