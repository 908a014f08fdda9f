//! The parent: starts the child, feeds it, takes the pieces as they come, and does not wait for ever.

use std::{
    ffi::OsString,
    io::{self, BufRead, BufReader, Read, Write},
    path::PathBuf,
    process::{Child, Command, Stdio},
    sync::mpsc::{self, Receiver, SyncSender},
    thread,
    time::Duration,
};

use super::{
    ReadError,
    piece::{Order, Sink},
    wire::{Answer, BEGIN, LONGEST_LINE, MOST_OUTPUT},
};

/// The name of the hidden command that runs [`super::read_child_main`].
pub const CHILD_COMMAND: &str = "import-read-child";

/// The variable by which a test program knows that it is the child.
pub(crate) const CHILD_MARK: &str = "ANLAUFSTELLE_READ_CHILD";

/// How long the child may be silent. Its computing time is limited by itself, so it cannot be slow for ever either.
const PATIENCE: Duration = Duration::from_secs(75);

/// How many pieces wait at most to be used.
const WAITING: usize = 256;

/// Reads files in child processes that may use little memory and little time and can open nothing.
#[derive(Debug, Clone)]
pub struct FileReader {
    program: PathBuf,
    arguments: Vec<OsString>,
    patience: Duration,
}

impl FileReader {
    /// A reader whose children are `program import-read-child`, which must call [`super::read_child_main`].
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
    pub(crate) fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// Takes a file apart in a child. Pieces come one by one; a sink that is slow slows the child down.
    pub(crate) fn take_apart(
        &self,
        order: &Order,
        content: impl Read + Send,
        sink: &mut Sink<'_>,
    ) -> Result<(), ReadError> {
        let unavailable = || ReadError::Unavailable { file: order.file.clone() };
        let mut child = self.start().map_err(|_| unavailable())?;
        let (Some(input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
            return Err(unavailable());
        };
        let request = serde_json::to_vec(order).map_err(|_| unavailable())?;
        let limit = order.limits.table_bytes.max(order.limits.document_bytes);
        let (sender, receiver) = mpsc::sync_channel(WAITING);
        thread::scope(|scope| {
            let feeder = scope.spawn(move || feed(input, &request, content, limit));
            scope.spawn(move || listen(output, &sender));
            let outcome = self.receive(order, &receiver, sink);
            // Also ends the two threads: their pipes close with the child, and nobody waits for more pieces.
            drop(receiver);
            end(&mut child);
            match feeder.join() {
                // What the system says about the file explains more than what the child made of the rest.
                Ok(Err(problem)) => Err(ReadError::io(&order.file, &problem)),
                _ => outcome,
            }
        })
    }

    fn receive(
        &self,
        order: &Order,
        answers: &Receiver<Answer>,
        sink: &mut Sink<'_>,
    ) -> Result<(), ReadError> {
        loop {
            match answers.recv_timeout(self.patience) {
                Ok(Answer::Piece(piece)) => sink(piece)?,
                Ok(Answer::End) => return Ok(()),
                Ok(Answer::Error(error)) => return Err(error),
                Err(_) => return Err(ReadError::GaveUp { file: order.file.clone() }),
            }
        }
    }

    fn start(&self) -> io::Result<Child> {
        Command::new(&self.program)
            .args(&self.arguments)
            .env_clear()
            .env(CHILD_MARK, "1")
            // The program's allocator would reserve more address space than the child may have before it limits itself.
            .env("MIMALLOC_ARENA_RESERVE", "0")
            .current_dir("/")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
    }
}

/// Sends the order and the file. Only a file that cannot be read is an error: a child that refuses early closes its end,
/// and what it answered is what counts.
fn feed(mut input: impl Write, request: &[u8], content: impl Read, limit: u64) -> io::Result<()> {
    if input.write_all(request).and_then(|()| input.write_all(b"\n")).is_err() {
        return Ok(());
    }
    let mut content = content.take(limit.saturating_add(1));
    let mut buffer = vec![0; 1 << 16];
    loop {
        let length = match content.read(&mut buffer) {
            Ok(0) => return Ok(()),
            Ok(length) => length,
            Err(problem) if problem.kind() == io::ErrorKind::Interrupted => continue,
            Err(problem) => return Err(problem),
        };
        if input.write_all(&buffer[..length]).is_err() {
            return Ok(());
        }
    }
}

fn end(child: &mut Child) {
    // Both fail only when the child is gone already.
    let _gone = child.kill();
    let _status = child.wait();
}

/// Passes the child's answers on; anything but a proper end leaves the receiver without one.
fn listen(output: impl Read, answers: &SyncSender<Answer>) {
    let mut output = BufReader::with_capacity(1 << 16, output.take(MOST_OUTPUT));
    let mut line = String::new();
    let mut began = false;
    loop {
        line.clear();
        match (&mut output).take(LONGEST_LINE).read_line(&mut line) {
            Ok(0) | Err(_) => return,
            Ok(_) if !began => began = line.trim_end() == BEGIN,
            Ok(_) => match serde_json::from_str(&line) {
                Ok(answer) => {
                    let last = !matches!(answer, Answer::Piece(_));
                    if answers.send(answer).is_err() || last {
                        return;
                    }
                }
                Err(_) => return,
            },
        }
    }
}
