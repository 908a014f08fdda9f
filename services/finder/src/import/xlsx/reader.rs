//! The parent: starts the child, feeds it, and does not wait for ever.

use std::{
    ffi::OsString,
    io::{BufRead, BufReader, Read, Write},
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::mpsc,
    thread,
    time::Duration,
};

use super::{
    CHILD_COMMAND,
    wire::{Answer, BEGIN, MOST_OUTPUT, Request, Row, XlsxError},
};

/// How long the child may take by the clock on the wall.
const PATIENCE: Duration = Duration::from_secs(40);

/// Reads spreadsheets in child processes.
#[derive(Debug, Clone)]
pub struct XlsxReader {
    program: PathBuf,
    arguments: Vec<OsString>,
    patience: Duration,
}

impl XlsxReader {
    /// A reader whose children are `program import-xlsx-child`, which must call [`super::xlsx_child_main`].
    pub fn new(program: impl Into<PathBuf>) -> Self {
        Self::with_arguments(program, [CHILD_COMMAND])
    }

    /// A reader whose children are started with other arguments, for tests.
    pub fn with_arguments<A: Into<OsString>>(
        program: impl Into<PathBuf>,
        arguments: impl IntoIterator<Item = A>,
    ) -> Self {
        Self {
            program: program.into(),
            arguments: arguments.into_iter().map(Into::into).collect(),
            patience: PATIENCE,
        }
    }

    #[cfg(test)]
    pub(super) fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// The rows of a sheet that are not empty.
    ///
    /// # Errors
    /// An [`XlsxError`] that says what is wrong with the file; [`XlsxError::GaveUp`] when the child died or took too
    /// long.
    pub fn rows(&self, bytes: &[u8], sheet: Option<&str>) -> Result<Vec<Row>, XlsxError> {
        let mut child = self.start()?;
        let request = serde_json::to_vec(&Request { sheet: sheet.map(str::to_owned) })
            .map_err(|_| XlsxError::NotXlsx)?;
        let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(XlsxError::Unavailable);
        };
        let (sender, receiver) = mpsc::channel();
        thread::scope(|scope| {
            scope.spawn(move || {
                // A child that refuses early closes its end; what it answered is what counts.
                let _early = input
                    .write_all(&request)
                    .and_then(|()| input.write_all(b"\n"))
                    .and_then(|()| input.write_all(bytes));
            });
            scope.spawn(move || {
                let _gone = sender.send(answers(output));
            });
            let result = receiver.recv_timeout(self.patience).unwrap_or(Err(XlsxError::GaveUp));
            // Also ends the two threads: their pipes close with the child.
            end(&mut child);
            result
        })
    }

    fn start(&self) -> Result<Child, XlsxError> {
        Command::new(&self.program)
            .args(&self.arguments)
            .env_clear()
            .env("ANLAUFSTELLE_XLSX_CHILD", "1")
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|_| XlsxError::Unavailable)
    }
}

fn end(child: &mut Child) {
    // Both fail only when the child is gone already.
    let _gone = child.kill();
    let _status = child.wait();
}

/// Reads the child's answers; anything but a proper end is an error.
fn answers(output: impl Read) -> Result<Vec<Row>, XlsxError> {
    let mut lines = BufReader::new(output.take(MOST_OUTPUT)).lines().map_while(Result::ok);
    lines.find(|line| line == BEGIN).ok_or(XlsxError::GaveUp)?;
    let mut rows = Vec::new();
    for line in lines {
        match serde_json::from_str(&line) {
            Ok(Answer::Row(row)) => rows.push(row),
            Ok(Answer::End) => return Ok(rows),
            Ok(Answer::Error(error)) => return Err(error),
            Err(_) => return Err(XlsxError::GaveUp),
        }
    }
    Err(XlsxError::GaveUp)
}
