//! The child: reads one file from its standard input and writes its pieces to its standard output.

use std::{
    io::{self, BufRead, BufWriter, Read, Write},
    process::ExitCode,
};

use super::{
    ReadError,
    piece::{Order, Piece, take_apart},
    wire::{Answer, BEGIN, MOST_OUTPUT},
};

/// Memory of the child, in bytes of address space.
const MEMORY: u64 = 512 << 20;
/// Computing time of the child, in seconds.
const SECONDS: u64 = 60;

/// What the hidden command runs: limits itself, then reads one file.
///
/// The exit code is a failure only when it could not even answer; a file that cannot be read is an answer.
pub fn read_child_main() -> ExitCode {
    match limit_self().and_then(|()| serve(io::stdin().lock(), io::stdout().lock())) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}

/// Gives up what a reader of one file does not need, before the first byte is read. From here on the process can open
/// nothing: no file, no socket, no further process with a pipe.
pub(super) fn limit_self() -> io::Result<()> {
    use rlimit::{Resource, setrlimit};
    setrlimit(Resource::CORE, 0, 0)?;
    setrlimit(Resource::FSIZE, 0, 0)?;
    setrlimit(Resource::CPU, SECONDS, SECONDS)?;
    setrlimit(Resource::AS, MEMORY, MEMORY)?;
    setrlimit(Resource::NOFILE, 0, 0)
}

fn serve(mut input: impl BufRead, output: impl Write) -> io::Result<()> {
    let mut output = BufWriter::with_capacity(1 << 16, output);
    writeln!(output, "\n{BEGIN}")?;
    let mut line = String::new();
    (&mut input).take(1 << 20).read_line(&mut line)?;
    let order: Order = serde_json::from_str(&line).map_err(io::Error::other)?;
    let mut sent = 0u64;
    let mut broken = None;
    let mut sink = |piece: Piece| {
        send(&mut output, &Answer::Piece(piece), &mut sent).map_err(|problem| {
            // A parent that went away needs no answer; too much output is said by the parent.
            broken = Some(problem);
            ReadError::GaveUp { file: String::new() }
        })
    };
    let outcome = take_apart(&order, input, &mut sink);
    if let Some(problem) = broken {
        return Err(problem);
    }
    let end = match outcome {
        Ok(()) => Answer::End,
        Err(error) => Answer::Error(error),
    };
    send(&mut output, &end, &mut sent)?;
    output.flush()
}

fn send(output: &mut impl Write, answer: &Answer, sent: &mut u64) -> io::Result<()> {
    let mut line = serde_json::to_vec(answer)?;
    line.push(b'\n');
    *sent += line.len() as u64;
    if *sent > MOST_OUTPUT {
        return Err(io::Error::other("more output than allowed"));
    }
    output.write_all(&line)
}
